//! Counters: what is counted of each member, and where it stands.

use super::{Amount, Badge, Limit, Program, Reward, Rule, Tally, Trigger};
use crate::table::Id;
use alloc::{vec, vec::Vec};

/// What is counted in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    Tally(Id<Tally>),
    /// What has reached a limit.
    Limit(Id<Limit>),
    /// How many activities a rule was for.
    Nth(Id<Rule>),
    /// How often the goal of a rule was reached.
    Goal(Id<Rule>),
    /// Whether the goal of a rule was so when it was last looked at.
    So(Id<Rule>),
    /// Whether a badge may be shown, where its member said so.
    Shown(Id<Badge>),
    /// How often a reward was redeemed, by redemption.
    Reward(Id<Reward>),
    /// Whether a redemption was approved.
    Approved,
}

/// The place of each counter among all of a member. Those for which activities of one kind count stand together, so that an activity
/// touches little of what is kept of its member.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Places {
    /// By the sort of a counter and its number.
    of: [Vec<Option<u32>>; Counter::SORTS],
    count: u32,
}

impl Counter {
    const SORTS: usize = 8;

    /// Its sort and which one of it.
    pub(crate) fn number(self) -> (u16, u16) {
        match self {
            Self::Tally(id) => (0, id.number()),
            Self::Limit(id) => (1, id.number()),
            Self::Nth(id) => (2, id.number()),
            Self::Goal(id) => (3, id.number()),
            Self::So(id) => (4, id.number()),
            Self::Shown(id) => (5, id.number()),
            Self::Reward(id) => (6, id.number()),
            Self::Approved => (7, 0),
        }
    }

    pub(crate) fn of_number(sort: u16, number: u16) -> Option<Self> {
        let index = usize::from(number);
        Some(match sort {
            0 => Self::Tally(Id::new(index)?),
            1 => Self::Limit(Id::new(index)?),
            2 => Self::Nth(Id::new(index)?),
            3 => Self::Goal(Id::new(index)?),
            4 => Self::So(Id::new(index)?),
            5 => Self::Shown(Id::new(index)?),
            6 => Self::Reward(Id::new(index)?),
            7 => Self::Approved,
            _ => return None,
        })
    }
}

impl Places {
    /// The places of a program's counters.
    pub(crate) fn new(program: &Program) -> Self {
        let (tallies, limits, rules) = (program.tallies.len(), program.limits.len(), program.rules.len());
        let sizes = [tallies, limits, rules, rules, rules, program.badges.len(), program.rewards.len(), 1];
        let mut places = Self { of: sizes.map(|size| vec![None; size]), count: 0 };
        for kind in program.kinds.values() {
            let plain = kind.tallies.iter().filter(|(tally, _)| program.tallies[*tally].scope.key.is_none());
            plain.for_each(|(tally, _)| places.put(Counter::Tally(*tally)));
            for id in &kind.rules {
                let rule = &program.rules[*id];
                let plain = rule.limits.iter().filter(|limit| program.limits[**limit].scope.key.is_none());
                plain.for_each(|limit| places.put(Counter::Limit(*limit)));
                if let Amount::Nth(..) = rule.amount {
                    places.put(Counter::Nth(*id));
                }
            }
        }
        for (id, rule) in program.rules.iter() {
            if let Trigger::When(_) = rule.trigger {
                places.put(Counter::Goal(id));
                places.put(Counter::So(id));
            }
        }
        // Few members have any of the others.
        let others: Vec<_> = places.counters().collect();
        others.into_iter().for_each(|counter| places.put(counter));
        places
    }

    /// The place of a counter.
    pub(crate) fn of(&self, counter: Counter) -> Option<usize> {
        let (sort, number) = counter.number();
        let place = self.of.get(usize::from(sort))?.get(usize::from(number))?;
        place.map(|place| place as usize)
    }

    /// All counters, by sort and number.
    pub(crate) fn counters(&self) -> impl Iterator<Item = Counter> {
        let sorts = (0_u16..).zip(&self.of);
        sorts.flat_map(|(sort, of)| (0..of.len()).filter_map(move |number| Counter::of_number(sort, number as u16)))
    }

    /// Gives a counter the next place, if it has none yet.
    fn put(&mut self, counter: Counter) {
        let (sort, number) = counter.number();
        let place = self.of.get_mut(usize::from(sort)).and_then(|of| of.get_mut(usize::from(number)));
        if let Some(place @ None) = place {
            *place = Some(self.count);
            self.count += 1;
        }
    }
}
