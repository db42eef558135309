//! Answers: the shapes in which the engine answers beside the views of the core.

use js_sys::{Error, Reflect};
use knownfor::{EntryLine, MemberOutcome, Outcome, Problems, Status};
use knownfor_crossing::write;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Whether an activity or void was new, and what changed for whom.
#[derive(Serialize)]
pub(crate) struct OutcomeData {
    status: Status,
    members: Vec<MemberChanges>,
}

/// What changed for one member.
#[derive(Serialize)]
pub(crate) struct MemberChanges {
    member: String,
    added: Vec<EntryLine>,
    taken: Vec<EntryLine>,
}

impl OutcomeData {
    pub(crate) fn new(outcome: &Outcome) -> Self {
        Self { status: outcome.status, members: outcome.members.iter().map(MemberChanges::new).collect() }
    }
}

impl MemberChanges {
    pub(crate) fn new(outcome: &MemberOutcome) -> Self {
        let member = outcome.member.to_string();
        Self { member, added: outcome.added_lines(), taken: outcome.taken_lines() }
    }
}

/// A line of a feed that was refused, and why.
#[derive(Serialize)]
pub(crate) struct RefusedLine {
    /// The number of the line, from 1.
    pub(crate) line: u64,
    /// What is wrong with it.
    pub(crate) message: String,
}

/// The error for a program with problems. It lists them in its message, and in its property `problems`.
pub(crate) fn bad_program(problems: &Problems) -> JsValue {
    let error = Error::new(&problems.to_string());
    if let Ok(list) = write(problems) {
        // Setting a property of an error made here cannot fail.
        let _ = Reflect::set(&error, &"problems".into(), &list);
    }
    error.into()
}
