//! Conditions: what must hold of an activity, and of its member before it, as data.

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
    /// Its number among the conditions that ask about the member's own standing, if it does: their answers are kept, because a
    /// reverse must not ask again.
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
    /// Where it stands in the program, as a JSON Pointer.
    pub(crate) path: String,
    pub(crate) subject: Subject,
    pub(crate) predicate: Predicate,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Kind,
    Object,
    At,
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
    /// Whether it is the member's own standing.
    pub(crate) fn is_standing(self) -> bool {
        matches!(self, Self::Level | Self::Badge | Self::Field | Self::Completeness | Self::Total(_) | Self::Tally(_))
    }
}

/// What is asked of it.
#[derive(Clone, Debug)]
pub(crate) enum Predicate {
    Is(Operand),
    Not(Operand),
    Min(i64),
    Max(i64),
    Any(Vec<Value>),
    Contains(Operand),
    Only(Vec<Text>),
    Missing(bool),
    After(Operand, i64),
    Before(Operand, i64),
    Has(Id<Badge>),
    HasNot(Id<Badge>),
    Done(Id<Field>),
    NotDone(Id<Field>),
    LevelMin(Id<Level>),
    LevelIs(Id<Level>),
    LevelIsNot(Id<Level>),
}

/// What it is compared with.
#[derive(Clone, Debug)]
pub(crate) enum Operand {
    Value(Value),
    Role(Role),
    Object,
    At,
    Attribute(Id<Attribute>),
}
