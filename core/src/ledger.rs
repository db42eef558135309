//! Ledger: what was given, one entry a line, each with its activity and its cause.

use crate::{
    activity::Activity,
    order::sort_by,
    program::{Badge, Grade, Level, Program, Rule},
    table::Id,
    text::Text,
    view::ActivityRef,
};
use alloc::{
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::{Deserialize, Serialize};

/// One line of a member's ledger: what an activity brought, and by which rule, badge or level.
///
/// Activity, cause, role, object and grade together are its id: they occur once in a member's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) activity: Arc<Activity>,
    pub(crate) cause: Cause,
    pub(crate) object: Option<Text>,
    /// 0 for badges and levels.
    pub(crate) points: i64,
}

/// What made an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Rule(Id<Rule>),
    Level(Id<Level>),
    Badge(Id<Badge>, Option<Grade>),
    /// A live badge, or a grade of it, that no longer holds.
    Taken(Id<Badge>, Option<Grade>),
}

impl Cause {
    /// The name of the rule, badge or level in a locale.
    pub(crate) fn name<'p>(self, program: &'p Program, locale: &str) -> &'p str {
        let (words, name) = match self {
            Self::Rule(id) => (&program.rules[id].words, &program.rules[id].name),
            Self::Level(id) => (&program.levels[id].words, &program.levels[id].name),
            Self::Badge(id, _) | Self::Taken(id, _) => (&program.badges[id].words, &program.badges[id].name),
        };
        words.or(locale, name)
    }
}

/// An entry in words: the canonical line of a ledger, the same bytes wherever it is written as JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryLine {
    /// The member whose ledger it is.
    pub member: String,
    /// When the activity happened, RFC 3339 with its own offset.
    pub at: String,
    /// The source of the activity.
    pub source: String,
    /// The id of the activity.
    pub activity: String,
    /// Its kind.
    pub kind: String,
    /// The rule that gave points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// What the member was in the activity, for a rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The badge that was given or, if live, taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The badge's grade.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The level that was reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The object a badge or goal was reached with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The currency of the points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// A live badge that no longer holds.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub taken: bool,
}

impl Entry {
    /// The activity that brought it.
    pub fn activity(&self) -> &Activity {
        &self.activity
    }

    /// The points it gave; 0 for a badge or level.
    pub fn points(&self) -> i64 {
        self.points
    }

    /// The entry in words.
    pub fn line(&self, program: &Program, member: &str) -> EntryLine {
        let mut line = EntryLine {
            member: member.into(),
            at: self.activity.time.to_text(),
            source: self.activity.source.to_string(),
            activity: self.activity.id.to_string(),
            kind: program.kinds[self.activity.kind].name.to_string(),
            rule: None,
            role: None,
            badge: None,
            grade: None,
            level: None,
            object: self.object.as_ref().map(ToString::to_string),
            currency: None,
            amount: None,
            taken: matches!(self.cause, Cause::Taken(..)),
        };
        match self.cause {
            Cause::Rule(id) => {
                let rule = &program.rules[id];
                line.rule = Some(rule.name.to_string());
                line.role = Some(program.role_name(rule.to).into());
                line.currency = Some(program.currencies[rule.currency].name.to_string());
                line.amount = Some(self.points);
            }
            Cause::Level(id) => line.level = Some(program.levels[id].name.to_string()),
            Cause::Badge(id, grade) | Cause::Taken(id, grade) => {
                line.badge = Some(program.badges[id].name.to_string());
                line.grade = grade;
            }
        }
        line
    }
}

impl Activity {
    /// What the activity is known by.
    pub fn reference(&self) -> ActivityRef {
        ActivityRef { source: self.source.to_string(), id: self.id.to_string() }
    }
}

/// The difference of two ledgers of a member: what the new one has and the old has not, and the other way round.
pub(crate) fn difference(old: &[Entry], new: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
    // Both ledgers are in order of activities, so their common beginning need not be looked at.
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(same..).unwrap_or_default(), new.get(same..).unwrap_or_default());
    let sorted = |entries: &[Entry]| {
        let mut entries: Vec<Entry> = entries.to_vec();
        sort_by(&mut entries, |a, b| a.key().cmp(&b.key()));
        entries
    };
    let (old, new) = (sorted(old), sorted(new));
    let without = |from: &[Entry], other: &[Entry]| {
        let entries = from.iter().filter(|entry| {
            let found = other.binary_search_by(|other| other.key().cmp(&entry.key()));
            !found.is_ok_and(|index| other.get(index).is_some_and(|other| other == *entry))
        });
        entries.cloned().collect::<Vec<_>>()
    };
    (without(&new, &old), without(&old, &new))
}

impl Entry {
    /// Its id, which also sorts it into the order of the record.
    fn key(&self) -> (impl Ord, Cause, Option<&Text>) {
        (self.activity.place(), self.cause, self.object.as_ref())
    }
}
