//! Challenges: a member's view and the cohort agree with the slow model, and a finished challenge never changes.

use super::{cases, regressions};
use crate::world::{civil_day, engine, title};
use knownfor::{
    Engine, Timestamp, ViewContext,
    view::{ChallengeView, Phase},
};
use knownfor_tests::{
    generate,
    model::{self, Known, Pilot},
};
use proptest::{prelude::*, sample::select};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Times within and after the records.
const LATER: [&str; 4] =
    ["2026-03-30T12:00:00Z", "2026-11-02T23:30:00Z", "2028-03-01T00:00:00Z", "2031-01-01T00:00:00Z"];

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

proptest! {
    #![proptest_config(cases(300, regressions!("challenges")))]

    #[test]
    fn challenge_views_agree_with_the_model(case in generate::cases(36), later in select(&LATER[..])) {
        let engine = engine(&case.program, &case.record, &case.voids);
        let known = model::run(&case.program, &case.record, &case.voids, None);
        // A record that goes on after a challenge has fixed where its member stood at the end, whatever moment is asked about.
        let is_over = case.record.iter().all(|one| at(one["at"].as_str().expect("a text")) <= at(later));
        for (member, known) in &known {
            let view = engine.view(member, &ViewContext::of(member, "en", at(later))).expect("one's own view");
            for challenge in &view.challenges {
                compare(&engine, challenge, known.challenges.get(&challenge.challenge))?;
                if challenge.phase == Phase::Running && challenge.joined && is_over {
                    let after = challenge.after.as_ref().expect("who joined stands somewhere");
                    let points: Vec<i64> = view.standing.points.iter().map(|points| points.total).collect();
                    prop_assert_eq!(&after.points, &points, "{} of {}", challenge.challenge, member);
                    prop_assert_eq!(Some(after.completeness), view.profile.as_ref().map(|profile| profile.percent));
                }
            }
        }
        cohorts(&engine, &case.program, &known, later)?;
    }

    #[test]
    fn a_finished_challenge_never_changes(case in generate::cases(36)) {
        let engine = engine(&case.program, &case.record, &case.voids);
        for member in engine.members() {
            let over = |now: &str| {
                let view = engine.view(member, &ViewContext::of(member, "en", at(now))).expect("one's own view");
                let over = view.challenges.into_iter().filter(|challenge| challenge.phase == Phase::Over && challenge.joined);
                over.map(|challenge| (challenge.challenge.clone(), challenge)).collect::<BTreeMap<_, _>>()
            };
            // Only activities make steps due, and none follow the record.
            let (earlier, later) = (over(LATER[0]), over(LATER[3]));
            for (name, challenge) in earlier {
                let ChallengeView { dates, calendar, steps, done, before, after, .. } = &challenge;
                let same = &later[&name];
                prop_assert_eq!((dates, calendar, done), (&same.dates, &same.calendar, &same.done), "{} of {}", name, member);
                prop_assert_eq!((before, after), (&same.before, &same.after), "{} of {}", name, member);
                let told = |steps: &[knownfor::view::ChallengeStepView]| -> Vec<_> {
                    steps.iter().map(|step| (step.step.clone(), step.done, step.declined, step.from.clone())).collect()
                };
                prop_assert_eq!(told(steps), told(&same.steps), "{} of {}", name, member);
            }
        }
    }
}

fn compare(engine: &Engine, challenge: &ChallengeView, known: Option<&Pilot>) -> Result<(), TestCaseError> {
    let name = &challenge.challenge;
    let done: BTreeSet<String> =
        challenge.steps.iter().filter(|step| step.done).map(|step| step.step.clone()).collect();
    prop_assert_eq!(&done, &known.map(|known| known.done.clone()).unwrap_or_default(), "steps done in {}", name);
    let declined: BTreeSet<String> =
        challenge.steps.iter().filter(|step| step.declined).map(|step| step.step.clone()).collect();
    let expected = known.map(|known| known.declined.clone()).unwrap_or_default();
    prop_assert_eq!(&declined, &expected, "steps declined in {}", name);
    let (closed, all) = (done.len() + declined.len(), challenge.steps.len());
    let counted = if done.is_empty() { closed.min(all - 1) } else { closed };
    prop_assert_eq!(challenge.done as usize, counted, "how many steps of {} count as done", name);
    let known = known.filter(|known| known.joined);
    prop_assert_eq!(challenge.joined, known.is_some(), "joined {}", name);
    let Some(known) = known else { return Ok(()) };
    let dates = challenge.dates.clone().map(|[first, last]| (first, last));
    prop_assert_eq!(dates.as_ref(), Some(&known.dates), "dates of {}", name);
    let active: BTreeSet<String> =
        challenge.calendar.iter().filter(|day| day.active).map(|day| day.date.clone()).collect();
    let within = |day: &&String| (&known.dates.0..=&known.dates.1).contains(day);
    prop_assert_eq!(active, known.active.iter().filter(within).cloned().collect(), "active days of {}", name);
    let before = challenge.before.as_ref().expect("who joined stood somewhere");
    let points: Vec<i64> = engine.program().currencies().map(|currency| known.before.1[currency]).collect();
    prop_assert_eq!((i64::from(before.completeness), &before.points), (known.before.0, &points), "before {}", name);
    Ok(())
}

/// What the members of each challenge reached together until the day began, of those whom the company sees, if a group
/// may have one member.
fn cohorts(engine: &Engine, program: &Value, known: &BTreeMap<String, Known>, now: &str) -> Result<(), TestCaseError> {
    let today = civil_day(program, now.parse().expect("a time")).to_string();
    for challenge in ["c0", "c1"] {
        let ask = ViewContext::of("nobody", "en", at(now));
        let cohort = engine.cohort(challenge, &ask).expect("the program has the challenge");
        let counted = |known: &Known| {
            let pilot = known.challenges.get(challenge)?;
            let is_over = known.last_day < today;
            if is_over { pilot.counted.then(|| pilot.shared.clone()) } else { pilot.today.clone() }
        };
        let counted: Vec<BTreeMap<String, i64>> = known.values().filter_map(counted).collect();
        let steps = [0, 1, 2, 5, 10, 20, 50];
        let members = steps.into_iter().rfind(|step| *step <= counted.len()).unwrap_or(0);
        prop_assert_eq!(cohort.members.map_or(0, |members| members as usize), members, "members of {}", challenge);
        for part in &cohort.shared {
            let its = |(tally, sum): (&String, &i64)| (title(&program["tallies"], tally) == part.name).then_some(*sum);
            let sum: i64 = counted.iter().flat_map(|shared| shared.iter().filter_map(its)).sum();
            let reached = match sum.max(0) * 100 / part.goal {
                ..20 => "few",
                20..50 => "some",
                50..80 => "most",
                _ => "nearly-all",
            };
            prop_assert_eq!(part.reached.name(), reached, "{} of {}", part.name, challenge);
        }
    }
    Ok(())
}
