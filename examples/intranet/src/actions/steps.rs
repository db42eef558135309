//! Steps: those that a member says are not for them.

use super::perform;
use crate::record::store::Db;
use crate::{
    access::sign_in::OwnMember,
    error::{Error, Message},
    intranet::{Intranet, Touched},
    record,
};
use serde_json::json;
use std::collections::BTreeSet;

/// Limit for the steps that a member declines: more than a program offers anybody at once.
const MAX_DECLINED: usize = 200;
/// Limit for what one is called.
const MAX_KEY_CHARS: usize = 200;

/// Says that more steps are not for a member, or that these are again.
pub(crate) fn change<'a>(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    steps: impl Iterator<Item = &'a str>,
    declined: bool,
) -> Result<Touched, Error> {
    let standing = record::standing(db, &intranet.rules.program, member.id())?;
    let mut all: BTreeSet<String> = standing.declined_steps().iter().map(ToString::to_string).collect();
    for step in steps {
        if declined {
            all.insert(step.into())
        } else {
            all.remove(step)
        };
    }
    decline(intranet, db, member, &all)
}

/// Says which steps are not for a member. They replace those said before.
pub(crate) fn decline(
    intranet: &Intranet,
    db: &Db<'_>,
    member: &OwnMember,
    steps: &BTreeSet<String>,
) -> Result<Touched, Error> {
    let program = &intranet.rules.program;
    let kind = intranet.rules.own_kinds.decline_steps.as_ref().ok_or_else(Error::not_found)?;
    if steps.len() > MAX_DECLINED {
        let error =
            Message::with("{n} steps; expected at most {limit}", [("n", &steps.len()), ("limit", &MAX_DECLINED)]);
        return Err(Error::unprocessable(error).at("/steps"));
    }
    let standing = record::standing(db, program, member.id())?;
    let declined: BTreeSet<&str> = standing.declined_steps().iter().map(|step| step.as_str()).collect();
    // What was declined under an earlier program stays as it is.
    let is_known = |step: &str| program.has_step(step) && step.chars().count() <= MAX_KEY_CHARS;
    if let Some(step) = steps.iter().find(|step| !declined.contains(step.as_str()) && !is_known(step)) {
        let error = Message::with("there is no step `{step}`", [("step", step)]);
        return Err(Error::unprocessable(error).hint("steps in the view say what they are called").at("/steps"));
    }
    if declined.iter().eq(steps.iter().map(String::as_str).collect::<Vec<_>>().iter()) {
        return Ok(Touched::new());
    }
    perform(intranet, db, member, kind, json!({ "attributes": { "steps": steps } }))
}
