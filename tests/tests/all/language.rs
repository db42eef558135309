//! The page of the language: PROGRAM.md's examples, put together, are one program without problems.

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
[kinds.vote_up]
attributes = { words = "integer" }
[tallies.accepted]
count = "answer.accepted"
to = "owner"
per = "object"
[profile.fields.headline]
ask = "A headline?"
"#;

#[test]
fn the_examples_of_the_page_are_a_program() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/PROGRAM.md");
    let page = fs::read_to_string(page).expect("there is PROGRAM.md");
    let blocks = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let text: String = blocks.chain([LEFT_OUT]).collect();
    let tree: Tree = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    if let Err(problems) = Program::check(&tree, Zone::named) {
        panic!("{problems}");
    }
}
