//! The data sheet on the command line.

use crate::support::{example, file, said};
use std::{
    path::Path,
    process::{Command, Output},
};

/// The sheet of the intranet's program, with options.
fn sheet(options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(example("intranet/going-social.toml"))
        .args(options)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap()
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn a_sheet_needs_no_feed_and_comes_in_each_format_and_language() {
    for (options, begins) in [
        (&["--sheet", "markdown"][..], "# Data sheet: Going Social\n"),
        (&["--sheet", "markdown", "--language", "de"], "# Datenblatt: Going Social\n"),
        (&["--sheet", "html", "--language", "de"], "<!doctype html>\n<html lang=\"de\">\n"),
        (&["--sheet", "json"], "{\n  \"language\": \"en\",\n  \"title\": \"Data sheet: Going Social\",\n"),
    ] {
        let output = sheet(options);
        let (stdout, stderr) = said(&output);
        assert!(output.status.success() && stdout.starts_with(begins), "{options:?}: {stdout}{stderr}");
    }
}

#[test]
fn a_sheet_says_what_differs_and_which_systems_send_what() {
    let signed = std::fs::read_to_string(example("intranet/going-social.toml")).unwrap();
    let signed = file("signed.toml", &signed.replace("points = \"team\"", "points = \"private\""));
    let sources = example("intranet/sources.toml");
    let (stdout, _) = said(&sheet(&["--sheet", "markdown", "--since", &path(&signed), "--sources", &path(&sources)]));
    let differs = "After publishing: only the member | After publishing: the member’s team |";
    assert!(stdout.contains(&format!("| points and level, /audience/points | {differs}")), "{stdout}");
    assert!(stdout.contains("consent, choices, joining and leaving | hr |"), "{stdout}");
}

#[test]
fn what_a_sheet_cannot_be_made_of_is_said() {
    let no_feed = said(&sheet(&[])).1;
    assert!(no_feed.contains("required") && no_feed.contains("FEED"), "{no_feed}");
    let unknown = file("unknown-sources.toml", "[wiki]\nkinds = ['blog.publishd']\n");
    let (_, stderr) = said(&sheet(&["--sheet", "html", "--sources", &path(&unknown)]));
    assert!(stderr.contains("`wiki` sends `blog.publishd`, and the program has no such kind"), "{stderr}");
    let (_, stderr) = said(&sheet(&["-", "--sheet", "html"]));
    assert!(stderr.contains("cannot be used with"), "{stderr}");
    // What is about the sheet alone is refused beside a feed, and not silently ignored.
    let (_, stderr) = said(&sheet(&["--language", "de", "-"]));
    assert!(stderr.contains("cannot be used with"), "{stderr}");
    let (_, stderr) = said(&sheet(&["--language", "de"]));
    assert!(stderr.contains("--sheet"), "{stderr}");
}
