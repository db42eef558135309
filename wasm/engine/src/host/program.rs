//! Program: checked, warned about, and the door for hosts that keep one member at a time.

use crate::{answers::bad_program, context::Context, feed_of, read_line};
use knownfor::{Incoming, Standing, Timestamp, Tree, Zone, view::ActivityRef};
use knownfor_crossing::write;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A program whose every part has been checked.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Program(pub(crate) knownfor::Program);

/// A line of a feed, as a host keeps it.
#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Activity { activity: String, members: Vec<String> },
    Void { void: ActivityRef },
    Ignored { ignored: String },
}

#[wasm_bindgen]
impl Program {
    /// A program from JSON text. One with problems throws an error whose property `problems` lists them all, each with
    /// its line and column.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(text: &str) -> Result<Program, JsValue> {
        knownfor::Program::from_json(text, Zone::named).map(Self).map_err(|problems| bad_program(&problems))
    }

    /// A program from TOML text; otherwise as `fromJson`.
    #[wasm_bindgen(js_name = fromToml)]
    pub fn from_toml(text: &str) -> Result<Program, JsValue> {
        knownfor::Program::from_toml(text, Zone::named).map(Self).map_err(|problems| bad_program(&problems))
    }

    /// The program's id.
    #[wasm_bindgen(getter)]
    pub fn id(&self) -> String {
        self.0.id().into()
    }

    /// A hash of the program. Standings of another fingerprint have to be folded anew.
    #[wasm_bindgen(getter)]
    pub fn fingerprint(&self) -> u64 {
        self.0.fingerprint()
    }

    /// What in the program may harm the people it is for, or has no effect.
    #[wasm_bindgen(unchecked_return_type = "Warning[]")]
    pub fn warnings(&self) -> Result<JsValue, JsError> {
        write(&self.0.warnings())
    }

    /// The most points that each rule can give one member in a day, a week, a month and in all time. A bound is `null`
    /// where nothing in the program limits the points.
    #[wasm_bindgen(unchecked_return_type = "RuleBounds[]")]
    pub fn bounds(&self) -> Result<JsValue, JsError> {
        write(&self.0.bounds())
    }

    /// Reads one line of a feed: an activity in the program's own format, as JSON to be stored, with the members whom
    /// it concerns; a void; or a kind that the program does not count. `number` is that of the line in its feed.
    #[wasm_bindgen(unchecked_return_type = "Line")]
    pub fn read(&self, line: &str, feed: &str, number: Option<u32>) -> Result<JsValue, JsError> {
        write(&match read_line(&self.0, line, &feed_of(feed, number))? {
            Incoming::Activity(activity) => Line::Activity {
                activity: serde_json::to_string(&activity.to_tree())?,
                members: activity.members().map(ToString::to_string).collect(),
            },
            Incoming::Void { source, id } => {
                Line::Void { void: ActivityRef { source: source.to_string(), id: id.to_string() } }
            }
            Incoming::Ignored { kind } => Line::Ignored { ignored: kind.to_string() },
        })
    }

    /// What a viewer sees of a member at a time, from the member's standing; `null` if that is nothing.
    #[wasm_bindgen(unchecked_return_type = "MemberView | null")]
    pub fn view(
        &self,
        member: &str,
        standing: &[u8],
        #[wasm_bindgen(unchecked_param_type = "ViewContext")] context: JsValue,
    ) -> Result<JsValue, JsError> {
        let standing = self.standing(standing)?;
        Context::read(context)?.answer(&|context| write(&standing.view(member, context)))
    }

    /// The next moment after `after` at which time alone may bring something to a standing; `undefined` if nothing is
    /// due.
    #[wasm_bindgen(js_name = nextDue)]
    pub fn next_due(&self, standing: &[u8], after: &str) -> Result<Option<String>, JsError> {
        Ok(self.standing(standing)?.next_due(after.parse()?).map(|due: Timestamp| due.to_string()))
    }

    /// What time alone brought a member later than `after` and until `until`, since the last activity.
    #[wasm_bindgen(js_name = broughtBetween, unchecked_return_type = "EntryLine[]")]
    pub fn brought_between(&self, member: &str, standing: &[u8], after: &str, until: &str) -> Result<JsValue, JsError> {
        let entries = self.standing(standing)?.brought_between(after.parse()?, until.parse()?);
        write(&entries.iter().map(|entry| entry.line(member)).collect::<Vec<_>>())
    }

    fn standing(&self, bytes: &[u8]) -> Result<Standing, JsError> {
        Ok(Standing::from_bytes(&self.0, bytes)?)
    }
}

/// The JSON Schema (2020-12) of a program, for completion and checks in an editor.
#[wasm_bindgen(unchecked_return_type = "Record<string, unknown>")]
pub fn schema() -> Result<JsValue, JsError> {
    let schema: Tree<'_> = knownfor::schema();
    write(&schema)
}
