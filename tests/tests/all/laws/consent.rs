//! Opting out: to everyone else, a member who hides, shares nothing, leaves or departs looks exactly as if they had
//! never joined.
//!
//! *Exactly* means the bytes of every view that anyone but the member can ask for. They are the same
//!
//! 1. as if the member had no standing at all; and
//! 2. as if every activity that names only this member had never come in: what they did alone, whom they let see it,
//!    and what was recorded about them.
//!
//! The figures of cohorts and reports follow on the next day and in the next month. A member who leaves boards and
//! challenges disappears from them and is shown elsewhere as before.
//!
//! What was done together with others remains: a colleague keeps points and thanks, because a standing does not depend
//! on the consent of others.

use super::{cases, regressions};
use crate::world::{board_of, engine};
use knownfor::{Engine, Experts, Standing, Timestamp, ViewContext};
use knownfor_tests::generate::{self, Case};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Map, Value, json};

const MEMBERS: [&str; 4] = ["ada", "bob", "cleo", "stranger"];
/// Topics: one of them by its name, and one that nobody has.
const TOPICS: [&str; 4] = ["Gopher", "rust", "SQL", "unheard of"];
const PARTS: [&str; 5] = ["points", "badges", "topics", "profile", "boards"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
/// The kinds by which members say how they are to be treated.
const OF_MEMBERS: [&str; 13] = [
    "published",
    "hidden",
    "joined",
    "left",
    "shared",
    "unshared",
    "agreed",
    "ended",
    "claimed",
    "declined",
    "enrolled",
    "quit",
    "unenroll",
];
/// After all records, then another day and another month.
const LAST: &str = "2032-01-01T00:00:00Z";
const NEXT_DAY: &str = "2032-01-03T00:00:00Z";
const NEXT_MONTH: &str = "2032-03-03T00:00:00Z";

/// A way to stop being seen.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Hides,
    SharesNothing,
    IsGone,
    /// Boards and challenges.
    Leaves,
}

/// The case with the kinds for opting out in its program. Activities of consent name nobody besides their member, and
/// those of hosts no object, so that nothing undoes a departure.
fn spoken_alone(case: Case) -> Case {
    let Case { mut program, mut record, voids } = case;
    program["audience"]["on"] = "shared".into();
    program["members"] = json!({ "gone_by": ["gone"], "back_by": ["back"] });
    // With the smallest possible groups, every number is reported and can be compared.
    program["groups"] = 1.into();
    program["profile"]["published_by"] = "published".into();
    program["profile"]["hidden_by"] = "hidden".into();
    for activity in &mut record {
        let of_host = ["gone", "back"].iter().any(|kind| activity["kind"] == *kind);
        if of_host || OF_MEMBERS.iter().any(|kind| activity["kind"] == *kind) {
            let others: &[&str] = if of_host { &["actor", "recipients", "object"] } else { &["owner", "recipients"] };
            let activity = activity.as_object_mut().expect("an activity is a table");
            activity.retain(|key, _| !others.contains(&key.as_str()));
            activity["attributes"].as_object_mut().and_then(|attributes| attributes.remove("asker"));
        }
    }
    Case { program, record, voids }
}

fn last_words(member: &str, way: Way) -> Vec<Value> {
    let words = match way {
        Way::Hides => vec![json!({ "kind": "hidden", "actor": member })],
        Way::SharesNothing => {
            let parts = PARTS.map(|part| (format!("share_{part}"), "private".into()));
            let said = Map::from_iter(parts);
            vec![json!({ "kind": "shared", "actor": member, "attributes": said })]
        }
        Way::IsGone => vec![json!({ "kind": "gone", "owner": member })],
        Way::Leaves => {
            let quits = CHALLENGES.map(|challenge| json!({ "kind": "quit", "actor": member, "object": challenge }));
            [json!({ "kind": "left", "actor": member })].into_iter().chain(quits).collect()
        }
    };
    let placed = |(number, mut words): (usize, Value)| {
        words["id"] = format!("last-{number}").into();
        words["source"] = "wiki".into();
        words["at"] = LAST.into();
        words
    };
    words.into_iter().enumerate().map(placed).collect()
}

/// Every view that a viewer may get and from which a member who opts out in this way disappears. `without` leaves one
/// member's standing out.
fn seen(engine: &Engine, viewer: &str, team: &[&str], way: Way, without: Option<&str>) -> Vec<String> {
    let program = engine.program();
    let now: Timestamp = LAST.parse().expect("a time");
    let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now) };
    let standing = |member: &str| engine.standing(member).filter(|_| without != Some(member));
    let standings: Vec<(&str, &Standing)> =
        MEMBERS.into_iter().filter_map(|member| Some((member, standing(member)?))).collect();
    let mut seen = Vec::new();
    for board in ["all", "month"] {
        for rows in [1, 2, 100] {
            seen.push(json!(board_of(program, standings.iter().copied(), board, &ask, rows)));
        }
    }
    if way != Way::Leaves {
        let mut experts = Experts::new(program);
        standings.iter().for_each(|(member, standing)| experts.update(member, standing).expect("one program"));
        seen.extend(TOPICS.map(|topic| json!(experts.known_for(topic, &ask, 10))));
        seen.push(json!(experts.topics(&ask, "", 10)));
        seen.extend(MEMBERS.map(|member| json!(standing(member).and_then(|standing| standing.view(member, &ask)))));
        seen.extend(MEMBERS.map(|member| {
            json!(standing(member).and_then(|of| of.model(member, standing(viewer), &ask).expect("one program")))
        }));
    }
    {
        let ask = ViewContext { now: NEXT_DAY.parse().expect("a time"), ..ask };
        let all = || standings.iter().map(|(_, standing)| *standing);
        seen.extend(CHALLENGES.map(|challenge| json!(program.cohort(challenge, all(), &ask).expect("one program"))));
    }
    seen.iter().map(Value::to_string).collect()
}

proptest! {
    #![proptest_config(cases(200, regressions!("consent")))]

    #[test]
    fn opting_out_looks_like_never_joining(
        case in generate::cases(36), member in select(&MEMBERS[..3]), team in subsequence(MEMBERS.to_vec(), 0..=3),
        way in select(&[Way::Hides, Way::SharesNothing, Way::IsGone, Way::Leaves][..]),
    ) {
        let Case { program, mut record, voids } = spoken_alone(case);
        record.extend(last_words(member, way));
        let whole = engine(&program, &record, &voids);
        let names_others = |activity: &knownfor::Activity| {
            activity.members().any(|named| named != member)
        };
        let read = crate::world::activities(whole.program(), &record);
        let rest: Vec<Value> = record.iter().zip(&read).filter(|(_, read)| names_others(read)).map(|(one, _)| one.clone()).collect();
        let never = engine(&program, &rest, &voids);
        for viewer in MEMBERS.into_iter().filter(|viewer| *viewer != member) {
            let found = seen(&whole, viewer, &team, way, None);
            prop_assert_eq!(&found, &seen(&whole, viewer, &team, way, Some(member)), "by standings, for {}", viewer);
            prop_assert_eq!(&found, &seen(&never, viewer, &team, way, None), "by the record, for {}", viewer);
        }
        let report = |of: Option<&Standing>| {
            let standing = |one: &str| if one == member { of } else { whole.standing(one) };
            let standings = whole.members().filter_map(|one| Some(("all", standing(one)?)));
            whole.program().report(standings, NEXT_MONTH.parse().expect("a time")).expect("one program")
        };
        // Whether the member is gone is for others to say, and counts whatever the member says.
        let departures: Vec<Value> =
            record.iter().filter(|one| one["owner"] == member && ["gone", "back"].iter().any(|kind| one["kind"] == *kind)).cloned().collect();
        let only_gone = engine(&program, &departures, &voids);
        let nobody = Standing::new(whole.program());
        let nobody = only_gone.standing(member).unwrap_or(&nobody);
        match way {
            Way::IsGone => prop_assert_eq!(report(whole.standing(member)), report(None), "in figures"),
            // The member is still one of the group, and counts like one who never did anything.
            Way::Hides | Way::SharesNothing => {
                prop_assert_eq!(report(whole.standing(member)), report(whole.standing(member).map(|_| nobody)), "in figures");
            }
            Way::Leaves => {}
        }
    }
}
