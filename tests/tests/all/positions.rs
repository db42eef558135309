//! Positions: line and column of each problem in a program's text, and that one mistake is one problem.

use crate::{
    bad_programs::problems,
    language::examples,
    laws::{cases, regressions},
    world::tree,
};
use knownfor::{Position, Positions, Problems, Program, Tree, Zone};
use knownfor_tests::generate;
use proptest::prelude::*;
use std::borrow::Cow;

/// The text from a position on.
fn rest_of(text: &str, position: Position) -> &str {
    let line = text.split_inclusive('\n').nth(position.line - 1).unwrap_or_default();
    let column = line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(position.column - 1);
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    &text[start + column.expect("the line has the column")..]
}

/// The last step of a path, as a key.
fn last_key(path: &str) -> Option<String> {
    let (_, last) = path.rsplit_once('/')?;
    Some(last.replace("~1", "/").replace("~0", "~"))
}

/// What is wrong with a position: it must be at the key or the item that the path names, or at the beginning for the
/// program as a whole. In TOML, keys may stand without quotes.
fn misplaced(text: &str, tree: &Tree<'_>, path: &str, position: Position) -> Option<String> {
    let rest = rest_of(text, position);
    let begins = |what: &str| rest.starts_with(what);
    let quoted = |what: &str| {
        let double = serde_json::to_string(what).expect("a text is JSON");
        begins(&double) || begins(&format!("'{what}'"))
    };
    let (above, _) = path.rsplit_once('/').unwrap_or_default();
    let there = match (tree.at(above), tree.at(path)) {
        (_, None) => false,
        _ if path.is_empty() => (position.line, position.column) == (1, 1),
        (Some(Tree::List(_)), Some(item)) => match item {
            Tree::Text(word) => quoted(word),
            Tree::Integer(number) => rest.replace('_', "").starts_with(&number.to_string()),
            Tree::Table(_) => begins("{") || begins("[["),
            _ => true,
        },
        _ => last_key(path).is_some_and(|key| begins(&key) || quoted(&key)),
    };
    (!there).then(|| format!("{position} is not at {path}, but at {}", rest.lines().next().unwrap_or_default()))
}

fn position(problem: &knownfor::Problem) -> Position {
    problem.position.unwrap_or_else(|| panic!("{problem} has no position"))
}

/// The problems as they are without positions, in any order.
fn without_positions(problems: &Problems) -> Vec<(String, String)> {
    let mut said: Vec<_> = problems.iter().map(|problem| (problem.path.clone(), problem.message.clone())).collect();
    said.sort();
    said
}

#[test]
fn every_problem_is_at_the_key_or_item_it_names() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (name, text, problems) in problems() {
        let tree: Tree = toml::from_str(&text).expect("a bad program is TOML");
        let json = serde_json::to_string_pretty(&tree).expect("a tree is JSON");
        let in_json = Program::from_json(&json, Zone::named).expect_err(&name);
        let unplaced = Program::check(&tree, Zone::named).expect_err(&name);
        assert!(unplaced.iter().all(|problem| problem.position.is_none()), "{name}: a tree has no positions");
        for (text, problems) in [(&text, &problems), (&json, &in_json)] {
            assert!(problems.iter().is_sorted_by_key(position), "{name} is out of order");
            assert_eq!(without_positions(problems), without_positions(&unplaced), "{name}");
            for problem in problems {
                count += 1;
                wrong
                    .extend(misplaced(text, &tree, &problem.path, position(problem)).map(|it| format!("{name}: {it}")));
            }
        }
        let (of_toml, of_json) = (Positions::of_toml(&text), Positions::of_json(&json));
        for (problems, positions) in [(&problems, of_toml), (&in_json, of_json)] {
            let positions = positions.expect("the text can be read");
            for problem in problems {
                assert_eq!(problem.position, Some(positions.at(&problem.path)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 500, "only {count} positions");
}

proptest! {
    #![proptest_config(cases(100, regressions!("positions")))]

    #[test]
    fn every_problem_of_a_random_program_is_at_what_it_names(program in generate::broken_programs()) {
        let text = serde_json::to_string_pretty(&program).expect("a value is JSON");
        if let Err(problems) = Program::from_json(&text, Zone::named) {
            for problem in &problems {
                let wrong = misplaced(&text, &tree(&text), &problem.path, position(problem));
                prop_assert!(wrong.is_none(), "{:?}", wrong);
            }
        }
    }
}

/// The only problem of a text, as it is told.
fn only_problem(result: Result<Program, Problems>) -> String {
    let problems = result.expect_err("the text has a mistake");
    assert_eq!(problems.iter().count(), 1, "{problems}");
    problems.iter().map(ToString::to_string).collect()
}

#[test]
fn a_text_that_is_not_toml_says_where() {
    for (text, said) in [
        ("version = 1\n[rules.blog\non = 'x'\n", "2:12: not TOML: unclosed table, expected `]`"),
        ("version = 1\nversion = 1\n", "2:1: not TOML: duplicate key"),
        ("[kinds]\n[rules]\n[kinds]\n", "3:2: not TOML: duplicate key"),
        ("id = 'größe\n", "1:12: not TOML: invalid literal string, expected `'`"),
        ("id = \"ä\" x\n", "1:10: not TOML: unexpected key or value, expected newline, `#`"),
        // Nothing more is told: what follows a syntax error may be nonsense.
        ("a = [1, 2\nb = 3\nc = ]", "2:1: not TOML: missing comma between array elements, expected `,`"),
    ] {
        assert_eq!(only_problem(Program::from_toml(text, |_| None)), said, "{text:?}");
    }
}

#[test]
fn a_text_that_is_not_json_says_where() {
    for (text, said) in [
        ("", "1:1: not JSON: EOF while parsing a value"),
        ("{\n  \"version\": 1", "2:15: not JSON: EOF while parsing an object"),
        ("{\n  \"version\": 1,\n}\n", "3:1: not JSON: trailing comma"),
        ("{ \"größe\" 1 }", "1:11: not JSON: expected `:`"),
        ("{ 'version': 1 }", "1:3: not JSON: key must be a string"),
        ("{}\n{}", "2:1: not JSON: trailing characters"),
        ("{ \"id\": \"a\nb\" }", "1:11: not JSON: control character (\\u0000-\\u001F) found while parsing a string"),
    ] {
        assert_eq!(only_problem(Program::from_json(text, |_| None)), said, "{text:?}");
    }
}

#[test]
fn a_text_nested_too_deep_says_where() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let toml = format!("version = 1\nid = {}", nested(70));
    assert_eq!(only_problem(Program::from_toml(&toml, |_| None)), "2:69: nested deeper than 64 levels");
    let json = format!("{{\n \"id\": {} }}", nested(70));
    assert_eq!(only_problem(Program::from_json(&json, |_| None)), "2:71: nested deeper than 64 levels");
    // Not even this one exhausts the stack.
    assert_eq!(
        Positions::of_json(&nested(100_000)).map(|positions| positions.at("/0/0").to_string()),
        Some("1:3".into())
    );
}

#[test]
fn columns_count_characters_and_no_byte_order_mark() {
    let said = |result: Result<Program, Problems>| result.expect_err("it has a mistake").to_string();
    let toml = "\u{feff}version = 1\r\nid = 'p'\r\nkinds = { 'größe' = {}, '📣' = { comfrt = 'team' } }\r\n";
    let one = "1 problem in the program\n  ";
    assert_eq!(
        said(Program::from_toml(toml, |_| None)),
        format!("{one}3:33: /kinds/📣/comfrt: there is no key `comfrt`; did you mean `comfort`?")
    );
    let kinds = r#""kinds": { "größe": {}, "📣": { "comfrt": "team" } }"#;
    let json = format!("\u{feff}{{ \"version\": 1, \"id\": \"p\",\r\n\t{kinds} }}");
    assert_eq!(
        said(Program::from_json(&json, |_| None)),
        format!("{one}2:33: /kinds/📣/comfrt: there is no key `comfrt`; did you mean `comfort`?")
    );
}

#[test]
fn a_key_written_twice_is_at_the_second_and_the_only_problem() {
    let json = r#"{
        "version": 1, "id": "p", "currencies": { "points": {} },
        "kinds": { "post": { "attributes": { "words": "integer" } }, "post": {} },
        "rules": { "long": { "on": "post", "if": { "words": 300 }, "give": { "points": 1 } } }
    }"#;
    assert_eq!(
        only_problem(Program::from_json(json, |_| None)),
        "3:70: /kinds/post: `post` is written twice; keep one of them"
    );
}

/// The path of each key of a tree, as the indices that lead there.
fn keys(tree: &Tree<'_>, above: &[usize], found: &mut Vec<Vec<usize>>) {
    let parts = tree.entries().iter().map(|(_, value)| value).chain(tree.items());
    for (index, part) in parts.enumerate() {
        let path = [above, &[index]].concat();
        keys(part, &path, found);
        if matches!(tree, Tree::Table(_)) {
            found.push(path);
        }
    }
}

fn misspell(tree: &mut Tree<'_>, path: &[usize], slip: impl Fn(&str) -> String) {
    match (tree, path) {
        (Tree::Table(entries), [last]) => {
            let key = &mut entries[*last].0;
            *key = Cow::Owned(slip(key));
        }
        (Tree::Table(entries), [next, below @ ..]) => misspell(&mut entries[*next].1, below, slip),
        (Tree::List(items), [next, below @ ..]) => misspell(&mut items[*next], below, slip),
        _ => panic!("no key there"),
    }
}

#[test]
fn a_misspelt_key_is_one_problem() {
    let text = examples();
    let tree: Tree = toml::from_str(&text).expect("the examples are TOML");
    let mut paths = Vec::new();
    keys(&tree, &[], &mut paths);
    let longer = |key: &str| format!("{key}x");
    let swapped = |key: &str| {
        let mut letters: Vec<char> = key.chars().rev().collect();
        letters.swap(0, 1);
        letters.into_iter().rev().collect()
    };
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in paths {
        for slip in [&longer as &dyn Fn(&str) -> String, &swapped] {
            let mut misspelt = tree.clone();
            misspell(&mut misspelt, &path, slip);
            let Err(problems) = Program::check(&misspelt, Zone::named) else { continue };
            // Other keys are names, and every mention of such a name is a problem.
            if problems.iter().any(|problem| problem.message.starts_with("there is no key")) {
                count += 1;
                let one = problems.iter().count() == 1 && problems.to_string().contains("; did you mean `");
                // A misspelt `not` could be the name of an attribute, with tests below it.
                let of_not = problems.to_string().contains("did you mean `not`?");
                wrong.extend((!one && !of_not).then(|| problems.to_string()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 300, "only {count} keys");
}
