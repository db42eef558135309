//! Enrolment: a member's days in a challenge, and what they achieved on them.

use crate::{
    base::{day::Day, id_table::Id, time::Timestamp},
    program::{Challenge, ChallengeStep, Days, Program},
    state::calendar::Calendar,
};
use alloc::vec::Vec;

/// A challenge that a member joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Enrolment {
    pub(crate) challenge: Id<Challenge>,
    /// The day of joining, or the challenge's first day if that is later.
    pub(crate) first: Day,
    pub(crate) left: bool,
    /// One for each step.
    pub(crate) steps: Vec<StepState>,
    /// Days on which something counted or a step was done.
    // INVARIANT: in order, each once.
    pub(crate) active: Vec<Day>,
    /// The baseline on joining.
    pub(crate) before: Baseline,
    /// The baseline at the end; `None` until the first activity after the end.
    pub(crate) after: Option<Baseline>,
    /// What the cohort counts of the member today.
    pub(crate) today: DayStart,
}

/// Whether a step of a challenge is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepState {
    Open,
    /// The member says that it is not for them. It counts as done once any step is done.
    Declined,
    Done,
}

/// What a cohort counted of a member when the day of their latest activity began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DayStart {
    /// The end of that day, in the program's zone.
    pub(crate) ends: Timestamp,
    /// What the member adds to each shared sum; `None` if the member was not counted.
    pub(crate) shared: Option<Vec<i64>>,
}

/// A member's completeness and points at one moment, to be compared with another moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Baseline {
    pub(crate) completeness: u8,
    /// One for each currency.
    pub(crate) points: Vec<i64>,
}

impl Enrolment {
    /// The enrolment of a member who joins on a day, and of whom the cohort counts this today.
    pub(crate) fn new(program: &Program, id: Id<Challenge>, joined: Day, before: Baseline, today: DayStart) -> Self {
        let challenge = &program.challenges[id];
        let first = match challenge.days {
            Days::FromJoining(_) => joined,
            Days::Between(from, _) => joined.max(from),
        };
        let steps = alloc::vec![StepState::Open; challenge.steps.len()];
        Self { challenge: id, first, left: false, steps, active: Vec::new(), before, after: None, today }
    }

    /// The last day of the challenge for this member.
    pub(crate) fn last(&self, program: &Program) -> Day {
        let (_, last) = program.challenges[self.challenge].days.span(self.first);
        last
    }

    /// Whether the member has not left, and the challenge is not over on a day.
    pub(crate) fn is_open(&self, program: &Program, day: Day) -> bool {
        !self.left && day <= self.last(program)
    }

    /// The day of a moment for this member. A member who joined east of the program's zone may be a day ahead of it,
    /// and their first day never moves back.
    pub(crate) fn day(&self, program: &Program, at: Timestamp) -> Day {
        let day = program.zone.day(at);
        match program.challenges[self.challenge].days {
            Days::FromJoining(_) => day.max(self.first),
            Days::Between(..) => day,
        }
    }

    /// Whether a day is one of the member's days in the challenge.
    pub(crate) fn covers(&self, program: &Program, day: Day) -> bool {
        self.first <= day && self.is_open(program, day)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.completed() == self.steps.len()
    }

    /// How many steps are done or declined. A challenge is not done by declining all of it.
    pub(crate) fn completed(&self) -> usize {
        let closed = self.steps.iter().filter(|step| **step != StepState::Open).count();
        let most = if self.steps.contains(&StepState::Done) { 0 } else { 1 };
        closed.min(self.steps.len().saturating_sub(most))
    }

    /// Marks exactly these steps as declined, as far as they are not done. Returns whether anything has changed.
    pub(crate) fn decline(&mut self, is_declined: impl Fn(usize) -> bool) -> bool {
        let mut changed = false;
        for (index, step) in self.steps.iter_mut().enumerate().filter(|(_, step)| **step != StepState::Done) {
            let now = if is_declined(index) { StepState::Declined } else { StepState::Open };
            changed |= *step != now;
            *step = now;
        }
        changed
    }

    pub(crate) fn complete_step(&mut self, index: usize, day: Day) {
        if let Some(step) = self.steps.get_mut(index) {
            *step = StepState::Done;
        }
        self.mark_active(day);
    }

    /// Records a day on which something counted.
    pub(crate) fn mark_active(&mut self, day: Day) {
        if let Err(index) = self.active.binary_search(&day) {
            self.active.insert(index, day);
        }
    }
}

impl Days {
    /// The first and the last day for a member with this first day.
    pub(crate) fn span(self, first: Day) -> (Day, Day) {
        match self {
            Self::FromJoining(days) => (first, first.plus(i64::from(days) - 1)),
            Self::Between(from, until) => (from, until),
        }
    }
}

impl ChallengeStep {
    /// The day from which a step is offered: the n-th day between `first` and `last` that is not free, or the last
    /// day.
    pub(crate) fn offered(&self, calendar: Calendar<'_>, (first, last): (Day, Day)) -> Day {
        let days = (first.0..=last.0).map(Day);
        let mut expected = days.filter(|day| !calendar.is_free(*day));
        let index = usize::try_from(self.day).unwrap_or(1).saturating_sub(1);
        expected.nth(index).unwrap_or(last)
    }
}
