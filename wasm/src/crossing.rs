//! Crossing: plain data from JavaScript and back, and errors that say what to do.

use alloc::{
    format,
    string::{String, ToString},
};
use js_sys::{Error, JSON, Reflect};
use knownfor::Problems;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

/// Something that went wrong, in one sentence; it becomes a JavaScript `Error`.
pub(crate) struct Failure<T>(pub(crate) T);

impl<T: core::fmt::Display> From<Failure<T>> for JsValue {
    fn from(failure: Failure<T>) -> Self {
        Error::new(&failure.0.to_string()).into()
    }
}

/// Plain data as JSON: one reader, the one that hosts without a browser use, decides what a number or a text is.
pub(crate) fn json(value: &JsValue, what: &str) -> Result<String, JsValue> {
    let text = JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.ok_or_else(|| Failure(format!("this is not {what}: expected plain data")).into())
}

/// Reads JSON; `what` names it in the error.
pub(crate) fn parse<'a, T: Deserialize<'a>>(text: &'a str, what: &str) -> Result<T, JsValue> {
    serde_json::from_str(text).map_err(|error| Failure(format!("this is not {what}: {error}")).into())
}

/// Gives plain data, `null` for nothing.
pub(crate) fn to_js<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    parsed(serde_json::to_string(value))
}

/// What is the same for all types, in one copy of the code.
fn parsed(text: serde_json::Result<String>) -> Result<JsValue, JsValue> {
    JSON::parse(&text.map_err(Failure)?)
}

/// The error for a program with problems: its text lists them, its property `problems` holds them one by one.
pub(crate) fn bad_program(problems: &Problems) -> JsValue {
    let error = Error::new(&problems.to_string());
    if let Ok(list) = to_js(problems) {
        // Setting a property of an error made here cannot fail.
        let _ = Reflect::set(&error, &"problems".into(), &list);
    }
    error.into()
}
