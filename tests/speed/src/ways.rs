//! Ways: what is counted and timed, each a function of its own, so that a profiler can tell where it begins and ends.

use crate::{Named, Standings};
use knownfor::{Engine, Incoming};
use std::hint::black_box;

/// How many activities are counted. As many before them make standings to go on from.
pub const COUNTED: usize = 4_000;
/// How many members the stream has.
pub const MEMBERS: u64 = 100_000;

/// Activities that are read, by the standings that are looked up: `Program::apply` and nothing else.
#[inline(never)]
pub fn way_apply(standings: &mut Standings, named: &[Named<'_>]) {
    standings.apply(named);
}

/// Activities that are read, by the engine: with the record, so that duplicates are found, and with the ledger.
#[inline(never)]
pub fn way_record(engine: &mut Engine, activities: Vec<Incoming>) {
    let (statuses, _) = black_box(engine.apply_all(activities));
    assert!(statuses.iter().all(Result::is_ok), "the stream is in order");
}
