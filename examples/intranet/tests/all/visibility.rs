//! Visibility: what each viewer gets from every route, to the byte, for every state that Sam can be in.

use crate::support::company::{Company, SAM, TOPIC, VIEWERS, WORDS, deed, sam_shares, sam_shows_all, sam_takes_part};
use serde_json::{Value, json};

/// Parts of what a member shares.
const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];

/// Pages, asked about Sam.
const PAGES: [&str; 11] = [
    "/",
    "/people",
    "/people/sam",
    "/people/sam/edit",
    "/experts",
    "/experts?topic=ZEBRA%20QUILTS",
    "/models/sam",
    "/settings",
    "/thanks",
    "/programme",
    "/data-sheet",
];

/// Every address in the API's document, asked about Sam. A new route must be added here.
fn questions(company: &Company) -> Vec<String> {
    let described = company.ask("GET", "/api/openapi.json", "", "").json;
    let mut questions: Vec<String> = PAGES.map(String::from).into();
    for (path, methods) in described["paths"].as_object().unwrap() {
        if methods.get("get").is_none() {
            continue;
        }
        let filled =
            path.replace("{id}", SAM).replace("{board}", "recognition").replace("{challenge}", "first-thirty-days");
        // These say everyone, also strangers, that the server works.
        if filled == "/live" || filled == "/ready" {
            continue;
        }
        assert!(!filled.contains('{'), "{path} is new to this test");
        match filled.as_str() {
            "/api/experts" => questions.push(format!("{filled}?topic=ZEBRA%20QUILTS")),
            "/api/topics" => questions.extend([filled.clone(), format!("{filled}?beginning=zeb")]),
            "/api/people" => questions.push(format!("{filled}?beginning=s")),
            "/api/live" => questions.push(format!("{filled}?member={SAM}")),
            "/api/boards/recognition" => questions.extend([filled.clone(), format!("{filled}?rows=9")]),
            _ if filled.ends_with("/why") || filled.ends_with("/why-not") => {
                questions.push(format!("{filled}?badge=storyteller"));
            }
            _ => questions.push(filled),
        }
    }
    questions
}

/// Everything that the server answers a viewer, headers included. A stream never ends, so of a stream only its beginning counts.
fn answers(company: &Company, viewer: &str) -> Vec<(String, u16, String)> {
    let ask = |question: String| {
        if question.starts_with("/api/live") && company.ask("GET", "/api/members/sam/view", viewer, "").status == 200 {
            return (question, 200, String::new());
        }
        let answer = company.ask("GET", &question, viewer, "");
        (question, answer.status, answer.headers + &answer.text)
    };
    questions(company).into_iter().map(ask).collect()
}

/// What others may do about Sam, and the answers they get.
fn actions_of_others(company: &Company, viewer: &str) -> Vec<(String, u16, String)> {
    let described = company.ask("GET", "/api/openapi.json", "", "").json;
    let mut all = Vec::new();
    for (path, methods) in described["paths"].as_object().unwrap() {
        for method in
            ["put", "post"].into_iter().filter(|method| methods.get(*method).is_some() && path.contains("{id}"))
        {
            let path = path.replace("{id}", SAM).replace("{challenge}", "first-thirty-days");
            let answer = company.ask(&method.to_uppercase(), &path, viewer, "{}");
            assert_eq!(answer.status, 403, "{viewer} may {method} {path}: {answer:?}");
            all.push((format!("{method} {path}"), answer.status, answer.text));
        }
    }
    let thanks = json!({"to": SAM, "topic": TOPIC}).to_string();
    let thanked = company.ask("POST", &format!("/api/members/{viewer}/kudos"), viewer, &thanks);
    all.push(("thanks".into(), thanked.status, thanked.text));
    for (page, form) in [("/people/sam/thanks", "topic=quilts"), ("/people/sam/edit", "value.headline=Mine+now")] {
        let answer = company.ask("POST", page, viewer, form);
        all.push((page.into(), answer.status, answer.text));
    }
    all
}

/// Sam's record, with one more activity after it.
fn and_then(mut deeds: Vec<Value>, kind: &str) -> Vec<Value> {
    let says = if kind.starts_with("member.") { json!({"actor": null, "owner": SAM}) } else { json!({}) };
    deeds.push(deed(330, kind, SAM, says));
    deeds
}

#[test]
fn hidden_and_absent_are_the_same_to_the_byte() {
    let and_then_only = |kind| and_then(Vec::new(), kind);
    let hidden = [
        ("never published", sam_takes_part(), Vec::new()),
        ("hidden again", and_then(sam_shows_all(), "profile.hidden"), Vec::new()),
        // Figures leave out who has gone once the next month begins, so beside them stands somebody who has gone, too.
        ("left", and_then(sam_shows_all(), "member.left"), and_then_only("member.left")),
        ("suspended", and_then(sam_shows_all(), "member.suspended"), and_then_only("member.suspended")),
        ("shared with nobody", sam_shares(&PARTS, "private"), Vec::new()),
    ];
    for (state, deeds, deeds_of_absent) in hidden {
        let (absent, company) = (Company::with(&deeds_of_absent, &[]), Company::with(&deeds, &[]));
        for viewer in VIEWERS {
            for (expected, found) in answers(&absent, viewer).iter().zip(&answers(&company, viewer)) {
                assert_eq!(expected, found, "{state}, seen by {viewer}");
                assert!(!found.2.contains(WORDS) && !found.2.contains(TOPIC), "{state}, seen by {viewer}: {found:?}");
            }
            assert_eq!(
                actions_of_others(&absent, viewer),
                actions_of_others(&company, viewer),
                "{state}, asked by {viewer}"
            );
        }
    }
}

#[test]
fn a_person_removed_from_the_directory_looks_like_one_who_never_existed() {
    // Enough for the numbers of a group.
    let joined = |colleague: usize| {
        deed(290, "challenge.joined", &format!("c{colleague}"), json!({"object": "first-thirty-days"}))
    };
    let others: Vec<Value> = (0..10).map(joined).collect();
    let with_sam = [others.clone(), sam_shows_all()].concat();
    let (absent, gone) = (Company::with(&others, &[SAM]), Company::with(&with_sam, &[SAM]));
    assert_eq!(gone.ask("GET", "/api/challenges/first-thirty-days", "mate", "").json["members"], 10);
    for viewer in VIEWERS {
        assert_eq!(answers(&absent, viewer), answers(&gone, viewer), "seen by {viewer}");
        assert_eq!(actions_of_others(&absent, viewer), actions_of_others(&gone, viewer), "asked by {viewer}");
    }
    assert_eq!(gone.ask("GET", "/api/members/sam/view", SAM, "").status, 403);
}

#[test]
fn a_member_who_returns_is_seen_as_before() {
    let (before, back) = (Company::with(&sam_shows_all(), &[]), {
        let mut deeds = and_then(sam_shows_all(), "member.suspended");
        deeds.push(deed(331, "member.returned", SAM, json!({"actor": null, "owner": SAM})));
        Company::with(&deeds, &[])
    });
    for viewer in VIEWERS {
        assert_eq!(answers(&before, viewer), answers(&back, viewer), "seen by {viewer}");
    }
}

/// Which parts of what Sam shares a viewer finds in any answer.
fn found(company: &Company, viewer: &str) -> [(&'static str, bool); 5] {
    let answers = answers(company, viewer);
    let anywhere = |words: &str| answers.iter().any(|(_, _, text)| text.contains(words));
    let of_sam = |words: &str| {
        let about = ["/api/members/sam/view", "/people/sam"];
        answers.iter().any(|(question, _, text)| about.contains(&question.as_str()) && text.contains(words))
    };
    let on_board =
        answers.iter().any(|(question, _, text)| question.starts_with("/api/boards") && text.contains("\"sam\""));
    let expert =
        answers.iter().any(|(question, _, text)| question.starts_with("/api/experts") && text.contains("\"sam\""));
    if viewer != SAM {
        assert_eq!(anywhere(TOPIC), expert, "topics and experts, {viewer}");
    }
    // Numbers are on nobody's page but one's own.
    assert_eq!(viewer == SAM, of_sam("<known-for-standing"), "points on the page, {viewer}");
    [
        ("points", of_sam("\"currency\"")),
        ("badges", of_sam("toryteller")),
        ("topics", anywhere(TOPIC)),
        ("profile", anywhere(WORDS)),
        ("boards", on_board),
    ]
}

#[test]
fn each_part_is_seen_by_its_audience_and_by_nobody_else() {
    for part in PARTS {
        for audience in ["private", "team", "company"] {
            let company = Company::with(&sam_shares(&[part], audience), &[]);
            for viewer in VIEWERS {
                let is_for = audience == "company" || (audience == "team" && viewer == "mate");
                let expected = PARTS.map(|other| (other, other != part || is_for));
                assert_eq!(found(&company, viewer), expected, "{part} for the {audience}, seen by {viewer}");
                // A role model's steps lead to what the model shows, so they name no field that is hidden.
                let steps = company.ask("GET", "/api/models/sam", viewer, "").json["steps"].to_string();
                let is_shown = is_for || !["topics", "profile"].contains(&part);
                assert_eq!(steps.contains(r#""id":"known-for""#), is_shown, "{part} for the {audience}: {steps}");
            }
            assert_eq!(found(&company, SAM), PARTS.map(|part| (part, true)), "{part} for the {audience}, seen by Sam");
        }
    }
}

#[test]
fn what_only_the_member_sees_is_in_no_answer_to_another_viewer() {
    let company = Company::with(&sam_shows_all(), &[]);
    for viewer in VIEWERS {
        let view = company.ask("GET", "/api/members/sam/view", viewer, "").json;
        let mut parts: Vec<&String> = view.as_object().unwrap().keys().collect();
        parts.sort();
        assert_eq!(
            parts,
            ["badges", "member", "model", "name", "own", "published", "standing", "topics", "version"],
            "{viewer}"
        );
        for (question, status, text) in answers(&company, viewer) {
            let own = ["entries", "why", "why-not", "profile"].map(|own| format!("/api/members/sam/{own}"));
            if own.iter().any(|own| question.split('?').next() == Some(own)) {
                assert_eq!(status, 403, "{question}: {text}");
            }
        }
    }
}

#[test]
fn people_outside_the_directory_and_visitors_see_nothing() {
    let company = Company::with(&sam_shows_all(), &[]);
    for (viewer, expected) in [("stranger", 403), ("", 401)] {
        for (question, status, text) in answers(&company, viewer) {
            if question == "/api/openapi.json" {
                continue;
            }
            assert_eq!(status, expected, "{question} for `{viewer}`: {text}");
            for secret in [WORDS, TOPIC, "The sam", "The mate", "Storyteller"] {
                assert!(!text.contains(secret), "{question} for `{viewer}`: {text}");
            }
        }
    }
}

#[test]
fn opting_out_looks_as_if_the_member_had_never_joined() {
    let said = |deeds: &[Value], kind: &str| -> Vec<Value> {
        deeds.iter().filter(|deed| deed["kind"] != kind).cloned().collect()
    };
    let all = sam_shows_all();
    let unclaimed = || {
        let mut deeds = all.clone();
        deeds.push(deed(331, "topics.claimed", SAM, json!({"attributes": {"topics": []}})));
        deeds
    };
    for (what, never, after) in [
        ("a board", said(&all, "board.joined"), and_then(all.clone(), "board.left")),
        ("topics", said(&all, "topics.claimed"), unclaimed()),
        ("being a model", said(&all, "model.agreed"), and_then(all.clone(), "model.ended")),
        ("recognition", Vec::new(), and_then(all.clone(), "profile.hidden")),
    ] {
        let (never, after) = (Company::with(&never, &[]), Company::with(&after, &[]));
        for viewer in VIEWERS {
            assert_eq!(answers(&never, viewer), answers(&after, viewer), "{what}, seen by {viewer}");
        }
    }
    // The test can fail: if Sam stays, others see it.
    let (never, stays) = (Company::with(&said(&all, "board.joined"), &[]), Company::with(&all, &[]));
    assert_ne!(answers(&never, "mate"), answers(&stays, "mate"));
}
