//! Stream: half a year of an intranet's activities, a million JSON lines in order of time.

use super::{
    AUDIENCES, KINDS, TOPICS, TOWARDS_SOMEBODY,
    draws::{Draws, Zipf},
};
use serde::Serialize;

const LINES: u64 = 1_000_000;
/// The first second of 2024, in UTC.
const BEGIN: u64 = 1_704_067_200;
const SECONDS: u64 = 180 * 24 * 60 * 60;

/// The lines of the stream, without line ends. It is an iterator, because all lines at once would fill the memory.
pub struct Stream {
    draws: Draws,
    members: Zipf,
    next: u64,
}

/// One line, with its fields in the order they are written.
#[derive(Serialize)]
struct Line {
    id: u64,
    ts: u64,
    member: String,
    kind: &'static str,
    topics: Vec<String>,
    words: u64,
    audience: &'static str,
    counterpart: Option<String>,
}

impl Stream {
    /// The stream of a number of members.
    pub fn of(members: u64) -> Self {
        Self { draws: Draws::new(42), members: Zipf::new(members), next: 0 }
    }

    /// Draws all parts of a line. Their order defines the stream.
    fn line(&mut self, id: u64) -> Line {
        let draws = &mut self.draws;
        let member = self.members.member(draws);
        let kind = kind(draws);
        let words = draws.below(1_000);
        let audience = draws.one_of(&AUDIENCES);
        let mut topics = Vec::new();
        for _ in 0..=draws.below(3) {
            let topic = format!("t{:02}", draws.below(TOPICS));
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        let counterpart = TOWARDS_SOMEBODY.contains(&kind).then(|| self.members.member(draws));
        Line { id, ts: BEGIN + id * SECONDS / LINES, member, kind: KINDS[kind].0, topics, words, audience, counterpart }
    }
}

impl Iterator for Stream {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let id = self.next;
        self.next += 1;
        (id < LINES).then(|| serde_json::to_string(&self.line(id)).expect("a line has texts for keys"))
    }
}

/// A kind drawn by its share, as its index in [`KINDS`].
fn kind(draws: &mut Draws) -> usize {
    let mut drawn = draws.below(100);
    for (kind, (_, share)) in KINDS.iter().enumerate() {
        match drawn.checked_sub(*share) {
            Some(left) => drawn = left,
            None => return kind,
        }
    }
    unreachable!("the shares make a hundred")
}
