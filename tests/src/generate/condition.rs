//! Conditions of generated programs: every type of test, nested, many on the member's own standing.

use super::{AUDIENCES, DEEDS, FIELDS, LEVELS, MEMBERS, OBJECTS, TOPICS, program::DAYS};
use proptest::{option, prelude::*, sample::select};
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
        1 => named("topics", set(&TOPICS, "@audience")),
        1 => named("audience", text(&AUDIENCES, "@asker")),
        1 => named("draft", flag()),
        1 => named("due", time("@at")),
        1 => named("asker", text(&MEMBERS, "@owner")),
        2 => named("actor", text(&MEMBERS, "@owner")),
        1 => named("owner", text(&MEMBERS, "@actor")),
        1 => named("object", text(&OBJECTS, "@audience")),
        1 => named("kind", text(&DEEDS, "@audience")),
        2 => named("recipients", set(&MEMBERS, "@actor")),
        2 => named("at", time("@due")),
        1 => named("hour", number(23)),
        1 => named("weekday", weekday()),
        2 => named("level", level()),
        2 => named("badge", name(&["b0"])),
        2 => named("completeness", number(60)),
        1 => named("field", name(&FIELDS)),
        1 => named("coin", number(12)),
        1 => named("star", number(6)),
        5 => (0..9_usize, number(3)).prop_map(|(tally, test)| (format!("t{tally}"), test)),
    ]
    .boxed()
}

fn number(most: i64) -> BoxedStrategy<Value> {
    let number = || 0..=most;
    prop_oneof![
        number().prop_map(|min| json!({ "min": min })),
        number().prop_map(|max| json!({ "max": max })),
        (0..=most / 2, number()).prop_map(|(min, wide)| json!({ "min": min, "max": min + wide })),
        number().prop_map(Value::from),
        number().prop_map(|is| json!({ "is": is })),
        number().prop_map(|not| json!({ "not": not })),
        (number(), number()).prop_map(|(a, b)| json!({ "any": [a, b] })),
    ]
    .boxed()
}

fn flag() -> BoxedStrategy<Value> {
    let flag = any::<bool>;
    prop_oneof![
        2 => flag().prop_map(Value::from),
        1 => flag().prop_map(|is| json!({ "is": is })),
        1 => flag().prop_map(|not| json!({ "not": not })),
    ]
    .boxed()
}

/// A test of a text or a member, against plain ones and a reference.
fn text(words: &'static [&'static str], reference: &'static str) -> BoxedStrategy<Value> {
    // A text that begins with `@` is written with two.
    let word =
        || select(words).prop_map(|word| if word.starts_with('@') { format!("@{word}") } else { word.to_owned() });
    prop_oneof![
        word().prop_map(Value::from),
        word().prop_map(|is| json!({ "is": is })),
        word().prop_map(|not| json!({ "not": not })),
        Just(json!({ "not": reference })),
        Just(json!(reference)),
        (word(), word()).prop_map(|(a, b)| json!({ "any": [a, b] })),
        any::<bool>().prop_map(|missing| json!({ "missing": missing })),
    ]
    .boxed()
}

/// A test of several texts or members.
fn set(words: &'static [&'static str], reference: &'static str) -> BoxedStrategy<Value> {
    let some = |most: usize| proptest::sample::subsequence(words, 1..=most);
    prop_oneof![
        select(words).prop_map(|one| json!({ "contains": one })),
        Just(json!({ "contains": reference })),
        some(2).prop_map(|some| json!({ "any": some })),
        some(words.len()).prop_map(|some| json!({ "only": some })),
        any::<bool>().prop_map(|missing| json!({ "missing": missing })),
    ]
    .boxed()
}

/// A test of a time: against another one of the activity, or a moment near the records.
fn time(reference: &'static str) -> BoxedStrategy<Value> {
    let by = option::of(select(&["30 minutes", "1 hours", "1 day", "90 seconds", "1 week"][..]));
    let moment = select(&["2026-03-29T01:00:00Z", "2026-03-08T10:30:00.000000001+05:45"][..]);
    let other = prop_oneof![4 => Just(reference), 1 => moment];
    let apart = (select(&["after", "before"][..]), other, by).prop_map(|(side, other, by)| match by {
        Some(by) => json!({ side: other, "by": by }),
        None => json!({ side: other }),
    });
    prop_oneof![6 => apart, 1 => any::<bool>().prop_map(|missing| json!({ "missing": missing }))].boxed()
}

/// A test for something that the member has or has not.
fn name(names: &'static [&'static str]) -> BoxedStrategy<Value> {
    let name = || select(names);
    prop_oneof![
        2 => name().prop_map(Value::from),
        1 => name().prop_map(|is| json!({ "is": is })),
        2 => name().prop_map(|not| json!({ "not": not })),
    ]
    .boxed()
}

fn weekday() -> BoxedStrategy<Value> {
    let day = || select(&DAYS[..]);
    prop_oneof![
        1 => name(&DAYS),
        1 => (day(), day()).prop_map(|(a, b)| json!({ "any": [a, b] })),
        1 => any::<bool>().prop_map(|missing| json!({ "missing": missing })),
    ]
    .boxed()
}

fn level() -> BoxedStrategy<Value> {
    prop_oneof![1 => select(&LEVELS[..]).prop_map(|level| json!({ "min": level })), 1 => name(&LEVELS)].boxed()
}
