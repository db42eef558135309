//! When made-up activities happen: near each other, at the very same instant, a nanosecond apart, or years later, each
//! with an offset of its own.

use jiff::{SignedDuration, Timestamp, tz::Offset};
use proptest::{prelude::*, sample::Index, sample::select};

/// When an activity happens.
#[derive(Clone, Debug)]
pub(super) struct When {
    minutes: i64,
    nanos: i64,
    offset: &'static str,
    /// The earlier activity from which its minutes count.
    after: Option<Index>,
}

/// Offsets of places, from the first day to the last one on Earth, and forms that do not say where it was.
const OFFSETS: [&str; 20] = [
    "Z", "Z", "+00:00", "-00:00", "+01:00", "+02:00", "-05:00", "-04:00", "+05:30", "+05:45", "-03:30", "-02:30",
    "+10:30", "+11:00", "+12:45", "+14:00", "+14:00", "-12:00", "-12:00", "-14:00",
];
/// The offsets at which one instant lies on three days: from 10:00 to 12:00 in UTC.
const FAR_OFFSETS: [&str; 4] = ["+14:00", "-12:00", "-12:00", "Z"];

const DAY: i64 = 1440;

/// A time in the days around an anchor, a few of them long after. `near` is the weight of its first six days, `travel`
/// that of hours in which different places are three days apart, and `border` that of an earlier activity's instant and
/// of the ends of rolling windows from there. All others weigh 4.
pub(super) fn when(near: u32, travel: u32, border: u32) -> impl Strategy<Value = When> {
    let minute = || select(&[0, 30, 60, 90, 120, 150, 630, 690, 720, 1380, 1410][..]);
    let far = select(&[-40, 20, 31, 60, 92, 183, 365, 366, 400, 731][..]);
    let minutes = prop_oneof![
        near => (0..6_i64, minute()).prop_map(|(day, minute)| day * DAY + minute),
        2 => -3000..3000_i64,
        2 => (far, -1..3_i64, minute()).prop_map(|(far, day, minute)| (far + day) * DAY + minute),
    ];
    let anywhere = (minutes, select(&OFFSETS[..]));
    let travels = (0..2_i64, 0..8_i64, select(&FAR_OFFSETS[..]));
    let travels = travels.prop_map(|(day, step, offset)| (day * DAY + 600 + step * 15, offset));
    let place = prop_oneof![near + 4 => anywhere, travel => travels];
    let place = (place, nanos(4)).prop_map(|((minutes, offset), nanos)| When { minutes, nanos, offset, after: None });
    let after = (spans(), nanos(1), select(&OFFSETS[..]), any::<Index>());
    let after = after.prop_map(|(minutes, nanos, offset, after)| When { minutes, nanos, offset, after: Some(after) });
    prop_oneof![near + 4 + travel => place, border => after]
}

/// None, or as long as a rolling window, at whose end a nanosecond decides.
fn spans() -> impl Strategy<Value = i64> {
    prop_oneof![2 => Just(0), 3 => select(&[90, DAY, DAY * 3 / 2, 3 * DAY][..]), 1 => Just(30 * DAY)]
}

/// Often none, because borders of windows are whole minutes.
fn nanos(none: u32) -> impl Strategy<Value = i64> {
    let fine = select(&[1, 1, -1, 500_000_000, 1_500_000, 250_000, 999_999_999, 30_000_000_000, 59_999_999_999][..]);
    prop_oneof![none => Just(0), 1 => fine]
}

impl When {
    /// The same, sooner after the anchor.
    pub(super) fn sooner(self, sooner: i64) -> Self {
        let is_near = (0..6 * DAY).contains(&self.minutes);
        Self { minutes: if is_near { self.minutes / sooner } else { self.minutes }, ..self }
    }

    /// The instant, counted from another one or from an earlier activity.
    pub(super) fn instant(&self, from: Timestamp, earlier: &[Timestamp]) -> Timestamp {
        let from = self.after.filter(|_| !earlier.is_empty()).map_or(from, |after| *after.get(earlier));
        from + SignedDuration::from_mins(self.minutes) + SignedDuration::from_nanos(self.nanos)
    }

    /// An instant as text, in the local time of this one.
    pub(super) fn written(&self, at: Timestamp) -> String {
        let offset = Offset::from_seconds(offset_seconds(self.offset)).expect("an offset");
        format!("{}{}", shown(offset.to_datetime(at)), self.offset)
    }
}

/// A local time with as many digits as other systems write: none, milliseconds, microseconds or nanoseconds.
fn shown(local: jiff::civil::DateTime) -> String {
    let digits = match local.subsec_nanosecond() {
        0 => 0,
        nanos if nanos % 1_000_000 == 0 => 3,
        nanos if nanos % 1_000 == 0 => 6,
        _ => 9,
    };
    format!("{local:.digits$}")
}

/// An instant in UTC.
pub(super) fn in_utc(at: Timestamp) -> String {
    format!("{}Z", shown(Offset::UTC.to_datetime(at)))
}

fn offset_seconds(offset: &str) -> i32 {
    let Some((hours, minutes)) = offset.get(1..).and_then(|clock| clock.split_once(':')) else { return 0 };
    let whole = |text: &str| text.parse::<i32>().expect("an offset is made of numbers");
    let seconds = whole(hours) * 3600 + whole(minutes) * 60;
    if offset.starts_with('-') { -seconds } else { seconds }
}
