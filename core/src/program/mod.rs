//! Program: what a program says, as data that check has verified.

pub(crate) mod bounds;
pub(crate) mod condition;
pub(crate) mod cost;
pub(crate) mod counter;
pub(crate) mod field;
pub(crate) mod format;
pub(crate) mod goal;
pub(crate) mod keys;
mod links;
pub(crate) mod mapping;
mod names;
pub(crate) mod numbering;
pub(crate) mod people;
mod retention;
pub(crate) mod rule_index;
pub(crate) mod scope;
mod sharing;
pub(crate) mod value;
pub(crate) mod words;

pub use self::field::Needs;
pub use self::sharing::{OtherProgram, Program};
use self::{
    condition::Condition,
    mapping::{Input, KindInput},
};
pub(crate) use self::{
    counter::{Counter, CounterLayout},
    field::{Field, Profile},
    goal::{Badge, Expiry, Given, Goal, Goals, Measure, Part, Version, Watcher},
    links::{LevelTotals, Links, Since},
    people::{Challenge, ChallengeStep, Days, Sharing, Topics},
    rule_index::{AttributeTest, EntrySet, FixedGift, IndexBlock, RuleEntry, TallyEntry, TestedValues},
    scope::{Amount, Bound, Key, Limit, Scope, Span},
    words::Words,
};
pub(crate) use crate::language::face::{Grade, METALS};
pub use crate::language::face::{Icon, Shape};
use crate::{
    base::{
        day::{Cadence, DAY_SECONDS, Day, Window},
        id_table::{Id, Named, Table},
        interner::Interner,
        number::capped,
        text::Text,
        time::{Time, Timestamp},
        zone::Zone,
    },
    language::audience::Audience,
    program::value::AttributeType,
};
use alloc::{sync::Arc, vec::Vec};

/// What a program says, as data. The rest of core reads it through [`Program`].
#[doc(hidden)]
#[derive(Debug)]
pub struct Definition {
    pub(crate) fingerprint: u64,
    pub(crate) id: Text,
    pub(crate) name: Words,
    pub(crate) zone: Zone,
    pub(crate) cadence: Cadence,
    /// Whether each weekday is a day of rest, Monday first.
    pub(crate) rest: [bool; 7],
    /// In order.
    pub(crate) holidays: Vec<Day>,
    pub(crate) leave: Option<Leave>,
    pub(crate) own_week: Option<OwnWeek>,
    pub(crate) input: Input,
    pub(crate) kinds: Table<Kind>,
    /// The names of the kinds, in their order.
    pub(crate) kind_names: Interner,
    pub(crate) attributes: Table<Attribute>,
    pub(crate) currencies: Table<Currency>,
    pub(crate) limits: Table<Limit>,
    pub(crate) tallies: Table<Tally>,
    pub(crate) rules: Table<Rule>,
    pub(crate) badges: Table<Badge>,
    /// In order of their totals.
    pub(crate) levels: Table<Level>,
    pub(crate) fields: Table<Field>,
    pub(crate) profile: Option<Profile>,
    pub(crate) boards: Table<Board>,
    pub(crate) sharing: Sharing,
    pub(crate) topics: Option<Topics>,
    /// The kind by which members decline steps, and its attribute that holds them.
    pub(crate) steps_declined_by: Option<(Id<Kind>, Id<Attribute>)>,
    /// Tallies of what members themselves gain from taking part.
    pub(crate) gains: Vec<Id<Tally>>,
    pub(crate) challenges: Table<Challenge>,
    /// The smallest group whose numbers are reported.
    pub(crate) group: usize,
    /// How many months activities are kept.
    pub(crate) retention_months: i64,
    pub(crate) redeem: Option<Redeem>,
    pub(crate) rewards: Table<Reward>,
    pub(crate) allowances: Table<Allowance>,
    pub(crate) links: Links,
    pub(crate) layout: Arc<CounterLayout>,
}

/// The kind by which members record their leave.
#[derive(Debug)]
pub(crate) struct Leave {
    pub(crate) on: Id<Kind>,
    pub(crate) from: Id<Attribute>,
    pub(crate) until: Id<Attribute>,
}

/// The kind by which members say on which weekdays they rest.
#[derive(Debug)]
pub(crate) struct OwnWeek {
    pub(crate) on: Id<Kind>,
    pub(crate) rest: Id<Attribute>,
    /// The first day on which it holds. Without one, that of the activity.
    pub(crate) from: Option<Id<Attribute>>,
}

/// The kinds by which rewards are redeemed.
#[derive(Debug)]
pub(crate) struct Redeem {
    pub(crate) on: Id<Kind>,
    /// The attribute that names the reward.
    pub(crate) reward: Id<Attribute>,
    pub(crate) approved_by: Option<Id<Kind>>,
}

/// Something that members spend points on.
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

/// What members may give away, measured by a tally of the giver.
#[derive(Debug)]
pub(crate) struct Allowance {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) tally: Id<Tally>,
    /// The highest value of the tally, for all its keys together.
    pub(crate) most: Option<i64>,
    /// The highest value for each key of the tally.
    pub(crate) each: Option<i64>,
}

/// The role of a member in an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Role {
    Actor,
    Owner,
    Recipient,
    /// An attribute of type member.
    Attribute(Id<Attribute>),
}

/// A kind of activity, and what one such activity concerns.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) name: Text,
    pub(crate) words: Words,
    /// The invitation to do it, shown as a next step.
    pub(crate) invite: Words,
    /// The audience its actor faces.
    pub(crate) comfort: Audience,
    /// Whether it only states its actor's wishes. Nobody is invited to do that.
    pub(crate) setting: bool,
    /// Whether the program itself gives it a meaning, beyond what it counts for.
    pub(crate) has_meaning: bool,
    pub(crate) attributes: Vec<Id<Attribute>>,
    /// Its pointers in the program's own format.
    pub(crate) own_input: KindInput,
    pub(crate) reverses: Option<Reverses>,
    /// Its place among activities of one time and sequence: above that of every kind that it can undo.
    pub(crate) undoes: u16,
    pub(crate) input: KindInput,
    pub(crate) rules: Vec<Id<Rule>>,
    /// The tallies that count it, and what one activity adds to a sum by kind.
    pub(crate) tallies: Vec<(Id<Tally>, i64)>,
    /// The index of these rules and tallies.
    pub(crate) index_blocks: Vec<IndexBlock>,
}

/// What an activity of a kind undoes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reverses {
    /// The kinds that it can undo. Empty: all kinds that do not reverse.
    pub(crate) kinds: Vec<Id<Kind>>,
    /// Whether it undoes only what its own actor did.
    pub(crate) own: bool,
    pub(crate) which: Undone,
}

/// Which of the activities that fit an activity undoes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Undone {
    /// The latest living one about the same object.
    Latest,
    /// All about the same object.
    All,
    /// The one of the same source whose id is in this attribute.
    Named(Id<Attribute>),
}

/// An attribute. It has the same type in every kind.
#[derive(Debug)]
pub(crate) struct Attribute {
    pub(crate) name: Text,
    pub(crate) value_type: AttributeType,
}

/// A unit that points are counted in.
#[derive(Debug)]
pub(crate) struct Currency {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) start: i64,
    pub(crate) floor: Option<i64>,
    /// The window after which its total starts again.
    pub(crate) per: Window,
    /// Whether only the member sees the total.
    pub(crate) private: bool,
}

/// A count for goals, conditions and topics.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) counts: Counted,
    pub(crate) to: Role,
    pub(crate) condition: Option<Arc<Condition>>,
    pub(crate) scope: Scope,
    /// Earlier activities do not count. Set on the variant for a goal with a `from`.
    pub(crate) from: Option<Timestamp>,
    /// It counts only while the member takes part in this challenge. Set on the variant for a step or a shared sum.
    pub(crate) during: Option<Id<Challenge>>,
    /// The rules, badges and challenge steps whose goal asks for it.
    pub(crate) watchers: Vec<Watcher>,
    /// The values at which these goals are reached, if nothing else decides that: they are looked at only when it
    /// passes one.
    pub(crate) thresholds: Option<Vec<i64>>,
    /// No goal asks for more different values than this, so once reached, the values themselves are dropped.
    pub(crate) distinct_cap: Option<i64>,
    /// The hash of how it counts, as the program writes it.
    pub(crate) meaning: u64,
}

/// How a tally counts an activity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Adds the number of the kind, which is 1 for `count`.
    ByKind,
    /// Adds an integer attribute.
    Sum(Id<Attribute>),
    /// Keeps the highest value of an integer attribute, at least 0.
    Highest(Id<Attribute>),
    /// Counts different values.
    Distinct(Distinct),
    /// Adds the points given in a currency.
    Points(Id<Currency>),
    /// Counts days, weeks or months in a row.
    Streak(Rhythm),
    /// Counts the full units since the first activity.
    Since(Window),
}

/// How a streak is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rhythm {
    /// A day, a week or a month.
    pub(crate) unit: Window,
    /// On how many different days of a unit something must have counted.
    pub(crate) least: usize,
    /// How many missed units do not break it.
    pub(crate) grace: i64,
    /// The window in which `grace` may be used up; `None` if each gap has its own.
    pub(crate) grace_per: Option<Window>,
}

/// What has the different values that a tally counts.
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
    /// For a rule with `on`. A goal has its own.
    pub(crate) version: Version,
    /// Limits in times, then limits in points, each with the narrowest window first.
    pub(crate) limits: Vec<Id<Limit>>,
}

/// What a rule gives points for.
#[derive(Debug)]
pub(crate) enum Trigger {
    /// Each activity of its kinds that meets the condition.
    On(Option<Condition>),
    /// Each time a goal is reached.
    When(Goals),
}

/// A level. The levels below it come first.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) goals: Goals,
    /// The total at which it begins, if the program gives it a `min`. All levels have one, in the same currency, or
    /// none has.
    pub(crate) total: Option<(Id<Currency>, i64)>,
    /// Whether it is lost when its goals no longer hold.
    pub(crate) live: bool,
    /// The level of the program that it repeats.
    pub(crate) repeats: Option<Text>,
}

/// A leaderboard.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) per_month: bool,
    /// `None` if everyone with a published profile is on it.
    pub(crate) joined_by: Option<Id<Kind>>,
    pub(crate) left_by: Id<Kind>,
}

impl Program {
    pub(crate) fn new(definition: Definition) -> Self {
        Self(Arc::new(definition))
    }
}

impl Definition {
    /// The kind with this name.
    pub(crate) fn kind(&self, name: &str) -> Option<Id<Kind>> {
        Id::new(self.kind_names.find(name)?)
    }

    /// The civil day of a time for a role. An actor's days follow the offset of the time, all others' the program's
    /// zone.
    pub(crate) fn day(&self, time: Time, role: Role) -> Day {
        match time.offset_seconds {
            Some(offset) if role == Role::Actor => self.zone.day_by(time.instant.unix_seconds(), offset),
            _ => self.zone.day(time.instant),
        }
    }

    /// The hour of a time, and its weekday from 0 for Monday, by its own offset or, without one, in the program's zone.
    pub(crate) fn local_hour(&self, time: Time) -> (i64, i64) {
        let seconds = time.instant.unix_seconds();
        let offset = time.offset_seconds.unwrap_or_else(|| self.zone.offset_seconds(seconds));
        let local = seconds + i64::from(offset);
        (local.rem_euclid(DAY_SECONDS) / 3_600, capped(Day::of(local).weekday()))
    }

    /// The number of the window that a time falls into for a role.
    pub(crate) fn window(&self, time: Time, role: Role, per: Window) -> i32 {
        match per {
            Window::Ever => 0,
            _ => per.number(self.day(time, role), self.cadence),
        }
    }

    /// How many kinds an activity of each kind can undo one through the other: 1 for `unlike`, which undoes `like`.
    /// Kinds that undo each other in a circle all have the same number, because none can come after all others.
    pub(crate) fn undoes(&self) -> Vec<u16> {
        let reverses: Vec<_> = self.kinds.values().map(|kind| kind.reverses.as_ref()).collect();
        let most = capped::<_, u16>(self.kinds.len());
        let mut undoes: Vec<_> = reverses.iter().map(|reverses| u16::from(reverses.is_some())).collect();
        loop {
            let through = |reverses: &Reverses| {
                let its = reverses.kinds.iter().filter_map(|kind| undoes.get(kind.index()));
                its.max().map_or(1, |most_undone| (most_undone + 1).min(most))
            };
            let next: Vec<_> = reverses.iter().map(|reverses| reverses.map_or(0, through)).collect();
            if next == undoes {
                return undoes;
            }
            undoes = next;
        }
    }

    /// The display name of a kind in a locale, or the kind's own name.
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

    /// Whether anything falls due as time passes.
    pub(crate) fn is_timed(&self) -> bool {
        let Links { since, backfills, has_deferred, .. } = &self.links;
        *has_deferred || !since.is_empty() || !backfills.is_empty()
    }

    /// The level at a height, counted from 1; `None` for 0.
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
            per => per.number(program.zone.day(time.instant), program.cadence),
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
named!(Kind, Attribute, Currency, Limit, Tally, Rule, Badge, Level, Field, Board, Reward, Challenge, Allowance);
