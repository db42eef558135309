//! Experts: a search among many members is fast, and finds the same as a scan of all of them.

use crate::world::tree;
use cpu_time::ThreadTime;
use knownfor::{Engine, Experts, Feed, SharedPart, Standing, ViewContext};
use knownfor_speed::{COMMON_TOPIC, company, company_program};
use serde_json::json;
use std::{cmp::Reverse, collections::BTreeSet, time::Duration};

const MEMBERS: usize = 100_000;
/// How many standings are folded. Each is then used for many members, because folding all would take minutes without
/// optimisation.
const DIFFERENT: usize = 200;
/// The most that an answer may take. An optimised build takes a hundredth of it, and a scan of all members takes
/// longer even then.
const BOUND: Duration = Duration::from_millis(5);

fn company_engine() -> Engine {
    let mut engine = Engine::new(company_program());
    for line in company(DIFFERENT as u64) {
        let read = engine.program().read(&tree(&line), &Feed::new("company")).expect("a line is an activity");
        engine.apply(read).expect("an activity is accepted");
    }
    engine
}

/// A member, their standing, and their strength in the topic that everyone claims.
type Member<'e> = (String, &'e Standing, i64);

fn members(engine: &Engine) -> Vec<Member<'_>> {
    let standings: Vec<&Standing> = engine.members().filter_map(|member| engine.standing(member)).collect();
    let strength = |standing: &&Standing| {
        let topics = standing.topics();
        topics.into_iter().find(|topic| topic.topic == COMMON_TOPIC).expect("everybody claims it").strength
    };
    let strengths: Vec<i64> = standings.iter().map(strength).collect();
    let of = |number: usize| (standings[number % DIFFERENT], strengths[number % DIFFERENT]);
    (0..MEMBERS).map(|number| (format!("m{number:06}"), of(number).0, of(number).1)).collect()
}

#[test]
fn ten_experts_among_a_hundred_thousand_are_found_fast() {
    let engine = company_engine();
    let (program, members) = (engine.program(), members(&engine));
    let mut experts = Experts::new(program);
    members.iter().for_each(|(member, standing, _)| experts.update(member, standing).expect("one program"));
    let mates: Vec<&str> = members.iter().step_by(997).map(|(member, ..)| member.as_str()).collect();
    let now = "2026-03-01T00:00:00Z".parse().expect("a time");
    for (viewer, team) in [("nobody", &[][..]), ("nobody", &mates[..]), ("m000004", &mates[..10])] {
        let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now) };
        let found = experts.known_for(COMMON_TOPIC, &ask, 10);
        let rows: Vec<_> = found.experts.iter().map(|expert| (expert.strength, expert.member.as_str())).collect();
        assert_eq!(rows, scanned(&members, &ask));
        let least = |question: &dyn Fn()| {
            let time = |_| {
                let start = ThreadTime::now();
                question();
                start.elapsed()
            };
            (0..20).map(time).min().expect("it was asked")
        };
        for topic in [COMMON_TOPIC, "t17", "teamWORK", "unheard of"] {
            let time = least(&|| drop(experts.known_for(topic, &ask, 10)));
            assert!(time < BOUND, "{topic} for {viewer}: {time:?}");
        }
        let time = least(&|| drop(experts.topics(&ask, "t", 10)));
        assert!(time < BOUND, "topics for {viewer}: {time:?}");
    }
}

/// The ten best, found by asking every member whether the viewer may see their topics.
fn scanned<'m>(members: &'m [Member<'_>], ask: &ViewContext<'_>) -> Vec<(i64, &'m str)> {
    let is_shared = |(member, standing, _): &&Member<'_>| {
        // Members find themselves if their team would find them.
        let own = member == ask.viewer;
        let others = ViewContext { viewer: "", team: if own { &[ask.viewer] } else { ask.team }, ..*ask };
        standing.shows(member, SharedPart::Topics, &others)
    };
    let shared = members.iter().filter(is_shared);
    let ranked: BTreeSet<_> = shared.map(|(member, _, strength)| (Reverse(*strength), member.as_str())).collect();
    ranked.into_iter().take(10).map(|(strength, member)| (strength.0, member)).collect()
}

#[test]
fn members_listed_in_their_own_team_count_once() {
    let mut engine = Engine::new(company_program());
    for (number, member, topic) in [(0, "ada", "Rust"), (3, "cleo", "RUST")] {
        for (number, kind, attributes) in [
            (number, "topics.claimed", json!({ "topics": [topic] })),
            (number + 1, "audience.said", json!({ "share_topics": "team" })),
            (number + 2, "profile.published", json!({})),
        ] {
            let line = json!({ "id": number, "at": number, "kind": kind, "actor": member, "attributes": attributes });
            let read = engine.program().read(&line, &Feed::new("company")).expect("a line is an activity");
            engine.apply(read).expect("an activity is accepted");
        }
    }
    // Both spellings are equally frequent, so the first one in order counts.
    let now = "2026-03-01T00:00:00Z".parse().expect("a time");
    for team in [&["cleo"][..], &["cleo", "ada", "cleo"]] {
        let ask = ViewContext { team, ..ViewContext::of("ada", "en", now) };
        assert_eq!(engine.known_for("rust", &ask, 10).topic, "RUST", "{team:?}");
    }
}
