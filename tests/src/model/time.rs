//! Time in the model: the instant of a deed, its civil day and its windows.

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, DateTime, Time, Weekday},
    fmt::temporal::{Pieces, PiecesOffset},
    tz::{Offset, TimeZone},
};
use serde_json::Value;
use std::collections::BTreeSet;

/// The instant of an RFC 3339 text, and its offset. `Z` and `-00:00` do not say what the local time is.
pub(super) fn read(text: &str) -> (Timestamp, Option<Offset>) {
    let instant: Timestamp = text.parse().expect("a time of the model is RFC 3339");
    let pieces = Pieces::parse(text).expect("a time of the model is RFC 3339");
    let offset = match pieces.offset() {
        Some(PiecesOffset::Numeric(numeric)) if !numeric.is_negative() => Some(numeric.offset()),
        Some(PiecesOffset::Numeric(numeric)) if numeric.offset() != Offset::UTC => Some(numeric.offset()),
        _ => None,
    };
    (instant, offset)
}

/// An instant as the ledger writes it: in UTC, with none, three, six or nine digits of a second.
pub(super) fn written(at: Timestamp) -> String {
    let nanos = at.subsec_nanosecond();
    let digits = [0, 3, 6].into_iter().find(|digits| nanos % 10_i32.pow(9 - digits) == 0).unwrap_or(9) as usize;
    format!("{at:.digits$}")
}

/// The zone of a program, by default UTC, and the hour at which its days begin.
pub(super) struct Zone {
    pub(super) tz: TimeZone,
    starts: SignedDuration,
}

pub(super) fn zone(program: &Value) -> Zone {
    let tz = match program["zone"].as_str() {
        Some(name) => TimeZone::get(name).expect("the model's programs name zones that exist"),
        None => TimeZone::UTC,
    };
    let hour = program["day_starts"].as_str().map_or(0, |clock| clock[..2].parse().expect("it begins with an hour"));
    Zone { tz, starts: SignedDuration::from_hours(hour) }
}

impl Zone {
    /// The civil day of an instant.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        self.day_of(self.tz.to_datetime(at))
    }

    /// The civil day of a local time: until the hour at which days begin, it is still the day before.
    pub(super) fn day_of(&self, local: DateTime) -> Date {
        (local - self.starts).date()
    }
}

/// The day on which weeks start, by default Monday.
fn week_start(program: &Value) -> Weekday {
    match program["week"]["starts"].as_str() {
        None | Some("monday") => Weekday::Monday,
        Some("tuesday") => Weekday::Tuesday,
        Some("wednesday") => Weekday::Wednesday,
        Some("thursday") => Weekday::Thursday,
        Some("friday") => Weekday::Friday,
        Some("saturday") => Weekday::Saturday,
        Some("sunday") => Weekday::Sunday,
        Some(other) => panic!("no weekday is called `{other}`"),
    }
}

/// Where weeks begin, and seasons.
#[derive(Clone, Copy)]
pub(super) struct Turns {
    week: Weekday,
    /// The first day of one season, and the days and months that each has.
    season: Option<(Date, i64, i64)>,
}

impl Turns {
    pub(super) fn of(program: &Value) -> Self {
        let season = &program["season"];
        let of = |unit: &str| season[unit].as_i64().unwrap_or(0);
        let days = of("days") + 7 * of("weeks");
        let first = season["starts"].as_str().map(|date| date.parse().expect("a season starts on a date"));
        Self { week: week_start(program), season: first.map(|first| (first, days, of("months"))) }
    }

    /// The first day of a day's season, found by going from season to season.
    fn season(self, day: Date) -> Date {
        let (first, days, months) = self.season.expect("the program has seasons");
        let nth = |times: i64| {
            let far = Span::new().days(days * times).months(months * times);
            first.checked_add(far).expect("the model's days are far from the calendar's end")
        };
        let mut times = 0;
        while nth(times) > day {
            times -= 1;
        }
        while nth(times + 1) <= day {
            times += 1;
        }
        nth(times)
    }
}

/// All windows of the calendar, narrowest first.
pub(super) const WINDOWS: [&str; 7] = ["day", "week", "month", "quarter", "year", "season", "ever"];

/// The first day of the window that `day` falls into. For `ever`, always the same day.
pub(super) fn window(day: Date, per: &str, turns: Turns) -> Date {
    match per {
        "day" => day,
        "week" => {
            let mut first = day;
            while first.weekday() != turns.week {
                first = first.yesterday().expect("the model's days are far from the calendar's end");
            }
            first
        }
        "month" => day.first_of_month(),
        "quarter" => Date::new(day.year(), (day.month() - 1) / 3 * 3 + 1, 1).expect("quarters begin on a first"),
        "year" => day.first_of_year(),
        "season" => turns.season(day),
        "ever" => Date::ZERO,
        other => panic!("no window is called `{other}`"),
    }
}

/// The instant of a moment in a program: RFC 3339, or a date, which is the start of that day in the program's zone.
pub(super) fn moment(text: &str, zone: &Zone) -> Timestamp {
    match text.parse::<Date>() {
        Ok(day) if !text.contains('T') => start_of_day(day, zone),
        _ => read(text).0,
    }
}

/// The first instant of a day: the hour at which days begin, or a change of clocks that skips it.
pub(super) fn start_of_day(day: Date, zone: &Zone) -> Timestamp {
    let begins = day.to_datetime(Time::midnight()) + zone.starts;
    let at =
        zone.tz.to_ambiguous_timestamp(begins).earlier().expect("the model's days are far from the calendar's end");
    let near = at - SignedDuration::from_hours(72);
    let changes = zone.tz.following(near).map(|change| change.timestamp());
    let changes = changes.take_while(|change| *change < at + SignedDuration::from_hours(72));
    let moments: BTreeSet<Timestamp> =
        changes.chain([at, zone.tz.to_ambiguous_timestamp(begins).later().expect("as above")]).collect();
    let starts = |moment: &Timestamp| {
        let before = *moment - SignedDuration::from_nanos(1);
        zone.day(*moment) >= day && zone.day(before) < day
    };
    moments.into_iter().find(starts).expect("a day has a start")
}

/// The day on which `units` full units since `first` are complete. If a month lacks that day, it is the first of the
/// next month.
pub(super) fn complete(first: Date, unit: &str, units: i64) -> Date {
    let months = match unit {
        "day" => return days_after(first, units),
        "week" => return days_after(first, units * 7),
        "month" => units,
        "quarter" => units * 3,
        "year" => units * 12,
        other => panic!("no unit is called `{other}`"),
    };
    let month = first.first_of_month().checked_add(Span::new().months(months)).expect("a month of the calendar");
    if first.day() <= month.days_in_month() {
        month.with().day(first.day()).build().expect("the month has the day")
    } else {
        days_after(month.last_of_month(), 1)
    }
}

fn days_after(day: Date, days: i64) -> Date {
    day.checked_add(Span::new().days(days)).expect("the model's days are far from the calendar's end")
}

/// Seconds of a duration such as `60 days`.
pub(super) fn duration_seconds(text: &str) -> i64 {
    let (number, unit) = text.split_once(' ').expect("a duration is a number and a unit");
    let number: i64 = number.parse().expect("a duration starts with a number");
    let unit_seconds = match unit.trim_end_matches('s') {
        "second" => 1,
        "minute" => 60,
        "hour" => 3600,
        "day" => 86_400,
        "week" => 604_800,
        other => panic!("no unit is called `{other}`"),
    };
    number * unit_seconds
}

/// Whether something that happened at `then` happened less than `long` ago.
pub(super) fn is_within(then: Timestamp, now: Timestamp, long: &str) -> bool {
    now.as_nanosecond() - then.as_nanosecond() < i128::from(duration_seconds(long)) * 1_000_000_000
}
