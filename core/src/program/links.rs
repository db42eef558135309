//! Links: what to look at when something changes, and what falls due.

use super::{Attribute, Badge, Challenge, Currency, Kind, Tally, Watcher};
use crate::base::{id_table::Id, number::capped, time::Timestamp};
use alloc::vec::Vec;

/// What to look at when something changes, worked out once everything is checked.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// Rules, badges and levels whose goals ask for fields or completeness.
    pub(crate) on_profile: Vec<Watcher>,
    /// Badges whose goals ask for a level.
    pub(crate) on_level: Vec<Id<Badge>>,
    /// Badges whose goals ask for badges, each after those that it asks for.
    pub(crate) on_badges: Vec<Id<Badge>>,
    /// Badges and levels whose goals ask for the total of a currency. Levels with a `min` are not among them.
    pub(crate) on_total: Vec<(Id<Currency>, Watcher)>,
    /// Rules, badges and levels whose goals ask for a challenge.
    pub(crate) on_challenge: Vec<(Id<Challenge>, Watcher)>,
    /// Tallies of the points given in a currency.
    pub(crate) of_points: Vec<(Id<Currency>, Id<Tally>)>,
    /// Streaks, which recorded leave may restore.
    pub(crate) streaks: Vec<Id<Tally>>,
    /// Goals that time alone reaches.
    pub(crate) since: Vec<Since>,
    /// When goals award what earlier activities earned, in order of time.
    pub(crate) backfills: Vec<(Timestamp, Watcher)>,
    /// Kinds by which a member shows (true) or hides (false) a badge.
    pub(crate) on_shown: Vec<(Id<Kind>, Id<Badge>, bool)>,
    /// Whether any rule holds points back until a later time.
    pub(crate) has_deferred: bool,
    /// Where levels begin, if they begin at totals.
    pub(crate) level_totals: Option<LevelTotals>,
    /// How many levels are never lost. They are below all others.
    pub(crate) lasting_levels: u16,
    /// Attributes that name a member.
    pub(crate) members: Vec<Id<Attribute>>,
    /// The currency of each rule, stored together because every entry needs it.
    pub(crate) currencies: Vec<Id<Currency>>,
}

/// The totals at which levels begin, all in one currency.
#[derive(Debug)]
pub(crate) struct LevelTotals {
    pub(crate) currency: Id<Currency>,
    /// From the lowest level to the highest.
    pub(crate) mins: Vec<i64>,
    /// How many of them are never lost.
    pub(crate) lasting: u16,
}

impl LevelTotals {
    /// Whether a total neither reaches the level above some levels nor loses the highest of them.
    pub(crate) fn keep(&self, levels: u16, total: i64) -> bool {
        let level = usize::from(levels);
        let has = |index: usize| self.mins.get(index).is_some_and(|min| total >= *min);
        !has(level) && (levels <= self.lasting || has(level - 1))
    }

    /// How many levels a total reaches from those that are held in any case.
    pub(crate) fn height(&self, held: u16, total: i64) -> u16 {
        let above = self.mins.iter().skip(usize::from(held)).take_while(|min| total >= **min);
        held.saturating_add(capped(above.count()))
    }
}

/// A goal that time alone reaches.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Since {
    pub(crate) tally: Id<Tally>,
    pub(crate) min: i64,
    /// Whether every multiple of `min` counts, too.
    pub(crate) every: bool,
    pub(crate) watcher: Watcher,
}
