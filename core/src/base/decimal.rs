//! Decimal: the digits of a number, scaled to whole numbers without rounding errors.

/// A number as its digits say it, such as `-12.50`. Nothing is computed with it until it is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decimal<'t> {
    negative: bool,
    whole: &'t [u8],
    /// The digits after the point.
    fraction: &'t [u8],
}

/// Nanoseconds in a second.
pub(crate) const NANOS: i64 = 1_000_000_000;

impl<'t> Decimal<'t> {
    /// Reads digits with at most one point between them, and at most a minus before them.
    pub(crate) fn parse(text: &'t str) -> Option<Self> {
        let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        let number = Self { negative, whole: whole.as_bytes(), fraction: fraction.as_bytes() };
        (are_digits(whole) && are_digits(fraction)).then_some(number)
    }

    pub(crate) fn is_whole(self) -> bool {
        self.fraction.iter().all(|digit| *digit == b'0')
    }

    /// What its digits before the point say, without the sign.
    fn whole(self) -> Option<i64> {
        self.whole.iter().try_fold(0_i64, |number, digit| number.checked_mul(10)?.checked_add(i64::from(digit - b'0')))
    }

    /// What its digits after the point say, times a number. The rest is cut.
    fn fraction_times(self, times: i64) -> i64 {
        // From the last digit to the first, each step keeps only what reaches the digit before it.
        self.fraction.iter().rev().fold(0, |rest, digit| (i64::from(digit - b'0') * times + rest) / 10)
    }

    /// The number times another one, what is left after the point cut off; `None` beyond 64 bits.
    pub(crate) fn times(self, times: i64) -> Option<i64> {
        let number = self.whole()?.checked_mul(times)?.checked_add(self.fraction_times(times))?;
        Some(if self.negative { -number } else { number })
    }

    /// Whole seconds, rounded down, and nanoseconds after them, of a number of seconds or of milliseconds.
    pub(crate) fn seconds(self, per_second: i64) -> Option<(i64, u32)> {
        let whole = self.whole()?;
        let nanos = whole % per_second * (NANOS / per_second) + self.fraction_times(NANOS) / per_second;
        let seconds = whole / per_second;
        let (seconds, nanos) = match (self.negative, nanos) {
            (false, _) => (seconds, nanos),
            (true, 0) => (-seconds, 0),
            (true, _) => (-seconds - 1, NANOS - nanos),
        };
        Some((seconds, u32::try_from(nanos).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str, times: i64) -> Option<i64> {
        Decimal::parse(text)?.times(times)
    }

    #[test]
    fn scales_without_rounding_errors() {
        assert_eq!(times("0.855", 1_000), Some(855));
        assert_eq!(times("0.855", 100), Some(85));
        assert_eq!(times("-0.855", 100), Some(-85));
        assert_eq!(times("85.00000", 1), Some(85));
        assert_eq!(times("1.5", 60), Some(90));
        assert_eq!(times("0.30000000000000004", 10), Some(3));
        assert_eq!(times("0.29999999999999999999999999", 10), Some(2));
        // A power of two has many decimal places, and none may be lost on the way.
        assert_eq!(times("0.0000019073486328125", 524_288), Some(1));
        assert_eq!(times("0.0000019073486328124", 524_288), Some(0));
        assert_eq!(times("9223372036854775807", 1), Some(i64::MAX));
        assert_eq!(times("9223372036854775808", 1), None);
        assert_eq!(times("922337203685477580.8", 10), None);
    }

    #[test]
    fn reads_digits_and_nothing_else() {
        for text in ["", "-", ".", "5.", ".5", "1.2.3", "+5", "--5", "1e3", "1,5", " 5", "0x10", "٣", "NaN", "inf"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert!(Decimal::parse("007.000").is_some_and(Decimal::is_whole));
        assert!(!Decimal::parse("7.0001").is_some_and(Decimal::is_whole));
    }

    #[test]
    fn splits_counts_since_1970() {
        let seconds = |text: &str, per_second| Decimal::parse(text)?.seconds(per_second);
        assert_eq!(seconds("1772443800.25", 1), Some((1_772_443_800, 250_000_000)));
        assert_eq!(seconds("1772443800.1234567899", 1), Some((1_772_443_800, 123_456_789)));
        assert_eq!(seconds("1772443800123.5", 1_000), Some((1_772_443_800, 123_500_000)));
        assert_eq!(seconds("-1.25", 1), Some((-2, 750_000_000)));
        assert_eq!(seconds("-1", 1_000), Some((-1, 999_000_000)));
        assert_eq!(seconds("-0", 1), Some((0, 0)));
    }
}
