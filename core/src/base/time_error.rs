//! Time error: what is wrong with a text that should be a time.

use core::fmt;

/// A text is not a time in RFC 3339 with an offset.
///
/// ```
/// use knownfor::Timestamp;
///
/// let error = "next week".parse::<Timestamp>().unwrap_err();
/// assert!(error.to_string().starts_with("not a time; expected RFC 3339 with an offset"));
/// let error = "2026-02-30T09:00:00Z".parse::<Timestamp>().unwrap_err();
/// assert_eq!(error.to_string(), "not a time: the calendar has no such day");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time{0}")]
pub struct TimeError(pub(crate) Fault);

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Form,
    Day,
    Clock,
    NoClock,
    NoOffset,
    Offset,
    Year,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => {
                "; expected RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00` or `2026-03-02T08:30:00Z`"
            }
            Self::Day => ": the calendar has no such day",
            Self::Clock => ": no day has such an hour, minute or second",
            Self::NoClock => ": it is a date without a time of day",
            Self::NoOffset => ": it has no offset from UTC; expected one at its end, like `+01:00` or `Z`",
            Self::Offset => ": an offset is at most 23 hours and 59 minutes",
            Self::Year => ": expected a year from 0001 to 9999",
        })
    }
}
