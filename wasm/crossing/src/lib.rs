//! What both modules have at their border: JSON text in and out, errors that say what to do, and their memory.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

use alloc::{
    format,
    string::{String, ToString},
};
use js_sys::Error;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// A panic ends the call with a `RuntimeError`, which the shell takes as *draw the page's own content*.
#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    core::arch::wasm32::unreachable()
}

/// Something that went wrong, in one sentence; it becomes a JavaScript `Error`.
#[derive(Debug)]
pub struct Failure<T>(pub T);

impl<T: core::fmt::Display> From<Failure<T>> for JsValue {
    fn from(failure: Failure<T>) -> Self {
        Error::new(&failure.0.to_string()).into()
    }
}

/// Reads JSON; `what` names it in the error.
///
/// # Errors
///
/// The text is not JSON of that shape; the error says where.
pub fn parse<'a, T: Deserialize<'a>>(text: &'a str, what: &str) -> Result<T, Failure<String>> {
    serde_json::from_str(text).map_err(|error| Failure(format!("this is not {what}: {error}")))
}

/// Plain data as JSON, `null` for nothing.
///
/// # Errors
///
/// None for data of ours, which has texts for keys.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, JsValue> {
    serde_json::to_string(value).map_err(|error| Failure(error).into())
}
