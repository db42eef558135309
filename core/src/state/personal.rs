//! Personal: what a member states about themselves and joins, and points that are still to come.

use crate::{
    base::{day::Day, id_table::Id, text::Text, time::Timestamp},
    input::activity::Origin,
    language::audience::{Audience, SharedPart},
    program::{Program, Rule, value::FieldState},
    state::enrolment::Enrolment,
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::ops::{Deref, DerefMut};

/// The part of a standing that is empty for most members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Personal {
    /// One for each field of the profile.
    pub(crate) fields: Vec<FieldStatement>,
    pub(crate) consent: Consent,
    /// The topics that the member wants to be known for, in the member's order.
    pub(crate) claims: Vec<Text>,
    /// The first and last day of each leave.
    // INVARIANT: in order, with at least one day between two of them.
    pub(crate) leave: Vec<(Day, Day)>,
    /// The challenges that the member joined, in the order of joining.
    pub(crate) enrolments: Vec<Enrolment>,
    /// Points that rules with a backfill will give, in order of their activities.
    pub(crate) deferred: Vec<DeferredAward>,
}

/// [`Personal`] in a box that is made when something is first changed. Most members state nothing, and cost one
/// pointer. The box also keeps these fields out of the memory that every activity touches.
#[derive(Clone, Debug)]
pub(crate) struct LazyBox(Option<Box<Personal>>);

static NOTHING: Personal = Personal::nothing();

/// What a member lets others see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Consent {
    pub(crate) published: bool,
    /// Suspended, left, or never a person: visible to nobody.
    pub(crate) gone: bool,
    /// Agreed that colleagues see the profile as a model.
    pub(crate) model: bool,
    /// Who sees each part, if the member has decided that.
    pub(crate) audience: [Option<Audience>; SharedPart::COUNT],
    /// Whether the member joined (or left) each board, if they did either.
    pub(crate) boards: Vec<Option<bool>>,
}

/// The state of a profile field, and when the member last stated it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct FieldStatement {
    pub(crate) state: FieldState,
    pub(crate) at: Option<Timestamp>,
}

/// Points that a rule will give once its time has come.
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
            deferred: Vec::new(),
        }
    }
}

impl LazyBox {
    /// The personal part of a member who has stated nothing yet.
    pub(crate) fn new(program: &Program) -> Self {
        let (fields, boards) = (program.fields.len(), program.boards.len());
        let mut personal = Self(None);
        if fields + boards > 0 {
            personal.fields = alloc::vec![FieldStatement::default(); fields];
            personal.consent.boards = alloc::vec![None; boards];
        }
        personal
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
