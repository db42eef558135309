//! Thanks: giving them, and what the one who was thanked can do about them.

use super::{activity, perform};
use crate::{
    access::sign_in::OwnMember,
    config::sources,
    error::{Error, Message},
    intranet::{Intranet, Touched},
    record::{self, database, profiles},
    views::own,
};
use rusqlite::Connection;
use serde_json::json;
use sha2::{Digest, Sha256};

/// Thanks a colleague, for a topic or in general.
///
/// Everyone in the directory can be thanked. The answer does not reveal whether they take part in recognition or are
/// visible there. Thanking the same colleague for the same topic again on the same day changes nothing, so a form that
/// is sent twice counts once.
pub(crate) fn give(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    to: &str,
    topic: Option<&str>,
) -> Result<Touched, Error> {
    let (kind, attribute) = intranet.rules.own_kinds.kudos.as_ref().ok_or_else(Error::not_found)?;
    if to == member.id() {
        return Err(Error::unprocessable("you cannot thank yourself; expected the id of a colleague").at("/to"));
    }
    if intranet.directory.person(to).is_none() {
        return Err(
            Error::unprocessable(Message::with("nobody in the directory has the id `{id}`", [("id", &to)])).at("/to")
        );
    }
    let topic = topic.map(|topic| intranet.rules.topic(topic));
    if let Some(topic) = &topic {
        let standing = record::standing(db, &intranet.rules.program, to)?;
        let offered = standing.topics_to_thank_for(to, &intranet.context(member.id(), "en")?.as_view_context());
        if !offered.iter().any(|offered| offered.topic == *topic) {
            return Err(Error::unprocessable(Message::with(
                "`{topic}` is no topic to thank them for",
                [("topic", &topic)],
            ))
            .hint("choose one that they claim or that the program names, or none")
            .at("/topic"));
        }
    }
    let day = intranet.clock.now()?.to_zoned(intranet.rules.zone.clone()).date();
    // A hash, because the id is in the record and must not say who thanked whom.
    let id = hash(&[member.id(), to, topic.as_deref().unwrap_or_default(), &day.to_string()]);
    if database::activity(db, sources::OWN, &id)?.is_some() {
        return Ok(Touched::new());
    }
    let attributes = match topic {
        Some(topic) => json!({ attribute.as_str(): topic }),
        None => json!({}),
    };
    let content = json!({ "recipients": [to], "object": format!("kudos/{id}"), "attributes": attributes });
    super::record(intranet, db, activity(intranet, &id, member, kind, content)?)
}

/// Declines a thank: it counts for nothing, and nobody sees it any more. The one who gave it is not told.
pub(crate) fn decline(intranet: &Intranet, db: &Connection, member: &OwnMember, id: &str) -> Result<Touched, Error> {
    let kind = intranet.rules.own_kinds.decline_kudos.as_ref().ok_or_else(Error::not_found)?;
    let thank = own::thank(intranet, db, member, id)?.ok_or_else(Error::not_found)?;
    database::forget_report(db, id)?;
    perform(intranet, db, member, kind, json!({ "object": thank.object }))
}

/// Declines a topic that others mention: it is in no view, whatever they say.
pub(crate) fn decline_topic(
    intranet: &Intranet,
    db: &Connection,
    member: &OwnMember,
    topic: &str,
) -> Result<Touched, Error> {
    let kind = intranet.rules.own_kinds.decline_topics.as_ref().ok_or_else(Error::not_found)?;
    let standing = record::standing(db, &intranet.rules.program, member.id())?;
    let mut declined: Vec<String> = standing.declined_topics().iter().map(ToString::to_string).collect();
    let topic = intranet.rules.topic(topic);
    profiles::check_topic(&topic).map_err(|error| error.at("/topic"))?;
    if declined.contains(&topic) {
        return Ok(Touched::new());
    }
    declined.push(topic);
    perform(intranet, db, member, kind, json!({ "attributes": { "topics": declined } }))
}

/// Reports a thank to the people who run the programme.
pub(crate) fn report(intranet: &Intranet, db: &Connection, member: &OwnMember, id: &str) -> Result<(), Error> {
    own::thank(intranet, db, member, id)?.ok_or_else(Error::not_found)?;
    Ok(database::report_thank(db, id, member.id())?)
}

/// The SHA-256 hash of some words, in hexadecimal.
fn hash(words: &[&str]) -> String {
    let hashed = words.iter().fold(Sha256::new(), |hashed, word| hashed.chain_update(word).chain_update([0]));
    hashed.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes a reported thank out of the record, as the people who run the programme decide.
pub(crate) fn remove_reported(intranet: &Intranet, db: &Connection, thank: &str) -> Result<Touched, Error> {
    if !database::forget_report(db, thank)? {
        return Err(Error::not_found());
    }
    Ok(record::void(db, &intranet.rules.program, sources::OWN, thank)?.1)
}

/// Leaves a reported thank as it is.
pub(crate) fn dismiss_report(db: &Connection, thank: &str) -> Result<Touched, Error> {
    if database::forget_report(db, thank)? { Ok(Touched::new()) } else { Err(Error::not_found()) }
}
