//! The laws: properties of every program and every record, tried on generated ones.
//!
//! `PROPTEST_CASES` raises the number of cases. The cases are the same in every run; `PROPTEST_RNG_SEED` gives others.
//! A failing case shrinks, is printed, and is stored in `tests/regressions/`, whose cases are tried first.

mod alone;
mod arrival;
mod bounds;
mod bytes;
mod challenges;
mod clocks;
mod cohort;
mod consent;
mod difference;
mod explained;
mod give;
mod grammar;
mod host;
mod known;
mod long;
mod mapping;
mod members;
mod model;
mod named;
mod news;
mod panics;
mod private;
mod report;
mod sealed;
mod seen;
mod sheet;
mod snapshot;
mod steps;
mod strength;
mod views;
mod void;

use proptest::{
    prelude::ProptestConfig,
    test_runner::{FileFailurePersistence, RngSeed},
};

/// How a law is tried: with `cases` cases, unless `PROPTEST_CASES` says otherwise.
pub(crate) fn cases(cases: u32, regressions: &'static str) -> ProptestConfig {
    let told = std::env::var_os("PROPTEST_CASES").is_some();
    let seeded = std::env::var_os("PROPTEST_RNG_SEED").is_some();
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: if told { asked.cases } else { cases },
        rng_seed: if seeded { asked.rng_seed } else { RngSeed::Fixed(20_120_330) },
        max_shrink_iters: 20_000,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(regressions))),
        ..asked
    }
}

/// The file that keeps the failing cases of a law.
macro_rules! regressions {
    ($law:literal) => {
        concat!(env!("CARGO_MANIFEST_DIR"), "/regressions/", $law, ".txt")
    };
}
pub(crate) use regressions;
