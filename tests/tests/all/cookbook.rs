//! The cookbook: each answer of core/COOKBOOK.md is a program without problems that does what the lines below it say.
//!
//! The top of that page explains the lines.

use crate::kitchen::{Recipe, blocks, steps, tried};
use knownfor::{Program, Zone};
use std::{fs, path::Path};

#[test]
fn every_recipe_does_what_it_says() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/COOKBOOK.md");
    let page = fs::read_to_string(page).expect("there is COOKBOOK.md");
    let recipes = recipes(&page);
    let wrong: Vec<String> = recipes.iter().flat_map(|recipe| tried(recipe).err()).flatten().collect();
    assert!(wrong.is_empty(), "{} lines of the cookbook are wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(recipes.len() >= 30, "only {} questions are answered", recipes.len());
}

/// What warnings say of parts without effect.
const NO_EFFECT: [&str; 5] =
    ["neither holds nor fails", "can never hold", "is asked for by no", "is named by no rule", "each amount is cut"];

#[test]
fn every_part_of_a_recipe_has_an_effect() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/COOKBOOK.md");
    let page = fs::read_to_string(page).expect("there is COOKBOOK.md");
    let mut idle = Vec::new();
    for recipe in recipes(&page) {
        for text in [Some(&recipe.program), recipe.other.as_ref()].into_iter().flatten() {
            let program = Program::from_toml(text, Zone::named).expect("a recipe has no problems");
            let warnings = program.warnings().into_iter().map(|warning| warning.to_string());
            let warnings = warnings.filter(|warning| NO_EFFECT.iter().any(|reason| warning.contains(reason)));
            idle.extend(warnings.map(|warning| format!("{}: {warning}", recipe.question)));
        }
    }
    assert!(idle.is_empty(), "{}", idle.join("\n"));
}

/// The questions of the page. The kinds that all of them share come before the first.
fn recipes(page: &str) -> Vec<Recipe<'_>> {
    let mut parts = page.split("\n### ");
    let beginning = parts.next().unwrap_or_default();
    let shared = blocks(beginning, "toml").next().expect("the kinds stand before all questions");
    let (head, kinds) = shared.split_once("\n[").expect("the kinds are tables");
    let recipe = |part| recipe(part, head, kinds);
    parts.map(recipe).collect()
}

fn recipe<'p>(part: &'p str, head: &str, kinds: &str) -> Recipe<'p> {
    let question = part.lines().next().unwrap_or_default();
    let mut programs = blocks(part, "toml").map(|own| {
        // Keys above the first table of a program must stay there.
        format!("{head}\n{own}\n[{kinds}")
    });
    let program = programs.next().unwrap_or_else(|| panic!("{question}: there is no program"));
    let text = blocks(part, "text").next().unwrap_or_else(|| panic!("{question}: there are no lines"));
    let steps = steps(text, question);
    Recipe { question, program, other: programs.next(), steps }
}
