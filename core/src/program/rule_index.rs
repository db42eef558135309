//! Sieve: what a kind's tallies and rules ask of an activity, laid out so that each test is made once for all who ask it.

use super::{Attribute, Currency, Limit, Rule, Tally};
use crate::base::{id_table::Id, interner::Interner};
use alloc::vec::Vec;

/// Some of a kind's tallies and rules, in the order of the program, and the tests that they share. A kind of which more is asked
/// than a word has bits for has several sieves.
#[derive(Debug, Default)]
pub(crate) struct IndexBlock {
    /// The tests by attribute. Each has a bit, in this order after those of the roles.
    pub(crate) tests: Vec<(Id<Attribute>, AttributeTest)>,
    pub(crate) tallies: Candidates<TallyEntry>,
    pub(crate) rules: Candidates<RuleEntry>,
}

/// What is wanted of one attribute: several tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AttributeTest {
    /// That it is not below the one number nor above the other.
    Within(Vec<(i64, i64)>),
    /// That it is this text or, of a set, contains it.
    Text(Interner),
}

/// Who asks, each with a bit of its own.
#[derive(Debug)]
pub(crate) struct Candidates<T> {
    /// For each the bits of the tests that must hold.
    pub(crate) needs: Vec<u64>,
    pub(crate) who: Vec<T>,
    /// The bits of those who ask something that is no such test, so that they are asked as they are written.
    pub(crate) ask_more: u64,
}

/// A tally, and what one activity of the kind adds, for sums by kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TallyEntry {
    pub(crate) tally: Id<Tally>,
    pub(crate) adds: i64,
}

/// A rule, and what it always gives, if that is known before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleEntry {
    pub(crate) rule: Id<Rule>,
    pub(crate) always: Option<FixedGift>,
}

/// Points that a rule gives each time, as far as one limit without a key lets them, and that add to a total and do nothing else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FixedGift {
    pub(crate) currency: Id<Currency>,
    pub(crate) points: i32,
    pub(crate) limit: Option<Id<Limit>>,
}

impl IndexBlock {
    pub(crate) const ACTOR: u64 = 1;
    pub(crate) const OWNER: u64 = 1 << 1;
    pub(crate) const RECIPIENT: u64 = 1 << 2;
    /// So many bits are for roles.
    pub(crate) const ROLES: usize = 3;
    pub(crate) const MOST_TESTS: usize = 64 - Self::ROLES;
    pub(crate) const MOST_ASKERS: usize = 64;
}

impl AttributeTest {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Within(ranges) => ranges.len(),
            Self::Text(texts) => texts.len(),
        }
    }
}

impl<T> Candidates<T> {
    pub(crate) fn push(&mut self, needs: u64, asks_more: bool, who: T) {
        self.ask_more |= u64::from(asks_more) << self.who.len();
        self.needs.push(needs);
        self.who.push(who);
    }

    /// The bits of those to whom an activity gets through, of which the bits of what holds are given.
    pub(crate) fn met(&self, holds: u64) -> u64 {
        // From the last on, so that nothing has to be known of places.
        self.needs.iter().rev().fold(0, |met, needs| met << 1 | u64::from(needs & !holds == 0))
    }

    /// Those whose bits are set, in order.
    pub(crate) fn of(&self, bits: u64) -> impl Iterator<Item = &T> {
        set_bits(bits).filter_map(|index| self.who.get(index))
    }
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self { needs: Vec::new(), who: Vec::new(), ask_more: 0 }
    }
}

/// The places of the bits that are set, lowest first.
pub(crate) fn set_bits(bits: u64) -> impl Iterator<Item = usize> {
    let next = |bits: &u64| Some(bits & bits.wrapping_sub(1)).filter(|left| *left != 0);
    let rest = core::iter::successors(Some(bits).filter(|bits| *bits != 0), next);
    rest.map(|bits| bits.trailing_zeros() as usize)
}
