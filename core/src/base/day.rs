//! Days: civil days, weekdays, and calendar windows such as a month.

use crate::base::{keyword::keywords, number::capped, time_error::Fault};
use core::fmt;

pub(crate) const DAY_SECONDS: i64 = 86_400;
const MAX_MONTH: i64 = 12 * 100_000;

/// A civil day, as days since 1970-01-01 in some local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day(pub(crate) i32);

impl Day {
    /// The day of a local time in seconds.
    pub(crate) fn of(local_seconds: i64) -> Self {
        // INVARIANT: timestamps lie in years 0001 to 9999, so their days fit many times over.
        Self(capped(local_seconds.div_euclid(DAY_SECONDS)))
    }

    /// Year, month 1–12, day 1–31. The algorithm is figure 12 of Neri and Schneider, "Euclidean affine functions and
    /// their application to calendar algorithms" (2022): years begin in March, and one multiplication yields quotient
    /// and remainder.
    fn civil(self) -> (i64, i64, i64) {
        // Shifting by this many eras of 400 years makes every day positive.
        const ERAS: i64 = 14_700;
        let day = 4 * (i64::from(self.0) + 719_468 + 146_097 * ERAS) as u64 + 3;
        let (century, day_of_century) = (day / 146_097, day % 146_097 / 4);
        let day = 2_939_745 * (4 * day_of_century + 3);
        let (year_of_century, day_of_year) = (day >> 32, (day & 0xffff_ffff) / 2_939_745 / 4);
        let day = 2_141 * day_of_year + 197_913;
        let (month, day_of_month) = (day >> 16, (day & 0xffff) / 2_141);
        let next_year = day_of_year >= 306;
        let year = (100 * century + year_of_century) as i64 - 400 * ERAS + i64::from(next_year);
        (year, if next_year { month - 12 } else { month } as i64, day_of_month as i64 + 1)
    }

    /// The first day on which `count` full units have passed since this one. If a month lacks the day, the first of
    /// the next month counts instead.
    pub(crate) fn after(self, unit: Window, count: i64) -> Self {
        let months = match unit {
            Window::Month => count,
            Window::Quarter => count.saturating_mul(3),
            Window::Year => count.saturating_mul(12),
            Window::Week => return self.plus(count.saturating_mul(7)),
            // Nothing counts full seasons.
            Window::Day | Window::Season | Window::Ever => return self.plus(count),
        };
        let (year, month, day) = self.civil();
        let month = (year * 12 + month - 1).saturating_add(months).min(MAX_MONTH);
        let first = |month: i64| Self::from_civil(month.div_euclid(12), month.rem_euclid(12) + 1, 1);
        let same = Self::from_civil(month.div_euclid(12), month.rem_euclid(12) + 1, day);
        same.or_else(|| first(month + 1)).unwrap_or(Self(i32::MAX))
    }

    /// How many full units have passed from this day to another; 0 if the other is earlier.
    pub(crate) fn units_to(self, unit: Window, day: Day) -> i64 {
        let days = i64::from(day.0) - i64::from(self.0);
        let (year, month, _) = self.civil();
        let (to_year, to_month, _) = day.civil();
        let months = (to_year * 12 + to_month) - (year * 12 + month);
        let most = match unit {
            Window::Day | Window::Season | Window::Ever => days,
            Window::Week => days.div_euclid(7),
            Window::Month => months,
            Window::Quarter => months.div_euclid(3),
            Window::Year => months.div_euclid(12),
        };
        (if self.after(unit, most) > day { most - 1 } else { most }).max(0)
    }

    /// The day of the week, Monday 0.
    pub(crate) fn weekday(self) -> usize {
        // Day 0 was a Thursday.
        (self.0 + 3).rem_euclid(7) as usize
    }

    pub(crate) fn plus(self, days: i64) -> Self {
        Self(capped(i64::from(self.0).saturating_add(days)))
    }

    /// Reads a date as RFC 3339 writes it, `2026-03-01`.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        text.as_bytes().try_into().map_or(Err(Fault::Form), Self::read)
    }

    /// The same, from its ten bytes.
    pub(super) fn read(date: [u8; 10]) -> Result<Self, Fault> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = date else { return Err(Fault::Form) };
        let year = number([y1, y2, y3, y4]).ok_or(Fault::Form)?;
        let (month, day) = (number([m1, m2]).ok_or(Fault::Form)?, number([d1, d2]).ok_or(Fault::Form)?);
        match Self::from_civil(year, month, day) {
            None => Err(Fault::Day),
            Some(_) if year == 0 => Err(Fault::Year),
            Some(day) => Ok(day),
        }
    }

    /// The day of a calendar date, or `None` if the calendar has no such date.
    pub(super) fn from_civil(year: i64, month: i64, day: i64) -> Option<Self> {
        let days = match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => return None,
        };
        if !(1..=days).contains(&day) {
            return None;
        }
        let shifted_year = year - i64::from(month <= 2);
        let year_of_era = shifted_year.rem_euclid(400);
        let shifted_month = (month + 9) % 12;
        let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = shifted_year.div_euclid(400) * 146_097 + day_of_era - 719_468;
        i32::try_from(days).ok().map(Self)
    }
}

/// A calendar window in which limits, tallies and currencies count, from its first civil day to its last.
///
/// Programs, views and explanations write it in lower case. Windows order from the shortest to the longest.
///
/// ```
/// use knownfor::Window;
///
/// let per: Window = serde_json::from_str(r#""month""#)?;
/// assert_eq!(per, Window::Month);
/// assert!(Window::Day < per && per < Window::Ever);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Window {
    /// A civil day.
    Day,
    /// Seven civil days, beginning on the weekday that the program sets.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months, the first from January to March.
    Quarter,
    /// A calendar year.
    Year,
    /// A season of the length that the program sets.
    Season,
    /// One window without an end.
    Ever,
}

keywords!(Window {
    Day = "day",
    Week = "week",
    Month = "month",
    Quarter = "quarter",
    Year = "year",
    Season = "season",
    Ever = "ever",
});

impl fmt::Display for Day {
    /// Writes a date as RFC 3339 does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Window {
    /// The number of the window that a day falls into. Later windows have higher numbers; `Ever` is always 0.
    pub(crate) fn number(self, day: Day, cadence: Cadence) -> i32 {
        match self {
            Self::Day => day.0,
            // Day 0 was a Thursday, three days after a Monday.
            Self::Week => (day.0 + 3 - cadence.week_start as i32).div_euclid(7),
            Self::Month | Self::Quarter | Self::Year => {
                let (year, month, _) = day.civil();
                let number = match self {
                    Self::Month => year * 12 + month - 1,
                    Self::Quarter => year * 4 + (month - 1) / 3,
                    _ => year,
                };
                capped(number)
            }
            Self::Season => cadence.season.map_or(0, |season| season.number(day)),
            Self::Ever => 0,
        }
    }

    /// The first day of the week with this number.
    pub(crate) fn week_starts(number: i32, week_start: Weekday) -> Day {
        Day(number.saturating_mul(7).saturating_sub(3 - week_start as i32))
    }

    /// The first day of the month with this number.
    pub(crate) fn month_starts(number: i32) -> Day {
        let number = i64::from(number);
        Day::from_civil(number.div_euclid(12), number.rem_euclid(12) + 1, 1).unwrap_or(Day(i32::MAX))
    }
}

/// Where weeks and seasons begin in a program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cadence {
    pub(crate) week_start: Weekday,
    /// `None` if the program has no seasons.
    pub(crate) season: Option<Season>,
}

/// Seasons of one length, each beginning as the one before it ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Season {
    /// The first day of one of them.
    pub(crate) starts: Day,
    pub(crate) length: SeasonLength,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum SeasonLength {
    Days(i32),
    /// Calendar months. The first day is at most the 28th, which every month has.
    Months(i32),
}

/// The fewest and the most days of 0 to 11 months in a row.
const FEWEST_DAYS: [i64; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
const MOST_DAYS: [i64; 12] = [0, 31, 62, 92, 123, 153, 184, 215, 245, 276, 306, 337];

impl Season {
    /// The number of the season that a day lies in; 0 for the one whose first day the program names.
    fn number(self, day: Day) -> i32 {
        match self.length {
            SeasonLength::Days(days) => day.0.saturating_sub(self.starts.0).div_euclid(days),
            SeasonLength::Months(months) => {
                let months_to = |day: Day| {
                    let (year, month, day) = day.civil();
                    (year * 12 + month, day)
                };
                let ((from, first), (to, day)) = (months_to(self.starts), months_to(day));
                capped((to - from - i64::from(day < first)).div_euclid(months.into()))
            }
        }
    }

    /// How many days the shortest and the longest season have.
    pub(crate) fn days(self) -> (i64, i64) {
        match self.length {
            SeasonLength::Days(days) => (days.into(), days.into()),
            SeasonLength::Months(months) => {
                let (years, rest) = (i64::from(months / 12), usize::try_from(months % 12).unwrap_or(0));
                let [least, most] = [FEWEST_DAYS, MOST_DAYS].map(|days| days.get(rest).copied().unwrap_or(0));
                (years * 365 + least, years * 366 + most)
            }
        }
    }
}

/// A day of the week, Monday 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    pub(crate) const NAMES: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// Which weekdays are among names, Monday first. Other names are ignored.
    pub(crate) fn flags<'n>(names: impl Iterator<Item = &'n str> + Clone) -> [bool; 7] {
        let mut flags = [false; 7];
        for (flag, weekday) in flags.iter_mut().zip(Self::NAMES) {
            *flag = names.clone().any(|name| name == *weekday);
        }
        flags
    }

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
        Self::NAMES.iter().zip(days).find(|(known, _)| **known == name).map(|(_, day)| day)
    }
}

/// The number that `N` digits say.
pub(super) fn number<const N: usize>(digits: [u8; N]) -> Option<i64> {
    digits
        .into_iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_survives_conversion_to_a_date_and_back() {
        for number in -719_162..=2_932_896 {
            let (year, month, day) = Day(number).civil();
            assert_eq!(Day::from_civil(year, month, day), Some(Day(number)), "{year}-{month}-{day}");
            if Day(number + 1).civil().2 == 1 {
                assert_eq!(Day::from_civil(year, month, day + 1), None, "{year}-{month}-{}", day + 1);
            }
        }
    }

    #[test]
    fn seasons_of_months_have_no_more_days_than_stated_and_no_fewer() {
        let first = Day::from_civil(1896, 3, 1).expect("a date");
        for months in 1..=48 {
            let (fewest, most) = Season { starts: first, length: SeasonLength::Months(months) }.days();
            let lengths = (0..2_500).flat_map(|month| {
                let starts = first.after(Window::Month, month);
                [0, 27].map(|days| {
                    let starts = starts.plus(days);
                    i64::from(starts.after(Window::Month, months.into()).0 - starts.0)
                })
            });
            let (shortest, longest) =
                lengths.fold((i64::MAX, 0), |(least, most), days| (days.min(least), days.max(most)));
            assert!(fewest <= shortest && longest <= most, "{months}: {shortest} to {longest}");
            // Exact where all leap years of the calendar cannot fall into one season.
            assert!(months >= 24 || (fewest, most) == (shortest, longest), "{months}: {fewest} to {most}");
        }
    }
}
