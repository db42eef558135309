//! Opting out: for everybody else, who hides, shares nothing, leaves or is gone is exactly as if they had never joined.
//!
//! *Exactly* is said of the bytes of every view that anybody but the member can ask for, of whomever. They are the same
//!
//! 1. as if the member had no standing at all, be the others' standings what they are; and
//! 2. as if everything had never come in that names the member alone: what they did by themselves, what they said of who sees
//!    them, what was said of their being there.
//!
//! What they did together with others stays, opted out or not: a colleague keeps the points and the thanks that came of it, because
//! a standing depends on nobody's consent.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Ask, Engine, Experts, Instant, Standing};
use knownfor_tests::generate::{self, Case};
use proptest::{
    prelude::*,
    sample::{select, subsequence},
};
use serde_json::{Value, json};

const MEMBERS: [&str; 4] = ["ada", "bob", "cleo", "stranger"];
/// Topics, one of them by its name, and one that nobody ever had.
const TOPICS: [&str; 4] = ["Gopher", "rust", "SQL", "unheard of"];
/// After all records.
const LAST: &str = "2032-01-01T00:00:00Z";

/// A way to be seen no more.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Hides,
    SharesNothing,
    IsGone,
    /// Only boards.
    Leaves,
}

/// The case with the kinds by which one opts out in its program, and with what is said of consent about nobody else.
fn spoken_alone(case: Case) -> Case {
    let Case { mut program, mut record, voids } = case;
    program["audience"]["on"] = "shared".into();
    program["members"] = json!({ "gone_by": ["gone"], "back_by": ["back"] });
    program["profile"]["published_by"] = "published".into();
    program["profile"]["hidden_by"] = "hidden".into();
    for activity in &mut record {
        let of_host = ["gone", "back"].iter().any(|kind| activity["kind"] == *kind);
        let of_member = ["published", "hidden", "joined", "left", "shared", "unshared", "agreed", "ended", "claimed"];
        if of_host || of_member.iter().any(|kind| activity["kind"] == *kind) {
            let others = if of_host { ["actor", "recipients"] } else { ["owner", "recipients"] };
            let activity = activity.as_object_mut().expect("an activity is a table");
            activity.retain(|key, _| !others.contains(&key.as_str()));
            activity["attributes"].as_object_mut().and_then(|attributes| attributes.remove("asker"));
        }
    }
    Case { program, record, voids }
}

fn last_words(member: &str, way: Way) -> Value {
    let kind = match way {
        Way::Hides => "hidden",
        Way::SharesNothing => "shared",
        Way::IsGone => "gone",
        Way::Leaves => "left",
    };
    let who = if way == Way::IsGone { "owner" } else { "actor" };
    let mut words = json!({ "id": "last", "source": "wiki", "at": LAST, "kind": kind });
    words[who] = member.into();
    if way == Way::SharesNothing {
        for part in ["points", "badges", "topics", "profile", "boards"] {
            words["attributes"][format!("share_{part}")] = "private".into();
        }
    }
    words
}

/// What a viewer sees of everybody: boards and experts by standings given, and views.
fn seen(engine: &Engine, viewer: &str, team: &[&str], without: Option<&str>, boards_only: bool) -> Vec<String> {
    let now: Instant = LAST.parse().expect("a time");
    let ask = Ask { team, ..Ask::of(viewer, "en", now) };
    let standing = |member: &'static str| engine.standing(member).filter(|_| without != Some(member));
    let standings: Vec<(&str, &Standing)> =
        MEMBERS.into_iter().filter_map(|member| Some((member, standing(member)?))).collect();
    let mut seen = Vec::new();
    for board in ["all", "month"] {
        for rows in [1, 2, 100] {
            seen.push(json!(engine.program().board(board, standings.iter().copied(), &ask, rows)).to_string());
        }
    }
    if !boards_only {
        let mut experts = Experts::new();
        standings.iter().for_each(|(member, standing)| experts.place(engine.program(), member, standing));
        seen.extend(TOPICS.map(|topic| json!(experts.known_for(engine.program(), topic, &ask, 10)).to_string()));
        seen.push(json!(experts.topics(engine.program(), &ask, "", 10)).to_string());
        let view = |member| json!(engine.program().view(member, standing(member), &ask)).to_string();
        seen.extend(MEMBERS.map(view));
    }
    seen
}

proptest! {
    #![proptest_config(cases(200, regressions!("consent")))]

    #[test]
    fn who_opts_out_was_never_there(
        case in generate::cases(36), member in select(&MEMBERS[..3]), team in subsequence(MEMBERS.to_vec(), 0..=3),
        way in select(&[Way::Hides, Way::SharesNothing, Way::IsGone, Way::Leaves][..]),
    ) {
        let Case { program, mut record, voids } = spoken_alone(case);
        record.push(last_words(member, way));
        let whole = engine(&program, &record, &voids);
        let names_others = |activity: &knownfor::Activity| {
            whole.program().members_of(activity).iter().any(|named| named.as_str() != member)
        };
        let read = crate::world::activities(whole.program(), &record);
        let rest: Vec<Value> = record.iter().zip(&read).filter(|(_, read)| names_others(read)).map(|(one, _)| one.clone()).collect();
        let never = engine(&program, &rest, &voids);
        for viewer in MEMBERS.into_iter().filter(|viewer| *viewer != member) {
            let boards_only = way == Way::Leaves;
            let found = seen(&whole, viewer, &team, None, boards_only);
            prop_assert_eq!(&found, &seen(&whole, viewer, &team, Some(member), boards_only), "by standings, for {}", viewer);
            prop_assert_eq!(&found, &seen(&never, viewer, &team, None, boards_only), "by the record, for {}", viewer);
        }
    }
}
