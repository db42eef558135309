//! Seen: the circle named beside a deed or a form is exactly the one that then sees the result.
//!
//! Each deed that a member is offered is done in several ways. Then the views of somebody in the team and of somebody
//! else in the company are compared with those before.

use super::{cases, regressions};
use crate::world::{activity, board_of, engine};
use knownfor::{Audience, Engine, SharedPart, Standing, Timestamp, ViewContext, view::MemberView};
use knownfor_tests::generate;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Later than all records.
const LATER: &str = "2036-01-01T00:00:00Z";
const TOPICS: [&str; 5] = ["go", "rust", "sql", "c++", "law"];

fn later() -> Timestamp {
    LATER.parse().expect("a time")
}

/// What a circle sees of a member: their view, the fields that the host shows, and their rows on boards.
#[derive(Debug, PartialEq)]
struct Seen {
    view: Option<MemberView>,
    fields: Option<Vec<(String, String)>>,
    /// Where the row is, and the total that decides where it is among others.
    rows: BTreeMap<String, Option<(usize, Option<i64>)>>,
}

/// The circles around a member that others can belong to.
const CIRCLES: [Audience; 2] = [Audience::Company, Audience::Team];

fn seen(standing: &Standing, member: &str, circle: Audience, rival: &Standing) -> Seen {
    let team: &[&str] = if circle == Audience::Team { &[member] } else { &[] };
    let ask = ViewContext { team, ..ViewContext::of("rival", "en", later()) };
    let own = standing.view(member, &ViewContext::of(member, "en", later())).expect("one's own view");
    let fields = own.profile.iter().flat_map(|profile| &profile.fields);
    let fields = fields.map(|field| (field.field.clone(), field.state.name().to_owned()));
    let program = standing.program();
    let row = |board: &str| {
        let rows = |ask: &ViewContext<'_>| {
            let all = [(member, standing), ("rival", rival)];
            board_of(program, all, board, ask, 9).rows
        };
        let own = rows(&ViewContext::of(member, "en", later())).into_iter().find(|row| row.own);
        let place = rows(&ask).iter().position(|row| row.member == member)?;
        Some((place, own.and_then(|row| row.total)))
    };
    Seen {
        view: standing.view(member, &ask),
        fields: standing.shows(member, SharedPart::Profile, &ask).then(|| fields.collect()),
        rows: program.boards().map(|board| (board.to_owned(), row(board))).collect(),
    }
}

/// Somebody on all boards, with nothing.
fn rival(engine: &Engine) -> Standing {
    let mut rivals = Engine::new(engine.program().clone());
    for (id, kind) in ["published", "joined"].into_iter().enumerate() {
        let line = json!({ "id": id, "at": "2020-01-01T00:00:00Z", "kind": kind, "actor": "rival" });
        rivals.apply(activity(rivals.program(), &line)).expect("a statement");
    }
    rivals.standing("rival").expect("a standing").clone()
}

/// A standing after one more activity.
fn after(standing: &Standing, member: &str, mut line: Value) -> Standing {
    let mut standing = standing.clone();
    line["id"] = "done".into();
    line["at"] = LATER.into();
    line["actor"] = member.into();
    let program = standing.program().clone();
    program.apply(&mut standing, member, &activity(&program, &line)).expect("it is the last");
    standing
}

/// The ways to do a deed of a kind: without a word, with all that an activity can say, and as others did it.
fn ways(kind: &str, record: &[Value]) -> Vec<Value> {
    let full = json!({
        "kind": kind, "owner": "somebody", "recipients": ["somebody else"], "object": "something new",
        "attributes": { "words": 1_000_000_000, "topics": TOPICS, "audience": "public", "draft": true, "asker": "somebody" }
    });
    let mut ways = vec![json!({ "kind": kind }), full];
    ways.extend(record.iter().filter(|one| one["kind"] == kind).take(3).map(|one| {
        let mut one = one.clone();
        one["sequence"] = Value::Null;
        one["source"] = "wiki".into();
        one
    }));
    ways
}

/// The widest circle that sees something else of a member than before.
fn widest(before: &Standing, after: &Standing, member: &str, rival: &Standing) -> Audience {
    let changes = |circle: &Audience| seen(before, member, *circle, rival) != seen(after, member, *circle, rival);
    CIRCLES.into_iter().find(changes).unwrap_or(Audience::Private)
}

/// Cases in which deeds are seen by few, in all ways that a program can have it.
fn quiet() -> impl Strategy<Value = (generate::Case, bool)> {
    let circles = vec(select(&[Audience::Private, Audience::Private, Audience::Team, Audience::Company][..]), 6);
    (generate::cases(30), circles, any::<bool>()).prop_map(|(mut case, circles, plain)| {
        for (kind, circle) in ["post", "like", "dislike", "thank", "published", "claimed"].iter().zip(circles) {
            case.program["kinds"][*kind]["comfort"] = circle.name().into();
        }
        if plain {
            for section in ["rules", "tallies"] {
                for (_, of) in case.program[section].as_object_mut().into_iter().flatten() {
                    of.as_object_mut().and_then(|of| of.remove("if"));
                }
            }
            // Without the condition, its tally would name colleagues who did not agree to it.
            case.program
                .pointer_mut("/topics")
                .and_then(Value::as_object_mut)
                .and_then(|topics| topics.remove("named_by"));
        }
        (case, plain)
    })
}

fn comfort(program: &Value, kind: &str) -> Audience {
    let said = program["kinds"][kind]["comfort"].as_str();
    let named = |circle: &&Audience| Some(circle.name()) == said;
    *[Audience::Private, Audience::Team, Audience::Company, Audience::Public]
        .iter()
        .find(named)
        .unwrap_or(&Audience::Private)
}

proptest! {
    #![proptest_config(cases(120, regressions!("seen")))]

    #[test]
    fn who_is_named_is_who_sees_it((case, _) in quiet()) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let rival = rival(&engine);
        for member in engine.members() {
            // A reverse must be folded from the record, and what falls due is not the deed's.
            let standing = engine.as_of(member, later()).expect("a member has a standing").standing;
            let view = standing.view(member, &ViewContext::of(member, "en", later())).expect("one's own view");
            let number = json!({ "revision": standing.next_revision() });
            // Forms whose result is known: an answer, a claim and publishing. Exactly those named see an answer.
            let fields = view.profile.iter().flat_map(|profile| &profile.fields);
            for field in fields.filter(|field| !field.state.is_done()) {
                let mut line = json!({ "kind": "profile" });
                line["profile"][&field.field] = "done".into();
                let found = widest(&standing, &after(&standing, member, line), member, &rival);
                let least = comfort(&case.program, "profile");
                prop_assert_eq!(field.audience, least.max(found), "{} of {}", field.field, member);
            }
            if let Some(audience) = view.claim_audience {
                let claims = standing.topics().into_iter().filter(|topic| topic.claimed).map(|topic| topic.topic.to_string());
                let mut line = json!({ "kind": "claimed", "attributes": number });
                line["attributes"]["topics"] = claims.chain(["something new".to_owned()]).collect();
                let found = widest(&standing, &after(&standing, member, line), member, &rival);
                prop_assert!(found <= audience, "a claim of {} is seen by {:?}, named was {:?}", member, found, audience);
            }
            if let Some(audience) = view.publish_audience {
                let line = json!({ "kind": "published", "attributes": number });
                let found = widest(&standing, &after(&standing, member, line), member, &rival);
                prop_assert!(found <= audience, "publishing {} is seen by {:?}, named was {:?}", member, found, audience);
            }
            // A step that is not for the member is gone, for exactly those named.
            for (step, decline) in view.steps.iter().filter_map(|step| Some((step, step.decline.as_ref()?))) {
                let said = standing.declined_steps().iter().map(ToString::to_string);
                let mut line = json!({ "kind": "skipped", "attributes": number });
                line["attributes"]["steps"] = said.chain([decline.key.clone()]).collect();
                let done = after(&standing, member, line);
                let found = widest(&standing, &done, member, &rival);
                prop_assert!(found <= decline.audience, "{:?} of {} is seen by {:?}", step, member, found);
                let own = done.view(member, &ViewContext::of(member, "en", later())).expect("one's own view");
                let keys = own.steps.iter().filter_map(|step| Some(&step.decline.as_ref()?.key));
                prop_assert!(keys.into_iter().all(|key| *key != decline.key), "{:?} is offered to {}", step, member);
                prop_assert!(own.declined.iter().any(|declined| declined.key == decline.key), "{:?} of {}", step, member);
            }
            // Deeds that can be done in many ways. None is seen by anyone who was not named.
            for step in &view.steps {
                let Some(kind) = &step.kind else { continue };
                for way in ways(kind, &case.record) {
                    let done = after(&standing, member, way.clone());
                    let found = widest(&standing, &done, member, &rival);
                    prop_assert!(found <= step.audience, "{} of {} is seen by {:?}: {:?}", way, member, found, step);
                }
            }
        }
    }
}

/// A law over names that never differ from the kind's own circle would test nothing.
#[test]
fn named_circles_are_wider_than_their_kinds_and_narrower_than_the_company() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut wider, mut narrow) = (0, 0);
    for _ in 0..150 {
        if wider >= 20 && narrow >= 20 {
            break;
        }
        let (case, _) = quiet().new_tree(&mut runner).expect("cases can be made up").current();
        let engine = engine(&case.program, &case.record, &case.voids);
        for member in engine.members() {
            let view = engine.view(member, &ViewContext::of(member, "en", later())).expect("one's own view");
            for step in view.steps.iter().filter(|_| view.published) {
                let own = comfort(&case.program, step.kind.as_deref().unwrap_or("profile"));
                wider += i32::from(step.audience > own);
                narrow += i32::from(step.audience < Audience::Company);
            }
        }
    }
    assert!(wider >= 20 && narrow >= 20, "{wider} steps are seen by more than their kind says, {narrow} by few");
}
