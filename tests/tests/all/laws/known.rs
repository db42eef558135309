//! Topics: a search finds the same members as a scan, in any order of arrival, and opting out leaves no trace.

use super::{cases, regressions};
use crate::world::{engine, program};
use knownfor::{Engine, Experts, Timestamp, ViewContext, view::ExpertView};
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};
use std::{cmp::Reverse, collections::BTreeMap};

const MEMBERS: [&str; 5] = ["ada", "bob", "cleo", "dan", "eve"];
const TOPICS: [&str; 6] = ["Rust", "garden", "ki", "law", "rust", "Öl"];
/// What is searched for: topics, their names, both in other cases, and words that are neither.
const ASKED: [&str; 9] = ["rust", "Rust", "RUST", "öl", "Ki", "artificial intelligence", "garden", "LAW", "la"];
const BEGINNINGS: [&str; 5] = ["", "r", "A", "Gard", "k"];
/// Ways of opting out. Each is enough by itself.
const WAYS_OUT: [&str; 5] = ["hidden", "left", "claimed nothing", "shared private", "voided"];

/// A program with everything that decides who is known to whom, with or without claims.
fn rules(claims: bool) -> Value {
    let mut rules = json!({
        "version": 1, "id": "known",
        "kinds": {
            "claimed": { "attributes": { "topics": "texts" } }, "published": {}, "hidden": {}, "said": {},
            "shared": { "attributes": { "share_topics": "text" } }, "left": {}, "returned": {},
            "helped": { "attributes": { "topics": "texts" } }, "thanked": { "attributes": { "topics": "texts" } },
            "unhelped": { "reverses": "helped" }
        },
        "tallies": {
            "helped-on": { "count": "helped", "per": "topics" },
            "confirmed-on": { "distinct": "actor", "of": "thanked", "to": "owner", "if": { "actor": { "not": "@owner" } }, "per": "topics" }
        },
        "profile": { "on": "said", "published_by": "published", "hidden_by": "hidden", "fields": { "motto": { "ask": "Yours?" } } },
        "audience": { "on": "shared" },
        "members": { "gone_by": ["left"], "back_by": ["returned"] },
        "topics": {
            "claimed_by": "claimed", "evidence": { "helped-on": 2, "confirmed-on": 3 }, "confirmed_by": "confirmed-on",
            "names": { "ki": "Artificial intelligence", "garden": "Gardens" }
        }
    });
    if !claims {
        rules["topics"].as_object_mut().expect("a table").remove("claimed_by");
    }
    rules
}

fn deed() -> impl Strategy<Value = Value> {
    let topics = || subsequence(TOPICS.to_vec(), 1..=3);
    let said = prop_oneof![
        4 => subsequence(TOPICS.to_vec(), 0..=4).prop_map(|topics| json!({ "kind": "claimed", "attributes": { "topics": topics } })),
        4 => topics().prop_map(|topics| json!({ "kind": "helped", "object": topics[0], "attributes": { "topics": topics } })),
        1 => select(&TOPICS[..]).prop_map(|topic| json!({ "kind": "unhelped", "object": topic })),
        4 => (select(&MEMBERS[..]), topics())
            .prop_map(|(owner, topics)| json!({ "kind": "thanked", "owner": owner, "attributes": { "topics": topics } })),
        6 => Just(json!({ "kind": "published" })),
        1 => Just(json!({ "kind": "hidden" })),
        3 => select(&["private", "team", "team", "company"][..])
            .prop_map(|circle| json!({ "kind": "shared", "attributes": { "share_topics": circle } })),
        1 => (select(&["left", "returned"][..]), select(&MEMBERS[..])).prop_map(|(kind, owner)| json!({ "kind": kind, "owner": owner })),
    ];
    (said, select(&MEMBERS[..])).prop_map(|(mut said, actor)| {
        said["actor"] = actor.into();
        said
    })
}

/// What members did, an hour apart.
fn records() -> impl Strategy<Value = Vec<Value>> {
    prop_oneof![1 => vec(deed(), 1..15), 3 => vec(deed(), 15..70)].prop_map(|mut record| {
        (0..).zip(&mut record).for_each(|(number, deed)| place(deed, number));
        record
    })
}

fn place(deed: &mut Value, number: usize) {
    deed["id"] = number.to_string().into();
    deed["source"] = "wiki".into();
    deed["at"] = format!("2026-03-{:02}T{:02}:00:00Z", number / 24 + 1, number % 24).into();
}

fn now() -> Timestamp {
    "2026-04-01T00:00:00Z".parse().expect("a time")
}

/// Viewers with and without a team, one of whom is a member.
fn viewers() -> [(&'static str, &'static [&'static str]); 4] {
    [("nobody", &[]), ("nobody", &["bob", "dan", "nobody"]), ("ada", &["cleo", "ada"]), ("ada", &[])]
}

/// Every answer about who is known for what, as bytes.
fn answers(engine: &Engine) -> Vec<String> {
    let mut answers = Vec::new();
    for (viewer, team) in viewers() {
        let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now()) };
        answers.extend(ASKED.map(|text| format!("{viewer} {team:?}: {}", json!(engine.known_for(text, &ask, 10)))));
        answers.extend(BEGINNINGS.map(|text| format!("{text}: {}", json!(engine.topics_known(&ask, text, 10)))));
    }
    answers
}

/// The members who share a topic with a viewer, found by asking each member's own view. Members find themselves if
/// their team would find them.
fn experts_on(engine: &Engine, topic: &str, ask: &ViewContext<'_>) -> Vec<ExpertView> {
    let seen = |member: &str| {
        let own = member == ask.viewer;
        let others = ViewContext { viewer: "", team: if own { &[ask.viewer] } else { ask.team }, ..*ask };
        let topics = engine.view(member, &others)?.topics;
        let found = topics.into_iter().find(|found| found.topic == topic)?;
        let expert = json!({ "member": member, "name": member, "own": own, "strength": found.strength,
            "confirmed": found.confirmed, "evidence": found.evidence });
        Some(serde_json::from_value(expert).expect("it has the shape of an expert"))
    };
    let mut experts: Vec<ExpertView> = engine.members().filter_map(seen).collect();
    experts.sort_by_key(|expert| Reverse(expert.strength));
    experts
}

/// The name of a topic in the program of these laws.
fn name(topic: &str) -> &str {
    match topic {
        "ki" => "Artificial intelligence",
        "garden" => "Gardens",
        other => other,
    }
}

/// The topic that a text means: the text itself, else a topic that the program names, else the spelling that most
/// members share.
fn meant<'t>(text: &'t str, shared: &BTreeMap<&'t str, usize>) -> &'t str {
    let named = ["garden", "ki"];
    if named.contains(&text) || shared.contains_key(text) {
        return text;
    }
    let is_called =
        |topic: &&str| [*topic, name(topic)].iter().any(|called| called.to_lowercase() == text.to_lowercase());
    let is_meant = |topic: &&str| topic.to_lowercase() == text.to_lowercase();
    let most = || shared.keys().copied().filter(is_meant).min_by_key(|topic| Reverse(shared[topic]));
    named.into_iter().find(is_called).or_else(most).unwrap_or(text)
}

proptest! {
    #![proptest_config(cases(150, regressions!("known")))]

    #[test]
    fn experts_are_the_same_as_in_a_scan_of_everyone(record in records(), claims in prop::bool::weighted(0.8), count in 0..6_usize) {
        let engine = engine(&rules(claims), &record, []);
        for (viewer, team) in viewers() {
            let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now()) };
            let many = TOPICS.map(|topic| (topic, experts_on(&engine, topic, &ask).len()));
            let shared: BTreeMap<&str, usize> = many.into_iter().filter(|(_, many)| *many > 0).collect();
            for text in ASKED {
                let topic = meant(text, &shared);
                let mut expected = experts_on(&engine, topic, &ask);
                expected.truncate(count);
                let found = engine.known_for(text, &ask, count);
                prop_assert_eq!((&*found.topic, &*found.name), (topic, name(topic)));
                prop_assert_eq!(found.experts, expected, "{} for {} with {:?}", text, viewer, team);
            }
            for beginning in BEGINNINGS {
                let begins = |text: &str| text.to_lowercase().starts_with(&beginning.to_lowercase());
                let mut expected: Vec<&str> =
                    shared.keys().copied().filter(|topic| begins(topic) || begins(name(topic))).collect();
                expected.sort_by_key(|topic| (name(topic).to_lowercase(), *topic));
                expected.truncate(count);
                let found = engine.topics_known(&ask, beginning, count);
                let found: Vec<_> = found.iter().map(|found| (&*found.topic, &*found.name)).collect();
                prop_assert_eq!(found, expected.into_iter().map(|topic| (topic, name(topic))).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn opting_out_leaves_no_trace(record in records(), who in select(&MEMBERS[..]), way in select(&WAYS_OUT[..])) {
        let rules = rules(true);
        // Their confirmations still count for others.
        let without: Vec<Value> = record
            .iter()
            .filter(|deed| (deed["actor"] != who || deed["kind"] == "thanked" || deed["owner"].is_string()) && deed["owner"] != who)
            .cloned()
            .collect();
        let never = engine(&rules, &without, []);
        let mut all = record.clone();
        let mut voids = Vec::new();
        let out = match way {
            "hidden" => Some(json!({ "kind": "hidden", "actor": who })),
            "left" => Some(json!({ "kind": "left", "actor": "zoe", "owner": who })),
            "claimed nothing" => Some(json!({ "kind": "claimed", "actor": who, "attributes": { "topics": [] } })),
            "shared private" => {
                Some(json!({ "kind": "shared", "actor": who, "attributes": { "share_topics": "private" } }))
            }
            _ => {
                let own = record.iter().filter(|deed| deed["actor"] == who && deed["kind"] == "published");
                voids.extend(own.map(|deed| ("wiki".to_owned(), deed["id"].as_str().expect("an id").to_owned())));
                None
            }
        };
        all.extend(out.map(|mut out| {
            place(&mut out, record.len());
            out
        }));
        prop_assert_eq!(answers(&engine(&rules, &all, &voids)), answers(&never));
    }

    #[test]
    fn arrival_voids_and_snapshots_do_not_matter(record in records().prop_flat_map(|record| (Just(record.clone()), Just(record).prop_shuffle())), void in 0..70_usize) {
        let ((record, shuffled), rules) = (record, rules(true));
        let ordered = engine(&rules, &record, []);
        prop_assert_eq!(answers(&engine(&rules, &shuffled, [])), answers(&ordered));
        let restored = Engine::restore(program(&rules), &ordered.snapshot()).expect("its own snapshot");
        prop_assert_eq!(answers(&restored), answers(&ordered));
        let mut placed = Experts::new(ordered.program());
        for member in ordered.members() {
            placed.update(member, ordered.standing(member).expect("a member has a standing")).expect("one program");
        }
        let ask = ViewContext { team: &["bob"], ..ViewContext::of("nobody", "en", now()) };
        for text in ASKED {
            prop_assert_eq!(placed.known_for(text, &ask, 10), ordered.known_for(text, &ask, 10));
        }
        let void = void.to_string();
        let never: Vec<Value> = record.iter().filter(|deed| deed["id"] != void).cloned().collect();
        let voids = [("wiki".to_owned(), void)];
        prop_assert_eq!(answers(&engine(&rules, &shuffled, &voids)), answers(&engine(&rules, &never, [])));
    }
}

/// Records in which nobody is found would test nothing.
#[test]
fn generated_experts_are_found() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut some, mut more) = (0, 0);
    for _ in 0..100 {
        let record = records().new_tree(&mut runner).expect("records can be made up").current();
        let engine = engine(&rules(true), &record, []);
        let [whole, with_team] = [&[][..], &["bob", "dan"]].map(|team| {
            let ask = ViewContext { team, ..ViewContext::of("nobody", "en", now()) };
            ASKED.map(|text| engine.known_for(text, &ask, 10).experts.len()).into_iter().sum::<usize>()
        });
        some += i32::from(whole >= 3);
        more += i32::from(with_team > whole);
    }
    assert!(some >= 30 && more >= 10, "of 100 records {some} have some experts, and {more} have more in a team");
}
