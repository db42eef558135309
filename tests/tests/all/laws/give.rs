//! Allowances: the core says that an activity is within them if the model says so, and what is left.

use super::{cases, regressions};
use crate::world::{activity, engine};
use knownfor::NotGivable;
use knownfor_tests::{
    generate::{self, Case},
    model,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many of the activities of a case are asked about once more.
const ASKED: usize = 10;

/// How many activities exceeded an allowance, and how many used one and did not.
static EXCEEDED: AtomicUsize = AtomicUsize::new(0);
static WITHIN: AtomicUsize = AtomicUsize::new(0);

/// An activity once more, at another time.
fn once_more(one: &Value, number: usize, at: &str) -> Value {
    let mut one = one.clone();
    one["id"] = format!("once-more-{number}").into();
    one["at"] = at.into();
    one["sequence"] = json!(9);
    one
}

proptest! {
    #![proptest_config(cases(150, regressions!("give")))]

    #[test]
    fn what_can_be_given_is_what_the_model_says(case in generate::cases(30)) {
        let Case { program, record, .. } = case;
        let engine = engine(&program, &record, &[]);
        let instant = |one: &Value| one["at"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
        let last = record.iter().max_by_key(|one| instant(one)).expect("there is an activity");
        let at = last["at"].as_str().expect("it has a time");
        for (number, one) in record.iter().enumerate().take(ASKED) {
            let asked = once_more(one, number, at);
            let given = model::given(&program, &record, &asked);
            let exceeds = |given: &&model::Given| given.after > given.most && given.after > given.before;
            let expected: Vec<_> = given.iter().filter(exceeds).map(|given| NotGivable::TooMuch {
                allowance: given.allowance.clone(),
                needed: given.after - given.before,
                left: (given.most - given.before).max(0),
                key: given.key.clone(),
            }).collect();
            let answer = engine.can_give(&activity(engine.program(), &asked));
            prop_assert_eq!(answer.is_ok(), expected.is_empty(), "{}: {:?}, {:?}", asked, answer, given);
            if let Err(error) = answer {
                prop_assert!(expected.contains(&error), "{}: {} is none of {:?}", asked, error, expected);
                EXCEEDED.fetch_add(1, Ordering::Relaxed);
            } else if !given.is_empty() {
                WITHIN.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
}

#[test]
fn allowances_are_exceeded_and_kept() {
    what_can_be_given_is_what_the_model_says();
    let (exceeded, within) = (EXCEEDED.load(Ordering::Relaxed), WITHIN.load(Ordering::Relaxed));
    assert!(exceeded > 50 && within > 50, "{exceeded} exceeded an allowance, {within} were within one");
}
