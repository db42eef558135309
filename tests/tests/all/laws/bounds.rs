//! Bounds: no member ever has more from a rule than the program says.

use super::{cases, regressions};
use crate::world::engine;
use knownfor_tests::{
    generate::{self, Case},
    model,
};
use proptest::prelude::*;
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

/// How many sums had a bound, and how many of those reached it.
static BOUNDED: AtomicUsize = AtomicUsize::new(0);
static REACHED: AtomicUsize = AtomicUsize::new(0);
/// How many sums of a currency reached their bound.
static ALL_REACHED: AtomicUsize = AtomicUsize::new(0);

/// Whether any activity of a record undoes others. What an undo moves comes at its own time, so only the bounds in all
/// time hold then.
fn is_undone(program: &Value, record: &[Value]) -> bool {
    record.iter().any(|one| one["kind"].as_str().is_some_and(|kind| !program["kinds"][kind]["reverses"].is_null()))
}

proptest! {
    #![proptest_config(cases(300, regressions!("bounds")))]

    #[test]
    fn nobody_has_more_from_a_rule_than_its_bounds(case in generate::cases(40)) {
        let Case { program, record, voids, .. } = case;
        let engine = engine(&program, &record, &voids);
        let is_undone = is_undone(&program, &record);
        for bounds in engine.program().bounds() {
            let of_actor = matches!(program["rules"][&bounds.rule]["to"].as_str(), None | Some("actor"));
            let windows = [("day", bounds.day), ("week", bounds.week), ("month", bounds.month), ("ever", bounds.ever)];
            for (per, most) in windows.into_iter().filter(|(per, _)| *per == "ever" || !is_undone) {
                let Some(most) = most else { continue };
                for member in engine.members() {
                    let mut sums = BTreeMap::<String, i64>::new();
                    for entry in engine.ledger(member) {
                        let line = entry.line(member);
                        if line.rule.as_ref() == Some(&bounds.rule) {
                            let window = model::window(&program, &line.at, of_actor, per);
                            *sums.entry(window).or_default() += line.amount.unwrap_or_default();
                        }
                    }
                    for (window, sum) in sums {
                        prop_assert!(sum <= most, "{}: {} in the {} of {}, of {:?}", member, sum, per, window, bounds);
                        BOUNDED.fetch_add(1, Ordering::Relaxed);
                        REACHED.fetch_add(usize::from(sum == most), Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(300, regressions!("bounds")))]

    #[test]
    fn nobody_has_more_of_a_currency_than_its_bounds(case in generate::cases(40)) {
        let Case { program, mut record, voids, .. } = case;
        record.retain(|one| !is_undone(&program, std::slice::from_ref(one)));
        let engine = engine(&program, &record, &voids);
        for bounds in engine.program().currency_bounds() {
            let windows = [("day", bounds.day), ("week", bounds.week), ("month", bounds.month)];
            for (per, most) in windows.into_iter().filter_map(|(per, most)| Some((per, most?))) {
                for member in engine.members() {
                    // Each rule counts by its own days.
                    let mut sums = BTreeMap::<String, i64>::new();
                    for entry in engine.ledger(member) {
                        let line = entry.line(member);
                        let Some(rule) = line.rule.as_ref().filter(|_| line.currency.as_ref() == Some(&bounds.currency))
                        else { continue };
                        let of_actor = matches!(program["rules"][rule]["to"].as_str(), None | Some("actor"));
                        let window = model::window(&program, &line.at, of_actor, per);
                        *sums.entry(window).or_default() += line.amount.unwrap_or_default();
                    }
                    for (window, sum) in sums {
                        prop_assert!(sum <= most, "{}: {} in the {} of {}, of {:?}", member, sum, per, window, bounds);
                        ALL_REACHED.fetch_add(usize::from(sum == most), Ordering::Relaxed);
                    }
                }
            }
        }
    }
}

#[test]
fn bounds_are_reached() {
    nobody_has_more_from_a_rule_than_its_bounds();
    nobody_has_more_of_a_currency_than_its_bounds();
    let reached = ALL_REACHED.load(Ordering::Relaxed);
    assert!(reached > 10, "{reached} sums of a currency reached their bound");
    let (bounded, reached) = (BOUNDED.load(Ordering::Relaxed), REACHED.load(Ordering::Relaxed));
    assert!(reached > 25 && bounded > reached, "{reached} of {bounded} sums reached their bound");
}
