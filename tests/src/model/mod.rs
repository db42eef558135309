//! The slow model: PROGRAM.md implemented a second time, as plainly as possible, sharing no code with the core.
//!
//! Nothing is cached. To find the value of a tally, the effect of a limit or a badge that is due, the model scans all
//! earlier deeds again, so each function can be read beside the sentence it implements. It reads only generated
//! programs and activities, in the program's own format and without mistakes, and panics on anything else.

mod allowance;
mod badge;
mod challenge;
mod condition;
mod consent;
mod deed;
mod goal;
mod level;
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

pub use allowance::{Given, given};
pub use challenge::Pilot;
pub use consent::{Consent, PARTS, Viewer};
pub use limit::Holder;
pub use topic::Topic;

/// One line of a ledger, as the model writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// The activity's time as written. If time alone brought the line, that moment in UTC.
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
    /// The object, or other key, that it is for.
    pub object: Option<String>,
    /// The currency; only for rules and rewards.
    pub currency: Option<String>,
    /// Points; 0 for badges and levels.
    pub amount: i64,
    /// The grade of a badge.
    pub grade: Option<String>,
    /// A live badge or level was lost.
    pub taken: bool,
    /// How many times it has been given, if it can be given again.
    pub times: Option<i64>,
    /// A rule deferred it until its `from`.
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
    /// Its amount is 0 for this activity.
    Nothing,
    /// A limit or the floor left nothing.
    Held(Holder),
}

/// What the model knows about one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The ledger, in order.
    pub lines: Vec<Line>,
    /// Total of each currency, in its present window.
    pub totals: BTreeMap<String, i64>,
    /// The points redeemed in each currency, in its present window; never above 0.
    pub spent: BTreeMap<String, i64>,
    /// The highest level held.
    pub level: Option<String>,
    /// Completeness of the profile in percent.
    pub completeness: i64,
    /// Badges held: name, grade, object.
    pub badges: BTreeSet<(String, Option<String>, Option<String>)>,
    /// The badges that others see if held: accepted if that is required, and not hidden.
    pub shown: BTreeSet<String>,
    /// Who sees the member.
    pub consent: Consent,
    /// What the member is known for, strongest first.
    pub topics: Vec<Topic>,
    /// Whether members claim topics, so others see only claimed ones.
    pub claims_topics: bool,
    /// What taking part has brought the member.
    pub gains: BTreeMap<String, i64>,
    /// The day of the last deed that lives, in the program's zone.
    pub last_day: String,
    /// The challenges that the member joined.
    pub challenges: BTreeMap<String, Pilot>,
    /// Why a rule gave nothing, by source, id and rule. Deeds that reverse something appear only because of
    /// conditions.
    pub skips: BTreeMap<(String, String, String), Reason>,
    /// The activities whose points a rule deferred until its `from`, by source, id and rule.
    pub kept: BTreeSet<(String, String, String)>,
    /// How many gifts a limit or the floor reduced.
    pub held_back: usize,
    /// How many deeds were reversed.
    pub dead: usize,
    /// How many reverses removed something, and how many of those were themselves reversed.
    pub reverses: (usize, usize),
    /// How often a badge was renewed, and how often one was given again after it lapsed.
    pub renewed: (usize, usize),
    /// How often a reverse changed points in a past window of a currency, which is not booked.
    pub over: usize,
}

/// The first day of the window that a time falls into. An actor's days follow the offset of the time, all others' the
/// program's zone.
pub fn window(program: &Value, at: &str, of_actor: bool, per: &str) -> String {
    let ((instant, offset), zone) = (time::read(at), time::zone(program));
    let local = offset.filter(|_| of_actor).map(|offset| offset.to_datetime(instant));
    let day = local.map_or_else(|| zone.day(instant), |local| zone.day_of(local));
    time::window(day, per, time::Turns::of(program)).to_string()
}

/// Works out every member's ledger from a record in any order, as of `now` or, without it, after the last activity.
/// Activities in `voids` (source and id) are left out.
pub fn run(
    program: &Value,
    record: &[Value],
    voids: &BTreeSet<(String, String)>,
    now: Option<Timestamp>,
) -> BTreeMap<String, Known> {
    let (mut deeds, zone): (Vec<Deed>, _) = (Vec::new(), time::zone(program));
    for activity in record {
        let deed = Deed::read(program, &zone, activity);
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
