//! A member's challenges: the days, the steps, and where they stood before and after.

use super::member::Show;
use crate::{
    base::{id_table::Id, time::Day},
    fold::challenge::stands,
    program::{Challenge, ChallengeStep, Days},
    state::{
        calendar::Calendar,
        enrolment::{Pilot, Stood},
    },
    view::data::{ChallengeStepView, ChallengeView, DayView, GoalPartView, Phase, PilotView},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

impl Show<'_> {
    pub(super) fn challenges(&self) -> Vec<ChallengeView> {
        self.program.challenges.iter().map(|(id, challenge)| self.challenge(id, challenge)).collect()
    }

    fn challenge(&self, id: Id<Challenge>, challenge: &Challenge) -> ChallengeView {
        let (program, counts) = (self.program, &self.standing.counts);
        let begun = counts.pilot(id);
        let pilot = begun.filter(|pilot| !pilot.left);
        let dates = match (pilot, challenge.days) {
            (Some(pilot), days) => Some(days.of(pilot.first)),
            (None, Days::Between(from, until)) => Some((from, until)),
            (None, Days::FromJoining(_)) => None,
        };
        let now = self.time.instant;
        let today = pilot.map_or_else(|| program.zone.day(now), |pilot| pilot.day(program, now));
        let is_done = |place| begun.is_some_and(|pilot| pilot.done.get(place) == Some(&true));
        let steps = challenge.steps.iter().enumerate();
        let steps: Vec<_> = steps.map(|(place, step)| self.step(step, is_done(place), pilot.and(dates))).collect();
        ChallengeView {
            challenge: challenge.name.to_string(),
            name: challenge.words.or(self.ask.locale, &challenge.name).into(),
            description: challenge.description.in_locale(self.ask.locale).map(String::from),
            joined: pilot.is_some(),
            dates: dates.map(|(first, last)| [first.to_string(), last.to_string()]),
            phase: phase(dates, today),
            calendar: pilot.zip(dates).map_or_else(Vec::new, |(pilot, dates)| self.days(pilot, dates, today)),
            done: u32::try_from(steps.iter().filter(|step| step.done).count()).unwrap_or(u32::MAX),
            steps,
            before: pilot.map(|pilot| pilot.before.view()),
            after: pilot.map(|pilot| stands(program, counts, pilot, self.time).view()),
        }
    }

    fn days(&self, pilot: &Pilot, (first, last): (Day, Day), today: Day) -> Vec<DayView> {
        let calendar = self.standing.counts.calendar(self.program);
        let days = (first.0..=last.0).map(Day);
        days.map(|day| DayView {
            date: day.to_string(),
            free: calendar.is_free(day),
            active: pilot.active.binary_search(&day).is_ok(),
            today: day == today,
        })
        .collect()
    }

    fn step(&self, step: &ChallengeStep, done: bool, dates: Option<(Day, Day)>) -> ChallengeStepView {
        let outlook = self.outlook();
        let mut parts = outlook.parts(&step.goal, outlook.nearest(&step.goal, |_| true).as_ref(), 1);
        if done {
            // It stays done, whatever its tallies say by now.
            parts.iter_mut().for_each(|part: &mut GoalPartView| part.value = part.goal);
        }
        let calendar: Calendar<'_> = self.standing.counts.calendar(self.program);
        ChallengeStepView {
            step: step.name.to_string(),
            name: step.words.or(self.ask.locale, &step.name).into(),
            done,
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

impl Stood {
    pub(crate) fn view(&self) -> PilotView {
        PilotView { completeness: self.completeness, points: self.points.clone() }
    }
}
