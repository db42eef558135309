//! Laws 1 and 4 through both doors: one record in any order gives the same ledger and snapshot, byte for byte,
//! natively and in WebAssembly, and each door reads the other's snapshot.

use super::{cases, regressions};
use crate::doors::{Door, Native, node};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

/// Gives a program and a record to a door, and returns its ledgers and snapshot.
fn made_of(door: &mut dyn Door, case: &Case, record: &[Value]) -> (Vec<String>, Value) {
    door.check(&case.program.to_string()).expect("a made-up program has no problems");
    for activity in record {
        door.ask(&json!({ "do": "apply", "activity": activity })).expect("a made-up activity is accepted");
    }
    for (source, id) in &case.voids {
        door.ask(&json!({ "do": "void", "source": source, "id": id })).expect("a void is accepted");
    }
    (door.ledgers(), door.ask(&json!({ "do": "snapshot" })).expect("a snapshot can be had"))
}

/// Zones that governments changed lately. Node.js and jiff may know of it from different years' data.
const UNSETTLED: [&str; 2] = ["Africa/Casablanca", "America/Havana"];

/// A case in a zone of which both doors know the same.
fn settled(mut case: Case) -> Case {
    if UNSETTLED.iter().any(|zone| case.program["zone"] == *zone) {
        case.program["zone"] = "America/Nuuk".into();
    }
    case
}

#[test]
fn webassembly_gives_the_same_bytes() {
    let Some(mut node) = node() else { return };
    let shuffled = generate::cases(30).prop_map(settled).prop_flat_map(|case| {
        let record = Just(case.record.clone()).prop_shuffle();
        (Just(case), record)
    });
    let mut native = Native::default();
    let mut runner = TestRunner::new(cases(60, regressions!("bytes")));
    let law = |(case, shuffled): (Case, Vec<Value>)| {
        let (expected, snapshot) = made_of(&mut native, &case, &case.record);
        let found = made_of(&mut node, &case, &shuffled);
        prop_assert_eq!(&found, &(expected.clone(), snapshot.clone()));
        let restore = json!({ "do": "restore", "snapshot": snapshot });
        for door in [&mut native as &mut dyn Door, &mut node] {
            door.check(&case.program.to_string()).expect("a made-up program has no problems");
            prop_assert_eq!(door.ask(&restore), Ok(Value::Null), "{}", door.name());
            prop_assert_eq!(&door.ledgers(), &expected, "{}", door.name());
        }
        Ok(())
    };
    // proptest takes a closure that changes nothing, and doors change when asked.
    let law = std::cell::RefCell::new(law);
    if let Err(failure) = runner.run(&shuffled, |case| (law.borrow_mut())(case)) {
        panic!("{failure}");
    }
}
