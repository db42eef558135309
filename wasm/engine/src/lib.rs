//! knownfor's engine for web pages, as WebAssembly: for a page without a server.
//!
//! One class crosses the border, [`Engine`]. Each of its methods reads what it is given, asks the core, and writes the
//! answer as a JavaScript object; it decides nothing. Programs, the lines of feeds and activities come in as JSON
//! text, for the reasons that `knownfor-crossing` gives.
#![allow(clippy::missing_errors_doc, reason = "every error becomes a JavaScript `Error` that says what went wrong")]

mod answers;
mod program;

use answers::{OutcomeData, RefusedLine};
use js_sys::Function;
use knownfor::{Entry, EntryQuery, Feed, Incoming, ReadError, Tree, ViewContext};
use knownfor_crossing::{read, tree, write};
use program::check;
use serde_json::Deserializer;
use wasm_bindgen::prelude::*;

/// Many members in memory, with the record of their activities.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine(knownfor::Engine);

#[wasm_bindgen]
impl Engine {
    /// An engine for a program, given as JSON text. `zones` answers the clock changes of a time zone by its IANA name.
    /// A program with problems throws an error whose property `problems` lists them.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &str, zones: &Function) -> Result<Engine, JsValue> {
        Ok(Engine(knownfor::Engine::new(check(program, zones)?)))
    }

    /// Records one line of a feed, an activity or a void, and answers what changed for whom.
    pub fn apply(&mut self, line: &str, feed: &str, number: Option<u32>) -> Result<JsValue, JsError> {
        let feed = number.map_or_else(|| Feed::new(feed), |number| Feed::new(feed).line(number.into()));
        let incoming = self.read_line(line, &feed)?;
        let outcome = self.0.apply(incoming)?;
        write(&OutcomeData::new(&outcome))
    }

    /// Records one activity in the program's own format, whatever the format of its feed is.
    #[wasm_bindgen(js_name = applyOwn)]
    pub fn apply_own(&mut self, activity: &str) -> Result<JsValue, JsError> {
        let mut text = Deserializer::from_str(activity);
        let activity = self.0.program().read_own(&mut text)?;
        text.end()?;
        let outcome = self.0.apply(activity)?;
        write(&OutcomeData::new(&outcome))
    }

    /// Records a feed, or a part of one, with one activity or void on each line. Answers which lines were refused and
    /// why. `first` is the number of the first line; by default 1.
    #[wasm_bindgen(js_name = applyLines)]
    pub fn apply_lines(&mut self, text: &str, feed: &str, first: Option<u32>) -> Result<JsValue, JsError> {
        let feed = Feed::new(feed);
        let mut lines = Vec::new();
        let mut incoming = Vec::new();
        for (line, text) in (u64::from(first.unwrap_or(1))..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            match self.read_line(text, &feed.line(line)) {
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
    pub fn void(&mut self, source: &str, id: &str) -> Result<JsValue, JsError> {
        let outcome = self.0.void(source, id);
        write(&OutcomeData::new(&outcome))
    }

    /// What a viewer sees of a member at a time; `null` if that is nothing.
    pub fn view(&self, member: &str, viewer: &str, locale: &str, now: &str) -> Result<JsValue, JsError> {
        write(&self.0.view(member, &context(viewer, locale, now)?))
    }

    /// A board as a viewer sees it at a time, with at most `rows` rows; `null` if the program has no such board.
    pub fn board(&self, board: &str, viewer: &str, locale: &str, now: &str, rows: usize) -> Result<JsValue, JsError> {
        write(&self.0.board(board, &context(viewer, locale, now)?, rows))
    }

    /// The ids of all members that any activity names, in order.
    pub fn members(&self) -> Result<JsValue, JsError> {
        write(&self.0.members().collect::<Vec<_>>())
    }

    /// The lines of a member's ledger, up to `now` with what time alone brought; without `now` up to the last
    /// activity. As JSON, each line has the same bytes as natively.
    pub fn ledger(&self, member: &str, now: Option<String>) -> Result<JsValue, JsError> {
        let lines = |ledger: &[Entry]| write(&ledger.iter().map(|entry| entry.line(member)).collect::<Vec<_>>());
        match now {
            Some(now) => lines(&self.0.as_of(member, now.parse()?).map_or_else(Vec::new, |folded| folded.ledger)),
            None => lines(self.0.ledger(member)),
        }
    }

    /// A member's latest entries until `now`, newest first and at most `count`, each with the name of what made it.
    pub fn entries(&self, member: &str, locale: &str, now: &str, count: usize) -> Result<JsValue, JsError> {
        write(&self.0.entries(member, now.parse()?, locale, count))
    }

    /// Why a member was given a badge (`{ badge }`), or points by a rule for an activity (`{ rule, source, activity
    /// }`); `null` if they were not given it until `now`. If the query matches several entries, the latest is meant.
    pub fn why(&self, member: &str, query: JsValue, locale: &str, now: &str) -> Result<JsValue, JsError> {
        let query: EntryQuery = read(query, "a question")?;
        write(&self.0.why(member, &query, now.parse()?, locale))
    }

    /// What is missing for a badge (`{ badge }`), as `parts`; or which rules gave nothing for an activity
    /// (`{ source, activity }`) and why, as `skips`. `null` if there is no answer.
    #[wasm_bindgen(js_name = whyNot)]
    pub fn why_not(&self, member: &str, query: JsValue, locale: &str, now: &str) -> Result<JsValue, JsError> {
        let query: EntryQuery = read(query, "a question")?;
        write(&self.0.why_not(member, &query, now.parse()?, locale))
    }

    /// At most `count` members who are known for a topic, as far as a viewer may see.
    pub fn experts(
        &self,
        topic: &str,
        viewer: &str,
        locale: &str,
        now: &str,
        count: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.known_for(topic, &context(viewer, locale, now)?, count))
    }

    /// What all who joined a challenge have reached together; `null` if the program has no such challenge.
    pub fn cohort(&self, challenge: &str, viewer: &str, locale: &str, now: &str) -> Result<JsValue, JsError> {
        write(&self.0.cohort(challenge, &context(viewer, locale, now)?))
    }

    /// At most `count` topics that begin with `beginning` and that some member shares with the viewer.
    pub fn topics(
        &self,
        beginning: &str,
        viewer: &str,
        locale: &str,
        now: &str,
        count: usize,
    ) -> Result<JsValue, JsError> {
        write(&self.0.topics_known(&context(viewer, locale, now)?, beginning, count))
    }

    /// The state of each field of a profile, from its values, which are not kept.
    pub fn assess(&self, values: JsValue) -> Result<JsValue, JsError> {
        let values = tree(&values)?;
        let states = self.0.program().field_states(&values);
        write(&Tree::Table(states.map(|(field, state)| (field.as_str().into(), state.name().into())).collect()))
    }

    /// The record as bytes, for [`Engine::restore`].
    pub fn snapshot(&self) -> Vec<u8> {
        self.0.snapshot()
    }

    /// An engine that continues from a snapshot taken with the same program.
    pub fn restore(program: &str, zones: &Function, snapshot: &[u8]) -> Result<Engine, JsValue> {
        let program = check(program, zones)?;
        Ok(Engine(knownfor::Engine::restore(program, snapshot).map_err(JsError::from)?))
    }

    fn read_line(&self, line: &str, feed: &Feed) -> Result<Incoming, LineError> {
        let mut text = Deserializer::from_str(line);
        let incoming = self.0.program().read(&mut text, feed)?;
        text.end()?;
        Ok(incoming)
    }
}

/// What is wrong with a line of a feed: no JSON ends where the line does, or the program cannot read it.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
enum LineError {
    Json(#[from] serde_json::Error),
    Activity(#[from] ReadError),
}

fn context<'a>(viewer: &'a str, locale: &'a str, now: &str) -> Result<ViewContext<'a>, JsError> {
    Ok(ViewContext::of(viewer, locale, now.parse()?))
}
