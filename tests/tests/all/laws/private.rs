//! Private currencies: nobody but the member can tell from any answer what rules gave in one.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Engine, SharedPart, Timestamp, ViewContext};
use knownfor_tests::generate::{self, Case};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};

/// Within the records, and later than all of them.
const NOW: [&str; 2] = ["2026-03-20T12:00:00Z", "2031-01-01T00:00:00Z"];
const MEMBERS: [&str; 6] = ["ada", "bob", "cleo", "dev", "eli", "fay"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
const TOPICS: [&str; 3] = ["go", "rust", "sql"];
const VIEWERS: [&str; 4] = ["bob", "cleo", "fay", "stranger"];

/// All answers to a viewer, of whom some may be in the team of the members.
fn answers(engine: &Engine, members: &[&str], viewer: &str, in_team: bool, now: Timestamp) -> String {
    let ask = ViewContext { team: if in_team { members } else { &[] }, ..ViewContext::of(viewer, "en", now) };
    let program = engine.program();
    let of = |member: &&str| {
        let shows = |part| engine.standing(member).is_some_and(|its| its.shows(member, part, &ask));
        json!([engine.view(member, &ask), engine.model(member, &ask), shows(SharedPart::Points)])
    };
    let groups = members.iter().filter_map(|member| Some(("all", engine.standing(member)?)));
    let all = json!({
        "members": members.iter().map(of).collect::<Vec<_>>(),
        "boards": program.boards().map(|board| engine.board(board, &ask, 9)).collect::<Vec<_>>(),
        "cohorts": CHALLENGES.map(|challenge| engine.cohort(challenge, &ask)),
        "models": engine.models(&ask),
        "topics": engine.topics_known(&ask, "", 20),
        "experts": TOPICS.map(|topic| engine.known_for(topic, &ask, 9)),
        "report": program.report(groups, now).expect("one program"),
    });
    all.to_string()
}

/// Notes of Ada, at some hour of March, with some words.
fn notes() -> impl Strategy<Value = Vec<Value>> {
    let note = (1..29_u8, 0..24_u8, 0..9_i64).prop_map(|(day, hour, words)| {
        let at = format!("2026-03-{day:02}T{hour:02}:30:00Z");
        json!({ "id": format!("note-{day}-{hour}-{words}"), "at": at, "kind": "note", "actor": "ada", "attributes": { "words": words } })
    });
    vec(note, 1..8)
}

proptest! {
    #![proptest_config(cases(100, regressions!("private")))]

    #[test]
    fn nobody_else_sees_what_private_rules_give(case in generate::cases(30), viewer in select(&VIEWERS[..]), in_team in any::<bool>(), now in select(&NOW[..])) {
        let Case { program, record, voids } = case;
        let mut without = program.clone();
        without["rules"].as_object_mut().expect("there are rules").retain(|_, rule| rule["give"]["shy"].is_null());
        without["currencies"]["shy"]["start"] = 7.into();
        let (whole, without) = (engine(&program, &record, &voids), engine(&without, &record, &voids));
        let members: Vec<&str> = whole.members().filter(|member| *member != viewer).collect();
        let now = now.parse().expect("a time");
        prop_assert_eq!(
            answers(&whole, &members, viewer, in_team, now),
            answers(&without, &members, viewer, in_team, now)
        );
        for change in whole.compare(&without, now) {
            prop_assert!(change.points.iter().all(|points| points.currency != "shy"), "{:?}", change);
        }
    }

    #[test]
    fn nobody_else_sees_whether_a_member_practised(case in generate::cases(30), notes in notes(), give in 1..20_i64, viewer in select(&VIEWERS[..]), in_team in any::<bool>(), now in select(&NOW[..])) {
        let Case { mut program, record, voids } = case;
        program["kinds"]["note"] = json!({ "comfort": "private", "attributes": { "words": "integer" } });
        program["rules"]["note"] = json!({ "on": "note", "give": { "shy": give }, "limit": { "times": 2, "per": "week" } });
        program["rules"]["long-note"] = json!({ "on": "note", "give": { "shy": { "by": "words" } }, "if": { "shy": { "max": 9 } } });
        let with: Vec<Value> = record.iter().cloned().chain(notes).collect();
        let (with, without) = (engine(&program, &with, &voids), engine(&program, &record, &voids));
        let now = now.parse().expect("a time");
        prop_assert_eq!(
            answers(&with, &MEMBERS, viewer, in_team, now),
            answers(&without, &MEMBERS, viewer, in_team, now)
        );
        prop_assert_ne!(with.ledger("ada"), without.ledger("ada"), "the notes gave something");
    }
}
