//! Arbitrary data and programs with one mistake: input that must be refused without a panic.

use super::programs;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// Any data. Its texts are words of programs and activities.
pub fn trees() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-3..9_i64).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(json!(0.5)),
        any::<String>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((word(), inner), 0..5).prop_map(|entries| Map::from_iter(entries).into()),
        ]
    })
}

/// Programs in which one random part is replaced by other data.
pub fn broken_programs() -> impl Strategy<Value = Value> {
    (programs(), vec((vec(any::<prop::sample::Index>(), 1..6), trees()), 1..4)).prop_map(|(mut program, changes)| {
        for (path, change) in changes {
            replace(&mut program, &path, change);
        }
        program
    })
}

fn replace(tree: &mut Value, path: &[prop::sample::Index], change: Value) {
    let Some((step, rest)) = path.split_first() else {
        *tree = change;
        return;
    };
    match tree {
        Value::Object(entries) if !entries.is_empty() => {
            let key = step.get(&entries.keys().cloned().collect::<Vec<_>>()).clone();
            replace(&mut entries[&key], rest, change);
        }
        Value::Array(items) if !items.is_empty() => replace(step.get_mut(items), rest, change),
        leaf => *leaf = change,
    }
}

fn word() -> impl Strategy<Value = String> {
    let words = [
        "version",
        "id",
        "at",
        "kind",
        "kinds",
        "source",
        "actor",
        "owner",
        "object",
        "attributes",
        "recipients",
        "sequence",
        "rules",
        "on",
        "when",
        "if",
        "to",
        "give",
        "limit",
        "points",
        "times",
        "per",
        "day",
        "tallies",
        "count",
        "sum",
        "distinct",
        "of",
        "badges",
        "grades",
        "gold",
        "levels",
        "min",
        "max",
        "not",
        "all",
        "any",
        "profile",
        "fields",
        "ask",
        "weight",
        "boards",
        "input",
        "/id",
        "@line",
        "@actor",
        "@object",
        "once",
        "each",
        "coin",
        "t0",
        "r0",
        "b0",
        "l0",
        "post",
        "like",
        "2026-03-29T01:00:00Z",
        "60 days",
        "a",
        "",
    ];
    prop_oneof![8 => select(words.map(str::to_owned).to_vec()), 1 => any::<String>()]
}
