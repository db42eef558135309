//! Holdings: what a host asks a standing, by the names of its program.

use crate::{
    base::time::{Time, Timestamp},
    program::{Grade, value::FieldState},
    state::standing::Standing,
};
use alloc::vec::Vec;

/// A badge that a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EarnedBadge<'a> {
    /// The badge's name in the program.
    pub name: &'a str,
    /// The highest grade held, if the badge has grades.
    pub grade: Option<Grade>,
    /// How often it was given, over all its keys.
    pub times: u32,
}

impl Standing {
    /// The total earned in a currency, whatever was spent of it; `None` if the program has no such currency. A
    /// currency that is counted anew in each window has the total of the window of the last activity.
    pub fn total(&self, currency: &str) -> Option<i64> {
        self.total_at(currency, self.last_time().instant)
    }

    /// The same at a moment: a currency that is counted anew in each window has the total of the window of that
    /// moment. Points that time alone brings are in [`Standing::as_of`].
    pub fn total_at(&self, currency: &str, now: Timestamp) -> Option<i64> {
        let id = self.program.currencies.find(currency)?;
        Some(self.counts.total(&self.program, id, Time::utc(now)))
    }

    /// What is left to spend of a currency; `None` if the program has no such currency. It is below 0 after a void or
    /// a reverse took back points that had been spent. Members are not shown that debt.
    pub fn spendable(&self, currency: &str) -> Option<i64> {
        let id = self.program.currencies.find(currency)?;
        Some(self.counts.spendable(&self.program, id, self.last_time()))
    }

    /// The name of the level held, if any.
    pub fn level(&self) -> Option<&str> {
        self.program.level(self.level).map(|(_, level)| level.name.as_str())
    }

    /// The badges held after the last activity, in the program's order.
    pub fn badges(&self) -> Vec<EarnedBadge<'_>> {
        let now = self.last_time().instant;
        let badges = self.program.badges.iter();
        let held = badges.filter_map(|(id, badge)| {
            let mut held = self.held(&self.program, id, now).map(|(_, held)| held).peekable();
            held.peek()?;
            let none = EarnedBadge { name: &badge.name, grade: None, times: 0 };
            Some(held.fold(none, |earned, held| EarnedBadge {
                grade: earned.grade.max(held.grade),
                times: earned.times.saturating_add(held.times),
                ..earned
            }))
        });
        held.collect()
    }

    /// How complete the profile is in percent, 0 to 100: the weight of the fields that are done, of the weight of all,
    /// rounded down.
    pub fn completeness(&self) -> u8 {
        self.counts.completeness(&self.program)
    }

    /// The state of each field of the profile by its name, in the program's order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, FieldState)> {
        self.program.fields().zip(self.counts.personal.fields.iter().map(|said| said.state))
    }

    /// Whether the member has published the profile.
    pub fn is_published(&self) -> bool {
        self.counts.personal.consent.published
    }

    /// When the last activity happened that names the member.
    pub fn last_at(&self) -> Option<Timestamp> {
        self.last.as_ref().map(|last| last.time.instant)
    }
}
