//! Law 8: nothing panics, on any program, activity, snapshot, view request or values.

use super::{cases, regressions};
use crate::world::{all_of, board_of, engine, summed, tree};
use knownfor::{Engine, Feed, Incoming, Program, ReadError, Standing, Timestamp, Transition, ViewContext, Zone};
use knownfor_tests::generate;
use proptest::{collection::vec, prelude::*, sample::Index};
use serde_json::Deserializer;
use std::collections::BTreeSet;

/// What was read, or the error without its position in the text, which data in memory does not have.
fn told(read: Result<Incoming, ReadError>) -> Result<Incoming, String> {
    read.map_err(|error| {
        let error = error.to_string();
        error.split(" at line ").next().map(String::from).unwrap_or(error)
    })
}

proptest! {
    #![proptest_config(cases(400, regressions!("panics")))]

    #[test]
    fn any_program_is_checked(program in prop_oneof![1 => generate::trees(), 4 => generate::broken_programs()], record in generate::records(12)) {
        let text = program.to_string();
        match Program::check(&tree(&text), Zone::named) {
            Ok(program) => {
                let mut engine = Engine::new(program);
                for activity in record {
                    let text = activity.to_string();
                    if let Ok(incoming) = engine.program().read(&tree(&text), &Feed::new("wiki")) {
                        let _ = engine.apply(incoming);
                    }
                }
            }
            Err(problems) => {
                prop_assert!(problems.iter().count() > 0);
                for problem in &problems {
                    prop_assert!(!problem.message.is_empty());
                    prop_assert!(problem.path.is_empty() || problem.path.starts_with('/'), "{}", problem);
                }
                let paths: Vec<_> = problems.iter().map(|problem| (&problem.path, &problem.message)).collect();
                prop_assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len(), "told twice: {}", problems);
            }
        }
    }

    #[test]
    fn any_activity_is_read_or_refused(program in generate::programs(), activities in vec(generate::trees(), 1..8), record in generate::records(8)) {
        let engine = engine(&program, &record, []);
        for activity in activities {
            let text = activity.to_string();
            let _ = engine.program().read(&tree(&text), &Feed::new("wiki").line(7));
            let _ = engine.program().read_own(&tree(&text));
            let _ = engine.program().assess(&tree(&text));
        }
    }

    #[test]
    fn an_activity_is_the_same_from_text_and_from_memory(program in generate::programs(), others in vec(generate::trees(), 1..4), record in generate::records(8)) {
        let program = crate::world::program(&program);
        let feed = Feed::new("wiki").line(7);
        for activity in record.iter().chain(&others) {
            let text = activity.to_string();
            let from_text = program.read(&mut Deserializer::from_str(&text), &feed);
            prop_assert_eq!(told(program.read(&tree(&text), &feed)), told(from_text.clone()));
            prop_assert_eq!(told(program.read(activity, &feed)), told(from_text));
        }
    }

    #[test]
    fn an_activity_is_read_back_as_it_was(program in generate::programs(), record in generate::records(12)) {
        let program = crate::world::program(&program);
        for activity in crate::world::activities(&program, &record) {
            let text = serde_json::to_string(&activity.to_tree()).expect("a tree is JSON");
            prop_assert_eq!(program.read_own(&tree(&text)).expect("its own format"), activity);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..200), case in generate::cases(8), cut in any::<Index>()) {
        let engine = engine(&case.program, &case.record, &case.voids);
        // Bytes with a valid beginning are read up to the first bad one.
        let standing = engine.members().next().and_then(|member| engine.standing(member)).map(Standing::to_bytes);
        for own in [Vec::from([0]), engine.snapshot(), standing.unwrap_or_else(|| Standing::new(engine.program()).to_bytes())] {
            let bytes = [&own[..cut.index(own.len())], &bytes].concat();
            prop_assert!(Standing::from_bytes(engine.program(), &bytes).is_err(), "without its checksum, nothing is read");
            let _ = Standing::from_bytes(engine.program(), &summed(&bytes));
            let _ = Engine::restore(crate::world::program(&case.program), &summed(&bytes));
        }
    }

    #[test]
    fn any_change_with_a_valid_checksum_is_read_or_refused(case in generate::cases(8), at in any::<Index>(), change in 1..=255_u8, insert in any::<bool>()) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let mut bytes = engine.snapshot();
        bytes.truncate(bytes.len() - 8);
        let mut standing = engine.members().next().and_then(|member| engine.standing(member)).map(Standing::to_bytes).unwrap_or(vec![0; 9]);
        standing.truncate(standing.len() - 8);
        for bytes in [&mut bytes, &mut standing] {
            let at = at.index(bytes.len());
            if insert {
                bytes.insert(at, change);
            } else {
                bytes[at] ^= change;
            }
        }
        let _ = Engine::restore(crate::world::program(&case.program), &summed(&bytes));
        if let Ok(standing) = Standing::from_bytes(engine.program(), &summed(&standing)) {
            let ask = ViewContext::of("ada", "en", "2026-03-30T12:00:00Z".parse().expect("a time"));
            let _ = standing.view("ada", &ask);
            let _ = board_of(engine.program(), [("ada", &standing)], "all", &ask, 3);
            for activity in crate::world::activities(engine.program(), &case.record) {
                let mut standing = standing.clone();
                let _ = engine.program().apply(&mut standing, "ada", &activity);
            }
        }
    }

    #[test]
    fn extremes_stay_exact(case in generate::extremes(20), now in prop_oneof![Just("0001-01-01T00:00:00Z"), Just("9999-12-31T23:59:59Z")]) {
        let text = case.program.to_string();
        let Ok(program) = Program::check(&tree(&text), Zone::named) else { return Ok(()) };
        let mut engine = Engine::new(program);
        for activity in &case.record {
            let text = activity.to_string();
            if let Ok(incoming) = engine.program().read(&tree(&text), &Feed::new("wiki")) {
                let _ = engine.apply(incoming);
            }
        }
        let restored = Engine::restore(crate::world::program(&case.program), &engine.snapshot()).expect("its own bytes");
        prop_assert_eq!(all_of(&restored), all_of(&engine));
        for member in engine.members() {
            let ask = ViewContext::of(member, "en", now.parse().expect("a time"));
            let view = engine.view(member, &ask).expect("one's own view");
            prop_assert!(view.standing.points.iter().all(|points| points.total.unsigned_abs() < 1 << 53), "{:?}", view);
            prop_assert!(engine.board("month", &ask, 5).is_some());
            let standing = engine.standing(member).expect("a standing");
            prop_assert_eq!(&Standing::from_bytes(engine.program(), &standing.to_bytes()).expect("its own bytes"), standing);
            // Time alone may bring thousands of entries, and each answer folds the record again.
            let ledger = engine.ledger(member);
            for entry in ledger.iter().step_by(1 + ledger.len() / 40) {
                let why = engine.history(member).expect("a record").why(entry, "en").expect("the ledger has the entry");
                prop_assert!(!why.text.is_empty());
            }
        }
    }

    #[test]
    fn any_question_is_answered(
        case in generate::cases(16), member in "(ada|bob|\\PC{0,3})", viewer in "(ada|bob|\\PC{0,3})",
        board in "(all|month|\\PC{0,3})", locale in "(de-AT|\\PC{0,6})", rows in prop_oneof![0..5_usize, any::<usize>()],
        seconds in any::<i64>(), nanos in any::<u32>(),
    ) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let clamped = Timestamp::from_unix(seconds % 253_402_300_799, nanos % 1_000_000_000);
        for now in Timestamp::from_unix(seconds, nanos).into_iter().chain(clamped) {
            let ask = ViewContext::of(&viewer, &locale, now);
            let _ = engine.view(&member, &ask);
            let _ = engine.board(&board, &ask, rows);
            let _ = engine.as_of(&member, now);
            for badge in ["b0", "b1", &locale] {
                let _ = engine.history(&member).map(|history| history.why_not_badge(badge, now, "en"));
            }
        }
        for activity in &case.record {
            let (source, id) = (activity["source"].as_str().unwrap_or(""), activity["id"].as_str().unwrap_or(""));
            let _ = engine.history(&member).map(|history| history.why_not(source, id, "en"));
        }
    }

    #[test]
    fn any_text_is_a_time_or_is_not(text in "(\\PC{0,30}|[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{0,11})?([Zz]|[+-][0-9]{2}:[0-9]{2})?)") {
        if let Ok(instant) = text.parse::<Timestamp>() {
            prop_assert_eq!(instant.to_string().parse::<Timestamp>(), Ok(instant));
            // jiff also reads RFC 3339; where both accept a text, they agree.
            if let Ok(other) = text.parse::<jiff::Timestamp>() {
                prop_assert_eq!(other.as_second(), instant.unix_seconds());
            }
        }
    }

    #[test]
    fn any_transitions_are_a_zone_or_not(first in any::<i32>(), transitions in vec((any::<i64>(), any::<i32>()), 0..6)) {
        let transitions = transitions.into_iter().filter_map(|(seconds, offset_seconds)| {
            let at = Timestamp::from_unix(seconds % 253_402_300_799, 0)?;
            Some(Transition { at, offset_seconds })
        });
        let _ = Zone::new("X", first, transitions.collect());
    }
}
