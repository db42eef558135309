//! Counters: what is counted of each member, and where it stands.

use super::{Amount, Badge, Definition, Limit, Reward, Rule, Tally, Trigger};
use crate::base::id_table::Id;
use alloc::vec::Vec;

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
pub(crate) struct CounterLayout {
    /// By the sort of a counter and its number.
    of: [Vec<Option<u32>>; Counter::SORTS],
    count: u32,
    /// How many of the lower bits of a place do not matter for its part.
    part_bits: u32,
    /// All of them, by sort and number.
    pub(crate) counters: Vec<Counter>,
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

    fn of_number(sort: u16, number: u16) -> Option<Self> {
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

    /// One of a sort, of as many as a program has.
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

    /// All of a program, by sort and number.
    fn all(program: &Definition) -> Vec<Self> {
        let mut all = Vec::new();
        for sort in 0..Self::SORTS as u16 {
            all.extend((0..=u16::MAX).map_while(|number| Self::known(program, sort, number)));
        }
        all
    }
}

impl CounterLayout {
    /// So many that a member's counters in one of them are few to go through, and so few that their numbers are on one line of the cache.
    pub(crate) const PARTS: usize = 8;

    /// The places of a program's counters.
    pub(crate) fn new(program: &Definition) -> Self {
        let mut layout = Self::default();
        for kind in program.kinds.values() {
            kind.tallies.iter().for_each(|(tally, _)| layout.put(program, Counter::Tally(*tally)));
            for id in &kind.rules {
                program.rules[*id].limits.iter().for_each(|limit| layout.put(program, Counter::Limit(*limit)));
                layout.put(program, Counter::Nth(*id));
            }
        }
        // Activities seldom get to the others.
        let counters = Counter::all(program);
        counters.iter().for_each(|counter| layout.put(program, *counter));
        let part_bits = (0..).find(|bits| layout.count >> bits < Self::PARTS as u32).unwrap_or(0);
        Self { counters, part_bits, ..layout }
    }

    /// The place of a counter that may count without a key.
    pub(crate) fn of(&self, counter: Counter) -> Option<u32> {
        let (sort, number) = counter.number();
        *self.of.get(usize::from(sort))?.get(usize::from(number))?
    }

    /// The part, of [`CounterLayout::PARTS`] equal ones, that a place lies in.
    pub(crate) fn part(&self, position: u32) -> usize {
        (position >> self.part_bits) as usize
    }

    /// Gives a counter the next place, if it has none yet and may ever count without a key.
    fn put(&mut self, program: &Definition, counter: Counter) {
        let counts = match counter {
            Counter::Tally(id) => program.tallies[id].scope.key.is_none(),
            Counter::Nth(id) => matches!(program.rules[id].amount, Amount::Nth(..)),
            Counter::Goal(id) | Counter::So(id) => matches!(program.rules[id].trigger, Trigger::When(_)),
            Counter::Limit(_) | Counter::Shown(_) | Counter::Reward(_) | Counter::Approved => true,
        };
        let (sort, number) = counter.number();
        let Some(of) = self.of.get_mut(usize::from(sort)).filter(|_| counts) else { return };
        if of.len() <= usize::from(number) {
            of.resize(usize::from(number) + 1, None);
        }
        if let Some(none @ None) = of.get_mut(usize::from(number)) {
            *none = Some(self.count);
            self.count += 1;
        }
    }
}
