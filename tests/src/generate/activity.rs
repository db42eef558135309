//! Generated activities: of every kind, by several members, to several recipients, about several things.

use super::{
    AUDIENCES, CHALLENGES, CONSENT, DEEDS, FIELDS, KINDS, MEMBERS, NUMBERED, OBJECTS, REVERSES, REWARDS, STEPS, TOPICS,
    instant::{When, when},
    one_of, people,
    program::DAYS,
};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select, subsequence},
};
use serde_json::{Map, Value, json};

/// An activity that has no id and no time yet. Its moments are minutes, or lists of one number of days, after its own.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) says: Value,
    pub(super) when: When,
    /// The activity that it aims at, if it reverses or ends something.
    pub(super) aim: Option<Index>,
}

/// How often some sorts of activities occur, as weights. All other kinds together weigh 16.
#[derive(Clone, Copy)]
pub(super) struct Theme {
    consent: u32,
    challenges: u32,
    leave: u32,
    reverses: u32,
    /// The weight of the first member as the actor, beside that of all.
    alone: u32,
    /// The weight of the first six days. All others weigh 4.
    near: u32,
    /// The weight of hours in which different places are three days apart.
    travel: u32,
    /// The weight of the instants of earlier activities, and of the ends of rolling windows.
    border: u32,
}

const ANY: Theme = Theme { consent: 2, challenges: 4, leave: 3, reverses: 3, alone: 1, near: 6, travel: 1, border: 2 };
const PEOPLE: Theme = Theme { consent: 20, challenges: 1, leave: 1, near: 12, ..ANY };
const PILOT: Theme = Theme { consent: 1, challenges: 10, leave: 1, near: 12, ..ANY };
const WORK: Theme = Theme { consent: 1, challenges: 1, leave: 9, near: 12, ..ANY };
const UNDOING: Theme = Theme { reverses: 24, alone: 3, leave: 1, ..WORK };
const TRAVEL: Theme = Theme { alone: 8, leave: 1, near: 4, travel: 40, border: 4, ..WORK };
const BORDER: Theme = Theme { alone: 8, leave: 1, near: 4, border: 20, ..WORK };

/// Most records have a theme, so that many activities of one sort meet.
pub(super) fn activities(most: usize) -> impl Strategy<Value = Vec<Made>> {
    let of = |theme| vec(activity(theme), 6..most);
    prop_oneof![
        1 => vec(activity(ANY), 1..6),
        2 => of(ANY),
        2 => of(PEOPLE),
        3 => of(PILOT),
        3 => of(WORK),
        2 => of(UNDOING),
        1 => of(TRAVEL),
        1 => of(BORDER),
    ]
}

/// Long records in which most activities reverse something, or do it again.
pub(super) fn undoings(most: usize) -> impl Strategy<Value = Vec<Made>> {
    vec(activity(UNDOING), most / 2..most)
}

/// Short records, mostly of one member, at the borders of days and of rolling windows.
pub(super) fn at_borders() -> impl Strategy<Value = Vec<Made>> {
    prop_oneof![vec(activity(TRAVEL), 3..14), vec(activity(BORDER), 3..14)]
}

fn activity(theme: Theme) -> impl Strategy<Value = Made> {
    (says(theme), when(theme.near, theme.travel, theme.border), option::weighted(0.9, any::<Index>())).prop_map(
        |(says, when, aim)| {
            // Most join early and leave before the end, so steps remain to do and some are never done.
            let sooner = match says["kind"].as_str() {
                Some("enrolled") => 4,
                Some("quit") => 2,
                _ => 1,
            };
            Made { says, when: when.sooner(sooner), aim }
        },
    )
}

fn kind(theme: Theme) -> impl Strategy<Value = &'static str> {
    let reverses = REVERSES.map(|(kind, _)| kind).to_vec();
    prop_oneof![
        theme.consent => select(&CONSENT[..]),
        theme.challenges => select(&["enrolled", "enrolled", "enrolled", "enrolled", "skipped", "skipped", "quit", "quit", "unenroll"][..]),
        theme.leave => select(&["leave", "week"][..]),
        theme.reverses => prop_oneof![1 => select(&["unlike", "unthank", "unpost", "relike"][..]), 2 => select(reverses)],
        6 => select(&["like", "like", "post", "dislike"][..]),
        4 => select(&DEEDS[..]),
        1 => Just("profile"),
        1 => Just("redeem"),
        1 => select(&KINDS[..]),
    ]
}

fn says(theme: Theme) -> impl Strategy<Value = Value> {
    let who = (
        // Many cases need several activities of one member.
        option::weighted(0.95, prop_oneof![theme.alone => Just(MEMBERS[0]), 1 => select(&MEMBERS[..])]),
        option::weighted(0.7, one_of(&MEMBERS)),
        recipients(),
        option::weighted(0.85, one_of(&OBJECTS)),
    );
    let tie = (option::weighted(0.2, 0..3_i64), select(&["wiki", "blog"][..]));
    let claims = prop_oneof![1 => subsequence(TOPICS.to_vec(), 0..=2), 1 => Just(TOPICS.to_vec())];
    let of_kind = (
        profile(),
        (leave(), week()),
        select(&REWARDS[..]),
        0..4_usize,
        people::shares(),
        claims,
        select(&CHALLENGES[..]),
        (subsequence(STEPS.to_vec(), 0..=6), revision()),
    );
    (kind(theme), who, tie, attributes(), of_kind).prop_map(
        |(kind, (actor, owner, recipients, object), (sequence, source), attributes, of_kind)| {
            let (profile, (leave, week), reward, badge, shares, claims, challenge, (steps, revision)) = of_kind;
            let mut says = table([
                ("kind", Some(kind.into())),
                ("source", Some(source.into())),
                ("actor", actor.map(Value::from)),
                ("owner", owner.map(Value::from)),
                ("object", object.map(Value::from)),
                ("recipients", (!recipients.is_empty()).then(|| recipients.into())),
                ("sequence", sequence.map(Value::from)),
                ("attributes", Some(attributes)),
            ]);
            match kind {
                "profile" => says["profile"] = profile,
                "leave" => says["attributes"] = leave,
                "week" => says["attributes"] = week,
                "shared" => says["attributes"] = shares,
                "claimed" | "declined" => says["attributes"]["topics"] = claims.into(),
                "skipped" => says["attributes"]["steps"] = steps.into(),
                "redeem" => says["attributes"]["reward"] = reward.into(),
                "enrolled" | "quit" => says["object"] = challenge.into(),
                "accepted" | "hid" => says["object"] = format!("b{badge}").into(),
                _ => {}
            }
            if let Some(revision) = revision.filter(|_| NUMBERED.contains(&kind)) {
                says["attributes"]["revision"] = revision.into();
            }
            says
        },
    )
}

/// The number of a statement. Doors that know nothing of each other give the same one.
fn revision() -> impl Strategy<Value = Option<i64>> {
    option::weighted(0.3, 1..5_i64)
}

/// A table of the keys that have a value.
fn table<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    let some = entries.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(some.collect())
}

/// None, a few, or many, in any order, some of them twice.
fn recipients() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![2 => Just(Vec::new()), 3 => vec(one_of(&MEMBERS), 1..3), 1 => vec(select(&MEMBERS[..]), 2..7)]
}

/// A moment near an activity: an instant, or a day.
fn moment() -> impl Strategy<Value = Value> {
    prop_oneof![3 => (-1500..1500_i64).prop_map(Value::from), 1 => (-1..2_i64).prop_map(|days| json!([days]))]
}

fn attributes() -> impl Strategy<Value = Value> {
    let topics = prop_oneof![3 => subsequence(TOPICS.to_vec(), 1..=3), 1 => vec(select(&TOPICS[..]), 1..5)];
    let some = (
        option::weighted(0.6, -2..8_i64),
        option::weighted(0.6, topics),
        option::weighted(0.4, select(&AUDIENCES[..])),
        option::weighted(0.4, any::<bool>()),
        option::weighted(0.4, moment()),
        option::weighted(0.4, one_of(&MEMBERS)),
    );
    some.prop_map(|(words, topics, audience, draft, due, asker)| {
        table([
            ("words", words.map(Value::from)),
            ("topics", topics.map(Value::from)),
            ("audience", audience.map(Value::from)),
            ("draft", draft.map(Value::from)),
            ("due", due),
            ("asker", asker.map(Value::from)),
        ])
    })
}

/// The first and the last day of a leave, counted from when it is said, as instants or as days.
fn leave() -> impl Strategy<Value = Value> {
    let long = option::weighted(0.7, prop_oneof![4 => 0..6_i64, 1 => select(&[-1, 30, 90][..])]);
    (-3..3_i64, long, any::<bool>()).prop_map(|(starts, long, by_day)| {
        let moment = |days: i64| if by_day { json!([days]) } else { json!(days * 1440) };
        table([("starts", Some(moment(starts))), ("ends", long.map(|long| moment(starts + long)))])
    })
}

/// The weekdays of rest, and at times the first day on which they hold, counted from when it is said.
fn week() -> impl Strategy<Value = Value> {
    let starts = option::weighted(0.6, (-9..9_i64).prop_map(|days| json!([days])));
    (subsequence(DAYS.to_vec(), 0..=4), starts)
        .prop_map(|(free, starts)| table([("free", Some(free.into())), ("starts", starts)]))
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
        Value::Object(Map::from_iter(spoken))
    })
}
