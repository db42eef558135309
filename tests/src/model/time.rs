//! Time as the model reads it: the instant of a deed, and the civil day, week or month it falls in.

use jiff::{
    Timestamp,
    civil::{Date, Weekday},
    fmt::temporal::{Pieces, PiecesOffset},
    tz::{Offset, TimeZone},
};
use serde_json::Value;

/// The instant of an RFC 3339 text, and its offset where the text says what local time is (`Z` and `-00:00` do not).
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

/// The zone of a program; UTC where it names none.
pub(super) fn zone(program: &Value) -> TimeZone {
    match program["zone"].as_str() {
        Some(name) => TimeZone::get(name).expect("the model's programs name zones that exist"),
        None => TimeZone::UTC,
    }
}

/// The day on which weeks start; Monday where the program says nothing.
pub(super) fn week_start(program: &Value) -> Weekday {
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

/// The first day of the window that `day` falls in; one and the same day for ever.
pub(super) fn window(day: Date, per: &str, starts: Weekday) -> Date {
    match per {
        "day" => day,
        "week" => {
            let mut first = day;
            while first.weekday() != starts {
                first = first.yesterday().expect("the model's days are far from the calendar's end");
            }
            first
        }
        "month" => day.first_of_month(),
        "ever" => Date::ZERO,
        other => panic!("no window is called `{other}`"),
    }
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
