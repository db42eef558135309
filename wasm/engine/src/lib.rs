//! knownfor's engine as WebAssembly, built twice: for pages without a server, and with the feature `host` for servers.
//!
//! [`Engine`] is in both. Each of its methods reads what it is given, asks the core, and writes the answer as a
//! JavaScript object; it decides nothing. Programs, the lines of feeds and activities come in as text, for the reasons
//! that `knownfor-crossing` gives.
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

mod answers;
mod context;
#[cfg(feature = "host")]
mod host;
#[cfg(not(feature = "host"))]
mod page;

use answers::{OutcomeData, RefusedLine};
use context::Context;
use knownfor::{Activity, Entry, EntryQuery, Feed, Incoming, Program, ReadError, Tree};
use knownfor_crossing::{read, tree, write};
use serde_json::Deserializer;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type { Admission, BoardView, CohortView, EntryLine, EntryQuery, EntryView, ExpertsView, \
Explanation, FieldState, Folded, Line, MemberChange, MemberChanges, MemberView, Outcome, RefusedLine, RuleBounds, \
Settled, TopicNameView, ViewContext, Warning, WhyNot } from './engine/types.js';";

/// Many members in memory, with the record of their activities.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(knownfor::Engine);

#[wasm_bindgen]
impl Engine {
    /// Records one line of a feed, an activity or a void, and answers what changed for whom.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn apply(&mut self, line: &str, feed: &str, number: Option<u32>) -> Result<JsValue, JsError> {
        let incoming = read_line(self.0.program(), line, &feed_of(feed, number))?;
        let outcome = self.0.apply(incoming)?;
        write(&OutcomeData::new(&outcome))
    }

    /// Records one activity in the program's own format, whatever the format of its feed is.
    #[wasm_bindgen(js_name = applyOwn, unchecked_return_type = "Outcome")]
    pub fn apply_own(&mut self, activity: &str) -> Result<JsValue, JsError> {
        let activity = read_own(self.0.program(), activity)?;
        let outcome = self.0.apply(activity)?;
        write(&OutcomeData::new(&outcome))
    }

    /// Records a feed, or a part of one, with one activity or void on each line. Answers which lines were refused and
    /// why. `first` is the number of the first line; by default 1.
    #[wasm_bindgen(js_name = applyLines, unchecked_return_type = "RefusedLine[]")]
    pub fn apply_lines(&mut self, text: &str, feed: &str, first: Option<u32>) -> Result<JsValue, JsError> {
        let feed = Feed::new(feed);
        let mut lines = Vec::new();
        let mut incoming = Vec::new();
        let numbered = (u64::from(first.unwrap_or(1))..).zip(text.lines());
        for (line, text) in numbered.filter(|(_, text)| !text.trim().is_empty()) {
            match read_line(self.0.program(), text, &feed.line(line)) {
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
            // The statuses are those of the lines that could be read, in order.
            let message = unread.map(|error| error.to_string()).or_else(|| conflicts.next().flatten());
            refused.extend(message.map(|message| RefusedLine { line, message }));
        }
        write(&refused)
    }

    /// Removes an activity from the record, as if it had never been.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn void(&mut self, source: &str, id: &str) -> Result<JsValue, JsError> {
        let outcome = self.0.void(source, id);
        write(&OutcomeData::new(&outcome))
    }

    /// What a viewer sees of a member at a time; `null` if that is nothing.
    #[wasm_bindgen(unchecked_return_type = "MemberView | null")]
    pub fn view(
        &self,
        member: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        Context::read(context)?.answer(&|context| write(&self.0.view(member, context)))
    }

    /// A board as a viewer sees it at a time, with at most `rows` rows; `null` if the program has no such board.
    #[wasm_bindgen(unchecked_return_type = "BoardView | null")]
    pub fn board(
        &self,
        board: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
        rows: usize,
    ) -> Result<JsValue, JsError> {
        Context::read(context)?.answer(&|context| write(&self.0.board(board, context, rows)))
    }

    /// The ids of all members that any activity names, in order.
    #[wasm_bindgen(unchecked_return_type = "string[]")]
    pub fn members(&self) -> Result<JsValue, JsError> {
        write(&self.0.members().collect::<Vec<_>>())
    }

    /// The lines of a member's ledger, up to `now` with what time alone brought; without `now` up to the last
    /// activity. As JSON, each line has the same bytes as natively.
    #[wasm_bindgen(unchecked_return_type = "EntryLine[]")]
    pub fn ledger(&self, member: &str, now: Option<String>) -> Result<JsValue, JsError> {
        let lines = |ledger: &[Entry]| write(&ledger.iter().map(|entry| entry.line(member)).collect::<Vec<_>>());
        match now {
            Some(now) => lines(&self.0.as_of(member, now.parse()?).map_or_else(Vec::new, |folded| folded.ledger)),
            None => lines(self.0.ledger(member)),
        }
    }

    /// A member's latest entries until `now`, newest first and at most `count`, each with the name of what made it.
    #[wasm_bindgen(unchecked_return_type = "EntryView[]")]
    pub fn entries(
        &self,
        member: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
        count: usize,
    ) -> Result<JsValue, JsError> {
        let context = Context::read(context)?;
        write(&self.0.entries(member, context.now()?, &context.locale, count))
    }

    /// Why a member was given a badge (`{ badge }`), or points by a rule for an activity (`{ rule, source, activity
    /// }`); `null` if they were not given it until `now`. If the query matches several entries, the latest is meant.
    #[wasm_bindgen(unchecked_return_type = "Explanation | null")]
    pub fn why(
        &self,
        member: &str,
        #[wasm_bindgen(unchecked_param_type = "EntryQuery")] query: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        let query: EntryQuery = read(query, "a question")?;
        let context = Context::read(context)?;
        write(&self.0.why(member, &query, context.now()?, &context.locale))
    }

    /// What is missing for a badge (`{ badge }`), as `parts`; or which rules gave nothing for an activity
    /// (`{ source, activity }`) and why, as `skips`. `null` if there is no answer.
    #[wasm_bindgen(js_name = whyNot, unchecked_return_type = "WhyNot | null")]
    pub fn why_not(
        &self,
        member: &str,
        #[wasm_bindgen(unchecked_param_type = "EntryQuery")] query: JsValue,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        let query: EntryQuery = read(query, "a question")?;
        let context = Context::read(context)?;
        write(&self.0.why_not(member, &query, context.now()?, &context.locale))
    }

    /// At most `count` members who are known for a topic, as far as a viewer may see.
    #[wasm_bindgen(unchecked_return_type = "ExpertsView")]
    pub fn experts(
        &self,
        topic: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
        count: usize,
    ) -> Result<JsValue, JsError> {
        Context::read(context)?.answer(&|context| write(&self.0.known_for(topic, context, count)))
    }

    /// What all who joined a challenge have reached together; `null` if the program has no such challenge.
    #[wasm_bindgen(unchecked_return_type = "CohortView | null")]
    pub fn cohort(
        &self,
        challenge: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        Context::read(context)?.answer(&|context| write(&self.0.cohort(challenge, context)))
    }

    /// At most `count` topics that begin with `beginning` and that some member shares with the viewer.
    #[wasm_bindgen(unchecked_return_type = "TopicNameView[]")]
    pub fn topics(
        &self,
        beginning: &str,
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
        count: usize,
    ) -> Result<JsValue, JsError> {
        Context::read(context)?.answer(&|context| write(&self.0.topics_known(context, beginning, count)))
    }

    /// The state of each field of a profile, from its values, which are not kept.
    #[wasm_bindgen(unchecked_return_type = "Record<string, FieldState>")]
    pub fn assess(&self, values: JsValue) -> Result<JsValue, JsError> {
        let values = tree(&values)?;
        let states = self.0.program().field_states(&values);
        write(&Tree::Table(states.map(|(field, state)| (field.as_str().into(), state.name().into())).collect()))
    }

    /// The record as bytes, for [`Engine::restore`].
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }
}

/// Reads one line of a feed.
fn read_line(program: &Program, line: &str, feed: &Feed) -> Result<Incoming, LineError> {
    let mut text = Deserializer::from_str(line);
    let incoming = program.read(&mut text, feed)?;
    text.end()?;
    Ok(incoming)
}

/// Reads an activity in the program's own format.
fn read_own(program: &Program, activity: &str) -> Result<Activity, LineError> {
    let mut text = Deserializer::from_str(activity);
    let activity = program.read_own(&mut text)?;
    text.end()?;
    Ok(activity)
}

/// A feed by its name, and the line's number in it if that is known.
fn feed_of(name: &str, number: Option<u32>) -> Feed {
    let feed = Feed::new(name);
    match number {
        Some(number) => feed.line(number.into()),
        None => feed,
    }
}

/// What is wrong with a line of a feed: no JSON ends where the line does, or the program cannot read it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
enum LineError {
    Json(#[from] serde_json::Error),
    Activity(#[from] ReadError),
}
