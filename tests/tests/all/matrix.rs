//! The matrix: viewer × member × shared parts × every view. The bytes that a viewer gets are the same as if everything
//! hidden from that viewer had never happened, so a hidden member looks like an absent one.
//!
//! The company is small and always the same. One member arrives, chooses who sees what, is viewed by everyone, and is
//! removed again. Everything about them carries a mark that occurs nowhere else, so the bytes can be searched for it.

use crate::world::{activities, program};
use knownfor::{Engine, Incoming, Timestamp, ViewContext};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The marks that give the member away: their id, and one for each part.
const SUBJECT: &str = "member-5d1f";
const TOTAL: &str = "704213";
const LEVEL: &str = "level-2b9d";
const BADGE: &str = "badge-91aa";
const TOPIC: &str = "topic-8c3e";
const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];
const NOW: &str = "2026-03-30T12:00:00Z";

/// The states of the member's profile, each with the activities that lead to it.
const STATES: [(&str, &[&str], bool); 7] = [
    ("never published", &[], false),
    ("published", &["publish"], true),
    ("hidden again", &["publish", "hide"], false),
    ("published again", &["publish", "hide", "publish"], true),
    ("gone", &["publish", "go"], false),
    ("gone before publishing", &["go", "publish"], false),
    ("back again", &["publish", "go", "return"], true),
];

/// What the member says about a part, and who sees it then: nobody else, the team, or the company.
const WORDS: [(Option<&str>, Circle); 4] = [
    (None, Circle::Company),
    (Some("private"), Circle::Private),
    (Some("team"), Circle::Team),
    (Some("company"), Circle::Company),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Circle {
    Private,
    Team,
    Company,
}

/// The viewers: their id, their team, and the circle around the member that they belong to.
const VIEWERS: [(&str, &[&str], Circle); 4] = [
    (SUBJECT, &["mate"], Circle::Private),
    ("mate", &["carl", SUBJECT], Circle::Team),
    ("carl", &["mate", "dora"], Circle::Company),
    ("", &[], Circle::Company),
];

/// A program in which each part comes from a kind of its own.
fn rules() -> Value {
    json!({
        "version": 1, "id": "matrix",
        "kinds": {
            "edit": {}, "earn": { "attributes": { "amount": "integer" } }, "award": {}, "write": { "attributes": { "topics": "texts" } },
            "claim": { "attributes": { "topics": "texts" } },
            "fill": {}, "publish": {}, "hide": {}, "go": {}, "return": {}, "join": {}, "leave": {},
            "enter": {}, "quit": {}, "agree": {}, "retire": {},
            "share": { "attributes": {
                "share_points": "text", "share_badges": "text", "share_topics": "text", "share_profile": "text", "share_boards": "text"
            } }
        },
        "currencies": { "points": {}, "stars": {} },
        "rules": {
            "edit": { "on": "edit", "give": { "points": 5 } },
            "earn": { "on": "earn", "give": { "points": { "by": "amount" } } }
        },
        "levels": { "level-2b9d": { "min": { "points": 100_000 } } },
        "tallies": { "awards": { "count": "award" }, "posts-on": { "count": "write", "per": "topics" } },
        "badges": { "badge-91aa": { "when": { "awards": 1 } } },
        "profile": {
            "on": "fill", "published_by": "publish", "hidden_by": "hide", "fields": { "headline": { "ask": "What do you do?" } }
        },
        "boards": {
            "asked": { "of": "points", "joined_by": "join", "left_by": "leave" },
            "open": { "of": "points", "left_by": "leave" }
        },
        "audience": { "on": "share" },
        "members": { "gone_by": ["go"], "back_by": ["return"] },
        "topics": { "claimed_by": "claim", "evidence": { "posts-on": 2 } },
        "models": { "agreed_by": "agree", "ended_by": "retire" },
        "challenges": { "pilot": {
            "days": 30, "joined_by": "enter", "left_by": "quit", "steps": { "award": { "when": { "awards": 1 } } }, "shared": { "awards": 9 }
        } }
    })
}

/// The activities of a member: first what they did, each at its own time, then who may see it, a minute apart.
/// Somebody else reports that they departed or are back.
fn of(member: &str, first: usize, activities: Vec<Value>) -> Vec<Value> {
    let named = |(index, mut activity): (usize, Value)| {
        let of_others = activity["kind"] == "go" || activity["kind"] == "return";
        activity["id"] = format!("{member}-{}", first + index).into();
        activity[if of_others { "owner" } else { "actor" }] = member.into();
        if activity["at"].is_null() {
            activity["at"] = format!("2026-03-02T12:{index:02}:00Z").into();
        }
        activity
    };
    activities.into_iter().enumerate().map(named).collect()
}

/// Activities that show in a part once their member shares it.
fn deeds(part: &str) -> Vec<Value> {
    let (points, badges, topics) = ("2026-03-02T09:00:00Z", "2026-03-02T09:10:00Z", "2026-03-02T09:20:00Z");
    match part {
        "points" => vec![json!({ "kind": "earn", "at": points, "attributes": { "amount": 704_213 } })],
        "badges" => vec![json!({ "kind": "award", "at": badges })],
        "topics" => {
            let about = json!({ "topics": [TOPIC] });
            ["claim", "write"].map(|kind| json!({ "kind": kind, "at": topics, "attributes": about })).to_vec()
        }
        _ => vec![json!({ "kind": "fill", "at": "2026-03-02T09:30:00Z", "profile": { "headline": "done" } })],
    }
}

/// The company, which one more member joins and leaves again.
struct Stage {
    engine: Engine,
    came: usize,
}

impl Stage {
    fn new() -> Self {
        let mut engine = Engine::new(program(&rules()));
        for (number, member) in ["mate", "carl", "dora", "emil", "fee"].into_iter().enumerate() {
            let mut did = ["publish", "join", "agree"].map(|kind| json!({ "kind": kind })).to_vec();
            did.push(json!({ "kind": "enter", "object": "pilot" }));
            // A role model shows the way to members who have nothing yet.
            did.extend(if member == "carl" { Vec::new() } else { deeds("profile") });
            did.extend(vec![json!({ "kind": "edit" }); number / 2 + 1]);
            did.extend(
                ["claim", "write"].map(|kind| json!({ "kind": kind, "attributes": { "topics": ["gardening"] } })),
            );
            let record = activities(engine.program(), &of(member, 0, did));
            let (statuses, _) = engine.apply_all(record);
            assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
        }
        Self { engine, came: 0 }
    }

    /// The answer to a question after a member has done these things.
    fn with<T>(&mut self, did: Vec<Value>, question: impl FnOnce(&Engine) -> T) -> T {
        let did = of(SUBJECT, self.came, did);
        self.came += did.len();
        let record = activities(self.engine.program(), &did);
        let voids: Vec<_> =
            record.iter().map(|one| Incoming::Void { source: one.source().into(), id: one.id().into() }).collect();
        let (statuses, _) = self.engine.apply_all(record);
        assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
        let answer = question(&self.engine);
        let (statuses, _) = self.engine.apply_all(voids);
        assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
        answer
    }
}

/// Everything that a viewer can see, each view as bytes.
fn seen(engine: &Engine, (viewer, team, _): (&str, &[&str], Circle)) -> BTreeMap<&'static str, String> {
    let now: Timestamp = NOW.parse().expect("a time");
    let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now) };
    let text = |view: Value| view.to_string();
    let others = ["mate", "carl", "dora", "emil", "fee", "nobody"].iter().filter(|member| **member != viewer);
    BTreeMap::from([
        ("member", text(json!(engine.view(SUBJECT, &ask)))),
        ("others", text(others.map(|member| json!(engine.view(member, &ask))).collect())),
        ("own", text(json!(engine.view(viewer, &ask)))),
        ("asked", text(json!(engine.board("asked", &ask, 100)))),
        ("asked near", text(json!(engine.board("asked", &ask, 2)))),
        ("open", text(json!(engine.board("open", &ask, 100)))),
        // Spelt differently from the member's spelling, because an answer repeats the question.
        ("experts", text(json!(engine.known_for(&TOPIC.to_uppercase(), &ask, 100)))),
        ("suggested", text(json!(engine.topics_known(&ask, "", 100)))),
        ("models", text(json!(engine.models(&ask)))),
        ("model", text(json!(engine.model(SUBJECT, &ask)))),
        ("cohort", text(json!(engine.cohort("pilot", &ask)))),
    ])
}

/// One member: the state of their profile, what they said about each part, and whether they joined the board that
/// needs joining.
#[derive(Debug)]
struct Cell {
    state: usize,
    words: [usize; 5],
    joined: bool,
}

impl Cell {
    /// All choices of a member with a published profile; for every other state, those in which at most one part
    /// differs.
    fn all() -> impl Iterator<Item = Self> {
        let words = |number: usize| [0, 1, 2, 3, 4].map(|part| number / 4_usize.pow(part) % 4);
        let all: Vec<[usize; 5]> = (0..4_usize.pow(5)).map(words).collect();
        let is_plain =
            |words: &[usize; 5]| (0..4).any(|word| words.iter().filter(|other| **other != word).count() <= 1);
        let plain: Vec<_> = all.iter().copied().filter(is_plain).collect();
        STATES.into_iter().enumerate().flat_map(move |(state, (name, ..))| {
            let words = if name == "published" { all.clone() } else { plain.clone() };
            words.into_iter().flat_map(move |words| [false, true].map(|joined| Self { state, words, joined }))
        })
    }

    /// Everything that the member did, whatever its audience.
    fn did(&self) -> Vec<Value> {
        let (_, became, _) = STATES[self.state];
        // The member joined the challenge and left it, which must look as if they had never joined.
        let mut did = vec![json!({ "kind": "enter", "object": "pilot", "at": "2026-03-02T08:00:00Z" })];
        did.extend(["points", "badges", "topics", "profile"].into_iter().flat_map(deeds));
        did.push(json!({ "kind": "quit", "object": "pilot" }));
        did.push(json!({ "kind": "agree" }));
        let said = PARTS
            .into_iter()
            .zip(self.words)
            .filter_map(|(part, word)| Some((format!("share_{part}"), WORDS[word].0?.into())));
        did.push(json!({ "kind": "share", "attributes": said.collect::<serde_json::Map<_, _>>() }));
        did.extend(became.iter().map(|kind| json!({ "kind": kind })));
        did.extend(self.joined.then(|| json!({ "kind": "join" })));
        did
    }

    /// The parts that a viewer sees.
    fn shown(&self, (viewer, _, stands): (&str, &[&str], Circle)) -> [bool; 5] {
        let (.., published) = STATES[self.state];
        self.words.map(|word| viewer == SUBJECT || (published && WORDS[word].1 >= stands))
    }

    /// Whether a viewer finds the member by a topic. Members find themselves if their team does.
    fn is_known_to(&self, (viewer, _, stands): (&str, &[&str], Circle)) -> bool {
        let (.., published) = STATES[self.state];
        let stands = if viewer == SUBJECT { Circle::Team } else { stands };
        published && WORDS[self.words[2]].1 >= stands
    }
}

/// The activities of a member who has only what a viewer sees.
fn nothing_but(shown: [bool; 5], joined: bool) -> Vec<Value> {
    if shown == [false; 5] {
        return Vec::new();
    }
    let [points, badges, topics, profile, boards] = shown;
    let parts = [("points", points || boards), ("badges", badges), ("topics", topics), ("profile", profile)];
    let mut did: Vec<Value> = parts.into_iter().filter(|(_, has)| *has).flat_map(|(part, _)| deeds(part)).collect();
    let hidden = PARTS.into_iter().zip(shown).filter(|(_, shown)| !shown);
    let hidden = hidden.map(|(part, _)| (format!("share_{part}"), "private".into()));
    did.push(json!({ "kind": "share", "attributes": hidden.collect::<serde_json::Map<_, _>>() }));
    did.extend(["publish", "agree"].map(|kind| json!({ "kind": kind })));
    did.extend((joined && boards).then(|| json!({ "kind": "join" })));
    did
}

#[test]
fn viewers_get_only_what_they_may_see() {
    let mut stage = Stage::new();
    let mut expected = BTreeMap::new();
    for cell in Cell::all() {
        let all = stage.with(cell.did(), |engine| VIEWERS.map(|viewer| seen(engine, viewer)));
        for (viewer, found) in VIEWERS.into_iter().zip(all) {
            marks_are_where_they_may_be(&cell, viewer, &found);
            if viewer.0 == SUBJECT {
                continue;
            }
            let shown = cell.shown(viewer);
            let expected = expected
                .entry((viewer.0, shown, cell.joined))
                .or_insert_with(|| stage.with(nothing_but(shown, cell.joined), |engine| seen(engine, viewer)));
            assert_eq!(&found, expected, "{cell:?} for {viewer:?}");
        }
    }
    assert!(expected.len() > 100, "only {} different answers were looked at", expected.len());
}

/// Asserts that each mark occurs in the views that may hold it, and in no other.
fn marks_are_where_they_may_be(cell: &Cell, viewer: (&str, &[&str], Circle), found: &BTreeMap<&'static str, String>) {
    let [points, badges, topics, profile, boards] = cell.shown(viewer);
    let (state, ..) = STATES[cell.state];
    let is_gone = state.starts_with("gone");
    for (name, bytes) in found {
        let may_hold = |mark: &str| match (*name, mark) {
            ("own", _) if viewer.0 == SUBJECT => true,
            // A member's own view also names badges not yet earned.
            ("own", mark) => [LEVEL, BADGE].contains(&mark),
            ("member", SUBJECT) => points || badges || topics || profile,
            ("models" | "model", SUBJECT) => viewer.0 != SUBJECT && (points || badges || topics || profile),
            ("model", BADGE) => viewer.0 != SUBJECT && badges,
            ("member", TOTAL | LEVEL) => points,
            ("member", BADGE) => badges,
            // Only those on a board see it, and a total only where points are shared.
            (board @ ("asked" | "asked near" | "open"), SUBJECT | TOTAL) => {
                let joined = board == "open" || cell.joined;
                boards && !is_gone && joined && !viewer.0.is_empty() && (mark == SUBJECT || points)
            }
            ("member", TOPIC) => topics,
            ("experts", SUBJECT | TOPIC) | ("suggested", TOPIC) => cell.is_known_to(viewer),
            _ => false,
        };
        for mark in [SUBJECT, TOTAL, LEVEL, BADGE, TOPIC] {
            // Only some neighbours appear, and only those badges of a role model that are a next step for the viewer.
            let some = ["asked near", "model"].contains(name);
            let holds = bytes.contains(mark) || (some && may_hold(mark));
            assert_eq!(holds, may_hold(mark), "{mark} in {name} of {cell:?} for {viewer:?}: {bytes}");
        }
    }
}
