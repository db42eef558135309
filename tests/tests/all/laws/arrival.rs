//! Law 1: arrival does not matter. Any order, batches, partition of the members and duplicates give the same standings
//! and ledgers, and outcomes add up to the ledger.

use super::{cases, regressions};
use crate::world::{activities, activity, all_of, engine, lines, program, tree};
use knownfor::{Activity, ApplyError, Engine, Entry, Feed, History, Incoming, MemberOutcome, Status};
use knownfor_tests::generate::{self, Case};
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Something that arrives.
#[derive(Clone, Debug)]
enum Arrival {
    Batch(Vec<usize>),
    Void(String, String),
}

/// A case, and an order in which everything arrives: activities shuffled, some of them twice, in batches, with voids
/// in between.
fn arrivals() -> impl Strategy<Value = (Case, Vec<Arrival>)> {
    let shuffled = generate::cases(30).prop_flat_map(|case| {
        let order: Vec<usize> = (0..case.record.len()).collect();
        (Just(case), Just(order).prop_shuffle())
    });
    let cuts = (vec(any::<Index>(), 0..12), vec(any::<Index>(), 0..8), vec(any::<Index>(), 6));
    (shuffled, cuts).prop_map(|((case, mut order), (cuts, again, void_at))| {
        for one in again {
            let again = *one.get(&order);
            order.insert(one.index(order.len() + 1), again);
        }
        let cuts: BTreeSet<usize> =
            cuts.into_iter().map(|cut| cut.index(order.len() + 1)).chain([0, order.len()]).collect();
        let cuts: Vec<usize> = cuts.into_iter().collect();
        let mut arrivals: Vec<Arrival> =
            cuts.windows(2).map(|cut| Arrival::Batch(order[cut[0]..cut[1]].to_vec())).collect();
        for ((source, id), at) in case.voids.iter().zip(void_at) {
            arrivals.insert(at.index(arrivals.len() + 1), Arrival::Void(source.clone(), id.clone()));
        }
        (case, arrivals)
    })
}

/// Takes everything in as it arrives, and passes each outcome to `told`.
fn arrive(engine: &mut Engine, record: &[Value], arrivals: &[Arrival], mut told: impl FnMut(&[MemberOutcome])) {
    let activities = activities(engine.program(), record);
    for arrival in arrivals {
        match arrival {
            Arrival::Void(source, id) => told(&engine.void(source, id).members),
            Arrival::Batch(batch) => {
                let (statuses, members) = engine.apply_all(batch.iter().map(|index| activities[*index].clone()));
                assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
                told(&members);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200, regressions!("arrival")))]

    #[test]
    fn any_order_gives_the_same((case, arrivals) in arrivals()) {
        let expected = all_of(&engine(&case.program, &case.record, &case.voids));
        let mut engine = Engine::new(program(&case.program));
        arrive(&mut engine, &case.record, &arrivals, |_| ());
        prop_assert_eq!(all_of(&engine), expected);
    }

    #[test]
    fn outcomes_add_up_to_the_ledger((case, arrivals) in arrivals()) {
        let mut engine = Engine::new(program(&case.program));
        let mut kept: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        arrive(&mut engine, &case.record, &arrivals, |members| {
            for outcome in members {
                let kept = kept.entry(outcome.member.to_string()).or_default();
                for taken in &outcome.taken {
                    let index = kept.iter().position(|entry| entry == taken).expect("what is taken was there");
                    kept.remove(index);
                }
                kept.extend(outcome.added.iter().cloned());
            }
        });
        kept.retain(|_, entries| !entries.is_empty());
        let sorted = |member: &str, entries: &[Entry]| {
            let text = lines(member, entries);
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        for member in engine.members() {
            let kept = kept.remove(member).unwrap_or_default();
            prop_assert_eq!(sorted(member, &kept), sorted(member, engine.ledger(member)));
        }
        prop_assert_eq!(kept.keys().collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn any_partition_gives_the_same(case in generate::cases(30), parts in vec(0..3_usize, 3)) {
        let whole = engine(&case.program, &case.record, &case.voids);
        let part_of = |member: &str| parts[usize::from(member.as_bytes()[0]) % parts.len()];
        let mut engines: Vec<Engine> = (0..3).map(|_| Engine::new(program(&case.program))).collect();
        for activity in activities(whole.program(), &case.record) {
            let to: BTreeSet<usize> = activity.members().map(&part_of).collect();
            for part in to {
                engines[part].apply(activity.clone()).expect("a made-up activity is accepted");
            }
        }
        for engine in &mut engines {
            for (source, id) in &case.voids {
                engine.void(source, id);
            }
        }
        for member in whole.members() {
            let part = &engines[part_of(member)];
            prop_assert_eq!(part.ledger(member), whole.ledger(member));
            prop_assert_eq!(part.standing(member), whole.standing(member));
        }
    }

    /// A line number is order and not content: the first one stands.
    #[test]
    fn a_line_that_comes_again_elsewhere_changes_nothing(case in generate::cases(20), moved in 1..100_u64) {
        let mut of = case.program;
        of["input"] = serde_json::json!({ "sequence": "@line" });
        let mut engine = Engine::new(program(&of));
        let read = |number: u64, line: &Value, of: &Engine| {
            let text = line.to_string();
            of.program().read(&tree(&text), &Feed::new("wiki").line(number)).expect("a made-up line is read")
        };
        let mut twice: BTreeMap<String, Vec<Activity>> = BTreeMap::new();
        for again in [0, moved] {
            for (number, line) in (1..).zip(&case.record) {
                let line = read(number + again, line, &engine);
                if let Incoming::Activity(activity) = &line {
                    activity.members().for_each(|of| twice.entry(of.to_string()).or_default().push(activity.clone()));
                }
                let status = engine.apply(line).map(|outcome| outcome.status);
                prop_assert_eq!(status, Ok(if again == 0 { Status::Applied } else { Status::Duplicate }));
            }
        }
        for (member, activities) in twice {
            let history = History::new(engine.program(), &member, activities).expect("of the same program");
            prop_assert_eq!(Some(history.fold()), engine.replay(&member));
        }
    }

    #[test]
    fn a_refusal_changes_nothing(case in generate::cases(20), which in any::<Index>()) {
        let mut engine = engine(&case.program, &case.record, &case.voids);
        let (before, bytes) = (all_of(&engine), engine.snapshot());
        let mut other = which.get(&case.record).clone();
        other["object"] = "another".into();
        let other = activity(engine.program(), &other);
        let refused = engine.apply(other.clone());
        prop_assert!(matches!(refused, Err(ApplyError::Conflict { .. })), "{:?}", refused);
        let text = refused.unwrap_err().to_string();
        prop_assert!(text.contains(other.source()) && text.contains(other.id()), "{}", text);
        prop_assert!(text.contains("`object` was ") && text.contains(" and is `another` now"), "{}", text);

        let mut renamed = case.program.clone();
        renamed["id"] = "another".into();
        let foreign = activity(&program(&renamed), which.get(&case.record));
        prop_assert_eq!(engine.apply(foreign), Err(ApplyError::OtherProgram));
        prop_assert_eq!((all_of(&engine), engine.snapshot()), (before, bytes));
    }
}
