//! Whether the made-up cases are worth trying: that limits held, reverses hit, targets revived, live badges went, and conditions on
//! the member's own standing decided.

use crate::world::tree;
use knownfor::{Program, Zone};
use knownfor_tests::{
    generate::{self, Case},
    model::{self, Holder, Known, Reason},
};
use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
use std::collections::BTreeMap;

/// In how many of so many cases something happened.
#[test]
fn made_up_cases_are_worth_trying() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for _ in 0..200 {
        let case = generate::cases(36).new_tree(&mut runner).expect("cases can be made up").current();
        for (what, happened) in happenings(&case) {
            *seen.entry(what).or_default() += u32::from(happened);
        }
    }
    println!("of 200 cases: {seen:#?}");
    for (what, count) in &seen {
        assert!(*count >= 20, "`{what}` happened in {count} of 200 cases only");
    }
}

/// A program that is refused would try nothing.
#[test]
fn made_up_programs_are_free_of_mistakes() {
    let mut runner = TestRunner::deterministic();
    let mut problems = BTreeMap::new();
    for _ in 0..500 {
        let program = generate::programs().new_tree(&mut runner).expect("programs can be made up").current();
        if let Err(found) = Program::check(&tree(&program.to_string()), Zone::named) {
            problems.extend(found.iter().map(|problem| (problem.message.clone(), problem.path.clone())));
        }
    }
    assert_eq!(problems, BTreeMap::new());
}

/// Extremes that are mostly refused would try nothing.
#[test]
fn extremes_are_often_accepted() {
    let mut runner = TestRunner::deterministic();
    let accepted = (0..200).filter(|_| {
        let case = generate::extremes(20).new_tree(&mut runner).expect("cases can be made up").current();
        Program::check(&tree(&case.program.to_string()), Zone::named).is_ok()
    });
    let accepted = accepted.count();
    assert!(accepted >= 40, "{accepted} of 200 extreme programs are accepted only");
}

fn happenings(case: &Case) -> [(&'static str, bool); 12] {
    let known = model::run(&case.program, &case.record, &case.voids, None);
    let any = |what: &dyn Fn(&Known) -> bool| known.values().any(what);
    let skipped = |why: Reason| any(&|known| known.skips.values().any(|reason| *reason == why));
    let line = |what: &dyn Fn(&model::Line) -> bool| any(&|known| known.lines.iter().any(what));
    [
        ("a limit left nothing", skipped(Reason::Held(Holder::Limit))),
        ("a limit or floor held", any(&|known| known.held_back > 0)),
        ("a floor left nothing", skipped(Reason::Held(Holder::Floor))),
        ("a reverse hit", any(&|known| known.reverses.0 > 0)),
        ("a reverse was reversed", any(&|known| known.reverses.1 > 0)),
        ("a reverse took points", line(&|line| line.cause == "rule" && line.kind == "unlike")),
        ("a live badge went", line(&|line| line.taken)),
        ("a grade above the first", line(&|line| line.grade.as_deref() == Some("silver"))),
        ("a second level", any(&|known| known.level.as_deref() == Some("l1"))),
        ("a badge for an object", any(&|known| known.badges.iter().any(|(.., object)| object.is_some()))),
        (
            "a goal of a rule",
            line(&|line| line.cause == "rule" && case.program["rules"][&line.name]["when"].is_object()),
        ),
        ("one's own standing decided", decides(case, &known)),
    ]
}

/// Whether points differ once no condition can see the member's own standing.
fn decides(case: &Case, known: &BTreeMap<String, Known>) -> bool {
    let mut blind = case.program.clone();
    for section in ["rules", "tallies"] {
        for (_, of) in blind[section].as_object_mut().into_iter().flatten() {
            let table = of.as_object_mut().expect("a rule or tally is a table");
            if table.get("if").is_some_and(|condition| {
                let text = condition.to_string();
                ["\"level\"", "\"badge\"", "\"completeness\"", "\"t"].iter().any(|subject| text.contains(subject))
            }) {
                table.remove("if");
            }
        }
    }
    let lines = |known: &BTreeMap<String, Known>| known.values().map(|known| known.lines.clone()).collect::<Vec<_>>();
    lines(&model::run(&blind, &case.record, &case.voids, None)) != lines(known)
}
