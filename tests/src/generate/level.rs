//! Levels of generated programs: by totals, some of them repeated, or by goals.

use super::{LEVELS, goal};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

/// Levels of which all above a live one are live.
pub(super) fn levels() -> BoxedStrategy<Value> {
    let first_live = prop_oneof![1 => Just(LEVELS.len()), 2 => 0..LEVELS.len()];
    let of_totals = (totals(), first_live.clone()).prop_map(|(rungs, first)| ladder(rungs, first));
    let of_goals = first_live.prop_flat_map(|first| {
        let rungs: Vec<_> = (0..LEVELS.len()).map(|rank| when(rank >= first)).collect();
        rungs.prop_map(move |rungs| ladder(rungs, first))
    });
    prop_oneof![3 => of_totals, 2 => of_goals].boxed()
}

fn ladder(rungs: Vec<Value>, first_live: usize) -> Value {
    let rungs = rungs.into_iter().enumerate().map(|(rank, mut rung)| {
        if rank >= first_live {
            rung["live"] = true.into();
        }
        (LEVELS[rank].to_owned(), rung)
    });
    Map::from_iter(rungs).into()
}

/// Levels at rising totals. The highest may be repeated.
fn totals() -> impl Strategy<Value = Vec<Value>> {
    let least = select(&[[5, 10, 12, 20], [1, 25, 40, 41], [10, 11, 13, 30], [2, 4, 6, 8]][..]);
    let repeat = (
        2..5_i64,
        1..9_i64,
        select(&[None, Some(100), Some(150), Some(333)][..]),
        select(&[None, Some(1), Some(4)][..]),
    );
    (least, prop::option::of(repeat)).prop_map(|(least, repeat)| {
        let mut rungs = least.map(|least| json!({ "min": { "coin": least } })).to_vec();
        if let (Some((count, step, percent, plus)), Some(top)) = (repeat, rungs.last_mut()) {
            top["repeat"] = json!({ "count": count, "step": step });
            for (key, number) in [("percent", percent), ("plus", plus)] {
                if let Some(number) = number {
                    top["repeat"][key] = number.into();
                }
            }
        }
        rungs
    })
}

/// A level with one goal or two.
fn when(live: bool) -> BoxedStrategy<Value> {
    let goal = goal::of_level(live);
    prop_oneof![4 => goal.clone(), 1 => vec(goal, 2).prop_map(Value::from)]
        .prop_map(|when| json!({ "when": when }))
        .boxed()
}

/// Raises minimums so that no level is held from the start.
pub(super) fn above_the_start(program: &mut Value) {
    let start = program["currencies"]["coin"]["start"].as_i64().unwrap_or(0);
    for (_, level) in program["levels"].as_object_mut().into_iter().flatten() {
        if let Some(least) = level["min"]["coin"].as_i64() {
            level["min"]["coin"] = (least + start).into();
        }
    }
}
