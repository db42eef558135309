//! Named: a colleague's name stands beside a topic only if the colleague let others see it, and only for viewers who may
//! see the colleague's profile. Everyone else is in the number, which others see from three on.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Engine, FEWEST_CONFIRMERS, SharedPart, Timestamp, ViewContext, view::MemberView};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const MEMBERS: [&str; 8] = ["ada", "bob", "cleo", "dan", "eve", "flo", "gus", "ida"];
const TEAM: [&str; 3] = ["ada", "bob", "cleo"];
const TOPICS: [&str; 2] = ["rust", "sql"];

fn rules() -> Value {
    let tally = json!({ "distinct": "actor", "of": "thanked", "to": "recipient", "per": "topic" });
    let mut named = tally.clone();
    named["if"] = json!({ "named": true });
    json!({
        "version": 1, "id": "named",
        "kinds": {
            "thanked": { "attributes": { "topic": "text", "named": "flag" } }, "refused": { "reverses": "@object" },
            "claimed": { "attributes": { "topics": "texts" } }, "declined": { "attributes": { "topics": "texts" } },
            "said": {}, "published": {}, "hidden": {}, "left": {},
            "shared": { "attributes": { "share_topics": "text", "share_profile": "text" } }
        },
        "tallies": { "thanks-on": tally, "named-on": named },
        "profile": { "on": "said", "published_by": "published", "hidden_by": "hidden", "fields": { "motto": { "ask": "?" } } },
        "audience": { "on": "shared" },
        "members": { "gone_by": ["left"] },
        "topics": {
            "claimed_by": "claimed", "declined_by": "declined", "evidence": { "thanks-on": 5 },
            "confirmed_by": "thanks-on", "named_by": "named-on"
        }
    })
}

fn deed() -> impl Strategy<Value = Value> {
    let member = || select(&MEMBERS[..]);
    let topic = || select(&TOPICS[..]);
    let named = prop_oneof![Just(json!({})), any::<bool>().prop_map(|named| json!({ "named": named }))];
    let of_topics = |kind: &'static str| {
        vec(topic(), 0..3).prop_map(move |topics| json!({ "kind": kind, "attributes": { "topics": topics } }))
    };
    let circle = || select(&["private", "team", "company"][..]);
    let said = prop_oneof![
        12 => (select(&MEMBERS[..3]), topic(), named).prop_map(|(to, topic, mut said)| {
            said["topic"] = topic.into();
            json!({ "kind": "thanked", "recipients": [to], "attributes": said })
        }),
        // Of a thank that has this number in the record.
        3 => (0..40_usize).prop_map(|number| json!({ "kind": "refused", "object": number.to_string() })),
        3 => of_topics("claimed"),
        1 => of_topics("declined"),
        8 => Just(json!({ "kind": "published" })),
        1 => Just(json!({ "kind": "hidden" })),
        1 => Just(json!({ "kind": "left" })),
        2 => (circle(), circle()).prop_map(|(topics, profile)| {
            json!({ "kind": "shared", "attributes": { "share_topics": topics, "share_profile": profile } })
        }),
    ];
    (said, member()).prop_map(|(mut said, member)| {
        let role = if said["kind"] == "left" { "owner" } else { "actor" };
        said[role] = member.into();
        said
    })
}

fn records() -> impl Strategy<Value = Vec<Value>> {
    vec(deed(), 20..90).prop_map(|mut record| {
        for (number, deed) in record.iter_mut().enumerate() {
            deed["id"] = number.to_string().into();
            if deed["object"].is_null() {
                deed["object"] = number.to_string().into();
            }
            deed["at"] = format!("2026-03-{:02}T{:02}:00:00Z", number / 24 + 1, number % 24).into();
        }
        record
    })
}

fn now() -> Timestamp {
    "2026-04-01T00:00:00Z".parse().expect("a time")
}

/// The colleagues who thank a member for a topic, each with whether they ever let others see their name.
fn thanked(record: &[Value], member: &str, topic: &str) -> BTreeMap<String, bool> {
    let text = |deed: &Value, key: &str| deed[key].as_str().unwrap_or_default().to_owned();
    let refused: BTreeSet<String> = record
        .iter()
        .enumerate()
        // It changes the standing of the member who refuses.
        .filter(|(_, deed)| deed["kind"] == "refused" && deed["actor"] == member)
        // A refusal undoes what came before it.
        .filter(|(at, deed)| text(deed, "object").parse::<usize>().is_ok_and(|of| of < *at))
        .map(|(_, deed)| text(deed, "object"))
        .collect();
    let mut found = BTreeMap::new();
    for deed in record.iter().filter(|deed| deed["kind"] == "thanked" && deed["attributes"]["topic"] == topic) {
        if deed["recipients"][0] == member && !refused.contains(&text(deed, "object")) {
            *found.entry(text(deed, "actor")).or_default() |= deed["attributes"]["named"] == true;
        }
    }
    found
}

fn shows_profile(engine: &Engine, member: &str, ask: &ViewContext<'_>) -> bool {
    engine.standing(member).is_some_and(|standing| standing.shows(member, SharedPart::Profile, ask))
}

/// Compares every view with the record, and returns how many names were shown and how many numbers were not.
fn compare(engine: &Engine, record: &[Value]) -> Result<(usize, usize), TestCaseError> {
    let (mut names, mut few) = (0, 0);
    for member in engine.members() {
        for (viewer, team) in MEMBERS.map(|viewer| (viewer, if TEAM.contains(&viewer) { &TEAM[..] } else { &[] })) {
            let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now()) };
            for topic in engine.view(member, &ask).map(|view| view.topics).unwrap_or_default() {
                let all = thanked(record, member, &topic.topic);
                let may = |colleague: &&String| all[*colleague] && shows_profile(engine, colleague, &ask);
                let expected: BTreeSet<&str> = all.keys().filter(may).map(String::as_str).collect();
                let shown: BTreeSet<&str> = topic.confirmers.iter().map(|colleague| &*colleague.member).collect();
                prop_assert_eq!(shown.len(), topic.confirmers.len(), "each once");
                prop_assert_eq!(shown.len(), expected.len().min(4));
                prop_assert!(shown.is_subset(&expected), "{:?} of {:?} to {}", shown, expected, viewer);
                let is_told = member == viewer || all.len() >= FEWEST_CONFIRMERS as usize;
                let told = if is_told { all.len() } else { 0 };
                prop_assert_eq!(topic.confirmed as usize, told, "{} to {}", member, viewer);
                prop_assert_eq!(topic.others as usize, told.saturating_sub(shown.len()));
                // Neither does the strength say it, nor the evidence.
                prop_assert_eq!(topic.strength, 5 * told as i64);
                prop_assert_eq!(topic.evidence.len(), usize::from(told > 0));
                names += shown.len();
                few += usize::from(!is_told && !all.is_empty());
            }
        }
    }
    Ok((names, few))
}

proptest! {
    #![proptest_config(cases(150, regressions!("named")))]

    #[test]
    fn a_name_beside_a_topic_takes_both_consents(record in records()) {
        compare(&engine(&rules(), &record, []), &record)?;
    }
}

/// Records in which nobody is named would test nothing.
#[test]
fn names_and_small_numbers_come_up() {
    use proptest::{strategy::ValueTree, test_runner::TestRunner};
    let mut runner = TestRunner::deterministic();
    let (mut names, mut few) = (0, 0);
    for _ in 0..60 {
        let record = records().new_tree(&mut runner).expect("records can be made up").current();
        let found = compare(&engine(&rules(), &record, []), &record).expect("the law holds");
        names += found.0;
        few += found.1;
    }
    assert!(names >= 200 && few >= 100, "{names} names were shown, {few} numbers were not");
}

/// A host that does not say whose profile a viewer may see shows no names.
#[test]
fn nobody_is_named_unless_the_host_says_so() {
    let publish =
        |id: &str, actor: &str| json!({ "id": id, "at": "2026-03-01T00:00:00Z", "kind": "published", "actor": actor });
    let claim = json!({ "id": "3", "at": "2026-03-01T00:00:00Z", "kind": "claimed", "actor": "ada", "attributes": { "topics": ["sql"] } });
    let thank = json!({ "id": "4", "at": "2026-03-02T00:00:00Z", "kind": "thanked", "actor": "bob", "recipients": ["ada"],
        "attributes": { "topic": "sql", "named": true } });
    let engine = engine(&rules(), &[publish("1", "ada"), publish("2", "bob"), claim, thank], []);
    let ask = ViewContext::of("dan", "en", now());
    let named = |view: Option<MemberView>| view.expect("it is published").topics[0].confirmers.len();
    assert_eq!(named(engine.view("ada", &ask)), 1);
    assert_eq!(named(engine.standing("ada").expect("a standing").view("ada", &ask)), 0);
}
