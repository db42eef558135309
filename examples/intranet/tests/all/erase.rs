//! Erasure: no byte of one member is left, and everybody else sees and has what they had.

use crate::{
    ON_POSTGRES,
    support::{
        northwind::{MEMBER, Northwind, WORDS, found, from_the_platform, run, tables},
        server::{Intranet, SOCIAL},
        store::{BYTE, Database},
    },
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fs, process::Output};
use tempfile::TempDir;

/// What a command said that failed.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What every colleague is shown, by viewer and path.
fn views(intranet: &Intranet) -> BTreeMap<(String, String), String> {
    let people: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
    let ids: Vec<&str> =
        people.iter().map(|person| person["id"].as_str().unwrap()).filter(|id| *id != MEMBER).collect();
    let mut views = BTreeMap::new();
    for viewer in &ids {
        let shared = ["/api/boards/month", "/api/models", "/api/topics?beginning=", "/api/people?beginning="];
        let topics = ["facilitation", "reporting", "automation", "data", "proposals", "lighthouse keeping"];
        let paths = shared.into_iter().map(String::from).chain([
            format!("/api/members/{viewer}/entries"),
            format!("/api/members/{viewer}/thanks"),
            "/api/challenges/first-thirty-days".into(),
            "/api/programme".into(),
            "/people".into(),
        ]);
        let topics = topics.iter().map(|topic| format!("/api/experts?topic={}", topic.replace(' ', "%20")));
        let members = ids.iter().chain([&MEMBER]);
        let members = members.flat_map(|id| [format!("/api/members/{id}/view"), format!("/api/models/{id}")]);
        for path in paths.chain(topics).chain(members) {
            let answer = intranet.get(&path, viewer);
            views.insert(((*viewer).to_owned(), path), format!("{} {}", answer.status, answer.text));
        }
    }
    views
}

/// The views before as they are to be after. Two things change, for those who thanked the member or were thanked. The
/// thank has another id, because the old one is a hash of who thanked whom. And those thanked no longer learn from
/// whom. Nothing else may change.
fn expected(before: &BTreeMap<(String, String), String>, after: &Intranet) -> BTreeMap<(String, String), String> {
    let mut expected = before.clone();
    let json = |text: &str| -> Vec<Value> { serde_json::from_str(text.split_once(' ').unwrap().1).unwrap() };
    let mut new_ids = BTreeMap::new();
    for viewer in ["ingrid", "priya"] {
        let path = format!("/api/members/{viewer}/entries");
        let now = after.get(&path, viewer).json;
        for (before, now) in json(&before[&(viewer.to_owned(), path)]).iter().zip(now.as_array().unwrap()) {
            let ids = [before, now].map(|one| one["entry"]["activity"].as_str().unwrap().to_owned());
            if before["entry"]["kind"] == "kudos.given" && before["entry"]["source"] == "intranet" {
                new_ids.extend([ids.into()]);
            }
        }
    }
    new_ids.retain(|old: &String, new| old != new);
    assert_eq!(new_ids.len(), 3, "one that Ingrid received, one that Priya received, one that she gave");
    for ((_, path), text) in &mut expected {
        for (old, new) in &new_ids {
            *text = text.replace(old, new);
        }
        if path.ends_with("/thanks") {
            // The directory has no name for them any more, so the id stood in its place.
            *text = text.replace(&format!(r#""from":"{MEMBER}","name":"{MEMBER}","#), "");
        }
    }
    expected
}

#[test]
fn no_byte_of_the_erased_is_left_and_everybody_else_sees_the_same() {
    let company = Northwind::with_the_member();
    let intranet = company.start();
    let before = views(&intranet);
    intranet.kill();
    let in_files = found(&company.data());
    for word in WORDS {
        assert!(in_files.iter().any(|(found, _)| *found == word), "the search does not find `{word}`");
    }

    let rows = tables(&company.data()).join("\n");
    let thanks = ids_of_thanks(&company);
    assert!(thanks.len() == 3 && thanks.iter().all(|id| rows.contains(id)), "{thanks:?}");
    assert!(rows.contains(r#""object":"sourdough""#));
    let said = company.erased();
    assert_eq!(found(&company.data()), []);
    let rows = tables(&company.data()).join("\n");
    let has_digest = |source: &str, id: &str| {
        let digest = Sha256::digest(format!("{source}\0{id}\0"));
        let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        rows.contains(&format!("erased: {digits}"))
    };
    assert!(has_digest("social", "river-4"));
    for id in thanks {
        assert!(!rows.contains(&id) && !has_digest("intranet", &id), "{id}");
    }
    assert!(rows.contains(r#""topic":"sourdough""#) && !rows.contains(r#""object":"sourdough""#));
    assert!(WORDS.iter().all(|word| !said.contains(word)), "{said}");
    assert!(said.contains("everybody has what they had"), "{said}");

    let intranet = company.start();
    let (after, expected) = (views(&intranet), expected(&before, &intranet));
    for (of, text) in &after {
        assert_eq!(text, &expected[of], "{of:?}");
    }
    assert_eq!(after.len(), before.len());
    for (language, words) in [("en", "Somebody who is no longer here"), ("de", "Jemand von früher")] {
        for (path, viewer) in [("/thanks", "ingrid"), ("/", "ingrid"), ("/programme", "hannah")] {
            let page = intranet.get_in(language, path, viewer).text;
            assert!(page.contains(words) && !page.contains("erased-"), "{language} {path}: {page}");
        }
    }
    intranet.kill();
    assert_eq!(found(&company.data()), []);
    assert_consistent(&company);
}

/// The ids of the thanks that the member gave or received on the intranet. They are hashes of who thanked whom.
fn ids_of_thanks(company: &Northwind) -> Vec<String> {
    Database::of(&company.data()).column(&format!(
        "SELECT id FROM activities JOIN names ON number = activity
         WHERE member = '{MEMBER}' AND source = 'intranet' AND length(id) = 64"
    ))
}

/// Checks that names and standings are those that follow from the activities.
fn assert_consistent(company: &Northwind) {
    let db = Database::of(&company.data());
    let standings = || db.rows("SELECT member, bytes FROM standings WHERE program <> 'another' ORDER BY member");
    let before = standings();
    db.run("UPDATE standings SET program = 'another'");
    assert_eq!(standings().len(), 0);
    company.start().kill();
    assert_eq!(standings(), before);
    for named in db.rows("SELECT member, content FROM names JOIN activities ON number = activity") {
        assert!(named[1].contains(&json!(named[0]).to_string()), "{named:?}");
    }
}

#[test]
fn what_is_erased_does_not_come_back_when_it_is_sent_again() {
    let company = Northwind::with_the_member();
    company.erased();
    let intranet = company.start();
    let stored = intranet.stored();
    let mut again = from_the_platform();
    // The platform says something else about one of them. The answer does not tell what the record has.
    again[1]["attributes"]["words"] = json!(13);
    let answer = intranet.send(json!(again));
    assert_eq!(answer.status, 200, "{answer:?}");
    let results = answer.json["results"].as_array().unwrap();
    assert!(results.iter().all(|result| result["status"] == "erased"), "{results:?}");
    for (id, status) in [("river-4", "erased"), ("tomasz-2", "erased"), ("tomasz-9", "erased"), ("river-2", "voided")] {
        let answer = intranet.post("/api/voids", SOCIAL, json!({"id": id}).to_string());
        assert_eq!(answer.json["status"], status, "{id}");
    }
    assert_eq!(intranet.stored(), stored);
    intranet.kill();
    let file = company.folder.path().join("record.jsonl");
    again.iter_mut().for_each(|activity| activity["source"] = json!("social"));
    fs::write(&file, again.iter().map(|activity| format!("{activity}\n")).collect::<String>()).unwrap();
    let options = ["--people", &company.people(), "--import", file.to_str().unwrap()];
    let intranet = Intranet::start_with(&company.data(), &options);
    assert_eq!(intranet.stored(), stored);
    intranet.kill();
    assert_eq!(found(&company.data()), []);
    let error = refused(&company.erase(&["--confirm", MEMBER]));
    assert!(error.contains("nothing is kept about `tomasz`"), "{error}");
}

#[test]
fn nothing_changes_until_the_id_is_repeated_and_where_erasing_would_be_wrong() {
    let company = Northwind::with_the_member();
    let before = tables(&company.data());
    let other = company.folder.path().join("other.toml");
    fs::write(&other, include_str!("../../going-social.toml").replace("recognition = 15", "recognition = 16")).unwrap();
    let other = other.to_str().unwrap();
    for (options, says) in [
        (&[][..], "To erase them for good, add --confirm tomasz"),
        (&["--confirm", "tomas"], "--erase says `tomasz` and --confirm says `tomas`; nothing was changed"),
        (&["--confirm", MEMBER, "--program", other], "the intranet ran with another program"),
    ] {
        let error = refused(&company.erase(options));
        assert!(error.contains(says), "{error}");
        assert_eq!(tables(&company.data()), before, "{says}");
    }
    for (options, says) in [
        (&["--erase", MEMBER, "--confirm", MEMBER][..], "still listed in the demonstration's people.json"),
        (&["--erase", "nobody", "--confirm", "nobody"], "nothing is kept about `nobody`"),
        (&["--confirm", MEMBER], "--erase"),
    ] {
        let error = refused(&run(&company.data(), options));
        assert!(error.contains(says), "{error}");
        assert_eq!(tables(&company.data()), before, "{says}");
    }
    if !ON_POSTGRES {
        let none = TempDir::new().unwrap();
        let error = refused(&run(none.path(), &["--erase", "nobody", "--confirm", "nobody"]));
        assert!(error.contains("there is no database"), "{error}");
        assert_eq!(fs::read_dir(none.path()).unwrap().count(), 0, "it created a file");
        let _intranet = company.start();
        let error = refused(&company.erase(&["--confirm", MEMBER]));
        assert!(error.contains("another server uses"), "{error}");
    }
    company.erased();
}

#[test]
fn an_erasure_says_what_the_program_makes_of_it() {
    let company = Northwind::with_the_member();
    let program = company.folder.path().join("program.toml");
    // Likes of this one member give nothing, so those of a pseudonym give something.
    let (before, rule) = include_str!("../../going-social.toml").split_once("[rules.liked]").unwrap();
    let but = r#"if = { all = [{ actor = { not = "@owner" } }, { actor = { not = "tomasz" } }] }"#;
    let rule = rule.replacen(r#"if = { actor = { not = "@owner" } }"#, but, 1);
    fs::write(&program, [before, "[rules.liked]", &rule].concat()).unwrap();
    let program = ["--program", program.to_str().unwrap()];
    Intranet::start_with(&company.data(), &[&program[..], &["--people", &company.people()]].concat()).kill();
    let note = "UPDATE activities SET content = replace(content, 'note.kept', 'note.lost') WHERE id = 'river-4'";
    assert_eq!(Database::of(&company.data()).run(note), 1);
    let output = company.erase(&[&program[..], &["--confirm", MEMBER]].concat());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("The program cannot read 1 of these activities"), "{said}");
    assert!(!said.contains("everybody has") && said.contains(" something else than before"), "{said}");
    assert_eq!(found(&company.data()), []);
}

#[test]
fn texts_of_colleagues_that_mention_the_erased_are_counted_and_left() {
    let folder = TempDir::new().unwrap();
    Intranet::start_with(folder.path(), &[]).kill();
    let people: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
    let others: Vec<&Value> = people.iter().filter(|person| person["id"] != "ingrid").collect();
    let people = folder.path().join("people.json");
    fs::write(&people, json!(others).to_string()).unwrap();
    let options = ["--people", people.to_str().unwrap(), "--erase", "ingrid", "--confirm", "ingrid"];
    let output = run(folder.path(), &options);
    let said = String::from_utf8(output.stdout).unwrap();
    // Hannah's profile says with whom she began.
    assert!(said.contains("Left 1 text of colleagues that have the id as a word"), "{said}");
    let left = "SELECT member FROM profiles WHERE lower(profile) LIKE '%ingrid%'";
    assert_eq!(Database::of(folder.path()).column(left), ["hannah"]);
}

#[test]
fn the_log_names_nobody() {
    let company = Northwind::with_the_member();
    Database::of(&company.data()).run(&format!(
        "UPDATE standings SET bytes = {BYTE};
         UPDATE activities SET content = replace(content, 'note.kept', 'note.lost');
         UPDATE activities SET content = replace(content, '\"words\":12', '\"words\":\"paper boats\"');
         UPDATE profiles SET profile = '\"paper boats\"' WHERE member = 'ingrid';"
    ));
    let log = company.folder.path().join("log");
    let intranet = Intranet::start_with_log(&company.data(), &[], fs::File::create(&log).unwrap().into());
    for path in ["/api/members/tomasz/view", "/api/members/tomasz/entries", "/api/members/ingrid/profile", "/nowhere"] {
        intranet.get(path, "ingrid");
        intranet.get(path, MEMBER);
    }
    intranet.kill();
    let log = fs::read_to_string(log).unwrap();
    for says in
        ["recomputing a standing", "its kind `note.lost`", "its `/attributes/words`", "a stored profile is damaged"]
    {
        assert!(log.contains(says), "{says}: {log}");
    }
    for word in WORDS.iter().chain(&["ingrid", "Solheim", "priya"]) {
        assert!(!log.contains(word), "{word}: {log}");
    }
}
