//! Number: integer conversions that cap instead of failing, and percentages.

/// An integer type whose largest value is known.
pub(crate) trait Integer {
    const MAX: Self;
}

macro_rules! integers {
    ($($number:ty),*) => {
        $(impl Integer for $number {
            const MAX: Self = <$number>::MAX;
        })*
    };
}
integers!(u8, u16, u32, i32, i64, usize);

/// The same number as another type, or that type's maximum if it does not fit. A negative number does not fit an
/// unsigned type, so callers rule it out first.
pub(crate) fn capped<T, U: TryFrom<T> + Integer>(number: T) -> U {
    U::try_from(number).unwrap_or(U::MAX)
}

/// `part` of `whole` in percent, rounded down; 0 of nothing. It stays within 0 to 100.
pub(crate) fn percent(part: i64, whole: i64) -> u8 {
    let percent = part.saturating_mul(100).checked_div(whole).unwrap_or(0);
    capped(percent.clamp(0, 100))
}

#[cfg(test)]
mod tests {
    use super::{capped, percent};

    #[test]
    fn a_number_that_does_not_fit_becomes_the_maximum() {
        assert_eq!(capped::<_, u8>(255_i64), 255);
        assert_eq!(capped::<_, u8>(256_i64), 255);
        assert_eq!(capped::<_, i32>(i64::from(i32::MAX) + 1), i32::MAX);
        assert_eq!(capped::<_, i32>(-7_i64), -7);
    }

    #[test]
    fn a_percentage_stays_in_range() {
        assert_eq!([percent(2, 3), percent(3, 3), percent(4, 3)], [66, 100, 100]);
        assert_eq!([percent(0, 0), percent(-1, 3)], [0, 0]);
    }
}
