//! Conditions: what must hold for an activity, and for its member before that activity, as data.

use super::{Attribute, Badge, Currency, Field, Level, Role, Tally};
use crate::{
    base::{id_table::Id, text::Text},
    program::value::Value,
};
use alloc::{boxed::Box, string::String, vec::Vec};

/// A condition of a rule or tally.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    pub(crate) test: Expression,
    /// The slot of its answer, if it asks about the member's own standing. Such answers are remembered, because a
    /// recount after a reversal cannot ask the standing of that time again.
    pub(crate) answer_slot: Option<u16>,
}

#[derive(Clone, Debug)]
pub(crate) enum Expression {
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    Test(Test),
}

/// One test of one subject.
#[derive(Clone, Debug)]
pub(crate) struct Test {
    /// The test's location in the program, as a JSON Pointer.
    pub(crate) path: String,
    pub(crate) subject: Subject,
    pub(crate) predicate: Predicate,
}

/// The value that a test looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Kind,
    Object,
    At,
    /// The hour of `at` by the local time of the activity, from 0 to 23.
    Hour,
    /// The weekday of `at` by the local time of the activity, from 0 for Monday.
    Weekday,
    Role(Role),
    Attribute(Id<Attribute>),
    Level,
    Badge,
    Field,
    Completeness,
    Total(Id<Currency>),
    Tally(Id<Tally>),
}

impl Subject {
    /// Whether the value is there for every activity and member.
    pub(crate) fn is_never_absent(self) -> bool {
        matches!(self, Self::Kind | Self::Hour | Self::Weekday | Self::Total(_) | Self::Tally(_))
    }

    /// Whether the value belongs to the member's own standing, and not to the activity.
    pub(crate) fn is_standing(self) -> bool {
        matches!(self, Self::Level | Self::Badge | Self::Field | Self::Completeness | Self::Total(_) | Self::Tally(_))
    }
}

/// What a test asks about its subject.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Predicate {
    Is(Operand),
    Not(Operand),
    Min(i64),
    Max(i64),
    Any(Vec<Value>),
    Contains(Operand),
    Only(Vec<Text>),
    Missing(bool),
    /// Later than the operand by more than this many seconds.
    After(Operand, i64),
    /// Earlier than the operand by more than this many seconds.
    Before(Operand, i64),
    Has(Id<Badge>),
    HasNot(Id<Badge>),
    Done(Id<Field>),
    NotDone(Id<Field>),
    LevelMin(Id<Level>),
    LevelIs(Id<Level>),
    LevelIsNot(Id<Level>),
}

/// What a subject is compared with: a value, or another part of the activity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Value(Value),
    Role(Role),
    Object,
    At,
    Attribute(Id<Attribute>),
}
