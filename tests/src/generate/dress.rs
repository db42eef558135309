//! Dress: what is put over a finished program. Texts for people, keys that change no standing, and lists of one
//! written without brackets.

use proptest::{collection::vec, prelude::*};
use serde_json::{Value, json};

/// A key of some tables, and the values that it may get. `*` in the place of the tables stands for any name or item.
type Choice = (&'static str, &'static str, Vec<Value>);

/// Where a program has texts for people.
const TEXTS: [(&str, &[&str]); 14] = [
    ("", &["name"]),
    ("/kinds/*", &["name", "invite"]),
    ("/currencies/*", &["name"]),
    ("/tallies/*", &["name"]),
    ("/rules/*", &["name"]),
    ("/badges/*", &["name", "description"]),
    ("/levels/*", &["name"]),
    ("/profile/fields/*", &["ask", "help", "section"]),
    ("/boards/*", &["name"]),
    ("/challenges/*", &["name", "description"]),
    ("/challenges/*/steps/*", &["name"]),
    ("/rewards/*", &["name", "description"]),
    ("/topics/names", &["go", "law"]),
    ("/allowances/*", &["name"]),
];

/// Where one value may stand for a list of one. Inner tables come first, while what is around them is still a list.
const ONE_OR_MORE: [(&str, &[&str]); 8] = [
    ("/rules/*/limit/*", &["per"]),
    ("/rules/*", &["on", "when", "limit"]),
    ("/tallies/*", &["count", "since", "of", "per"]),
    ("/limits/*", &["per"]),
    ("/badges/*", &["when"]),
    ("/levels/*", &["when"]),
    ("/badges/*/grades", &["bronze", "silver", "gold", "one", "two"]),
    ("/members", &["gone_by", "back_by"]),
];

/// Keys that decide what people see and are asked, and no standing.
fn ornaments() -> [Choice; 8] {
    let needs = json!([
        { "items": 2 }, { "length": 10 }, { "link": true }, { "items": 1, "length": 3 }, { "link": false }
    ]);
    [
        ("/kinds/*", "comfort", words("/kinds/additionalProperties/properties/comfort")),
        ("/badges/*", "shape", words("/badges/additionalProperties/properties/shape")),
        ("/badges/*", "icon", words("/badges/additionalProperties/properties/icon")),
        ("/badges/*", "secret", vec![json!(true), json!(false)]),
        ("/profile/fields/*", "needs", needs.as_array().cloned().unwrap_or_default()),
        ("/profile/fields/*", "review", vec![json!("1 day"), json!("52 weeks")]),
        ("/rewards/*", "stock", vec![json!(0), json!(1), json!(3)]),
        // Nothing is sealed until a host does it.
        ("", "retention", vec![json!({ "months": 1 }), json!({ "months": 120 })]),
    ]
}

/// The words that the grammar offers for a key.
fn words(place: &str) -> Vec<Value> {
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    let words = schema["properties"].pointer(place).and_then(|of| of["enum"].as_array());
    words.cloned().expect("the grammar offers words there")
}

/// What decides how a program is dressed: numbers that are used one after the other, from the first again.
pub(super) fn dress() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![1 => Just(vec![0]), 4 => vec(any::<u8>(), 31)]
}

/// The same program in other words. A number of 0 leaves everything as it is.
pub(super) fn dressed(mut program: Value, dress: &[u8]) -> Value {
    let mut numbers = dress.iter().copied().cycle();
    let mut next = || usize::from(numbers.next().unwrap_or(0));
    for (place, keys) in TEXTS {
        for key in keys {
            each(&mut program, place, "it", &mut |name, table| {
                // Levels that repeat one have their number in its name.
                let name = if table["repeat"].is_null() { name.to_owned() } else { format!("{name} {{n}}") };
                write(table, key, &texts(key, &name), next());
            });
        }
    }
    for (place, key, values) in ornaments() {
        each(&mut program, place, "it", &mut |_, table| write(table, key, &values, next()));
    }
    for (place, keys) in ONE_OR_MORE {
        for key in keys {
            each(&mut program, place, "it", &mut |_, table| turn(table, key, next()));
        }
    }
    program
}

/// A text, or some in several languages, with and without English.
fn texts(key: &str, name: &str) -> Vec<Value> {
    vec![
        json!(format!("The {key} of {name}")),
        json!({ "en": format!("The {key} of {name}"), "de": format!("„{name}“ ({key})") }),
        json!({ "pt-BR": format!("{name}: {key}"), "de": format!("„{name}“ ({key})") }),
    ]
}

/// Writes one of several values under a key in two of five cases.
fn write(table: &mut Value, key: &str, values: &[Value], number: usize) {
    if number % 5 > 2 {
        table[key] = values[number / 5 % values.len()].clone();
    }
}

/// Turns a list of one into its item, or the other way round, in one of three cases.
fn turn(table: &mut Value, key: &str, number: usize) {
    // Only a single goal can be reached every time.
    let is_fixed = number % 3 != 2 || (key == "when" && table["given"] == "every");
    let Some(value) = table.get_mut(key).filter(|_| !is_fixed) else { return };
    match value.as_array_mut() {
        Some(items) if items.len() == 1 => *value = items.remove(0),
        Some(_) => {}
        None => *value = json!([value.take()]),
    }
}

/// Passes on each table at a place, with its name.
fn each(tree: &mut Value, place: &str, name: &str, change: &mut dyn FnMut(&str, &mut Value)) {
    let Some((step, rest)) = place.strip_prefix('/').map(|place| place.split_once('/').unwrap_or((place, ""))) else {
        if tree.is_object() {
            change(name, tree);
        }
        return;
    };
    let rest = if rest.is_empty() { String::new() } else { format!("/{rest}") };
    match (step, tree) {
        ("*", Value::Object(entries)) => entries.iter_mut().for_each(|(name, value)| each(value, &rest, name, change)),
        ("*", Value::Array(items)) => items.iter_mut().for_each(|item| each(item, &rest, name, change)),
        (step, tree) => tree.get_mut(step).into_iter().for_each(|value| each(value, &rest, step, change)),
    }
}
