//! Law: an outcome holds exactly the entries by which the ledgers before and after a batch differ, whatever the batch
//! does.

use super::{cases, regressions};
use crate::world::{activity, engine};
use knownfor::{Engine, Entry, Incoming};
use knownfor_tests::generate::{self, Case};
use proptest::{collection::vec, prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::Value;
use std::collections::BTreeMap;

/// The longest record of a case.
const MOST: usize = 30;

/// A record, and which of its activities are there before and after a batch. The batch voids some and brings others.
#[derive(Clone, Debug)]
struct Batch {
    case: Case,
    /// Before and after the batch.
    there: Vec<(bool, bool)>,
}

fn batches() -> impl Strategy<Value = Batch> {
    let there = || prop::bool::weighted(0.7);
    (generate::cases(MOST), vec((there(), there()), MOST)).prop_map(|(case, there)| Batch { case, there })
}

/// A member's ledger before and after a batch, and the outcome's entries for that member.
struct Change {
    before: Vec<Entry>,
    after: Vec<Entry>,
    added: Vec<Entry>,
    taken: Vec<Entry>,
}

impl Batch {
    fn changes(&self) -> Vec<Change> {
        let record = || self.case.record.iter().zip(&self.there);
        let first: Vec<Value> = record().filter(|(_, there)| there.0).map(|(one, _)| one.clone()).collect();
        let mut engine = engine(&self.case.program, &first, []);
        let mut ledgers: BTreeMap<String, Vec<Entry>> =
            engine.members().map(|member| (member.to_owned(), engine.ledger(member).to_vec())).collect();
        let incoming = |(one, there): (&Value, &(bool, bool)), engine: &Engine| match there {
            (true, false) => {
                let text = |key: &str| one[key].as_str().expect("made-up activities have both").into();
                Some(Incoming::Void { source: text("source"), id: text("id") })
            }
            (false, true) => Some(activity(engine.program(), one).into()),
            _ => None,
        };
        let batch: Vec<Incoming> = record().filter_map(|one| incoming(one, &engine)).collect();
        let (statuses, outcomes) = engine.apply_all(batch);
        assert!(statuses.iter().all(Result::is_ok), "a made-up activity is accepted: {statuses:?}");
        let told: BTreeMap<_, _> = outcomes.into_iter().map(|outcome| (outcome.member.to_string(), outcome)).collect();
        for member in engine.members().map(str::to_owned) {
            ledgers.entry(member).or_default();
        }
        let change = |(member, before): (String, Vec<Entry>)| {
            let (added, taken) =
                told.get(&member).map(|one| (one.added.clone(), one.taken.clone())).unwrap_or_default();
            Change { before, after: engine.ledger(&member).to_vec(), added, taken }
        };
        ledgers.into_iter().map(change).collect()
    }
}

/// The entries of a ledger that another lacks, found one by one.
fn missing_from(other: &[Entry], ledger: &[Entry]) -> Vec<Entry> {
    let mut others = other.to_vec();
    let is_missing = |entry: &&Entry| match others.iter().position(|other| other == *entry) {
        Some(index) => {
            others.remove(index);
            false
        }
        None => true,
    };
    ledger.iter().filter(is_missing).cloned().collect()
}

proptest! {
    #![proptest_config(cases(400, regressions!("difference")))]

    #[test]
    fn an_outcome_is_the_difference_of_two_ledgers(batch in batches()) {
        for Change { before, after, added, taken } in batch.changes() {
            prop_assert_eq!(added, missing_from(&before, &after));
            prop_assert_eq!(taken, missing_from(&after, &before));
        }
    }
}

/// Batches need late arrivals, reverses and entries that fell due, or they would not test the order of a ledger.
#[test]
fn made_up_batches_are_worth_trying() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..300 {
        let batch = batches().new_tree(&mut runner).expect("batches can be made up").current();
        let happened_at = |entry: &Entry| {
            let activity = entry.activity();
            let named = |one: &&Value| one["id"] == *activity.id && one["source"] == *activity.source;
            let one = batch.case.record.iter().find(named).expect("an entry has an activity");
            let at: jiff::Timestamp = one["at"].as_str().and_then(|at| at.parse().ok()).expect("a time");
            at.as_second()
        };
        let is_due = |entry: &Entry| {
            let at: jiff::Timestamp = entry.at().to_string().parse().expect("a time");
            at.as_second() != happened_at(entry)
        };
        let is_taken_back = |entry: &Entry| {
            let line = entry.line("ada");
            line.rule.is_some() && line.kind.starts_with("un")
        };
        for Change { after, added, taken, .. } in batch.changes() {
            for (what, happened) in [
                ("entries came and went", !added.is_empty() && !taken.is_empty()),
                ("entries stayed", added.len() < after.len()),
                ("what fell due came", added.iter().any(is_due)),
                ("what fell due went", taken.iter().any(is_due)),
                ("points of a reverse came", added.iter().any(is_taken_back)),
                ("points of a reverse went", taken.iter().any(is_taken_back)),
            ] {
                *seen.entry(what).or_default() += u32::from(happened);
            }
        }
    }
    println!("{seen:#?}");
    assert!(seen.values().all(|count| *count >= 5), "too rare: {seen:?}");
}
