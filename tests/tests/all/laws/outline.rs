//! An outline answers what the whole standing answers, in a tenth of the memory.

use super::{cases, regressions};
use crate::world::engine;
use knownfor::{Outline, SharedPart, Standing, ViewContext};
use knownfor_tests::generate;
use proptest::{prelude::*, sample::select};
use std::collections::BTreeMap;

const NOW: [&str; 3] = ["2026-03-20T12:00:00Z", "2026-04-02T12:00:00Z", "2031-01-01T00:00:00Z"];
const CHALLENGES: [&str; 2] = ["c0", "c1"];
const PARTS: [SharedPart; 5] =
    [SharedPart::Points, SharedPart::Badges, SharedPart::Topics, SharedPart::Profile, SharedPart::Boards];

proptest! {
    #![proptest_config(cases(150, regressions!("outline")))]

    #[test]
    fn an_outline_answers_as_the_standing_does(case in generate::cases(30), in_team in any::<bool>(), now in select(&NOW[..])) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let members: Vec<&str> = engine.members().collect();
        let ask = ViewContext {
            team: if in_team { &members } else { &[] },
            ..ViewContext::of("bob", "en", now.parse().expect("a time"))
        };
        let standings: BTreeMap<&str, &Standing> =
            members.iter().map(|member| (*member, engine.standing(member).expect("a member"))).collect();
        let outlines: BTreeMap<&str, Outline> =
            standings.iter().map(|(member, standing)| (*member, Outline::of(standing))).collect();
        for (member, standing) in &standings {
            let outline = &outlines[member];
            for part in PARTS {
                prop_assert_eq!(outline.shows(member, part, &ask), standing.shows(member, part, &ask));
            }
            prop_assert_eq!(outline.shows_anything(member, &ask), standing.shows_anything(member, &ask));
            prop_assert_eq!(outline.is_model(member, &ask), engine.models(&ask).contains(member));
        }
        let program = engine.program();
        for challenge in CHALLENGES {
            let whole = program.cohort(challenge, standings.values().copied(), &ask);
            prop_assert_eq!(program.cohort(challenge, outlines.values(), &ask), whole);
        }
        let of_standings = standings.values().map(|standing| ("all", *standing));
        let of_outlines = outlines.values().map(|outline| ("all", outline));
        prop_assert_eq!(program.report(of_outlines, ask.now), program.report(of_standings, ask.now));
    }
}
