//! Counters: what a program counts for each member, and where a member's counters are stored.

use super::{Badge, Definition, Limit, Reward, Rule, Tally, Trigger};
use crate::base::id_table::Id;
use alloc::vec::Vec;

/// What a slot counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    Tally(Id<Tally>),
    /// How many times or points a limit has let through.
    Limit(Id<Limit>),
    /// How many activities a rule with `nth` has given for, or the points of the best one for a rule with `best`.
    Nth(Id<Rule>),
    /// How often a rule has given for its goal.
    Goal(Id<Rule>),
    /// Whether the goal of a rule held when it was last looked at.
    WasTrue(Id<Rule>),
    /// Whether a badge is shown, if its member has decided that.
    Shown(Id<Badge>),
    /// How often a reward was redeemed, with the redemption as key.
    Reward(Id<Reward>),
    /// Whether a redemption was approved, with the redemption as key.
    Approved,
}

/// The index of each counter in a member's list of counters. Counters of the same kind of activity are neighbours, so
/// that one activity touches little of the member's memory.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct CounterLayout {
    /// The index of each counter, by the counter's sort and number.
    indices: [Vec<Option<u32>>; Counter::SORTS],
    /// How many counters have an index.
    count: u32,
    /// All counters of the program, by sort and number.
    pub(crate) counters: Vec<Counter>,
}

impl Counter {
    const SORTS: usize = 8;

    /// The sort of the counter and its number within the sort.
    // `Standing::to_bytes` writes these numbers, so they must never change.
    pub(crate) fn number(self) -> (u16, u16) {
        match self {
            Self::Tally(id) => (0, id.number()),
            Self::Limit(id) => (1, id.number()),
            Self::Nth(id) => (2, id.number()),
            Self::Goal(id) => (3, id.number()),
            Self::WasTrue(id) => (4, id.number()),
            Self::Shown(id) => (5, id.number()),
            Self::Reward(id) => (6, id.number()),
            Self::Approved => (7, 0),
        }
    }

    fn of_number(sort: u16, number: u16) -> Option<Self> {
        let index = usize::from(number);
        Some(match sort {
            0 => Self::Tally(Id::new(index)?),
            1 => Self::Limit(Id::new(index)?),
            2 => Self::Nth(Id::new(index)?),
            3 => Self::Goal(Id::new(index)?),
            4 => Self::WasTrue(Id::new(index)?),
            5 => Self::Shown(Id::new(index)?),
            6 => Self::Reward(Id::new(index)?),
            7 => Self::Approved,
            _ => return None,
        })
    }

    /// The counter with this sort and number, if the program has one.
    pub(crate) fn known(program: &Definition, sort: u16, number: u16) -> Option<Self> {
        let count = match sort {
            0 => program.tallies.len(),
            1 => program.limits.len(),
            2..=4 => program.rules.len(),
            5 => program.badges.len(),
            6 => program.rewards.len(),
            _ => 1,
        };
        Self::of_number(sort, number).filter(|_| usize::from(number) < count)
    }

    /// All counters of a program, by sort and number.
    fn all(program: &Definition) -> Vec<Self> {
        let mut all = Vec::new();
        for sort in 0..Self::SORTS as u16 {
            all.extend((0..=u16::MAX).map_while(|number| Self::known(program, sort, number)));
        }
        all
    }
}

impl CounterLayout {
    /// The layout of a program's counters.
    pub(crate) fn new(program: &Definition) -> Self {
        let mut layout = Self::default();
        for kind in program.kinds.values() {
            kind.tallies.iter().for_each(|(tally, _)| layout.add(program, Counter::Tally(*tally)));
            for id in &kind.rules {
                program.rules[*id].limits.iter().for_each(|limit| layout.add(program, Counter::Limit(*limit)));
                layout.add(program, Counter::Nth(*id));
            }
        }
        // The rest goes to the end, because activities seldom reach it.
        let counters = Counter::all(program);
        counters.iter().for_each(|counter| layout.add(program, *counter));
        Self { counters, ..layout }
    }

    /// The index of a counter; `None` if it only ever counts with a key.
    #[inline]
    pub(crate) fn index_of(&self, counter: Counter) -> Option<u32> {
        let (sort, number) = counter.number();
        *self.indices.get(usize::from(sort))?.get(usize::from(number))?
    }

    /// How many counters have an index.
    pub(crate) fn len(&self) -> usize {
        self.count as usize
    }

    /// Gives a counter the next index, if it has none yet and may ever count without a key.
    fn add(&mut self, program: &Definition, counter: Counter) {
        let counts = match counter {
            Counter::Tally(id) => program.tallies[id].scope.key.is_none(),
            Counter::Nth(id) => program.rules[id].amount.scope().is_some(),
            Counter::Goal(id) | Counter::WasTrue(id) => matches!(program.rules[id].trigger, Trigger::When(_)),
            Counter::Limit(_) | Counter::Shown(_) | Counter::Reward(_) | Counter::Approved => true,
        };
        let (sort, number) = counter.number();
        let Some(indices) = self.indices.get_mut(usize::from(sort)).filter(|_| counts) else { return };
        if indices.len() <= usize::from(number) {
            indices.resize(usize::from(number) + 1, None);
        }
        if let Some(index @ None) = indices.get_mut(usize::from(number)) {
            *index = Some(self.count);
            self.count += 1;
        }
    }
}
