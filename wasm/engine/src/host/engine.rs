//! Engine: what the engine of a server has beside that of a page.

use super::Program;
use crate::{Engine, answers::MemberChanges};
use knownfor::MemberOutcome;
use knownfor_crossing::write;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Engine {
    /// An engine for a program, without activities.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &Program) -> Engine {
        Engine(knownfor::Engine::new(program.0.clone()))
    }

    /// An engine with the record of a snapshot. The program may be another one than that of the snapshot.
    pub fn restore(program: &Program, snapshot: &[u8]) -> Result<Engine, JsError> {
        Ok(Engine(knownfor::Engine::restore(program.0.clone(), snapshot)?))
    }

    /// Compares with an engine that has the same record and another program, as `restore` makes it: who gains, who
    /// loses, and how much, at a moment. Members for whom nothing differs are left out.
    #[wasm_bindgen(unchecked_return_type = "MemberChange[]")]
    pub fn compare(&self, other: &Engine, now: &str) -> Result<JsValue, JsError> {
        write(&self.0.compare(&other.0, now.parse()?))
    }

    /// Gives a member another name in everything that happened. If somebody has that name already, the two records
    /// become one. What changed for whom.
    #[wasm_bindgen(unchecked_return_type = "MemberChanges[]")]
    pub fn rename(&mut self, member: &str, to: &str) -> Result<JsValue, JsError> {
        changes(&self.0.rename(member, to)?)
    }

    /// Erases a member: what only they were named in leaves the record, and a pseudonym that nobody has takes their
    /// place in the rest. What changed for whom.
    #[wasm_bindgen(unchecked_return_type = "MemberChanges[]")]
    pub fn erase(&mut self, member: &str, pseudonym: &str) -> Result<JsValue, JsError> {
        changes(&self.0.erase(member, pseudonym)?)
    }
}

fn changes(outcomes: &[MemberOutcome]) -> Result<JsValue, JsError> {
    write(&outcomes.iter().map(MemberChanges::new).collect::<Vec<_>>())
}
