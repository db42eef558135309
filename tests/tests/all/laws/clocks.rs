//! Clocks: what a member stated last counts, whatever the clocks of the servers say.

use super::{cases, regressions};
use crate::world::{activities, program};
use knownfor::{Engine, Standing, Timestamp, ViewContext, view::MemberView};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const LAST: &str = "2026-06-01T00:00:00Z";

/// What a member states: the kind, its attributes, and what their own view then says, by JSON Pointer.
fn statements() -> Vec<(&'static str, Value, (&'static str, Value))> {
    vec![
        ("published", json!({}), ("/published", json!(true))),
        ("hidden", json!({}), ("/published", json!(false))),
        ("joined", json!({}), ("/boards", json!(["all"]))),
        ("left", json!({}), ("/boards", Value::Null)),
        ("agreed", json!({}), ("/model", json!(true))),
        ("ended", json!({}), ("/model", Value::Null)),
        ("said", json!({ "share_points": "company" }), ("/audience/points", json!("company"))),
        ("said", json!({ "share_points": "team" }), ("/audience/points", json!("team"))),
        ("said", json!({ "share_points": "private" }), ("/audience/points", json!("private"))),
        ("claimed", json!({ "topics": ["go"] }), ("/topics/0/topic", json!("go"))),
        ("claimed", json!({ "topics": ["rust"] }), ("/topics/0/topic", json!("rust"))),
        ("claimed", json!({ "topics": [] }), ("/topics/0/topic", Value::Null)),
    ]
}

fn rules() -> Value {
    let number = || json!({ "attributes": { "revision": "integer" } });
    json!({
        "version": 1, "id": "clocks",
        "kinds": {
            "filled": {}, "post": { "attributes": { "topics": "texts" } },
            "published": number(), "hidden": number(), "joined": number(), "left": number(), "agreed": number(),
            "ended": number(), "said": { "attributes": { "share_points": "text", "revision": "integer" } },
            "claimed": { "attributes": { "topics": "texts", "revision": "integer" } }
        },
        "currencies": { "points": {} },
        "tallies": { "posts-on": { "count": "post", "per": "topics" } },
        "profile": { "on": "filled", "published_by": "published", "hidden_by": "hidden", "fields": { "motto": { "ask": "Yours?" } } },
        "audience": { "on": "said" },
        "topics": { "claimed_by": "claimed", "evidence": { "posts-on": 1 } },
        "models": { "agreed_by": "agreed", "ended_by": "ended" },
        "boards": { "all": { "of": "points", "joined_by": "joined", "left_by": "left" } }
    })
}

/// A statement at a time that a clock shows, in minutes after the 1st of March.
fn line(id: usize, minutes: i64, of: usize, revision: i64) -> Value {
    let (kind, mut attributes, _) = statements().swap_remove(of);
    attributes["revision"] = revision.into();
    let at = jiff::Timestamp::from_second(1_772_323_200 + minutes * 60).expect("a time");
    json!({ "id": id, "at": at.to_string(), "kind": kind, "actor": "ada", "attributes": attributes })
}

fn apply(engine: &mut Engine, lines: &[Value]) {
    let (statuses, _) = engine.apply_all(activities(engine.program(), lines));
    assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
}

fn own(engine: &Engine) -> MemberView {
    let now: Timestamp = LAST.parse().expect("a time");
    engine.view("ada", &ViewContext::of("ada", "en", now)).expect("one's own view")
}

proptest! {
    #![proptest_config(cases(150, regressions!("clocks")))]

    /// Servers with any clocks share one record. What the member said last about each matter is what counts, at once.
    #[test]
    fn the_last_word_counts_whatever_the_clocks_say(said in vec((0..12_usize, -3_000..3_000_i64), 1..24)) {
        let mut engine = Engine::new(program(&rules()));
        let mut expected = BTreeMap::new();
        for (id, (of, skew)) in said.iter().enumerate() {
            let revision = engine.standing("ada").map_or(1, Standing::next_revision);
            let minutes = i64::try_from(id).expect("few") + skew;
            apply(&mut engine, &[line(id, minutes, *of, revision)]);
            let (_, _, (pointer, says)) = statements().swap_remove(*of);
            expected.insert(pointer, says);
            let view = json!(own(&engine));
            for (pointer, says) in &expected {
                let found = view.pointer(pointer).cloned().unwrap_or_default();
                prop_assert_eq!(&found, says, "{} after {:?}", pointer, &said[..=id]);
            }
        }
    }

    /// Two servers that have not heard from each other give their statements the same number. Of these, the one that
    /// shows less counts, whichever clock is ahead and whichever comes first.
    #[test]
    fn of_two_servers_apart_the_one_that_shows_less_counts(
        before in vec(0..12_usize, 0..6), pair in select(&[(0_usize, 1_usize), (2, 3), (4, 5), (6, 7), (6, 8), (7, 8)][..]),
        times in (-3_000..3_000_i64, -3_000..3_000_i64), swapped in any::<bool>(),
    ) {
        let mut engine = Engine::new(program(&rules()));
        for (id, of) in before.iter().enumerate() {
            let revision = engine.standing("ada").map_or(1, Standing::next_revision);
            apply(&mut engine, &[line(id, 0, *of, revision)]);
        }
        let revision = engine.standing("ada").map_or(1, Standing::next_revision);
        let mut lines = [line(100, times.0, pair.0, revision), line(101, times.1, pair.1, revision)];
        if swapped {
            lines.reverse();
        }
        apply(&mut engine, &lines);
        let (_, _, (pointer, says)) = statements().swap_remove(pair.1);
        prop_assert_eq!(json!(own(&engine)).pointer(pointer).cloned().unwrap_or_default(), says);
    }
}
