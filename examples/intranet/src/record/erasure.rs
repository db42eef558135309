//! Erasure: one member leaves the record for good, and everybody else keeps what they have.
//!
//! What named nobody else is dropped. In the rest a pseudonym takes the member's place, as in `Engine::erase`, because
//! what colleagues have rests on it. Ids and objects that give the member away get random ones, and texts that the
//! program does not ask for are dropped. Nothing in the database leads from the pseudonym to the member, and nobody who
//! is erased comes back with an activity sent again. The sum of their old activities is deleted, and in those of
//! colleagues the pseudonym takes their place.

use super::{database, database::Row, history, read, read_sum, refold, sums, write};
use crate::config::{program::Rules, sources};
use crate::record::store::Db;
use anyhow::{Context, Result};
use knownfor::{Activity, Program, SealedSum, SumText, Text, Tree};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};
use uuid::Uuid;

/// What pseudonyms begin with.
const ERASED: &str = "erased-";
/// A word of at least 32 hexadecimal digits is taken for a hash. Somebody who guesses what it was made of, such as who
/// thanked whom on which day, can make it again and so prove the guess.
const HASH_DIGITS: usize = 32;

/// What an erasure did, in numbers.
#[derive(Debug, Default)]
pub(crate) struct Erasure {
    /// Activities that named nobody else. They are gone.
    pub(crate) dropped: usize,
    /// Among them, those that the program cannot read. They counted for nobody.
    pub(crate) unreadable: usize,
    /// Activities in which a pseudonym stands now.
    pub(crate) renamed: usize,
    /// Other activities about something of the member's, which has another name now.
    pub(crate) related: usize,
    /// Rows of what only the member had: profile, standing, reports.
    pub(crate) own_rows: u64,
    /// Colleagues whose standings were computed anew.
    pub(crate) colleagues: usize,
    /// Those among them who have something else than before.
    pub(crate) changed: usize,
    /// Activities and profiles of colleagues with a text that has the member's id as a word. They stay.
    pub(crate) mentions: usize,
}

/// Whether a member is the pseudonym of somebody who was erased.
pub(crate) fn is_pseudonym(member: &str) -> bool {
    member.starts_with(ERASED)
}

/// What is kept of an activity that was erased, so that it is known when it comes again, and nothing else of it is.
pub(super) fn digest(source: &str, id: &str) -> Vec<u8> {
    let parts = [source, id].into_iter();
    parts.fold(Sha256::new(), |hashed, part| hashed.chain_update(part).chain_update([0])).finalize().to_vec()
}

/// Erases a member. Returns `None`, and has changed nothing, if nothing is kept about them.
pub(crate) fn erase(db: &Db<'_>, rules: &Rules, member: &str) -> Result<Option<Erasure>> {
    let program = &rules.program;
    let rows = database::rows_of(db, member)?;
    if rows.is_empty() && !database::knows(db, member)? {
        return Ok(None);
    }
    let mut erasure = Erasure::default();
    let (mut own, mut goes, mut stays) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let Some(activity) = read(program, &row.content) else {
            erasure.unreadable += 1;
            goes.push(row);
            continue;
        };
        let is_shared = activity.members().any(|other| other != member);
        own.push(activity.clone());
        if is_shared { stays.push((row, activity)) } else { goes.push(row) }
    }
    let mut names = NewNames::of_objects(db, rules, member, &own)?;
    names.add_ids(&stays);
    names.add_objects_of_sums(db, program)?;
    let related = names.related(db, program)?;
    names.add_ids(&related);
    let pseudonym = format!("{ERASED}{}", random());
    let sums = names.new_sums(db, program, &pseudonym)?;
    let affected = stays.iter().chain(&related).flat_map(|(_, activity)| activity.members());
    let affected = affected.filter(|other| *other != member).map(ToString::to_string);
    let colleagues: BTreeSet<String> = affected.chain(sums.keys().cloned()).collect();
    let before = ledgers(db, program, &colleagues)?;

    for row in &goes {
        database::drop_activity(db, row)?;
        refuse(db, row)?;
    }
    (erasure.dropped, erasure.renamed, erasure.related) = (goes.len(), stays.len(), related.len());
    for (row, activity) in stays.iter().chain(&related) {
        let is_theirs = [activity.actor(), activity.owner()].contains(&Some(member));
        let drops = |attribute: &str| is_theirs && rules.is_remark(attribute);
        let activity = names.put_into(&activity.renamed(member, &pseudonym)?, drops)?;
        refuse(db, row)?;
        database::replace_activity(db, row, activity.id(), &write(&activity)?)?;
        if row.source == sources::OWN {
            database::rename_report(db, &row.id, activity.id())?;
        }
    }
    database::rename_member(db, member, &pseudonym)?;
    for (source, id) in database::awaiting_voids(db)?.iter().filter(|(_, id)| has_word(id, member)) {
        database::drop_void(db, source, id)?;
        database::add_erased(db, &digest(source, id))?;
    }
    erasure.own_rows = database::drop_member(db, member)?;
    for (other, sum) in &sums {
        sums::put(db, other, &sum.to_bytes())?;
    }

    for other in colleagues.iter().chain((!stays.is_empty()).then_some(&pseudonym)) {
        refold(db, program, other)?;
    }
    let after = ledgers(db, program, &colleagues)?;
    erasure.colleagues = colleagues.len();
    erasure.changed = before.iter().zip(&after).filter(|(before, after)| before != after).count();
    database::each_text(db, |text| erasure.mentions += usize::from(has_word(text, member)))?;
    Ok(Some(erasure))
}

/// Keeps an activity from coming again. Nobody sends what happened on the intranet itself, and the digest of a thank's
/// id would still prove who thanked whom.
fn refuse(db: &Db<'_>, row: &Row) -> Result<()> {
    if row.source == sources::OWN {
        return Ok(());
    }
    database::add_erased(db, &digest(&row.source, &row.id))
}

/// What was given to each of these members, apart from the ids and objects it was given for, which may change.
fn ledgers(db: &Db<'_>, program: &Program, members: &BTreeSet<String>) -> Result<Vec<Vec<String>>> {
    let ledger = |member: &String| {
        let folded = history(db, program, member)?.fold();
        let entries = folded.ledger.iter().map(|entry| {
            let mut line = entry.line(member);
            (line.source, line.activity, line.object) = Default::default();
            Ok(serde_json::to_string(&line)?)
        });
        let mut entries: Vec<String> = entries.collect::<Result<_>>()?;
        entries.sort();
        Ok(entries)
    };
    members.iter().map(ledger).collect()
}

/// New names for what gives a member away.
struct NewNames<'a> {
    member: &'a str,
    /// By object.
    objects: BTreeMap<String, String>,
    /// By source and id.
    ids: BTreeMap<(String, String), String>,
}

/// The parts of a stored activity that say what it is about.
#[derive(Deserialize)]
struct About {
    owner: Option<String>,
    object: Option<String>,
    #[serde(default)]
    attributes: BTreeMap<String, Value>,
}

impl<'a> NewNames<'a> {
    /// New names for the objects that the member owns, and for those that give the member away and that nobody owns.
    fn of_objects(db: &Db<'_>, rules: &Rules, member: &'a str, own: &[Activity]) -> Result<Self> {
        let mut names = Self { member, objects: BTreeMap::new(), ids: BTreeMap::new() };
        for activity in own {
            let Some(object) = activity.object() else { continue };
            let is_theirs = match activity.owner() {
                Some(owner) => owner == member,
                None => gives_away(object, member),
            };
            if is_theirs && !rules.speaks_of(object) && !names.objects.contains_key(object) {
                names.objects.insert(object.into(), random());
            }
        }
        database::each_activity(db, |row| {
            let about = About::of(&row)?;
            if let (Some(owner), Some(object)) = (about.owner, about.object)
                && owner != member
            {
                names.objects.remove(&object);
            }
            Ok(())
        })?;
        Ok(names)
    }

    /// New ids for those activities whose ids give the member away.
    fn add_ids(&mut self, activities: &[(Row, Activity)]) {
        for (row, _) in activities.iter().filter(|(row, _)| gives_away(&row.id, self.member)) {
            self.ids.insert((row.source.clone(), row.id.clone()), random());
        }
    }

    /// New names for objects that give the member away and are counted in somebody's sum.
    fn add_objects_of_sums(&mut self, db: &Db<'_>, program: &Program) -> Result<()> {
        let objects = RefCell::new(&mut self.objects);
        for (_, bytes) in sums::all(db)? {
            let _ = read_sum(program, &bytes)?.with_texts(|text, names| {
                if names == SumText::Object && has_word(text, self.member) {
                    objects.borrow_mut().entry(text.to_owned()).or_insert_with(random);
                }
                None
            });
        }
        Ok(())
    }

    /// The sums of others that change, by member: the pseudonym takes the member's place, and objects have new names.
    fn new_sums(&self, db: &Db<'_>, program: &Program, pseudonym: &str) -> Result<BTreeMap<String, SealedSum>> {
        let mut changed = BTreeMap::new();
        for (other, bytes) in sums::all(db)?.into_iter().filter(|(other, _)| other != self.member) {
            let sum = read_sum(program, &bytes)?;
            let new = sum.with_texts(|text, names| match names {
                SumText::Member => (text == self.member).then(|| Text::from(pseudonym)),
                SumText::Object => self.objects.get(text).map(|new| Text::from(new.as_str())),
                _ => {
                    let new = self.objects.get(text).filter(|_| gives_away(text, self.member));
                    new.map(|new| Text::from(new.as_str()))
                }
            });
            if new != sum {
                changed.insert(other, new);
            }
        }
        Ok(changed)
    }

    /// The activities that do not name the member and have one of these objects or ids in them.
    fn related(&self, db: &Db<'_>, program: &Program) -> Result<Vec<(Row, Activity)>> {
        let mut related = Vec::new();
        database::each_activity(db, |row| {
            let About { object, attributes, .. } = About::of(&row)?;
            let has_object = object.is_some_and(|object| self.objects.contains_key(&object));
            let values = attributes
                .values()
                .flat_map(|value| value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice));
            let refers = values.filter_map(Value::as_str).any(|text| self.in_attribute(&row.source, text).is_some());
            if (has_object || refers)
                && let Some(activity) = read(program, &row.content)
                && activity.members().all(|other| other != self.member)
            {
                related.push((row, activity));
            }
            Ok(())
        })?;
        Ok(related)
    }

    /// The new name of what an attribute refers to, if it has one: an activity of the same source, or an object. An
    /// object that gives nobody away may also be called like a topic, which stays.
    fn in_attribute(&self, source: &str, text: &str) -> Option<&String> {
        let object = self.objects.get(text).filter(|_| gives_away(text, self.member));
        object.or_else(|| self.ids.get(&(source.to_owned(), text.to_owned())))
    }

    /// The activity with the new names in it, and without the attributes that it drops.
    fn put_into(&self, activity: &Activity, drops: impl Fn(&str) -> bool) -> Result<Activity> {
        let source = activity.source();
        let id = (source.to_owned(), activity.id().to_owned());
        let mut tree = activity.to_tree();
        let Tree::Table(entries) = &mut tree else { return Ok(activity.clone()) };
        for (key, value) in entries {
            match &**key {
                "id" => replace(value, |_| self.ids.get(&id)),
                "object" => replace(value, |object| self.objects.get(object)),
                "attributes" => {
                    if let Tree::Table(attributes) = value {
                        attributes.retain(|(attribute, _)| !drops(attribute));
                    }
                    replace(value, |text| self.in_attribute(source, text));
                }
                _ => {}
            }
        }
        activity.program().read_own(&tree).context("an activity could not be read with new names in it")
    }
}

impl About {
    fn of(row: &Row) -> Result<Self> {
        // The error of the parser may quote a text.
        serde_json::from_str(&row.content).ok().with_context(|| format!("activity number {} is damaged", row.number))
    }
}

/// Puts new texts in place of those in a tree that have one.
fn replace<'n>(tree: &mut Tree<'_>, new: impl Fn(&str) -> Option<&'n String> + Copy) {
    match tree {
        Tree::Text(text) => {
            if let Some(new) = new(text) {
                *text = Cow::Owned(new.clone());
            }
        }
        Tree::List(items) => items.iter_mut().for_each(|item| replace(item, new)),
        Tree::Table(entries) => entries.iter_mut().for_each(|(_, value)| replace(value, new)),
        _ => {}
    }
}

/// A name that nobody can trace.
fn random() -> String {
    Uuid::new_v4().to_string()
}

/// Whether an id or object says who it is of, to a reader or to somebody who guesses.
fn gives_away(text: &str, member: &str) -> bool {
    let is_hash = |word: &str| word.len() >= HASH_DIGITS && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    has_word(text, member) || text.split(|letter: char| !letter.is_alphanumeric()).any(is_hash)
}

/// Whether a text has a name in it as a word of its own, in any case.
fn has_word(text: &str, name: &str) -> bool {
    let (text, name) = (text.to_lowercase(), name.to_lowercase());
    text.match_indices(&name).any(|(at, found)| {
        let ends = [text[..at].chars().next_back(), text[at + found.len()..].chars().next()];
        ends.into_iter().flatten().all(|letter| !letter.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_and_not_a_part_of_one() {
        for (text, has) in [
            ("blog/ada/hello", true),
            ("Thanks, Ada!", true),
            ("45-ada", true),
            ("ada", true),
            ("canada", false),
            ("adapter ada2", false),
            ("ädaß", false),
            ("", false),
        ] {
            assert_eq!(has_word(text, "ada"), has, "{text}");
        }
        assert!(has_word("von ÄDA.L, gestern", "äda.l"));
    }

    #[test]
    fn a_hash_gives_away_what_it_was_made_of_and_a_random_id_nothing() {
        let hash = "5f0c".repeat(16);
        assert!(gives_away(&hash, "ada") && gives_away(&format!("kudos/{hash}"), "ada"));
        assert!(!gives_away(&Uuid::new_v4().to_string(), "ada") && !gives_away("s-0042", "ada"));
    }
}
