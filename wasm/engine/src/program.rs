//! Program: from JSON text to a checked program, with the time zones that the shell finds.

use alloc::{string::ToString, vec::Vec};
use js_sys::{Error, Float64Array, Function, JSON, Reflect};
use knownfor::{Problems, Program, Timestamp, Transition, Tree, Zone};
use knownfor_crossing::{json, parse};
use wasm_bindgen::prelude::*;

/// Checks a program. The error for one with problems lists them in its text, and one by one in its property `problems`.
pub(crate) fn check(program: &str, zones: &Function) -> Result<Program, JsValue> {
    let tree: Tree<'_> = parse(program, "a program")?;
    Program::check(&tree, |name| zone(zones, name)).map_err(|problems| bad_program(&problems))
}

fn bad_program(problems: &Problems) -> JsValue {
    let error = Error::new(&problems.to_string());
    if let Some(list) = json(problems).ok().and_then(|text| JSON::parse(&text).ok()) {
        // Setting a property of an error made here cannot fail.
        let _ = Reflect::set(&error, &"problems".into(), &list);
    }
    error.into()
}

/// A time zone as the shell finds it: its first offset, then the second and the offset of each change.
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
