//! Cohort: what the participants of a challenge have reached together, once they are enough that the figures reveal
//! nobody.

use crate::{
    base::{number::capped, time::Timestamp},
    fold::challenge::shared_sums,
    program::{OtherProgram, Program},
    state::{enrolment::Enrolment, standing::Standing},
    view::{
        data::{Band, CohortView, SharedGoalView, ViewContext},
        outline::Outlined,
    },
};
use alloc::{borrow::Cow, string::ToString};

impl Program {
    /// What the participants of a challenge have reached together. `None` if the program has no such challenge. The
    /// figures are left out until as many members have joined as the program's `groups` asks for.
    ///
    /// The host passes the standings of all members, or their [outlines](crate::Outline); those who never joined can
    /// be left out. A member is counted who joined, did not leave, and has published something to the company (if the
    /// program has `published_by`), as it was when the day of `now` began in the program's zone. So the figures change once a day: joining, leaving or hiding changes nothing before the next day.
    /// They are bands, which say neither nobody nor everybody.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/cohort.rs"));
    /// use knownfor::view::Band;
    ///
    /// // Ada and Bob are in the challenge, and everyone together is to write 10 posts. Ada has written one.
    /// let standings: Vec<_> = engine.members().filter_map(|member| engine.standing(member)).collect();
    /// let anyone = ViewContext::of("", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let cohort = engine.program().cohort("march", standings, &anyone)?.unwrap();
    /// assert_eq!((cohort.members, cohort.shared[0].reached), (Some(2), Band::Few));
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
        standings: impl IntoIterator<Item = impl Into<Outlined<'a>>>,
        ask: &ViewContext<'_>,
    ) -> Result<Option<CohortView>, OtherProgram> {
        let Some(id) = self.challenges.find(challenge) else { return Ok(None) };
        let challenge = &self.challenges[id];
        let (mut members, mut sums) = (0_usize, alloc::vec![0_i64; challenge.shared.len()]);
        for standing in standings {
            let standing = standing.into().of(self)?;
            let enrolment = standing.counts.enrolment(id);
            let Some(shared) = enrolment.and_then(|enrolment| self.counted(standing, enrolment, ask.now)) else {
                continue;
            };
            members += 1;
            sums.iter_mut().zip(shared.iter()).for_each(|(sum, its)| *sum = sum.saturating_add(*its));
        }
        let shared = challenge.shared.iter().zip(&sums).filter(|_| members >= self.group);
        let goal = |((tally, goal), sum): (&(_, i64), &i64)| {
            let tally: &crate::program::Tally = &self.tallies[*tally];
            let name = tally.words.or(ask.locale, &tally.name).into();
            SharedGoalView { name, goal: *goal, reached: Band::of(*sum, *goal) }
        };
        Ok(Some(CohortView {
            challenge: challenge.name.to_string(),
            name: challenge.words.or(ask.locale, &challenge.name).into(),
            members: (members >= self.group.max(1)).then(|| at_least(capped(members))),
            shared: shared.map(goal).collect(),
        }))
    }

    /// What a cohort counts of a participant when the day of `now` begins; `None` if it does not count them.
    fn counted<'a>(&self, standing: &'a Standing, of: &'a Enrolment, now: Timestamp) -> Option<Cow<'a, [i64]>> {
        if now < of.today.ends {
            return of.today.shared.as_deref().map(Cow::Borrowed);
        }
        shared_sums(self, &standing.counts, of, now).map(Cow::Owned)
    }
}

/// The highest of 1, 2, 5, 10, 20, 50 and so on that is not above a number.
fn at_least(number: u32) -> u32 {
    let tens = core::iter::successors(Some(1_u32), |ten| ten.checked_mul(10));
    let steps = tens.flat_map(|ten| [1, 2, 5].map(|step| ten.saturating_mul(step)));
    steps.take_while(|step| *step <= number).last().unwrap_or(0)
}
