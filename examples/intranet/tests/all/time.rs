//! What time alone brings: every door shows and explains it.

use crate::support::server::Intranet;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::fs;
use tempfile::TempDir;

/// A badge and points for each year after joining.
const PROGRAM: &str = r#"
version = 1
id = "years"
[kinds."member.joined"]
[currencies.recognition]
[tallies.years]
since = "member.joined"
unit = "year"
[rules.a-year]
when = { years = 1 }
given = "every"
give = { recognition = 5 }
[badges.a-year]
when = { years = 1 }
given = "every"
"#;

#[test]
fn a_badge_that_time_alone_brought_is_shown_listed_and_explained() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let program = write("program.toml", PROGRAM);
    // The token is `test`.
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let sources = write("sources.toml", &format!("[hr]\ntoken_sha256 = \"{hash}\"\nkinds = [\"member.joined\"]\n"));
    let intranet = Intranet::start_with(folder.path(), &["--empty", "--program", &program, "--sources", &sources]);
    let joined = (Timestamp::now() - SignedDuration::from_hours(24 * 400)).to_string();
    let sent = json!({"id": "ada joined", "at": joined, "kind": "member.joined", "actor": "ada"}).to_string();
    assert_eq!(intranet.post("/api/activities", "test", sent).status, 200);

    let view = intranet.get("/api/members/ada/view", "ada").json;
    assert_eq!(
        (&view["badges"]["earned"][0]["badge"], &view["standing"]["points"][0]["total"]),
        (&json!("a-year"), &json!(5))
    );
    let entries = intranet.get("/api/members/ada/entries", "ada").json;
    let named = |index: usize, key: &str| entries[index][key].clone();
    assert_eq!((named(0, "badge"), named(1, "rule")), (json!("a-year"), json!("a-year")), "{entries}");
    for question in ["badge=a-year", "rule=a-year", "badge=a-year&source=hr&activity=ada%20joined"] {
        let why = intranet.get(&format!("/api/members/ada/why?{question}"), "ada");
        assert_eq!(why.status, 200, "{question}: {why:?}");
        assert_eq!(why.json["entry"]["at"], entries[0]["at"], "{question}");
    }
    // The badge is given every year, so the next one is a year and some days away.
    let why_not = intranet.get("/api/members/ada/why-not?badge=a-year", "ada").json;
    assert_eq!(why_not["parts"][0]["value"], 1, "{why_not}");
    let page = intranet.get("/people/ada", "ada").text;
    let listed = page.split("What counted recently").nth(1).unwrap_or_default();
    assert!(listed.contains("a-year"), "{page}");
}
