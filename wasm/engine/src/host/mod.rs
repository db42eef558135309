//! Host: what only servers need, in Node.js, Bun, Deno and Workers.

mod batch;
mod engine;
mod history;
mod program;

use program::Program;

use js_sys::{Object, Reflect, Uint8Array};
use knownfor::{Entry, Standing};
use knownfor_crossing::write;
use wasm_bindgen::prelude::*;

/// An object with a standing as bytes, and with these lists of entries as lines.
fn with_standing(
    standing: &Standing,
    member: &str,
    lists: impl IntoIterator<Item = (&'static str, Vec<Entry>)>,
) -> Result<JsValue, JsError> {
    let object = Object::new();
    // Setting a property of an object made here cannot fail.
    let set = |key: &str, value: &JsValue| drop(Reflect::set(&object, &key.into(), value));
    set("standing", &Uint8Array::from(&*standing.to_bytes()));
    for (key, entries) in lists {
        set(key, &write(&entries.iter().map(|entry| entry.line(member)).collect::<Vec<_>>())?);
    }
    Ok(object.into())
}
