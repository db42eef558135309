//! Rule index: which tallies and rules of a kind an activity concerns, found by looking at each attribute once.
//!
//! Each tally and rule has a bit. For each attribute that conditions test, a table has a row of bits for every value
//! that makes a difference: the tallies and rules that this value leaves. The rows that an activity selects, taken
//! together, are what it concerns. So the work grows with the attributes, and hardly with the rules.

use super::{Attribute, Currency, Limit, Rule, Tally};
use crate::base::{id_table::Id, interner::Interner};
use alloc::vec::Vec;
use core::ops::{BitAnd, BitOr};

/// Tallies and rules of a kind, in the order of the program, and the tests that they share. A kind with more of them
/// than an [`EntrySet`] has bits is split into several blocks.
#[derive(Debug, Default)]
pub(crate) struct IndexBlock {
    pub(crate) tallies: Vec<TallyEntry>,
    pub(crate) rules: Vec<RuleEntry>,
    /// The entries that each set of roles leaves, by the bits of the roles.
    pub(crate) by_roles: [EntrySet; 1 << Self::ROLES],
    /// By rising attribute, each once.
    pub(crate) tests: Vec<AttributeTest>,
    /// The entries that ask more than the index can test. Their conditions must be asked in full.
    pub(crate) ask_more: EntrySet,
}

/// A set of the tallies and rules of a block, by their bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct EntrySet {
    pub(crate) tallies: u128,
    pub(crate) rules: u128,
}

/// All that the entries of a block ask of one attribute.
#[derive(Debug)]
pub(crate) struct AttributeTest {
    pub(crate) attribute: Id<Attribute>,
    /// The entries that do not ask for the attribute. Only these are left if an activity lacks it.
    pub(crate) unasked: EntrySet,
    pub(crate) values: TestedValues,
}

/// The values of an attribute that make a difference.
#[derive(Debug)]
pub(crate) enum TestedValues {
    /// Where ranges of numbers begin, in order, and the entries that each range leaves. The first range lies before
    /// the first number.
    Numbers(Vec<i64>, Vec<EntrySet>),
    /// Texts, and the entries that each of them leaves. A set of texts leaves what any of them leaves.
    Texts(Interner, Vec<EntrySet>),
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
    pub(crate) const ACTOR: usize = 1;
    pub(crate) const OWNER: usize = 1 << 1;
    pub(crate) const RECIPIENT: usize = 1 << 2;
    /// The number of bits for roles.
    pub(crate) const ROLES: usize = 3;
}

impl EntrySet {
    /// The most tallies of a block, and the most rules.
    pub(crate) const MAX: usize = 128;
}

impl BitAnd for EntrySet {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self { tallies: self.tallies & other.tallies, rules: self.rules & other.rules }
    }
}

impl BitOr for EntrySet {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self { tallies: self.tallies | other.tallies, rules: self.rules | other.rules }
    }
}

/// The items of a list whose bits are set, in order.
pub(crate) fn select<T>(items: &[T], bits: u128) -> impl Iterator<Item = &T> {
    SetBits::of(bits).filter_map(|index| items.get(index))
}

/// The indices of the bits that are set, lowest first.
// By halves, because a word of the machine is half as long.
pub(crate) struct SetBits {
    half: u64,
    /// The index of the half's first bit.
    first: usize,
    /// The half that comes after it.
    next: u64,
}

impl SetBits {
    pub(crate) fn of(bits: u128) -> Self {
        Self { half: bits as u64, first: 0, next: (bits >> 64) as u64 }
    }
}

impl Iterator for SetBits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.half == 0 {
            *self = Self { half: self.next, first: 64, next: 0 };
            if self.half == 0 {
                return None;
            }
        }
        let index = self.first + self.half.trailing_zeros() as usize;
        // Clears the lowest bit that is set.
        self.half &= self.half.wrapping_sub(1);
        Some(index)
    }
}
