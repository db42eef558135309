//! History: one member's record, folded from its beginning, and asked why.

use super::{Program, with_standing};
use crate::{context::Context, read_own};
use knownfor::{EntryQuery, Folded};
use knownfor_crossing::{read, write};
use wasm_bindgen::prelude::*;

/// The record of one member: every activity that names them and is not void.
#[wasm_bindgen]
#[derive(Debug)]
pub struct History(knownfor::History);

#[wasm_bindgen]
impl History {
    /// A member's record, from its activities in any order, each as JSON in the program's own format.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &Program, member: &str, activities: Vec<String>) -> Result<History, JsError> {
        let program = &program.0;
        let activities =
            activities.iter().map(|activity| read_own(program, activity)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self(knownfor::History::new(program, member, activities)?))
    }

    /// The standing and the ledger after the last activity; with `now`, with what time alone brought until then.
    #[wasm_bindgen(unchecked_return_type = "Folded")]
    pub fn fold(&self, now: Option<String>) -> Result<JsValue, JsError> {
        let folded = match now {
            Some(now) => self.0.as_of(now.parse()?),
            None => self.0.fold(),
        };
        let Folded { standing, ledger, .. } = folded;
        with_standing(&standing, self.0.member(), [("ledger", ledger)])
    }

    /// Why the member was given the latest entry that a query means; `null` if there is none.
    #[wasm_bindgen(unchecked_return_type = "Explanation | null")]
    pub fn why(
        &self,
        #[wasm_bindgen(unchecked_param_type = "EntryQuery")] query: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        let query: EntryQuery = read(query, "a question")?;
        let context = Context::read(context)?;
        let folded = self.0.as_of(context.now()?);
        write(&folded.latest(&query).and_then(|entry| self.0.why(entry, &context.locale)))
    }
}
