//! What time alone brings: a badge for a year as a member is in the view, in the entries, and explained, by every
//! door.

use crate::world::{activities, program};
use knownfor::{Engine, EntryQuery, History, Timestamp, ViewContext};
use serde_json::json;

#[test]
fn a_badge_that_time_brought_is_shown_listed_and_explained() {
    let mut engine = Engine::new(program(&json!({ "version": 1, "id": "p", "kinds": { "joined": {} },
        "tallies": { "years": { "since": "joined", "unit": "year" } },
        "badges": { "one-year": { "when": { "years": 1 } } } })));
    let joined = json!({ "id": "1", "at": "2025-03-02T09:30:00Z", "kind": "joined", "actor": "ada" });
    let record = activities(engine.program(), &[joined]);
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
    let parts = history.why_not_badge("one-year", early, "en").expect("the badge is on the way").parts;
    assert_eq!((parts[0].value, parts[0].goal), (0, 1));

    // The one-member way: a standing knows when to be looked at again, and what that moment brings.
    let standing = engine.standing("ada").expect("ada has a standing");
    assert_eq!(standing.next_due(early), Some(at("2026-03-02T00:00:00Z")));
    let brought = standing.as_of(late);
    assert_eq!(brought.ledger.len(), 1);
    assert_eq!(brought.standing, history.as_of(late).standing);
}
