//! The border between JavaScript and both WebAssembly modules: data in, data out, and the memory they live in.
//!
//! Data crosses as JavaScript objects. serde-wasm-bindgen makes those that go out. Those that come in become a
//! [`Tree`], from which all plain data is read.
//!
//! Programs and feeds cross as *text*, for two reasons. A JavaScript object moves integer-like keys to the front, and
//! the rules of a program apply in the order written. Its numbers are exact only up to 2^53, and ids in feeds may be
//! larger.

#[cfg(target_arch = "wasm32")]
mod memory;

use js_sys::{Array, Error, Object, Reflect};
use knownfor::{FromTree, MAX_DEPTH, Tree};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsError, JsValue};

/// Reads a JavaScript value as data of a known shape. Fields that the shape does not have are ignored, so that a newer
/// server is understood. `what` names the data in the error, for example `a member view`.
///
/// # Errors
///
/// The value does not have the shape: a field is missing, or has another type.
pub fn read<T: FromTree>(value: JsValue, what: &str) -> Result<T, JsError> {
    T::from_tree(&tree(&value)?).map_err(|error| JsError::new(&format!("not {what}: {error}")))
}

/// Reads a JavaScript value as plain data, such as `JSON.parse` makes. `undefined` is `null`.
///
/// # Errors
///
/// There is something in it that JSON does not have, such as a function, or it is nested deeper than [`MAX_DEPTH`].
pub fn tree(value: &JsValue) -> Result<Tree<'static>, JsError> {
    tree_within(value, MAX_DEPTH)
}

/// Reads a value below which `depth` levels may still be nested.
fn tree_within(value: &JsValue, depth: usize) -> Result<Tree<'static>, JsError> {
    // Each question is a call into JavaScript, so the most frequent kinds of values come first.
    if let Some(text) = value.as_string() {
        return Ok(Tree::Text(text.into()));
    }
    if let Some(number) = value.as_f64() {
        return Ok(Tree::from(number));
    }
    if value.is_object() {
        let depth = depth.checked_sub(1);
        let depth = depth.ok_or_else(|| JsError::new(&format!("nested deeper than {MAX_DEPTH} levels")))?;
        return match value.dyn_ref::<Array>() {
            Some(items) => items.iter().map(|item| tree_within(&item, depth)).collect::<Result<_, _>>().map(Tree::List),
            None => table(value.unchecked_ref(), depth),
        };
    }
    if let Some(flag) = value.as_bool() {
        return Ok(Tree::Flag(flag));
    }
    if value.is_null() || value.is_undefined() {
        return Ok(Tree::Null);
    }
    let found = value.js_typeof().as_string().unwrap_or_default();
    Err(JsError::new(&format!("expected plain data, as JSON has it, found a {found}")))
}

fn table(object: &Object, depth: usize) -> Result<Tree<'static>, JsError> {
    let keys = Object::keys(object);
    let entries = keys.iter().map(|key| {
        let value = Reflect::get(object, &key).map_err(|error| JsError::new(&message(error)))?;
        Ok((key.as_string().unwrap_or_default().into(), tree_within(&value, depth)?))
    });
    entries.collect::<Result<_, JsError>>().map(Tree::Table)
}

/// Turns data into what `JSON.parse` would make of its JSON: `None` is `null`, a map is a plain object, and fields
/// keep their order.
///
/// # Errors
///
/// A number is beyond ±(2^53 − 1), which JavaScript's numbers cannot hold exactly. Totals of points stay within.
pub fn write<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsError> {
    value.serialize(&Serializer::json_compatible()).map_err(|error| JsError::new(&message(error.into())))
}

/// Turns a tree of texts, flags and whole numbers into what `JSON.parse` would make of its JSON. It takes a tenth of the
/// code of [`write()`].
pub fn write_tree(tree: &Tree<'_>) -> JsValue {
    match tree {
        Tree::Flag(flag) => (*flag).into(),
        Tree::Integer(number) => (*number as f64).into(),
        Tree::Text(text) => JsValue::from_str(text),
        Tree::List(items) => items.iter().map(write_tree).collect::<Array>().into(),
        Tree::Table(entries) => {
            let object = Object::new();
            for (key, value) in entries {
                // Setting a property of an object made here cannot fail.
                let _ = Reflect::set(&object, &JsValue::from_str(key), &write_tree(value));
            }
            object.into()
        }
        Tree::Null | Tree::Fraction(_) => JsValue::NULL,
    }
}

/// What an error says, without the `Error:` that JavaScript puts before it.
fn message(error: JsValue) -> String {
    error.dyn_ref::<Error>().map_or_else(String::new, |error| error.message().into())
}
