//! Zone: a time zone as data, the moments at which its clocks change.

use crate::base::{
    text::Text,
    time::{Day, Timestamp},
};
use alloc::vec::Vec;

/// A time zone as data: an IANA name and the moments at which its clocks change.
///
/// The core has no tz database of its own. A host hands the transitions to [`Program::check`](crate::Program::check): natively
/// [`Zone::named`] (feature `jiff`) takes them from jiff, in a page they come from `Intl`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: Text,
    first_offset_seconds: i32,
    transitions: Vec<(i64, i32)>,
}

/// Transitions that cannot be: not in order, or an offset of a day or more.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the transitions of zone `{name}` must be in order of time, each offset less than a day (in seconds)")]
pub struct ZoneError {
    name: Text,
}

impl Zone {
    /// The zone without transitions, offset 0.
    pub fn utc() -> Self {
        Self { name: "UTC".into(), first_offset_seconds: 0, transitions: Vec::new() }
    }

    /// A zone from its transitions: from which second since 1970-01-01T00:00:00Z on, how many seconds ahead of UTC its clocks are.
    ///
    /// # Errors
    ///
    /// The transitions are not in order of time, or an offset is a day or more.
    pub fn new(name: &str, first_offset_seconds: i32, transitions: Vec<(i64, i32)>) -> Result<Self, ZoneError> {
        let offsets = transitions.iter().map(|(_, offset)| offset).chain([&first_offset_seconds]);
        let ordered = transitions.is_sorted_by(|a, b| a.0 < b.0);
        if !ordered || !offsets.into_iter().all(|offset| offset.unsigned_abs() < 86_400) {
            return Err(ZoneError { name: name.into() });
        }
        Ok(Self { name: name.into(), first_offset_seconds, transitions })
    }

    /// The zone of an IANA name, with its transitions of 1970 to 2099, or nothing where the tz database has no such name.
    #[cfg(feature = "jiff")]
    pub fn named(name: &str) -> Option<Self> {
        use jiff::{Timestamp, tz::TimeZone};
        let zone = TimeZone::get(name).ok()?;
        let start = Timestamp::UNIX_EPOCH;
        let end = Timestamp::from_second(YEAR_2100_SECONDS).ok()?;
        let first_offset_seconds = zone.to_offset(start).seconds();
        let mut offset = first_offset_seconds;
        let mut transitions = Vec::new();
        for transition in zone.following(start).take_while(|transition| transition.timestamp() < end) {
            // Some transitions change only the name of the time.
            if transition.offset().seconds() != offset {
                offset = transition.offset().seconds();
                transitions.push((transition.timestamp().as_second(), offset));
            }
        }
        Self::new(name, first_offset_seconds, transitions).ok()
    }

    /// Its IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// From which second since 1970-01-01T00:00:00Z on, how many seconds ahead of UTC the clocks are.
    pub fn transitions(&self) -> &[(i64, i32)] {
        &self.transitions
    }

    /// Seconds ahead of UTC before the first transition.
    pub fn first_offset_seconds(&self) -> i32 {
        self.first_offset_seconds
    }

    /// The first instant of a civil day in this zone.
    pub(crate) fn start_of(&self, day: Day) -> Timestamp {
        let noon = i64::from(day.0) * 86_400 + 43_200;
        // Offsets are less than a day: from the second number on it is that day or a later one.
        let (mut before, mut from) = (noon - 3 * 86_400, noon + 3 * 86_400);
        while before + 1 < from {
            let middle = before + (from - before) / 2;
            if self.day_at(middle) < day {
                before = middle;
            } else {
                from = middle;
            }
        }
        Timestamp::clamped(from)
    }

    /// The civil day of an instant in this zone.
    pub(crate) fn day(&self, instant: Timestamp) -> Day {
        self.day_at(instant.unix_seconds())
    }

    fn day_at(&self, seconds: i64) -> Day {
        let passed = self.transitions.partition_point(|(from, _)| *from <= seconds);
        let last = passed.checked_sub(1).and_then(|index| self.transitions.get(index));
        let offset = last.map_or(self.first_offset_seconds, |(_, offset)| *offset);
        Day::of(seconds + i64::from(offset))
    }
}

#[cfg(feature = "jiff")]
const YEAR_2100_SECONDS: i64 = 4_102_444_800;
