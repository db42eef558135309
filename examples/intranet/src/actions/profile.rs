//! A member's profile: what they write about themselves, and the topics they claim with it.

use super::{activity, perform};
use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    error::Error,
    intranet::{Intranet, Touched},
    record::{
        self,
        profiles::{self, KNOWN_FOR, Profile, Value},
    },
    views,
};
use knownfor::{FieldState, Standing, Text, view::MemberView};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Saves a profile, and records what it changes: which fields are done, and which topics are claimed.
pub(crate) fn save(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, profile: &Profile) -> Result<Touched, Error> {
    profiles::put(db, member.id(), profile)?;
    let kinds = &intranet.rules.own_kinds;
    let standing = record::standing(db, &intranet.rules.program, member.id())?;
    let mut touched = Touched::new();
    let fields = changed_fields(intranet, &standing, profile)?;
    if let (Some(kind), false) = (&kinds.profile, fields.is_empty()) {
        touched.extend(perform(intranet, db, member, kind, json!({ "profile": fields }))?);
    }
    let topics = topics_in(intranet, profile);
    if let (Some(kind), true) = (&kinds.claim, topics != claimed_topics(&standing)) {
        touched.extend(perform(intranet, db, member, kind, json!({ "attributes": { "topics": topics } }))?);
    }
    Ok(touched)
}

/// Claims these topics in place of all claimed before, and writes them into the profile.
pub(crate) fn claim(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, topics: &[String]) -> Result<Touched, Error> {
    profiles::check_topics(topics, "/topics")?;
    if intranet.rules.own_kinds.claim.is_none() {
        return Err(Error::not_found());
    }
    let mut profile = profiles::of(db, member.id())?;
    // A topic that the member has already written keeps their own words.
    let written: BTreeMap<String, String> =
        profiles::known_for(&profile).iter().map(|words| (intranet.rules.topic(words), words.clone())).collect();
    let mut claimed = BTreeSet::new();
    let mut words = Vec::new();
    for new in topics {
        let topic = intranet.rules.topic(new);
        if claimed.insert(topic.clone()) {
            words.push(written.get(&topic).unwrap_or(new).trim().to_owned());
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
    db: &Db<'_>,
    member: &OwnMember,
    profile: &Profile,
    locale: &str,
) -> Result<MemberView, Error> {
    let (program, id) = (&intranet.rules.program, member.id());
    let mut view = views::member(intranet, db, id, id, locale)?;
    let mut standing = record::standing(db, program, id)?;
    let changed = changed_fields(intranet, &standing, profile)?;
    let Some(kind) = intranet.rules.own_kinds.profile.as_ref().filter(|_| !changed.is_empty()) else { return Ok(view) };
    let edit = activity(intranet, "preview", member, kind, json!({ "profile": changed }))?;
    if program.apply(&mut standing, id, &edit).is_ok()
        && let Some(mut edited) = standing.view(id, &intranet.context(id, locale)?.as_view_context())
    {
        edited.name = view.name;
        view = edited;
    }
    Ok(view)
}

/// The fields whose state this profile changes.
fn changed_fields(
    intranet: &Intranet,
    standing: &Standing,
    profile: &Profile,
) -> Result<BTreeMap<Text, FieldState>, Error> {
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
fn topics_in(intranet: &Intranet, profile: &Profile) -> BTreeSet<String> {
    profiles::known_for(profile).iter().map(|words| intranet.rules.topic(words)).collect()
}

/// The topics that a member claims at present.
fn claimed_topics(standing: &Standing) -> BTreeSet<String> {
    let topics = standing.topics().into_iter();
    topics.filter(|topic| topic.claimed).map(|topic| topic.topic.to_string()).collect()
}
