//! Conditions of generated programs: every type of test, nested, many on the member's own standing.

use super::{AUDIENCES, DEEDS, FIELDS, MEMBERS, OBJECTS, TOPICS};
use proptest::{prelude::*, sample::select};
use serde_json::{Value, json};

/// A condition, or none.
pub(super) fn maybe() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![1 => Just(None), 1 => condition().prop_map(Some)]
}

/// A condition with up to two levels of nesting.
pub(super) fn condition() -> BoxedStrategy<Value> {
    let tests = proptest::collection::vec(test(), 1..3).prop_map(|tests| {
        let mut table = serde_json::Map::new();
        table.extend(tests);
        Value::Object(table)
    });
    tests
        .prop_recursive(2, 6, 2, |inner| {
            let list = proptest::collection::vec(inner.clone(), 1..3);
            prop_oneof![
                list.clone().prop_map(|list| json!({ "all": list })),
                list.prop_map(|list| json!({ "any": list })),
                inner.prop_map(|inner| json!({ "not": inner })),
            ]
        })
        .boxed()
}

/// One subject with its test.
fn test() -> BoxedStrategy<(String, Value)> {
    let named =
        |subject: &'static str, test: BoxedStrategy<Value>| test.prop_map(move |test| (subject.to_owned(), test));
    prop_oneof![
        2 => named("words", number(9)),
        1 => named("topics", texts()),
        1 => named("audience", text(&AUDIENCES, "@asker")),
        1 => named("draft", any::<bool>().prop_map(Value::from).boxed()),
        1 => named("due", time()),
        1 => named("asker", text(&MEMBERS, "@owner")),
        2 => named("actor", text(&MEMBERS, "@owner")),
        1 => named("owner", text(&MEMBERS, "@actor")),
        1 => named("object", text(&OBJECTS, "@audience")),
        1 => named("kind", text(&DEEDS, "@audience")),
        1 => named("recipients", select(&MEMBERS[..]).prop_map(|member| json!({ "contains": member })).boxed()),
        1 => named("recipients", Just(json!({ "contains": "@actor" })).boxed()),
        1 => named("at", Just(json!({ "after": "@due" })).boxed()),
        1 => named("at", Just(json!({ "before": "@due", "by": "12 hours" })).boxed()),
        2 => named("level", level()),
        2 => named("badge", prop_oneof![Just(json!("b0")), Just(json!({ "not": "b0" }))].boxed()),
        2 => named("completeness", number(60)),
        1 => named("field", prop_oneof![
            select(&FIELDS[..]).prop_map(Value::from),
            select(&FIELDS[..]).prop_map(|not| json!({ "not": not })),
        ].boxed()),
        1 => named("coin", number(12)),
        1 => named("star", number(6)),
        5 => (0..9_usize, number(3)).prop_map(|(tally, test)| (format!("t{tally}"), test)),
    ]
    .boxed()
}

fn number(most: i64) -> BoxedStrategy<Value> {
    prop_oneof![
        (0..=most).prop_map(|min| json!({ "min": min })),
        (0..=most).prop_map(|max| json!({ "max": max })),
        (0..=most / 2, 0..=most).prop_map(|(min, wide)| json!({ "min": min, "max": min + wide })),
        (0..=most).prop_map(Value::from),
        (0..=most).prop_map(|not| json!({ "not": not })),
        (0..=most, 0..=most).prop_map(|(a, b)| json!({ "any": [a, b] })),
    ]
    .boxed()
}

fn text(words: &'static [&'static str], reference: &'static str) -> BoxedStrategy<Value> {
    prop_oneof![
        select(words).prop_map(Value::from),
        select(words).prop_map(|not| json!({ "not": not })),
        Just(json!({ "not": reference })),
        Just(json!(reference)),
        (select(words), select(words)).prop_map(|(a, b)| json!({ "any": [a, b] })),
        any::<bool>().prop_map(|missing| json!({ "missing": missing })),
    ]
    .boxed()
}

fn texts() -> BoxedStrategy<Value> {
    let some = || proptest::sample::subsequence(&TOPICS[..], 1..=2);
    prop_oneof![
        select(&TOPICS[..]).prop_map(|topic| json!({ "contains": topic })),
        some().prop_map(|topics| json!({ "any": topics })),
        some().prop_map(|topics| json!({ "only": topics })),
        any::<bool>().prop_map(|missing| json!({ "missing": missing })),
    ]
    .boxed()
}

fn time() -> BoxedStrategy<Value> {
    let by = select(&["30 minutes", "1 hours", "1 day"][..]);
    prop_oneof![
        Just(json!({ "after": "@at" })),
        Just(json!({ "before": "@at" })),
        by.prop_map(|by| json!({ "after": "@at", "by": by })),
        Just(json!({ "after": "2026-03-29T01:00:00Z" })),
        Just(json!({ "missing": true })),
    ]
    .boxed()
}

fn level() -> BoxedStrategy<Value> {
    let name = select(&["l0", "l1"][..]);
    prop_oneof![
        name.clone().prop_map(|level| json!({ "min": level })),
        name.clone().prop_map(Value::from),
        name.prop_map(|level| json!({ "not": level })),
    ]
    .boxed()
}
