//! Personal: what a member states about themselves and joins, and points that are still to come.

use crate::{
    base::{day::Day, id_table::Id, number::capped, text::Text, time::Timestamp},
    input::origin::{Origin, Stamp},
    language::audience::{Audience, SharedPart},
    program::{Badge, Challenge, Currency, Program, Rule, numbering::Section, value::FieldState},
    state::{enrolment::Enrolment, figures::MonthStart, totals::Total},
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
    /// The topics that the member declines, whatever others say.
    // INVARIANT: in order, each once.
    pub(crate) declined: Vec<Text>,
    /// The steps that the member declines, as statements call them.
    // INVARIANT: in order, each once.
    pub(crate) declined_steps: Vec<Text>,
    /// The first and last day of each leave.
    // INVARIANT: in order, with at least one day between two of them.
    pub(crate) leave: Vec<(Day, Day)>,
    /// The weekdays on which the member rests, Monday first, each from a day on.
    // INVARIANT: in order, each day once.
    pub(crate) weeks: Vec<(Day, [bool; 7])>,
    /// The challenges that the member joined, in the order of joining.
    pub(crate) enrolments: Vec<Enrolment>,
    /// Points that rules with a backfill will give, in order of their activities.
    pub(crate) deferred: Vec<DeferredAward>,
    /// The totals of currencies in windows before their latest, at most two for each currency, in order.
    pub(crate) earlier_totals: Vec<(Id<Currency>, Total)>,
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
    /// The time and sequence of the latest statements, and what they were about.
    pub(crate) moment: Option<(Timestamp, Option<i64>)>,
    pub(crate) stated: Vec<Matter>,
    /// What the numbers of groups count of the member this month.
    pub(crate) month: MonthStart,
    /// The highest revision stated in each matter, if any statement had one.
    pub(crate) revisions: Vec<(Matter, i64)>,
}

/// What a statement does to what its member stated before in the same matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// It was made last, and takes the place of what was stated before.
    Replaces,
    /// Nothing says which was made last, so both count: the one that shows less stands.
    Narrows,
    /// A statement made after it has been folded in already.
    Outdated,
}

/// What a statement is about: its sort, and its number within the sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Matter(pub(crate) u8, pub(crate) u16);

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
            moment: None,
            stated: Vec::new(),
            month: MonthStart::NEVER,
            revisions: Vec::new(),
        };
        Self {
            fields: Vec::new(),
            consent,
            claims: Vec::new(),
            declined: Vec::new(),
            declined_steps: Vec::new(),
            leave: Vec::new(),
            weeks: Vec::new(),
            enrolments: Vec::new(),
            deferred: Vec::new(),
            earlier_totals: Vec::new(),
        }
    }
}

impl Matter {
    pub(crate) const PUBLISHED: Self = Self(0, 0);
    pub(crate) const GONE: Self = Self(1, 0);
    pub(crate) const MODEL: Self = Self(2, 0);
    pub(crate) const CLAIMS: Self = Self(3, 0);
    pub(crate) const DECLINED: Self = Self(8, 0);
    pub(crate) const DECLINED_STEPS: Self = Self(9, 0);

    pub(crate) fn audience(part: SharedPart) -> Self {
        Self(4, capped(part.index()))
    }

    pub(crate) fn board(index: usize) -> Self {
        Self(5, capped(index))
    }

    pub(crate) fn badge(id: Id<Badge>) -> Self {
        Self(6, capped(id.index()))
    }

    pub(crate) fn challenge(id: Id<Challenge>) -> Self {
        Self(7, capped(id.index()))
    }

    /// What its number counts; `None` if it means the same in every program.
    pub(crate) fn section(self) -> Option<Section> {
        match self.0 {
            5 => Some(Section::Boards),
            6 => Some(Section::Badges),
            7 => Some(Section::Challenges),
            _ => None,
        }
    }
}

impl Consent {
    /// Begins the statements of an activity. Statements of one time and sequence belong together.
    pub(crate) fn begin(&mut self, stamp: &Stamp) {
        let moment = Some((stamp.time.instant, stamp.sequence));
        if self.moment != moment {
            self.moment = moment;
            self.stated.clear();
        }
    }

    /// What a statement does to earlier ones about the same matter. `revision` is its number, if its door gave one.
    ///
    /// Clocks differ, so a time does not prove that a member had seen the other statement. A revision does: it is above
    /// those of all statements that its door had recorded. Without revisions, time and sequence are all there is.
    pub(crate) fn weigh(&mut self, matter: Matter, revision: Option<i64>) -> Weight {
        let known = self.revisions.iter_mut().find(|(of, _)| *of == matter);
        match (revision, known) {
            (Some(revision), Some((_, known))) if revision > *known => {
                *known = revision;
                Weight::Replaces
            }
            (Some(revision), Some((_, known))) if revision < *known => Weight::Outdated,
            (Some(revision), None) => {
                self.revisions.push((matter, revision));
                Weight::Replaces
            }
            (_, Some(_)) => Weight::Narrows,
            (None, None) if self.stated.contains(&matter) => Weight::Narrows,
            (None, None) => {
                self.stated.push(matter);
                Weight::Replaces
            }
        }
    }

    /// Whether a statement counts, in a matter with two sides.
    pub(crate) fn accepts(&mut self, matter: Matter, revision: Option<i64>, shows_less: bool) -> bool {
        match self.weigh(matter, revision) {
            Weight::Replaces => true,
            Weight::Narrows => shows_less,
            Weight::Outdated => false,
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
