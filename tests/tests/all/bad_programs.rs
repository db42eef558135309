//! Bad programs and bad activities: every problem is reported at once, with its position, its path and what was
//! expected.
//!
//! Each file of `tests/bad-programs/` has a snapshot of its problems beside it. `cargo insta review` or
//! `INSTA_UPDATE=always` accepts new messages.

use crate::{
    laws::{cases, regressions},
    world::{program, tree},
};
use insta::{Settings, assert_snapshot};
use knownfor::{Feed, Problems, Program, Zone};
use knownfor_tests::generate;
use proptest::prelude::*;
use regex_lite::Regex;
use serde_json::{Value, json};
use std::{fs, path::Path};

fn files(ending: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bad-programs");
    let paths = fs::read_dir(folder).expect("there are bad programs").flatten().map(|entry| entry.path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|its| its == ending))
        .map(|path| {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).expect("a bad program can be read"))
        })
        .collect();
    files.sort();
    files
}

fn beside_the_files(check: impl FnOnce()) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/bad-programs"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(check);
}

/// What is wrong with each bad program, and its name and text.
pub(crate) fn problems() -> Vec<(String, String, Problems)> {
    let read = |(name, text): (String, String)| {
        let problems = Program::from_toml(&text, Zone::named).expect_err(&name);
        (name, text, problems)
    };
    files("toml").into_iter().map(read).collect()
}

#[test]
fn all_problems_are_reported_at_once() {
    let programs = problems();
    assert!(!programs.is_empty());
    beside_the_files(|| {
        for (name, _, problems) in programs {
            assert_snapshot!(name, problems.to_string());
        }
        for (name, text) in files("json") {
            let problems = Program::from_json(&text, Zone::named).expect_err(&name);
            assert_snapshot!(name, problems.to_string());
        }
    });
}

#[test]
fn five_mistakes_are_five_problems() {
    let (.., problems) = problems().into_iter().find(|(name, ..)| name == "five-mistakes").expect("the file");
    let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "/zone",
            "/tallies/posts/count",
            "/rules/blog/if/wrods",
            "/rules/blog/give/recogniton",
            "/badges/writer/when/post",
        ]
    );
    for near in ["`blog.published`", "`words`", "`recognition`", "`posts`"] {
        assert!(problems.to_string().contains(&format!("did you mean {near}?")), "{problems}");
    }
}

#[test]
fn bad_activities_say_what_was_expected() {
    let program = program(&json!({
        "version": 1, "id": "p",
        "kinds": {
            "blog.published": { "attributes": { "words": "integer", "topics": "texts", "draft": "flag", "due": "time" } },
            "profile.updated": {}
        },
        "profile": { "on": "profile.updated", "fields": { "headline": { "ask": "A headline?" } } }
    }));
    refusals(&program, "bad-activities");
}

#[test]
fn a_redemption_of_no_reward_is_refused() {
    let program = crate::world::program(&json!({
        "version": 1, "id": "p", "input": { "attributes": "/data" },
        "kinds": { "reward.redeemed": { "attributes": { "reward": "text" } } },
        "currencies": { "kudos": {} },
        "redeem": { "on": "reward.redeemed" },
        "rewards": { "coffee": { "cost": { "kudos": 5 } }, "book": { "cost": { "kudos": 20 } } }
    }));
    let line = |said: serde_json::Value| json!({ "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "reward.redeemed", "actor": "ada", "object": "r1", "data": said });
    let read = |said| program.read(line(said), &Feed::new("shop")).map_err(|error| error.to_string());
    assert!(read(json!({ "reward": "book" })).is_ok());
    let unknown = read(json!({ "reward": "cofee" })).expect_err("no reward");
    assert!(unknown.starts_with("/data/reward: ") && unknown.contains("`coffee`"), "{unknown}");
    let missing = read(json!({})).expect_err("no reward");
    assert_eq!(missing, "/data/reward: is missing; expected the name of a reward");
    // The reward may have existed when it was redeemed.
    let kept = json!({
        "source": "shop", "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "reward.redeemed", "actor": "ada",
        "attributes": { "reward": "umbrella" }
    });
    assert!(program.read_own(&kept).is_ok());
}

#[test]
fn bad_lines_of_known_formats_say_what_was_expected() {
    let completed = json!({
        "attributes": { "success": "flag" },
        "input": { "is": "http://adlnet.gov/expapi/verbs/completed", "success": "/result/success" }
    });
    for (format, kinds) in [
        ("cloudevents", json!({ "blog.published": { "attributes": { "words": "integer" } } })),
        ("activitystreams", json!({ "Like": {}, "Create Article": {} })),
        ("xapi", json!({ "completed": completed })),
    ] {
        let program = json!({ "version": 1, "id": "p", "input": { "format": format }, "kinds": kinds });
        refusals(&crate::world::program(&program), &format!("bad-{format}"));
    }
}

/// The lines of a file that the program refuses, each with its error.
fn refusals(program: &Program, file: &str) {
    let (_, lines) = files("jsonl").into_iter().find(|(name, _)| name == file).expect("the file");
    let mut said = String::new();
    for line in lines.lines() {
        let error = program.read(&tree(line), &Feed::new("wiki")).expect_err(line);
        said += &format!("{line}\n  {error}\n");
    }
    beside_the_files(|| assert_snapshot!(file, said));
}

/// Whether a value meets a JSON Schema, as far as the schema of programs uses that language. An unknown keyword is a
/// failure, so nothing passes unchecked.
pub(crate) fn fits(value: &Value, schema: &Value, whole: &Value) -> bool {
    let Some(words) = schema.as_object() else { return schema == true };
    let known = |key: &str| schema["properties"].get(key).is_some();
    words.iter().all(|(word, says)| match word.as_str() {
        "$schema" | "$defs" | "title" | "description" => true,
        "$ref" => {
            let place = says.as_str().and_then(|to| to.strip_prefix('#')).expect("a reference within the schema");
            fits(value, whole.pointer(place).expect("a definition"), whole)
        }
        "type" => match says.as_str().expect("one type") {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("the schema has a type `{other}`"),
        },
        "enum" => says.as_array().is_some_and(|words| words.contains(value)),
        "minimum" => value.as_i64() >= says.as_i64(),
        "maximum" => value.as_i64() <= says.as_i64(),
        "minLength" => value.as_str().is_some_and(|text| text.chars().count() as u64 >= says.as_u64().unwrap_or(0)),
        "maxLength" => value.as_str().is_some_and(|text| text.chars().count() as u64 <= says.as_u64().unwrap_or(0)),
        "pattern" => {
            let pattern = Regex::new(says.as_str().expect("a pattern")).expect("a pattern");
            value.as_str().is_some_and(|text| pattern.is_match(text))
        }
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= says.as_u64().unwrap_or(0)),
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(item, says, whole))),
        "anyOf" => says.as_array().is_some_and(|forms| forms.iter().any(|form| fits(value, form, whole))),
        "required" => {
            says.as_array().is_some_and(|keys| keys.iter().all(|key| value.get(key.as_str().unwrap_or("")).is_some()))
        }
        "minProperties" => value.as_object().is_none_or(|table| table.len() as u64 >= says.as_u64().unwrap_or(0)),
        "maxProperties" => value.as_object().is_none_or(|table| table.len() as u64 <= says.as_u64().unwrap_or(0)),
        "properties" => says.as_object().is_some_and(|keys| {
            keys.iter().all(|(key, form)| value.get(key).is_none_or(|value| fits(value, form, whole)))
        }),
        "propertyNames" => {
            value.as_object().is_none_or(|table| table.keys().all(|key| fits(&key.as_str().into(), says, whole)))
        }
        "additionalProperties" => value
            .as_object()
            .is_none_or(|table| table.iter().filter(|(key, _)| !known(key)).all(|(_, value)| fits(value, says, whole))),
        other => panic!("the schema says `{other}`, which this test does not know"),
    })
}

fn schema() -> Value {
    serde_json::to_value(knownfor::schema()).expect("the schema is JSON")
}

#[test]
fn the_schema_refuses_wrong_forms() {
    let schema = schema();
    for (name, text) in files("toml") {
        let program: Value = toml::from_str(&text).expect("a bad program is TOML");
        // The other files have the right form and mistakes of other sorts.
        if ["wrong-forms", "not-a-program", "kinds-and-input"].contains(&name.as_str()) {
            assert!(!fits(&program, &schema, &schema), "{name}");
        }
    }
}

proptest! {
    #![proptest_config(cases(100, regressions!("schema")))]

    #[test]
    fn the_schema_takes_what_check_takes(program in prop_oneof![generate::programs(), generate::broken_programs()]) {
        let schema = schema();
        let text = program.to_string();
        if Program::check(&tree(&text), Zone::named).is_ok() {
            prop_assert!(fits(&program, &schema, &schema));
        }
    }
}
