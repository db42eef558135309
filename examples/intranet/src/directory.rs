//! The directory: the company's phone book, as it was before. It says who works here, and nothing of recognition.

use crate::{files, profiles::Profile};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// Someone who works here.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What they do, in words.
    #[serde(default)]
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) team: String,
    #[serde(default)]
    pub(crate) office: String,
    /// They look after the programme, and see it in numbers of groups.
    #[serde(default)]
    pub(crate) runs_program: bool,
    /// What they say of themselves when they are first listed; from then on they write it here.
    #[serde(default)]
    pub(crate) profile: Profile,
}

/// Everyone who works here, by name.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    people: Vec<Person>,
    places: BTreeMap<String, usize>,
}

impl Directory {
    /// Reads the people at a path, or those of the demonstration.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self> {
        let text = files::text_of(path, include_str!("../people.json"))?;
        let shown = files::shown(path, "people.json");
        let people = serde_json::from_str(&text).with_context(|| format!("the people in {shown} cannot be read"))?;
        Self::of(people).with_context(|| format!("the people in {shown} cannot be used"))
    }

    fn of(mut people: Vec<Person>) -> Result<Self> {
        people.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        let mut places = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            if places.insert(person.id.clone(), place).is_some() {
                bail!("two people have the id `{}`", person.id);
            }
        }
        Ok(Self { people, places })
    }

    pub(crate) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.places.get(id).and_then(|place| self.people.get(*place))
    }

    /// The name to show for a member; their id where nobody of that id works here.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |person| &person.name)
    }

    /// Those in the same team as someone, themselves among them; nobody for those who have no team.
    pub(crate) fn team_of(&self, id: &str) -> Vec<&str> {
        let Some(person) = self.person(id).filter(|person| !person.team.is_empty()) else { return Vec::new() };
        let team = self.people.iter().filter(|other| other.team == person.team);
        team.map(|other| other.id.as_str()).collect()
    }

    /// People one of whose names begins so, whatever the case.
    pub(crate) fn beginning(&self, beginning: &str) -> impl Iterator<Item = &Person> {
        let beginning = beginning.trim().to_lowercase();
        self.people.iter().filter(move |person| {
            let name = person.name.to_lowercase();
            name.starts_with(&beginning) || name.split_whitespace().any(|word| word.starts_with(&beginning))
        })
    }
}
