//! Whether generated programs say everything that the grammar lets them say: every key, every type of value that may
//! stand there, and every word of a choice.

use knownfor_tests::generate;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::Value;
use std::collections::BTreeSet;

/// How many programs are made. Each has a mapping.
const PROGRAMS: usize = 300;

/// What the grammar allows and no program without problems can say.
const IMPOSSIBLE: [&str; 2] = [
    // Only levels are compared by name, and a level has no upper bound.
    "test.max: a string",
    // A flag is one of two, so it has only `is` and `not`.
    "test.any[]: a boolean",
];

/// Something that can be said: a place in a program, and what may stand there.
type Sayings = BTreeSet<String>;

/// The schema behind a reference to a shared one, and its own place.
fn followed<'s>(schema: &'s Value, whole: &'s Value, place: &str) -> (&'s Value, String) {
    match schema["$ref"].as_str().and_then(|shared| shared.strip_prefix("#/$defs/")) {
        Some(shared) => (&whole["$defs"][shared], shared.to_owned()),
        None => (schema, place.to_owned()),
    }
}

fn below(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// Adds all that a schema lets a value at a place say.
fn allowed(schema: &Value, whole: &Value, place: &str, sayings: &mut Sayings) {
    let (schema, place) = followed(schema, whole, place);
    // A shared schema is told once, which ends its references to itself.
    if let Some(of) = schema["type"].as_str()
        && !sayings.insert(format!("{place}: a {of}"))
    {
        return;
    }
    for word in schema["enum"].as_array().into_iter().flatten() {
        sayings.insert(format!("{place}: {word}"));
    }
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        allowed(value, whole, &below(&place, key), sayings);
    }
    if schema["additionalProperties"].is_object() {
        allowed(&schema["additionalProperties"], whole, &below(&place, "NAME"), sayings);
    }
    if schema["items"].is_object() {
        allowed(&schema["items"], whole, &format!("{place}[]"), sayings);
    }
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        allowed(one, whole, &place, sayings);
    }
}

/// Adds what a value at a place says.
fn said(value: &Value, schema: &Value, whole: &Value, place: &str, sayings: &mut Sayings) {
    let (schema, place) = followed(schema, whole, place);
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        said(value, one, whole, &place, sayings);
    }
    if schema["enum"].as_array().is_some_and(|words| words.contains(value)) {
        sayings.insert(format!("{place}: {value}"));
    }
    if schema["type"] != type_of(value) {
        return;
    }
    sayings.insert(format!("{place}: a {}", type_of(value)));
    for (key, value) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(key) {
            Some(own) => said(value, own, whole, &below(&place, key), sayings),
            None => said(value, &schema["additionalProperties"], whole, &below(&place, "NAME"), sayings),
        }
    }
    for item in value.as_array().into_iter().flatten() {
        said(item, &schema["items"], whole, &format!("{place}[]"), sayings);
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[test]
fn generated_programs_say_all_that_the_grammar_allows() {
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    let (mut possible, mut found) = (Sayings::new(), Sayings::new());
    allowed(&schema, &schema, "", &mut possible);
    let mut runner = TestRunner::deterministic();
    for _ in 0..PROGRAMS {
        let (program, mapping) =
            (generate::programs(), generate::mappings()).new_tree(&mut runner).expect("they can be made up").current();
        said(&mapping.program(&program), &schema, &schema, "", &mut found);
    }
    assert!(possible.len() > 380, "the grammar allows only {} things", possible.len());
    let unknown: Vec<_> = found.difference(&possible).collect();
    assert!(unknown.is_empty(), "these are said, and the grammar does not allow them: {unknown:#?}");
    let impossible = Sayings::from(IMPOSSIBLE.map(str::to_owned));
    let wrong: Vec<_> = impossible.iter().filter(|one| !possible.contains(*one) || found.contains(*one)).collect();
    assert!(wrong.is_empty(), "these need no exception: {wrong:#?}");
    let missing: Vec<_> = possible.difference(&found).filter(|one| !impossible.contains(*one)).collect();
    assert!(missing.is_empty(), "no generated program says: {missing:#?}");
}
