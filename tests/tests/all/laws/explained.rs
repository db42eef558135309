//! Law 5: everything is explained. Every entry names its activities, and every rule of the kind and role that gave
//! nothing says why, as the model does.

use super::{cases, regressions};
use crate::world::{activities, engine, title};
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
                    let name = title(&case.program["kinds"], activity.kind());
                    prop_assert_eq!((line.name.as_str(), line.at.as_str()), (name.as_str(), at));
                }
                parts_hold(&case.program, &why)?;
                cuts_are_told(&case.program, known[&entry.activity()], &why)?;
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
                            told(&engine, &case, &known[member], member, activity, rule, &skips)?;
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

/// What the reasons of one member say, one per line.
fn texts(engine: &Engine, member: &str) -> Vec<String> {
    let history = engine.history(member).expect("the member did something");
    let why = |entry| history.why(entry, "en").expect("the ledger has the entry").text;
    engine.ledger(member).iter().map(why).collect()
}

#[test]
fn nothing_is_cut_in_silence() {
    let program = json!({
        "version": 1, "id": "cuts",
        "kinds": { "work": { "attributes": { "minutes": "integer" } }, "fined": {}, "import": { "attributes": { "points": "integer" } } },
        "currencies": { "r": { "floor": 0 }, "free": {} },
        "rules": {
            "work": { "on": "work", "give": { "r": { "by": "minutes", "max": 40 } }, "limit": { "points": 60, "per": "day" } },
            "fined": { "on": "fined", "give": { "r": -100 } },
            "import": { "on": "import", "give": { "free": { "by": "points" } } }
        }
    });
    let did = |id: i32, kind: &str, attributes: Value| json!({ "id": id, "at": format!("2026-03-02T0{id}:00:00Z"), "kind": kind, "actor": "ada", "attributes": attributes });
    let record = [
        did(1, "work", json!({ "minutes": 600 })),
        did(2, "work", json!({ "minutes": 600 })),
        did(3, "fined", json!({})),
        did(4, "work", json!({})),
        did(5, "import", json!({ "points": 2_500_000 })),
        did(6, "import", json!({ "points": -1_200_000 })),
    ];
    let engine = engine(&program, &record, []);
    let expected = [
        "`work` as actor: rule `work` gives 40 r (40 of 600, `max`)",
        "`work` as actor: rule `work` gives 20 r (40 of 600, `max`) (20 of 40, limit `work`)",
        "`fined` as actor: rule `fined` gives -60 r (-60 of -100, floor 0)",
        "`import` as actor: rule `import` gives 1000000 free (1000000 of 2500000, `max`)",
        "`import` as actor: rule `import` gives -1000000 free (-1000000 of -1200000, `max`)",
    ];
    assert_eq!(texts(&engine, "ada"), expected);
    let history = engine.history("ada").expect("she did something");
    let absent = history.why_not("wiki", "4", "en").expect("the record has the activity");
    assert_eq!(absent[0].text, "`minutes` is absent");
}

#[test]
fn an_expired_badge_takes_one_activity_once_more() {
    let program = json!({
        "version": 1, "id": "certs",
        "kinds": { "training": { "attributes": { "course": "text" } }, "ping": {} },
        "tallies": { "trainings": { "count": "training" }, "courses": { "count": "training", "per": "course" } },
        "badges": {
            "cert": { "when": { "trainings": 1 }, "expires": "365 days" },
            "course": { "when": { "courses": 1 }, "given": "each", "expires": "365 days" }
        }
    });
    let record = [
        json!({ "id": 1, "at": "2026-01-10T09:00:00Z", "kind": "training", "actor": "ada", "attributes": { "course": "fire" } }),
        json!({ "id": 2, "at": "2026-06-10T09:00:00Z", "kind": "training", "actor": "ada", "attributes": { "course": "aid" } }),
        json!({ "id": 3, "at": "2027-03-01T09:00:00Z", "kind": "ping", "actor": "ada" }),
    ];
    let engine = engine(&program, &record, []);
    let history = engine.history("ada").expect("she did something");
    let outlook = |badge: &str, now: &str| {
        let outlook = history.why_not_badge(badge, now.parse().expect("a time"), "en")?;
        let parts = outlook.parts.iter().map(|part| (part.value, part.goal, part.counted)).collect::<Vec<_>>();
        Some((outlook.object, outlook.expired, parts))
    };
    assert_eq!(outlook("cert", "2027-06-10T08:00:00Z"), None);
    let since = |at: &str| Some(at.to_owned());
    assert_eq!(outlook("cert", "2027-06-10T09:00:00Z"), Some((None, since("2027-06-10T09:00:00Z"), vec![(0, 1, 0)])));
    let fire = (since("fire"), since("2027-01-10T09:00:00Z"), vec![(0, 1, 0)]);
    assert_eq!(outlook("course", "2027-03-01T09:00:00Z"), Some(fire));
}

#[test]
fn what_a_tally_left_out_is_told() {
    let program = json!({
        "version": 1, "id": "answers",
        "kinds": { "answered": { "attributes": { "asker": "member", "words": "integer" } } },
        "tallies": { "answers": { "count": "answered", "if": { "actor": { "not": "@asker" }, "answers": { "max": 1 } } } },
        "badges": { "helper": { "when": { "answers": 9 } } }
    });
    let did = |id: i32, attributes: Value| json!({ "id": id, "at": format!("2026-03-02T0{id}:00:00Z"), "kind": "answered", "actor": "ada", "attributes": attributes });
    let asked = || json!({ "asker": "bob" });
    let record =
        [did(1, asked()), did(2, json!({})), did(3, json!({ "asker": "ada" })), did(4, asked()), did(5, asked())];
    let engine = engine(&program, &record, []);
    let history = engine.history("ada").expect("she did something");
    let expected = [
        "activity `5` did not count for `answers`: `if.answers.max` was not met (found `2`)",
        "activity `3` did not count for `answers`: `if.actor.not` was not met (found `ada`)",
        "activity `2` did not count for `answers`: `if.actor.not` was not met (`@asker` is absent)",
    ];
    let now = "2026-03-03T00:00:00Z".parse().expect("a time");
    let outlook = history.why_not_badge("helper", now, "en").expect("the badge is on the way");
    assert_eq!(outlook.left_out.iter().map(|left_out| &*left_out.text).collect::<Vec<_>>(), expected);
    let texts = |id: &str| {
        let left_out = history.left_out("wiki", id, "en").expect("the record has the activity");
        left_out.into_iter().map(|left_out| left_out.text).collect::<Vec<_>>()
    };
    assert_eq!((texts("1"), texts("2")), (Vec::new(), vec![expected[2].to_owned()]));
    assert_eq!(history.left_out("wiki", "9", "en"), None);
}

#[test]
fn a_reverse_without_a_target_says_so() {
    let program = json!({
        "version": 1, "id": "skew", "kinds": { "like": {}, "unlike": { "reverses": "like" } }
    });
    let did = |id: i32, at: &str, kind: &str, actor: &str| json!({ "id": id, "at": at, "kind": kind, "actor": actor, "owner": "ada", "object": "p" });
    let record = [
        did(1, "2026-03-02T09:00:00.500Z", "like", "bob"),
        did(2, "2026-03-02T09:00:00.300Z", "unlike", "bob"),
        did(3, "2026-03-02T10:00:00Z", "unlike", "cleo"),
        did(4, "2026-03-02T11:00:00Z", "unlike", "bob"),
    ];
    let engine = engine(&program, &record, []);
    let without: Vec<_> = engine.reverses_without_target().into_iter().map(|activity| activity.id).collect();
    assert_eq!(without, ["2", "3"]);
    let history = engine.history("ada").expect("she is named");
    let found = |id| history.found_target("wiki", id);
    assert_eq!([found("1"), found("2"), found("4"), found("5")], [None, Some(false), Some(true), None]);
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

/// Of an entry of a rule that its own activity brought, cuts lead from what the rule says to what was given.
fn cuts_are_told(program: &Value, activity: &Activity, why: &Explanation) -> Result<(), TestCaseError> {
    let Some((rule, points)) = why.entry.rule.as_ref().map(|rule| &program["rules"][rule]).zip(why.entry.amount) else {
        prop_assert!(why.cuts.is_empty(), "{:?}", why);
        return Ok(());
    };
    let reverses = program["kinds"][&why.entry.kind].get("reverses").is_some();
    for (cut, next) in why.cuts.iter().zip(why.cuts.iter().skip(1)) {
        prop_assert_eq!(cut.to, next.from, "{:?}", why);
    }
    for cut in &why.cuts {
        prop_assert!(cut.to != cut.from && why.text.contains(&cut.to_string()), "{:?}", why);
        let holds = match (&cut.limit, cut.floor) {
            (None, None) => rule["give"].to_string().contains("\"by\""),
            (None, Some(floor)) => program["currencies"].to_string().contains(&format!("\"floor\":{floor}")),
            (Some(_), None) => !rule["limit"].is_null(),
            _ => false,
        };
        prop_assert!(holds, "{:?} does not hold for {}", cut, rule);
    }
    if let Some(last) = why.cuts.last() {
        prop_assert_eq!(last.to, points, "{:?}", why);
    }
    let give = rule["give"].as_object().and_then(|give| give.values().next()).expect("a rule gives");
    let says = match &give["by"] {
        Value::String(by) => activity
            .to_tree()
            .at(&format!("/attributes/{by}"))
            .and_then(Tree::as_integer)
            .map(|number| number / give["every"].as_i64().unwrap_or(1) * give["times"].as_i64().unwrap_or(1)),
        _ => give.as_i64(),
    };
    if let Some(says) = says.filter(|_| !reverses) {
        prop_assert_eq!(why.cuts.first().map_or(points, |first| first.from), says, "{:?}", why);
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
    let of_kind =
        |rule: &Value| rule["on"] == sent["kind"] || rule["on"].as_array().is_some_and(|on| on.contains(&sent["kind"]));
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
        Some(Reason::Nothing) if skip.because == SkipReason::Best => {
            let give = &case.program["rules"][rule]["give"];
            give.as_object().into_iter().flat_map(|give| give.values()).any(|amount| amount["best"] == true)
        }
        Some(Reason::Nothing) => matches!(skip.because, SkipReason::Amount | SkipReason::Absent { .. }),
        // In a reverse, what a rule gives and takes is booked as one entry.
        None => !matches!(skip.because, SkipReason::Condition(_)),
    };
    let accounts = case.program["members"]["earn_nothing"].as_array().into_iter().flatten();
    prop_assert_eq!(skip.because == SkipReason::Account, accounts.into_iter().any(|account| account == member));
    prop_assert!(same, "the model says {:?}, the core {:?}", reason, skip);
    if let SkipReason::Condition(failed) = &skip.because {
        prop_assert!(!failed.is_empty(), "{:?}", skip);
        // A side that is absent is told: there is no value of that name.
        for absent in failed.iter().filter_map(|test| test.absent.as_deref()) {
            let name = absent.trim_start_matches('@');
            let tree = activity.to_tree();
            let there = tree.get(name).is_some() || tree.at(&format!("/attributes/{name}")).is_some();
            prop_assert!(!there, "{} is there: {:?}", absent, activity);
        }
        let stands = failed.iter().all(|test| case.program.pointer(&test.path).is_some());
        prop_assert!(stands, "no test of the program stands there: {:?}", failed);
    }
    Ok(())
}
