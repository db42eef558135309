//! The page of the language: the examples of PROGRAM.md's reference, put together, are one program without problems,
//! in TOML and JSON alike, and its tables name every key of the grammar. The replay example plays the page's first ten
//! minutes.

use crate::bad_programs::fits;
use knownfor::{Program, Tree, Zone};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Definitions that the examples use and leave out.
const LEFT_OUT: &str = r#"
[kinds."post.disliked"]
[kinds."answer.accepted"]
[kinds."kudos.given"]
[kinds."thanks.given"]
attributes = { points = "integer" }
[kinds."question.answered"]
attributes = { asked_at = "time", answered_at = "time", words = "integer", suggested = "flag" }
[kinds."profile.updated"]
[kinds."profile.published"]
[kinds."profile.hidden"]
[kinds."board.joined"]
[kinds."board.left"]
[kinds."badge.accepted"]
[kinds."badge.hidden"]
[kinds."member.joined"]
[kinds."training.done"]
[kinds."reward.approved"]
[kinds."reward.redeemed"]
attributes = { reward = "text" }
[kinds."leave.taken"]
attributes = { starts = "time", ends = "time" }
[kinds."week.stated"]
attributes = { free = "texts", since = "time" }
[kinds."audience.said"]
attributes = { share_points = "text", share_topics = "text" }
[kinds."member.left"]
[kinds."member.suspended"]
[kinds."bot.made"]
[kinds."member.returned"]
[kinds."model.agreed"]
[kinds."model.ended"]
[kinds."steps.declined"]
attributes = { steps = "texts" }
[kinds."topics.claimed"]
attributes = { topics = "texts" }
[kinds."knowledge.helped"]
attributes = { topics = "texts" }
[kinds."share.opened"]
[kinds."challenge.joined"]
[kinds."challenge.left"]
[tallies.helped-on]
distinct = "actor"
of = "knowledge.helped"
to = "owner"
per = "topics"
[tallies.confirmed-on]
distinct = "actor"
of = "knowledge.helped"
to = "recipient"
per = "topics"
[tallies.opened]
count = "share.opened"
to = "owner"
[tallies.thanked-by]
distinct = "actor"
of = "kudos.given"
to = "recipient"
[tallies.trainings]
count = "training.done"
[tallies.accepted]
count = "answer.accepted"
to = "owner"
per = "object"
[profile.fields.headline]
ask = "A headline?"
"#;

/// The reference: all of the page below its first ten minutes.
fn reference() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/PROGRAM.md");
    let page = fs::read_to_string(page).expect("there is PROGRAM.md");
    let (_, reference) = page.split_once("\n## Types\n").expect("the reference begins with its types");
    reference.to_owned()
}

/// All examples of the reference, and what they leave out.
pub(crate) fn examples() -> String {
    let page = reference();
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.chain([LEFT_OUT]).collect()
}

fn checked(tree: &Tree<'_>) -> Program {
    Program::check(tree, Zone::named).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_examples_of_the_page_are_a_program() {
    let text = examples();
    Program::from_toml(&text, Zone::named).unwrap_or_else(|problems| panic!("{problems}\n{text}"));
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    assert!(fits(&toml::from_str(&text).expect("TOML"), &schema, &schema), "the schema refuses the examples");
}

#[test]
fn json_and_toml_say_the_same() {
    let text = examples();
    let toml: Tree = toml::from_str(&text).expect("the page is TOML");
    let text = serde_json::to_string(&toml).expect("a tree is JSON");
    let json: Tree = serde_json::from_str(&text).expect("a tree is JSON");
    assert_eq!(json, toml);
    assert_eq!(checked(&json).fingerprint(), checked(&toml).fingerprint());
}

#[test]
fn the_programs_of_the_examples_have_no_problems() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for name in ["quickstart/program.toml", "replay/stackexchange.toml", "intranet/going-social.toml"] {
        let text = fs::read_to_string(examples.join(name)).expect("the example can be read");
        let problems = Program::from_toml(&text, Zone::named).err().map(|problems| problems.to_string());
        assert_eq!(problems, None, "{name}");
    }
}

/// Keys by their location, such as `kinds.NAME.input`, and whether each is required.
type Keys = BTreeMap<(String, String), bool>;

/// Adds the keys of a schema at `place`, and of every schema inside it.
fn keys_of(schema: &Value, place: &str, keys: &mut Keys) {
    if !schema.is_object() {
        return;
    }
    let below = |name: &str| if place.is_empty() { name.to_owned() } else { format!("{place}.{name}") };
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let table = if place.is_empty() { "program" } else { place };
        keys.insert((table.to_owned(), key.clone()), required.contains(&key.as_str()));
        keys_of(value, &below(key), keys);
    }
    keys_of(&schema["additionalProperties"], &below("NAME"), keys);
    keys_of(&schema["items"], place, keys);
    for one in schema["anyOf"].as_array().into_iter().flatten() {
        keys_of(one, place, keys);
    }
}

/// The text between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The keys that the page's tables name. A table's first cell gives the location of its keys, such as `[rules.NAME]`,
/// or several locations.
fn keys_of_tables(page: &str) -> Keys {
    let mut keys = Keys::new();
    let mut places: Vec<&str> = Vec::new();
    for line in page.lines() {
        let Some(row) = line.strip_prefix('|') else {
            places.clear();
            continue;
        };
        let cells: Vec<&str> = row.split(" | ").collect();
        if cells.get(1..) == Some(&["type", "default", "meaning |"]) {
            places = quoted(cells[0]).map(|place| place.trim_matches(['[', ']'])).collect();
        } else if let (false, Some(key)) = (places.is_empty(), quoted(cells[0]).next()) {
            assert_eq!(cells.len(), 4, "a row without its four cells: {line}");
            for place in &places {
                let before = keys.insert(((*place).to_owned(), key.to_owned()), cells[2] == "required");
                assert!(before.is_none(), "`{key}` of `{place}` stands in two rows");
            }
        }
    }
    keys
}

#[test]
fn the_tables_of_the_page_name_every_key_of_the_grammar() {
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    let mut grammar = Keys::new();
    keys_of(&schema, "", &mut grammar);
    for (name, shared) in schema["$defs"].as_object().into_iter().flatten() {
        keys_of(shared, name, &mut grammar);
    }
    let page = keys_of_tables(&reference());
    let missing: Vec<_> = grammar.keys().filter(|key| !page.contains_key(*key)).collect();
    assert!(missing.is_empty(), "the page's tables lack these keys of the grammar: {missing:?}");
    let unknown: Vec<_> = page.keys().filter(|key| !grammar.contains_key(*key)).collect();
    assert!(unknown.is_empty(), "the grammar lacks these keys of the page's tables: {unknown:?}");
    let differ: Vec<_> = grammar.iter().filter(|(key, required)| page[*key] != **required).collect();
    assert!(differ.is_empty(), "page and grammar differ in what is required: {differ:?}");
}

/// Adds the words that a schema offers for a choice.
fn words_of<'s>(schema: &'s Value, words: &mut BTreeSet<&'s str>) {
    words.extend(schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str));
    match schema {
        Value::Object(entries) => entries.values().for_each(|value| words_of(value, words)),
        Value::Array(items) => items.iter().for_each(|value| words_of(value, words)),
        _ => {}
    }
}

#[test]
fn every_word_of_the_grammar_stands_on_the_page() {
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    let mut words = BTreeSet::new();
    words_of(&schema, &mut words);
    let page = reference();
    let on_page: BTreeSet<&str> = page
        .lines()
        .filter(|line| !line.starts_with("```"))
        .flat_map(quoted)
        .map(|word| word.trim_matches('"'))
        .collect();
    let missing: Vec<_> = words.difference(&on_page).collect();
    assert!(missing.is_empty(), "the page does not name these words: {missing:?}");
    assert!(words.len() > 30, "the grammar offers only {words:?}");
}
