//! A deed: an activity in the model, read from the format of PROGRAM.md, "Input".

use super::time;
use jiff::{Timestamp, tz::Offset};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One activity.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Deed {
    pub(super) at: Timestamp,
    pub(super) sequence: Option<i64>,
    pub(super) source: String,
    pub(super) id: String,
    /// `None` if the text ends in `Z`.
    pub(super) offset: Option<Offset>,
    /// The time as the ledger writes it: with its own offset, or ending in `Z` without one.
    pub(super) at_text: String,
    pub(super) kind: String,
    /// How many kinds this one undoes one through the other.
    pub(super) undoes: usize,
    pub(super) actor: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) recipients: BTreeSet<String>,
    pub(super) object: Option<String>,
    /// Only those that the kind declares.
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) profile: BTreeMap<String, String>,
}

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Attribute {
    Integer(i64),
    Flag(bool),
    Text(String),
    Member(String),
    Texts(BTreeSet<String>),
    Time(Timestamp),
}

impl Deed {
    /// Reads an activity of a kind that `program` declares.
    pub(super) fn read(program: &Value, zone: &time::Zone, activity: &Value) -> Deed {
        let at_text = text(&activity["at"]).expect("an activity has a time");
        let (at, offset) = time::read(&at_text);
        let kind = text(&activity["kind"]).expect("an activity has a kind");
        let mut attributes = BTreeMap::new();
        if let Some(declared) = program["kinds"][&kind]["attributes"].as_object() {
            for (name, sort) in declared {
                if let Some(value) = attribute(sort, &activity["attributes"][name], zone) {
                    attributes.insert(name.clone(), value);
                }
            }
        }
        let mut profile = BTreeMap::new();
        if program["profile"]["on"].as_str() == Some(&kind) {
            for (field, state) in activity["profile"].as_object().into_iter().flatten() {
                profile.insert(field.clone(), field_state(state));
            }
        }
        Deed {
            at,
            sequence: activity["sequence"].as_i64(),
            source: text(&activity["source"]).unwrap_or_default(),
            id: text(&activity["id"]).expect("an activity has an id"),
            offset,
            at_text: if offset.is_some() { at_text } else { time::written(at) },
            actor: text(&activity["actor"]),
            owner: text(&activity["owner"]),
            recipients: texts(&activity["recipients"]),
            object: text(&activity["object"]),
            undoes: undoes(program, &kind),
            kind,
            attributes,
            profile,
        }
    }

    /// The order of activities: instant, sequence (none first), what undoes after what it can undo, source, id.
    /// Whole numbers come before other ids.
    pub(super) fn order(&self) -> impl Ord + '_ {
        let other = number(&self.id).is_none();
        (self.moment(), self.undoes, self.source.as_bytes(), (other, number(&self.id), self.id.as_bytes()))
    }

    /// The instant and sequence. Nothing but these orders statements of consent that have no revision.
    pub(super) fn moment(&self) -> (Timestamp, Option<i64>) {
        (self.at, self.sequence)
    }

    /// Everyone in `role`.
    pub(super) fn in_role(&self, role: &str) -> BTreeSet<&str> {
        match role {
            "actor" => self.actor.iter().map(String::as_str).collect(),
            "owner" => self.owner.iter().map(String::as_str).collect(),
            "recipient" => self.recipients.iter().map(String::as_str).collect(),
            named => match self.attributes.get(named) {
                Some(Attribute::Member(member)) => BTreeSet::from([member.as_str()]),
                _ => BTreeSet::new(),
            },
        }
    }

    /// The values of a key: the object, members in a role, or the values of an attribute.
    pub(super) fn keys(&self, key: &str) -> BTreeSet<String> {
        match key {
            "object" => self.object.iter().cloned().collect(),
            "actor" | "owner" | "recipient" => self.in_role(key).into_iter().map(str::to_owned).collect(),
            named => match self.attributes.get(named) {
                Some(Attribute::Text(text) | Attribute::Member(text)) => BTreeSet::from([text.clone()]),
                Some(Attribute::Texts(texts)) => texts.clone(),
                _ => BTreeSet::new(),
            },
        }
    }

    /// The value of an attribute of type time.
    pub(super) fn time(&self, name: &str) -> Option<Timestamp> {
        match self.attributes.get(name) {
            Some(Attribute::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// The values of an attribute of type texts.
    pub(super) fn texts(&self, name: &str) -> Option<BTreeSet<String>> {
        match self.attributes.get(name) {
            Some(Attribute::Texts(texts)) => Some(texts.clone()),
            _ => None,
        }
    }

    /// The value of an attribute of type integer.
    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        match self.attributes.get(name) {
            Some(Attribute::Integer(number)) => Some(*number),
            _ => None,
        }
    }

    /// Every member that the activity names.
    pub(super) fn members(&self) -> BTreeSet<&str> {
        let mut members = BTreeSet::new();
        for role in ["actor", "owner", "recipient"] {
            members.extend(self.in_role(role));
        }
        for value in self.attributes.values() {
            if let Attribute::Member(member) = value {
                members.insert(member);
            }
        }
        members
    }
}

/// The whole number that an id is. No generated id has more than 38 digits.
fn number(id: &str) -> Option<i128> {
    let is_number = id.strip_prefix('-').unwrap_or(id).bytes().all(|byte| byte.is_ascii_digit());
    id.parse().ok().filter(|_| is_number)
}

/// How many kinds one kind undoes one through the other. No generated kinds undo each other in a circle.
fn undoes(program: &Value, kind: &str) -> usize {
    let says = &program["kinds"][kind]["reverses"];
    let kinds = match says.as_str() {
        None if says.is_null() => return 0,
        None => texts(&says["kind"]),
        Some("@object") => BTreeSet::new(),
        Some(kind) => BTreeSet::from([kind.to_owned()]),
    };
    kinds.iter().map(|kind| undoes(program, kind)).max().unwrap_or(0) + 1
}

fn attribute(sort: &Value, value: &Value, zone: &time::Zone) -> Option<Attribute> {
    if value.is_null() {
        return None;
    }
    Some(match sort.as_str().expect("an attribute's type is a text") {
        "integer" => Attribute::Integer(value.as_i64().expect("an integer")),
        "flag" => Attribute::Flag(value.as_bool().expect("a flag")),
        "text" => Attribute::Text(text(value).expect("a text")),
        "member" => Attribute::Member(text(value).expect("a member")),
        "texts" => Attribute::Texts(texts(value)),
        "time" => Attribute::Time(time::moment(value.as_str().expect("a time"), zone)),
        other => panic!("no attribute type is called `{other}`"),
    })
}

fn field_state(state: &Value) -> String {
    match state {
        Value::Bool(true) => "done".to_owned(),
        Value::Bool(false) => "missing".to_owned(),
        other => text(other).expect("a field's state is a text or a flag"),
    }
}

/// Ids may be texts or integers.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A list of texts as a set; a single text as a set of one.
pub(super) fn texts(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        single => text(single).into_iter().collect(),
    }
}
