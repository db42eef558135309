//! Profiles: what people say of themselves. The engine is told which fields are done and which topics are claimed, never
//! the other words.

use crate::{directory::Directory, refusal::Refusal, store};
use anyhow::{Context, Result};
use knownfor::{FieldState, Program, Text, Tree, view::FieldView};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The field that asks what someone wants to be known for. Its items are the topics they claim.
pub(crate) const KNOWN_FOR: &str = "known-for";
/// Of one value: what a profile page can still show well.
const MAX_VALUE_BYTES: usize = 4_000;
/// Of one list.
const MAX_ITEMS: usize = 50;
/// Of one topic: a few words.
const MAX_TOPIC_CHARS: usize = 100;

/// What someone says of themselves, by field of the program.
pub(crate) type Profile = BTreeMap<String, Value>;

/// What stands in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub(crate) enum Value {
    Text(String),
    Items(Vec<String>),
    /// `does-not-apply` or `prefer-not-to-say`, in place of a value.
    Said {
        #[schema(value_type = String)]
        state: FieldState,
    },
}

/// Gives those who are listed for the first time what the directory has them say.
pub(crate) fn begin(db: &Connection, directory: &Directory) -> Result<()> {
    for person in directory.people() {
        store::begin_profile(db, &person.id, &serde_json::to_string(&person.profile)?)?;
    }
    Ok(())
}

/// What someone says of themselves; an empty one where nothing is kept.
pub(crate) fn of(db: &Connection, member: &str) -> Result<Profile> {
    let Some(json) = store::profile(db, member)? else { return Ok(Profile::new()) };
    serde_json::from_str(&json).with_context(|| format!("the profile of `{member}` is damaged"))
}

/// Replaces what someone says of themselves.
pub(crate) fn put(db: &Connection, member: &str, profile: &Profile) -> Result<()> {
    store::put_profile(db, member, &serde_json::to_string(profile)?)
}

/// The words in which someone says what they want to be known for.
pub(crate) fn known_for(profile: &Profile) -> &[String] {
    match profile.get(KNOWN_FOR) {
        Some(Value::Items(items)) => items,
        _ => &[],
    }
}

/// Which fields are done, as the program judges the values.
pub(crate) fn assess(program: &Program, profile: &Profile) -> Result<BTreeMap<Text, FieldState>> {
    let json = serde_json::to_string(profile)?;
    Ok(program.assess(&serde_json::from_str::<Tree<'_>>(&json)?))
}

/// Refuses values that no profile can hold.
pub(crate) fn check(program: &Program, profile: &Profile) -> Result<(), Refusal> {
    for (field, value) in profile {
        let refuse = |error: String| {
            Err(Refusal::unprocessable(error).at(format!("/{}", field.replace('~', "~0").replace('/', "~1"))))
        };
        if !program.fields().any(|known| known == field) {
            let known = program.fields().collect::<Vec<_>>().join(", ");
            return refuse(format!("the profile has no field `{field}`; it has: {known}"));
        }
        if let (KNOWN_FOR, Value::Items(topics)) = (field.as_str(), value) {
            check_topics(topics, "/known-for")?;
        }
        let bytes = match value {
            Value::Text(text) => text.len(),
            Value::Items(items) if items.len() > MAX_ITEMS => {
                return refuse(format!("{} items; expected at most {MAX_ITEMS}", items.len()));
            }
            Value::Items(items) => items.iter().map(String::len).sum(),
            Value::Said { state: FieldState::DoesNotApply | FieldState::PreferNotToSay } => 0,
            Value::Said { .. } => return refuse("expected `does-not-apply` or `prefer-not-to-say`".into()),
        };
        if bytes > MAX_VALUE_BYTES {
            return refuse(format!("{bytes} bytes; expected at most {MAX_VALUE_BYTES}"));
        }
    }
    Ok(())
}

/// Refuses topics by which nobody could be looked up.
pub(crate) fn check_topics(topics: &[String], path: &str) -> Result<(), Refusal> {
    if topics.len() > MAX_ITEMS {
        return Err(Refusal::unprocessable(format!("{} topics; expected at most {MAX_ITEMS}", topics.len())).at(path));
    }
    for (index, topic) in topics.iter().enumerate() {
        check_topic(topic).map_err(|refusal| refusal.at(format!("{path}/{index}")))?;
    }
    Ok(())
}

/// Refuses what is no topic.
pub(crate) fn check_topic(topic: &str) -> Result<(), Refusal> {
    let chars = topic.trim().chars().count();
    if chars == 0 || chars > MAX_TOPIC_CHARS || topic.chars().any(char::is_control) {
        let error = format!("expected a topic of 1 to {MAX_TOPIC_CHARS} characters on one line");
        return Err(Refusal::unprocessable(error));
    }
    Ok(())
}

/// Reads the editor's form: `value.FIELD`, one item on each line where the field is a list, and `state.FIELD`.
pub(crate) fn from_form(fields: &[FieldView], form: &BTreeMap<String, String>) -> Profile {
    let filled = fields.iter().filter_map(|field| {
        let said = form.get(&format!("state.{}", field.field)).map(String::as_str);
        let written = form.get(&format!("value.{}", field.field)).map_or("", |text| text.trim());
        let value = match said {
            Some("does-not-apply") => Value::Said { state: FieldState::DoesNotApply },
            Some("prefer-not-to-say") => Value::Said { state: FieldState::PreferNotToSay },
            _ if written.is_empty() => return None,
            _ if field.needs.items.is_some() => {
                Value::Items(written.lines().map(str::trim).filter(|line| !line.is_empty()).map(String::from).collect())
            }
            _ => Value::Text(written.replace("\r\n", "\n")),
        };
        Some((field.field.clone(), value))
    });
    filled.collect()
}
