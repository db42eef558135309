//! Words: the texts of the shell's table, filled in and put into the reader's language by `Intl`.

use alloc::string::String;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The shell's object of this shape (`js/words.js`).
    pub type Words;

    /// The text of a key. Its `{name}`s are filled from `values`; where it has plural forms, the number `n` chooses.
    #[wasm_bindgen(method)]
    fn say(this: &Words, key: &str, values: &Object) -> String;

    /// A whole number in the reader's writing.
    #[wasm_bindgen(method, js_name = number)]
    fn number_of(this: &Words, number: f64) -> String;

    /// So many percent in the reader's writing.
    #[wasm_bindgen(method, js_name = percent)]
    fn percent_of(this: &Words, percent: f64) -> String;

    /// A whole number with its sign.
    #[wasm_bindgen(method, js_name = signed)]
    fn signed_of(this: &Words, number: f64) -> String;

    /// The day of a time in RFC 3339, or a date by itself, in the reader's writing.
    #[wasm_bindgen(method)]
    pub(crate) fn date(this: &Words, at: &str) -> String;

    /// The day of the month of a date.
    #[wasm_bindgen(method)]
    pub(crate) fn day(this: &Words, date: &str) -> String;

    /// How many days of the reader's week come before a date's weekday.
    #[wasm_bindgen(method)]
    pub(crate) fn weekday(this: &Words, date: &str) -> usize;

    /// The name of the weekday with so many before it in the reader's week; `short` for the head of a column.
    #[wasm_bindgen(method, js_name = weekdayName)]
    pub(crate) fn weekday_name(this: &Words, weekday: usize, short: bool) -> String;

    /// Several texts in a row, with commas and an *and* as the reader's language has them.
    #[wasm_bindgen(method, js_name = list)]
    fn list_of(this: &Words, texts: &Array) -> String;
}

/// What fills a text's `{name}`s.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// A number, written as the reader writes numbers.
    Number(i64),
    /// A text, as it is.
    Text(&'a str),
}

impl Words {
    /// The text of a key without anything to fill in.
    pub(crate) fn plain(&self, key: &str) -> String {
        self.say(key, &Object::new())
    }

    /// The text of a key, filled in.
    pub(crate) fn filled(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let object = Object::new();
        for (name, value) in values {
            let value = match value {
                Value::Number(number) => exact(*number).into(),
                Value::Text(text) => JsValue::from_str(text),
            };
            // Setting a property of an object made here cannot fail.
            let _ = Reflect::set(&object, &JsValue::from_str(name), &value);
        }
        self.say(key, &object)
    }

    /// The text of a key with one number `n`.
    pub(crate) fn count(&self, key: &str, n: i64) -> String {
        self.filled(key, &[("n", Value::Number(n))])
    }

    /// A whole number in the reader's writing.
    pub(crate) fn number(&self, number: i64) -> String {
        self.number_of(exact(number))
    }

    /// A whole number with its sign, for what was given.
    pub(crate) fn signed(&self, number: i64) -> String {
        self.signed_of(exact(number))
    }

    /// Several texts in a row.
    pub(crate) fn list(&self, texts: &[String]) -> String {
        self.list_of(&texts.iter().map(|text| JsValue::from_str(text)).collect())
    }

    /// So many percent in the reader's writing.
    pub(crate) fn percent(&self, percent: i64) -> String {
        self.percent_of(exact(percent))
    }
}

/// Totals stay within ±(2^53 − 1), which JavaScript's numbers hold exactly.
fn exact(number: i64) -> f64 {
    number as f64
}
