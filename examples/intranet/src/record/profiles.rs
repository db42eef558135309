//! Profiles: what people say about themselves. The engine learns which fields are done and which topics are claimed,
//! and nothing else of the text.

use crate::record::store::Db;
use crate::{
    config::directory::Directory,
    error::{Error, Message},
    record::database,
};
use anyhow::{Context, Result};
use knownfor::{FieldState, Program, Text, Tree, view::FieldView};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The field that asks what someone wants to be known for. Its items are the topics they claim.
pub(crate) const KNOWN_FOR: &str = "known-for";
/// Limit for one value: as much as a profile page can show well.
const MAX_VALUE_BYTES: usize = 4_000;
/// Limit for one list.
const MAX_ITEMS: usize = 50;
/// Limit for one topic: a few words.
const MAX_TOPIC_CHARS: usize = 100;

/// A member's values, by field of the program.
pub(crate) type Profile = BTreeMap<String, Value>;

/// The value of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub(crate) enum Value {
    Text(String),
    Items(Vec<String>),
    /// `does-not-apply` or `prefer-not-to-say` instead of a value.
    State {
        #[schema(value_type = String)]
        state: FieldState,
    },
}

/// Saves the profile that the directory has for each person, unless the person already has one.
pub(crate) fn add_listed(db: &Db<'_>, directory: &Directory) -> Result<()> {
    for person in directory.people() {
        database::add_profile(db, &person.id, &serde_json::to_string(&person.profile)?)?;
    }
    Ok(())
}

/// A member's profile; an empty one if none is saved.
pub(crate) fn of(db: &Db<'_>, member: &str) -> Result<Profile> {
    let Some(json) = database::profile(db, member)? else { return Ok(Profile::new()) };
    // The parser's message may quote a text, and the log names nobody.
    serde_json::from_str(&json).ok().context("a stored profile is damaged")
}

/// Replaces a member's profile.
pub(crate) fn put(db: &Db<'_>, member: &str, profile: &Profile) -> Result<()> {
    database::put_profile(db, member, &serde_json::to_string(profile)?)
}

/// What the member wants to be known for, in their own words.
pub(crate) fn known_for(profile: &Profile) -> &[String] {
    match profile.get(KNOWN_FOR) {
        Some(Value::Items(items)) => items,
        _ => &[],
    }
}

/// The state of each field, by the program's rules.
pub(crate) fn assess(program: &Program, profile: &Profile) -> Result<BTreeMap<Text, FieldState>> {
    let json = serde_json::to_string(profile)?;
    Ok(program.assess(&serde_json::from_str::<Tree<'_>>(&json)?))
}

/// Rejects values that no profile can have.
pub(crate) fn check(program: &Program, profile: &Profile) -> Result<(), Error> {
    for (field, value) in profile {
        let fail = |error: Message| {
            Err(Error::unprocessable(error).at(format!("/{}", field.replace('~', "~0").replace('/', "~1"))))
        };
        if !program.fields().any(|known| known == field) {
            let known = program.fields().collect::<Vec<_>>().join(", ");
            return fail(Message::with(
                "the profile has no field `{field}`; it has: {fields}",
                [("field", field), ("fields", &known)],
            ));
        }
        if let (KNOWN_FOR, Value::Items(topics)) = (field.as_str(), value) {
            check_topics(topics, "/known-for")?;
        }
        let bytes = match value {
            Value::Text(text) => text.len(),
            Value::Items(items) if items.len() > MAX_ITEMS => {
                return fail(Message::with(
                    "{n} items; expected at most {limit}",
                    [("n", &items.len()), ("limit", &MAX_ITEMS)],
                ));
            }
            Value::Items(items) => items.iter().map(String::len).sum(),
            Value::State { state: FieldState::DoesNotApply | FieldState::PreferNotToSay } => 0,
            Value::State { .. } => return fail("expected `does-not-apply` or `prefer-not-to-say`".into()),
        };
        if bytes > MAX_VALUE_BYTES {
            return fail(Message::with(
                "{n} bytes; expected at most {limit}",
                [("n", &bytes), ("limit", &MAX_VALUE_BYTES)],
            ));
        }
    }
    Ok(())
}

/// Rejects topics that nobody could search for.
pub(crate) fn check_topics(topics: &[String], path: &str) -> Result<(), Error> {
    if topics.len() > MAX_ITEMS {
        let error =
            Message::with("{n} topics; expected at most {limit}", [("n", &topics.len()), ("limit", &MAX_ITEMS)]);
        return Err(Error::unprocessable(error).at(path));
    }
    for (index, topic) in topics.iter().enumerate() {
        check_topic(topic).map_err(|error| error.at(format!("{path}/{index}")))?;
    }
    Ok(())
}

/// Rejects a text that is not a topic.
pub(crate) fn check_topic(topic: &str) -> Result<(), Error> {
    let chars = topic.trim().chars().count();
    if chars == 0 || chars > MAX_TOPIC_CHARS || topic.chars().any(char::is_control) {
        let error =
            Message::with("expected a topic of 1 to {limit} characters on one line", [("limit", &MAX_TOPIC_CHARS)]);
        return Err(Error::unprocessable(error));
    }
    Ok(())
}

/// Reads the editor's form: `value.FIELD`, which for a list has one item on each line, and `state.FIELD`.
pub(crate) fn from_form(fields: &[FieldView], form: &BTreeMap<String, String>) -> Profile {
    let filled = fields.iter().filter_map(|field| {
        let state = form.get(&format!("state.{}", field.field)).map(String::as_str);
        let text = form.get(&format!("value.{}", field.field)).map_or("", |text| text.trim());
        let value = match state {
            Some("does-not-apply") => Value::State { state: FieldState::DoesNotApply },
            Some("prefer-not-to-say") => Value::State { state: FieldState::PreferNotToSay },
            _ if text.is_empty() => return None,
            _ if field.needs.items.is_some() => {
                Value::Items(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(String::from).collect())
            }
            _ => Value::Text(text.replace("\r\n", "\n")),
        };
        Some((field.field.clone(), value))
    });
    filled.collect()
}
