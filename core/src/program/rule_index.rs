//! Rule index: the tests that a kind's tallies and rules share, so that each test is made once for an activity.
//!
//! Each test has a bit. A tally or rule is the set of bits that it needs, and one comparison tells whether all of them
//! hold.

use super::{Attribute, Currency, Limit, Rule, Tally};
use crate::base::{id_table::Id, interner::Interner};
use alloc::vec::Vec;

/// Tallies and rules of a kind, in the order of the program, and the tests that they share. A kind with more tests or
/// rules than a word has bits is split into several blocks.
#[derive(Debug, Default)]
pub(crate) struct IndexBlock {
    /// The tests by attribute. Their bits follow those of the roles, in this order.
    pub(crate) tests: Vec<(Id<Attribute>, AttributeTest)>,
    pub(crate) tallies: Candidates<TallyEntry>,
    pub(crate) rules: Candidates<RuleEntry>,
}

/// Tests of one attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AttributeTest {
    /// Whether the number lies between these two, both included.
    Within(Vec<(i64, i64)>),
    /// Whether the value is this text or, for a set of texts, contains it.
    Text(Interner),
}

/// The tallies or the rules of a block, each with a bit of its own.
#[derive(Debug)]
pub(crate) struct Candidates<T> {
    // INVARIANT: as long as `entries`, and at most `IndexBlock::MAX_ENTRIES` long.
    /// The bits of the tests that must hold for each entry.
    needs: Vec<u64>,
    pub(crate) entries: Vec<T>,
    /// The bits of entries that ask more than the index can test. Their conditions must be asked in full.
    pub(crate) ask_more: u64,
}

/// A tally, and what one activity of the kind adds to a sum by kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TallyEntry {
    pub(crate) tally: Id<Tally>,
    pub(crate) adds: i64,
}

/// A rule, and its gift if that is fixed when the program is checked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RuleEntry {
    pub(crate) rule: Id<Rule>,
    pub(crate) fixed: Option<FixedGift>,
}

/// Points that a rule gives each time. At most one plain limit lowers them, and they only add to a total. Most rules
/// are like this, so pricing has a short way for them.
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
    /// The number of bits for roles.
    pub(crate) const ROLES: usize = 3;
    pub(crate) const MAX_TESTS: usize = 64 - Self::ROLES;
    pub(crate) const MAX_ENTRIES: usize = 64;
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
    pub(crate) fn push(&mut self, needs: u64, asks_more: bool, entry: T) {
        self.ask_more |= u64::from(asks_more) << self.entries.len();
        self.needs.push(needs);
        self.entries.push(entry);
    }

    /// The bits of the entries whose tests all hold. `holds` has the bits of the roles and tests that hold.
    pub(crate) fn with_needs_met(&self, holds: u64) -> u64 {
        // Goes from the last entry to the first, so that shifting puts each bit in its place and no index is needed.
        self.needs.iter().rev().fold(0, |met, needs| met << 1 | u64::from(needs & !holds == 0))
    }

    /// The entries whose bits are set, in order.
    pub(crate) fn select(&self, bits: u64) -> impl Iterator<Item = &T> {
        set_bits(bits).filter_map(|index| self.entries.get(index))
    }
}

impl<T> Default for Candidates<T> {
    fn default() -> Self {
        Self { needs: Vec::new(), entries: Vec::new(), ask_more: 0 }
    }
}

/// The indices of the bits that are set, lowest first.
pub(crate) fn set_bits(bits: u64) -> impl Iterator<Item = usize> {
    // `bits & (bits - 1)` clears the lowest bit that is set.
    let next = |bits: &u64| Some(bits & bits.wrapping_sub(1)).filter(|left| *left != 0);
    let rest = core::iter::successors(Some(bits).filter(|bits| *bits != 0), next);
    rest.map(|bits| bits.trailing_zeros() as usize)
}
