//! Figures: what the numbers of groups count of a member, as it was when the period began.
//!
//! A number that changes with each deed says who did it. So figures count only what everyone in the company can see,
//! and a report or cohort shows them as they were when the month or the day began.

use crate::{
    base::{day::Window, keyword::Keyword, time::Timestamp},
    language::audience::{Audience, SharedPart},
    program::{Kind, Program},
    state::standing::Counts,
};

/// The completeness in percent from which a profile counts as mostly complete.
const MOSTLY_COMPLETE: u8 = 75;

/// What the company sees of a member, for the numbers of groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) gone: bool,
    /// The profile is published, and some part of it is shared with the company.
    pub(crate) published: bool,
    /// The answers are shared with the company, and most of them are given.
    pub(crate) complete: bool,
}

/// The figures of a member when the month of their latest statement began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MonthStart {
    /// The end of that month.
    pub(crate) ends: Timestamp,
    pub(crate) figures: Figures,
}

/// The latest two months in which the company could see that the member did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ActiveMonths {
    /// The end of the latest one, so that most activities need only one comparison.
    pub(crate) ends: Timestamp,
    pub(crate) latest: Option<i32>,
    pub(crate) before: Option<i32>,
}

impl MonthStart {
    pub(crate) const NEVER: Self =
        Self { ends: Timestamp::FIRST, figures: Figures { gone: false, published: false, complete: false } };
}

impl ActiveMonths {
    pub(crate) const NEVER: Self = Self { ends: Timestamp::FIRST, latest: None, before: None };

    /// Notes that the member did something. What only states how they are to be treated, and what not everyone can see,
    /// is no activity.
    pub(crate) fn note(&mut self, program: &Program, kind: &Kind, at: Timestamp) {
        if at >= self.ends && kind.comfort >= Audience::Company && !kind.setting {
            self.begin(program, at);
        }
    }

    // Apart and cold, because it happens once a month.
    #[cold]
    fn begin(&mut self, program: &Program, at: Timestamp) {
        let (month, ends) = month_of(program, at);
        *self = Self { ends, latest: Some(month), before: self.latest };
    }

    /// The month of a moment that does not come before the latest activity, if it is the latest month.
    pub(crate) fn month_of(&self, at: Timestamp) -> Option<i32> {
        self.latest.filter(|_| at < self.ends)
    }

    fn has(&self, month: i32) -> bool {
        self.latest == Some(month) || self.before == Some(month)
    }
}

impl Counts {
    /// The widest circle that sees a part. It is private if the member has not published or has departed.
    pub(crate) fn shared_with(&self, program: &Program, share: SharedPart) -> Audience {
        let consent = &self.personal.consent;
        if consent.published && !consent.gone { self.audience(program, share) } else { Audience::Private }
    }

    /// The audience of a part once the profile is published.
    pub(crate) fn audience(&self, program: &Program, share: SharedPart) -> Audience {
        let said = self.personal.consent.audience.get(share.index()).copied().flatten();
        said.or_else(|| program.sharing.unless_said.get(share.index()).copied()).unwrap_or(Audience::Private)
    }

    /// Keeps the figures with which a month begins, before the first statement of the month changes them.
    pub(crate) fn begin_month(&mut self, program: &Program, at: Timestamp) {
        if at >= self.personal.consent.month.ends {
            let (_, ends) = month_of(program, at);
            self.personal.consent.month = MonthStart { ends, figures: self.figures(program) };
        }
    }

    /// The figures now.
    pub(crate) fn figures(&self, program: &Program) -> Figures {
        let is_shared = |part: &SharedPart| self.shared_with(program, *part) >= Audience::Company;
        let parts = SharedPart::ALL.iter().filter(|part| **part != SharedPart::Boards);
        Figures {
            gone: self.personal.consent.gone,
            published: parts.into_iter().any(is_shared),
            complete: is_shared(&SharedPart::Profile) && self.completeness(program) >= MOSTLY_COMPLETE,
        }
    }

    /// The figures with which the month of `now` began.
    pub(crate) fn figures_of_month(&self, program: &Program, now: Timestamp) -> Figures {
        let month = &self.personal.consent.month;
        if now >= month.ends { self.figures(program) } else { month.figures }
    }

    /// Whether the company could see in the month before that of `now` that the member did something.
    pub(crate) fn was_active(&self, program: &Program, now: Timestamp) -> bool {
        let (month, _) = month_of(program, now);
        self.active.has(month - 1)
    }
}

/// The number of the month of a moment, and the end of that month.
fn month_of(program: &Program, at: Timestamp) -> (i32, Timestamp) {
    let month = Window::Month.number(program.zone.day(at), program.cadence);
    (month, month_ends(program, month))
}

/// The end of a month.
pub(crate) fn month_ends(program: &Program, month: i32) -> Timestamp {
    program.zone.start_of(Window::month_starts(month.saturating_add(1)))
}
