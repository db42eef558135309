//! What only the member sees: their entries, why they got something, and why not.
//!
//! Every function takes an [`OwnMember`], so none can answer anyone else.

use crate::{access::sign_in::OwnMember, error::Error, intranet::Intranet, record};
use anyhow::Result;
use knownfor::{EntryQuery, Explanation, WhyNot, view::EntryView};
use rusqlite::Connection;

/// The latest entries, newest first.
pub(crate) fn entries(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    locale: &str,
    count: usize,
) -> Result<Vec<EntryView>> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    Ok(history.entries(intranet.clock.instant()?, locale, count))
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
) -> Result<WhyNot, Error> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    history.why_not(source, activity, locale).map(WhyNot::Activity).ok_or_else(Error::not_found)
}

/// How far the member is with a badge.
pub(crate) fn why_not_badge(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    badge: &str,
    locale: &str,
) -> Result<WhyNot, Error> {
    let history = record::history(db, &intranet.rules.program, member.id())?;
    let parts = history.why_not_badge(badge, intranet.clock.instant()?, locale);
    parts.map(WhyNot::Badge).ok_or_else(Error::not_found)
}
