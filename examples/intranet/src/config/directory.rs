//! The directory: the company's phone book. It says who works here, and nothing about recognition.

use crate::record::profiles::Profile;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// Someone who works here.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Person {
    pub(crate) id: String,
    pub(crate) name: String,
    /// Their job, in words.
    #[serde(default)]
    pub(crate) role: String,
    #[serde(default)]
    pub(crate) team: String,
    #[serde(default)]
    pub(crate) office: String,
    /// They run the programme, and see how it goes in numbers of groups.
    #[serde(default)]
    pub(crate) runs_program: bool,
    /// Their profile when they are first listed. After that they edit it on the intranet.
    #[serde(default)]
    pub(crate) profile: Profile,
}

/// Everyone who works here, by name.
#[derive(Debug, Default)]
pub(crate) struct Directory {
    people: Vec<Person>,
    by_id: BTreeMap<String, usize>,
}

impl Directory {
    /// Reads the people from a file, or the demonstration's people.
    pub(crate) fn load(path: Option<&Path>) -> Result<Self> {
        let text = super::read(path, include_str!("../../people.json"))?;
        let name = super::file_name(path, "people.json");
        let people = serde_json::from_str(&text).with_context(|| format!("{name} is not a list of people"))?;
        Self::of(people).with_context(|| format!("the people in {name} cannot be used"))
    }

    fn of(mut people: Vec<Person>) -> Result<Self> {
        people.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        let mut by_id = BTreeMap::new();
        for (index, person) in people.iter().enumerate() {
            if by_id.insert(person.id.clone(), index).is_some() {
                bail!("two people have the id `{}`", person.id);
            }
        }
        Ok(Self { people, by_id })
    }

    pub(crate) fn people(&self) -> &[Person] {
        &self.people
    }

    pub(crate) fn person(&self, id: &str) -> Option<&Person> {
        self.by_id.get(id).and_then(|index| self.people.get(*index))
    }

    /// The name to show for a member, or their id if they are not listed.
    pub(crate) fn name<'a>(&'a self, id: &'a str) -> &'a str {
        self.person(id).map_or(id, |person| &person.name)
    }

    /// The ids of a person's team, including their own. Empty for a person without a team.
    pub(crate) fn team_of(&self, id: &str) -> Vec<&str> {
        let Some(person) = self.person(id).filter(|person| !person.team.is_empty()) else { return Vec::new() };
        let team = self.people.iter().filter(|other| other.team == person.team);
        team.map(|other| other.id.as_str()).collect()
    }

    /// People who have a name that begins with `beginning`, in any case.
    pub(crate) fn beginning(&self, beginning: &str) -> impl Iterator<Item = &Person> {
        let beginning = beginning.trim().to_lowercase();
        self.people.iter().filter(move |person| {
            let name = person.name.to_lowercase();
            name.starts_with(&beginning) || name.split_whitespace().any(|word| word.starts_with(&beginning))
        })
    }
}
