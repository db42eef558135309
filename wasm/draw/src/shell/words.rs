//! Words: the shell's texts, filled in and written as the reader's language does, by `Intl`.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The shell's object of this shape (`texts/words.js`).
    pub type Words;

    /// The text of a key, its `{name}`s filled in from `values`. If it has plural forms, the number `n` chooses one.
    #[wasm_bindgen(method)]
    fn say(this: &Words, key: &str, values: &Object) -> String;

    /// A whole number in the reader's writing.
    #[wasm_bindgen(method, js_name = number)]
    fn number_of(this: &Words, number: f64) -> String;

    /// A percentage in the reader's writing.
    #[wasm_bindgen(method, js_name = percent)]
    fn percent_of(this: &Words, percent: f64) -> String;

    /// A whole number with its sign.
    #[wasm_bindgen(method, js_name = signed)]
    fn signed_of(this: &Words, number: f64) -> String;

    /// A date, or the date of a time in RFC 3339, in the reader's writing.
    #[wasm_bindgen(method)]
    pub(crate) fn date(this: &Words, at: &str) -> String;

    /// The day of the month of a date.
    #[wasm_bindgen(method)]
    pub(crate) fn day(this: &Words, date: &str) -> String;

    /// The weekday of a date as a number: 0 for the first day of the reader's week.
    #[wasm_bindgen(method)]
    pub(crate) fn weekday(this: &Words, date: &str) -> usize;

    /// The name of a weekday, given by that number; `short` for the head of a column.
    #[wasm_bindgen(method, js_name = weekdayName)]
    pub(crate) fn weekday_name(this: &Words, weekday: usize, short: bool) -> String;

    /// Several texts as one list, with commas and *and* as in the reader's language.
    #[wasm_bindgen(method, js_name = list)]
    fn list_of(this: &Words, texts: &Array) -> String;
}

/// What fills in a `{name}` of a text.
#[derive(Clone, Copy)]
pub(crate) enum Value<'a> {
    /// A number, written as the reader writes numbers.
    Number(i64),
    /// A text, written as it is.
    Text(&'a str),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl Words {
    /// The text of a key that has nothing to fill in.
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

    /// The text of a key, with the number `n` filled in.
    pub(crate) fn count(&self, key: &str, n: impl Into<i64>) -> String {
        self.filled(key, &[("n", Value::Number(n.into()))])
    }

    /// A whole number in the reader's writing.
    pub(crate) fn number(&self, number: impl Into<i64>) -> String {
        self.number_of(exact(number.into()))
    }

    /// A number of points in the reader's writing, with its sign.
    pub(crate) fn signed(&self, number: i64) -> String {
        self.signed_of(exact(number))
    }

    /// Several texts as one list.
    pub(crate) fn list(&self, texts: &[String]) -> String {
        self.list_of(&texts.iter().map(|text| JsValue::from_str(text)).collect())
    }

    /// A percentage in the reader's writing.
    pub(crate) fn percent(&self, percent: impl Into<i64>) -> String {
        self.percent_of(exact(percent.into()))
    }
}

/// Totals of points stay within ±(2^53 − 1), which JavaScript's numbers hold exactly.
fn exact(number: i64) -> f64 {
    number as f64
}
