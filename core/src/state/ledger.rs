//! Ledger: what a member was given, one entry at a time, each with its activity and its cause.

use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Time, Timestamp},
    },
    input::origin::{ActivityRef, Origin},
    program::{Badge, Grade, Level, Program, Reward, Rule},
};
use alloc::{boxed::Box, sync::Arc};

/// One line of a member's ledger: what an activity gave, and which rule, reward, badge or level gave it.
///
/// An entry's activity, moment, cause, key and number of times identify it within its ledger.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/levels.rs"));
/// let ledger = engine.ledger("ada");
/// assert_eq!((ledger[0].name("en"), ledger[0].points()), ("blog", 5));
/// assert_eq!(ledger[0].at().to_string(), "2026-03-01T09:30:00Z");
///
/// let line = ledger[1].line("ada");
/// assert_eq!((line.badge.as_deref(), line.grade.as_deref()), (Some("writer"), Some("bronze")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub(crate) origin: Arc<Origin>,
    /// When it fell due, if time alone brought it.
    // Boxed like the key, because few entries have either and nothing is as numerous as entries: one takes 48 bytes
    // instead of 80.
    pub(crate) due: Option<Box<Timestamp>>,
    pub(crate) cause: Cause,
    pub(crate) key: Option<Box<Text>>,
    /// How many times it has been given, this time included, if it is given again and again without a key; otherwise
    /// 0.
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

impl Entry {
    /// The activity that brought the entry. For an entry that time alone brought, the activity before it.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let activity = engine.ledger("ada")[0].activity();
    /// assert_eq!((activity.source.as_str(), activity.id.as_str()), ("wiki", "1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn activity(&self) -> ActivityRef {
        self.origin.reference()
    }

    /// When the entry was given.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/anniversary.rs"));
    /// // Ada joined on 1 March 2026, and a badge is for being here a year. Midnight brings it.
    /// let folded = engine.as_of("ada", "2027-06-01T00:00:00Z".parse()?).unwrap();
    /// assert_eq!(folded.ledger[0].at().to_string(), "2027-03-01T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn at(&self) -> Timestamp {
        self.due.as_deref().copied().unwrap_or(self.origin.time.instant)
    }

    /// The points that the entry gave. The number is below 0 if points were spent or taken back, and 0 for a badge or
    /// level.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug_redeemed.rs"));
    /// // Ada wrote two posts at 5 points each, and redeemed a mug for 10.
    /// let points: Vec<_> = engine.ledger("ada").iter().map(Entry::points).collect();
    /// assert_eq!(points, [5, 5, -10]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn points(&self) -> i64 {
        self.points
    }

    /// The program that gave the entry.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// assert_eq!(engine.ledger("ada")[0].program().id(), "first-steps");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> &Program {
        &self.origin.program
    }

    /// The name, in a locale, of the rule, reward, badge or level that made the entry.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug_redeemed.rs"));
    /// let names: Vec<_> = engine.ledger("ada").iter().map(|entry| entry.name("en")).collect();
    /// assert_eq!(names, ["blog", "blog", "A mug"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn name(&self, locale: &str) -> &str {
        self.cause.name(self.program(), locale)
    }

    /// What identifies the entry within its ledger.
    pub(crate) fn id(&self) -> (impl Ord, Option<&Timestamp>, Cause, Option<&Text>, (u32, bool)) {
        (self.origin.order_key(), self.due.as_deref(), self.cause, self.key.as_deref(), (self.times, self.taken))
    }
}
