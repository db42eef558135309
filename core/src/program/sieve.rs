//! Sieve: what a kind's tallies and rules ask of an activity, laid out so that each test is made once for all who ask it.

use super::{Attribute, Rule, Tally};
use crate::{table::Id, text::Text};
use alloc::vec::Vec;

/// Some of a kind's tallies and rules, in the order of the program, and the tests that they share. There are no more tests than a
/// word has bits, so a kind of which more is asked has several sieves.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    /// The tests by attribute. Each has a bit, in this order from [`Sieve::FIRST`] on; lower bits are for the roles.
    pub(crate) tests: Vec<(Id<Attribute>, Wanted)>,
    /// Each with what one activity adds.
    pub(crate) tallies: Vec<Asker<(Id<Tally>, i64)>>,
    pub(crate) rules: Vec<Asker<Id<Rule>>>,
}

/// What is wanted of one attribute: several tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// That it is not below the one number nor above the other.
    Within(Vec<(i64, i64)>),
    /// That it is this text or, of a set, contains it.
    Text(Vec<Text>),
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Asker<T> {
    /// The bits of the tests that must hold.
    pub(crate) needs: u64,
    /// Something is asked that is no such test, so it is asked as it is written.
    pub(crate) asks_more: bool,
    pub(crate) who: T,
}

impl Sieve {
    pub(crate) const ACTOR: u64 = 1;
    pub(crate) const OWNER: u64 = 1 << 1;
    pub(crate) const RECIPIENT: u64 = 1 << 2;
    /// The bit of the first test.
    pub(crate) const FIRST: u64 = 1 << 3;
    /// So many bits are left for tests.
    pub(crate) const MOST: usize = 61;
}

impl Wanted {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Within(ranges) => ranges.len(),
            Self::Text(texts) => texts.len(),
        }
    }
}

impl<T> Asker<T> {
    /// Whether an activity gets through to it, of which the bits of what holds are given.
    pub(crate) fn is_met(&self, holds: u64) -> bool {
        self.needs & !holds == 0
    }
}
