//! Time: timestamps in RFC 3339, civil days, and calendar windows.

use crate::base::number::capped;
use alloc::string::String;
use core::{fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time, to the nanosecond, in years 0001 to 9999.
///
/// It parses from RFC 3339 with any offset, displays in UTC, and serializes as that text.
///
/// ```
/// use knownfor::Timestamp;
///
/// let at: Timestamp = "2026-03-29T02:30:00+01:00".parse()?;
/// assert_eq!(at.to_string(), "2026-03-29T01:30:00Z");
/// assert!(at < "2026-03-29T01:30:00.001Z".parse()?);
/// # Ok::<(), knownfor::TimeError>(())
/// ```
///
/// A time without an offset is refused, because it means another instant in every zone:
///
/// ```
/// # use knownfor::Timestamp;
/// assert!("2026-03-29T02:30:00".parse::<Timestamp>().is_err());
/// assert!("2026-02-30T02:30:00Z".parse::<Timestamp>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A text is not a time in RFC 3339 with an offset.
///
/// ```
/// let error = "next week".parse::<knownfor::Timestamp>().unwrap_err();
/// assert!(error.to_string().starts_with("not a time; expected RFC 3339 with an offset"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time; expected RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00` or `2026-03-02T08:30:00Z`")]
pub struct TimeError;

/// A timestamp with the UTC offset it was written with, or `None` if the text ended in `Z` or `-00:00`: both mean that
/// the local time is unknown (RFC 9557, section 2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) instant: Timestamp,
    pub(crate) offset_seconds: Option<i32>,
}

const DAY_SECONDS: i64 = 86_400;
const MIN_SECONDS: i64 = -62_135_596_800; // 0001-01-01T00:00:00Z
const MAX_SECONDS: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z
const MAX_MONTH: i64 = 12 * 100_000;

impl Timestamp {
    /// The timestamp `seconds` and `nanos` after 1970-01-01T00:00:00Z, or `None` outside years 0001 to 9999. `nanos`
    /// is under 1,000,000,000 and counts forward, also before 1970.
    ///
    /// ```
    /// use knownfor::Timestamp;
    ///
    /// let at = Timestamp::from_unix(1_772_443_800, 500_000_000).unwrap();
    /// assert_eq!(at.to_string(), "2026-03-02T09:30:00.500Z");
    /// assert_eq!((at.unix_seconds(), at.nanos()), (1_772_443_800, 500_000_000));
    /// assert_eq!(Timestamp::from_unix(i64::MAX, 0), None);
    /// ```
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        ((MIN_SECONDS..=MAX_SECONDS).contains(&seconds) && nanos < 1_000_000_000).then_some(Self { seconds, nanos })
    }

    /// The timestamp `seconds` after 1970-01-01T00:00:00Z, or the first or last one of the calendar.
    pub(crate) fn clamped(seconds: i64) -> Self {
        Self { seconds: seconds.clamp(MIN_SECONDS, MAX_SECONDS), nanos: 0 }
    }

    /// The timestamp `milliseconds` after 1970-01-01T00:00:00Z.
    pub(crate) fn from_unix_millis(milliseconds: i64) -> Option<Self> {
        let nanos = u32::try_from(milliseconds.rem_euclid(1_000)).ok()? * 1_000_000;
        Self::from_unix(milliseconds.div_euclid(1_000), nanos)
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`Timestamp::unix_seconds`], under 1,000,000,000.
    pub fn nanos(self) -> u32 {
        self.nanos
    }

    /// The timestamp some seconds later, or the first or last one of the calendar.
    pub(crate) fn plus_seconds(self, seconds: i64) -> Self {
        Self { seconds: self.seconds.saturating_add(seconds).clamp(MIN_SECONDS, MAX_SECONDS), ..self }
    }

    fn write(self, offset_seconds: Option<i32>, f: &mut impl fmt::Write) -> fmt::Result {
        let local = self.seconds + i64::from(offset_seconds.unwrap_or(0));
        let second = local.rem_euclid(DAY_SECONDS);
        write!(f, "{}T{:02}:{:02}:{:02}", Day::of(local), second / 3600, second / 60 % 60, second % 60)?;
        match self.nanos {
            0 => {}
            nanos if nanos % 1_000_000 == 0 => write!(f, ".{:03}", nanos / 1_000_000)?,
            nanos if nanos % 1_000 == 0 => write!(f, ".{:06}", nanos / 1_000)?,
            nanos => write!(f, ".{nanos:09}")?,
        }
        match offset_seconds {
            None => f.write_char('Z'),
            Some(offset) => {
                let minutes = offset.unsigned_abs() / 60;
                write!(f, "{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
            }
        }
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(None, f)
    }
}

impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        Time::parse(text).map(|time| time.instant).ok_or(TimeError)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Time {
    /// A timestamp whose local time is unknown.
    pub(crate) fn utc(instant: Timestamp) -> Self {
        Self { instant, offset_seconds: None }
    }

    /// Reads RFC 3339. Digits after the ninth of a fraction are cut; a leap second counts as the second before it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (local, rest) = text.as_bytes().split_first_chunk::<19>()?;
        #[rustfmt::skip]
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T' | b't' | b' ', h1, h2, b':', n1, n2, b':', s1, s2] = *local
        else {
            return None;
        };
        let (year, month, day) = (number([y1, y2, y3, y4])?, number([m1, m2])?, number([d1, d2])?);
        let (hour, minute, second) = (number([h1, h2])?, number([n1, n2])?, number([s1, s2])?);
        let day_number = Day::from_civil(year, month, day)?;
        if hour > 23 || minute > 59 || second > 60 || year == 0 {
            return None;
        }
        let (nanos, zone) = fraction(rest)?;
        let offset_seconds = offset(zone)?;
        let local = i64::from(day_number.0) * DAY_SECONDS + hour * 3600 + minute * 60 + second.min(59);
        let seconds = local - i64::from(offset_seconds.unwrap_or(0));
        Some(Self { instant: Timestamp::from_unix(seconds, nanos)?, offset_seconds })
    }

    /// RFC 3339 with its own offset.
    pub(crate) fn to_text(self) -> String {
        let mut text = String::with_capacity(25);
        // Writing into a string cannot fail.
        let _ = self.instant.write(self.offset_seconds, &mut text);
        text
    }
}

/// The number that `N` digits say.
fn number<const N: usize>(digits: [u8; N]) -> Option<i64> {
    digits
        .into_iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0')))
}

/// The nanoseconds of a fraction such as `.25`, 0 if there is none, and the rest of the text.
fn fraction(text: &[u8]) -> Option<(u32, &[u8])> {
    let [b'.', rest @ ..] = text else { return Some((0, text)) };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, zone) = rest.split_at_checked(digits)?;
    if digits == 0 {
        return None;
    }
    let nine = fraction.iter().chain(core::iter::repeat(&b'0')).take(9);
    Some((nine.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')), zone))
}

/// Seconds east of UTC; `Some(None)` for `Z` and `-00:00`.
fn offset(text: &[u8]) -> Option<Option<i32>> {
    match *text {
        [b'Z' | b'z'] => Some(None),
        [b'-', b'0', b'0', b':', b'0', b'0'] => Some(None),
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            let (hours, minutes) = (number([h1, h2])?, number([m1, m2])?);
            let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
            (hours <= 23 && minutes <= 59).then_some(Some(if sign == b'-' { -seconds } else { seconds }))
        }
        _ => None,
    }
}

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
            Window::Day | Window::Ever => return self.plus(count),
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
            Window::Day | Window::Ever => days,
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
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
        let year = number([y1, y2, y3, y4])?;
        Self::from_civil(year, number([m1, m2])?, number([d1, d2])?).filter(|_| year > 0)
    }

    /// The day of a calendar date, or `None` if the calendar has no such date.
    fn from_civil(year: i64, month: i64, day: i64) -> Option<Self> {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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
    /// One window without an end.
    Ever,
}

impl fmt::Display for Day {
    /// Writes a date as RFC 3339 does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.civil();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Window {
    /// The number of the window that a day falls into. Later windows have higher numbers; `Ever` is always 0.
    pub(crate) fn number(self, day: Day, week_start: Weekday) -> i32 {
        match self {
            Self::Day => day.0,
            // Day 0 was a Thursday, three days after a Monday.
            Self::Week => (day.0 + 3 - week_start as i32).div_euclid(7),
            Self::Month | Self::Quarter | Self::Year => {
                let (year, month, _) = day.civil();
                let number = match self {
                    Self::Month => year * 12 + month - 1,
                    Self::Quarter => year * 4 + (month - 1) / 3,
                    _ => year,
                };
                capped(number)
            }
            Self::Ever => 0,
        }
    }

    /// The first day of the week with this number.
    pub(crate) fn week_starts(number: i32, week_start: Weekday) -> Day {
        Day(number.saturating_mul(7).saturating_sub(3 - week_start as i32))
    }

    const ALL: [Self; 6] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year, Self::Ever];
    /// The names in programs, in the order of the variants.
    pub(crate) const NAMES: &[&str] = &["day", "week", "month", "quarter", "year", "ever"];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().zip(Self::ALL).find(|(known, _)| **known == name).map(|(_, window)| window)
    }

    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("ever")
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

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
        let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
        Self::NAMES.iter().zip(days).find(|(known, _)| **known == name).map(|(_, day)| day)
    }
}

/// The seconds of a duration such as `60 days`: a whole number and a unit.
pub(crate) fn duration_seconds(text: &str) -> Option<i64> {
    let (number, unit) = text.split_once(' ')?;
    let unit = match unit.strip_suffix('s').unwrap_or(unit) {
        "second" => 1,
        "minute" => 60,
        "hour" => 3600,
        "day" => DAY_SECONDS,
        "week" => 7 * DAY_SECONDS,
        _ => return None,
    };
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    number.parse::<i64>().ok()?.checked_mul(unit).filter(|seconds| *seconds <= MAX_SECONDS)
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
    fn parses_rfc_3339_and_nothing_else() {
        let seconds = |text| {
            Time::parse(text).map(|time| (time.instant.unix_seconds(), time.instant.nanos(), time.offset_seconds))
        };
        assert_eq!(seconds("1970-01-02T00:00:01Z"), Some((86_401, 0, None)));
        assert_eq!(seconds("1970-01-01t00:00:00.5z"), Some((0, 500_000_000, None)));
        assert_eq!(seconds("1970-01-01 00:00:00.1234567899-00:00"), Some((0, 123_456_789, None)));
        assert_eq!(seconds("1970-01-01T00:00:00+00:00"), Some((0, 0, Some(0))));
        assert_eq!(seconds("1969-12-31T19:30:00-04:30"), Some((0, 0, Some(-16_200))));
        assert_eq!(seconds("1970-01-01T23:59:60Z"), Some((86_399, 0, None)));
        for wrong in [
            "",
            "1970-01-01",
            "1970-01-01T00:00:00",
            "1970-01-01T00:00Z",
            "1970-01-01T00:00:00.Z",
            "1970-01-01T00:00:00+0100",
            "1970-01-01T00:00:00+24:00",
            "1970-01-01T00:00:00+1:00",
            "1970-01-01T00:00:00Z ",
            "1970-1-01T00:00:00Z",
            "1970-01-01T24:00:00Z",
            "1970-01-01T00:60:00Z",
            "1970-01-01T00:00:61Z",
            "1970-13-01T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "+970-01-01T00:00:00Z",
            "1970-01-01T00:00:00é",
            "19７0-01-01T00:00:00Z",
            "0001-01-01T00:00:00+00:01",
        ] {
            assert_eq!(Time::parse(wrong), None, "{wrong}");
        }
    }
}
