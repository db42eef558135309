//! What time alone brings: a badge for a year as a member is in the view, in the entries, and explained, by every
//! door.

use crate::{
    doors::{self, Door, Native},
    world::{activities, program},
};
use knownfor::{Engine, EntryQuery, History, Timestamp, ViewContext};
use serde_json::{Value, json};

/// A badge for a year as a member.
fn rules() -> Value {
    json!({ "version": 1, "id": "p", "kinds": { "joined": {} },
        "tallies": { "years": { "since": "joined", "unit": "year" } },
        "badges": { "one-year": { "when": { "years": 1 } } } })
}

fn joined() -> Value {
    json!({ "id": "1", "at": "2025-03-02T09:30:00Z", "kind": "joined", "actor": "ada" })
}

#[test]
fn a_badge_that_time_brought_is_shown_listed_and_explained() {
    let mut engine = Engine::new(program(&rules()));
    let record = activities(engine.program(), &[joined()]);
    record.iter().for_each(|activity| drop(engine.apply(activity.clone()).expect("it is accepted")));
    let at = |text: &str| text.parse::<Timestamp>().expect("a time");
    let (early, late) = (at("2026-02-28T12:00:00Z"), at("2026-03-03T12:00:00Z"));
    let history = History::new(engine.program(), "ada", record).expect("one program");

    // Before the day, every door says no; after it, every door says yes.
    let shown = |now| {
        let view = engine.view("ada", &ViewContext::of("ada", "en", now)).expect("a member's own view");
        view.badges.earned.len()
    };
    assert_eq!((shown(early), shown(late)), (0, 1));
    let query = EntryQuery::of_badge("one-year");
    assert_eq!(engine.why("ada", &query, early, "en"), None);
    let why = engine.why("ada", &query, late, "en").expect("the badge is explained");
    assert_eq!((why.entry.badge.as_deref(), why.entry.at.as_str()), (Some("one-year"), "2026-03-02T00:00:00Z"));
    for folded in [history.as_of(late), engine.as_of("ada", late).expect("ada is known")] {
        let entry = folded.latest(&query).expect("the entry is in the ledger");
        assert_eq!(history.why(entry, "en"), Some(why.clone()));
        assert_eq!(folded.standing.badges().len(), 1);
        // A kept line leads back to its entry.
        assert_eq!(folded.latest(&EntryQuery::of_line(&entry.line("ada"))), Some(entry));
    }
    assert_eq!(history.why_not_badge("one-year", late, "en"), None);
    let parts = history.why_not_badge("one-year", early, "en").expect("the badge is on the way");
    assert_eq!((parts[0].value, parts[0].goal), (0, 1));

    // The one-member way: a standing knows when to be looked at again, and what that moment brings.
    let standing = engine.standing("ada").expect("ada has a standing");
    assert_eq!(standing.next_due(early), Some(at("2026-03-02T00:00:00Z")));
    let brought = standing.as_of(late);
    assert_eq!(brought.ledger.len(), 1);
    assert_eq!(brought.standing, history.as_of(late).standing);
}

/// The two engines that pages and Rust programs ask; `examples/intranet/tests/all/time.rs` asks over HTTP.
#[test]
fn the_engine_in_a_page_answers_as_the_native_one() {
    let node = doors::node().map(|node| Box::new(node) as Box<dyn Door>);
    for mut door in [Some(Box::new(Native::default()) as Box<dyn Door>), node].into_iter().flatten() {
        let name = door.name();
        door.check(&rules().to_string()).expect("a program without problems");
        door.ask(&json!({ "do": "apply", "activity": joined() })).expect("it is accepted");
        let mut ask = |what: &str, now: &str| {
            let query = json!({ "badge": "one-year" });
            let asked = json!({ "do": what, "member": "ada", "viewer": "ada", "query": query, "count": 5, "now": now });
            door.ask(&asked).unwrap_or_else(|error| panic!("{name}: {what}: {error}"))
        };
        let early = "2026-02-28T12:00:00Z";
        assert_eq!(ask("view", early)["badges"]["earned"], json!([]), "{name}");
        assert_eq!((ask("entries", early), ask("ledger", early)), (json!([]), json!([])), "{name}");
        assert_eq!(ask("why", early), Value::Null, "{name}");
        let part = ask("why_not", early)["parts"][0].clone();
        assert_eq!((&part["value"], &part["goal"]), (&json!(0), &json!(1)), "{name}: {part}");

        let late = "2026-03-03T12:00:00Z";
        let earned = ask("view", late)["badges"]["earned"][0].clone();
        let entry = ask("entries", late)[0]["entry"].clone();
        assert_eq!((&earned["badge"], &entry["badge"]), (&json!("one-year"), &json!("one-year")), "{name}");
        assert_eq!((&earned["at"], &entry["at"]), (&json!("2026-03-02T00:00:00Z"), &earned["at"]), "{name}");
        let line = ask("ledger", late)[0].as_str().map(serde_json::from_str::<Value>);
        assert_eq!(line.expect("a line").expect("a line is JSON"), entry, "{name}");
        assert_eq!(ask("why", late)["entry"], entry, "{name}");
        assert_eq!(ask("why_not", late), Value::Null, "{name}");
    }
}
