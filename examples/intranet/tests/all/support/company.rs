//! Invented companies that differ in one thing: what Sam has done.

use crate::support::server::{Answer, Intranet, REAL_SIGN_IN};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::{fs, sync::LazyLock};
use tempfile::TempDir;

/// The member whom the others look at.
pub const SAM: &str = "sam";
/// One viewer in Sam's team, one in another team, and one there who runs the programme.
pub const VIEWERS: [&str; 3] = ["mate", "other", "boss"];
/// Words that occur only in Sam's profile.
pub const WORDS: &str = "quilts from forgotten letters";
/// A topic that only Sam claims.
pub const TOPIC: &str = "zebra quilts";

/// The token of the one source, which may send everything.
pub const TOKEN: &str = "test";

/// A company with a server of its own.
pub struct Company {
    pub intranet: Intranet,
    _folder: TempDir,
}

/// When the first activity of every company happened: yesterday, because some figures change once a day.
static FIRST: LazyLock<Timestamp> = LazyLock::new(|| Timestamp::now() - SignedDuration::from_hours(30));

/// An activity. `minute` orders activities.
pub fn deed(minute: i64, kind: &str, actor: &str, more: Value) -> Value {
    let at = (*FIRST + SignedDuration::from_mins(minute)).to_string();
    let mut deed = json!({"id": format!("{minute}-{actor}"), "at": at, "kind": kind, "actor": actor});
    for (key, value) in more.as_object().into_iter().flatten() {
        deed[key] = value.clone();
    }
    deed
}

impl Company {
    /// A company in which these activities happened too, and whose directory lacks the people left out.
    pub fn with(deeds: &[Value], left_out: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let people: Vec<Value> =
            people().into_iter().filter(|person| !left_out.contains(&person["id"].as_str().unwrap())).collect();
        let people = write("people.json", json!(people).to_string());
        let sources = write("sources.toml", sources());
        let record = colleagues().into_iter().chain(deeds.iter().cloned());
        let record = write("record.jsonl", record.map(|deed| format!("{deed}\n")).collect());
        let options = ["--people", &people, "--sources", &sources, "--import", &record];
        Self { intranet: Intranet::start_with(folder.path(), &[&REAL_SIGN_IN[..], &options].concat()), _folder: folder }
    }

    /// A request as the proxy passes it on for a viewer, or for nobody if the name is empty. A body that is not JSON
    /// is a form.
    pub fn ask(&self, method: &str, path: &str, viewer: &str, body: &str) -> Answer {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.intranet.address))
            .header("sec-fetch-site", "same-origin")
            // An error before the body was read ends the connection.
            .header("connection", "close");
        let request = match body.starts_with('{') {
            true => request.header("content-type", "application/json"),
            false => request.header("content-type", "application/x-www-form-urlencoded"),
        };
        let request = if viewer.is_empty() { request } else { request.header("x-remote-user", viewer) };
        Answer::of(self.intranet.agent.run(request.body(body.to_owned()).unwrap()).unwrap())
    }
}

fn people() -> Vec<Value> {
    let person =
        |id: &str, team: &str| json!({"id": id, "name": format!("The {id}"), "role": "Consultant", "team": team});
    let mut people: Vec<Value> =
        (0..10).map(|number| person(&format!("c{number}"), if number < 3 { "red" } else { "blue" })).collect();
    let mut sam = person(SAM, "red");
    sam["profile"] = json!({"headline": format!("I sew {WORDS}"), "known-for": [TOPIC, "thread"]});
    let mut boss = person("boss", "blue");
    boss["runs_program"] = json!(true);
    people.extend([sam, boss, person("mate", "red"), person("other", "blue")]);
    people
}

/// One source, known by [`TOKEN`], that may send what the demonstration's sources may send together.
pub fn sources() -> String {
    let sources: toml::Table = include_str!("../../../sources.toml").parse().unwrap();
    let kinds: Vec<String> = sources
        .values()
        .flat_map(|source| source["kinds"].as_array().unwrap())
        .map(|kind| format!("{:?}", kind.as_str().unwrap()))
        .collect();
    let token = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    format!("[past]\ntoken_sha256 = \"{token}\"\nkinds = [{}]\n", kinds.join(", "))
}

/// What the others do, the same in every company. Some are on the board, and some interact with Sam.
fn colleagues() -> Vec<Value> {
    let mut deeds = Vec::new();
    // With Sam these are as many as a board shows.
    let on_board = ["c0", "c1", "c2", "c3", "c4", "mate", "other", "boss"];
    let colleagues = (0..10).map(|number| format!("c{number}")).chain(VIEWERS.map(String::from));
    for (number, colleague) in colleagues.enumerate() {
        let first = number as i64 * 10;
        deeds.push(deed(first, "profile.published", &colleague, json!({})));
        if on_board.contains(&colleague.as_str()) {
            deeds.push(deed(first + 1, "board.joined", &colleague, json!({})));
        }
        for post in 0..first / 10 % 4 {
            let attributes = json!({"words": 400, "topics": ["paper"]});
            let says =
                json!({"owner": colleague, "object": format!("blog/{colleague}/{post}"), "attributes": attributes});
            deeds.push(deed(first + 2 + post, "blog.published", &colleague, says));
        }
        deeds.push(deed(first + 7, "topics.claimed", &colleague, json!({"attributes": {"topics": ["paper"]}})));
    }
    for (number, colleague) in VIEWERS.into_iter().enumerate() {
        let first = 200 + number as i64 * 10;
        let thanks = json!({"recipients": [SAM], "attributes": {"topic": TOPIC}});
        deeds.push(deed(first, "kudos.given", colleague, thanks));
        deeds.push(deed(first + 1, "post.liked", colleague, json!({"owner": SAM, "object": "blog/sam/1"})));
        let asked = json!({"owner": SAM, "attributes": {"topic": TOPIC}});
        deeds.push(deed(first + 2, "expert.asked", colleague, asked));
    }
    deeds
}

/// What Sam does without publishing: profile, topics, posts, practice, a challenge, a board, being a role model.
pub fn sam_takes_part() -> Vec<Value> {
    let topics = json!({"attributes": {"topics": ["thread", TOPIC]}});
    let post =
        json!({"owner": SAM, "object": "blog/sam/1", "attributes": {"words": 400, "title": WORDS, "topics": [TOPIC]}});
    vec![
        deed(300, "challenge.joined", SAM, json!({"object": "first-thirty-days"})),
        deed(301, "profile.updated", SAM, json!({"profile": {"headline": "done", "known-for": "done"}})),
        deed(302, "topics.claimed", SAM, topics),
        deed(303, "note.kept", SAM, json!({})),
        deed(304, "practice.recorded", SAM, json!({"attributes": {"seconds": 60}})),
        deed(305, "blog.published", SAM, post),
        deed(306, "board.joined", SAM, json!({})),
        deed(307, "model.agreed", SAM, json!({})),
    ]
}

/// Sam's record, all of it shared with the company.
pub fn sam_shows_all() -> Vec<Value> {
    let mut deeds = sam_takes_part();
    deeds.push(deed(320, "profile.published", SAM, json!({})));
    let all = json!({"attributes": {"share_points": "company", "share_badges": "company", "share_topics": "company",
        "share_profile": "company", "share_boards": "company"}});
    deeds.push(deed(321, "audience.said", SAM, all));
    deeds
}

/// The same, with some parts then shared with `audience` only.
pub fn sam_shares(parts: &[&str], audience: &str) -> Vec<Value> {
    let mut deeds = sam_shows_all();
    let attributes: serde_json::Map<String, Value> =
        parts.iter().map(|part| (format!("share_{part}"), json!(audience))).collect();
    deeds.push(deed(322, "audience.said", SAM, json!({"attributes": attributes})));
    deeds
}
