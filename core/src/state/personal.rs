//! Personal: what a member says of themselves and joins, and what is still to come to them.

use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Day, Timestamp},
    },
    input::activity::Origin,
    language::audience::{Audience, SharedPart},
    program::{Program, Rule, value::FieldState},
    state::enrolment::Enrolment,
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::ops::{Deref, DerefMut};

/// What is personal of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Personal {
    /// One for each field of the profile.
    pub(crate) fields: Vec<Said>,
    pub(crate) consent: Consent,
    /// What the member wants to be known for, in order.
    pub(crate) claims: Vec<Text>,
    /// First and last days of leave.
    pub(crate) leave: Vec<(Day, Day)>,
    /// The challenges that the member joined, in the order of joining.
    pub(crate) enrolments: Vec<Enrolment>,
    /// What rules with a backfill will give, in order of activities.
    pub(crate) kept: Vec<DeferredAward>,
}

/// What is personal, apart from what every activity touches: most members say nothing, and then there is nothing of it in memory.
#[derive(Clone, Debug)]
pub(crate) struct LazyBox(Option<Box<Personal>>);

static NOTHING: Personal = Personal::nothing();

/// What a member lets others see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) published: bool,
    /// Suspended, left, or never a person: to be seen by nobody.
    pub(crate) gone: bool,
    /// Agreed that colleagues look at the profile as a model.
    pub(crate) model: bool,
    /// Who sees each part, where the member said so.
    pub(crate) audience: [Option<Audience>; SharedPart::COUNT],
    /// One for each board: whether the member joined or left, where they said so.
    pub(crate) boards: Vec<Option<bool>>,
}

/// Where a field of the profile stands, and since when that was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) state: FieldState,
    pub(crate) at: Option<Timestamp>,
}

/// Points that a rule gives once its time has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DeferredAward {
    pub(crate) due: Timestamp,
    pub(crate) rule: Id<Rule>,
    pub(crate) points: i64,
    pub(crate) origin: Arc<Origin>,
}

impl Personal {
    const fn nothing() -> Self {
        let consent = Consent {
            published: false,
            gone: false,
            model: false,
            audience: [None; SharedPart::COUNT],
            boards: Vec::new(),
        };
        Self {
            fields: Vec::new(),
            consent,
            claims: Vec::new(),
            leave: Vec::new(),
            enrolments: Vec::new(),
            kept: Vec::new(),
        }
    }
}

impl LazyBox {
    /// That of a member who has said nothing yet.
    pub(crate) fn new(program: &Program) -> Self {
        let (fields, boards) = (program.fields.len(), program.boards.len());
        let mut apart = Self(None);
        if fields + boards > 0 {
            apart.fields = alloc::vec![Said::default(); fields];
            apart.consent.boards = alloc::vec![None; boards];
        }
        apart
    }
}

impl Deref for LazyBox {
    type Target = Personal;

    fn deref(&self) -> &Personal {
        self.0.as_deref().unwrap_or(&NOTHING)
    }
}

impl DerefMut for LazyBox {
    fn deref_mut(&mut self) -> &mut Personal {
        self.0.get_or_insert_with(|| Box::new(Personal::nothing()))
    }
}

impl From<Personal> for LazyBox {
    fn from(personal: Personal) -> Self {
        Self((personal != NOTHING).then(|| Box::new(personal)))
    }
}

impl PartialEq for LazyBox {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for LazyBox {}
