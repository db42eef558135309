//! Subjects: what conditions can test, of which type it is, and how its values can be compared.

use crate::program::{
    Role,
    condition::{Operand, Subject},
    value::AttributeType,
};
use alloc::{string::String, vec::Vec};

/// The type of a test's subject.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectType {
    Attribute(AttributeType),
    Weekday,
    Level,
    Badge,
    Field,
}

pub(super) const TEXT: SubjectType = SubjectType::Attribute(AttributeType::Text);
pub(super) const INTEGER: SubjectType = SubjectType::Attribute(AttributeType::Integer);
pub(super) const TIME: SubjectType = SubjectType::Attribute(AttributeType::Time);
pub(super) const TEXTS: SubjectType = SubjectType::Attribute(AttributeType::Texts);

/// What a condition can test besides attributes, tallies and totals.
pub(super) const SUBJECTS: [(&str, Subject, SubjectType); 12] = [
    ("kind", Subject::Kind, TEXT),
    ("at", Subject::At, TIME),
    ("hour", Subject::Hour, INTEGER),
    ("weekday", Subject::Weekday, SubjectType::Weekday),
    ("actor", Subject::Role(Role::Actor), TEXT),
    ("owner", Subject::Role(Role::Owner), TEXT),
    ("recipients", Subject::Role(Role::Recipient), TEXTS),
    ("object", Subject::Object, TEXT),
    ("level", Subject::Level, SubjectType::Level),
    ("badge", Subject::Badge, SubjectType::Badge),
    ("field", Subject::Field, SubjectType::Field),
    ("completeness", Subject::Completeness, INTEGER),
];

/// Whether conditions can test something of this name, whatever the program declares.
pub(super) fn is_subject(name: &str) -> bool {
    SUBJECTS.iter().any(|(subject, ..)| *subject == name)
}

/// What `@name` can refer to besides attributes.
pub(super) const REFERENCES: [(&str, Operand, SubjectType); 4] = [
    ("actor", Operand::Role(Role::Actor), TEXT),
    ("owner", Operand::Role(Role::Owner), TEXT),
    ("object", Operand::Object, TEXT),
    ("at", Operand::At, TIME),
];

/// The roles that `to` can name besides attributes of type member.
pub(super) const ROLES: [(&str, Role); 3] =
    [("actor", Role::Actor), ("owner", Role::Owner), ("recipient", Role::Recipient)];

/// A key of a test, which says how its value is compared. `missing` is not here: it applies to every type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Is,
    Not,
    Min,
    Max,
    Any,
    Contains,
    Only,
    After,
    Before,
    By,
}

impl Operator {
    pub(super) const ALL: [(&str, Self); 10] = [
        ("is", Self::Is),
        ("not", Self::Not),
        ("min", Self::Min),
        ("max", Self::Max),
        ("any", Self::Any),
        ("contains", Self::Contains),
        ("only", Self::Only),
        ("after", Self::After),
        ("before", Self::Before),
        ("by", Self::By),
    ];

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, operator)| *operator)
    }
}

impl SubjectType {
    pub(super) fn what(self) -> &'static str {
        match self {
            Self::Attribute(AttributeType::Integer) => "a whole number",
            Self::Attribute(AttributeType::Text | AttributeType::Member) => "a text",
            Self::Attribute(AttributeType::Flag) => "a flag",
            Self::Attribute(AttributeType::Time) => "a time",
            Self::Attribute(AttributeType::Texts) => "a set of texts",
            Self::Weekday => "a weekday",
            Self::Level => "a level",
            Self::Badge => "a badge",
            Self::Field => "a profile field",
        }
    }

    /// The operators that apply to the type.
    pub(super) fn operators(self) -> &'static [Operator] {
        use Operator::{After, Any, Before, By, Contains, Is, Max, Min, Not, Only};
        match self {
            Self::Attribute(AttributeType::Integer) => &[Is, Not, Min, Max, Any],
            Self::Attribute(AttributeType::Text | AttributeType::Member) | Self::Weekday => &[Is, Not, Any],
            Self::Attribute(AttributeType::Flag) => &[Is, Not],
            Self::Attribute(AttributeType::Time) => &[After, Before, By],
            Self::Attribute(AttributeType::Texts) => &[Contains, Any, Only],
            Self::Level => &[Is, Not, Min],
            Self::Badge | Self::Field => &[Is, Not],
        }
    }

    /// Their names, for a message.
    pub(super) fn operator_names(self) -> String {
        let applies = |(_, operator): &&(_, Operator)| self.operators().contains(operator);
        let names: Vec<_> = Operator::ALL.iter().filter(applies).map(|(name, _)| *name).collect();
        names.join(", ")
    }
}
