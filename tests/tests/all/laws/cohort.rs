//! The cohort: what the participants of a challenge reach together gives nobody away.

use crate::world::{activities, program};
use knownfor::{Engine, Timestamp, ViewContext, view::CohortView};
use serde_json::{Value, json};
use std::iter::successors;

/// What nobody sees, or the team alone.
const PRIVATE: [&str; 4] = ["note", "word", "unlisted", "claimed"];
/// A challenge has at most 366 days, so the plot goes on for three years.
const YEARS: [i32; 3] = [2021, 2022, 2023];
const DAYS: usize = 365;

fn rules(year: i32) -> Value {
    json!({
        "version": 1, "id": "cohort",
        "kinds": {
            "answered": {}, "published": {}, "hidden": {}, "post": {}, "note": { "comfort": "private" }, "word": { "comfort": "team" },
            "joined": { "comfort": "private" }, "left": { "comfort": "private" },
            "listed": {}, "unlisted": { "comfort": "private" },
            "claimed": { "comfort": "private", "attributes": { "topics": "texts" } }
        },
        "currencies": { "points": {} },
        "tallies": {
            "posts": { "count": "post" }, "notes": { "count": "note" },
            "posts-on": { "count": "claimed", "per": "topics" }
        },
        "profile": {
            "on": "answered", "published_by": "published", "hidden_by": "hidden", "fields": { "desk": { "ask": "Desk?" } }
        },
        "topics": { "claimed_by": "claimed", "evidence": { "posts-on": 1 } },
        "boards": { "all": { "of": "points", "joined_by": "listed", "left_by": "unlisted" } },
        "challenges": { "year": {
            "from": format!("{year}-01-01"), "until": format!("{year}-12-31"),
            "joined_by": "joined", "left_by": "left",
            "steps": { "write": { "when": { "posts": 1 } }, "note": { "when": { "notes": 1 } } },
            "shared": { "posts": 2500 }
        } }
    })
}

/// What ten members do on a day, as pairs of a member and a kind. The last five are not in the plot. Each day one of the
/// first four does one thing otherwise than on the day before. Member 4 does these kinds if the coin fell on heads.
fn deeds(day: usize, coin: bool, kinds: &[&'static str]) -> Vec<(usize, &'static str)> {
    let mut deeds = Vec::new();
    if day == 0 {
        deeds.extend((0..10).flat_map(|member| [(member, "published"), (member, "joined")]));
    }
    deeds.extend((5..10).map(|other| (other, if day.is_multiple_of(2) { "post" } else { "note" })));
    deeds.push((day % 4, ["post", "left", "joined", "post", "hidden", "published"][day / 4 % 6]));
    if coin {
        deeds.extend(kinds.iter().map(|kind| (4, *kind)));
    }
    deeds
}

/// What one of the plot reads each noon.
fn series(coins: &[bool], kinds: &[&'static str]) -> Vec<CohortView> {
    let mut seen = Vec::new();
    for (year, coins) in YEARS.into_iter().zip(coins.chunks(DAYS)) {
        let mut engine = Engine::new(program(&rules(year)));
        let start: Timestamp = format!("{year}-01-01T09:00:00Z").parse().expect("a time");
        for (day, coin) in coins.iter().enumerate() {
            let at = |hours: i64| Timestamp::from_unix(start.unix_seconds() + hours * 3600, 0).expect("a time");
            let line = |(number, (member, kind)): (usize, (usize, &str))| {
                let id = format!("{day}-{number}");
                let mut line =
                    json!({ "id": id, "at": at(24 * day as i64), "kind": kind, "actor": member.to_string() });
                if kind == "joined" || kind == "left" {
                    line["object"] = "year".into();
                }
                if kind == "listed" || kind == "unlisted" {
                    line["object"] = "all".into();
                }
                if kind == "claimed" {
                    line["attributes"] = json!({ "topics": ["go"] });
                }
                line
            };
            let lines: Vec<Value> = deeds(day, *coin, kinds).into_iter().enumerate().map(line).collect();
            let (statuses, _) = engine.apply_all(activities(engine.program(), &lines));
            assert!(statuses.iter().all(Result::is_ok), "{statuses:?}");
            let anyone = ViewContext::of("0", "en", at(24 * day as i64 + 3));
            let standings = engine.members().filter_map(|member| engine.standing(member));
            seen.push(engine.program().cohort("year", standings, &anyone).expect("one program").expect("a challenge"));
        }
    }
    seen
}

/// Four of five colleagues are in the plot, in a cohort of ten, and one of them reads its figures on a thousand days.
/// What the fifth does that the company cannot see, by the toss of a coin, leaves no trace in any of them. So whatever
/// rule turns the figures into guesses is right in exactly half of both series.
#[test]
fn four_of_five_colleagues_learn_nothing_about_the_fifth() {
    let next = |seed: &u64| Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407));
    let tosses = successors(Some(1), next).map(|seed| seed >> 63 == 1);
    let coins: Vec<bool> = tosses.take(DAYS * YEARS.len()).collect();
    let tails: Vec<bool> = coins.iter().map(|coin| !coin).collect();
    let [one, other] = [&coins, &tails].map(|coins| series(coins, &PRIVATE));
    assert!(one.len() >= 1000);
    assert!(one.iter().any(|cohort| cohort.members.is_some() && !cohort.shared.is_empty()), "nothing is ever shown");
    assert!(one.windows(2).filter(|pair| pair[0] != pair[1]).count() > 10, "figures that stay show nothing");
    assert_eq!(one, other);
    // The plot does see what the company sees, so a figure that counted what is private would be found out.
    let [one, other] = [&coins, &tails].map(|coins| series(coins, &["post"; 20]));
    assert_ne!(one, other);
}
