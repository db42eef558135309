//! Program: the whole definition, checked and ready to use.

pub(crate) mod condition;
pub(crate) mod face;
pub(crate) mod mapping;
pub(crate) mod words;

pub use self::face::{Grade, Icon, Shape};
pub(crate) use self::words::Words;
use self::{
    condition::Condition,
    mapping::{Input, KindInput},
};
use crate::{
    map::Map,
    table::{Id, Named, Table},
    text::Text,
    time::{Day, Time, Weekday, Window},
    value::AttributeType,
    zone::Zone,
};
use alloc::{boxed::Box, vec::Vec};
use serde::{Deserialize, Serialize};

/// A definition of what is recognised, checked. Only [`Program::check`] makes one.
///
/// It is plain data, cheap to share behind a reference and never changes.
#[derive(Debug)]
pub struct Program {
    pub(crate) fingerprint: u64,
    pub(crate) id: Text,
    pub(crate) name: Words,
    pub(crate) zone: Zone,
    pub(crate) week_start: Weekday,
    pub(crate) input: Input,
    pub(crate) kinds: Table<Kind>,
    pub(crate) kinds_by_name: Map<Text, Id<Kind>>,
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
    /// Rules and badges whose goal asks for fields or completeness.
    pub(crate) on_profile: Vec<Watcher>,
    /// Badges whose goal asks for a level.
    pub(crate) on_level: Vec<Id<Badge>>,
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
    pub(crate) attributes: Vec<Id<Attribute>>,
    /// Where its own format keeps things, whatever the feed.
    pub(crate) own_input: KindInput,
    pub(crate) reverses: Option<Reverses>,
    pub(crate) input: KindInput,
    pub(crate) rules: Vec<Id<Rule>>,
    /// Each with what one activity of this kind adds, for sums by kind.
    pub(crate) tallies: Vec<(Id<Tally>, i64)>,
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
}

/// A bound on what rules give in a window.
#[derive(Debug)]
pub(crate) struct Limit {
    /// Its name, or that of the rule whose own it is.
    pub(crate) name: Text,
    pub(crate) bound: Bound,
    pub(crate) per: Window,
}

/// What a limit bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bound {
    Times(i64),
    Points(i64),
}

/// What is counted.
#[derive(Debug)]
pub(crate) struct Tally {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) counts: Counted,
    pub(crate) to: Role,
    pub(crate) condition: Option<Condition>,
    pub(crate) per_object: bool,
    pub(crate) per: Window,
    /// The rules and badges whose goal asks for it.
    pub(crate) watchers: Vec<Watcher>,
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
}

/// What different values are counted of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distinct {
    Role(Role),
    Object,
    Day,
    Attribute(Id<Attribute>),
}

/// Who looks at a tally, the profile or a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Watcher {
    Rule(Id<Rule>),
    Badge(Id<Badge>),
}

/// What gives points.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) trigger: Trigger,
    pub(crate) to: Role,
    pub(crate) currency: Id<Currency>,
    pub(crate) points: i64,
    /// Limits in times first, then those in points, each narrowest window first.
    pub(crate) limits: Vec<Id<Limit>>,
}

/// What makes a rule give.
#[derive(Debug)]
pub(crate) enum Trigger {
    /// Each activity of its kinds for which this holds.
    On(Option<Condition>),
    /// A goal that is reached.
    When(Goal),
}

/// What must have been done. All parts at once, those per object for the same object.
#[derive(Debug)]
pub(crate) struct Goal {
    pub(crate) parts: Box<[Part]>,
    pub(crate) fields: Box<[Id<Field>]>,
    pub(crate) completeness: Option<u8>,
    pub(crate) level: Option<Id<Level>>,
    pub(crate) each: bool,
}

/// A tally and the values it must have.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) tally: Id<Tally>,
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

/// What gives a badge.
#[derive(Debug)]
pub(crate) struct Badge {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    /// One goal without a grade, or one for each grade, rising.
    pub(crate) goals: Vec<(Option<Grade>, Goal)>,
    pub(crate) live: bool,
    pub(crate) secret: bool,
    pub(crate) shape: Shape,
    pub(crate) icon: Icon,
}

/// How far a total has climbed.
#[derive(Debug)]
pub(crate) struct Level {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) min: i64,
}

/// The kinds that speak of profiles.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) on: Id<Kind>,
    pub(crate) published_by: Option<Id<Kind>>,
    pub(crate) hidden_by: Option<Id<Kind>>,
}

/// What a profile asks.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: Text,
    pub(crate) ask: Words,
    pub(crate) help: Words,
    pub(crate) section: Words,
    pub(crate) weight: u32,
    pub(crate) needs: Needs,
}

/// Standings in order.
#[derive(Debug)]
pub(crate) struct Board {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) currency: Id<Currency>,
    pub(crate) per_month: bool,
    pub(crate) joined_by: Id<Kind>,
    pub(crate) left_by: Id<Kind>,
}

/// What a profile field's value must meet. Only the needs that are set count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needs {
    /// At least so many items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub items: Option<u32>,
    /// At least so many characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// A link, http or https.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub link: bool,
}

impl Needs {
    /// Whether any value will do.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Program {
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

    /// Names of the boards, in the program's order.
    pub fn boards(&self) -> impl Iterator<Item = &str> {
        self.boards.values().map(|board| board.name.as_str())
    }

    /// Names of the fields of the profile, in the program's order.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.values().map(|field| field.name.as_str())
    }

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

    /// The name of a role, as the program writes it.
    pub(crate) fn role_name(&self, role: Role) -> &str {
        match role {
            Role::Actor => "actor",
            Role::Owner => "owner",
            Role::Recipient => "recipient",
            Role::Attribute(attribute) => &self.attributes[attribute].name,
        }
    }

    /// The number of the next level above so many.
    pub(crate) fn level_after(&self, reached: u16) -> Option<(Id<Level>, &Level)> {
        self.levels.iter().nth(usize::from(reached))
    }

    /// How many levels a total has climbed.
    pub(crate) fn levels_at(&self, totals: &[i64]) -> u16 {
        let climbed = self
            .levels
            .values()
            .take_while(|level| totals.get(level.currency.index()).is_some_and(|total| *total >= level.min));
        u16::try_from(climbed.count()).unwrap_or(u16::MAX)
    }
}

impl Attribute {
    pub(crate) fn is_member(&self) -> bool {
        self.of == AttributeType::Member
    }
}

impl Badge {
    /// How many goals, from the lowest, a grade has reached.
    pub(crate) fn height(&self, grade: Option<Grade>) -> usize {
        self.goals.iter().position(|(its, _)| *its == grade).map_or(0, |index| index + 1)
    }
}

impl Goal {
    pub(crate) fn has_profile(&self) -> bool {
        !self.fields.is_empty() || self.completeness.is_some()
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
named!(Kind, Attribute, Currency, Limit, Tally, Rule, Badge, Level, Field, Board);
