//! The slow model: PROGRAM.md written down a second time, as plainly as it can be, sharing no code with the core.
//!
//! Nothing is kept up to date here. To know what a tally is, what a limit leaves or whether a badge is due, the model goes
//! through all earlier deeds again, so each function can be read beside the sentence it stands for. Programs and activities
//! are those that the laws make up, in their own format and free of mistakes; the model panics on anything else.

mod badge;
mod challenge;
mod condition;
mod consent;
mod deed;
mod goal;
mod limit;
mod living;
mod member;
mod points;
mod streak;
mod tally;
mod time;
mod topic;
mod walk;

use deed::Deed;
use jiff::Timestamp;
use member::Member;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use walk::Walk;

pub use challenge::Pilot;
pub use consent::{Consent, PARTS, Viewer};
pub use limit::Holder;
pub use topic::Topic;

/// One line of a ledger, as the model writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The activity's time as written, or the moment in UTC at which time alone brought the line.
    pub at: String,
    /// The activity's source.
    pub source: String,
    /// The activity's id.
    pub activity: String,
    /// The activity's kind.
    pub kind: String,
    /// `rule`, `reward`, `badge` or `level`.
    pub cause: &'static str,
    /// Name of the rule, reward, badge or level.
    pub name: String,
    /// The member's role; only for rules.
    pub role: String,
    /// What it is for.
    pub object: Option<String>,
    /// The currency; only for rules and rewards.
    pub currency: Option<String>,
    /// Points; 0 for badges and levels.
    pub amount: i64,
    /// The grade of a badge.
    pub grade: Option<String>,
    /// A live badge or level went.
    pub taken: bool,
    /// How often by now, where it may come again.
    pub times: Option<i64>,
    /// A rule had kept it for its `from`.
    pub backfill: bool,
}

impl Line {
    fn is_of(&self, cause: &str, name: &str) -> bool {
        self.cause == cause && self.name == name
    }
}

/// Why a rule of the kind and role gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The activity is not between its `from` and its `until`.
    Version,
    /// Its condition did not hold.
    Condition,
    /// What it gives comes to nothing for this activity.
    Nothing,
    /// A limit or the floor left nothing.
    Held(Holder),
}

/// What the model knows of one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The ledger, in its order.
    pub lines: Vec<Line>,
    /// Total of each currency, in its present window.
    pub totals: BTreeMap<String, i64>,
    /// What was redeemed of each currency, in its present window; never above 0.
    pub spent: BTreeMap<String, i64>,
    /// The highest level held.
    pub level: Option<String>,
    /// Completeness of the profile in percent.
    pub completeness: i64,
    /// Badges held: name, grade, object.
    pub badges: BTreeSet<(String, Option<String>, Option<String>)>,
    /// The badges that others see, where they are held: accepted where that is asked for, and not hidden.
    pub shown: BTreeSet<String>,
    /// What they said of who sees them.
    pub consent: Consent,
    /// What they are known for, strongest first.
    pub topics: Vec<Topic>,
    /// The program lets members claim topics, and others see those alone.
    pub claims_topics: bool,
    /// What they have from taking part.
    pub gains: BTreeMap<String, i64>,
    /// The challenges that they joined.
    pub challenges: BTreeMap<String, Pilot>,
    /// By source, id and rule, why the rule gave nothing; for deeds that reverse nothing, and for conditions.
    pub skips: BTreeMap<(String, String, String), Reason>,
    /// By source, id and rule, what a rule kept for its `from` when the activity came.
    pub kept: BTreeSet<(String, String, String)>,
    /// How many gifts a limit or the floor made less.
    pub held_back: usize,
    /// How many deeds no longer live because they were reversed.
    pub dead: usize,
    /// How many reverses hit something, and how many of them were themselves reversed.
    pub reverses: (usize, usize),
    /// How often a badge was renewed, and how often one was given anew after it had lapsed.
    pub renewed: (usize, usize),
    /// How often a reverse changed what was given in a window of a currency that is over, which is not booked.
    pub over: usize,
}

/// Works out every member's ledger from a record in any order, as it is at `now` or, without one, after the last activity.
/// Activities in `voids` (source and id) never were.
pub fn run(
    program: &Value,
    record: &[Value],
    voids: &BTreeSet<(String, String)>,
    now: Option<Timestamp>,
) -> BTreeMap<String, Known> {
    let mut deeds: Vec<Deed> = Vec::new();
    for activity in record {
        let deed = Deed::read(program, activity);
        let known = deeds.iter().any(|known| known.source == deed.source && known.id == deed.id);
        if !known && !voids.contains(&(deed.source.clone(), deed.id.clone())) {
            deeds.push(deed);
        }
    }
    let members: BTreeSet<String> = deeds.iter().flat_map(Deed::members).map(str::to_owned).collect();
    let mut known = BTreeMap::new();
    for name in members {
        let walk = Walk::whole(Member::new(program, &name, deeds.clone()), now);
        known.insert(name, walk.known(now));
    }
    known
}
