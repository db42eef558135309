//! Mixing: things of two programs never mix silently. The types rule out most mixtures, and all others are errors.

use crate::world::{activities, program};
use knownfor::{
    ApplyError, Batch, Boards, Engine, Experts, History, MemberBatch, OtherProgram, Program, Rebuild, Standing, Tree,
    ViewContext,
};
use serde_json::{Value, json};

/// A program with more of everything than [`small`], so that its ids are out of range there.
fn large() -> Value {
    json!({ "version": 1, "id": "large",
        "kinds": { "noted": {}, "asked": {}, "blogged": {}, "published": {}, "hidden": {}, "said": {}, "modelled": {}, "ended": {} },
        "currencies": { "thanks": {}, "points": {} },
        "rules": {
            "note": { "on": "noted", "give": { "thanks": 1 } },
            "ask": { "on": "asked", "give": { "thanks": 2 } },
            "blog": { "on": "blogged", "give": { "points": 5 } }
        },
        "tallies": { "posts": { "count": "blogged" } },
        "badges": { "writer": { "when": { "posts": 1 } } },
        "profile": { "on": "said", "published_by": "published", "hidden_by": "hidden", "fields": { "motto": { "ask": "Yours?" } } },
        "boards": { "all": { "of": "points", "joined_by": "noted", "left_by": "asked" } } })
}

fn small() -> Value {
    json!({ "version": 1, "id": "small", "kinds": { "blogged": {}, "noted": {}, "asked": {} }, "currencies": { "points": {} },
        "rules": { "blog": { "on": "blogged", "give": { "points": 1 } } },
        "boards": { "all": { "of": "points", "joined_by": "noted", "left_by": "asked" } } })
}

fn record() -> Vec<Value> {
    vec![json!({ "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blogged", "actor": "ada" })]
}

fn engine_of(program_of: &Value) -> Engine {
    let mut engine = Engine::new(program(program_of));
    for activity in activities(engine.program(), &record()) {
        engine.apply(activity).expect("the activity is accepted");
    }
    engine
}

#[test]
fn entries_and_standings_answer_by_their_own_program() {
    let engine = engine_of(&large());
    let line = engine.ledger("ada")[0].line("ada");
    assert_eq!((line.rule.as_deref(), line.amount), (Some("blog"), Some(5)));
    assert_eq!(engine.ledger("ada")[0].program().id(), "large");
    let standing = engine.standing("ada").expect("ada has a standing");
    assert_eq!((standing.total("points"), standing.total("thanks"), standing.total("gold")), (Some(5), Some(0), None));
    assert_eq!(standing.redeemed("mug"), None);
}

#[test]
fn an_entry_of_another_program_or_member_has_no_reason_here() {
    let (large, small) = (engine_of(&large()), engine_of(&small()));
    let history = small.history("ada").expect("ada has a record");
    assert_eq!(history.why(&large.ledger("ada")[0], "en"), None);
    assert!(history.why(&small.ledger("ada")[0], "en").is_some());
    let nobody = History::new(small.program(), "bob", []).expect("no activity is of another program");
    assert_eq!(nobody.why(&small.ledger("ada")[0], "en"), None);
}

#[test]
fn activities_of_another_program_are_refused() {
    let (large, mut small) = (engine_of(&large()), engine_of(&small()));
    let foreign = activities(large.program(), &record()).remove(0);
    assert_eq!(small.apply(foreign.clone()).unwrap_err(), ApplyError::OtherProgram);
    assert_eq!(History::new(small.program(), "ada", [foreign.clone()]).unwrap_err(), OtherProgram);
    let mut batch = Batch::new(small.program());
    let unknown = small.program().known(None::<&Tree<'_>>, false);
    assert_eq!(batch.add(foreign.clone(), unknown).unwrap_err(), ApplyError::OtherProgram);
    assert_eq!(batch.members().count(), 0);
    assert_eq!(MemberBatch::of(small.program(), "ada", [foreign.clone()], []).unwrap_err(), OtherProgram);
    let ours = MemberBatch::of(small.program(), "ada", [], []).expect("no activity is of another program");
    let history = History::new(large.program(), "ada", []).expect("no activity is of another program");
    assert_eq!(ours.fold(history).unwrap_err(), ApplyError::OtherProgram);
    let mut standing = Standing::new(small.program());
    assert_eq!(small.program().apply(&mut standing, "ada", &foreign).unwrap_err(), Rebuild);
    assert_eq!(standing, Standing::new(small.program()));
}

#[test]
fn standings_of_another_program_are_refused() {
    let (large, small) = (engine_of(&large()), engine_of(&small()));
    let foreign = large.standing("ada").expect("ada has a standing");
    let now = "2026-03-03T00:00:00Z".parse().expect("a time");
    let context = ViewContext::of("bob", "en", now);
    let program = small.program();
    assert_eq!(Boards::new(program).update("ada", foreign, now).unwrap_err(), OtherProgram);
    assert_eq!(program.report([("sales", foreign)], now).unwrap_err(), OtherProgram);
    let own = small.standing("ada");
    assert_eq!(foreign.model("ada", own, &context).unwrap_err(), OtherProgram);
    let mut experts = Experts::new(program);
    assert_eq!(experts.update("ada", foreign).unwrap_err(), OtherProgram);
    assert_eq!(experts, Experts::new(program));
    let challenge: Program = crate::world::program(
        &json!({ "version": 1, "id": "c", "kinds": { "j": {}, "l": {}, "k": {} },
        "tallies": { "ks": { "count": "k" } },
        "challenges": { "first": { "days": 30, "joined_by": "j", "left_by": "l", "steps": { "one": { "when": { "ks": 1 } } } } } }),
    );
    assert_eq!(challenge.cohort("first", [foreign], &context).unwrap_err(), OtherProgram);
    assert!(Standing::from_bytes(program, &foreign.to_bytes()).is_err());
}
