//! Zone: a time zone as data, the moments at which its clocks change.

use crate::base::{
    day::Day,
    text::Text,
    time::{Time, Timestamp},
    time_error::Fault,
};
use alloc::vec::Vec;

/// A time zone as data: an IANA name and the moments at which its clocks change.
///
/// The crate has no tz database of its own. [`Program::check`](crate::Program::check) asks its host for the zone that
/// a program names: natively, `Zone::named` (feature `jiff`) takes it from jiff; in a page, it comes from `Intl`.
///
/// ```
/// # #[cfg(feature = "jiff")] {
/// use knownfor::{Program, Tree, Zone};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     zone = "Europe/Berlin"
///     [kinds."blog.published"]
/// "#)?;
/// let program = Program::check(&program, Zone::named)?;
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: Text,
    first_offset_seconds: i32,
    transitions: Vec<Transition>,
    /// How long after midnight days begin.
    day_starts_seconds: i32,
}

/// A moment at which the clocks of a [`Zone`] change.
///
/// ```
/// use knownfor::{Transition, Zone};
///
/// let summer = Transition { at: "2026-03-29T01:00:00Z".parse()?, offset_seconds: 7_200 };
/// let berlin = Zone::new("Europe/Berlin", 3_600, vec![summer])?;
/// assert_eq!(berlin.transitions(), [summer]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// When the clocks change.
    pub at: Timestamp,
    /// Seconds ahead of UTC from then on; negative west of Greenwich.
    pub offset_seconds: i32,
}

/// [`Zone::new`] refused the transitions: they are out of order, or an offset is a day or more.
///
/// ```
/// use knownfor::Zone;
///
/// let error = Zone::new("Europe/Berlin", 86_400, vec![]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "bad transitions of zone `Europe/Berlin`; expected rising times, and offsets under 86,400 seconds either way"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("bad transitions of zone `{name}`; expected rising times, and offsets under 86,400 seconds either way")]
pub struct ZoneError {
    name: Text,
}

impl Zone {
    /// The zone `UTC`: offset 0, no transitions.
    ///
    /// ```
    /// # use knownfor::Zone;
    /// assert_eq!(Zone::utc().name(), "UTC");
    /// assert!(Zone::utc().transitions().is_empty());
    /// ```
    pub fn utc() -> Self {
        Self { name: "UTC".into(), first_offset_seconds: 0, transitions: Vec::new(), day_starts_seconds: 0 }
    }

    /// A zone from its name, its offset before the first transition, and its transitions in order of time.
    ///
    /// ```
    /// use knownfor::{Transition, Zone};
    ///
    /// let summer = Transition { at: "2026-03-29T01:00:00Z".parse()?, offset_seconds: 7_200 };
    /// let winter = Transition { at: "2026-10-25T01:00:00Z".parse()?, offset_seconds: 3_600 };
    /// let berlin = Zone::new("Europe/Berlin", 3_600, vec![summer, winter])?;
    /// assert_eq!(berlin.transitions().len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ZoneError`] if two transitions are not in order, or if an offset is a day or more.
    ///
    /// ```
    /// # use knownfor::{Transition, Zone};
    /// # let summer = Transition { at: "2026-03-29T01:00:00Z".parse()?, offset_seconds: 7_200 };
    /// # let winter = Transition { at: "2026-10-25T01:00:00Z".parse()?, offset_seconds: 3_600 };
    /// assert!(Zone::new("Europe/Berlin", 3_600, vec![winter, summer]).is_err());
    /// assert!(Zone::new("Europe/Berlin", 86_400, vec![]).is_err());
    /// # Ok::<(), knownfor::TimeError>(())
    /// ```
    pub fn new(name: &str, first_offset_seconds: i32, transitions: Vec<Transition>) -> Result<Self, ZoneError> {
        let offsets = transitions.iter().map(|transition| transition.offset_seconds).chain([first_offset_seconds]);
        let ordered = transitions.is_sorted_by(|a, b| a.at < b.at);
        if !ordered || !offsets.into_iter().all(|offset| offset.unsigned_abs() < 86_400) {
            return Err(ZoneError { name: name.into() });
        }
        Ok(Self { name: name.into(), first_offset_seconds, transitions, day_starts_seconds: 0 })
    }

    /// The zone of an IANA name, with its transitions of 1970 to 2099, or `None` if the tz database has no such name.
    ///
    /// ```
    /// # use knownfor::Zone;
    /// let tokyo = Zone::named("Asia/Tokyo").unwrap();
    /// assert_eq!(tokyo.first_offset_seconds(), 9 * 3_600);
    /// assert_eq!(Zone::named("Europe/Berlim"), None);
    /// ```
    #[cfg(feature = "jiff")]
    pub fn named(name: &str) -> Option<Self> {
        use jiff::{Timestamp as JiffTimestamp, tz::TimeZone};
        let zone = TimeZone::get(name).ok()?;
        let start = JiffTimestamp::UNIX_EPOCH;
        let end = JiffTimestamp::from_second(YEAR_2100_SECONDS).ok()?;
        let first_offset_seconds = zone.to_offset(start).seconds();
        let mut offset_seconds = first_offset_seconds;
        let mut transitions = Vec::new();
        for transition in zone.following(start).take_while(|transition| transition.timestamp() < end) {
            // Some transitions change only the abbreviation.
            if transition.offset().seconds() != offset_seconds {
                offset_seconds = transition.offset().seconds();
                let at = Timestamp::from_unix(transition.timestamp().as_second(), 0)?;
                transitions.push(Transition { at, offset_seconds });
            }
        }
        Self::new(name, first_offset_seconds, transitions).ok()
    }

    /// The IANA name.
    ///
    /// ```
    /// use knownfor::Zone;
    ///
    /// assert_eq!(Zone::new("Asia/Tokyo", 9 * 3_600, vec![])?.name(), "Asia/Tokyo");
    /// # Ok::<(), knownfor::ZoneError>(())
    /// ```
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When the clocks change, in order of time.
    ///
    /// ```
    /// use knownfor::{Transition, Zone};
    ///
    /// let summer = Transition { at: "2026-03-29T01:00:00Z".parse()?, offset_seconds: 7_200 };
    /// let berlin = Zone::new("Europe/Berlin", 3_600, vec![summer])?;
    /// assert_eq!(berlin.transitions()[0].at.to_string(), "2026-03-29T01:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn transitions(&self) -> &[Transition] {
        &self.transitions
    }

    /// Seconds ahead of UTC before the first transition.
    ///
    /// ```
    /// use knownfor::Zone;
    ///
    /// assert_eq!(Zone::new("America/Lima", -5 * 3_600, vec![])?.first_offset_seconds(), -18_000);
    /// # Ok::<(), knownfor::ZoneError>(())
    /// ```
    pub fn first_offset_seconds(&self) -> i32 {
        self.first_offset_seconds
    }

    /// The first instant of a civil day in this zone.
    pub(crate) fn start_of(&self, day: Day) -> Timestamp {
        let noon = i64::from(day.0) * 86_400 + 43_200;
        // Offsets are under a day, so three days to either side are surely before and not before that day.
        let (mut before, mut from) = (noon - 3 * 86_400, noon + 3 * 86_400);
        if self.transitions_until(before) == self.transitions_until(from) {
            let local_start = i64::from(day.0) * 86_400 + i64::from(self.day_starts_seconds);
            return Timestamp::clamped(local_start - i64::from(self.offset_seconds(noon)));
        }
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

    /// Reads a time, or a date, which means its start in this zone.
    pub(crate) fn moment(&self, text: &str) -> Result<Timestamp, Fault> {
        match Day::parse(text) {
            Err(Fault::Form) => Time::parse(text).map(|time| time.instant),
            day => Ok(self.start_of(day?)),
        }
    }

    /// The civil day of an instant in this zone.
    pub(crate) fn day(&self, instant: Timestamp) -> Day {
        self.day_at(instant.unix_seconds())
    }

    fn day_at(&self, unix_seconds: i64) -> Day {
        self.day_by(unix_seconds, self.offset_seconds(unix_seconds))
    }

    /// The civil day of a time at an offset, by the hour at which days begin.
    pub(crate) fn day_by(&self, unix_seconds: i64, offset_seconds: i32) -> Day {
        Day::of(unix_seconds + i64::from(offset_seconds) - i64::from(self.day_starts_seconds))
    }

    /// The same zone with days that begin some seconds after midnight.
    pub(crate) fn with_day_starts(self, day_starts_seconds: i32) -> Self {
        Self { day_starts_seconds, ..self }
    }

    /// The offset from UTC at a time.
    pub(crate) fn offset_seconds(&self, unix_seconds: i64) -> i32 {
        let last = self.transitions_until(unix_seconds).checked_sub(1).and_then(|index| self.transitions.get(index));
        last.map_or(self.first_offset_seconds, |transition| transition.offset_seconds)
    }

    /// How many transitions there were until then.
    fn transitions_until(&self, unix_seconds: i64) -> usize {
        self.transitions.partition_point(|transition| transition.at.unix_seconds() <= unix_seconds)
    }
}

#[cfg(feature = "jiff")]
const YEAR_2100_SECONDS: i64 = 4_102_444_800;

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn a_day_begins_where_the_instant_before_is_of_the_day_before() {
        let at = |text: &str| text.parse().expect("a time");
        // Berlin, and an island that left out 30 December 2011.
        let zones = [
            (3_600, vec![("2011-10-30T01:00:00Z", 3_600), ("2012-03-25T01:00:00Z", 7_200)]),
            (-36_000, vec![("2011-12-30T10:00:00Z", 50_400), ("2012-03-31T14:00:00Z", 46_800)]),
        ];
        for (first, transitions) in zones {
            let transitions =
                transitions.into_iter().map(|(time, offset_seconds)| Transition { at: at(time), offset_seconds });
            let zone = Zone::new("Test/Zone", first, transitions.collect()).expect("a zone");
            for noon in (0..200).map(|days| at("2011-10-01T12:00:00Z").plus_seconds(days * 86_400)) {
                let day = zone.day(noon);
                let start = zone.start_of(day);
                assert!(zone.day(start) == day && zone.day(start.plus_seconds(-1)) < day, "{day} begins at {start}");
            }
        }
    }
}
