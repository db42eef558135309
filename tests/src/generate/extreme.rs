//! Extremes: programs and records with numbers and times at and just beyond their limits.

use super::{Case, cases};
use proptest::{
    collection::vec,
    option,
    prelude::*,
    sample::{Index, select},
};
use serde_json::Value;

const EXACT: i64 = (1 << 53) - 1;
const TIMES: [&str; 8] = [
    "0001-01-01T00:00:00Z",
    "0001-01-01T13:59:59+14:00",
    "0001-01-01T00:00:00-12:00",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T11:59:59-12:00",
    "9999-12-31T23:59:59+23:59",
    "1969-12-31T23:59:59.999999999Z",
    "2026-03-29T01:59:60+01:00",
];

/// Cases in which some numbers and times of the program and the record are extreme. A few are past what is allowed, so
/// programs and activities may be refused.
pub fn extremes(most: usize) -> impl Strategy<Value = Case> {
    let swaps = vec(option::weighted(0.3, any::<Index>()), 40);
    let times = vec(option::weighted(0.5, select(&TIMES[..])), most);
    (cases(most), swaps, times).prop_map(|(mut case, swaps, times)| {
        let mut swaps = swaps.into_iter().cycle();
        swap_numbers(&mut case.program, "", &mut swaps);
        // Millions of days lie between the first and the last moment, and each may bring something.
        case.program["tallies"]["t6"]["unit"] = "year".into();
        for (activity, time) in case.record.iter_mut().zip(times) {
            swap_numbers(activity, "", &mut swaps);
            if let Some(time) = time {
                activity["at"] = time.into();
            }
        }
        case
    })
}

/// The extreme numbers that may replace the number under a key.
fn extremes_of(key: &str) -> &'static [i64] {
    match key {
        "days" => &[1, 366],
        "version" | "groups" | "start" | "floor" | "completeness" | "grace" | "nth" | "cost" | "min" | "max" | "is"
        | "day" | "least" => &[],
        "weight" | "t9" | "t10" => &[1, 1_000, 1_000, 1_001],
        "items" => &[1, 100],
        "length" => &[1, 10_000],
        "stock" => &[0, 1_000_000],
        "coin" | "star" | "shy" | "like" | "dislike" => &[1, 1_000_000, 1_000_000, -1_000_000],
        "points" | "times" | "every" | "suggest_from" | "t0" | "t1" | "t2" | "t3" | "t4" | "t5" | "t6" | "t7"
        | "t8" | "most" | "each" => &[1, EXACT],
        _ => &[1, EXACT, EXACT, -EXACT],
    }
}

fn swap_numbers(tree: &mut Value, key: &str, swaps: &mut impl Iterator<Item = Option<Index>>) {
    match tree {
        Value::Number(_) if !extremes_of(key).is_empty() => {
            if let Some(swap) = swaps.next().flatten() {
                *tree = (*swap.get(extremes_of(key))).into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| swap_numbers(item, key, swaps)),
        Value::Object(entries) => entries.iter_mut().for_each(|(key, value)| swap_numbers(value, key, swaps)),
        _ => {}
    }
}
