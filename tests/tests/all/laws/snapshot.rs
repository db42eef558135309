//! Law 7: snapshot and restore anywhere changes nothing; the bytes depend on program and record alone; damage is
//! refused.

use super::{cases, regressions};
use crate::world::{activity, all_of, engine, program, summed, tree};
use knownfor::{Engine, Program, SnapshotError, Standing, Status, ViewContext, Zone};
use knownfor_tests::generate::{self, Case};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

proptest! {
    #![proptest_config(cases(100, regressions!("snapshot")))]

    #[test]
    fn restoring_at_any_point_changes_nothing(case in generate::cases(30), at in any::<Index>(), early in any::<bool>()) {
        let Case { program: of, record, voids } = case;
        let whole = engine(&of, &record, &voids);
        let (first, rest) = record.split_at(at.index(record.len()));
        let before = engine(&of, first, voids.iter().filter(|_| early));
        let mut after = Engine::restore(program(&of), &before.snapshot()).expect("its own bytes");
        prop_assert_eq!(all_of(&after), all_of(&before));
        prop_assert_eq!(after.snapshot(), before.snapshot());
        for one in rest {
            after.apply(activity(after.program(), one)).expect("a made-up activity is accepted");
        }
        for (source, id) in &voids {
            after.void(source, id);
        }
        prop_assert_eq!(all_of(&after), all_of(&whole));
        prop_assert_eq!(after.snapshot(), whole.snapshot());
    }

    #[test]
    fn a_new_program_takes_up_the_record(case in generate::cases(30), new in generate::programs()) {
        let old = engine(&case.program, &case.record, &case.voids);
        let restored = Engine::restore(program(&new), &old.snapshot()).expect("the new program knows the same kinds");
        // A date was read as a moment, in the zone of the program that read it.
        let kept = |one: &Value| serde_json::to_value(activity(old.program(), one).to_tree()).expect("a tree is JSON");
        let record: Vec<Value> = case.record.iter().map(kept).collect();
        prop_assert_eq!(all_of(&restored), all_of(&engine(&new, &record, &case.voids)));
        prop_assert_eq!(restored.snapshot(), old.snapshot());
    }

    #[test]
    fn bytes_do_not_depend_on_arrival((case, order) in generate::cases(30).prop_flat_map(|case| {
        let shuffled = Just(case.record.clone()).prop_shuffle();
        (Just(case), shuffled)
    })) {
        let one = engine(&case.program, &case.record, &case.voids);
        let other = engine(&case.program, &order, &case.voids);
        prop_assert_eq!(one.snapshot(), other.snapshot());
    }
}

proptest! {
    #![proptest_config(cases(4, regressions!("damage")))]

    #[test]
    fn damage_is_refused(case in generate::cases(8), change in 1..=255_u8) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let whole = engine.snapshot();
        for damaged in damages(&whole, change) {
            prop_assert!(Engine::restore(program(&case.program), &damaged).is_err());
        }
        let Some(standing) = engine.members().next().and_then(|member| engine.standing(member)) else { return Ok(()) };
        for damaged in damages(&standing.to_bytes(), change) {
            prop_assert!(Standing::from_bytes(engine.program(), &damaged).is_err());
        }
        prop_assert!(Standing::from_bytes(engine.program(), &whole).is_err(), "an engine's bytes are no standing's");
    }
}

/// Every changed byte, every cut, and extra bytes at the end.
fn damages(bytes: &[u8], change: u8) -> impl Iterator<Item = Vec<u8>> {
    let changed = (0..bytes.len()).map(move |at| {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= change;
        damaged
    });
    let cut = (0..bytes.len()).map(|length| bytes[..length].to_vec());
    changed.chain(cut).chain([[bytes, &[change]].concat(), [bytes, bytes].concat()])
}

/// A record may be older than the program's words for audiences. A member who meant to hide something stays hidden.
#[test]
fn an_unknown_audience_hides() {
    let of = |audience: &str| {
        let text = format!(
            r#"{{"version": 1, "id": "p", "currencies": {{"points": {{}}}},
                "kinds": {{"filled": {{}}, "published": {{}}, "said": {{"attributes": {{"share_points": "text"}}}}}},
                "profile": {{"on": "filled", "published_by": "published", "fields": {{"headline": {{"ask": "Yours?"}}}}}} {audience}}}"#
        );
        Program::check(&tree(&text), Zone::named).expect("a program without problems")
    };
    let mut older = Engine::new(of(""));
    for (id, kind) in [("1", "published"), ("2", "said")] {
        let said = serde_json::json!({
            "id": id, "at": "2026-03-02T09:00:00Z", "kind": kind, "actor": "ada", "attributes": { "share_points": "nobody" }
        });
        older.apply(activity(older.program(), &said)).expect("the older program takes any text");
    }
    let newer = Engine::restore(of(r#", "audience": {"on": "said"}"#), &older.snapshot()).expect("it knows the kinds");
    let ask = ViewContext::of("bob", "en", "2026-03-03T09:00:00Z".parse().expect("a time"));
    let points = |engine: &Engine| engine.view("ada", &ask).expect("ada published").standing.points.len();
    assert_eq!((points(&older), points(&newer)), (1, 0));
}

#[test]
fn a_later_format_says_so() {
    let program = || program(&serde_json::json!({ "version": 1, "id": "p", "kinds": {} }));
    let later = |bytes: &[u8]| {
        let mut content = bytes[..bytes.len() - 8].to_vec();
        content[8] += 1;
        summed(&content)
    };
    let engine = Engine::new(program());
    assert!(matches!(Engine::restore(program(), &later(&engine.snapshot())), Err(SnapshotError::Later { .. })));
    let standing = Standing::new(engine.program()).to_bytes();
    assert!(matches!(Standing::from_bytes(engine.program(), &later(&standing)), Err(SnapshotError::Later { .. })));
}

#[test]
fn a_standing_of_another_program_is_refused() {
    // As text, because the order in which rules are written matters too.
    let with_rules = |rules: &str| {
        let text = format!(
            r#"{{"version": 1, "id": "p", "kinds": {{"post": {{"attributes": {{"words": "integer"}}}}}},
                "currencies": {{"points": {{}}}}, "rules": {{{rules}}}}}"#
        );
        Program::check(&tree(&text), Zone::named).expect("a program without problems")
    };
    let (one, two) = (r#""a": {"on": "post", "give": {"points": 1}}"#, r#""b": {"on": "post", "give": {"points": 1}}"#);
    let any = |numbers: &str| {
        format!(r#""a": {{"on": "post", "if": {{"words": {{"any": [{numbers}]}}}}, "give": {{"points": 1}}}}"#)
    };
    for (rules, others) in [
        (one.to_owned(), one.replace('1', "2")),
        (format!("{one}, {two}"), format!("{two}, {one}")),
        (any("1, 23"), any("12, 3")),
    ] {
        let (program, other) = (with_rules(&rules), with_rules(&others));
        let bytes = Standing::new(&program).to_bytes();
        assert_eq!(Standing::from_bytes(&program, &bytes), Ok(Standing::new(&program)));
        assert_ne!(program.fingerprint(), other.fingerprint(), "{rules} and {others}");
        assert_eq!(Standing::from_bytes(&other, &bytes), Err(SnapshotError::Program));
    }
}

/// Restoring drops what the program no longer declares, so that the same line of a feed is still a duplicate.
#[test]
fn parts_that_a_program_dropped_are_left_out() {
    let old = json!({
        "version": 1, "id": "moods",
        "kinds": {
            "blog": { "attributes": { "mood": "text", "words": "integer", "place": "text" } },
            "chat": { "attributes": { "mood": "text" } },
            "saved": {}
        },
        "profile": { "on": "saved", "fields": { "about": { "ask": "About you?" }, "age": { "ask": "Your age?" } } }
    });
    let mut new = old.clone();
    new["kinds"]["blog"]["attributes"] = json!({ "words": "integer" });
    new["profile"]["fields"].as_object_mut().expect("a table").remove("age");
    let record = [
        json!({ "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "blog", "actor": "ada", "attributes": { "mood": "merry", "words": 3, "place": "home" } }),
        json!({ "id": "2", "at": "2026-03-02T09:01:00Z", "kind": "chat", "actor": "ada", "attributes": { "mood": "calm" } }),
        json!({ "id": "3", "at": "2026-03-02T09:02:00Z", "kind": "saved", "actor": "ada", "profile": { "about": "done", "age": "done" } }),
    ];
    let snapshot = engine(&old, &record, []).snapshot();
    let mut taken_up = Engine::restore(program(&new), &snapshot).expect("the new program knows the same kinds");
    assert_eq!(taken_up.snapshot(), engine(&new, &record, []).snapshot());
    for one in &record {
        let again = taken_up.apply(activity(taken_up.program(), one)).expect("it is the same");
        assert_eq!(again.status, Status::Duplicate, "{one}");
    }
    // An attribute of another type is refused.
    new["kinds"]["chat"]["attributes"]["mood"] = "integer".into();
    assert_eq!(Engine::restore(program(&new), &snapshot).err(), Some(SnapshotError::Program));
}

/// The bytes of a snapshot are fixed, so snapshots that hosts have stored can still be restored.
#[test]
fn a_stored_snapshot_is_restored_and_written_again() {
    let stored = "6b6e6f776e666f7201040477696b6901310101c0feaa9a0d00000004706f7374010361646100000000000477696b690132000190aa\
        aa9a0d80cab5ee0101a038010e04706f737401036164610103626f6201016f0204636c656f0364616e0505776f72647300d70405706c616365\
        0104686f6d6504676f6f64020105756e74696c038080e39c0d0006746f70696373040202676f0472757374000477696b6901330001c0b8a09a\
        0d0000000573617665640103626f6200000000010561626f757404646f6e650477696b69013401001ff088303491a62c";
    // As text, because the attributes of an activity are in the order of the program.
    let program = tree(
        r#"{
            "version": 1, "id": "p", "currencies": {"points": {}},
            "kinds": {
                "post": {"attributes": {
                    "words": "integer", "place": "text", "good": "flag", "until": "time", "topics": "texts"
                }},
                "saved": {}
            },
            "profile": {"on": "saved", "fields": {"about": {"ask": "About you?"}}},
            "rules": {"post": {"on": "post", "give": {"points": 1}}}
        }"#,
    );
    let program = Program::check(&program, Zone::named).expect("a program without problems");
    let byte = |at: usize| u8::from_str_radix(&stored[at..at + 2], 16).expect("two hexadecimal digits");
    let bytes: Vec<u8> = (0..stored.len()).step_by(2).map(byte).collect();
    let engine = Engine::restore(program, &bytes).expect("the stored bytes");
    assert_eq!(engine.members().collect::<Vec<_>>(), ["ada", "bob", "cleo", "dan"]);
    let points = |member| engine.standing(member).and_then(|standing| standing.total("points"));
    assert_eq!((points("ada"), points("bob")), (Some(1), Some(0)));
    assert_eq!(engine.snapshot(), bytes);
}
