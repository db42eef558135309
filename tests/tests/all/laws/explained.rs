//! Law 5: everything is explained. Every entry names its activities, and every rule of the kind and role that gave
//! nothing says why, as the model does.

use super::{cases, regressions};
use crate::world::{activities, engine};
use knownfor::{Activity, ActivityLine, Engine, Explanation, SkipReason, SkippedRule, Tree, view::ActivityRef};
use knownfor_tests::{
    generate::{self, Case},
    model::{self, Holder, Known, Reason},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(cases(100, regressions!("explained")))]

    #[test]
    fn every_entry_has_its_reason(case in generate::cases(24)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        for member in engine.members() {
            let history = engine.history(member).expect("a member has a record");
            let known: BTreeMap<_, _> = history.activities().map(|activity| (activity.reference(), activity)).collect();
            for entry in engine.ledger(member) {
                let why = history.why(entry, "en").expect("the ledger has the entry");
                prop_assert_eq!(&why.entry, &entry.line(member));
                prop_assert!(!why.text.is_empty());
                let named = |line: &ActivityLine| ActivityRef { source: line.source.clone(), id: line.id.clone() };
                prop_assert!(why.activities.iter().any(|line| named(line) == entry.activity()), "{:?}", why);
                prop_assert_eq!(why.counted as usize, why.activities.len(), "few enough to be named");
                for line in &why.activities {
                    let Some(activity) = known.get(&named(line)) else { panic!("{line:?} is not in the record") };
                    let tree = activity.to_tree();
                    let at = tree.get("at").and_then(Tree::as_text).expect("it has a time");
                    prop_assert_eq!((line.name.as_str(), line.at.as_str()), (activity.kind(), at));
                }
                parts_hold(&case.program, &why)?;
            }
        }
    }

    #[test]
    fn every_rule_that_gave_nothing_is_explained(case in generate::cases(24)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let known = model::run(&case.program, &case.record, &case.voids, None);
        for (activity, sent) in activities(engine.program(), &case.record).iter().zip(&case.record) {
            for member in activity.members() {
                let Some(history) = engine.history(member) else { continue };
                match history.why_not(activity.source(), activity.id(), "en") {
                    Some(skips) => {
                        let rules = due(&case, sent, member);
                        prop_assert!(skips.iter().all(|skip| rules.contains(&skip.rule.as_str())), "{:?}", skips);
                        for rule in rules {
                            told(&engine, &case, &known[&**member], member, activity, rule, &skips)?;
                        }
                    }
                    None => prop_assert!(case.voids.contains(&(activity.source().into(), activity.id().into()))),
                }
            }
        }
    }
}

/// A standing keeps different values only until a goal has enough of them. The explanation lists them all.
#[test]
fn different_values_beyond_a_goal_are_explained() {
    let program = json!({
        "version": 1, "id": "met",
        "kinds": {
            "met": { "attributes": { "whom": "text" } },
            "post": {},
            "unpost": { "reverses": "post" }
        },
        "currencies": { "points": {} },
        "limits": { "all": { "points": 10 } },
        "tallies": { "known": { "distinct": "whom", "of": "met" } },
        "rules": {
            "post": { "on": "post", "give": { "points": 8 }, "limit": "all" },
            "known": { "when": { "known": 2 }, "give": { "points": 5 }, "limit": "all" }
        }
    });
    let did = |id: &str, kind: &str| json!({ "id": id, "at": format!("2026-03-02T0{id}:00:00Z"), "kind": kind, "actor": "ada" });
    let met = |id: &str, whom: &str| {
        let mut met = did(id, "met");
        met["attributes"] = json!({ "whom": whom });
        met
    };
    let record = [did("1", "post"), met("2", "bob"), met("3", "cleo"), met("4", "dora"), did("5", "unpost")];
    let engine = engine(&program, &record, []);
    let history = engine.history("ada").expect("she did something");
    let whys: Vec<_> =
        engine.ledger("ada").iter().map(|entry| history.why(entry, "en").expect("the ledger has the entry")).collect();
    let known = whys.iter().filter(|why| why.entry.rule.as_deref() == Some("known"));
    let told: Vec<_> = known.map(|why| (why.entry.amount, why.parts[0].value, why.parts[0].counted)).collect();
    assert_eq!(told, [(Some(2), 2, 2), (Some(3), 3, 3)], "the post gave its room in the limit back");
}

/// The goal of a badge that was given holds in all its parts, and each part that counts names what counted.
fn parts_hold(program: &Value, why: &Explanation) -> Result<(), TestCaseError> {
    let reverses = program["kinds"][&why.entry.kind].get("reverses").is_some();
    if why.entry.badge.is_none() || why.entry.taken || reverses {
        return Ok(());
    }
    prop_assert!(!why.parts.is_empty(), "{:?}", why);
    for part in &why.parts {
        let holds = if part.at_most { part.value <= part.goal } else { part.value >= part.goal };
        prop_assert!(holds, "{:?} does not hold in {:?}", part, why);
        if program["tallies"][&part.name].get("count").is_some() {
            prop_assert_eq!(part.value, i64::from(part.counted), "{:?}", why);
        }
        prop_assert_eq!(part.activities.len(), part.counted as usize, "few enough to be named: {:?}", part);
        prop_assert!(part.activities.iter().all(|activity| why.activities.contains(activity)), "{:?}", why);
    }
    Ok(())
}

/// The rules of the activity's kind and the member's roles.
fn due<'p>(case: &'p Case, sent: &Value, member: &str) -> Vec<&'p str> {
    let names = |rule: &Value| match rule["to"].as_str().unwrap_or("actor") {
        "recipient" => {
            sent["recipients"].as_array().is_some_and(|recipients| recipients.iter().any(|one| one == member))
        }
        role @ ("actor" | "owner") => sent[role] == member,
        named => sent["attributes"][named] == member,
    };
    let of_kind = |rule: &Value| rule["on"].as_array().is_some_and(|on| on.contains(&sent["kind"]));
    let rules = case.program["rules"].as_object().into_iter().flatten();
    rules.filter(|(_, rule)| of_kind(rule) && names(rule)).map(|(name, _)| name.as_str()).collect()
}

/// A rule gave something, or the explanation says why not, for the same reason as the model.
fn told(
    engine: &Engine,
    case: &Case,
    known: &Known,
    member: &str,
    activity: &Activity,
    rule: &str,
    skips: &[SkippedRule],
) -> Result<(), TestCaseError> {
    let entries = engine.ledger(member).iter().filter(|entry| entry.activity() == activity.reference());
    let gave = entries.map(|entry| entry.line(member)).any(|line| line.rule.as_deref() == Some(rule));
    let skip = skips.iter().find(|skip| skip.rule == rule);
    let key = (activity.source().to_owned(), activity.id().to_owned(), rule.to_owned());
    prop_assert_eq!(
        skip.is_none(),
        gave || known.kept.contains(&key),
        "rule {} for {} by {}: {:?}",
        rule,
        member,
        activity.id(),
        skips
    );
    let Some(skip) = skip else { return Ok(()) };
    prop_assert!(!skip.text.is_empty());
    let reason = known.skips.get(&key);
    let same = match reason {
        Some(Reason::Condition) => matches!(skip.because, SkipReason::Condition(_)),
        Some(Reason::Held(Holder::Limit)) => matches!(skip.because, SkipReason::Limit(_)),
        Some(Reason::Held(Holder::Floor)) => matches!(skip.because, SkipReason::Floor { .. }),
        Some(Reason::Version) => matches!(skip.because, SkipReason::Version),
        Some(Reason::Nothing) => matches!(skip.because, SkipReason::Amount),
        // In a reverse, what a rule gives and takes is booked as one entry.
        None => !matches!(skip.because, SkipReason::Condition(_)),
    };
    prop_assert!(same, "the model says {:?}, the core {:?}", reason, skip);
    if let SkipReason::Condition(failed) = &skip.because {
        prop_assert!(!failed.is_empty(), "{:?}", skip);
        let stands = failed.iter().all(|test| case.program.pointer(&test.path).is_some());
        prop_assert!(stands, "no test of the program stands there: {:?}", failed);
    }
    Ok(())
}
