//! Generated records: activities close together around days on which clocks change, and long after, with equal times,
//! several sources and voids.

use super::{
    AUDIENCES, CHALLENGES, CIRCLES, CONSENT, DEEDS, ENDS, FIELDS, KINDS, MEMBERS, OBJECTS, PARTS, REVERSES, REWARDS,
    TOPICS,
    moment::{ANCHORS, dated},
    program::undated,
};
use jiff::{Timestamp, tz::Offset};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select, subsequence},
};
use serde_json::{Value, json};
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
    let voids = prop_oneof![2 => Just(Vec::new()), 1 => vec(0..most, 1..5)];
    // The record comes first because it shrinks first.
    (activities(most), select(&ANCHORS[..]), voids, undated()).prop_map(|(activities, anchor, voids, program)| {
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

/// An activity without id and time; its minutes from the anchor; its offset; and the activity that it aims at.
type Made = (Value, i64, &'static str, Option<Index>);

/// How often some sorts of activities occur, as weights. All other kinds together weigh 16.
#[derive(Clone, Copy)]
struct Theme {
    consent: u32,
    challenges: u32,
    leave: u32,
    /// The weight of the first six days. All others weigh 4.
    near: u32,
}

/// Most records have a theme, so that many activities of one sort meet.
const ANY: Theme = Theme { consent: 2, challenges: 4, leave: 2, near: 6 };
const PEOPLE: Theme = Theme { consent: 20, challenges: 1, leave: 1, near: 12 };
const PILOT: Theme = Theme { consent: 1, challenges: 10, leave: 1, near: 12 };
const WORK: Theme = Theme { consent: 1, challenges: 1, leave: 6, near: 12 };

fn activities(most: usize) -> impl Strategy<Value = Vec<Made>> {
    let records = |theme| vec(activity(theme), 6..most);
    prop_oneof![1 => vec(activity(ANY), 1..6), 2 => records(ANY), 2 => records(PEOPLE), 2 => records(PILOT), 3 => records(WORK)]
}

fn recorded(activities: Vec<Made>, anchor: &str) -> Vec<Value> {
    let anchor: Timestamp = anchor.parse().expect("an anchor is a time");
    let mut record: Vec<Value> = Vec::new();
    for (number, (made, minutes, offset, aim)) in activities.into_iter().enumerate() {
        let (made, from) = aimed(&made, aim, &record).unwrap_or((made, anchor));
        record.push(finish(made, number, from.as_second() + minutes * 60, offset));
    }
    record
}

/// An activity that reverses or ends something, aimed at an earlier activity of the right kind: it names the same
/// people and object. Also the time of that activity.
fn aimed(made: &Value, aim: Option<Index>, record: &[Value]) -> Option<(Value, Timestamp)> {
    let (_, kinds) = REVERSES.iter().chain(&ENDS).find(|(kind, _)| made["kind"] == *kind)?;
    let of_kind = |earlier: &&Value| kinds.iter().any(|kind| earlier["kind"] == *kind);
    let targets: Vec<&Value> = record.iter().filter(of_kind).collect();
    let target = if targets.is_empty() { return None } else { aim?.get(&targets) };
    let mut made = made.clone();
    for key in ["actor", "owner", "recipients", "object"] {
        made[key] = target[key].clone();
    }
    Some((made, target["at"].as_str()?.parse().ok()?))
}

/// Gives an activity its id and its time.
fn finish(mut made: Value, number: usize, at: i64, offset: &str) -> Value {
    let seconds = offset_seconds(offset);
    let local =
        Offset::from_seconds(seconds).expect("an offset").to_datetime(Timestamp::from_second(at).expect("a time"));
    made["id"] = format!("{}", number * 7 % 10 + number * 10).into();
    made["at"] = format!("{local}{offset}").into();
    for name in ["due", "starts", "ends"] {
        if let Some(minutes) = made["attributes"][name].as_i64() {
            made["attributes"][name] = Timestamp::from_second(at + minutes * 60).expect("a time").to_string().into();
        }
    }
    made
}

fn offset_seconds(offset: &str) -> i32 {
    let Some((hours, minutes)) = offset.get(1..).and_then(|clock| clock.split_once(':')) else { return 0 };
    let whole = |text: &str| text.parse::<i32>().expect("an offset is made of numbers");
    let seconds = whole(hours) * 3600 + whole(minutes) * 60;
    if offset.starts_with('-') { -seconds } else { seconds }
}

fn activity(theme: Theme) -> impl Strategy<Value = Made> {
    let minute = || select(&[0, 30, 60, 90, 120, 150, 720, 1380, 1410][..]);
    let far = select(&[-40, 20, 31, 60, 92, 183, 365, 366, 400, 731][..]);
    let minutes = prop_oneof![
        theme.near => (0..6_i64, minute()).prop_map(|(day, minute)| day * 1440 + minute),
        2 => -3000..3000_i64,
        2 => (far, -1..3_i64, minute()).prop_map(|(far, day, minute)| (far + day) * 1440 + minute),
    ];
    let offset =
        select(&["Z", "+00:00", "-00:00", "+01:00", "+02:00", "-05:00", "-04:00", "+05:30", "+14:00", "-12:00"][..]);
    (made(theme), minutes, offset, option::weighted(0.9, any::<Index>())).prop_map(|(made, minutes, offset, aim)| {
        // Most join early and leave before the end, so steps remain to do and some are never done.
        let near = (0..6 * 1440).contains(&minutes);
        let sooner = match made["kind"].as_str() {
            Some("enrolled") if near => 4,
            Some("quit") if near => 2,
            _ => 1,
        };
        (made, minutes / sooner, offset, aim)
    })
}

fn made(theme: Theme) -> impl Strategy<Value = Value> {
    let kind = prop_oneof![
        theme.consent => select(&CONSENT[..]),
        theme.challenges => select(&["enrolled", "enrolled", "enrolled", "enrolled", "quit", "quit", "unenroll"][..]),
        theme.leave => Just("leave"),
        6 => select(&["like", "like", "post", "dislike"][..]),
        4 => select(&DEEDS[..]),
        3 => select(&["unlike", "unlike", "unthank", "unpost", "relike", "remove", "restore", "unredeem", "unleave"][..]),
        1 => Just("profile"),
        1 => Just("redeem"),
        1 => select(&KINDS[..]),
    ];
    let who = (
        // Many cases need several activities of one member.
        option::weighted(0.95, prop_oneof![1 => Just(MEMBERS[0]), 1 => select(&MEMBERS[..])]),
        option::weighted(0.7, select(&MEMBERS[..])),
        subsequence(MEMBERS.to_vec(), 0..=2),
        option::weighted(0.85, select(&OBJECTS[..])),
    );
    let tie = (option::weighted(0.2, 0..3_i64), select(&["wiki", "blog"][..]));
    let claims = prop_oneof![1 => subsequence(TOPICS.to_vec(), 0..=2), 1 => Just(TOPICS.to_vec())];
    let of_kind = (profile(), leave(), select(&REWARDS[..]), 0..4_usize, shared(), claims, select(&CHALLENGES[..]));
    (kind, who, tie, attributes(), of_kind).prop_map(
        |(kind, (actor, owner, recipients, object), (sequence, source), attributes, of_kind)| {
            let (profile, leave, reward, badge, shared, claims, challenge) = of_kind;
            let mut made = json!({ "kind": kind, "source": source });
            for (key, value) in [("actor", actor), ("owner", owner), ("object", object)] {
                if let Some(value) = value {
                    made[key] = value.into();
                }
            }
            if !recipients.is_empty() {
                made["recipients"] = recipients.into();
            }
            if let Some(sequence) = sequence {
                made["sequence"] = sequence.into();
            }
            made["attributes"] = attributes;
            match kind {
                "profile" => made["profile"] = profile,
                "leave" => made["attributes"] = leave,
                "shared" => made["attributes"] = shared,
                "claimed" => made["attributes"]["topics"] = claims.into(),
                "redeem" => made["attributes"]["reward"] = reward.into(),
                "enrolled" | "quit" => made["object"] = challenge.into(),
                "accepted" | "hid" => made["object"] = format!("b{badge}").into(),
                _ => {}
            }
            made
        },
    )
}

/// The first and the last day of a leave, as minutes from when it is said.
fn leave() -> impl Strategy<Value = Value> {
    let long = option::weighted(0.7, prop_oneof![4 => 0..6_i64, 1 => select(&[-1, 30, 90][..])]);
    (-3..3_i64, long).prop_map(|(starts, long)| match long {
        Some(long) => json!({ "starts": starts * 1440, "ends": (starts + long) * 1440 }),
        None => json!({ "starts": starts * 1440 }),
    })
}

/// The audience of each part that is mentioned.
fn shared() -> impl Strategy<Value = Value> {
    vec(option::weighted(0.5, select(&CIRCLES[..])), PARTS.len()).prop_map(|said| {
        let said =
            PARTS.into_iter().zip(said).filter_map(|(part, circle)| Some((format!("share_{part}"), circle?.into())));
        Value::Object(said.collect())
    })
}

fn attributes() -> impl Strategy<Value = Value> {
    let some = (
        option::weighted(0.6, -2..8_i64),
        option::weighted(0.6, subsequence(TOPICS.to_vec(), 1..=3)),
        option::weighted(0.4, select(&AUDIENCES[..])),
        option::weighted(0.4, any::<bool>()),
        option::weighted(0.4, -1500..1500_i64),
        option::weighted(0.4, select(&MEMBERS[..])),
    );
    some.prop_map(|(words, topics, audience, draft, due, asker)| {
        let mut attributes = serde_json::Map::new();
        let all = [
            ("words", words.map(Value::from)),
            ("topics", topics.map(Value::from)),
            ("audience", audience.map(Value::from)),
            ("draft", draft.map(Value::from)),
            ("due", due.map(Value::from)),
            ("asker", asker.map(Value::from)),
        ];
        for (name, value) in all {
            if let Some(value) = value {
                attributes.insert(name.to_owned(), value);
            }
        }
        Value::Object(attributes)
    })
}

fn profile() -> impl Strategy<Value = Value> {
    let state = prop_oneof![
        3 => Just(json!("done")),
        2 => Just(json!("missing")),
        1 => Just(json!("does-not-apply")),
        1 => Just(json!("prefer-not-to-say")),
        1 => any::<bool>().prop_map(Value::from),
    ];
    vec(option::weighted(0.6, state), FIELDS.len()).prop_map(|states| {
        let spoken = FIELDS.iter().zip(states).filter_map(|(field, state)| Some(((*field).to_owned(), state?)));
        Value::Object(spoken.collect())
    })
}
