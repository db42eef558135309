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
        let mut places = Vec::with_capacity(BATCH);
        for lines in lines.chunks(BATCH) {
            lines.iter().for_each(|line| self.read(line.as_ref(), &mut activities));
            let named: Vec<_> = activities
                .iter()
                .flat_map(|activity: &Activity| activity.members().map(move |member| (member, activity)))
                .collect();
            places.extend(named.iter().map(|(member, _)| self.place(member)));
            // `apply` checks this, too. Checking all standings first loads their memory in parallel.
            let mut moments = places.iter().zip(&named).map(|(place, (_, activity))| (*place, activity.at()));
            let in_order = moments.all(|(place, at)| self.standings[place].last_at() <= Some(at));
            assert!(in_order, "the stream is in order");
            for (place, (member, activity)) in places.drain(..).zip(named) {
                let applied = self.program.apply(&mut self.standings[place], member, activity);
                applied.expect("the stream is in order");
            }
            activities.clear();
        }
    }

    fn read(&mut self, line: &str, activities: &mut Vec<Activity>) {
        self.lines += 1;
        let mut json = Deserializer::from_str(line);
        let read = self.program.read(&mut json, &self.feed.line(self.lines));
        json.end().expect("nothing else is in it");
        let Ok(Incoming::Activity(activity)) = read else { panic!("a line is an activity of a known kind: {read:?}") };
        activities.push(activity);
    }

    /// The index of a member's standing. Most members return.
    fn place(&mut self, member: &Text) -> usize {
        if let Some(place) = self.places.get(member) {
            return *place;
        }
        let place = self.standings.len();
        self.places.insert(member.clone(), place);
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
