//! People: the company's directory, and what each says of themselves. The engine is told which fields are done, never
//! the words.

use crate::{
    files,
    refusal::Refusal,
    store::{self, PersonRow},
};
use anyhow::{Context, Result};
use knownfor::{FieldState, Program, Text, Tree, view::FieldView};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path};

/// Of one value: what a profile page can still show well.
const MAX_VALUE_BYTES: usize = 4_000;
/// Of one list.
const MAX_ITEMS: usize = 50;

/// Someone in the directory.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) team: String,
    #[serde(default)]
    pub(crate) office: String,
    /// What they say of themselves.
    #[serde(default)]
    pub(crate) profile: Profile,
}

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

/// Reads the people at a path, or those of the demonstration, into the directory.
pub(crate) fn load(db: &Connection, path: Option<&Path>) -> Result<()> {
    let text = files::text_of(path, include_str!("../people.json"))?;
    let shown = files::shown(path, "people.json");
    let people: Vec<Person> =
        serde_json::from_str(&text).with_context(|| format!("the people in {shown} cannot be read"))?;
    for person in people {
        let profile = serde_json::to_string(&person.profile)?;
        let Person { id, name, role, team, office, .. } = person;
        store::put_person(db, &PersonRow { id, name, role, team, office, profile })?;
    }
    Ok(())
}

/// Everyone in the directory, by name.
pub(crate) fn all(db: &Connection) -> Result<Vec<Person>> {
    store::people(db)?.into_iter().map(Person::of).collect()
}

/// Someone in the directory.
pub(crate) fn one(db: &Connection, id: &str) -> Result<Option<Person>> {
    store::person(db, id)?.map(Person::of).transpose()
}

/// Names by id, for views that know members only.
pub(crate) fn names(db: &Connection) -> Result<BTreeMap<String, String>> {
    Ok(store::people(db)?.into_iter().map(|person| (person.id, person.name)).collect())
}

impl Person {
    fn of(row: PersonRow) -> Result<Self> {
        let profile =
            serde_json::from_str(&row.profile).with_context(|| format!("the profile of `{}` is damaged", row.id))?;
        let PersonRow { id, name, role, team, office, .. } = row;
        Ok(Self { id, name, role, team, office, profile })
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
