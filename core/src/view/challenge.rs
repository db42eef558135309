//! Challenge: the days and steps of a member's challenges, and where the member stood before and after.

use super::{member::MemberViewBuilder, progress::Ahead};
use crate::{
    base::{day::Day, id_table::Id, number::capped},
    fold::challenge::baseline_at,
    program::{Challenge, ChallengeStep, Days},
    state::{
        calendar::Calendar,
        enrolment::{Baseline, Enrolment, StepState},
    },
    view::data::{BaselineView, ChallengeStepView, ChallengeView, DayView, GoalPartView, Phase},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

impl MemberViewBuilder<'_> {
    pub(super) fn challenges(&self) -> Vec<ChallengeView> {
        self.program.challenges.iter().map(|(id, challenge)| self.challenge(id, challenge)).collect()
    }

    fn challenge(&self, id: Id<Challenge>, challenge: &Challenge) -> ChallengeView {
        let (program, counts) = (self.program, &self.standing.counts);
        let begun = counts.enrolment(id);
        let enrolment = begun.filter(|enrolment| !enrolment.left);
        let dates = match (enrolment, challenge.days) {
            (Some(enrolment), days) => Some(days.span(enrolment.first)),
            (None, Days::Between(from, until)) => Some((from, until)),
            (None, Days::FromJoining(_)) => None,
        };
        let now = self.time.instant;
        let today = enrolment.map_or_else(|| program.zone.day(now), |enrolment| enrolment.day(program, now));
        let state = |index| begun.and_then(|enrolment| enrolment.steps.get(index).copied()).unwrap_or(StepState::Open);
        let steps = challenge.steps.iter().enumerate();
        let steps: Vec<_> = steps.map(|(index, step)| self.step(step, state(index), enrolment.and(dates))).collect();
        ChallengeView {
            challenge: challenge.name.to_string(),
            name: challenge.words.or(self.ask.locale, &challenge.name).into(),
            description: challenge.description.in_locale(self.ask.locale).map(String::from),
            joined: enrolment.is_some(),
            dates: dates.map(|(first, last)| [first.to_string(), last.to_string()]),
            phase: phase(dates, today),
            calendar: enrolment
                .zip(dates)
                .map_or_else(Vec::new, |(enrolment, dates)| self.days(enrolment, dates, today)),
            done: capped(begun.map_or(0, Enrolment::completed)),
            steps,
            before: enrolment.map(|enrolment| enrolment.before.view()),
            after: enrolment.map(|enrolment| baseline_at(program, counts, enrolment, self.ask.now).view()),
        }
    }

    fn days(&self, enrolment: &Enrolment, (first, last): (Day, Day), today: Day) -> Vec<DayView> {
        let calendar = self.standing.counts.calendar(self.program);
        let days = (first.0..=last.0).map(Day);
        days.map(|day| DayView {
            date: day.to_string(),
            free: calendar.is_free(day),
            active: enrolment.active.binary_search(&day).is_ok(),
            today: day == today,
        })
        .collect()
    }

    fn step(&self, step: &ChallengeStep, state: StepState, dates: Option<(Day, Day)>) -> ChallengeStepView {
        let progress = self.progress();
        let mut parts = progress.parts(&Ahead::first(&step.goal, progress.nearest(&step.goal, |_| true)));
        let done = state == StepState::Done;
        if done {
            // A step stays done even if its tallies have fallen since.
            parts.iter_mut().for_each(|part: &mut GoalPartView| part.value = part.goal);
        }
        let calendar: Calendar<'_> = self.standing.counts.calendar(self.program);
        ChallengeStepView {
            step: step.name.to_string(),
            name: step.words.or(self.ask.locale, &step.name).into(),
            done,
            declined: state == StepState::Declined,
            from: dates.map(|dates| step.offered(calendar, dates).to_string()),
            parts,
        }
    }
}

fn phase(dates: Option<(Day, Day)>, today: Day) -> Phase {
    match dates {
        None => Phase::Before,
        Some((first, _)) if today < first => Phase::Before,
        Some((_, last)) if last < today => Phase::Over,
        Some(_) => Phase::Running,
    }
}

impl Baseline {
    pub(crate) fn view(&self) -> BaselineView {
        BaselineView { completeness: self.completeness, points: self.points.clone() }
    }
}
