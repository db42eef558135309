//! Next steps: the first are private, later ones widen by one audience at a time, and each gives what it promises.

use super::{cases, regressions};
use crate::world::{activity, engine};
use knownfor::{
    Audience, Engine, Standing, Timestamp, ViewContext,
    view::{MemberView, StepView, Target},
};
use knownfor_tests::generate;
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const GRADES: [Audience; 4] = [Audience::Private, Audience::Team, Audience::Company, Audience::Public];
/// Later than all records.
const LATER: &str = "2036-01-01T00:00:00Z";

/// Kinds that members do, to which a generated program gives any comfort from private to public.
const DEEDS: [&str; 5] = ["post", "like", "dislike", "thank", "published"];

/// A case in which each deed has a grade of comfort, and nothing in the record is reversed.
fn graded() -> impl Strategy<Value = generate::Case> {
    (generate::cases(30), vec(select(&GRADES[..]), DEEDS.len())).prop_map(|(mut case, grades)| {
        let kinds = case.program["kinds"].as_object_mut().into_iter().flatten();
        kinds.for_each(|(_, kind)| _ = kind.as_object_mut().and_then(|kind| kind.remove("comfort")));
        for (kind, grade) in DEEDS.iter().zip(grades) {
            case.program["kinds"][*kind]["comfort"] = grade.name().into();
        }
        case
    })
}

fn later() -> Timestamp {
    LATER.parse().expect("a time")
}

fn own(engine: &Engine, member: &str) -> MemberView {
    engine.view(member, &ViewContext::of(member, "en", later())).expect("one's own view")
}

/// The grade of comfort of a kind: as the program declares it, or by default from the meaning that the program gives
/// the kind.
fn comfort(program: &Value, kind: &str) -> Audience {
    let said = program["kinds"][kind]["comfort"].as_str();
    let one = [
        "/profile/on",
        "/profile/hidden_by",
        "/audience/on",
        "/topics/claimed_by",
        "/topics/declined_by",
        "/models/ended_by",
        "/leave/on",
        "/own_week/on",
        "/redeem/on",
    ];
    let many = [("boards", "left_by"), ("badges", "hidden_by"), ("challenges", "joined_by"), ("challenges", "left_by")];
    let of_many = many.iter().any(|(section, key)| {
        program[*section].as_object().is_some_and(|things| things.values().any(|thing| thing[*key] == kind))
    });
    let quiet = of_many || one.iter().any(|place| program.pointer(place).is_some_and(|named| *named == kind));
    let unsaid = if quiet { Audience::Private } else { Audience::Company };
    GRADES.into_iter().find(|grade| Some(grade.name()) == said).unwrap_or(unsaid)
}

proptest! {
    #![proptest_config(cases(100, regressions!("steps")))]

    #[test]
    fn the_first_steps_are_private(case in graded()) {
        let steps = own(&engine(&case.program, &[], []), "somebody new").steps;
        // There is a profile to fill, so a private step always exists.
        prop_assert!(!steps.is_empty());
        prop_assert!(steps.iter().all(|step| step.audience == Audience::Private), "{:?}", steps);
        prop_assert_eq!(steps[0].target, Target::Field);
    }

    #[test]
    fn steps_widen_by_one_audience_at_a_time(case in graded()) {
        let record: Vec<Value> = case.record.iter().filter(|one| lives(&case.program, one)).cloned().collect();
        let engine = engine(&case.program, &record, []);
        for member in engine.members() {
            let deeds = record.iter().filter(|one| one["actor"] == *member);
            let boldest = deeds.map(|one| comfort(&case.program, one["kind"].as_str().unwrap_or_default())).max();
            let view = own(&engine, member);
            // Sharing with a circle is bold, too.
            let audience = view.audience.iter().flat_map(|of| [of.points, of.badges, of.topics, of.profile, of.boards]);
            let shared = audience.max().or(Some(Audience::Company)).filter(|_| view.published);
            let boldest = boldest.max(shared);
            let upto = boldest.map_or(Audience::Private, |boldest| {
                *GRADES.iter().find(|grade| **grade > boldest).unwrap_or(&Audience::Public)
            });
            let steps = view.steps;
            let lowest = steps.iter().map(|step| step.audience).min();
            let offered = |step: &StepView| step.audience <= upto || Some(step.audience) == lowest;
            prop_assert!(steps.iter().all(offered), "{} did {:?}: {:?}", member, boldest, steps);
        }
    }

    #[test]
    fn a_step_leads_to_something_not_yet_earned(case in graded()) {
        let engine = engine(&case.program, &case.record, &case.voids);
        for member in engine.members() {
            let view = own(&engine, member);
            if case.program["members"]["earn_nothing"].as_array().is_some_and(|names| names.contains(&json!(member))) {
                prop_assert!(view.steps.is_empty(), "{:?}", view.steps);
                continue;
            }
            let things: BTreeSet<_> = view.steps.iter().map(|step| (step.target as u8, &step.id, &step.step)).collect();
            prop_assert_eq!(things.len(), view.steps.len(), "{:?}", view.steps);
            let profile = view.profile.as_ref().expect("the program has a profile");
            let open = profile.fields.iter().filter(|field| !field.state.is_done() || field.review);
            let open: BTreeSet<&str> = open.map(|field| field.field.as_str()).collect();
            prop_assert_eq!(ids(&view, Target::Field), open);
            prop_assert!(view.published || profile.next.as_ref().is_none_or(|next| view.steps[0].id == next.field));
            prop_assert!(!view.published || ids(&view, Target::Publish).is_empty());
            let coming: BTreeSet<&str> = view.badges.on_the_way.iter().map(|badge| badge.badge.as_str()).collect();
            prop_assert!(ids(&view, Target::Badge).is_subset(&coming));
            for step in &view.steps {
                prop_assert!(step.percent < 100 && !step.invite.is_empty());
                prop_assert!(step.missing.iter().all(|part| part.value < part.goal), "{:?}", step);
                prop_assert!(step.gives.iter().all(|gift| gift.points > 0), "{:?}", step);
                let reverses = |kind: &str| !case.program["kinds"][kind]["reverses"].is_null();
                prop_assert!(!step.kind.as_deref().is_some_and(reverses), "{:?}", step);
            }
        }
    }

    #[test]
    fn filling_a_field_gives_what_its_step_says(mut case in generate::cases(20)) {
        case.program["kinds"]["nothing"] = json!({});
        let engine = engine(&case.program, &case.record, &case.voids);
        let program = engine.program();
        for member in engine.members() {
            let view = own(&engine, member);
            for step in view.steps.iter().filter(|step| step.target == Target::Field) {
                let mut standing: Standing = engine.standing(member).expect("a member has a standing").clone();
                let line = json!({
                    "id": "filled", "at": LATER, "kind": "profile", "actor": member, "profile": { step.id.as_str(): "done" }
                });
                let before = totals(program, &standing_at(program, &standing, member));
                let filled = activity(program, &line);
                program.apply(&mut standing, member, &filled).expect("it is the last");
                for (currency, before) in before {
                    let gained = standing.total(&currency).unwrap_or(0) - before;
                    let said = step.gives.iter().find(|gift| gift.currency == currency).map_or(0, |gift| gift.points);
                    prop_assert_eq!(said, gained.max(0), "{} of {} for {:?}", currency, member, step);
                }
            }
        }
    }
}

/// Whether an activity neither undoes anything nor is undone.
fn lives(program: &Value, activity: &Value) -> bool {
    program["kinds"][activity["kind"].as_str().unwrap_or_default()]["reverses"].is_null()
}

fn ids(view: &MemberView, target: Target) -> BTreeSet<&str> {
    view.steps.iter().filter(|step| step.target == target).map(|step| step.id.as_str()).collect()
}

/// A standing after time has passed until the question.
fn standing_at(program: &knownfor::Program, standing: &Standing, member: &str) -> Standing {
    let mut standing = standing.clone();
    // An activity that names the member and counts nowhere lets time pass.
    let nothing = json!({ "id": "nothing", "at": LATER, "kind": "nothing", "actor": member });
    program.apply(&mut standing, member, &activity(program, &nothing)).expect("it is the last");
    standing
}

fn totals(program: &knownfor::Program, standing: &Standing) -> Vec<(String, i64)> {
    let totals = program.currencies().map(|name| (name.to_owned(), standing.total(name).unwrap_or(0)));
    totals.collect()
}
