//! Time: timestamps, their local time, and how they are written.

use crate::base::{
    day::{DAY_SECONDS, Day, number},
    number::capped,
    time_error::{Fault, TimeError},
};
use alloc::string::String;
use core::{fmt, str::FromStr};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time, to the nanosecond, in years 0001 to 9999.
///
/// It parses from RFC 3339 with any offset, displays in UTC, and serializes as that text. Close forms parse, too:
/// `+0100`, `+01` or `UTC` as the offset, a space before the offset, no seconds, a comma before the fraction.
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
// Packed, because nothing is as numerous as timestamps: one takes 12 bytes so, not 16.
#[repr(Rust, packed(4))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    seconds: i64,
    nanos: u32,
}

/// A timestamp with the UTC offset it was written with, or `None` if the text ended in `Z`, `UTC` or `-00:00`: all
/// mean that the local time is unknown (RFC 9557, section 2.2).
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

    /// The first moment of the calendar.
    pub(crate) const FIRST: Self = Self { seconds: MIN_SECONDS, nanos: 0 };

    /// The timestamp `seconds` after 1970-01-01T00:00:00Z, or the first or last one of the calendar.
    pub(crate) fn clamped(seconds: i64) -> Self {
        Self { seconds: seconds.clamp(MIN_SECONDS, MAX_SECONDS), nanos: 0 }
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
        Time::parse(text).map(|time| time.instant).map_err(TimeError)
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

    /// Reads RFC 3339 and its close forms:
    ///
    /// ```text
    /// time     = date ("T" | " ") hh ":" mm [":" ss [("." | ",") digits]] [" "] zone
    /// zone     = "Z" | "UTC" | ("+" | "-") hh [[":"] mm]
    /// ```
    ///
    /// Digits after the ninth of a fraction are cut. A leap second counts as the second before it.
    pub(crate) fn parse(text: &str) -> Result<Self, Fault> {
        let (date, rest) = text.as_bytes().split_first_chunk::<10>().ok_or(Fault::Form)?;
        let day = Day::read(*date)?;
        let (clock, rest) = match rest.split_first_chunk::<6>() {
            Some((clock, rest)) => (*clock, rest),
            None => return Err(if rest.is_empty() { Fault::NoClock } else { Fault::Form }),
        };
        let [b'T' | b't' | b' ', h1, h2, b':', n1, n2] = clock else { return Err(Fault::Form) };
        let (seconds, rest) = match rest {
            [b':', s1, s2, rest @ ..] => ([*s1, *s2], rest),
            _ => ([b'0'; 2], rest),
        };
        let of_clock = |digits| number(digits).ok_or(Fault::Form);
        let (hour, minute, second) = (of_clock([h1, h2])?, of_clock([n1, n2])?, of_clock(seconds)?);
        if hour > 23 || minute > 59 || second > 60 {
            return Err(Fault::Clock);
        }
        let (nanos, rest) = fraction(rest)?;
        let offset_seconds = offset(rest.strip_prefix(b" ").unwrap_or(rest))?;
        let local = i64::from(day.0) * DAY_SECONDS + hour * 3600 + minute * 60 + second.min(59);
        let seconds = local - i64::from(offset_seconds.unwrap_or(0));
        let instant = Timestamp::from_unix(seconds, nanos).ok_or(Fault::Year)?;
        Ok(Self { instant, offset_seconds })
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
fn fraction(text: &[u8]) -> Result<(u32, &[u8]), Fault> {
    let [b'.' | b',', rest @ ..] = text else { return Ok((0, text)) };
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (fraction, zone) = rest.split_at_checked(digits).ok_or(Fault::Form)?;
    if digits == 0 {
        return Err(Fault::Form);
    }
    let nine = fraction.iter().chain(core::iter::repeat(&b'0')).take(9);
    Ok((nine.fold(0, |nanos, digit| nanos * 10 + u32::from(digit - b'0')), zone))
}

/// Seconds east of UTC; `None` for `Z`, `UTC` and a negative zero, with which the local time is unknown.
fn offset(text: &[u8]) -> Result<Option<i32>, Fault> {
    let (sign, hours, minutes) = match *text {
        [] => return Err(Fault::NoOffset),
        [b'Z' | b'z'] | [b'U', b'T', b'C'] => return Ok(None),
        [sign @ (b'+' | b'-'), h1, h2] => (sign, [h1, h2], [b'0'; 2]),
        [sign @ (b'+' | b'-'), h1, h2, m1, m2] | [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            (sign, [h1, h2], [m1, m2])
        }
        _ => return Err(Fault::Form),
    };
    let (hours, minutes) = (number(hours).ok_or(Fault::Form)?, number(minutes).ok_or(Fault::Form)?);
    if hours > 23 || minutes > 59 {
        return Err(Fault::Offset);
    }
    let seconds: i32 = capped(hours * 3600 + minutes * 60);
    Ok(if sign == b'+' { Some(seconds) } else { Some(-seconds).filter(|seconds| *seconds != 0) })
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

    fn parts(text: &str) -> Result<(i64, u32, Option<i32>), Fault> {
        Time::parse(text).map(|time| (time.instant.unix_seconds(), time.instant.nanos(), time.offset_seconds))
    }

    #[test]
    fn parses_rfc_3339() {
        assert_eq!(parts("1970-01-02T00:00:01Z"), Ok((86_401, 0, None)));
        assert_eq!(parts("1970-01-01t00:00:00.5z"), Ok((0, 500_000_000, None)));
        assert_eq!(parts("1970-01-01 00:00:00.1234567899-00:00"), Ok((0, 123_456_789, None)));
        assert_eq!(parts("1970-01-01T00:00:00+00:00"), Ok((0, 0, Some(0))));
        assert_eq!(parts("1969-12-31T19:30:00-04:30"), Ok((0, 0, Some(-16_200))));
        assert_eq!(parts("1970-01-01T23:59:60Z"), Ok((86_399, 0, None)));
    }

    #[test]
    fn parses_close_forms() {
        assert_eq!(parts("1970-01-01T01:00:00.000+0100"), Ok((0, 0, Some(3_600))));
        assert_eq!(parts("1970-01-01T05:30:00+0530"), Ok((0, 0, Some(19_800))));
        assert_eq!(parts("1970-01-01T00:00:00+00"), Ok((0, 0, Some(0))));
        assert_eq!(parts("1970-01-01T00:00:00-00"), Ok((0, 0, None)));
        assert_eq!(parts("1970-01-01T00:00:00-0000"), Ok((0, 0, None)));
        assert_eq!(parts("1970-01-01 00:00:09 UTC"), Ok((9, 0, None)));
        assert_eq!(parts("1970-01-01 02:00:09 +0200"), Ok((9, 0, Some(7_200))));
        assert_eq!(parts("1970-01-01T00:00:00,25Z"), Ok((0, 250_000_000, None)));
        assert_eq!(parts("1970-01-01T00:01Z"), Ok((60, 0, None)));
        assert_eq!(parts("1970-01-01T01:01+01:00"), Ok((60, 0, Some(3_600))));
    }

    #[test]
    fn says_what_is_wrong_with_anything_else() {
        for (fault, texts) in [
            (Fault::NoClock, &["1970-01-01"][..]),
            (
                Fault::NoOffset,
                &["1970-01-01T00:00:00", "1970-01-01T00:00", "1970-01-01 00:00:00.5", "1970-01-01T00:00:00 "],
            ),
            (Fault::Offset, &["1970-01-01T00:00:00+24:00", "1970-01-01T00:00:00+0060"]),
            (Fault::Clock, &["1970-01-01T24:00:00Z", "1970-01-01T00:60:00Z", "1970-01-01T00:00:61Z"]),
            (
                Fault::Day,
                &["1970-13-01T00:00:00Z", "1900-02-29T00:00:00Z", "2026-02-30T09:00:00Z", "1970-01-00T00:00:00Z"],
            ),
            (Fault::Year, &["0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01"]),
            (
                Fault::Form,
                &[
                    "",
                    "tomorrow",
                    "1970-01-01T",
                    "1970-01-01T00:00:00.Z",
                    "1970-01-01T00:00:00+1:00",
                    "1970-01-01T00:00:00+01:0",
                    "1970-01-01T00:00:00Z ",
                    "1970-01-01T00:00:00  Z",
                    "1970-01-01T00:00:00 CET",
                    "1970-01-01T00:00:00ZZ",
                    "1970-1-01T00:00:00Z",
                    "19700101T000000Z",
                    "1970-01-01T0:00:00Z",
                    "+970-01-01T00:00:00Z",
                    "1970-01-01T00:00:00é",
                    "19７0-01-01T00:00:00Z",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(parts(text), Err(fault), "{text}");
            }
        }
    }
}
