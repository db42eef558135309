//! Fraction: a number that is no integer, carried from serde to serde and to its digits.

use crate::base::tree::Tree;
use alloc::{format, string::String};
use serde::{Serialize, Serializer, de::Visitor};

/// A number that is not whole, or too large to be exact. Nothing is computed with it.
///
/// ```
/// use knownfor::Tree;
///
/// let tree: Tree = serde_json::from_str("[0.855, 5.0]")?;
/// let Some([Tree::Fraction(scaled), whole]) = tree.items().first_chunk() else { panic!() };
/// assert_eq!(scaled.digits().as_deref(), Some("0.855"));
/// assert_eq!(whole, &Tree::Integer(5));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fraction(Number);

/// A number as serde handed it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Number {
    /// The bits of serde's fraction.
    Bits(u64),
    Large(u64),
}

/// The bits of the mantissa that are written down; the first is always one.
const MANTISSA: u32 = 52;
/// With more binary places, 128 bits do not hold ten times the number.
const MAX_PLACES: i64 = 120;

impl From<f64> for Tree<'static> {
    /// A number as other languages have it. `5.0` is 5; beyond 2^53 a number is not exact, so it stays a fraction.
    fn from(number: f64) -> Self {
        let whole = number as i64;
        let is_whole = whole as f64 == number && whole.unsigned_abs() < 1 << 53;
        if is_whole { Tree::Integer(whole) } else { Tree::Fraction(Fraction(Number::Bits(number.to_bits()))) }
    }
}

impl Fraction {
    pub(crate) fn large(number: u64) -> Self {
        Self(Number::Large(number))
    }

    /// The number as a decimal without an exponent, as short as it can be without being another number. `None` beyond
    /// 64 bits, and for what is closer to 0 than 10^-20.
    pub fn digits(&self) -> Option<String> {
        let bits = match self.0 {
            Number::Bits(bits) => bits,
            Number::Large(number) => return Some(format!("{number}")),
        };
        let mantissa = bits & ((1 << MANTISSA) - 1) | 1 << MANTISSA;
        // `places` bits of the mantissa stand after the point.
        let places = 1_023 + i64::from(MANTISSA) - (bits >> MANTISSA & 0x7ff) as i64;
        let sign = if bits >> 63 == 0 { "" } else { "-" };
        if places <= 0 {
            let shift = u32::try_from(-places).ok().filter(|shift| *shift < u64::BITS - MANTISSA)?;
            return Some(format!("{sign}{}", mantissa << shift));
        }
        let places = u32::try_from(places).ok().filter(|_| places <= MAX_PLACES)?;
        let mut digits = format!("{sign}{}.", mantissa.checked_shr(places).unwrap_or(0));
        // Free-format fixed-point printout (Steele and White, "How to print floating-point numbers accurately", 1990):
        // digits until what remains is less than half the distance to the next number.
        let one = 2_u128 << places;
        let mut rest = u128::from(mantissa) << 1 & (one - 1);
        let mut half = 1_u128;
        loop {
            (rest, half) = (rest * 10, half * 10);
            let digit = (rest >> (places + 1)) as u8;
            rest &= one - 1;
            let (is_low, is_high) = (rest < half, rest + half > one);
            let rounds_up = is_high && (!is_low || rest * 2 > one);
            digits.push(char::from(b'0' + digit + u8::from(rounds_up)));
            if is_low || is_high {
                return Some(digits);
            }
        }
    }

    /// What identifies the number among all others, for those without digits.
    pub(crate) fn bits(&self) -> u64 {
        match self.0 {
            Number::Bits(bits) | Number::Large(bits) => bits,
        }
    }

    pub(crate) fn visit<'de, V: Visitor<'de>, E: serde::de::Error>(self, visitor: V) -> Result<V::Value, E> {
        match self.0 {
            Number::Bits(bits) => visitor.visit_f64(f64::from_bits(bits)),
            Number::Large(number) => visitor.visit_u64(number),
        }
    }
}

impl Serialize for Fraction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Number::Bits(bits) => serializer.serialize_f64(f64::from_bits(bits)),
            Number::Large(number) => serializer.serialize_u64(number),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    fn digits(number: f64) -> Option<String> {
        match Tree::from(number) {
            Tree::Fraction(fraction) => fraction.digits(),
            Tree::Integer(number) => Some(number.to_string()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn digits_are_as_short_as_those_of_std() {
        let mut seed = 7_u64;
        for round in 0..200_000_u64 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // Any mantissa, and exponents from 2^-60 to 2^60.
            let bits = seed & !(0x7ff << 52) | (963 + round % 120) << 52;
            let number = f64::from_bits(bits);
            let shown = digits(number).expect("digits");
            assert_eq!(shown.parse::<f64>().map(f64::to_bits), Ok(bits), "{number}");
            assert_eq!(shown.len(), number.to_string().len(), "{shown} {number}");
        }
    }

    #[test]
    fn digits_written_are_digits_shown() {
        for text in ["0.855", "-0.855", "85.5", "0.1", "0.30000000000000004", "1772443800.25", "0.000001", "0.999999"] {
            assert_eq!(text.parse().ok().and_then(digits).as_deref(), Some(text));
        }
        assert_eq!(digits(5.0).as_deref(), Some("5"));
        assert_eq!(digits(1e15).as_deref(), Some("1000000000000000"));
        assert_eq!(digits(1e16).as_deref(), Some("10000000000000000"));
        assert_eq!(Fraction::large(u64::MAX).digits().as_deref(), Some("18446744073709551615"));
        for number in [1e300, -1e300, 1e-300, 5e-324, f64::NAN, f64::INFINITY] {
            assert_eq!(digits(number), None, "{number}");
        }
    }
}
