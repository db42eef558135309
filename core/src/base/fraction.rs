//! Fraction: a number that is no integer, carried from serde to serde and to its digits.

use core::fmt;
use serde::{Serialize, Serializer, de::Visitor};

/// A number that is not whole, or too large to be exact. It displays as its digits, and nothing is computed with it.
///
/// ```
/// use knownfor::Tree;
///
/// let tree: Tree = serde_json::from_str("[0.855, 5.0, 1e300]")?;
/// let Some([Tree::Fraction(scaled), whole, Tree::Fraction(large)]) = tree.items().first_chunk() else { panic!() };
/// assert_eq!(scaled.to_string(), "0.855");
/// assert_eq!(whole, &Tree::Integer(5));
/// assert_eq!(large.to_string().len(), 301);
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

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Number::Bits(bits) => write!(f, "{}", f64::from_bits(bits)),
            Number::Large(number) => write!(f, "{number}"),
        }
    }
}

impl Fraction {
    /// A number as serde reads it, or the integer that it is: `5.0` is 5. Beyond 2^53 a fraction is not exact, so it
    /// stays one.
    pub(crate) fn read(number: f64) -> Result<Self, i64> {
        let whole = number as i64;
        let is_whole = whole as f64 == number && whole.unsigned_abs() < 1 << 53;
        if is_whole { Err(whole) } else { Ok(Self(Number::Bits(number.to_bits()))) }
    }

    pub(crate) fn large(number: u64) -> Self {
        Self(Number::Large(number))
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
