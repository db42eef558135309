//! Unknown members: those who run the programme see which ids systems send that the directory has never listed.

use crate::support::server::{Intranet, blog};
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

fn by(id: &str, actor: &str) -> Value {
    let mut post = blog(id);
    post["actor"] = json!(actor);
    post["owner"] = json!(actor);
    post
}

#[test]
fn ids_that_the_directory_never_listed_are_shown_to_those_who_run_the_programme() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.get("/api/programme", "hannah").json["unknown"], json!([]));
    assert!(!intranet.get("/programme", "hannah").text.contains("Who is that?"));
    let sent = json!([by("1", "ada.lovelace@example.org"), by("2", "ada.lovelace@example.org"), by("3", "priya")]);
    assert_eq!(intranet.send(sent).status, 200);
    let expected = json!([{"member": "ada.lovelace@example.org", "sources": ["social"]}]);
    assert_eq!(intranet.get("/api/programme", "hannah").json["unknown"], expected);
    let page = intranet.get("/programme", "hannah").text;
    assert!(page.contains("ada.lovelace@example.org</code> <span class=\"quiet\">from social"), "{page}");
    for path in ["/api/programme", "/programme"] {
        assert_eq!(intranet.get(path, "ada").status, 403);
    }
}

#[test]
fn people_who_were_listed_once_are_never_shown_as_unknown() {
    let folder = TempDir::new().unwrap();
    Intranet::start(folder.path()).kill();
    let mut people: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
    people.retain(|person| person["id"] != "priya");
    let file = folder.path().join("people.json");
    fs::write(&file, json!(people).to_string()).unwrap();
    let intranet = Intranet::start_with(folder.path(), &["--empty", "--people", file.to_str().unwrap()]);
    let before = intranet.get("/programme", "hannah").text;
    assert_eq!(intranet.send(by("1", "priya")).status, 200);
    assert_eq!(intranet.get("/api/programme", "hannah").json["unknown"], json!([]));
    assert_eq!(intranet.get("/programme", "hannah").text, before);
}
