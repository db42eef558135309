//! What only the member sees: their entries, why they got something, and why not.
//!
//! Every function takes an [`OwnMember`], so none can answer anyone else.

use crate::{access::sign_in::OwnMember, error::Error, intranet::Intranet, record};
use anyhow::Result;
use knownfor::{EntryLine, EntryQuery, Explanation, PartLine, SkippedRule, Timestamp};
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
    let ledger = record::history(db, program, member.id())?.as_of(intranet.clock.instant()?).ledger;
    let latest = ledger.iter().rev().take(count).map(|entry| NamedEntry {
        name: entry.name(locale).into(),
        line: entry.line(member.id()),
        at: entry.at(),
    });
    Ok(latest.collect())
}

/// Why the member was given a badge or points.
pub(crate) fn why(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    query: &EntryQuery,
    locale: &str,
) -> Result<Explanation, Error> {
    let program = &intranet.rules.program;
    let history = record::history(db, program, member.id())?;
    let folded = history.as_of(intranet.clock.instant()?);
    let entry = folded.latest(query).ok_or_else(Error::not_found)?;
    history.why(entry, locale).ok_or_else(Error::not_found)
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
    history.why_not(source, activity, locale).ok_or_else(Error::not_found)
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
    let outlook = history.why_not_badge(badge, intranet.clock.instant()?, locale);
    Ok(outlook.ok_or_else(Error::not_found)?.parts)
}
