//! Warnings: a program built to harm gets every warning, and the intranet's own program gets none.

use crate::{
    laws::{cases, regressions},
    world::program,
};
use insta::{Settings, assert_snapshot};
use knownfor::{Program, Tree, Zone};
use knownfor_tests::generate;
use proptest::prelude::*;
use std::{fs, path::Path};

fn warnings(path: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(path).expect("there is the program");
    let tree: Tree = toml::from_str(&text).expect("it is TOML");
    let program = Program::check(&tree, Zone::named).expect("it has no problems");
    program.warnings().iter().map(ToString::to_string).collect()
}

#[test]
fn a_program_built_to_harm_gets_every_warning() {
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/bad-programs"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("harmful", warnings("bad-programs/harmful/program.toml").join("\n")));
}

#[test]
fn the_intranets_program_gets_no_warning() {
    assert_eq!(warnings("../examples/intranet/going-social.toml"), [""; 0]);
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
        let told = |path: String| warnings.iter().any(|warning| warning.path == path);
        for (name, rule) in case.program["rules"].as_object().into_iter().flatten() {
            let give = rule["give"].as_object().and_then(|give| give.values().next()).expect("a rule gives");
            let amounts: Vec<i64> = match give["nth"].as_array() {
                Some(nth) => nth.iter().filter_map(serde_json::Value::as_i64).collect(),
                None => vec![give.as_i64().unwrap_or_else(|| give["times"].as_i64().unwrap_or(1))],
            };
            let endless = rule["on"].is_array() && rule["limit"].is_null() && amounts.last().is_some_and(|last| *last > 0);
            prop_assert_eq!(told(format!("/rules/{name}")), endless, "{}", rule);
            prop_assert_eq!(told(format!("/rules/{name}/give")), amounts.iter().any(|amount| *amount < 0), "{}", rule);
        }
    }
}
