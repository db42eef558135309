//! Feeds as they are: each form in which other systems write an activity is read as what it means, or refused with
//! what to write instead.

use crate::world::{program, tree};
use knownfor::{Activity, Engine, Feed, FeedSummary, Incoming, Program, Status};
use serde_json::{Value, json};

/// A program with this input, whose kind `post` has an attribute of each type and this input of its own.
fn reads(input: Value, own: Value) -> Program {
    program(&json!({
        "version": 1, "id": "p", "zone": "Europe/Berlin", "input": input,
        "kinds": { "post": {
            "attributes": { "words": "integer", "topics": "texts", "due": "time", "draft": "flag", "asker": "member" },
            "input": own
        } }
    }))
}

fn read(program: &Program, line: &Value) -> Result<Incoming, String> {
    read_from(program, line, &Feed::new("wiki"))
}

fn read_from(program: &Program, line: &Value, feed: &Feed) -> Result<Incoming, String> {
    program.read(&tree(&line.to_string()), feed).map_err(|error| error.to_string())
}

/// The activity that a line is, in the program's own format.
fn activity(program: &Program, line: &Value) -> Value {
    let read = read(program, line);
    let Ok(Incoming::Activity(activity)) = read else { panic!("{line}: {read:?}") };
    own(&activity)
}

fn own(activity: &Activity) -> Value {
    serde_json::to_value(activity.to_tree()).expect("a tree is JSON")
}

/// What a line says beyond id, time and kind.
fn line(more: Value) -> Value {
    let mut line = json!({ "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "post" });
    for (key, value) in more.as_object().expect("a table") {
        line[key] = value.clone();
    }
    line
}

#[test]
fn times_are_read_as_other_systems_write_them() {
    let plain = reads(json!({}), json!({}));
    let at = |at: Value| activity(&plain, &line(json!({ "at": at })))["at"].clone();
    for (written, meant) in [
        ("2026-03-02T09:30:00.000+0100", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02 09:30:00 +0100", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30:00+01", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30+01:00", "2026-03-02T09:30:00+01:00"),
        ("2026-03-02T09:30:00,5-03:30", "2026-03-02T09:30:00.500-03:30"),
        ("2026-03-02 09:30:00 UTC", "2026-03-02T09:30:00Z"),
        ("2026-03-02T09:30:00.123456789Z", "2026-03-02T09:30:00.123456789Z"),
        ("2026-03-02T09:30:00+00:00", "2026-03-02T09:30:00+00:00"),
    ] {
        assert_eq!(at(written.into()), meant, "{written}");
    }
    let epoch = |unit: &str| reads(json!({ "at": { "at": "/at", "epoch": unit } }), json!({}));
    for (unit, written, meant) in [
        ("seconds", json!(1_772_443_800), "2026-03-02T09:30:00Z"),
        ("seconds", json!(1_772_443_800.25), "2026-03-02T09:30:00.250Z"),
        ("seconds", json!("1772443800.123456789"), "2026-03-02T09:30:00.123456789Z"),
        ("seconds", json!("-1.5"), "1969-12-31T23:59:58.500Z"),
        ("milliseconds", json!(1_772_443_800_250_i64), "2026-03-02T09:30:00.250Z"),
        ("milliseconds", json!("1772443800250"), "2026-03-02T09:30:00.250Z"),
        ("milliseconds", json!(-1), "1969-12-31T23:59:59.999Z"),
        ("seconds", json!("2026-03-02T09:30:00+01:00"), "2026-03-02T09:30:00+01:00"),
    ] {
        assert_eq!(activity(&epoch(unit), &line(json!({ "at": written })))["at"], meant, "{unit} {written}");
    }
}

#[test]
fn a_text_that_is_no_time_says_why() {
    let plain = reads(json!({}), json!({}));
    for (written, expected) in [
        (json!("2026-02-30T09:00:00Z"), "the calendar has no such day"),
        (json!("2025-02-29T09:00:00+01:00"), "the calendar has no such day"),
        (json!("2026-03-02T09:00:00"), "it has no offset from UTC"),
        (json!("2026-03-02"), "it is a date without a time of day"),
        (json!("2026-03-02T24:00:00Z"), "no day has such an hour, minute or second"),
        (json!("2026-03-02T09:00:00+25:00"), "an offset is at most 23 hours and 59 minutes"),
        (json!("yesterday"), "expected a time in RFC 3339"),
        (json!(1_772_443_800), "add `epoch = \"seconds\"`"),
        (json!("1772443800"), "add `epoch = \"seconds\"`"),
    ] {
        let error = read(&plain, &line(json!({ "at": written }))).expect_err("no time");
        assert!(error.starts_with("/at: ") && error.contains(expected), "{written}: {error}");
    }
    let due = |due: Value| read(&plain, &line(json!({ "attributes": { "due": due } })));
    let error = due("2026-02-30".into()).expect_err("no day");
    assert_eq!(error, "/attributes/due: `2026-02-30`: the calendar has no such day");
}

#[test]
fn a_date_is_a_time_where_the_day_matters() {
    let plain = reads(json!({}), json!({}));
    let due = activity(&plain, &line(json!({ "attributes": { "due": "2026-07-02" } })));
    assert_eq!(due["attributes"]["due"], "2026-07-01T22:00:00Z", "the day begins in Berlin");
    let leave = program(&json!({
        "version": 1, "id": "p", "zone": "America/New_York",
        "kinds": { "post": {}, "leave": { "attributes": { "starts": "time", "ends": "time" } } },
        "leave": { "on": "leave", "from": "starts", "until": "ends" },
        "tallies": { "s": { "streak": "day", "of": "post" } },
        "badges": { "three": { "when": { "s": 3 } } }
    }));
    let mut engine = Engine::new(leave);
    let post = |id: u32, day: u32| json!({ "id": id, "at": format!("2026-03-0{day}T12:00:00-05:00"), "kind": "post", "actor": "ada" });
    let away = json!({
        "id": "away", "at": "2026-03-01T12:00:00-05:00", "kind": "leave", "actor": "ada",
        "attributes": { "starts": "2026-03-04", "ends": "2026-03-05" }
    });
    for line in [away, post(1, 2), post(2, 3), post(3, 6)] {
        let incoming = read(engine.program(), &line).expect("an activity");
        engine.apply(incoming).expect("it is new");
    }
    assert_eq!(engine.standing("ada").map(|ada| ada.badges().len()), Some(1), "4 and 5 March were free");
}

#[test]
fn an_offset_of_zero_may_leave_local_time_unknown() {
    let unknown = reads(json!({ "utc": "unknown" }), json!({}));
    for (written, meant) in [
        ("2026-03-02T09:30:00+00:00", "2026-03-02T09:30:00Z"),
        ("2026-03-02T09:30:00+0000", "2026-03-02T09:30:00Z"),
        ("2026-03-02T09:30:00+01:00", "2026-03-02T09:30:00+01:00"),
    ] {
        assert_eq!(activity(&unknown, &line(json!({ "at": written })))["at"], meant);
    }
    // A record keeps what was read, so its own format is as it is.
    let kept = line(json!({ "source": "wiki", "at": "2026-03-02T09:30:00+00:00" }));
    let kept = unknown.read_own(&tree(&kept.to_string())).expect("its own format");
    assert_eq!(own(&kept)["at"], "2026-03-02T09:30:00+00:00");
}

#[test]
fn integers_are_read_as_other_systems_write_them() {
    let plain = reads(json!({}), json!({}));
    let words = |words: &Value| {
        activity(&plain, &line(json!({ "attributes": { "words": words } })))["attributes"]["words"].clone()
    };
    for written in [json!(85), json!(85.0), json!("85"), json!("85.00000"), json!(8.5e1)] {
        assert_eq!(words(&written), 85, "{written}");
    }
    assert_eq!(words(&json!("-85.0")), -85);
    for (written, expected) in [
        (json!(85.5), "expected a whole number, found 85.5; to read it in hundredths, add `times = 100`"),
        (json!("85.5"), "expected a whole number, found 85.5; to read it in hundredths, add `times = 100`"),
        (json!("85 points"), "expected a whole number, found the text `85 points`"),
        (json!("1e3"), "expected a whole number, found the text `1e3`"),
        (json!(1e300), "expected a whole number, found a number that is too large or too small"),
        (json!(1e-26), "expected a whole number, found a number that is too large or too small"),
        (json!(1e9 + 0.5), "found 1000000000.5"),
        (json!(u64::MAX), "within ±(2^53 − 1), found 18446744073709551615"),
        (json!("9007199254740992"), "within ±(2^53 − 1), found 9007199254740992"),
        (json!(true), "expected a whole number, found a flag"),
    ] {
        let error = read(&plain, &line(json!({ "attributes": { "words": written } }))).expect_err("no integer");
        assert!(error.starts_with("/attributes/words: ") && error.contains(expected), "{written}: {error}");
    }
    assert_eq!(activity(&plain, &line(json!({ "sequence": "7.0" })))["sequence"], 7);
}

#[test]
fn a_fraction_is_read_at_a_stated_scale() {
    let scaled = reads(json!({}), json!({ "words": { "at": "/result/score/scaled", "times": 100 } }));
    let score = |score: Value| read(&scaled, &line(json!({ "result": { "score": { "scaled": score } } })));
    for (written, meant) in
        [(json!(0.855), 85), (json!("0.85500"), 85), (json!(-0.855), -85), (json!(1), 100), (json!(0.29), 29)]
    {
        let Ok(Incoming::Activity(read)) = score(written.clone()) else { panic!("{written}") };
        assert_eq!(own(&read)["attributes"]["words"], meant, "{written}");
    }
    let error = score(json!(1e15)).expect_err("too large");
    assert_eq!(
        error,
        "/result/score/scaled: expected a whole number within ±(2^53 − 1), found 1000000000000000 times 100"
    );
}

#[test]
fn the_first_pointer_that_finds_a_value_counts() {
    let input = json!({ "actor": ["/user/login", "/user/mail", "/by"], "at": ["/updated", "/created"], "attributes": ["/a", "/b"] });
    let several = reads(input, json!({}));
    let at = json!({ "created": "2026-03-02T09:00:00Z", "updated": null, "at": null });
    let of = |more: Value| {
        let mut line = line(at.clone());
        line.as_object_mut().expect("a table").extend(more.as_object().expect("a table").clone());
        activity(&several, &line)
    };
    assert_eq!(of(json!({ "user": { "login": null, "mail": "a@b" }, "by": "cleo" }))["actor"], "a@b");
    assert_eq!(of(json!({ "by": "cleo" }))["actor"], "cleo");
    assert_eq!(of(json!({}))["at"], "2026-03-02T09:00:00Z");
    assert_eq!(of(json!({ "b": { "words": 5 } }))["attributes"]["words"], 5);
    assert_eq!(of(json!({ "a": { "words": 6 }, "b": { "words": 5 } }))["attributes"]["words"], 6);
    let error = read(&several, &line(json!({ "at": null }))).expect_err("no time");
    assert!(error.starts_with("/updated: is missing"), "{error}");
}

#[test]
fn a_pointer_runs_through_lists() {
    let own = json!({ "topics": ["/issue/labels/*/name", "/request/labels/*/name"], "recipients": ["/assignees/*/login", "/reviewer"] });
    let lists = reads(json!({}), own);
    let both = activity(
        &lists,
        &line(json!({
            "issue": { "labels": [{ "name": "rust" }, { "name": null }, {}, { "name": "go" }] },
            "request": { "labels": [{ "name": "rust" }, { "name": "sql" }] },
            "assignees": [{ "login": "ada" }, { "login": "bob" }], "reviewer": "cleo"
        })),
    );
    assert_eq!(both["attributes"]["topics"], json!(["go", "rust", "sql"]));
    assert_eq!(both["recipients"], json!(["ada", "bob", "cleo"]));
    // A list without items is a set without items; no list is no set.
    assert_eq!(activity(&lists, &line(json!({ "issue": { "labels": [] } })))["attributes"]["topics"], json!([]));
    assert_eq!(activity(&lists, &line(json!({ "issue": {} }))).get("attributes"), None);
    let error =
        read(&lists, &line(json!({ "issue": { "labels": [{}, { "name": { "en": "rust" } }] } }))).expect_err("a table");
    assert_eq!(error, "/issue/labels/1/name: expected a text or a whole number, found a table");
}

#[test]
fn each_kind_may_have_its_own_id_time_and_source() {
    let approved = program(&json!({
        "version": 1, "id": "p",
        "kinds": {
            "post": {},
            "approved": { "input": { "id": "/approval", "at": { "at": "/done", "epoch": "seconds" }, "source": "/by" } }
        }
    }));
    let read = activity(
        &approved,
        &json!({
            "kind": "approved", "approval": 7, "done": 1_772_443_800, "by": "boss", "id": "1", "at": "2026-03-09T09:00:00Z"
        }),
    );
    assert_eq!(
        (&read["source"], &read["id"], &read["at"]),
        (&json!("boss"), &json!("7"), &json!("2026-03-02T09:30:00Z"))
    );
    assert_eq!(activity(&approved, &line(json!({})))["source"], "wiki");
}

#[test]
fn a_kind_may_have_a_detail() {
    let hooks = program(&json!({
        "version": 1, "id": "p",
        "input": { "kind": ["/object_kind", "/event_name"], "detail": "/object_attributes/action", "unknown_kinds": "ignore" },
        "kinds": { "issue.opened": { "input": { "is": "issue open" } }, "issue": {}, "user_create": {} }
    }));
    let kind = |line: Value| match read(&hooks, &line).expect("a line") {
        Incoming::Activity(activity) => activity.kind().to_owned(),
        Incoming::Ignored { kind } => format!("ignored: {kind}"),
        Incoming::Void { .. } => "void".into(),
    };
    let of = |more: Value| {
        line(
            json!({ "kind": null, "object_kind": more["object_kind"], "event_name": more["event_name"], "object_attributes": more["object_attributes"] }),
        )
    };
    assert_eq!(kind(of(json!({ "object_kind": "issue", "object_attributes": { "action": "open" } }))), "issue.opened");
    assert_eq!(kind(of(json!({ "object_kind": "issue", "object_attributes": { "action": "close" } }))), "issue");
    assert_eq!(kind(of(json!({ "object_kind": "issue" }))), "issue");
    assert_eq!(kind(of(json!({ "event_name": "user_create" }))), "user_create");
    let merged = of(json!({ "object_kind": "merge_request", "object_attributes": { "action": "merge" } }));
    assert_eq!(kind(merged), "ignored: merge_request merge");
}

#[test]
fn an_id_may_be_made_from_the_content() {
    let hashed = reads(json!({ "id": ["/id", "@content"], "at": ["/at", "@received"] }), json!({}));
    let feed = |at: &str| Feed::new("lrs").with("received", at);
    let id = |line: Value| match read_from(&hashed, &line, &feed("2026-03-02T09:30:00Z")) {
        Ok(Incoming::Activity(activity)) => activity.id().to_owned(),
        other => panic!("{other:?}"),
    };
    let made = id(json!({ "kind": "post", "actor": "ada" }));
    // printf '%s' '{"actor":"ada","kind":"post"}' | sha256sum
    assert_eq!(made, "fe24bd140f53fde3d7e2a8bd1f042934");
    assert_eq!(id(json!({ "actor": "ada", "kind": "post" })), made, "the order of keys is no content");
    assert_ne!(id(json!({ "actor": "ada", "kind": "post", "note": 1 })), made, "what no pointer finds is content");
    assert_eq!(id(json!({ "id": "7", "kind": "post" })), "7");
    // Received once more, later: the first moment stands.
    let mut engine = Engine::new(hashed);
    for (at, expected) in [("2026-03-02T09:30:00Z", Status::Applied), ("2026-03-02T09:31:00Z", Status::Duplicate)] {
        let line = json!({ "kind": "post", "actor": "ada" });
        let incoming = read_from(engine.program(), &line, &feed(at)).expect("an activity");
        assert_eq!(engine.apply(incoming).expect("no conflict").status, expected);
    }
    assert_eq!(engine.standing("ada").and_then(|ada| ada.last_at()), "2026-03-02T09:30:00Z".parse().ok());
}

#[test]
fn what_a_line_says_itself_is_compared_when_it_comes_again() {
    let program = reads(json!({ "at": ["/at", "@received"], "sequence": "@line" }), json!({}));
    let mut engine = Engine::new(program);
    let feed = Feed::new("wiki").with("received", "2026-03-02T09:30:00Z");
    let mut send = |number: u64, line: Value| {
        let incoming = read_from(engine.program(), &line, &feed.line(number)).expect("an activity");
        engine.apply(incoming).map(|outcome| outcome.status).map_err(|error| error.to_string())
    };
    assert_eq!(send(1, line(json!({ "actor": "ada" }))), Ok(Status::Applied));
    assert_eq!(send(7, line(json!({ "actor": "ada" }))), Ok(Status::Duplicate), "the line number is no content");
    assert!(send(8, line(json!({ "actor": "bob" }))).is_err());
    assert!(send(9, line(json!({ "actor": "ada", "at": "2026-03-02T09:01:00Z" }))).is_err());
}

#[test]
fn what_comes_beside_the_line_is_no_part_of_it() {
    let hooks = reads(json!({ "kind": "@event", "actor": "/@event" }), json!({}));
    let feed = Feed::new("hooks").with("event", "other").with("event", "post");
    let Ok(Incoming::Activity(read)) = read_from(&hooks, &line(json!({ "@event": "ada" })), &feed) else { panic!() };
    assert_eq!((read.kind(), read.actor()), ("post", Some("ada")));
    let error = read_from(&hooks, &line(json!({ "@event": "post" })), &Feed::new("hooks")).expect_err("no header");
    assert_eq!(error, "@event: is missing; expected the kind");
}

#[test]
fn an_account_is_known_by_its_home_page_and_name() {
    let statement = |account: Value| {
        json!({
            "id": "1", "timestamp": "2026-03-02T09:00:00Z", "verb": { "id": "post" }, "object": { "id": "https://courses.example/rust" },
            "actor": { "account": account }
        })
    };
    let actor = |home: Value, account: Value| {
        let mut input = json!({ "format": "xapi" });
        if !home.is_null() {
            input["home"] = home;
        }
        let xapi = program(&json!({ "version": 1, "id": "p", "input": input, "kinds": { "post": {} } }));
        activity(&xapi, &statement(account))["actor"].clone()
    };
    let ada = json!({ "homePage": "https://lms.example", "name": "ada" });
    assert_eq!(actor(Value::Null, ada.clone()), "https://lms.example ada");
    assert_eq!(actor("https://lms.example".into(), ada.clone()), "ada");
    assert_eq!(actor(json!(["https://a.example", "https://lms.example"]), ada.clone()), "ada");
    assert_eq!(actor("https://other.example".into(), ada), "https://lms.example ada");
    assert_eq!(actor(Value::Null, json!({ "name": "ada" })), "ada");
    assert_eq!(actor(Value::Null, json!({ "homePage": "https://lms.example", "name": 7 })), "https://lms.example 7");
}

#[test]
fn a_removed_kind_is_known_from_the_error() {
    let program = reads(json!({}), json!({}));
    let kept =
        json!({ "source": "wiki", "id": "1", "at": "2026-03-02T09:00:00Z", "kind": "video.watched", "actor": "ada" });
    let error = program.read_own(&tree(&kept.to_string())).expect_err("no such kind");
    assert_eq!(error.unknown_kind(), Some("video.watched"));
    let error = program.read_own(&tree("{}")).expect_err("no source");
    assert_eq!(error.unknown_kind(), None);
}

#[test]
fn a_removed_kind_does_not_strand_a_record() {
    let with = |input: Value, kinds: Value| {
        program(&json!({
            "version": 1, "id": "p", "input": input, "kinds": kinds, "currencies": { "r": {} },
            "rules": { "p": { "on": "post", "give": { "r": 5 } } }
        }))
    };
    let kind = json!({ "attributes": { "words": "integer", "topics": "texts" } });
    let mut engine = Engine::new(with(json!({}), json!({ "post": {}, "video": kind })));
    let attributes = json!({ "words": 5, "topics": ["rust"] });
    for more in
        [json!({ "actor": "ada" }), json!({ "id": "2", "kind": "video", "actor": "ada", "attributes": attributes })]
    {
        let incoming = read(engine.program(), &line(more)).expect("an activity");
        engine.apply(incoming).expect("it is new");
    }
    let snapshot = engine.snapshot();
    assert!(Engine::restore(with(json!({}), json!({ "post": {} })), &snapshot).is_err(), "unknown kinds are refused");
    let fewer = with(json!({ "unknown_kinds": "ignore" }), json!({ "post": {} }));
    let restored = Engine::restore(fewer, &snapshot).expect("unknown kinds are ignored");
    let ada = restored.history("ada").expect("she posted");
    assert_eq!((ada.activities().count(), restored.standing("ada").and_then(|ada| ada.total("r"))), (1, Some(5)));
}

#[test]
fn a_summary_says_what_reading_lost() {
    let program = reads(json!({ "unknown_kinds": "ignore" }), json!({}));
    let mut summary = FeedSummary::new(&program);
    assert_eq!(summary.remarks(), []);
    let mut add = |more: Value| summary.add(&read(&program, &line(more)).expect("a line"));
    for (id, actor) in [(1, json!("Ada")), (2, json!(" ada")), (3, Value::Null), (4, json!("bob"))] {
        let attributes = json!({ "words": 1, "due": "2026-03-02", "draft": true, "asker": "bob" });
        add(json!({ "id": id, "actor": actor, "attributes": attributes, "at": format!("2026-03-0{id}T09:00:00Z") }));
    }
    // Nobody is named by the third, but its asker is.
    add(json!({ "id": 5 }));
    for (id, kind) in [(6, "POST"), (7, "POST"), (8, "something.else")] {
        add(json!({ "id": id, "kind": kind }));
    }
    add(json!({ "id": 9, "at": "2062-03-04T09:00:00Z", "actor": "bob" }));
    let remarks: Vec<String> = summary.remarks().iter().map(ToString::to_string).collect();
    assert_eq!(
        remarks,
        [
            "1 activity names nobody, so nobody gets anything",
            "`topics` is absent in all 6 activities of kind `post`",
            "kind `POST` ignored in 2 lines; did you mean `post`?",
            "kind `something.else` ignored in 1 line",
            "`Ada` and ` ada` are different members",
            "1 activity lies 13149 days after all others, at 2062-03-04T09:00:00Z",
        ]
    );
}
