//! Ledger: what was given, one entry a line, each with its activity and its cause.

use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Time, Timestamp},
    },
    input::activity::{ActivityRef, Origin},
    program::{Badge, Grade, Level, Program, Reward, Rule},
};
use alloc::{
    boxed::Box,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use serde::{Deserialize, Serialize};

/// One line of a member's ledger: what an activity brought, and by which rule, reward, badge or level.
///
/// Activity, moment, cause, role, key and times together are its id: they occur once in a member's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) origin: Arc<Origin>,
    /// When time alone brought it. Few entries have this or a key, and a record has more entries than anything else: so both stand
    /// apart, and an entry is 48 bytes instead of 80.
    pub(crate) due: Option<Box<Timestamp>>,
    pub(crate) cause: Cause,
    pub(crate) key: Option<Box<Text>>,
    /// How often it was given by now, where it is given more than once for nothing in particular; else 0.
    pub(crate) times: u32,
    /// 0 for badges and levels; what was spent, below 0, for rewards.
    pub(crate) points: i64,
    /// A live badge or level that no longer holds.
    pub(crate) taken: bool,
    /// It makes up for what came before its rule or goal.
    pub(crate) backfill: bool,
}

/// What made an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Cause {
    Rule(Id<Rule>),
    Reward(Id<Reward>),
    Level(Id<Level>),
    Badge(Id<Badge>, Option<Grade>),
}

/// When something is given, and the activity that it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    pub(crate) time: Time,
    /// Time alone brings it, after the activity.
    pub(crate) is_due: bool,
    pub(crate) origin: &'a Arc<Origin>,
}

impl<'a> Moment<'a> {
    /// That of an activity.
    pub(crate) fn of(origin: &'a Arc<Origin>) -> Self {
        Self { time: origin.time, is_due: false, origin }
    }

    /// One that time alone brings, after an activity.
    pub(crate) fn due(at: Timestamp, origin: &'a Arc<Origin>) -> Self {
        Self { time: Time::utc(at), is_due: true, origin }
    }

    pub(crate) fn entry(self, cause: Cause, points: i64) -> Entry {
        Entry {
            origin: self.origin.clone(),
            due: self.is_due.then(|| Box::new(self.time.instant)),
            cause,
            key: None,
            times: 0,
            points,
            taken: false,
            backfill: false,
        }
    }
}

impl Cause {
    /// The name of the rule, reward, badge or level in a locale.
    pub(crate) fn name<'p>(self, program: &'p Program, locale: &str) -> &'p str {
        let (words, name) = match self {
            Self::Rule(id) => (&program.rules[id].words, &program.rules[id].name),
            Self::Reward(id) => (&program.rewards[id].words, &program.rewards[id].name),
            Self::Level(id) => (&program.levels[id].words, &program.levels[id].name),
            Self::Badge(id, _) => (&program.badges[id].words, &program.badges[id].name),
        };
        words.or(locale, name)
    }
}

/// An entry in words: the canonical line of a ledger, the same bytes wherever it is written as JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EntryLine {
    /// The member whose ledger it is.
    pub member: String,
    /// When it was given, RFC 3339: when the activity happened, with its own offset; or when it fell due by time alone, in UTC.
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
    /// The reward that points were spent on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
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
    /// The object, or other key, a badge or goal was reached with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The currency of the points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The points; below 0 for those spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// How often it was given by now, where a rule or badge is given every time or again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// A live badge or level that no longer holds.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub taken: bool,
    /// It makes up for what came before its rule or badge; all such entries of one moment are one piece of news.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub backfill: bool,
}

impl Entry {
    /// The activity that brought it, or after which time brought it.
    pub fn activity(&self) -> ActivityRef {
        self.origin.reference()
    }

    /// When it was given.
    pub fn at(&self) -> Timestamp {
        self.due.as_deref().copied().unwrap_or(self.origin.time.instant)
    }

    /// The points it gave or, below 0, took or spent; 0 for a badge or level.
    pub fn points(&self) -> i64 {
        self.points
    }

    /// The program that gave it.
    pub fn program(&self) -> &Program {
        &self.origin.program
    }

    /// The name of the rule, reward, badge or level that made it, in a locale.
    pub fn name(&self, locale: &str) -> &str {
        self.cause.name(self.program(), locale)
    }

    /// The entry in words: the line of a member's ledger.
    pub fn line(&self, member: &str) -> EntryLine {
        let program = self.program();
        let time =
            self.due.as_deref().map_or(self.origin.time, |instant| Time { instant: *instant, offset_seconds: None });
        let mut line = EntryLine {
            member: member.into(),
            at: time.to_text(),
            source: self.origin.source.to_string(),
            activity: self.origin.id.to_string(),
            kind: program.kinds[self.origin.kind].name.to_string(),
            rule: None,
            reward: None,
            role: None,
            badge: None,
            grade: None,
            level: None,
            object: self.key.as_ref().map(ToString::to_string),
            currency: None,
            amount: None,
            times: (self.times > 0).then_some(self.times),
            taken: self.taken,
            backfill: self.backfill,
        };
        let currency = match self.cause {
            Cause::Rule(id) => {
                let rule = &program.rules[id];
                line.rule = Some(rule.name.to_string());
                line.role = Some(program.role_name(rule.to).into());
                Some(rule.currency)
            }
            Cause::Reward(id) => {
                line.reward = Some(program.rewards[id].name.to_string());
                Some(program.rewards[id].currency)
            }
            Cause::Level(id) => {
                line.level = Some(program.levels[id].name.to_string());
                None
            }
            Cause::Badge(id, grade) => {
                line.badge = Some(program.badges[id].name.to_string());
                line.grade = grade;
                None
            }
        };
        if let Some(currency) = currency {
            line.currency = Some(program.currencies[currency].name.to_string());
            line.amount = Some(self.points);
        }
        line
    }
}

/// The difference of two ledgers of a member: what the new one has and the old has not, and the other way round.
pub(crate) fn difference(old: &[Entry], new: &[Entry]) -> (Vec<Entry>, Vec<Entry>) {
    // Both ledgers are in order of activities, so their common beginning need not be looked at.
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old, new) = (old.get(same..).unwrap_or_default(), new.get(same..).unwrap_or_default());
    let sorted = |entries: &[Entry]| {
        let mut entries: Vec<Entry> = entries.to_vec();
        entries.sort_by(|a, b| a.key().cmp(&b.key()));
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
    fn key(&self) -> (impl Ord, Option<&Timestamp>, Cause, Option<&Text>, (u32, bool)) {
        (self.origin.order_key(), self.due.as_deref(), self.cause, self.key.as_deref(), (self.times, self.taken))
    }
}
