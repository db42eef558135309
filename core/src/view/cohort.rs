//! Cohort: what the participants of a challenge have reached together, once they are enough that the numbers reveal
//! nobody.

use crate::{
    base::number::capped,
    fold::{challenge::baseline_at, standing_at},
    program::{OtherProgram, Program},
    state::{enrolment::Baseline, standing::Standing},
    view::data::{BaselineView, CohortView, GoalPartView, ViewContext},
};
use alloc::{string::ToString, vec::Vec};

impl Program {
    /// What the participants of a challenge have reached together. `None` if the program has no such challenge. The
    /// numbers are left out until as many members have joined as the program's `groups` asks for.
    ///
    /// The host passes the standings of all members. Members who left the challenge or departed do not count. Members
    /// who hid their profile do, because a sum over everyone says nothing about one of them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/cohort.rs"));
    /// // Ada and Bob are in the challenge, and everyone together is to write 10 posts.
    /// let standings: Vec<_> = engine.members().filter_map(|member| engine.standing(member)).collect();
    /// let anyone = ViewContext::of("", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let cohort = engine.program().cohort("march", standings, &anyone)?.unwrap();
    /// assert_eq!((cohort.members, cohort.shared[0].value, cohort.shared[0].goal), (Some(2), 1, 10));
    ///
    /// // One participant is fewer than `groups` asks for.
    /// let ada = engine.standing("ada");
    /// let cohort = engine.program().cohort("march", ada, &anyone)?.unwrap();
    /// assert_eq!((cohort.members, cohort.shared.len()), (None, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if a standing is of another program.
    pub fn cohort<'a>(
        &self,
        challenge: &str,
        standings: impl IntoIterator<Item = &'a Standing>,
        ask: &ViewContext<'_>,
    ) -> Result<Option<CohortView>, OtherProgram> {
        let Some(id) = self.challenges.find(challenge) else { return Ok(None) };
        let challenge = &self.challenges[id];
        let mut cohort = Cohort::new(challenge.shared.len(), self.currencies.len());
        for standing in standings {
            standing.is_of(self)?;
            if standing.counts.personal.consent.gone {
                continue;
            }
            let (standing, time) = standing_at(self, standing, ask.now);
            let Some(enrolment) = standing.counts.enrolment(id).filter(|enrolment| !enrolment.left) else { continue };
            for (sum, (tally, _)) in cohort.shared.iter_mut().zip(&challenge.shared) {
                *sum = sum.saturating_add(standing.counts.tally(self, *tally, None, time));
            }
            cohort.before.add(&enrolment.before);
            cohort.after.add(&baseline_at(self, &standing.counts, enrolment, time));
        }
        let is_shown = usize::try_from(cohort.before.members).is_ok_and(|members| members >= self.group);
        let shared = challenge.shared.iter().zip(&cohort.shared).filter(|_| is_shown);
        Ok(Some(CohortView {
            challenge: challenge.name.to_string(),
            name: challenge.words.or(ask.locale, &challenge.name).into(),
            members: is_shown.then(|| capped(cohort.before.members)),
            shared: shared
                .map(|((tally, goal), sum)| {
                    let tally = &self.tallies[*tally];
                    let name = tally.words.or(ask.locale, &tally.name).into();
                    GoalPartView { name, value: (*sum).clamp(0, *goal), goal: *goal }
                })
                .collect(),
            before: cohort.before.mean().filter(|_| is_shown),
            after: cohort.after.mean().filter(|_| is_shown),
        }))
    }
}

/// Sums over the participants.
struct Cohort {
    /// One for each shared tally.
    shared: Vec<i64>,
    before: Sum,
    after: Sum,
}

/// Baselines of members, added up.
struct Sum {
    members: i64,
    completeness: i64,
    points: Vec<i64>,
}

impl Cohort {
    fn new(shared: usize, currencies: usize) -> Self {
        let none = || Sum { members: 0, completeness: 0, points: alloc::vec![0; currencies] };
        Self { shared: alloc::vec![0; shared], before: none(), after: none() }
    }
}

impl Sum {
    fn add(&mut self, stood: &Baseline) {
        self.members += 1;
        self.completeness += i64::from(stood.completeness);
        for (sum, points) in self.points.iter_mut().zip(&stood.points) {
            *sum = sum.saturating_add(*points);
        }
    }

    /// The mean, rounded down.
    fn mean(&self) -> Option<BaselineView> {
        let of = |sum: i64| sum.checked_div_euclid(self.members);
        let completeness = u8::try_from(of(self.completeness)?).unwrap_or(100);
        Some(BaselineView { completeness, points: self.points.iter().map(|sum| of(*sum).unwrap_or(0)).collect() })
    }
}
