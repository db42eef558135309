//! Time: timestamps, their local time, and how RFC 3339 writes them.

use crate::base::day::{DAY_SECONDS, Day, number};
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

const MIN_SECONDS: i64 = -62_135_596_800; // 0001-01-01T00:00:00Z
const MAX_SECONDS: i64 = 253_402_300_799; // 9999-12-31T23:59:59Z

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
    ///
    /// ```
    /// use knownfor::Timestamp;
    ///
    /// let at: Timestamp = "1970-01-01T00:01:00.999Z".parse()?;
    /// assert_eq!(at.unix_seconds(), 60);
    /// let before: Timestamp = "1969-12-31T23:59:59.500Z".parse()?;
    /// assert_eq!((before.unix_seconds(), before.nanos()), (-1, 500_000_000));
    /// # Ok::<(), knownfor::TimeError>(())
    /// ```
    pub fn unix_seconds(self) -> i64 {
        self.seconds
    }

    /// Nanoseconds after [`Timestamp::unix_seconds`], under 1,000,000,000.
    ///
    /// ```
    /// use knownfor::Timestamp;
    ///
    /// let at: Timestamp = "2026-03-02T09:30:00.000001Z".parse()?;
    /// assert_eq!(at.nanos(), 1_000);
    /// # Ok::<(), knownfor::TimeError>(())
    /// ```
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
