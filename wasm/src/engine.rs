//! Engine: the core's engine for a page. Each call converts, calls, converts, and decides nothing.

use crate::crossing::{Failure, bad_program, json, parse, to_js};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use js_sys::{Float64Array, Function};
use knownfor::{Ask, Feed, Incoming, Instant, MemberOutcome, Program, Status, Tree, Zone};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Many members in memory, with their record.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(knownfor::Engine);

/// What became of an activity or void, and what changed for whom.
#[derive(Serialize)]
struct OutcomeData {
    status: Status,
    members: Vec<MemberData>,
}

#[derive(Serialize)]
struct MemberData {
    member: String,
    added: Vec<knownfor::EntryLine>,
    taken: Vec<knownfor::EntryLine>,
}

/// A line of a feed that does not count, and why.
#[derive(Serialize)]
struct RefusedLine {
    line: usize,
    message: String,
}

#[wasm_bindgen]
impl Engine {
    /// An engine for a program, given as JSON text or as plain data. `zones` gives the clock changes of a time zone by its IANA
    /// name. A program with problems throws an error whose property `problems` lists them.
    #[wasm_bindgen(constructor)]
    pub fn new(program: JsValue, zones: &Function) -> Result<Engine, JsValue> {
        Ok(Engine(knownfor::Engine::new(check(program, zones)?)))
    }

    /// Takes in one activity or void, as plain data in the feed's own shape.
    pub fn apply(&mut self, activity: JsValue, feed: &str, line: Option<u32>) -> Result<JsValue, JsValue> {
        let text = json(&activity, "an activity")?;
        let tree: Tree<'_> = parse(&text, "an activity")?;
        let feed = line.map_or_else(|| Feed::new(feed), |line| Feed::new(feed).line(line.into()));
        let incoming = self.0.program().read(&tree, &feed).map_err(Failure)?;
        let outcome = self.0.apply(incoming).map_err(Failure)?;
        to_js(&self.outcome(outcome.status, &outcome.members))
    }

    /// Takes in a feed, one activity or void as JSON on each line, and returns the lines that do not count, with why.
    #[wasm_bindgen(js_name = applyLines)]
    pub fn apply_lines(&mut self, text: &str, feed: &str) -> Result<JsValue, JsValue> {
        let feed = Feed::new(feed);
        let mut lines = Vec::new();
        let mut incoming = Vec::new();
        for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            match self.read_line(text, &feed.line(line as u64)) {
                Ok(one) => {
                    lines.push((line, None));
                    incoming.push(one);
                }
                Err(message) => lines.push((line, Some(message))),
            }
        }
        let (statuses, _) = self.0.apply_all(incoming);
        let mut conflicts = statuses.into_iter().map(|status| Some(status.err()?.to_string()));
        let mut refused = Vec::new();
        for (line, unread) in lines {
            // A line that was read has the next status.
            let message = unread.or_else(|| conflicts.next().flatten());
            refused.extend(message.map(|message| RefusedLine { line, message }));
        }
        to_js(&refused)
    }

    /// Takes an activity out of the record, as if it had never been.
    pub fn void(&mut self, source: &str, id: &str) -> Result<JsValue, JsValue> {
        let outcome = self.0.void(source, id);
        to_js(&self.outcome(outcome.status, &outcome.members))
    }

    /// What a viewer sees of a member at a time; null where there is nothing for this viewer.
    pub fn view(&self, member: &str, viewer: &str, locale: &str, now: &str) -> Result<JsValue, JsValue> {
        to_js(&self.0.view(member, &ask(viewer, locale, now)?))
    }

    /// A board as a viewer sees it at a time, with so many rows; null where the program has no such board.
    pub fn board(&self, board: &str, viewer: &str, locale: &str, now: &str, rows: usize) -> Result<JsValue, JsValue> {
        to_js(&self.0.board(board, &ask(viewer, locale, now)?, rows))
    }

    /// The members that any activity names, in order.
    pub fn members(&self) -> Result<JsValue, JsValue> {
        to_js(&self.0.members().collect::<Vec<_>>())
    }

    /// A member's ledger, line by line; as JSON each line is the same bytes as natively.
    pub fn ledger(&self, member: &str) -> Result<JsValue, JsValue> {
        let program = self.0.program();
        to_js(&self.0.ledger(member).iter().map(|entry| entry.line(program, member)).collect::<Vec<_>>())
    }

    /// Why the member has a badge, or had it last; null where it was never given.
    pub fn why(&self, member: &str, badge: &str, locale: &str) -> Result<JsValue, JsValue> {
        let program = self.0.program();
        let given = self.0.ledger(member).iter().rev().find(|entry| {
            let line = entry.line(program, member);
            line.badge.as_deref() == Some(badge) && !line.taken
        });
        let history = self.0.history(member);
        to_js(&history.zip(given).map(|(history, entry)| history.why(program, entry, locale)))
    }

    /// Every rule that gave a member nothing for an activity, and why; null where the member's record has no such activity.
    #[wasm_bindgen(js_name = whyNot)]
    pub fn why_not(&self, member: &str, source: &str, id: &str) -> Result<JsValue, JsValue> {
        to_js(&self.0.history(member).and_then(|history| history.why_not(self.0.program(), source, id)))
    }

    /// How far a member is with a badge, part by part, and what counted; null where no grade of it is left.
    #[wasm_bindgen(js_name = whyNotBadge)]
    pub fn why_not_badge(&self, member: &str, badge: &str, locale: &str) -> Result<JsValue, JsValue> {
        to_js(&self.0.history(member).and_then(|history| history.why_not_badge(self.0.program(), badge, locale)))
    }

    /// The state of each field of a profile, from its values; these are not kept.
    pub fn assess(&self, values: JsValue) -> Result<JsValue, JsValue> {
        let text = json(&values, "the values of a profile")?;
        let values: Tree<'_> = parse(&text, "the values of a profile")?;
        let states = self.0.program().field_states(&values);
        to_js(&Tree::Table(states.map(|(field, state)| (field.as_str().into(), state.name().into())).collect()))
    }

    /// The record as bytes, to go on from later.
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }

    /// An engine that goes on from a snapshot of the same program.
    pub fn restore(program: JsValue, zones: &Function, snapshot: &[u8]) -> Result<Engine, JsValue> {
        let program = check(program, zones)?;
        Ok(Engine(knownfor::Engine::restore(program, snapshot).map_err(Failure)?))
    }

    fn read_line(&self, text: &str, feed: &Feed) -> Result<Incoming, String> {
        let tree: Tree<'_> = serde_json::from_str(text).map_err(|error| format!("this is not JSON: {error}"))?;
        self.0.program().read(&tree, feed).map_err(|error| error.to_string())
    }

    fn outcome(&self, status: Status, members: &[MemberOutcome]) -> OutcomeData {
        let program = self.0.program();
        let members = members.iter().map(|outcome| MemberData {
            member: outcome.member.to_string(),
            added: outcome.added_lines(program),
            taken: outcome.taken_lines(program),
        });
        OutcomeData { status, members: members.collect() }
    }
}

fn check(program: JsValue, zones: &Function) -> Result<Program, JsValue> {
    let text = match program.as_string() {
        Some(text) => text,
        None => json(&program, "a program")?,
    };
    let tree: Tree<'_> = parse(&text, "a program")?;
    Program::check(&tree, |name| zone(zones, name)).map_err(|problems| bad_program(&problems))
}

/// A time zone as the shell finds it: its first offset, then the second and the offset of each change.
fn zone(zones: &Function, name: &str) -> Option<Zone> {
    let found = zones.call1(&JsValue::NULL, &name.into()).ok()?;
    let numbers: Vec<i64> = found.dyn_ref::<Float64Array>()?.to_vec().into_iter().map(|number| number as i64).collect();
    let (first, changes) = numbers.split_first()?;
    let changes = changes.chunks_exact(2).filter_map(|change| match change {
        [second, offset] => Some((*second, i32::try_from(*offset).ok()?)),
        _ => None,
    });
    Zone::new(name, i32::try_from(*first).ok()?, changes.collect()).ok()
}

fn ask<'a>(viewer: &'a str, locale: &'a str, now: &str) -> Result<Ask<'a>, JsValue> {
    let now: Instant = now.parse().map_err(Failure)?;
    Ok(Ask::of(viewer, locale, now))
}
