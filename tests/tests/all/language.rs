//! The page of the language: PROGRAM.md's examples, put together, are one program without problems, in TOML and JSON alike.

use crate::bad_programs::fits;
use knownfor::{Program, Tree, Zone};
use std::{fs, path::Path};

/// What the examples name and leave to the reader.
const LEFT_OUT: &str = r#"
[kinds."post.disliked"]
[kinds."answer.accepted"]
[kinds."kudos.given"]
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
[kinds."audience.said"]
attributes = { share_points = "text", share_topics = "text" }
[kinds."member.left"]
[kinds."member.suspended"]
[kinds."bot.made"]
[kinds."member.returned"]
[kinds."model.agreed"]
[kinds."model.ended"]
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
[kinds.vote_up]
attributes = { words = "integer" }
[tallies.trainings]
count = "training.done"
[tallies.accepted]
count = "answer.accepted"
to = "owner"
per = "object"
[profile.fields.headline]
ask = "A headline?"
"#;

/// All examples of the page, and what they leave out.
fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/PROGRAM.md");
    let page = fs::read_to_string(page).expect("there is PROGRAM.md");
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.chain([LEFT_OUT]).collect()
}

fn checked(tree: &Tree<'_>) -> Program {
    Program::check(tree, Zone::named).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn the_examples_of_the_page_are_a_program() {
    let text = page();
    let tree: Tree = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    checked(&tree);
    let schema = serde_json::to_value(knownfor::schema()).expect("the schema is JSON");
    assert!(fits(&toml::from_str(&text).expect("TOML"), &schema, &schema), "the schema refuses the examples");
}

#[test]
fn json_and_toml_say_the_same() {
    let text = page();
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
        let tree: Tree = toml::from_str(&text).expect("the program is TOML");
        let problems = Program::check(&tree, Zone::named).err().map(|problems| problems.to_string());
        assert_eq!(problems, None, "{name}");
    }
}
