//! Words: the shell's texts, filled in and written as the reader's language does, by `Intl`.

use js_sys::{Array, Object, Reflect};
use knownfor_elements::Value;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The shell's object of this shape (`texts/words.js`).
    pub type Words;

    #[wasm_bindgen(method)]
    fn say(this: &Words, key: &str, values: &Object) -> String;

    #[wasm_bindgen(method)]
    fn number(this: &Words, number: f64) -> String;

    #[wasm_bindgen(method)]
    fn percent(this: &Words, percent: f64) -> String;

    #[wasm_bindgen(method)]
    fn signed(this: &Words, number: f64) -> String;

    #[wasm_bindgen(method)]
    fn date(this: &Words, at: &str) -> String;

    #[wasm_bindgen(method)]
    fn list(this: &Words, texts: &Array) -> String;
}

impl knownfor_elements::Words for Words {
    fn say(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
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

    fn say_number(&self, number: i64) -> String {
        self.number(exact(number))
    }

    fn say_percent(&self, percent: i64) -> String {
        self.percent(exact(percent))
    }

    fn signed(&self, number: i64) -> String {
        self.signed(exact(number))
    }

    fn date(&self, at: &str) -> String {
        self.date(at)
    }

    fn list(&self, texts: &[String]) -> String {
        self.list(&texts.iter().map(|text| JsValue::from_str(text)).collect())
    }
}

/// Totals of points stay within ±(2^53 − 1), which JavaScript's numbers hold exactly.
fn exact(number: i64) -> f64 {
    number as f64
}
