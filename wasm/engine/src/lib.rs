//! knownfor's engine for web pages, as WebAssembly: for a page without a server.
//!
//! One class crosses the border, [`Engine`], and all data as JSON text. Each call converts, calls, converts, and decides nothing.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

extern crate alloc;

mod program;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use js_sys::Function;
use knownfor::{
    Entry, EntryLine, Feed, Incoming, MemberOutcome, PartLine, SkippedRule, Status, Timestamp, Tree, ViewContext,
};
use knownfor_crossing::{Failure, json, parse};
use program::check;
use serde::Serialize;
use serde_json::Deserializer;
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
    added: Vec<EntryLine>,
    taken: Vec<EntryLine>,
}

/// An entry that gave or took points, with the name of what made it.
#[derive(Serialize)]
struct NamedLine<'a> {
    name: &'a str,
    at: String,
    source: String,
    activity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    currency: Option<String>,
    amount: i64,
}

impl<'a> NamedLine<'a> {
    fn of(entry: &'a Entry, member: &str, locale: &str) -> Self {
        let EntryLine { at, source, activity, rule, role, currency, .. } = entry.line(member);
        Self { name: entry.name(locale), at, source, activity, rule, role, currency, amount: entry.points() }
    }
}

/// Why not, one of the two as was asked.
#[derive(Serialize)]
struct WhyNot {
    #[serde(skip_serializing_if = "Option::is_none")]
    parts: Option<Vec<PartLine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    skips: Option<Vec<SkippedRule>>,
}

/// What is asked, in errors.
const QUESTION: &str = "a question";

/// A line of a feed that does not count, and why.
#[derive(Serialize)]
struct RefusedLine {
    line: usize,
    message: String,
}

#[wasm_bindgen]
impl Engine {
    /// An engine for a program. `zones` gives the clock changes of a time zone by its IANA name. A program with problems throws
    /// an error whose property `problems` lists them.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &str, zones: &Function) -> Result<Engine, JsValue> {
        Ok(Engine(knownfor::Engine::new(check(program, zones)?)))
    }

    /// Takes in one activity or void, in the feed's own shape, and says what changed for whom.
    pub fn apply(&mut self, activity: &str, feed: &str, line: Option<u32>) -> Result<String, JsValue> {
        let feed = line.map_or_else(|| Feed::new(feed), |line| Feed::new(feed).line(line.into()));
        let incoming = self.read_line(activity, &feed).map_err(Failure)?;
        let outcome = self.0.apply(incoming).map_err(Failure)?;
        json(&self.outcome(outcome.status, &outcome.members))
    }

    /// Takes in one activity in the program's own format, whatever the feed's.
    #[wasm_bindgen(js_name = applyOwn)]
    pub fn apply_own(&mut self, activity: &str) -> Result<String, JsValue> {
        let mut read = Deserializer::from_str(activity);
        let activity = self.0.program().read_own(&mut read).map_err(Failure)?;
        read.end().map_err(Failure)?;
        let outcome = self.0.apply(activity).map_err(Failure)?;
        json(&self.outcome(outcome.status, &outcome.members))
    }

    /// Takes in a feed, one activity or void as JSON on each line, and returns the lines that do not count, with why.
    #[wasm_bindgen(js_name = applyLines)]
    pub fn apply_lines(&mut self, text: &str, feed: &str) -> Result<String, JsValue> {
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
        json(&refused)
    }

    /// Takes an activity out of the record, as if it had never been.
    pub fn void(&mut self, source: &str, id: &str) -> Result<String, JsValue> {
        let outcome = self.0.void(source, id);
        json(&self.outcome(outcome.status, &outcome.members))
    }

    /// What a viewer sees of a member at a time; null where there is nothing for this viewer.
    pub fn view(&self, member: &str, viewer: &str, locale: &str, now: &str) -> Result<String, JsValue> {
        json(&self.0.view(member, &ask(viewer, locale, now)?))
    }

    /// A board as a viewer sees it at a time, with so many rows; null where the program has no such board.
    pub fn board(&self, board: &str, viewer: &str, locale: &str, now: &str, rows: usize) -> Result<String, JsValue> {
        json(&self.0.board(board, &ask(viewer, locale, now)?, rows))
    }

    /// The members that any activity names, in order.
    pub fn members(&self) -> Result<String, JsValue> {
        json(&self.0.members().collect::<Vec<_>>())
    }

    /// A member's ledger, line by line; as JSON each line is the same bytes as natively.
    pub fn ledger(&self, member: &str) -> Result<String, JsValue> {
        json(&self.0.ledger(member).iter().map(|entry| entry.line(member)).collect::<Vec<_>>())
    }

    /// A member's entries that gave or took points, each with the name of what made it, the latest first.
    pub fn entries(&self, member: &str, locale: &str) -> Result<String, JsValue> {
        let given = self.0.ledger(member).iter().rev().filter(|entry| entry.points() != 0);
        let told = given.map(|entry| NamedLine::of(entry, member, locale));
        json(&told.collect::<Vec<_>>())
    }

    /// Why a member was given a `badge`, or points by a `rule` for the activity with this `source` and id (`activity`), as JSON says
    /// which; null where it was never given.
    pub fn why(&self, member: &str, about: &str, locale: &str) -> Result<String, JsValue> {
        let about: Tree<'_> = parse(about, QUESTION)?;
        let is_meant = |name: &str, found: Option<&str>| match about.get(name).and_then(Tree::as_text) {
            Some(wanted) => Some(wanted) == found,
            None => true,
        };
        let given = self.0.ledger(member).iter().rev().find(|entry| {
            let line = entry.line(member);
            !line.taken
                && is_meant("badge", line.badge.as_deref())
                && is_meant("rule", line.rule.as_deref())
                && is_meant("source", Some(&line.source))
                && is_meant("activity", Some(&line.activity))
        });
        let history = self.0.history(member);
        json(&history.zip(given).and_then(|(history, entry)| history.why(entry, locale)))
    }

    /// What a `badge` still waits for, as `parts`; or which rules gave nothing for the activity with this `source` and id
    /// (`activity`), and why, as `skips`; null where there is nothing to tell.
    #[wasm_bindgen(js_name = whyNot)]
    pub fn why_not(&self, member: &str, about: &str, locale: &str, now: &str) -> Result<String, JsValue> {
        let now: Timestamp = now.parse().map_err(Failure)?;
        let about: Tree<'_> = parse(about, QUESTION)?;
        let text = |name| about.get(name).and_then(Tree::as_text).unwrap_or_default();
        let history = self.0.history(member);
        let (parts, skips) = match about.get("badge") {
            Some(_) => (history.and_then(|history| history.why_not_badge(text("badge"), now, locale)), None),
            None => (None, history.and_then(|history| history.why_not(text("source"), text("activity"), locale))),
        };
        json(&(parts.is_some() || skips.is_some()).then_some(WhyNot { parts, skips }))
    }

    /// Who is known for a topic, as far as a viewer may see, so many at most.
    pub fn experts(&self, topic: &str, viewer: &str, locale: &str, now: &str, count: usize) -> Result<String, JsValue> {
        json(&self.0.known_for(topic, &ask(viewer, locale, now)?, count))
    }

    /// What all who joined a challenge have reached together; null where the program has no such challenge.
    pub fn cohort(&self, challenge: &str, viewer: &str, locale: &str, now: &str) -> Result<String, JsValue> {
        json(&self.0.cohort(challenge, &ask(viewer, locale, now)?))
    }

    /// Topics that begin so and that some member shares with the viewer, so many at most.
    pub fn topics(
        &self,
        beginning: &str,
        viewer: &str,
        locale: &str,
        now: &str,
        count: usize,
    ) -> Result<String, JsValue> {
        json(&self.0.topics_known(&ask(viewer, locale, now)?, beginning, count))
    }

    /// The state of each field of a profile, from its values; these are not kept.
    pub fn assess(&self, values: &str) -> Result<String, JsValue> {
        let values: Tree<'_> = parse(values, "the values of a profile")?;
        let states = self.0.program().field_states(&values);
        json(&Tree::Table(states.map(|(field, state)| (field.as_str().into(), state.name().into())).collect()))
    }

    /// The record as bytes, to go on from later.
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }

    /// An engine that goes on from a snapshot of the same program.
    pub fn restore(program: &str, zones: &Function, snapshot: &[u8]) -> Result<Engine, JsValue> {
        let program = check(program, zones)?;
        Ok(Engine(knownfor::Engine::restore(program, snapshot).map_err(Failure)?))
    }

    fn read_line(&self, text: &str, feed: &Feed) -> Result<Incoming, String> {
        let mut read = Deserializer::from_str(text);
        let incoming = self.0.program().read(&mut read, feed).map_err(|error| error.to_string())?;
        read.end().map_err(|error| error.to_string())?;
        Ok(incoming)
    }

    fn outcome(&self, status: Status, members: &[MemberOutcome]) -> OutcomeData {
        let members = members.iter().map(|outcome| MemberData {
            member: outcome.member.to_string(),
            added: outcome.added_lines(),
            taken: outcome.taken_lines(),
        });
        OutcomeData { status, members: members.collect() }
    }
}

fn ask<'a>(viewer: &'a str, locale: &'a str, now: &str) -> Result<ViewContext<'a>, JsValue> {
    let now: Timestamp = now.parse().map_err(Failure)?;
    Ok(ViewContext::of(viewer, locale, now))
}
