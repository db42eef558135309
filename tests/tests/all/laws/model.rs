//! Laws 2, 3 and 4, against the slow model: what the words say is what the core does.

use super::{cases, regressions};
use crate::world::{engine, ledger};
use knownfor::{Ask, Engine};
use knownfor_tests::{
    generate::{self, Case},
    model::{self, Known, Line, Pilot},
};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The ledger of a member as the model writes it.
fn as_the_model(engine: &Engine, member: &str) -> Vec<Line> {
    ledger(engine, member).lines().map(as_line).collect()
}

fn as_line(line: &str) -> Line {
    let line: Value = serde_json::from_str(line).expect("a line of the ledger is JSON");
    let text = |key: &str| line[key].as_str().map(str::to_owned);
    let causes = ["rule", "reward", "badge", "level"].into_iter().filter_map(|cause| Some((cause, text(cause)?)));
    let (cause, name) = causes.into_iter().next_back().expect("a line has a cause");
    Line {
        at: text("at").unwrap_or_default(),
        source: text("source").unwrap_or_default(),
        activity: text("activity").unwrap_or_default(),
        kind: text("kind").unwrap_or_default(),
        cause,
        name,
        role: text("role").unwrap_or_default(),
        object: text("object"),
        currency: text("currency"),
        amount: line["amount"].as_i64().unwrap_or(0),
        grade: text("grade"),
        taken: line["taken"] == true,
        times: line["times"].as_i64(),
        backfill: line["backfill"] == true,
    }
}

/// What the core knows of each member, as far as the model knows it too.
fn compare(engine: &Engine, known: &BTreeMap<String, Known>) -> Result<(), TestCaseError> {
    let members: Vec<&str> = engine.members().collect();
    prop_assert_eq!(members, known.keys().map(String::as_str).collect::<Vec<_>>());
    for (member, known) in known {
        let lines = as_the_model(engine, member);
        let same = lines.iter().zip(&known.lines).take_while(|(core, model)| core == model).count();
        prop_assert_eq!(&lines[same..], &known.lines[same..], "ledger of {} after {} lines", member, same);
        let standing = engine.standing(member).expect("a member has a standing");
        for (currency, total) in &known.totals {
            prop_assert_eq!(standing.total(engine.program(), currency), Some(*total));
        }
        prop_assert_eq!(i64::from(standing.completeness(engine.program())), known.completeness);
        prop_assert_eq!(standing.is_published(), known.published);
        for board in engine.program().boards() {
            let ask = Ask::of(member, "en", "2026-03-30T12:00:00Z".parse().expect("a time"));
            let joined = engine.board(board, &ask, 1).is_some_and(|board| board.joined);
            prop_assert_eq!(joined, known.boards.contains(board), "{} on {}", member, board);
        }
        compare_challenges(engine, member, &known.challenges)?;
        prop_assert_eq!(standing.level(engine.program()), known.level.as_deref());
        let held: Vec<&str> = standing.badges(engine.program()).into_iter().map(|(badge, ..)| badge).collect();
        let mut expected: Vec<&str> = known.badges.iter().map(|(badge, ..)| badge.as_str()).collect();
        expected.dedup();
        prop_assert_eq!(held, expected);
    }
    Ok(())
}

/// The challenges of a member's own view, after the record.
fn compare_challenges(engine: &Engine, member: &str, known: &BTreeMap<String, Pilot>) -> Result<(), TestCaseError> {
    let ask = Ask::of(member, "en", "2026-03-30T12:00:00Z".parse().expect("a time"));
    let view = engine.view(member, &ask).expect("one's own view");
    for challenge in &view.challenges {
        let known = known.get(&challenge.challenge);
        let name = format!("{} of {member}", challenge.challenge);
        let done: BTreeSet<String> =
            challenge.steps.iter().filter(|step| step.done).map(|step| step.step.clone()).collect();
        prop_assert_eq!(&done, &known.map(|known| known.done.clone()).unwrap_or_default(), "steps done in {}", name);
        let known = known.filter(|known| known.joined);
        prop_assert_eq!(challenge.joined, known.is_some(), "joined {}", name);
        let Some(known) = known else { continue };
        let dates = challenge.dates.clone().map(|[first, last]| (first, last));
        prop_assert_eq!(dates.as_ref(), Some(&known.dates), "dates of {}", name);
        let active = challenge.calendar.iter().filter(|day| day.active).map(|day| day.date.clone());
        let within = |day: &&String| (&known.dates.0..=&known.dates.1).contains(day);
        prop_assert_eq!(
            active.collect::<BTreeSet<_>>(),
            known.active.iter().filter(within).cloned().collect(),
            "{}",
            name
        );
        let before = challenge.before.as_ref().expect("who joined stood somewhere");
        let points: Vec<i64> = engine.program().currencies().map(|currency| known.before.1[currency]).collect();
        prop_assert_eq!((i64::from(before.completeness), &before.points), (known.before.0, &points), "before {}", name);
    }
    Ok(())
}

/// What all who joined reached together, where a group may be of one.
fn compare_cohorts(engine: &Engine, known: &BTreeMap<String, Known>) -> Result<(), TestCaseError> {
    let ask = Ask::of("nobody", "en", "2026-03-30T12:00:00Z".parse().expect("a time"));
    for challenge in ["c0", "c1"] {
        let cohort = engine.cohort(challenge, &ask).expect("the program has the challenge");
        let joined: Vec<&Pilot> = known.values().filter_map(|known| known.challenges.get(challenge)).collect();
        prop_assert_eq!(cohort.members.map_or(0, |members| members as usize), joined.len(), "members of {}", challenge);
        for part in &cohort.shared {
            let sum: i64 = joined.iter().map(|pilot| pilot.shared[&part.name]).sum();
            prop_assert_eq!(part.value, sum.clamp(0, part.goal), "{} of {}", part.name, challenge);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400, regressions!("model")))]

    #[test]
    fn the_core_does_what_the_words_say(case in generate::cases(36)) {
        let Case { program, record, voids } = case;
        let engine = engine(&program, &record, &voids);
        let known = model::run(&program, &record, &voids, None);
        compare(&engine, &known)?;
        compare_cohorts(&engine, &known)?;
    }
}
