//! Program: the whole definition, checked and ready to use.

pub(crate) mod condition;
pub(crate) mod cost;
pub(crate) mod counter;
pub(crate) mod face;
pub(crate) mod field;
pub(crate) mod format;
pub(crate) mod goal;
pub(crate) mod keys;
pub(crate) mod mapping;
pub(crate) mod people;
pub(crate) mod rule_index;
pub(crate) mod scope;
pub(crate) mod value;
pub(crate) mod words;

use self::{
    condition::Condition,
    mapping::{Input, KindInput},
};
pub(crate) use self::{
    counter::{Counter, CounterLayout},
    field::{Field, Profile},
    goal::{Badge, Given, Goal, Goals, Measure, Part, Version, Watcher},
    people::{Challenge, ChallengeStep, Days, Sharing, Topics},
    rule_index::{AttributeTest, FixedGift, IndexBlock, RuleEntry, TallyEntry},
    scope::{Amount, Bound, Key, Limit, Scope, Span},
    words::Words,
};
pub use self::{
    face::{Grade, Icon, Shape},
    field::Needs,
};
use crate::{
    base::{
        id_table::{Id, Named, Table},
        text::Text,
        time::{Day, Time, Timestamp, Weekday, Window},
        zone::Zone,
    },
    language::audience::Audience,
    program::value::AttributeType,
};
use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use core::{fmt, ops::Deref};

/// A definition of what is recognised, checked and ready to use. [`Program::check`] makes one.
///
/// A program never changes, and a clone shares it: standings, activities and entries each know the program that made them. Two
/// programs are equal when their [fingerprints](Self::fingerprint) are.
///
/// Clones count their owners in one place. A host that folds on many threads checks the program once on each of them, so that
/// the threads share nothing.
#[derive(Clone)]
pub struct Program(Arc<Definition>);

/// What a program says, as data. The rest of core reads it through [`Program`].
#[doc(hidden)]
#[derive(Debug)]
pub struct Definition {
    pub(crate) fingerprint: u64,
    pub(crate) id: Text,
    pub(crate) name: Words,
    pub(crate) zone: Zone,
    pub(crate) week_start: Weekday,
    /// By weekday from Monday: whether it is a day of rest.
    pub(crate) rest: [bool; 7],
    /// In order.
    pub(crate) holidays: Vec<Day>,
    pub(crate) leave: Option<Leave>,
    pub(crate) input: Input,
    pub(crate) kinds: Table<Kind>,
    pub(crate) kinds_by_name: BTreeMap<Text, Id<Kind>>,
    pub(crate) attributes: Table<Attribute>,
    pub(crate) currencies: Table<Currency>,
    pub(crate) limits: Table<Limit>,
    pub(crate) tallies: Table<Tally>,
    pub(crate) rules: Table<Rule>,
    pub(crate) badges: Table<Badge>,
    /// By rising total.
    pub(crate) levels: Table<Level>,
    pub(crate) fields: Table<Field>,
    pub(crate) profile: Option<Profile>,
    pub(crate) boards: Table<Board>,
    pub(crate) sharing: Sharing,
    pub(crate) topics: Option<Topics>,
    /// Tallies of what members have from it.
    pub(crate) gains: Vec<Id<Tally>>,
    pub(crate) challenges: Table<Challenge>,
    /// From so many members on, numbers of a group are told.
    pub(crate) group: usize,
    pub(crate) redeem: Option<Redeem>,
    pub(crate) rewards: Table<Reward>,
    pub(crate) links: Links,
    pub(crate) layout: Arc<CounterLayout>,
}

/// Who is to be looked at when, noted once all is checked.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// Rules and badges whose goals ask for fields or completeness.
    pub(crate) on_profile: Vec<Watcher>,
    /// Badges whose goals ask for a level.
    pub(crate) on_level: Vec<Id<Badge>>,
    /// Badges whose goals ask for the total of a currency.
    pub(crate) on_total: Vec<(Id<Currency>, Id<Badge>)>,
    /// Rules and badges whose goals ask for a challenge.
    pub(crate) on_challenge: Vec<(Id<Challenge>, Watcher)>,
    /// Tallies of the points given in a currency.
    pub(crate) of_points: Vec<(Id<Currency>, Id<Tally>)>,
    /// Streaks, which leave may mend.
    pub(crate) streaks: Vec<Id<Tally>>,
    /// Goals that time alone brings about: the tally, its minimum, whether every multiple counts too, and whose goal it is.
    pub(crate) since: Vec<Since>,
    /// Moments at which goals make up for what came before, in order.
    pub(crate) backfills: Vec<(Timestamp, Watcher)>,
    /// Kinds by which a member says of a badge whether it is shown, and which it is then.
    pub(crate) on_shown: Vec<(Id<Kind>, Id<Badge>, bool)>,
    /// Whether any rule keeps points until its time has come.
    pub(crate) has_deferred: bool,
    /// Attributes that name a member.
    pub(crate) members: Vec<Id<Attribute>>,
    /// The currency of each rule, close together, because every entry asks for it.
    pub(crate) currencies: Vec<Id<Currency>>,
}

/// A goal that time alone brings about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Since {
    pub(crate) tally: Id<Tally>,
    pub(crate) min: i64,
    pub(crate) every: bool,
    pub(crate) watcher: Watcher,
}

/// The kind by which members say when they are away.
#[derive(Debug)]
pub(crate) struct Leave {
    pub(crate) on: Id<Kind>,
    pub(crate) from: Id<Attribute>,
    pub(crate) until: Id<Attribute>,
}

/// The kinds by which rewards are redeemed.
#[derive(Debug)]
pub(crate) struct Redeem {
    pub(crate) on: Id<Kind>,
    /// Names the reward.
    pub(crate) reward: Id<Attribute>,
    pub(crate) approved_by: Option<Id<Kind>>,
}

/// What points can be spent on.
#[derive(Debug)]
pub(crate) struct Reward {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) cost: i64,
    pub(crate) stock: Option<u32>,
    pub(crate) approval: bool,
}

/// What a member is in an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Actor,
    Owner,
    Recipient,
    /// An attribute of type member.
    Attribute(Id<Attribute>),
}

/// A sort of activity, with what is to be done for one of it.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: Text,
    pub(crate) words: Words,
    /// How a member is asked to do it.
    pub(crate) invite: Words,
    /// Before whom its actor does it.
    pub(crate) comfort: Audience,
    /// Its actor only says by it how they are to be treated: nobody is invited to that.
    pub(crate) setting: bool,
    /// The program names it for something of its own, so that it means more than what it counts for.
    pub(crate) has_meaning: bool,
    pub(crate) attributes: Vec<Id<Attribute>>,
    /// Where its own format keeps things, whatever the feed.
    pub(crate) own_input: KindInput,
    pub(crate) reverses: Option<Reverses>,
    pub(crate) input: KindInput,
    pub(crate) rules: Vec<Id<Rule>>,
    /// Each with what one activity of this kind adds, for sums by kind.
    pub(crate) tallies: Vec<(Id<Tally>, i64)>,
    /// What they ask.
    pub(crate) index_blocks: Vec<IndexBlock>,
}

/// What an activity of a kind undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reverses {
    /// The latest living activity of this kind by the same actor about the same object.
    Latest(Id<Kind>),
    /// Everything about its object that does not itself reverse.
    Object,
}

/// An attribute; of one type wherever it is declared.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Text,
    pub(crate) of: AttributeType,
}

/// A counted reward.
#[derive(Debug)]
pub(crate) struct Currency {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) start: i64,
    pub(crate) floor: Option<i64>,
    /// In each of these it is counted anew.
    pub(crate) per: Window,
}

/// What is counted.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) counts: Counted,
    pub(crate) to: Role,
    pub(crate) condition: Option<Arc<Condition>>,
    pub(crate) scope: Scope,
    /// What came earlier does not count: it is that of a goal with a `from`.
    pub(crate) from: Option<Timestamp>,
    /// It counts only while the member is in this challenge: it is that of one of its steps, or shared there.
    pub(crate) during: Option<Id<Challenge>>,
    /// The rules, badges and steps of challenges whose goal asks for it.
    pub(crate) watchers: Vec<Watcher>,
    /// The values from which on their goals hold, where nothing else decides that: they need only look when it passes one of these.
    pub(crate) thresholds: Option<Vec<i64>>,
    /// From so many different values on nobody asks for more, so the values themselves are let go.
    pub(crate) distinct_cap: Option<i64>,
}

/// What a tally does with an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Adds so much as the kind says: 1 for a count.
    ByKind,
    /// Adds up an integer attribute.
    Sum(Id<Attribute>),
    /// Counts different values.
    Distinct(Distinct),
    /// Adds up the points given in a currency.
    Points(Id<Currency>),
    /// How many days or weeks in a row, with so many missed ones between two that do not matter.
    Streak { unit: Window, grace: i64 },
    /// How many full units have passed since the first.
    Since(Window),
}

/// What different values are counted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distinct {
    Day,
    Key(Key),
}

/// What gives points.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) trigger: Trigger,
    pub(crate) to: Role,
    pub(crate) currency: Id<Currency>,
    pub(crate) amount: Amount,
    /// Of a rule with `on`; a goal has its own.
    pub(crate) version: Version,
    /// Limits in times first, then those in points, each narrowest window first.
    pub(crate) limits: Vec<Id<Limit>>,
}

/// What makes a rule give.
#[derive(Debug)]
pub(crate) enum Trigger {
    /// Each activity of its kinds for which this holds.
    On(Option<Condition>),
    /// A goal that is reached.
    When(Goals),
}

/// How far a total has climbed.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) min: i64,
    /// It is held only while the total is there.
    pub(crate) live: bool,
}

/// Standings in order.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) per_month: bool,
    /// Absent where everyone who published is on it.
    pub(crate) joined_by: Option<Id<Kind>>,
    pub(crate) left_by: Id<Kind>,
}

impl Program {
    pub(crate) fn new(definition: Definition) -> Self {
        Self(Arc::new(definition))
    }

    /// The program's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The program's name in a locale, or its id where it has none.
    pub fn name(&self, locale: &str) -> &str {
        self.name.or(locale, &self.id)
    }

    /// A number that tells programs apart: the same for the same text of a program, spaces and comments aside, and the same zone data.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// Names of the kinds, in the program's order.
    pub fn kinds(&self) -> impl Iterator<Item = &str> {
        self.kinds.values().map(|kind| kind.name.as_str())
    }

    /// Names of the rules, in the program's order.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.rules.values().map(|rule| rule.name.as_str())
    }

    /// Names of the badges, in the program's order.
    pub fn badges(&self) -> impl Iterator<Item = &str> {
        self.badges.values().map(|badge| badge.name.as_str())
    }

    /// Names of the currencies, in the program's order.
    pub fn currencies(&self) -> impl Iterator<Item = &str> {
        self.currencies.values().map(|currency| currency.name.as_str())
    }

    /// Names of the rewards, in the program's order.
    pub fn rewards(&self) -> impl Iterator<Item = &str> {
        self.rewards.values().map(|reward| reward.name.as_str())
    }

    /// Names of the boards, in the program's order.
    pub fn boards(&self) -> impl Iterator<Item = &str> {
        self.boards.values().map(|board| board.name.as_str())
    }

    /// Names of the fields of the profile, in the program's order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.values().map(|field| field.name.as_str())
    }
}

impl Deref for Program {
    type Target = Definition;

    fn deref(&self) -> &Definition {
        &self.0
    }
}

impl PartialEq for Program {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.fingerprint == other.fingerprint
    }
}

impl Eq for Program {}

impl fmt::Debug for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Program({}, {:016x})", self.id, self.fingerprint)
    }
}

/// Things of two programs were mixed: a standing, activity or entry was made by another program than the one asked. Nothing has
/// changed. Read activities and fold records again by the program in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("made by another program; read activities and fold records again by the program in use")]
pub struct OtherProgram;

impl Definition {
    /// The civil day of a time for a role: an actor's follows the time's own offset, all others' the program's zone.
    pub(crate) fn day(&self, time: Time, role: Role) -> Day {
        match time.offset_seconds {
            Some(offset) if role == Role::Actor => Day::of(time.instant.unix_seconds() + i64::from(offset)),
            _ => self.zone.day(time.instant),
        }
    }

    /// The number of the window that a time falls into for a role.
    pub(crate) fn window(&self, time: Time, role: Role, per: Window) -> i32 {
        match per {
            Window::Ever => 0,
            _ => per.number(self.day(time, role), self.week_start),
        }
    }

    /// The name of a kind in a locale; the kind itself where it has none.
    pub(crate) fn kind_name(&self, kind: Id<Kind>, locale: &str) -> &str {
        let kind = &self.kinds[kind];
        kind.words.or(locale, &kind.name)
    }

    /// The name of a role, as the program writes it.
    pub(crate) fn role_name(&self, role: Role) -> &str {
        match role {
            Role::Actor => "actor",
            Role::Owner => "owner",
            Role::Recipient => "recipient",
            Role::Attribute(attribute) => &self.attributes[attribute].name,
        }
    }

    /// Whether anything falls due by time alone.
    pub(crate) fn is_timed(&self) -> bool {
        let Links { since, backfills, has_deferred, .. } = &self.links;
        *has_deferred || !since.is_empty() || !backfills.is_empty()
    }

    /// The level of so much height; none of 0.
    pub(crate) fn level(&self, height: u16) -> Option<(Id<Level>, &Level)> {
        let id = Id::new(usize::from(height).checked_sub(1)?)?;
        Some((id, self.levels.lookup(id)?))
    }
}

impl Currency {
    /// The number of its window that a time falls into.
    pub(crate) fn window(&self, program: &Definition, time: Time) -> i32 {
        match self.per {
            Window::Ever => 0,
            per => per.number(program.zone.day(time.instant), program.week_start),
        }
    }
}

macro_rules! named {
    ($($thing:ty),*) => {
        $(impl Named for $thing {
            fn name(&self) -> &Text {
                &self.name
            }
        })*
    };
}
named!(Kind, Attribute, Currency, Limit, Tally, Rule, Badge, Level, Field, Board, Reward, Challenge);
