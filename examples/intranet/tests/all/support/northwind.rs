//! The demonstration's company, in which one member takes part, leaves and is erased.

use super::{
    server::{Intranet, command},
    store::Database,
};
use crate::ON_POSTGRES;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};
use tempfile::TempDir;

/// The member who is erased.
pub const MEMBER: &str = "tomasz";
/// Words of theirs, and their names. In the beginning the database has all of them.
pub const WORDS: [&str; 8] = [
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
pub struct Northwind {
    pub folder: TempDir,
}

impl Northwind {
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn people(&self) -> String {
        self.folder.path().join("people.json").to_str().unwrap().into()
    }

    /// The company after the member has taken part. The server was killed, so the log is still there.
    pub fn with_the_member() -> Self {
        let company = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(company.data()).unwrap();
        let mut people: Vec<Value> = serde_json::from_str(include_str!("../../../people.json")).unwrap();
        people.retain(|person| person["id"] != MEMBER);
        fs::write(company.people(), json!(people).to_string()).unwrap();
        let intranet = Intranet::start_with(&company.data(), &[]);
        take_part(&intranet);
        intranet.kill();
        company
    }

    /// The intranet once the member has left the directory.
    pub fn start(&self) -> Intranet {
        Intranet::start_with(&self.data(), &["--people", &self.people()])
    }

    pub fn erase(&self, more: &[&str]) -> Output {
        let people = self.people();
        run(&self.data(), &[&["--people", &people, "--erase", MEMBER][..], more].concat())
    }

    /// Erases the member, and returns what the command said.
    pub fn erased(&self) -> String {
        let output = self.erase(&["--confirm", MEMBER]);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// Runs the binary on the database in a folder.
pub fn run(folder: &Path, options: &[&str]) -> Output {
    command(folder).args(options).output().unwrap()
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
    let at = jiff::Timestamp::now().to_string();
    let bread = json!({"id": "bread", "at": at, "kind": "expert.asked", "actor": "mei", "owner": "leila",
        "attributes": {"topic": "sourdough"}});
    for batch in [&from_the_platform()[..], &[bread, json!({"void": "river-3"}), json!({"void": "tomasz-9"})]] {
        let answer = intranet.send(json!(batch));
        assert_eq!(answer.status, 200, "{answer:?}");
    }
}

/// Activities of and about the member on the social platform.
pub fn from_the_platform() -> Vec<Value> {
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
    let shared = json!({"recipients": ["leila"], "attributes": {"title": "bridges that hum", "topics": ["data"]}});
    vec![
        activity("river-1", "blog.published", MEMBER, titled),
        activity("river-2", "post.commented", "marcus", comment.clone()),
        // Its id names the member, and its owner is left out.
        activity("for-tomasz-1", "post.commented", "grace", json!({"object": "blog/77/a map of rivers"})),
        activity("tomasz-2", "post.liked", "grace", post),
        activity("river-3", "post.commented", "leila", comment),
        activity("river-6", "knowledge.shared", MEMBER, shared),
        // An object of theirs that is called like a topic, which stays.
        activity("river-7", "expert.asked", "mei", json!({"owner": MEMBER, "object": "sourdough"})),
        activity("river-4", "note.kept", MEMBER, json!({"object": "harbour-of-notes"})),
        activity("river-5", "post.liked", MEMBER, json!({"owner": "ingrid", "object": "blog/ingrid/hello"})),
    ]
}

/// The words of the member's that are in some file of a folder, or in a table, and where.
pub fn found(folder: &Path) -> Vec<(&'static str, PathBuf)> {
    found_in(folder, &WORDS)
}

/// The words that are in some file of a folder, or in a table, and where.
pub fn found_in(folder: &Path, words: &[&'static str]) -> Vec<(&'static str, PathBuf)> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|file| file.is_file());
    let read = files.filter(|file| !file.ends_with("people.json")).map(|file| (fs::read(&file).unwrap(), file));
    let search = |(bytes, place): (Vec<u8>, PathBuf)| {
        let bytes = bytes.to_ascii_lowercase();
        let is_in = |word: &&str| {
            let word = word.to_ascii_lowercase();
            bytes.windows(word.len()).any(|part| part == word.as_bytes())
        };
        words.iter().copied().filter(is_in).map(|word| (word, place.clone())).collect::<Vec<_>>()
    };
    // What a table has as bytes has texts in it, too.
    let decoded = |row: String| {
        let byte = |at| row.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let offset = row.rfind(' ').map_or(0, |space| space + 1);
        let bytes = (offset..row.len()).step_by(2).map_while(byte).collect::<Vec<_>>();
        [row.into_bytes(), bytes].concat()
    };
    let rows = tables(folder).into_iter().map(|row| (decoded(row), PathBuf::from("a table")));
    read.chain(rows).flat_map(search).collect()
}

/// Everything that the database holds, table by table.
pub fn tables(folder: &Path) -> Vec<String> {
    let db = Database::of(folder);
    let tables = [
        "activities",
        "names",
        "voids",
        "standings",
        "reports",
        "profiles",
        "looks",
        "erased",
        "sums",
        "sealed",
        "phase",
    ];
    let of_file = (!ON_POSTGRES).then_some("remains");
    let rows = |table| {
        let rows = db.rows(&format!("SELECT * FROM {table}"));
        let mut lines: Vec<_> = rows.iter().map(|row| format!("{table}: {}", row.join(", "))).collect();
        lines.sort();
        lines
    };
    tables.into_iter().chain(of_file).flat_map(rows).collect()
}
