//! Answers: the shapes in which the engine answers beside the views of the core.

use knownfor::{Entry, EntryLine, Outcome, PartLine, SkippedRule, Status};
use serde::Serialize;

/// Whether an activity or void was new, and what changed for whom.
#[derive(Serialize)]
pub(crate) struct OutcomeData {
    status: Status,
    members: Vec<MemberChanges>,
}

/// What changed for one member.
#[derive(Serialize)]
struct MemberChanges {
    member: String,
    added: Vec<EntryLine>,
    taken: Vec<EntryLine>,
}

impl OutcomeData {
    pub(crate) fn new(outcome: &Outcome) -> Self {
        let members = outcome.members.iter().map(|outcome| MemberChanges {
            member: outcome.member.to_string(),
            added: outcome.added_lines(),
            taken: outcome.taken_lines(),
        });
        Self { status: outcome.status, members: members.collect() }
    }
}

/// An entry that gave or took points, with the name of what made it.
#[derive(Serialize)]
pub(crate) struct NamedEntry<'a> {
    name: &'a str,
    at: String,
    source: String,
    activity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    currency: Option<String>,
    amount: i64,
}

impl<'a> NamedEntry<'a> {
    pub(crate) fn new(entry: &'a Entry, member: &str, locale: &str) -> Self {
        let EntryLine { at, source, activity, rule, role, currency, .. } = entry.line(member);
        Self { name: entry.name(locale), at, source, activity, rule, role, currency, amount: entry.points() }
    }
}

/// Why something was not given.
#[derive(Serialize)]
pub(crate) enum WhyNot {
    /// The parts of the badge's next goal.
    #[serde(rename = "parts")]
    Badge(Vec<PartLine>),
    /// The rules that gave nothing for the activity.
    #[serde(rename = "skips")]
    Activity(Vec<SkippedRule>),
}

/// A line of a feed that was refused, and why.
#[derive(Serialize)]
pub(crate) struct RefusedLine {
    /// The number of the line, from 1.
    pub(crate) line: usize,
    /// What is wrong with it.
    pub(crate) message: String,
}
