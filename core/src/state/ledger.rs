//! Ledger: what a member was given, one entry at a time, each with its activity and its cause.

use crate::{
    base::{
        from_tree::plain_data,
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
};
use serde::Serialize;

/// One entry of a member's ledger: what an activity brought, and by which rule, reward, badge or level.
///
/// Its activity, moment, cause, key and number of times are its id: no other entry of the ledger has the same ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) origin: Arc<Origin>,
    /// When it fell due, if time alone brought it.
    // Boxed like the key, because few entries have either and nothing is as numerous as entries: one takes 48 bytes
    // instead of 80.
    pub(crate) due: Option<Box<Timestamp>>,
    pub(crate) cause: Cause,
    pub(crate) key: Option<Box<Text>>,
    /// How many times it has been given, this time included, if it is given again and again without a key; otherwise 0.
    pub(crate) times: u32,
    /// The points given. 0 for badges and levels; for rewards the cost, below 0.
    pub(crate) points: i64,
    /// The entry takes a live badge or level that no longer holds.
    pub(crate) taken: bool,
    /// The entry makes up for activities from before its rule or goal.
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
    /// Whether time alone brings it, after the activity.
    pub(crate) is_due: bool,
    pub(crate) origin: &'a Arc<Origin>,
}

impl<'a> Moment<'a> {
    /// The moment of an activity.
    pub(crate) fn of(origin: &'a Arc<Origin>) -> Self {
        Self { time: origin.time, is_due: false, origin }
    }

    /// A moment after an activity at which something falls due.
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

/// An entry with names instead of ids: the canonical line of a ledger. As JSON it has the same bytes on every machine.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EntryLine {
    /// The member whose ledger it is.
    pub member: String,
    /// When it was given, in RFC 3339: the time of the activity, with its own offset, or the time at which it fell
    /// due, in UTC.
    pub at: String,
    /// The source of the activity.
    pub source: String,
    /// The id of the activity.
    pub activity: String,
    /// The kind of the activity.
    pub kind: String,
    /// The rule that gave points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The reward that the points were spent on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// For a rule, the role that the member had in the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The badge that was given or, if [`taken`](Self::taken), taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The badge's grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
    /// The level that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The object, or other key, for which a badge or goal was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The currency of the points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The points. Below 0 if they were spent or taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// How many times it has been given, this time included, if the rule or badge is given `every` or `again`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Whether the line takes a live badge or level that no longer holds.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub taken: bool,
    /// Whether it makes up for activities from before its rule or badge. All such entries of one moment are one piece
    /// of news.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub backfill: bool,
}

plain_data! {
    EntryLine {
        member, at, source, activity, kind, rule, reward, role, badge, grade, level, object, currency, amount,
        times, taken: optional, backfill: optional,
    }
}

impl Entry {
    /// The activity that brought it. For an entry that time alone brought, the activity that it follows.
    pub fn activity(&self) -> ActivityRef {
        self.origin.reference()
    }

    /// When it was given.
    pub fn at(&self) -> Timestamp {
        self.due.as_deref().copied().unwrap_or(self.origin.time.instant)
    }

    /// The points that it gave. Below 0 if it took or spent points; 0 for a badge or level.
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
        let time = self.due.as_deref().map_or(self.origin.time, |instant| Time::utc(*instant));
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

    /// Its id, which no other entry of the ledger has.
    pub(crate) fn id(&self) -> (impl Ord, Option<&Timestamp>, Cause, Option<&Text>, (u32, bool)) {
        (self.origin.order_key(), self.due.as_deref(), self.cause, self.key.as_deref(), (self.times, self.taken))
    }
}
