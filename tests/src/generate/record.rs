//! Generated records: activities close together around days on which clocks change, and long after, with equal times,
//! several sources, reverses that find their target, and voids.

use super::{
    BY_ANYONE, BY_ID, ENDS, REVERSES,
    activity::{Made, activities, at_borders, undoings},
    instant::{When, in_utc},
    moment::{ANCHORS, dated},
    program::{undated, windowed},
};
use jiff::{SignedDuration, Timestamp, tz::Offset};
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
};
use serde_json::Value;
use std::{collections::BTreeSet, fmt};

/// A program, a record and what is voided in it.
#[derive(Clone)]
pub struct Case {
    /// The program.
    pub program: Value,
    /// Activities in the order generated; their ids number them.
    pub record: Vec<Value>,
    /// Source and id of each voided activity; some never existed.
    pub voids: BTreeSet<(String, String)>,
}

/// As JSON, so that a failing case can be pasted into a scenario.
impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "program: {}", self.program)?;
        self.record.iter().try_for_each(|activity| writeln!(f, "{activity}"))?;
        write!(f, "voids: {:?}", self.voids)
    }
}

/// A case with a record of fewer than `most` activities.
pub fn cases(most: usize) -> impl Strategy<Value = Case> {
    cases_of(activities(most), most)
}

/// A case with a long record of fewer than `most` activities, most of which reverse something.
pub fn undone(most: usize) -> impl Strategy<Value = Case> {
    cases_of(undoings(most), most)
}

/// A case with a short record at the borders of days and of rolling windows, and a rule that such a window limits.
pub fn borderline() -> impl Strategy<Value = Case> {
    (cases_of(at_borders(), 14), windowed()).prop_map(|(mut case, rule)| {
        case.program["rules"]["of-window"] = rule;
        case
    })
}

fn cases_of(activities: impl Strategy<Value = Vec<Made>>, most: usize) -> impl Strategy<Value = Case> {
    let voids = prop_oneof![2 => Just(Vec::new()), 1 => vec(0..most, 1..5)];
    // The record comes first because it shrinks first.
    (activities, select(&ANCHORS[..]), voids, undated()).prop_map(|(activities, anchor, voids, program)| {
        let (program, record) = (dated(program, anchor), recorded(activities, anchor));
        let named = |number: usize| match record.get(number) {
            Some(activity) => (own(&activity["source"]), own(&activity["id"])),
            None => ("wiki".to_owned(), format!("never-{number}")),
        };
        let voids = voids.into_iter().map(named).collect();
        Case { program, record, voids }
    })
}

fn own(text: &Value) -> String {
    text.as_str().unwrap_or_default().to_owned()
}

/// Activities in any order of time.
pub fn records(most: usize) -> impl Strategy<Value = Vec<Value>> {
    (activities(most), select(&ANCHORS[..])).prop_map(|(activities, anchor)| recorded(activities, anchor))
}

fn recorded(activities: Vec<Made>, anchor: &str) -> Vec<Value> {
    let anchor: Timestamp = anchor.parse().expect("an anchor is a time");
    let (mut record, mut times): (Vec<Value>, Vec<Timestamp>) = (Vec::new(), Vec::new());
    for (number, Made { says, when, aim }) in activities.into_iter().enumerate() {
        let target = target(&says, aim, &record);
        let at = when.instant(target.map_or(anchor, |target| times[target]), &times);
        let says = target.map_or(says.clone(), |target| aimed(says, &record[target]));
        record.push(finish(says, number, at, &when));
        times.push(at);
    }
    record
}

/// The earlier activity that one reverses or ends, if it aims at one of the right kind.
fn target(says: &Value, aim: Option<Index>, record: &[Value]) -> Option<usize> {
    let (_, kinds) = REVERSES.iter().chain(&ENDS).find(|(kind, _)| says["kind"] == *kind)?;
    let of_kind = |earlier: &usize| kinds.iter().any(|kind| record[*earlier]["kind"] == *kind);
    let targets: Vec<usize> = (0..record.len()).filter(of_kind).collect();
    if targets.is_empty() { None } else { Some(*aim?.get(&targets)) }
}

/// An activity that names the same people and object as its target, and the target itself if its kind reverses by id.
fn aimed(mut says: Value, target: &Value) -> Value {
    let kind = says["kind"].as_str().unwrap_or_default().to_owned();
    let keys = ["owner", "recipients", "object", "actor"];
    for key in &keys[..if BY_ANYONE.contains(&&*kind) { 3 } else { 4 }] {
        says[key] = target[key].clone();
    }
    if BY_ID.contains(&&*kind) {
        says["source"] = target["source"].clone();
        says["attributes"]["target"] = target["id"].clone();
    }
    says
}

/// Gives an activity its id and its time.
fn finish(mut says: Value, number: usize, at: Timestamp, when: &When) -> Value {
    says["id"] = id(number * 7 % 10 + number * 10).into();
    says["at"] = when.written(at).into();
    for name in ["due", "starts", "ends"] {
        let moment = match &says["attributes"][name] {
            Value::Number(minutes) => in_utc(at + SignedDuration::from_mins(minutes.as_i64().expect("whole minutes"))),
            Value::Array(days) => {
                let days = days[0].as_i64().expect("whole days");
                Offset::UTC.to_datetime(at + SignedDuration::from_hours(days * 24)).date().to_string()
            }
            _ => continue,
        };
        says["attributes"][name] = moment.into();
    }
    says
}

/// An id of any form, from a number of its own: mostly whole numbers, some with leading zeros, a sign or more digits
/// than 64 bits hold, and some that are no numbers.
fn id(number: usize) -> String {
    match number % 8 {
        3 => format!("00{number}"),
        4 => format!("-{number}"),
        5 => format!("18446744073709551616{number:04}"),
        6 => format!("c-{number}"),
        _ => number.to_string(),
    }
}
