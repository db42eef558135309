//! Warnings: a program built to harm gets every warning about harm, an idle one every warning about what has no
//! effect, and the programs that we ship get none that we do not mean.

use crate::{
    kitchen::blocks,
    laws::{cases, regressions},
    world::program,
};
use insta::{Settings, assert_snapshot};
use knownfor::{Feed, FeedRemark, FeedSummary, Positions, Program, Zone};
use knownfor_tests::generate;
use proptest::prelude::*;
use serde_json::json;
use std::{fs, path::Path};

/// What warnings say of parts without effect, which a page may have.
const NO_EFFECT: [&str; 2] = ["neither holds nor fails", "is used by no rule"];

fn warnings(path: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path).expect("there is the program");
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    let program = if is_json { Program::from_json(&text, Zone::named) } else { Program::from_toml(&text, Zone::named) };
    let positions = if is_json { Positions::of_json(&text) } else { Positions::of_toml(&text) };
    let positions = positions.expect("the text can be read");
    let warnings = program.expect("it has no problems").warnings();
    warnings.iter().map(|warning| format!("{}: {warning}", positions.at(&warning.path))).collect()
}

fn assert_warnings(name: &str) {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/bad-programs"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let warnings = warnings(&format!("bad-programs/{name}/program.toml"));
    settings.bind(|| assert_snapshot!(name, warnings.join("\n")));
}

#[test]
fn a_program_built_to_harm_gets_every_warning() {
    assert_warnings("harmful");
}

#[test]
fn a_program_with_idle_parts_gets_every_warning() {
    assert_warnings("idle");
}

#[test]
fn programs_that_we_ship_get_no_warning() {
    for program in ["intranet/going-social.toml", "page/site/program.json", "quickstart/program.toml"] {
        assert_eq!(warnings(&format!("../examples/{program}")), [""; 0], "{program}");
    }
}

#[test]
fn programmes_that_people_run_are_warned_only_about_what_they_are_known_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("programmes");
    let mut told = Vec::new();
    for file in fs::read_dir(folder).expect("there are programmes").flatten() {
        let page = fs::read_to_string(file.path()).expect("a programme can be read");
        let program = blocks(&page, "toml").next().expect("a page has a program");
        let program = Program::from_toml(program, Zone::named).expect("it has no problems");
        let name = file.file_name().into_string().expect("a name");
        let warnings = program.warnings();
        let may_harm = warnings.iter().filter(|warning| !NO_EFFECT.iter().any(|said| warning.reason.contains(said)));
        told.extend(may_harm.map(|warning| format!("{name}: {}", warning.path)));
    }
    // Discourse takes its third trust level away again after two weeks.
    assert_eq!(told, ["trust-levels.md: /badges/regular/expires"]);
}

#[test]
fn the_stack_exchange_program_is_warned_only_about_how_the_site_works() {
    for warning in warnings("../examples/replay/stackexchange.toml") {
        let is_the_sites_own = ["without a limit", "takes points away", "`/members`", "/members: is missing"];
        assert!(is_the_sites_own.iter().any(|reason| warning.contains(reason)), "{warning}");
    }
}

#[test]
fn what_ended_before_the_first_activity_is_told() {
    let program = program(&json!({
        "version": 1, "id": "p", "zone": "Europe/Berlin",
        "kinds": { "post": {}, "join": {}, "leave": {} },
        "currencies": { "points": {} },
        "rules": {
            "last-year": { "on": "post", "give": { "points": 1 }, "until": "2026-01-01" },
            "to-the-first": { "on": "post", "give": { "points": 1 }, "until": "2026-03-02T09:30:00Z" },
            "past-the-first": { "on": "post", "give": { "points": 1 }, "until": "2026-03-02T09:30:01Z" },
            "goal": { "when": { "posts": 1, "until": "2026-01-01" }, "give": { "points": 1 } }
        },
        "tallies": { "posts": { "count": "post" } },
        "badges": { "writer": { "when": [{ "posts": 3 }, { "posts": 1, "until": "2026-01-01" }] } },
        "challenges": {
            "spring": { "from": "2026-03-01", "until": "2026-03-02", "joined_by": "join", "left_by": "leave", "steps": { "one": { "when": { "posts": 1 } } } },
            "winter": { "from": "2026-02-01", "until": "2026-03-01", "joined_by": "join", "left_by": "leave", "steps": { "one": { "when": { "posts": 1 } } } }
        }
    }));
    let mut summary = FeedSummary::new(&program);
    for at in ["2026-05-01T09:30:00Z", "2026-03-02T09:30:00Z"] {
        let line = json!({ "id": at, "at": at, "kind": "post", "actor": "ada" });
        summary.add(&program.read(&line, &Feed::new("wiki")).expect("an activity"));
    }
    let ended = summary.remarks().into_iter().filter_map(|remark| match remark {
        FeedRemark::Ended { path, .. } => Some(path),
        _ => None,
    });
    assert_eq!(
        ended.collect::<Vec<_>>(),
        [
            "/rules/last-year/until",
            "/rules/to-the-first/until",
            "/rules/goal/when/until",
            "/badges/writer/when/1/until",
            "/challenges/winter/until",
        ]
    );
}

proptest! {
    #![proptest_config(cases(100, regressions!("warnings")))]

    #[test]
    fn warnings_point_into_the_program(case in generate::cases(8)) {
        for warning in program(&case.program).warnings() {
            let (above, _) = warning.path.rsplit_once('/').expect("a path is a pointer");
            prop_assert!(case.program.pointer(above).is_some(), "{}", warning);
        }
    }

    #[test]
    fn rules_that_give_without_limit_or_take_points_get_a_warning(case in generate::cases(8)) {
        let warnings = program(&case.program).warnings();
        let told = |path: String| {
            let harms = |reason: &str| reason.contains("without a limit") || reason.contains("takes points away");
            warnings.iter().any(|warning| warning.path == path && harms(&warning.reason))
        };
        for (name, rule) in case.program["rules"].as_object().into_iter().flatten() {
            let give = rule["give"].as_object().and_then(|give| give.values().next()).expect("a rule gives");
            let amounts: Vec<i64> = match give["nth"].as_array() {
                Some(nth) => nth.iter().filter_map(serde_json::Value::as_i64).collect(),
                None => vec![give.as_i64().unwrap_or_else(|| give["times"].as_i64().unwrap_or(1))],
            };
            let ends = give["best"] == true && (give["per"].is_null() || give["per"] == "ever");
            let pays = amounts.last().is_some_and(|last| *last > 0) && !ends;
            let endless = !rule["on"].is_null() && rule["limit"].is_null() && pays;
            prop_assert_eq!(told(format!("/rules/{name}")), endless, "{}", rule);
            prop_assert_eq!(told(format!("/rules/{name}/give")), amounts.iter().any(|amount| *amount < 0), "{}", rule);
        }
    }
}
