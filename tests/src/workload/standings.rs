//! Standings: the stream folded as a host with a database would, one member at a time, and the sum of what came out.

use knownfor::{Activity, Feed, Incoming, Program, Standing, Text, Tree};
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fmt::Write};

/// Lines that are read before they are folded.
const BATCH: usize = 256;

/// The standing of everyone who did something. It keeps no record and no ledger.
pub struct Standings {
    program: Program,
    feed: Feed,
    lines: u64,
    of: HashMap<Text, Standing>,
}

impl Standings {
    /// Nobody's yet.
    pub fn new(program: Program) -> Self {
        Self { program, feed: Feed::new("workload"), lines: 0, of: HashMap::new() }
    }

    /// Takes in the next lines of the stream: from JSON to the standing of everyone they name. Some are read before they are folded,
    /// so that the code of either stays in the cache.
    pub fn take<L: AsRef<str>>(&mut self, lines: &[L]) {
        let mut activities = Vec::with_capacity(BATCH);
        for lines in lines.chunks(BATCH) {
            for line in lines {
                self.lines += 1;
                let tree: Tree = serde_json::from_str(line.as_ref()).expect("a line is JSON");
                let read = self.program.read(&tree, &self.feed.line(self.lines)).expect("a line is an activity");
                let Incoming::Activity(activity) = read else { panic!("the program knows its kind") };
                activities.push(activity);
            }
            activities.drain(..).for_each(|activity| self.fold(&activity));
        }
    }

    fn fold(&mut self, activity: &Activity) {
        for member in self.program.members_of(activity) {
            // Most come again: their name is copied only the first time.
            let standing = match self.of.get_mut(member) {
                Some(standing) => standing,
                None => self.of.entry(member.clone()).or_insert_with(|| Standing::new(&self.program)),
            };
            self.program.apply(standing, member, activity).expect("the stream is in order");
        }
    }

    /// The sum of all standings.
    pub fn checksum(&self) -> String {
        checksum(&self.program, self.of.iter().map(|(member, standing)| (member.as_str(), standing)))
    }
}

/// The sum of standings: SHA-256, first 16 digits, of a line for each member in order, with points, level and badges.
pub fn checksum<'a>(program: &Program, standings: impl IntoIterator<Item = (&'a str, &'a Standing)>) -> String {
    let mut standings: Vec<_> = standings.into_iter().collect();
    standings.sort_unstable_by_key(|(member, _)| *member);
    let mut lines = Sha256::new();
    for (member, standing) in standings {
        let points = standing.total(program, "points").expect("the program has points");
        let mut badges: Vec<_> = standing.badges(program).into_iter().map(|(badge, ..)| badge).collect();
        badges.sort_unstable();
        // Levels are called by their number.
        let level = standing.level(program).unwrap_or("0");
        lines.update(format!("{member}\t{points}\t{level}\t{}\n", badges.join(",")));
    }
    let mut sum = String::new();
    for byte in &lines.finalize()[..8] {
        write!(sum, "{byte:02x}").expect("a string takes it");
    }
    sum
}
