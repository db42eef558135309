//! Erasure: no byte of one member is left, and everybody else sees and has what they had.

use crate::support::server::{Intranet, SOCIAL, command};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Output, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// The member who is erased.
const MEMBER: &str = "tomasz";
/// Words of theirs, and their names. In the beginning the database has all of them.
const WORDS: [&str; 8] = [
    MEMBER,
    "Zieliński",
    "quiet lighthouses",
    "paper boats",
    "harbour-of-notes",
    "a map of rivers",
    "lighthouse keeping",
    "bridges that hum",
];

/// A database of the demonstration in a folder of its own, and beside it the people of the company without the member.
struct Company {
    folder: TempDir,
}

impl Company {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn people(&self) -> String {
        self.folder.path().join("people.json").to_str().unwrap().into()
    }

    /// The company after the member has taken part. The server was killed, so the log is still there.
    fn with_the_member() -> Self {
        let company = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(company.data()).unwrap();
        let mut people: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
        people.retain(|person| person["id"] != MEMBER);
        fs::write(company.people(), json!(people).to_string()).unwrap();
        let intranet = Intranet::start_with(&company.data(), &[]);
        take_part(&intranet);
        intranet.kill();
        company
    }

    /// The intranet once the member has left the directory.
    fn start(&self) -> Intranet {
        Intranet::start_with(&self.data(), &["--people", &self.people()])
    }

    fn erase(&self, more: &[&str]) -> Output {
        let people = self.people();
        run(&self.data(), &[&["--people", &people, "--erase", MEMBER][..], more].concat())
    }

    /// Erases the member, and returns what the command said.
    fn erased(&self) -> String {
        let output = self.erase(&["--confirm", MEMBER]);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

fn run(folder: &Path, options: &[&str]) -> Output {
    command(folder).args(options).output().unwrap()
}

/// What a command said that failed.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What the member does, and what others do with them.
fn take_part(intranet: &Intranet) {
    let profile = json!({"headline": "I draw quiet lighthouses", "about": "Tomasz Zieliński folds paper boats",
        "known-for": ["lighthouse keeping"]});
    let own = |method: &str, path: &str, viewer: &str, body: Value| {
        let answer = intranet.own(method, path, viewer, &body.to_string());
        assert!(answer.status < 300, "{path}: {answer:?}");
    };
    own("PUT", "/api/members/tomasz/profile", MEMBER, profile);
    own("POST", "/api/members/tomasz/kudos", MEMBER, json!({"to": "ingrid", "topic": "facilitation", "named": true}));
    own("POST", "/api/members/tomasz/kudos", MEMBER, json!({"to": "priya"}));
    own("POST", "/api/members/priya/kudos", "priya", json!({"to": MEMBER}));
    // Each reports a thank of the other.
    for member in [MEMBER, "ingrid"] {
        let thanks = intranet.get(&format!("/api/members/{member}/thanks"), member).json;
        let thank = thanks[0]["id"].as_str().unwrap();
        own("POST", &format!("/api/members/{member}/thanks/{thank}/report"), member, json!({}));
    }
    for batch in [&from_the_platform()[..], &[json!({"void": "river-3"}), json!({"void": "tomasz-9"})]] {
        let answer = intranet.send(json!(batch));
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

/// Activities of and about the member on the social platform.
fn from_the_platform() -> Vec<Value> {
    let at = jiff::Timestamp::now().to_string();
    let activity = |id: &str, kind: &str, actor: &str, more: Value| {
        let mut activity = json!({"id": id, "at": at, "kind": kind, "actor": actor});
        activity.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        activity
    };
    let post = json!({"owner": MEMBER, "object": "blog/77/a map of rivers"});
    let mut titled = post.clone();
    titled["attributes"] = json!({"title": "a map of rivers, by Tomasz Zieliński", "words": 400});
    let mut comment = post.clone();
    comment["attributes"] = json!({"words": 12});
    vec![
        activity("river-1", "blog.published", MEMBER, titled),
        activity("river-2", "post.commented", "marcus", comment.clone()),
        // Its id names the member, and its owner is left out.
        activity("for-tomasz-1", "post.commented", "grace", json!({"object": "blog/77/a map of rivers"})),
        activity("tomasz-2", "post.liked", "grace", post),
        activity("river-3", "post.commented", "leila", comment),
        activity(
            "river-6",
            "knowledge.shared",
            MEMBER,
            json!({"recipients": ["leila"],
            "attributes": {"title": "bridges that hum", "topics": ["data"]}}),
        ),
        activity("river-4", "note.kept", MEMBER, json!({"object": "harbour-of-notes"})),
        activity("river-5", "post.liked", MEMBER, json!({"owner": "ingrid", "object": "blog/ingrid/hello"})),
    ]
}

/// The words that are in some file of a folder, and the file.
fn found(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let search = |file: PathBuf| {
        let bytes = fs::read(&file).unwrap().to_ascii_lowercase();
        let is_in = |word: &&str| {
            let word = word.to_ascii_lowercase();
            bytes.windows(word.len()).any(|part| part == word.as_bytes())
        };
        WORDS.into_iter().filter(is_in).map(|word| (word, file.clone())).collect::<Vec<_>>()
    };
    files.flat_map(search).collect()
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
    let company = Company::with_the_member();
    let intranet = company.start();
    let before = views(&intranet);
    intranet.kill();
    let in_files = found(&company.data());
    for word in WORDS {
        assert!(in_files.iter().any(|(found, _)| *found == word), "the search does not find `{word}`");
    }

    let said = company.erased();
    assert_eq!(found(&company.data()), []);
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

/// Checks that names and standings are those that follow from the activities.
fn assert_consistent(company: &Company) {
    let open = || Connection::open(company.data().join("db.sqlite")).unwrap();
    let standings = || -> BTreeMap<String, Vec<u8>> {
        let db = open();
        let mut statement = db.prepare("SELECT member, bytes FROM standings").unwrap();
        statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    let before = standings();
    open().execute("DELETE FROM program", []).unwrap();
    company.start().kill();
    assert_eq!(standings(), before);
    let stray = "SELECT count(*) FROM names JOIN activities ON number = activity
                 WHERE NOT EXISTS (SELECT 1 FROM json_tree(content) WHERE atom = member)";
    assert_eq!(open().query_row(stray, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
}

#[test]
fn what_is_erased_does_not_come_back_when_it_is_sent_again() {
    let company = Company::with_the_member();
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

/// Everything that the database holds, table by table.
fn tables(folder: &Path) -> Vec<String> {
    let db = Connection::open(folder.join("db.sqlite")).unwrap();
    let tables = ["activities", "names", "voids", "standings", "program", "reports", "profiles", "erased", "remains"];
    let rows = tables.map(|table| {
        let mut statement = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            (0..columns).map(|column| Ok(format!("{:?}", row.get_ref(column)?))).collect::<Result<Vec<_>, _>>()
        });
        rows.unwrap().map(|row| format!("{table}: {:?}", row.unwrap())).collect::<Vec<_>>()
    });
    rows.concat()
}

#[test]
fn nothing_changes_until_the_id_is_repeated_and_where_erasing_would_be_wrong() {
    let company = Company::with_the_member();
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
    let none = TempDir::new().unwrap();
    let error = refused(&run(none.path(), &["--erase", "nobody", "--confirm", "nobody"]));
    assert!(error.contains("there is no database"), "{error}");
    assert_eq!(fs::read_dir(none.path()).unwrap().count(), 0, "it created a file");
    let intranet = company.start();
    let error = refused(&company.erase(&["--confirm", MEMBER]));
    assert!(error.contains("another server uses"), "{error}");
    drop(intranet);
    company.erased();
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
    let db = Connection::open(folder.path().join("db.sqlite")).unwrap();
    let left: Vec<String> = db
        .prepare("SELECT member FROM profiles WHERE profile LIKE '%ingrid%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(left, ["hannah"]);
}

#[test]
fn an_erasure_that_is_killed_has_done_all_or_nothing_and_the_next_start_clears_up() {
    let company = Company::with_the_member();
    let before = tables(&company.data());
    let (mut undone, mut done) = (0, 0);
    for milliseconds in (0..).step_by(4) {
        let copy = Company { folder: TempDir::new().unwrap() };
        fs::create_dir(copy.data()).unwrap();
        for file in fs::read_dir(company.data()).unwrap().map(|entry| entry.unwrap().path()) {
            fs::copy(&file, copy.data().join(file.file_name().unwrap())).unwrap();
        }
        fs::copy(company.people(), copy.people()).unwrap();
        let mut process = command(&copy.data())
            .args(["--people", &copy.people(), "--erase", MEMBER, "--confirm", MEMBER])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        let ended = process.try_wait().unwrap().is_some();
        let _ = process.kill();
        process.wait().unwrap();
        let after = tables(&copy.data());
        if after == before {
            undone += 1;
            copy.erased();
        } else {
            done += 1;
            let names = after.iter().filter(|row| row.to_lowercase().contains(MEMBER));
            assert_eq!(names.count(), 0, "after {milliseconds} ms");
            copy.start().kill();
        }
        assert_eq!(found(&copy.data()), [], "after {milliseconds} ms");
        if ended {
            break;
        }
    }
    assert!(undone > 0 && done > 0, "{undone} not begun, {done} done");
}

#[test]
fn bytes_that_another_program_holds_are_cleared_by_the_next_run() {
    let company = Company::with_the_member();
    let reader = Connection::open(company.data().join("db.sqlite")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM activities;").unwrap();
    let error = refused(&company.erase(&["--confirm", MEMBER]));
    assert!(error.contains("another program reads") && error.contains("run this again"), "{error}");
    assert_ne!(found(&company.data()), []);
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    let error = refused(&company.erase(&["--confirm", MEMBER]));
    assert!(error.contains("an erasure was interrupted") && error.contains("nothing is kept about"), "{error}");
    assert_eq!(found(&company.data()), []);
}

#[test]
fn the_log_names_nobody() {
    let company = Company::with_the_member();
    let db = Connection::open(company.data().join("db.sqlite")).unwrap();
    db.execute_batch(
        "UPDATE standings SET bytes = x'00';
         UPDATE activities SET content = replace(content, 'note.kept', 'note.lost');
         UPDATE activities SET content = replace(content, '\"words\":12', '\"words\":\"paper boats\"');
         UPDATE profiles SET profile = '\"paper boats\"' WHERE member = 'ingrid';",
    )
    .unwrap();
    drop(db);
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

#[test]
fn a_database_of_the_version_before_is_brought_up_to_date() {
    let folder = TempDir::new().unwrap();
    Intranet::start_with(folder.path(), &[]).kill();
    let before = tables(folder.path());
    let db = Connection::open(folder.path().join("db.sqlite")).unwrap();
    db.execute_batch("DROP TABLE erased; DROP TABLE remains; PRAGMA user_version = 3;").unwrap();
    drop(db);
    Intranet::start_with(folder.path(), &[]).kill();
    assert_eq!(tables(folder.path()), before);
}
