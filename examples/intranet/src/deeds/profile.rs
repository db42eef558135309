//! A member's profile: what they write of themselves, and with it the topics they claim.

use super::{Touched, deed, record_deed};
use crate::{
    intranet::Intranet,
    profiles::{self, KNOWN_FOR, Profile, Value},
    record,
    refusal::Refusal,
    views,
};
use knownfor::{FieldState, Standing, Text, view::MemberView};
use rusqlite::Connection;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Saves what a member says of themselves, and records what that changes: which fields are done, and which topics are claimed.
pub(crate) fn save(intranet: &Intranet, db: &Connection, member: &str, profile: &Profile) -> Result<Touched, Refusal> {
    profiles::put(db, member, profile)?;
    let kinds = &intranet.rules.own_kinds;
    let standing = record::standing(db, &intranet.rules.program, member)?;
    let mut touched = Touched::new();
    let fields = changed_fields(intranet, &standing, profile)?;
    if let (Some(kind), false) = (&kinds.profile, fields.is_empty()) {
        touched.extend(record_deed(intranet, db, member, kind, json!({ "profile": fields }))?);
    }
    let topics = claimed_by(intranet, profile);
    if let (Some(kind), true) = (&kinds.claim, topics != claims(&standing)) {
        touched.extend(record_deed(intranet, db, member, kind, json!({ "attributes": { "topics": topics } }))?);
    }
    Ok(touched)
}

/// Claims topics: all that the member wants to be known for, and with that what their profile says of it.
pub(crate) fn claim(intranet: &Intranet, db: &Connection, member: &str, said: &[String]) -> Result<Touched, Refusal> {
    profiles::check_topics(said, "/topics")?;
    if intranet.rules.own_kinds.claim.is_none() {
        return Err(Refusal::nothing_here());
    }
    let mut profile = profiles::of(db, member)?;
    // Who wrote a topic in words of their own keeps them.
    let written: BTreeMap<String, String> =
        profiles::known_for(&profile).iter().map(|words| (intranet.rules.topic(words), words.clone())).collect();
    let mut topics = BTreeSet::new();
    let mut words = Vec::new();
    for said in said {
        let topic = intranet.rules.topic(said);
        if topics.insert(topic.clone()) {
            words.push(written.get(&topic).unwrap_or(said).trim().to_owned());
        }
    }
    match words.is_empty() {
        true => profile.remove(KNOWN_FOR),
        false => profile.insert(KNOWN_FOR.into(), Value::Items(words)),
    };
    save(intranet, db, member, &profile)
}

/// The member's view as it would be with this profile.
pub(crate) fn preview(
    intranet: &Intranet,
    db: &Connection,
    member: &str,
    profile: &Profile,
    locale: &str,
) -> Result<MemberView, Refusal> {
    let program = &intranet.rules.program;
    let mut view = views::member(intranet, db, member, member, locale)?;
    let mut standing = record::standing(db, program, member)?;
    let changed = changed_fields(intranet, &standing, profile)?;
    let Some(kind) = intranet.rules.own_kinds.profile.as_ref().filter(|_| !changed.is_empty()) else { return Ok(view) };
    let edit = deed(intranet, "preview", member, kind, json!({ "profile": changed }))?;
    if program.apply(&mut standing, member, &edit).is_ok()
        && let Some(mut edited) = standing.view(member, &intranet.question(member, locale)?.ask())
    {
        edited.name = view.name;
        view = edited;
    }
    Ok(view)
}

/// The fields whose state these values change.
fn changed_fields(
    intranet: &Intranet,
    standing: &Standing,
    profile: &Profile,
) -> Result<BTreeMap<Text, FieldState>, Refusal> {
    let program = &intranet.rules.program;
    let mut changed = profiles::assess(program, profile)?;
    for (field, state) in standing.fields() {
        if changed.get(field) == Some(&state) {
            changed.remove(field);
        }
    }
    Ok(changed)
}

/// The topics that a profile claims.
fn claimed_by(intranet: &Intranet, profile: &Profile) -> BTreeSet<String> {
    profiles::known_for(profile).iter().map(|words| intranet.rules.topic(words)).collect()
}

/// The topics that a member claims now.
fn claims(standing: &Standing) -> BTreeSet<String> {
    let topics = standing.topics().into_iter();
    topics.filter(|topic| topic.claimed).map(|topic| topic.topic.to_string()).collect()
}
