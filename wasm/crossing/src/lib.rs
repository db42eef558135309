//! The border between JavaScript and both WebAssembly modules: data in, data out, and the memory they live in.
//!
//! Data crosses as JavaScript objects. What comes in becomes a [`Tree`], from which all plain data is read.
//!
//! Programs and feeds cross as *text*, for two reasons. A JavaScript object moves integer-like keys to the front, and
//! the rules of a program apply in the order written. Its numbers are exact only up to 2^53, and ids in feeds may be
//! larger.

#[cfg(target_arch = "wasm32")]
mod memory;

use js_sys::Error;
use knownfor::{FromTree, Tree};
use serde::{Deserialize, Serialize};
use serde_wasm_bindgen::{Deserializer, Serializer};
use wasm_bindgen::{JsCast, JsError, JsValue};

/// Reads a JavaScript value as data of a known shape. Fields that the shape does not have are ignored, so that a newer
/// server is understood. `what` names the data in the error, for example `a member view`.
///
/// # Errors
///
/// The value does not have the shape: a field is missing, or has another type.
pub fn read<T: FromTree>(value: JsValue, what: &str) -> Result<T, JsError> {
    T::from_tree(&tree(value)?).map_err(|error| JsError::new(&format!("not {what}: {error}")))
}

/// Reads a JavaScript value as plain data, such as `JSON.parse` makes. `undefined` is `null`.
///
/// # Errors
///
/// There is something in it that JSON does not have, such as a function, or it is nested deeper than
/// [`MAX_DEPTH`](knownfor::MAX_DEPTH).
pub fn tree(value: JsValue) -> Result<Tree<'static>, JsError> {
    Tree::deserialize(Deserializer::from(value)).map_err(|error| JsError::new(&message(error.into())))
}

/// Turns data into what `JSON.parse` would make of its JSON: `None` is `null`, a map is a plain object, and fields keep
/// their order.
///
/// # Errors
///
/// A number is beyond ±(2^53 − 1), which JavaScript's numbers cannot hold exactly. Totals of points stay within.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsError> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| JsError::new(&message(error.into())))
}

/// What an error says, without the `Error:` that JavaScript puts before it.
fn message(error: JsValue) -> String {
    error.dyn_ref::<Error>().map_or_else(String::new, |error| error.message().into())
}
