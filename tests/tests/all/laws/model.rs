//! Laws 2, 3 and 4: the core does what the slow model says.

use super::{cases, regressions};
use crate::world::{activity, board_of, engine, ledger};
use knownfor::{
    Audience, Engine, SharedPart, Standing, ViewContext,
    view::{AudienceView, BoardRow},
};
use knownfor_tests::{
    generate::{self, Case},
    model::{self, Consent, Known, Line, PARTS, Viewer},
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The ledger of a member as the model writes it.
fn as_the_model(engine: &Engine, member: &str) -> Vec<Line> {
    ledger(engine, member).lines().map(as_line).collect()
}

fn as_line(line: &str) -> Line {
    let line: Value = serde_json::from_str(line).expect("a line of the ledger is JSON");
    let text = |key: &str| line[key].as_str().map(str::to_owned);
    let causes = ["rule", "reward", "badge", "level"].into_iter().filter_map(|cause| Some((cause, text(cause)?)));
    let (cause, name) = causes.into_iter().next_back().expect("a line has a cause");
    Line {
        at: text("at").unwrap_or_default(),
        source: text("source").unwrap_or_default(),
        activity: text("activity").unwrap_or_default(),
        kind: text("kind").unwrap_or_default(),
        cause,
        name,
        role: text("role").unwrap_or_default(),
        object: text("object"),
        currency: text("currency"),
        amount: line["amount"].as_i64().unwrap_or(0),
        grade: text("grade"),
        taken: line["taken"] == true,
        times: line["times"].as_i64(),
        backfill: line["backfill"] == true,
    }
}

/// Compares what the core and the model know about each member.
fn compare(program: &Value, engine: &Engine, known: &BTreeMap<String, Known>) -> Result<(), TestCaseError> {
    let members: Vec<&str> = engine.members().collect();
    prop_assert_eq!(members, known.keys().map(String::as_str).collect::<Vec<_>>());
    for (member, known) in known {
        let lines = as_the_model(engine, member);
        let same = lines.iter().zip(&known.lines).take_while(|(core, model)| core == model).count();
        prop_assert_eq!(&lines[same..], &known.lines[same..], "ledger of {} after {} lines", member, same);
        let standing = engine.standing(member).expect("a member has a standing");
        for (currency, total) in &known.totals {
            prop_assert_eq!(standing.total(currency), Some(*total));
        }
        prop_assert_eq!(i64::from(standing.completeness()), known.completeness);
        compare_consent(engine, member, &known.consent)?;
        compare_topics(program, engine, member, known)?;
        prop_assert_eq!(standing.level(), known.level.as_deref());
        let held: Vec<&str> = standing.badges().into_iter().map(|badge| badge.name).collect();
        let mut expected: Vec<&str> = known.badges.iter().map(|(badge, ..)| badge.as_str()).collect();
        expected.dedup();
        prop_assert_eq!(held, expected);
    }
    Ok(())
}

/// Compares who sees what of a member: the member, someone in their team, and anyone else.
fn compare_consent(engine: &Engine, member: &str, consent: &Consent) -> Result<(), TestCaseError> {
    let standing = engine.standing(member).expect("a member has a standing");
    prop_assert_eq!(standing.is_published(), consent.published);
    let now = "2026-03-30T12:00:00Z".parse().expect("a time");
    let of = |viewer| ViewContext::of(viewer, "en", now);
    let asks = [
        (Viewer::Own, of(member)),
        (Viewer::Mate, ViewContext { team: &["nobody", member], ..of("mate") }),
        (Viewer::Colleague, ViewContext { team: &["nobody"], ..of("colleague") }),
    ];
    for (viewer, ask) in asks {
        for (part, share) in PARTS.into_iter().zip(SHARES) {
            let may_see = standing.shows(member, share, &ask);
            prop_assert_eq!(may_see, consent.shows(part, viewer), "{} of {} for {:?}", part, member, viewer);
        }
        prop_assert_eq!(engine.view(member, &ask).is_some(), consent.shows_any(viewer), "{} for {:?}", member, viewer);
        for board in engine.program().boards() {
            let (is_found, is_last) = find(engine, member, board, &ask);
            let is_on = consent.is_on(board, viewer) && !is_last;
            prop_assert_eq!(is_found, is_on, "{} on {} for {:?}", member, board, viewer);
        }
    }
    let own = engine.view(member, &of(member)).expect("one's own view");
    prop_assert_eq!(own.model, consent.model);
    if let Some(audience) = own.audience {
        let AudienceView { points, badges, topics, profile, boards, .. } = audience;
        let said = [points, badges, topics, profile, boards].map(Audience::name);
        prop_assert_eq!(said, PARTS.map(|part| &*consent.audience[part]), "what {} is told of it", member);
    }
    Ok(())
}

/// Whether a viewer finds a member on a board with nobody else on it, and whether the member would be the last of the
/// two, whom the viewer is not shown.
fn find(engine: &Engine, member: &str, board: &str, ask: &ViewContext<'_>) -> (bool, bool) {
    let standing = engine.standing(member).expect("a member has a standing");
    let rows = |standings: &[(&str, &Standing)], ask: &ViewContext<'_>| {
        board_of(engine.program(), standings.iter().copied(), board, ask, 100).rows
    };
    let own = rows(&[(member, standing)], &ViewContext { viewer: member, ..*ask });
    if member == ask.viewer {
        return (!own.is_empty(), false);
    }
    let mut rivals = Engine::new(engine.program().clone());
    for (id, kind) in ["published", "joined"].into_iter().enumerate() {
        let line = json!({ "id": id, "at": "2020-01-01T00:00:00Z", "kind": kind, "actor": ask.viewer });
        rivals.apply(activity(rivals.program(), &line)).expect("a statement");
    }
    let rival = rivals.standing(ask.viewer).expect("a standing");
    let shown = rows(&[(member, standing), (ask.viewer, rival)], ask);
    let total = |rows: &[BoardRow]| rows.iter().find(|row| row.own).and_then(|row| row.total);
    (shown.iter().any(|row| row.member == member), total(&own) < total(&shown))
}

/// Compares what a member is known for, and to whom.
fn compare_topics(program: &Value, engine: &Engine, member: &str, known: &Known) -> Result<(), TestCaseError> {
    let standing = engine.standing(member).expect("a member has a standing");
    let as_model = |topic: &knownfor::Topic| model::Topic {
        topic: topic.topic.as_str().to_owned(),
        claimed: topic.claimed,
        strength: topic.strength,
        confirmed: i64::from(topic.confirmed),
        evidence: topic.evidence.iter().map(|of| (of.tally.to_owned(), of.value)).collect(),
    };
    let topics: Vec<_> = standing.topics().iter().map(as_model).collect();
    prop_assert_eq!(&topics, &known.topics, "topics of {}", member);
    let now = "2026-03-30T12:00:00Z".parse().expect("a time");
    // Members find themselves wherever their team would find them.
    let own = (Viewer::Mate, ViewContext::of(member, "en", now));
    let mate = (Viewer::Mate, ViewContext { team: &[member], ..ViewContext::of("mate", "en", now) });
    let colleague = (Viewer::Colleague, ViewContext::of("colleague", "en", now));
    for topic in &topics {
        let told = topic.strength_to_others(program);
        let is_told = topic.claimed || (!known.claims_topics && told > 0);
        for (viewer, ask) in [own, mate, colleague] {
            let found = engine.known_for(&topic.topic, &ask, 100).experts;
            let strength = found.iter().find(|expert| expert.member == member).map(|expert| expert.strength);
            let shown = is_told && known.consent.shows("topics", viewer);
            prop_assert_eq!(strength, shown.then_some(told), "{} for {:?}", member, viewer);
        }
    }
    Ok(())
}

/// What a member can share, in the order of the model's parts.
const SHARES: [SharedPart; 5] =
    [SharedPart::Points, SharedPart::Badges, SharedPart::Topics, SharedPart::Profile, SharedPart::Boards];

proptest! {
    #![proptest_config(cases(400, regressions!("model")))]

    #[test]
    fn the_core_agrees_with_the_model(case in generate::cases(36)) {
        let Case { program, record, voids } = case;
        let engine = engine(&program, &record, &voids);
        compare(&program, &engine, &model::run(&program, &record, &voids, None))?;
    }
}

proptest! {
    #![proptest_config(cases(500, regressions!("model-borders")))]

    #[test]
    fn the_core_agrees_with_the_model_at_borders(case in generate::borderline()) {
        let Case { program, record, voids } = case;
        let engine = engine(&program, &record, &voids);
        compare(&program, &engine, &model::run(&program, &record, &voids, None))?;
    }
}

/// The activities in order of time, as core must see them whatever the order in which they come.
fn by_time(record: &[Value]) -> Vec<Value> {
    let mut record = record.to_vec();
    record.sort_by_key(|one| one["at"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok()));
    record
}

proptest! {
    // In a long record, the core keeps checkpoints, from which a reverse recomputes.
    #![proptest_config(cases(16, regressions!("model-long")))]

    #[test]
    fn the_core_agrees_with_the_model_on_long_records(case in prop_oneof![generate::cases(160), generate::undone(160)]) {
        let Case { program, record, voids } = case;
        let known = model::run(&program, &record, &voids, None);
        let forwards = by_time(&record);
        let backwards: Vec<Value> = forwards.iter().rev().cloned().collect();
        for record in [record, forwards, backwards] {
            compare(&program, &engine(&program, &record, &voids), &known)?;
        }
    }
}
