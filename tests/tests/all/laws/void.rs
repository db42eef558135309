//! Law 2: a void is exact. Afterwards, everything is as if the activity had never existed.

use super::{cases, regressions};
use crate::world::{activity, all_of, engine};
use knownfor::Status;
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::Index};
use serde_json::Value;

fn key(activity: &Value) -> (String, String) {
    let text = |key: &str| activity[key].as_str().expect("made-up activities have both").to_owned();
    (text("source"), text("id"))
}

proptest! {
    #![proptest_config(cases(200, regressions!("void")))]

    #[test]
    fn a_void_leaves_no_trace(case in generate::cases(30), which in any::<Index>()) {
        let Case { program, record, voids } = case;
        let (source, id) = key(which.get(&record));
        let without: Vec<Value> = record.iter().filter(|activity| key(activity) != (source.clone(), id.clone())).cloned().collect();
        let never = engine(&program, &without, &voids);

        let mut after = engine(&program, &record, &voids);
        after.void(&source, &id);
        prop_assert_eq!(all_of(&after), all_of(&never));

        // A second void, or the activity again, changes nothing.
        prop_assert_eq!(after.void(&source, &id).status, Status::Duplicate);
        let again = activity(after.program(), which.get(&record));
        let outcome = after.apply(again).expect("the same content is no conflict");
        prop_assert_eq!(outcome.status, Status::Voided);
        prop_assert!(outcome.members.is_empty());
        prop_assert_eq!(all_of(&after), all_of(&never));
    }

    #[test]
    fn a_void_may_come_first(case in generate::cases(30), which in any::<Index>()) {
        let Case { program, record, .. } = case;
        let (source, id) = key(which.get(&record));
        let mut first = engine(&program, &[], []);
        prop_assert_eq!(first.void(&source, &id).status, Status::Awaited);
        for one in &record {
            let status = first.apply(activity(first.program(), one)).expect("a made-up activity is accepted").status;
            prop_assert_eq!(status, if key(one) == (source.clone(), id.clone()) { Status::Voided } else { Status::Applied });
        }
        let mut last = engine(&program, &record, []);
        last.void(&source, &id);
        prop_assert_eq!(all_of(&first), all_of(&last));
        prop_assert_eq!(first.snapshot(), last.snapshot());
    }
}
