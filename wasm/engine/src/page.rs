//! Page: the engine's program as a page gives it, with the time zones that the browser knows.

use crate::{Engine, answers::bad_program};
use js_sys::{Float64Array, Function};
use knownfor::{Program, Timestamp, Transition, Tree, Zone};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Engine {
    /// An engine for a program, given as JSON text. `zones` answers the clock changes of a time zone by its IANA name.
    /// A program with problems throws an error whose property `problems` lists them.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &str, zones: &Function) -> Result<Engine, JsValue> {
        Ok(Engine(knownfor::Engine::new(check(program, zones)?)))
    }

    /// An engine that continues from a snapshot taken with the same program.
    pub fn restore(program: &str, zones: &Function, snapshot: &[u8]) -> Result<Engine, JsValue> {
        let program = check(program, zones)?;
        Ok(Engine(knownfor::Engine::restore_unsealed(program, snapshot).map_err(JsError::from)?))
    }
}

fn check(program: &str, zones: &Function) -> Result<Program, JsValue> {
    let tree: Tree<'_> =
        serde_json::from_str(program).map_err(|error| JsError::new(&format!("expected a program as JSON: {error}")))?;
    Program::check(&tree, |name| zone(zones, name)).map_err(|problems| bad_program(&problems))
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
