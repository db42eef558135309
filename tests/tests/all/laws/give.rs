//! Allowances: the core says that an activity is within them if the model says so, and what is left.

use super::{cases, regressions};
use crate::world::{activity, engine};
use knownfor::NotGivable;
use knownfor_tests::{
    generate::{self, Case},
    model,
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};

/// How many of the activities of a case are asked about once more. The model takes long for each.
const ASKED: usize = 2;

/// An activity once more, at another time.
fn once_more(one: &Value, number: usize, at: &str) -> Value {
    let mut one = one.clone();
    one["id"] = format!("once-more-{number}").into();
    one["at"] = at.into();
    one["sequence"] = json!(9);
    one
}

/// Asks about some activities of a case once more. Returns how many exceed an allowance, and how many are within one.
fn ask(case: &Case) -> Result<(usize, usize), TestCaseError> {
    let Case { program, record, .. } = case;
    let engine = engine(program, record, &[]);
    let instant = |one: &Value| one["at"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
    let last = record.iter().max_by_key(|one| instant(one)).expect("there is an activity");
    let at = last["at"].as_str().expect("it has a time");
    let (mut exceeded, mut within) = (0, 0);
    for (number, one) in record.iter().enumerate().take(ASKED) {
        let asked = once_more(one, number, at);
        let given = model::given(program, record, &asked);
        let exceeds = |given: &&model::Given| given.after > given.most && given.after > given.before;
        let too_much = |given: &model::Given| NotGivable::TooMuch {
            allowance: given.allowance.clone(),
            needed: given.after - given.before,
            left: (given.most - given.before).max(0),
            key: given.key.clone(),
        };
        let expected: Vec<_> = given.iter().filter(exceeds).map(too_much).collect();
        let answer = engine.can_give(&activity(engine.program(), &asked));
        prop_assert_eq!(answer.is_ok(), expected.is_empty(), "{}: {:?}, {:?}", asked, answer, given);
        if let Err(error) = answer {
            prop_assert!(expected.contains(&error), "{}: {} is none of {:?}", asked, error, expected);
            exceeded += 1;
        } else {
            within += usize::from(!given.is_empty());
        }
    }
    Ok((exceeded, within))
}

proptest! {
    #![proptest_config(cases(60, regressions!("give")))]

    #[test]
    fn what_can_be_given_is_what_the_model_says(case in generate::cases(24)) {
        ask(&case)?;
    }
}

#[test]
fn allowances_are_exceeded_and_kept() {
    let mut runner = TestRunner::deterministic();
    let (mut exceeded, mut within) = (0, 0);
    for _ in 0..200 {
        let case = generate::cases(24).new_tree(&mut runner).expect("cases can be made up").current();
        let (more, kept) = ask(&case).expect("core and model agree");
        (exceeded, within) = (exceeded + more, within + kept);
        if exceeded >= 3 && within >= 3 {
            return;
        }
    }
    panic!("{exceeded} activities exceeded an allowance, and {within} were within one");
}
