//! Long records: what goes back to a savepoint finds there what folding everything again would have found.

use super::{cases, regressions};
use crate::world::{activities, program};
use knownfor::{Activity, Engine, Entry, History, MemberBatch};
use knownfor_tests::generate::{self, Case};
use proptest::{collection::vec, prelude::*, sample::Index};
use std::collections::BTreeMap;

/// Enough that members have some savepoints.
const LENGTH: usize = 1_000;

/// A long case. Some activities arrive later than they should, and some are voided after a while.
fn arrivals() -> impl Strategy<Value = (Case, Vec<Index>, Vec<(Index, Index)>)> {
    (generate::cases(LENGTH), vec(any::<Index>(), 20), vec((any::<Index>(), any::<Index>()), 8))
}

proptest! {
    #![proptest_config(cases(40, regressions!("long")))]

    #[test]
    fn late_activities_voids_and_reverses_are_as_if_folded_anew((case, late, voids) in arrivals()) {
        let mut engine = Engine::new(program(&case.program));
        let mut record = activities(engine.program(), &case.record);
        record.sort_by_key(knownfor::Activity::at);
        let mut order: Vec<usize> = (0..record.len()).collect();
        for moved in late {
            let from = moved.index(order.len());
            let index = order.remove(from);
            // Most are late by a little.
            let by = (order.len() - from) / if from % 3 == 0 { 1 } else { 50 };
            order.insert(from + by, index);
        }
        let mut voided: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (which, after) in voids {
            voided.entry(after.index(order.len())).or_default().push(order[which.index(order.len())]);
        }
        let mut kept: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for (step, index) in order.into_iter().enumerate() {
            let mut members = engine.apply(record[index].clone()).expect("it is accepted").members;
            for index in voided.remove(&step).unwrap_or_default() {
                members.extend(engine.void(record[index].source(), record[index].id()).members);
            }
            for outcome in members {
                let kept = kept.entry(outcome.member.to_string()).or_default();
                for taken in &outcome.taken {
                    kept.remove(kept.iter().rposition(|entry| entry == taken).expect("what is taken was there"));
                }
                kept.extend(outcome.added);
            }
        }
        for member in engine.members() {
            let anew = engine.replay(member).expect("a member");
            prop_assert_eq!(engine.standing(member), Some(&anew.standing));
            prop_assert_eq!(engine.ledger(member), &anew.ledger, "{}", member);
            let lines = |entries: &[Entry]| {
                let mut lines: Vec<String> = entries.iter().map(|entry| format!("{entry:?}")).collect();
                lines.sort();
                lines
            };
            prop_assert_eq!(lines(&kept.remove(member).unwrap_or_default()), lines(&anew.ledger), "the outcomes of {}", member);
            // One member at a time: the record without an activity, and then with it again.
            let history = engine.history(member).expect("a member");
            let all: Vec<_> = history.activities().cloned().collect();
            let again = &all[all.len() * 2 / 3];
            let part = |arrived: Option<&Activity>, voided: Option<&Activity>| {
                MemberBatch::of(engine.program(), member, arrived.cloned(), voided.cloned()).expect("one program")
            };
            let out = part(None, Some(again)).fold(history.clone()).expect("one program");
            let without = all.iter().filter(|activity| *activity != again).cloned();
            let without = History::new(engine.program(), member, without).expect("one program");
            prop_assert_eq!(&out.standing, &without.fold().standing);
            let back = part(Some(again), None).fold(without).expect("one program");
            prop_assert_eq!(Some(&back.standing), engine.standing(member));
            prop_assert_eq!((&back.added, &back.taken), (&out.taken, &out.added));
        }
    }
}
