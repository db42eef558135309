//! Program: from JSON text to a checked program, with the time zones that the page knows.

use js_sys::{Error, Float64Array, Function, Reflect};
use knownfor::{Problems, Program, Timestamp, Transition, Tree, Zone};
use knownfor_crossing::write;
use wasm_bindgen::prelude::*;

/// Checks a program. The error for a program with problems lists them in its message, and in its property `problems`.
pub(crate) fn check(program: &str, zones: &Function) -> Result<Program, JsValue> {
    let tree: Tree<'_> =
        serde_json::from_str(program).map_err(|error| JsError::new(&format!("expected a program as JSON: {error}")))?;
    Program::check(&tree, |name| zone(zones, name)).map_err(|problems| bad_program(&problems))
}

fn bad_program(problems: &Problems) -> JsValue {
    let error = Error::new(&problems.to_string());
    if let Ok(list) = write(problems) {
        // Setting a property of an error made here cannot fail.
        let _ = Reflect::set(&error, &"problems".into(), &list);
    }
    error.into()
}

/// Asks the page for a time zone: its first offset, then the second and the offset of each change.
fn zone(zones: &Function, name: &str) -> Option<Zone> {
    let found = zones.call1(&JsValue::NULL, &name.into()).ok()?;
    let numbers: Vec<i64> = found.dyn_ref::<Float64Array>()?.to_vec().into_iter().map(|number| number as i64).collect();
    let (first, changes) = numbers.split_first()?;
    let (changes, _) = changes.as_chunks();
    let transitions = changes.iter().map(|[second, offset]| {
        Some(Transition { at: Timestamp::from_unix(*second, 0)?, offset_seconds: i32::try_from(*offset).ok()? })
    });
    Zone::new(name, i32::try_from(*first).ok()?, transitions.collect::<Option<_>>()?).ok()
}
