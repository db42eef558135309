//! Another id: one transaction, after which everything is as if the member had always had it.

use crate::support::{
    northwind::{run, tables},
    server::{Intranet, blog, lately},
};
use serde_json::{Value, json};
use std::{fs, path::Path};
use tempfile::TempDir;

/// The demonstration's people, with other ids for some.
fn people(folder: &Path, name: &str, change: &[(&str, &str)]) -> String {
    let mut people: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
    people.retain(|person| change.iter().all(|(_, to)| person["id"] != **to));
    for person in &mut people {
        if let Some((_, to)) = change.iter().find(|(from, _)| person["id"] == **from) {
            person["id"] = json!(to);
        }
    }
    let path = folder.join(name);
    fs::write(&path, json!(people).to_string()).unwrap();
    path.to_str().unwrap().into()
}

#[test]
fn a_member_keeps_everything_under_another_id() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let listed = people(folder.path(), "listed.json", &[("tomasz", "tom-z")]);
    let intranet = Intranet::start_with(&data, &[]);
    let profile = json!({"headline": "I draw"}).to_string();
    assert_eq!(intranet.own("PUT", "/api/members/tomasz/profile", "tomasz", &profile).status, 200);
    let before = intranet.get("/api/members/tomasz/view", "tomasz").text;
    let others = ["ada", "ingrid", "priya"].map(|id| intranet.get(&format!("/api/members/{id}/view"), id).json);
    intranet.kill();

    let rows = tables(&data);
    for (options, says) in [
        (&["--rename", "tomasz", "tom-z"][..], "still listed"),
        (&["--people", &listed, "--rename", "tomasz", "tom-z"], "add --confirm tom-z"),
        (&["--people", &listed, "--rename", "tomasz", "tom-z", "--confirm", "tom"], "nothing was changed"),
        (&["--people", &listed, "--rename", "nobody", "tom-z", "--confirm", "tom-z"], "nothing is kept about"),
    ] {
        let output = run(&data, options);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(says), "{options:?}: {error}");
        assert_eq!(tables(&data), rows, "{options:?}");
    }
    let output = run(&data, &["--people", &listed, "--rename", "tomasz", "tom-z", "--confirm", "tom-z"]);
    assert!(output.status.success(), "{output:?}");
    let stray = tables(&data).into_iter().filter(|row| row.contains("\"tomasz\"") || row.contains(": tomasz"));
    assert_eq!(stray.collect::<Vec<_>>(), Vec::<String>::new());

    let intranet = Intranet::start_with(&data, &["--people", &listed]);
    assert_eq!(intranet.get("/api/members/tomasz/view", "ada").status, 404);
    let after = intranet.get("/api/members/tom-z/view", "tom-z").text;
    assert_eq!(after, before.replace("\"tomasz\"", "\"tom-z\""));
    assert_eq!(intranet.get("/api/members/tom-z/profile", "tom-z").json["headline"], "I draw");
    let now = ["ada", "ingrid", "priya"].map(|id| intranet.get(&format!("/api/members/{id}/view"), id).json);
    for (before, now) in others.iter().zip(&now) {
        assert_eq!(now["standing"], before["standing"]);
    }
}

#[test]
fn two_accounts_of_one_person_become_one() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let mut other = blog("other");
    (other["actor"], other["owner"]) = (json!("ada.b"), json!("ada.b"));
    let liked = json!({"id": "liked", "at": lately(3, "09:30:00+01:00"), "kind": "post.liked", "actor": "ada.b",
        "owner": "ada", "object": "blog/ada/own"});
    assert_eq!(intranet.send(json!([blog("own"), other, liked])).status, 200);
    intranet.kill();
    let options = ["--rename", "ada.b", "ada"];
    let output = run(folder.path(), &options);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("the two would become one for good"), "{said}");
    let output = run(folder.path(), &[&options[..], &["--confirm", "ada"]].concat());
    assert!(output.status.success(), "{output:?}");
    let intranet = Intranet::start(folder.path());
    let merged = intranet.points("ada");

    // It is the record that had the one id from the beginning.
    let folder = TempDir::new().unwrap();
    let by_hand = Intranet::start(folder.path());
    let liked = json!({"id": "liked", "at": lately(3, "09:30:00+01:00"), "kind": "post.liked", "actor": "ada",
        "owner": "ada", "object": "blog/ada/own"});
    assert_eq!(by_hand.send(json!([blog("own"), blog("other"), liked])).status, 200);
    assert_eq!(merged, by_hand.points("ada"));
}
