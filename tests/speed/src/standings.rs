//! Standings: the stream folded one member at a time, as a host with a database does, and the checksum of the result.

use foldhash::fast::RandomState;
use knownfor::{Activity, Feed, Incoming, Program, Standing, Text};
use serde_json::Deserializer;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fmt::Write};

/// How many lines are read before they are folded.
const BATCH: usize = 512;

/// The standing of everyone who did something. It keeps no record and no ledger.
pub struct Standings {
    program: Program,
    feed: Feed,
    lines: u64,
    /// The index of each member's standing.
    places: HashMap<Text, usize, RandomState>,
    standings: Vec<Standing>,
}

/// A member that an activity names.
pub struct Named<'a> {
    /// The index of the member's standing.
    place: usize,
    member: &'a str,
    activity: &'a Activity,
}

impl Standings {
    /// An empty standing to clone.
    pub fn new(program: Program) -> Self {
        Self { program, feed: Feed::new("workload"), lines: 0, places: HashMap::default(), standings: Vec::new() }
    }

    /// Folds the next lines of the stream into the standing of everyone they name. In batches, lines are read, then
    /// all their members are looked up, then they are folded. The code of each step stays in the cache that way, and
    /// the memory of many members is loaded at once.
    pub fn take<L: AsRef<str>>(&mut self, lines: &[L]) {
        let mut activities = Vec::with_capacity(BATCH);
        for lines in lines.chunks(BATCH) {
            self.read(lines, &mut activities);
            let named = self.look_up(&activities);
            // `apply` checks this, too. Checking all standings first loads their memory in parallel.
            let is_in_order = |named: &Named| self.standings[named.place].last_at() <= Some(named.activity.at());
            assert!(named.iter().all(is_in_order), "the stream is in order");
            self.apply(&named);
            activities.clear();
        }
    }

    /// Reads the next lines of the stream.
    pub fn read<L: AsRef<str>>(&mut self, lines: &[L], activities: &mut Vec<Activity>) {
        for line in lines {
            self.lines += 1;
            let mut json = Deserializer::from_str(line.as_ref());
            let read = self.program.read(&mut json, &self.feed.line(self.lines));
            json.end().expect("nothing else is in it");
            let Ok(Incoming::Activity(activity)) = read else {
                panic!("a line is an activity of a known kind: {read:?}")
            };
            activities.push(activity);
        }
    }

    /// The members that activities name.
    pub fn look_up<'a>(&mut self, activities: &'a [Activity]) -> Vec<Named<'a>> {
        let named = activities.iter().flat_map(|activity| activity.members().map(move |member| (member, activity)));
        named.map(|(member, activity)| Named { place: self.place(member), member, activity }).collect()
    }

    /// Folds activities into the standings of the members that they name.
    pub fn apply(&mut self, named: &[Named<'_>]) {
        for Named { place, member, activity } in named {
            let applied = self.program.apply(&mut self.standings[*place], member, activity);
            applied.expect("the stream is in order");
        }
    }

    /// How many standings there are.
    pub fn count(&self) -> usize {
        self.standings.len()
    }

    /// The index of a member's standing. Most members return.
    fn place(&mut self, member: &str) -> usize {
        if let Some(place) = self.places.get(member) {
            return *place;
        }
        let place = self.standings.len();
        self.places.insert(member.into(), place);
        self.standings.push(Standing::new(&self.program));
        place
    }

    /// The checksum of all standings.
    pub fn checksum(&self) -> String {
        let standings = self.places.iter().map(|(member, place)| (member.as_str(), &self.standings[*place]));
        checksum(standings)
    }
}

/// The checksum of standings: the first 16 digits of the SHA-256 of one line for each member, in order, with points,
/// level and badges.
pub fn checksum<'a>(standings: impl IntoIterator<Item = (&'a str, &'a Standing)>) -> String {
    let mut standings: Vec<_> = standings.into_iter().collect();
    standings.sort_unstable_by_key(|(member, _)| *member);
    let mut lines = Sha256::new();
    for (member, standing) in standings {
        let points = standing.total("points").expect("the program has points");
        let mut badges: Vec<_> = standing.badges().into_iter().map(|badge| badge.name).collect();
        badges.sort_unstable();
        // Levels are identified by their number.
        let level = standing.level().unwrap_or("0");
        lines.update(format!("{member}\t{points}\t{level}\t{}\n", badges.join(",")));
    }
    let mut sum = String::new();
    for byte in &lines.finalize()[..8] {
        write!(sum, "{byte:02x}").expect("a string takes it");
    }
    sum
}
