//! Thanks: giving them, and what the one who was thanked can do about them.

use super::{activity, perform};
use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    config::{program::Kudos, sources},
    error::{Error, Message},
    intranet::{Intranet, Touched},
    record::{self, database, profiles},
    views::own,
};
use knownfor::{Activity, Tree};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Thanks to a colleague.
pub(crate) struct Thanks<'a> {
    pub(crate) to: &'a str,
    /// What for; `None` to thank in general.
    pub(crate) topic: Option<&'a str>,
    /// Whether others than the one thanked may see the giver's name beside the topic.
    pub(crate) named: bool,
}

/// Thanks a colleague.
///
/// Everyone in the directory can be thanked. The answer does not reveal whether they take part in recognition or are
/// visible there. Thanking the same colleague for the same topic again on the same day changes nothing, so a form that
/// is sent twice counts once. The latest thanks for a topic say whether others may see the giver's name beside it.
pub(crate) fn give(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    Thanks { to, topic, named }: Thanks<'_>,
) -> Result<Touched, Error> {
    let kudos = intranet.rules.own_kinds.kudos.as_ref().ok_or_else(Error::not_found)?;
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
    let day = intranet.today()?;
    // A hash, because the id is in the record and must not say who thanked whom.
    let id = hash(&[member.id(), to, topic.as_deref().unwrap_or_default(), &day.to_string()]);
    let about = Naming { to, topic: topic.as_deref(), object: &format!("kudos/{id}") };
    let mut touched = Touched::new();
    if database::activity(db, sources::OWN, &id)?.is_none() {
        let thank = activity(intranet, &id, member, &kudos.kind, about.content(kudos))?;
        touched.extend(super::record(intranet, db, thank)?);
    }
    touched.extend(about.set(intranet, db, member, named)?);
    Ok(touched)
}

/// What a thank is about, which the giver's name may stand beside.
struct Naming<'a> {
    to: &'a str,
    topic: Option<&'a str>,
    /// The thank, so that declining it takes the name away, too.
    object: &'a str,
}

impl Naming<'_> {
    fn content(&self, kudos: &Kudos) -> Value {
        let attributes = match self.topic {
            Some(topic) => json!({ kudos.topic.as_str(): topic }),
            None => json!({}),
        };
        json!({ "recipients": [self.to], "object": self.object, "attributes": attributes })
    }

    /// Lets others see the giver's name beside the topic, or no longer. What a giver takes back leaves the record, so
    /// no clock can bring it back.
    fn set(&self, intranet: &Intranet, db: &Db<'_>, member: &OwnMember, named: bool) -> Result<Touched, Error> {
        let kudos = intranet.rules.own_kinds.kudos.as_ref().ok_or_else(Error::not_found)?;
        let (Some(naming), Some(topic)) = (&kudos.naming, self.topic) else { return Ok(Touched::new()) };
        let program = &intranet.rules.program;
        let history = record::history(db, program, member.id())?;
        let is_it = |earlier: &&Activity| {
            let content = earlier.to_tree();
            let of = content.get("attributes").and_then(|attributes| attributes.get(&kudos.topic));
            earlier.kind() == naming
                && earlier.actor() == Some(member.id())
                && earlier.recipients().any(|recipient| recipient == self.to)
                && of.and_then(Tree::as_text) == Some(topic)
        };
        let earlier: Vec<&Activity> = history.activities().filter(is_it).collect();
        if named {
            if earlier.iter().any(|earlier| earlier.object() == Some(self.object)) {
                return Ok(Touched::new());
            }
            return perform(intranet, db, member, naming, self.content(kudos));
        }
        let mut touched = Touched::new();
        for earlier in earlier {
            touched.extend(record::void(db, program, earlier.source(), earlier.id())?.1);
        }
        Ok(touched)
    }
}

/// Declines a thank: it counts for nothing, and nobody sees it any more. The one who gave it is not told.
pub(crate) fn decline(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, id: &str) -> Result<Touched, Error> {
    let kind = intranet.rules.own_kinds.decline_kudos.as_ref().ok_or_else(Error::not_found)?;
    let thank = own::thank(intranet, db, member, id)?.ok_or_else(Error::not_found)?;
    database::forget_report(db, id)?;
    perform(intranet, db, member, kind, json!({ "object": thank.object }))
}

/// Declines a topic that others mention: it is in no view, whatever they say.
pub(crate) fn decline_topic(
    intranet: &Intranet,
    db: &Db<'_>,
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
pub(crate) fn report(intranet: &Intranet, db: &Db<'_>, member: &OwnMember, id: &str) -> Result<Touched, Error> {
    own::thank(intranet, db, member, id)?.ok_or_else(Error::not_found)?;
    database::report_thank(db, id, member.id())?;
    Ok(Touched::new())
}

/// The SHA-256 hash of some words, in hexadecimal.
fn hash(words: &[&str]) -> String {
    let hashed = words.iter().fold(Sha256::new(), |hashed, word| hashed.chain_update(word).chain_update([0]));
    hashed.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Takes a reported thank out of the record, as the people who run the programme decide.
pub(crate) fn remove_reported(intranet: &Intranet, db: &Db<'_>, thank: &str) -> Result<Touched, Error> {
    if !database::forget_report(db, thank)? {
        return Err(Error::not_found());
    }
    Ok(record::void(db, &intranet.rules.program, sources::OWN, thank)?.1)
}

/// Leaves a reported thank as it is.
pub(crate) fn dismiss_report(db: &Db<'_>, thank: &str) -> Result<Touched, Error> {
    if database::forget_report(db, thank)? { Ok(Touched::new()) } else { Err(Error::not_found()) }
}
