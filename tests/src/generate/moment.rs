//! Moments of a program: minutes from an anchor, because program and record are generated and shrink separately.

use jiff::{SignedDuration, Timestamp, tz::Offset};
use proptest::{option, prelude::*, sample::select};
use serde_json::{Value, json};

/// Days around which records and programs lie. Clocks change in one of the zones, one zone leaves a day out, and
/// quarters, years and months end.
pub(super) const ANCHORS: [&str; 13] = [
    "2026-03-29T00:00:00Z",
    "2026-10-25T00:00:00Z",
    "2026-03-08T00:00:00Z",
    "2026-11-01T00:00:00Z",
    "2025-12-31T00:00:00Z",
    "2026-02-28T00:00:00Z",
    "2028-02-29T00:00:00Z",
    "2026-06-30T00:00:00Z",
    "2026-01-31T00:00:00Z",
    // Lord Howe and Chatham; Casablanca, twice; Apia has no 30 December.
    "2026-04-04T00:00:00Z",
    "2026-02-14T00:00:00Z",
    "2026-03-21T00:00:00Z",
    "2011-12-28T00:00:00Z",
];

const DAY: i64 = 1440;

/// Minutes from an anchor at which something may begin: often on a day of the record, sometimes long after.
fn minutes() -> impl Strategy<Value = i64> {
    prop_oneof![
        4 => (-1..6_i64).prop_map(|day| day * DAY),
        2 => (-1..6_i64, select(&[60, 90, 720, 1410][..])).prop_map(|(day, minute)| day * DAY + minute),
        1 => select(&[20 * DAY, 62 * DAY, 100 * DAY, 366 * DAY][..]),
    ]
}

/// The `from`, `until` and `backfill` of a rule or a goal; mostly none.
pub(super) fn version() -> impl Strategy<Value = Value> {
    // Half an hour more than half a day: a day begins up to 14 hours before UTC's, and must not end before it begins.
    // Two days at least where both are dates: Samoa left out 30 December 2011, so that day and the next begin at once.
    let until = option::weighted(0.4, select(&[DAY / 2 + 30, 2 * DAY, 3 * DAY, 30 * DAY, 400 * DAY][..]));
    let some = (minutes(), until, prop::bool::weighted(0.6)).prop_map(|(from, until, backfill)| {
        let mut version = json!({ "from": from });
        if let Some(until) = until {
            version["until"] = (from + until).into();
        }
        if backfill {
            version["backfill"] = true.into();
        }
        version
    });
    prop_oneof![6 => Just(json!({})), 3 => some, 1 => minutes().prop_map(|until| json!({ "until": until }))]
}

/// Adds the keys of a version to a rule or a goal.
pub(super) fn versioned(mut of: Value, version: Value) -> Value {
    if let (Value::Object(of), Value::Object(version)) = (&mut of, version) {
        of.extend(version);
    }
    of
}

/// Holidays, as days from an anchor.
pub(super) fn holidays() -> impl Strategy<Value = Value> {
    proptest::collection::btree_set(0..6_i64, 0..5).prop_map(|days| days.into_iter().collect())
}

/// Where seasons begin, in days from an anchor, and how long they are.
pub(super) fn season() -> impl Strategy<Value = Value> {
    let length = prop_oneof![
        2 => (1..20_i64).prop_map(|days| ("days", days)),
        2 => (1..7_i64).prop_map(|weeks| ("weeks", weeks)),
        3 => (1..15_i64).prop_map(|months| ("months", months)),
    ];
    (-400..10_i64, length).prop_map(|(starts, (unit, count))| json!({ "starts": starts, unit: count }))
}

/// Turns the minutes and days of a program into the texts that they stand for.
pub(super) fn dated(program: Value, anchor: &str) -> Value {
    let anchor: Timestamp = anchor.parse().expect("an anchor is a time");
    let mut program = replace(program, "", anchor);
    on_a_day_of_every_month(&mut program["season"]);
    if !program["day_starts"].is_null() {
        without_ends_before_beginnings(&mut program);
    }
    program
}

/// Drops each end at an instant of something that begins on a date: the day may begin hours after midnight.
fn without_ends_before_beginnings(tree: &mut Value) {
    if let Value::Object(table) = tree {
        let is_date = |key: &str| table.get(key).and_then(Value::as_str).map(|text| !text.contains('T'));
        if is_date("from") == Some(true) && is_date("until") == Some(false) {
            table.remove("until");
        }
        table.values_mut().for_each(without_ends_before_beginnings);
    } else if let Value::Array(items) = tree {
        items.iter_mut().for_each(without_ends_before_beginnings);
    }
}

/// Begins seasons of months no later than on the 28th.
fn on_a_day_of_every_month(season: &mut Value) {
    let late = ["29", "30", "31"];
    if let (Value::Number(_), Value::String(date)) = (season["months"].clone(), &mut season["starts"])
        && late.iter().any(|day| date.ends_with(day))
    {
        date.replace_range(8.., "28");
    }
}

fn replace(tree: Value, key: &str, anchor: Timestamp) -> Value {
    let at = |minutes: i64| anchor + SignedDuration::from_mins(minutes);
    let date = |minutes: i64| Offset::UTC.to_datetime(at(minutes)).date().to_string();
    match (tree, key) {
        (Value::Number(minutes), "from" | "until") => {
            let minutes = minutes.as_i64().expect("whole minutes");
            if minutes % DAY == 0 { date(minutes).into() } else { at(minutes).to_string().into() }
        }
        (Value::Number(days), "holidays" | "starts") => date(days.as_i64().expect("whole days") * DAY).into(),
        (Value::Array(items), _) => items.into_iter().map(|item| replace(item, key, anchor)).collect(),
        (Value::Object(entries), _) => {
            let replaced = |(key, value): (String, Value)| (key.clone(), replace(value, &key, anchor));
            Value::Object(entries.into_iter().map(replaced).collect())
        }
        (leaf, _) => leaf,
    }
}
