//! Limits: each size constant of core, tried at the limit and one past it.

use crate::world::{activity, program, tree};
use cpu_time::ThreadTime;
use knownfor::{
    Engine, Feed, MAX_ACTIVITY_TEXT_BYTES, MAX_BOARD_ROWS, MAX_DEPTH, MAX_FOUND, MAX_ITEMS, MAX_NAME_CHARS,
    MAX_OF_A_SORT, MAX_POINTS, MAX_REASON_ACTIVITIES, MAX_STEPS, MAX_STEPS_PER_ITEM, MAX_TEXT_BYTES, MAX_TIMES,
    Program, Standing, Timestamp, Tree, ViewContext, Zone,
};
use serde_json::{Map, Value, json};
use std::{fs, path::Path, time::Duration};

fn is_good(program: &Value) -> bool {
    Program::check(&tree(&program.to_string()), Zone::named).is_ok()
}

fn plain() -> Value {
    json!({
        "version": 1, "id": "plain",
        "kinds": { "post": { "attributes": { "words": "integer", "topics": "texts", "note": "text" } }, "joined": {}, "left": {} },
        "currencies": { "points": {} },
        "tallies": { "posts": { "count": "post" } },
        "rules": { "post": { "on": "post", "give": { "points": 1 } } },
        "badges": { "many": { "when": { "posts": 60 } } },
        "boards": { "all": { "of": "points", "joined_by": "joined", "left_by": "left" } }
    })
}

/// The plain program with a value at a JSON Pointer, whose last step may be new.
fn with(pointer: &str, value: Value) -> Value {
    let mut program = plain();
    let (above, key) = pointer.rsplit_once('/').expect("a pointer has a last step");
    program.pointer_mut(above).and_then(Value::as_object_mut).expect("a table").insert(key.to_owned(), value);
    program
}

fn is_read(changes: Value) -> bool {
    let mut one = json!({ "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "post", "actor": "ada" });
    one.as_object_mut().expect("a table").extend(changes.as_object().expect("a table").clone());
    program(&plain()).read(&tree(&one.to_string()), &Feed::new("wiki")).is_ok()
}

#[test]
fn every_size_of_core_is_tried_here() {
    let tried = [
        "MAX_ACTIVITY_TEXT_BYTES",
        "MAX_BOARD_ROWS",
        "MAX_DEPTH",
        "MAX_FOUND",
        "MAX_ITEMS",
        "MAX_MEMBER_ACTIVITIES",
        "MAX_NAME_CHARS",
        "MAX_OF_A_SORT",
        "MAX_POINTS",
        "MAX_REASON_ACTIVITIES",
        "MAX_STEPS",
        "MAX_STEPS_PER_ITEM",
        "MAX_TEXT_BYTES",
        "MAX_TIMES",
    ];
    let mut left = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("core has sources").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = fs::read_to_string(path).expect("a source can be read");
            let names = text.split("pub const MAX_").skip(1).filter_map(|rest| rest.split(':').next());
            left.extend(names.map(|name| format!("MAX_{name}")).filter(|name| !tried.contains(&name.as_str())));
        }
    }
    assert!(left.is_empty(), "no test tries {left:?} at its limit and one past it");
}

#[test]
fn texts_and_names_of_a_program() {
    assert!(is_good(&with("/name", "x".repeat(MAX_TEXT_BYTES).into())));
    assert!(!is_good(&with("/name", "x".repeat(MAX_TEXT_BYTES + 1).into())));
    // Names count in characters, not bytes.
    assert!(is_good(&with("/id", "ü".repeat(MAX_NAME_CHARS).into())));
    assert!(!is_good(&with("/id", "ü".repeat(MAX_NAME_CHARS + 1).into())));
}

#[test]
fn points_of_a_rule() {
    for points in [MAX_POINTS, -MAX_POINTS] {
        assert!(is_good(&with("/rules/post/give", json!({ "points": points }))));
        assert!(!is_good(&with("/rules/post/give", json!({ "points": points + points.signum() }))));
    }
}

#[test]
fn steps_of_an_activity() {
    // Each rule and each of its tests is a step.
    let many = |rules: usize, left: usize| {
        let tests = |count: usize| json!({ "any": vec![json!({ "object": "x" }); count] });
        let rule = |count: usize| json!({ "on": "post", "if": tests(count), "give": { "points": 1 } });
        let mut all: Map<_, _> = (0..rules).map(|number| (format!("x{number}"), rule(63))).collect();
        if left > 0 {
            all.insert("last".into(), rule(left - 1));
        }
        let mut program = with("/rules", all.into());
        for section in ["tallies", "badges"] {
            program.as_object_mut().expect("a table").remove(section);
        }
        program
    };
    assert!(is_good(&many(MAX_STEPS / 64, 0)));
    let cost = program(&many(10, 0)).cost();
    assert_eq!((cost.kind.as_str(), cost.steps), ("post", 640));
    assert!(!is_good(&many(MAX_STEPS / 64, 2)));
}

#[test]
fn steps_of_each_item_of_an_activity() {
    // Each tally by topic is a step for each topic, and so is each different topic that a tally counts.
    let by_topic = |tallies: usize| {
        let tally = |number: usize| match number % 2 {
            0 => json!({ "count": "post", "per": "topics" }),
            _ => json!({ "distinct": "topics", "of": "post" }),
        };
        let all: Map<_, _> = (0..tallies).map(|number| (format!("t{number}"), tally(number))).collect();
        let mut program = with("/tallies", all.into());
        program.as_object_mut().expect("a table").remove("badges");
        program
    };
    let cost = program(&by_topic(10)).cost();
    // The ten tallies and the rule.
    assert_eq!((cost.kind.as_str(), cost.steps, cost.steps_per_item), ("post", 11, 10));
    // Different topics by topic: each with each.
    let with_pairs = |pairs: usize, tallies: usize| {
        let mut program = by_topic(tallies);
        let each = json!({ "distinct": "topics", "of": "post", "per": "topics" });
        (0..pairs).for_each(|number| program["tallies"][format!("pairs{number}")] = each.clone());
        program
    };
    let (pairs, left) = (MAX_STEPS_PER_ITEM / MAX_ITEMS, MAX_STEPS_PER_ITEM % MAX_ITEMS);
    assert_eq!(program(&with_pairs(pairs, left)).cost().steps_per_item, MAX_STEPS_PER_ITEM);
    let found =
        Program::check(&tree(&with_pairs(pairs, left + 1).to_string()), Zone::named).expect_err("too many steps");
    assert!(found.to_string().contains("each recipient or item of an activity would take 8193 steps"), "{found}");
}

#[test]
fn times_that_one_activity_reaches_a_goal() {
    let every = |adds: i64| {
        let mut program = with("/tallies/weight", json!({ "sum": { "post": adds } }));
        program["badges"]["heavy"] = json!({ "when": { "weight": 2 }, "given": "every" });
        program
    };
    assert!(is_good(&every(2 * MAX_TIMES + 1)));
    assert!(!is_good(&every(2 * MAX_TIMES + 2)));
    let mut engine = Engine::new(program(&every(2 * MAX_TIMES + 1)));
    let one = json!({ "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "post", "actor": "ada" });
    engine.apply(activity(engine.program(), &one)).expect("it is accepted");
    assert_eq!(engine.ledger("ada").iter().filter(|entry| entry.points() == 0).count() as i64, MAX_TIMES);
}

#[test]
fn many_mistakes_among_many_names_are_found_soon() {
    let name = |number: usize| format!("team.{}.published-{number:03}", number % 7);
    // Every rule misspells its kind: a letter too many, one too few, another one, two swapped.
    let misspelt = |number: usize| match (number % 4, name(number)) {
        (0, name) => name.replace("team", "teaam"),
        (1, name) => name.replace("published", "publshed"),
        (2, name) => name.replace("team", "tean"),
        (_, name) => name.replace("published", "pulbished"),
    };
    let table = |one: &dyn Fn(usize) -> (String, Value)| Value::Object((0..1_000).map(one).collect::<Map<_, _>>());
    let program = json!({
        "version": 1, "id": "misspelt", "currencies": { "points": {} },
        "kinds": table(&|number| (name(number), json!({}))),
        "rules": table(&|number| (format!("x{number}"), json!({ "on": misspelt(number), "give": { "points": 1 } }))),
    });
    let start = ThreadTime::now();
    let problems = Program::check(&tree(&program.to_string()), |_| None).expect_err("every rule has a mistake");
    let took = start.elapsed();
    let meant = problems.iter().filter(|problem| problem.message.contains("did you mean `team.")).count();
    assert_eq!((problems.iter().count(), meant), (1_000, 1_000));
    // Unoptimized code takes ten times as long as a release, in which this takes less than 0.1 s.
    assert!(took < Duration::from_secs(2), "{took:?}");
}

#[test]
fn many_goals_given_every_time_are_checked_soon() {
    let many = |one: &dyn Fn(usize) -> Value| {
        Value::Object((0..2_000).map(|number| (format!("x{number}"), one(number))).collect::<Map<_, _>>())
    };
    let program = json!({
        "version": 1, "id": "many", "currencies": { "points": {} },
        "kinds": many(&|_| json!({})),
        "tallies": many(&|number| json!({ "count": format!("x{number}") })),
        "rules": many(&|number| {
            json!({ "when": { (format!("x{number}")): 10 }, "given": "every", "give": { "points": 1 } })
        }),
        "badges": many(&|number| json!({ "when": { "points": 1_000 + number }, "given": "every" })),
    });
    let start = ThreadTime::now();
    assert!(is_good(&program));
    // A check that scanned all rules and kinds for each goal would take more than ten times as long.
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn things_of_a_sort() {
    let many = |count: usize, one: Value| {
        Value::Object((0..count).map(|number| (format!("x{number}"), one.clone())).collect::<Map<_, _>>())
    };
    let kinds = |count: usize| {
        let mut program = with("/kinds", many(count, json!({})));
        for section in ["tallies", "rules", "badges", "boards"] {
            program.as_object_mut().expect("a table").remove(section);
        }
        program
    };
    assert!(is_good(&kinds(MAX_OF_A_SORT)));
    assert!(!is_good(&kinds(MAX_OF_A_SORT + 1)));
    for (section, one) in [
        ("rules", json!({ "on": "post", "give": { "points": 1 } })),
        ("tallies", json!({ "count": "post" })),
        ("limits", json!({ "times": 1 })),
    ] {
        let with_many = |count| {
            let mut program = with(&format!("/{section}"), many(count, one.clone()));
            program.as_object_mut().expect("a table").remove("badges");
            program
        };
        assert!(is_good(&with_many(MAX_OF_A_SORT)), "{section}");
        assert!(!is_good(&with_many(MAX_OF_A_SORT + 1)), "{section}");
    }
}

#[test]
fn texts_and_sets_of_an_activity() {
    for key in ["id", "source", "actor", "owner", "object"] {
        assert!(is_read(json!({ key: "x".repeat(MAX_ACTIVITY_TEXT_BYTES) })), "{key}");
        assert!(!is_read(json!({ key: "x".repeat(MAX_ACTIVITY_TEXT_BYTES + 1) })), "{key}");
        assert!(!is_read(json!({ key: "" })), "{key}");
        assert!(!is_read(json!({ key: "a\0b" })), "{key}");
    }
    assert!(!is_read(json!({ "attributes": { "note": "a\0b" } })));
    assert!(is_read(json!({ "attributes": { "note": "x".repeat(MAX_ACTIVITY_TEXT_BYTES) } })));
    assert!(!is_read(json!({ "attributes": { "note": "x".repeat(MAX_ACTIVITY_TEXT_BYTES + 1) } })));
    let items = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>();
    assert!(is_read(json!({ "recipients": items(MAX_ITEMS) })));
    assert!(!is_read(json!({ "recipients": items(MAX_ITEMS + 1) })));
    assert!(is_read(json!({ "attributes": { "topics": items(MAX_ITEMS) } })));
    assert!(!is_read(json!({ "attributes": { "topics": items(MAX_ITEMS + 1) } })));
}

#[test]
fn numbers_of_an_activity_are_exact_in_javascript() {
    let most = (1_i64 << 53) - 1;
    for number in [most, -most] {
        assert!(is_read(json!({ "attributes": { "words": number }, "sequence": number })));
        assert!(!is_read(json!({ "attributes": { "words": number + number.signum() } })));
        assert!(!is_read(json!({ "sequence": number + number.signum() })));
    }
    assert!(!is_read(json!({ "attributes": { "words": u64::MAX } })));
    assert!(!is_read(json!({ "attributes": { "words": 1.5 } })));
}

#[test]
fn depth_of_a_tree() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(serde_json::from_str::<Tree>(&nested(MAX_DEPTH)).is_ok());
    assert!(serde_json::from_str::<Tree>(&nested(MAX_DEPTH + 1)).is_err());
}

#[test]
fn rows_of_a_board_and_activities_of_a_reason() {
    let mut engine = Engine::new(program(&plain()));
    for number in 0..=MAX_BOARD_ROWS {
        let joined = json!({ "id": format!("j{number}"), "at": "2026-03-02T09:00:00Z", "kind": "joined", "actor": format!("m{number}") });
        engine.apply(activity(engine.program(), &joined)).expect("an activity");
    }
    for number in 0..60 {
        let at = format!("2026-03-02T10:00:{number:02}Z");
        let post = json!({ "id": format!("p{number}"), "at": at, "kind": "post", "actor": "ada" });
        engine.apply(activity(engine.program(), &post)).expect("an activity");
    }
    let ask = ViewContext::of("ada", "en", "2026-03-03T00:00:00Z".parse().expect("a time"));
    for (rows, shown) in
        [(MAX_BOARD_ROWS, MAX_BOARD_ROWS), (MAX_BOARD_ROWS + 1, MAX_BOARD_ROWS), (usize::MAX, MAX_BOARD_ROWS)]
    {
        let joined = ViewContext { viewer: "m7", ..ask };
        assert_eq!(engine.board("all", &joined, rows).expect("a board").rows.len(), shown);
    }
    let badge = engine.ledger("ada").last().expect("a badge");
    let why = engine.history("ada").expect("a record").why(badge, "en").expect("the ledger has the entry");
    assert_eq!((why.parts[0].value, why.parts[0].counted), (60, 60));
    assert_eq!(why.parts[0].activities.len(), MAX_REASON_ACTIVITIES);
    assert_eq!(why.parts[0].activities.last().map(|last| last.id.as_str()), Some("p59"), "the latest are named");
    assert_eq!((why.counted, why.activities.len()), (60, MAX_REASON_ACTIVITIES));
    assert_eq!(why.activities, why.parts[0].activities);
}

/// Each member posts on `rust` and on a topic of their own.
#[test]
fn experts_and_topics_that_are_found() {
    let mut known = with("/tallies/on", json!({ "count": "post", "per": "topics" }));
    known["kinds"]["published"] = json!({});
    known["profile"] =
        json!({ "on": "joined", "published_by": "published", "fields": { "motto": { "ask": "Yours?" } } });
    known["topics"] = json!({ "evidence": { "on": 1 } });
    let mut engine = Engine::new(program(&known));
    for number in 0..=MAX_FOUND {
        for kind in ["published", "post"] {
            let deed = json!({
                "id": format!("{kind}-{number}"), "at": "2026-03-02T09:00:00Z", "kind": kind, "actor": format!("m{number}"),
                "attributes": if kind == "post" { json!({ "topics": ["rust", format!("own-{number:03}")] }) } else { json!({}) }
            });
            engine.apply(activity(engine.program(), &deed)).expect("an activity");
        }
    }
    let ask = ViewContext::of("nobody", "en", "2026-03-03T00:00:00Z".parse().expect("a time"));
    for (count, found) in [(MAX_FOUND, MAX_FOUND), (MAX_FOUND + 1, MAX_FOUND), (usize::MAX, MAX_FOUND)] {
        assert_eq!(engine.known_for("rust", &ask, count).experts.len(), found);
        assert_eq!(engine.topics_known(&ask, "own", count).len(), found);
    }
}

/// A million activities take long without optimisation, so only `cargo test --release` runs this.
#[cfg(not(debug_assertions))]
#[test]
fn activities_of_a_member() {
    use knownfor::{ApplyError, MAX_MEMBER_ACTIVITIES};
    let mut engine = Engine::new(program(&plain()));
    let post = |number: usize| json!({ "id": number, "at": "2026-03-02T09:00:00Z", "sequence": number, "kind": "post", "actor": "ada" });
    let read: Vec<_> = (0..=MAX_MEMBER_ACTIVITIES).map(|number| activity(engine.program(), &post(number))).collect();
    let (statuses, _) = engine.apply_all(read);
    assert_eq!(statuses.iter().filter(|status| status.is_err()).count(), 1);
    assert!(matches!(statuses.last(), Some(Err(ApplyError::Full { .. }))));
    assert_eq!(engine.standing("ada").and_then(|ada| ada.total("points")), i64::try_from(MAX_MEMBER_ACTIVITIES).ok());
}

#[test]
fn a_standing_does_not_grow_with_time() {
    let mut of = plain();
    of["tallies"] = json!({
        "weekly": { "count": "post", "per": ["object", "week"] },
        "daily": { "count": "post", "per": "day" },
        "lately": { "sum": "words", "of": "post", "within": "60 days" },
        "of-late": { "distinct": "object", "of": "post", "within": "60 days" },
    });
    of["rules"]["post"]["limit"] = json!([{ "times": 2, "per": ["object", "week"] }, { "points": 5, "per": "day" }]);
    of.as_object_mut().expect("a table").remove("badges");
    let program = program(&of);
    let mut standing = Standing::new(&program);
    let mut bytes_after = |weeks: std::ops::Range<i64>| {
        for week in weeks {
            let at = Timestamp::from_unix(1_772_000_000 + week * 7 * 86_400, 0).expect("a time").to_string();
            let one = json!({ "id": "1", "at": at, "kind": "post", "actor": "ada", "object": "blog", "attributes": { "words": 9 } });
            program.apply(&mut standing, "ada", &activity(&program, &one)).expect("it is the latest");
        }
        standing.to_bytes().len()
    };
    // Points are kept for each month, which takes about eight bytes.
    let (early, late) = (bytes_after(0..20), bytes_after(20..220));
    assert!(late < early + 50 * 8, "{early} bytes became {late}");
}
