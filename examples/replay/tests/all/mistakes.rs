//! Mistakes in programs and feeds: each is told with its place and what was expected.

use crate::support::{example, file, of_a_quarter, replay, said};

#[test]
fn a_bad_line_is_named_with_what_was_expected() {
    let program = example("quickstart/program.toml");
    let good = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "post.liked"}"#;
    let cases = [
        ("{", "not JSON"),
        (r#"{"id": "2", "kind": "post.liked"}"#, "/at: is missing"),
        (r#"{"id": "2", "at": "2026-03-02T09:30:00Z", "kind": "post.likd"}"#, "did you mean `post.liked`?"),
        (
            r#"{"id": "1", "at": "2026-03-02T09:31:00Z", "kind": "post.liked"}"#,
            "already in the record with other content",
        ),
    ];
    for (index, (line, expected)) in cases.iter().enumerate() {
        let feed = file(&format!("bad-{index}.jsonl"), &format!("{good}\n{line}\n"));
        let output = replay(&program, &feed, &[]);
        let stderr = said(&output).1;
        assert!(!output.status.success() && stderr.contains("line 2") && stderr.contains(expected), "{line}: {stderr}");
    }
}

#[test]
fn a_program_with_mistakes_is_refused_with_all_of_them() {
    let program =
        file("mistakes.toml", "version = 1\nid = 'p'\n[kinds.a]\n[rules.r]\non = 'b'\ngive = { c = 1 }\nsize = 2\n");
    let (_, stderr) = said(&replay(&program, &example("quickstart/feed.jsonl"), &[]));
    let file = program.display();
    for expected in [
        format!("\n{file}:5:1: /rules/r/on: there is no kind `b`"),
        format!("\n{file}:6:10: /rules/r/give/c: there is no currency `c`"),
        format!("\n{file}:7:1: /rules/r/size: there is no key `size`"),
    ] {
        assert!(stderr.contains(&expected), "{expected}: {stderr}");
    }
}

#[test]
fn what_may_harm_is_said_once_with_all_places() {
    let program = file(
        "harmful.toml",
        r#"
        version = 1
        id = "harmful"
        kinds = { click = {}, "member.left" = {} }
        currencies = { points = {} }
        rules.one = { on = "click", give = { points = 1 } }
        rules.two = { on = "click", give = { points = 2 } }
        rules.some = { on = "click", give = { points = 2 }, limit = [{ times = 1, per = "day" }] }
        "#,
    );
    let output = replay(&program, &file("clicks.jsonl", ""), &[]);
    let (_, stderr) = said(&output);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(stderr.matches(" gives points each time").count(), 1, "{stderr}");
    let file = program.display();
    let places = format!("warning: `/rules/one` ({file}:6:15), `/rules/two` ({file}:7:15): gives points each time");
    assert!(stderr.contains(&places), "{stderr}");
    assert!(stderr.contains("\n  instead: "), "{stderr}");
    assert!(!stderr.contains("/rules/some"), "{stderr}");
}

#[test]
fn warnings_can_be_denied() {
    let gentle = example("quickstart/program.toml");
    let text = "version = 1\nid = 'p'\nkinds.a = {}\ncurrencies.c = {}\nrules.r = { on = 'a', give = { c = 1 } }\n";
    let harmful = file("denied.toml", text);
    let feed = file("denied.jsonl", "");
    for (program, more, allowed) in [
        (&harmful, &[][..], true),
        (&gentle, &["--deny-warnings"], true),
        (&harmful, &["--deny-warnings"], false),
        (&gentle, &["--deny-warnings", "--compare", harmful.to_str().unwrap()], false),
    ] {
        let output = replay(program, &feed, more);
        let (stdout, stderr) = said(&output);
        assert_eq!(output.status.code(), Some(i32::from(!allowed)), "{more:?}: {stdout}{stderr}");
        assert_eq!(stderr.matches("/rules/r").count(), usize::from(program == &harmful || !allowed), "{stderr}");
        let last = format!("Error: 1 warning in {}, and --deny-warnings allows none\n", harmful.display());
        assert_eq!(stderr.ends_with(&last), !allowed, "{stderr}");
        assert!(allowed || stdout.is_empty(), "{stdout}");
    }
}

#[test]
fn a_mark_of_the_encoding_is_no_mistake_and_mistakes_tell_their_column() {
    let post = r#"{"id": "1", "at": "2026-03-02T09:00:00Z", "kind": "post", "actor": "ada"}"#;
    let (program, feed) = of_a_quarter("mark", "", &[&format!("\u{feff}{post}")]);
    let (stdout, stderr) = said(&replay(&program, &feed, &[]));
    assert!(stdout.contains("1 activity, 1 member\n"), "{stdout}{stderr}");
    let (program, feed) = of_a_quarter("column", "", &[post, r#"{"id": 2,,}"#]);
    let (_, stderr) = said(&replay(&program, &feed, &[]));
    assert!(
        stderr.contains("column.jsonl, line 2") && stderr.contains("not JSON at column 10: key must be a string"),
        "{stderr}"
    );
}
