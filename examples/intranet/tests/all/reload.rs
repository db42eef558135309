//! Reload: a hangup signal has the server read people and sources again, or keep both if one cannot be used.
#![cfg(unix)]

use crate::support::{
    company::{Company, SAM, TOKEN, deed, sam_shows_all, sources},
    server::{Intranet, REAL_SIGN_IN},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The token `other`, as SHA-256.
const OTHER_TOKEN: &str = "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

/// A server whose files the test changes.
struct Reloaded {
    intranet: Intranet,
    folder: TempDir,
}

impl Reloaded {
    fn of(people: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let record: String = sam_shows_all().iter().map(|deed| format!("{deed}\n")).collect();
        let files = [("people.json", list(people)), ("sources.toml", sources()), ("record.jsonl", record)];
        let paths = files.map(|(name, text)| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        });
        let options = ["--people", &paths[0], "--sources", &paths[1], "--import", &paths[2]];
        let log = fs::File::create(folder.path().join("log")).unwrap();
        let options = [&REAL_SIGN_IN[..], &options].concat();
        Self { intranet: Intranet::start_with_log(folder.path(), &options, log.into()), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn ask(&self, path: &str, viewer: &str) -> (u16, String) {
        let mut answer = self.ask_raw(path, viewer);
        (answer.status().as_u16(), answer.body_mut().read_to_string().unwrap())
    }

    fn ask_raw(&self, path: &str, viewer: &str) -> ureq::http::Response<ureq::Body> {
        let request = self.intranet.agent.get(format!("{}{path}", self.intranet.address));
        request.header("x-remote-user", viewer).call().unwrap()
    }

    /// Sends the signal, and waits until the log has this many lines that say what became of it. Returns the last.
    fn reload(&self, lines: usize) -> Value {
        self.intranet.signal("HUP");
        let begun = Instant::now();
        loop {
            let log = fs::read_to_string(self.path("log")).unwrap();
            let said: Vec<&str> =
                log.lines().filter(|line| line.contains("sources") && line.contains("people")).collect();
            if said.len() >= lines {
                return serde_json::from_str(said[lines - 1]).unwrap();
            }
            assert!(begun.elapsed() < Duration::from_secs(10), "the signal had no effect: {log}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn list(people: &[&str]) -> String {
    let listed: Vec<Value> =
        people.iter().map(|id| json!({"id": id, "name": format!("The {id}"), "team": "red"})).collect();
    json!(listed).to_string()
}

#[test]
fn people_who_come_and_go_and_new_tokens_need_no_restart() {
    let company = Reloaded::of(&["mate", SAM]);
    let expert = |company: &Reloaded| company.ask("/api/experts?topic=thread", "mate").1.contains("\"sam\"");
    assert!(expert(&company));
    assert_eq!(company.ask("/", "new").0, 403);
    fs::write(company.path("people.json"), list(&["mate", "new"])).unwrap();
    let token = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    fs::write(company.path("sources.toml"), sources().replace(token, OTHER_TOKEN)).unwrap();
    assert_eq!(company.reload(1)["message"], "read 2 people and 1 sources again");

    assert_eq!(company.ask("/", "new").0, 200);
    // People who are gone see nothing, and nobody sees them, even after something happens to them.
    let like = |id: &str| {
        let mut like = deed(70, "post.liked", "mate", json!({"owner": SAM, "object": "blog/sam/1"}));
        like["id"] = json!(id);
        like.to_string()
    };
    assert_eq!(company.intranet.post("/api/activities", TOKEN, like("1")).status, 401);
    assert_eq!(company.intranet.post("/api/activities", "other", like("1")).status, 200);
    assert_eq!((company.ask("/", SAM).0, company.ask("/api/members/sam/view", "mate").0), (403, 404));
    assert!(!expert(&company));
    assert_eq!(company.ask("/api/people?beginning=the", "mate").1.matches("\"member\"").count(), 1);
    // What happened in the meantime counts once they are back.
    fs::write(company.path("people.json"), list(&["mate", "new", SAM])).unwrap();
    company.reload(2);
    assert!(expert(&company));
    let view: Value = serde_json::from_str(&company.ask("/api/members/sam/view", SAM).1).unwrap();
    let entries = company.ask("/api/members/sam/entries", SAM).1;
    assert!(view["own"] == json!(true) && entries.contains("\"activity\":\"1\""), "{entries}");
}

#[test]
fn files_that_cannot_be_used_are_named_and_both_stay_as_they_were() {
    let company = Reloaded::of(&["mate", SAM]);
    let demonstration = include_str!("../../sources.toml");
    let before = fs::read_to_string(company.path("sources.toml")).unwrap();
    for (number, (file, text, says)) in [
        ("people.json", "[{\"id\": \"mate\"", "people.json is not a list of people"),
        ("people.json", &list(&["mate", "mate"]), "two people have the id `mate`"),
        ("sources.toml", "[past]\ntoken_sha256 = \"7\"\nkinds = []\n", "sources.toml cannot be used"),
        ("sources.toml", demonstration, "the tokens of these sources are the demonstration's"),
    ]
    .into_iter()
    .enumerate()
    {
        // The other file would be fine.
        fs::write(company.path("people.json"), list(&["mate"])).unwrap();
        fs::write(company.path("sources.toml"), &before).unwrap();
        fs::write(company.path(file), text).unwrap();
        let said = company.reload(number + 1);
        assert_eq!(said["level"], "ERROR", "{said}");
        assert!(said["message"].as_str().unwrap().contains(says), "{said}");
        assert_eq!(company.ask("/", SAM).0, 200, "{says}: people were read again");
        assert_eq!(company.intranet.post("/api/voids", TOKEN, "{\"id\": \"no\"}").status, 200, "{says}");
    }
}

#[test]
fn the_company_of_the_tests_has_what_this_one_has() {
    // If the token of the sources changed, the first test would prove nothing.
    let company = Company::with(&[], &[]);
    assert_eq!(company.intranet.post("/api/voids", TOKEN, "{\"id\": \"no\"}").status, 200);
    assert_eq!(company.intranet.post("/api/voids", "other", "{\"id\": \"no\"}").status, 401);
}
