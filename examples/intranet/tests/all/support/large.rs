//! A large company: a server with as many people as a test asks for, who all have a record.

use crate::support::{
    company::{deed, sources},
    server::{Intranet, REAL_SIGN_IN, command},
};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tempfile::TempDir;

/// A server whose people are all published, on the board, and have a record.
pub struct LargeCompany {
    pub intranet: Intranet,
    folder: TempDir,
}

impl LargeCompany {
    /// With about a hundred activities of each.
    pub fn with(people: usize) -> Self {
        Self::of(people, [20, 40], command)
    }

    /// With this many posts of each person, and two more activities for each of these colleagues. `server` is the
    /// command that starts the server, with a database of its own.
    pub fn of(people: usize, each: [usize; 2], server: impl Fn(&Path) -> Command) -> Self {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let listed: Vec<Value> = (0..people)
            .map(|number| {
                let team = format!("t{}", number / 8);
                json!({"id": person(number), "name": format!("Person {number}"), "team": team})
            })
            .collect();
        write("people.json", json!(listed).to_string());
        write("sources.toml", sources());
        let record = (0..people).flat_map(|number| record(number, people, each));
        let record = write("record.jsonl", record.map(|deed| format!("{deed}\n")).collect());
        let intranet = started(&folder, &server, &["--import", &record]);
        Self { intranet, folder }
    }

    /// The same after a restart, which leaves the memory that the import took.
    pub fn restarted(self, server: impl Fn(&Path) -> Command) -> Self {
        let Self { intranet, folder } = self;
        intranet.kill();
        Self { intranet: started(&folder, &server, &[]), folder }
    }

    /// The time that the server has computed for, on all cores.
    pub fn cpu(&self) -> Duration {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.intranet.id())).unwrap();
        let fields = stat.rsplit_once(") ").unwrap().1.split(' ').skip(11).take(2);
        // Linux counts hundredths of a second, whatever the machine.
        Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum())
    }

    /// The memory that the server holds, and the most that it has held so far, in MiB.
    pub fn memory_mib(&self) -> (u64, u64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.intranet.id())).unwrap();
        let figure = |name| {
            let figure = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            figure.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
        };
        (figure("VmRSS:"), figure("VmHWM:"))
    }
}

fn started(folder: &TempDir, server: &impl Fn(&Path) -> Command, more: &[&str]) -> Intranet {
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (people, sources) = (path("people.json"), path("sources.toml"));
    let options = ["--people", &people, "--sources", &sources];
    let options = [&REAL_SIGN_IN[..], &options, more].concat();
    Intranet::start_by(server(folder.path()), folder.path(), &options, Stdio::inherit())
}

pub fn person(number: usize) -> String {
    format!("p{number}")
}

/// What one person has done and been thanked for in about a year.
fn record(number: usize, people: usize, [posts, colleagues]: [usize; 2]) -> Vec<Value> {
    let member = person(number);
    let mut deeds = vec![
        deed(0, "profile.published", &member, json!({})),
        deed(1, "board.joined", &member, json!({})),
        deed(
            2,
            "topics.claimed",
            &member,
            json!({"attributes": {"topics": ["paper", "ink", format!("topic {number}")]}}),
        ),
    ];
    for post in 0..posts {
        let about = json!({"words": 400, "topics": ["paper", "ink"]});
        let says = json!({"owner": member, "object": format!("blog/{member}/{post}"), "attributes": about});
        deeds.push(deed(10 + post as i64, "blog.published", &member, says));
    }
    for other in 1..=colleagues {
        let colleague = person((number + other) % people);
        let like = json!({"owner": member, "object": format!("blog/{member}/{}", other % posts)});
        let mut like = deed(40, "post.liked", &colleague, like);
        like["id"] = json!(format!("like-{member}-{other}"));
        let mut thanks =
            deed(50, "kudos.given", &colleague, json!({"recipients": [member], "attributes": {"topic": "ink"}}));
        thanks["id"] = json!(format!("thanks-{member}-{other}"));
        deeds.extend([like, thanks]);
    }
    deeds
}
