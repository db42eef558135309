//! What only the member sees: their entries, why they got something, and why not.
//!
//! Every function takes an [`OwnMember`], so none can answer anyone else.

use crate::{access::sign_in::OwnMember, error::Error, intranet::Intranet, record};
use anyhow::Result;
use knownfor::{EntryLine, Explanation, PartLine, SkippedRule, Timestamp};
use rusqlite::Connection;

/// An entry of a member's ledger, with its name in the reader's language.
pub(crate) struct NamedEntry {
    pub(crate) name: String,
    pub(crate) line: EntryLine,
    /// When it was given.
    pub(crate) at: Timestamp,
}

/// The latest entries, newest first.
pub(crate) fn entries(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    locale: &str,
    count: usize,
) -> Result<Vec<NamedEntry>> {
    let program = &intranet.rules.program;
    let ledger = record::history(db, program, member.id())?.fold(program).ledger;
    let latest = ledger.iter().rev().take(count).map(|entry| NamedEntry {
        name: entry.name(program, locale).into(),
        line: entry.line(program, member.id()),
        at: entry.at(),
    });
    Ok(latest.collect())
}

/// Which entry to explain: the latest that matches everything given.
pub(crate) struct EntryFilter {
    pub(crate) badge: Option<String>,
    pub(crate) rule: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) activity: Option<String>,
}

impl EntryFilter {
    fn matches(&self, line: &EntryLine) -> bool {
        let is_any_or = |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        !line.taken
            && is_any_or(&self.badge, line.badge.as_deref())
            && is_any_or(&self.rule, line.rule.as_deref())
            && is_any_or(&self.source, Some(&line.source))
            && is_any_or(&self.activity, Some(&line.activity))
    }
}

/// Why the member was given a badge or points.
pub(crate) fn why(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    filter: &EntryFilter,
    locale: &str,
) -> Result<Explanation, Error> {
    let program = &intranet.rules.program;
    let history = record::history(db, program, member.id())?;
    let ledger = history.fold(program).ledger;
    let entry = ledger.iter().rev().find(|entry| filter.matches(&entry.line(program, member.id())));
    Ok(history.why(program, entry.ok_or_else(Error::not_found)?, locale))
}

/// Why an activity gave the member nothing, rule by rule.
pub(crate) fn why_not_activity(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    (source, activity): (&str, &str),
    locale: &str,
) -> Result<Vec<SkippedRule>, Error> {
    let program = &intranet.rules.program;
    let history = record::history(db, program, member.id())?;
    history.why_not(program, source, activity, locale).ok_or_else(Error::not_found)
}

/// How far the member is with a badge.
pub(crate) fn why_not_badge(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    badge: &str,
    locale: &str,
) -> Result<Vec<PartLine>, Error> {
    let program = &intranet.rules.program;
    let history = record::history(db, program, member.id())?;
    history.why_not_badge(program, badge, intranet.clock.instant()?, locale).ok_or_else(Error::not_found)
}
