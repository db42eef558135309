//! Batch: what came in, on its way into a record that a host keeps in a database.

use super::{Program, with_standing};
use crate::read_own;
use knownfor::{Incoming, Rebuild, Settled, Standing, Status};
use knownfor_crossing::write;
use serde::Serialize;
use serde_json::Deserializer;
use wasm_bindgen::prelude::*;

/// Activities and voids on their way into a record that a host keeps in a database. The host says what its record has,
/// and the batch says what to write, and whose standings change.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch {
    program: knownfor::Program,
    batch: knownfor::Batch,
}

/// One member's part of a batch.
#[wasm_bindgen]
#[derive(Debug)]
pub struct MemberBatch {
    program: knownfor::Program,
    part: knownfor::MemberBatch,
}

/// What became of an activity or a void, and whether to write it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Admission {
    status: Status,
    is_new: bool,
}

#[wasm_bindgen]
impl Batch {
    /// A batch with nothing in it. `told` is the moment until which members were told what time alone brought.
    #[wasm_bindgen(constructor)]
    pub fn new(program: &Program, told: Option<String>) -> Result<Batch, JsError> {
        let mut batch = knownfor::Batch::new(&program.0);
        if let Some(told) = told {
            batch = batch.told_until(told.parse()?);
        }
        Ok(Self { program: program.0.clone(), batch })
    }

    /// Adds an activity, as JSON in the program's own format. `stored` is what the record has under its source and id,
    /// and `isVoid` says whether it has a void. Throws if the content is another.
    #[wasm_bindgen(unchecked_return_type = "Admission")]
    pub fn add(&mut self, activity: &str, stored: Option<String>, is_void: bool) -> Result<JsValue, JsError> {
        let activity = read_own(&self.program, activity)?;
        self.take(activity.into(), stored, is_void)
    }

    /// Takes an activity out of the record, or keeps it out when it comes. The rest is as in `add`.
    #[wasm_bindgen(unchecked_return_type = "Admission")]
    pub fn void(&mut self, source: &str, id: &str, stored: Option<String>, is_void: bool) -> Result<JsValue, JsError> {
        self.take(Incoming::Void { source: source.into(), id: id.into() }, stored, is_void)
    }

    fn take(&mut self, incoming: Incoming, stored: Option<String>, is_void: bool) -> Result<JsValue, JsError> {
        let known = self.program.known(stored.as_deref().map(Deserializer::from_str).as_mut(), is_void);
        let admission = self.batch.add(incoming, known)?;
        write(&Admission { status: admission.status, is_new: admission.is_new })
    }

    /// Each member's part, in the order in which to lock their rows. The batch is used up.
    pub fn members(self) -> Vec<MemberBatch> {
        let Self { program, batch } = self;
        batch.members().map(|part| MemberBatch { program: program.clone(), part }).collect()
    }
}

#[wasm_bindgen]
impl MemberBatch {
    /// The member.
    #[wasm_bindgen(getter)]
    pub fn member(&self) -> String {
        self.part.member().into()
    }

    /// Goes on from the stored standing. `null` if something was late, void or reversed: then `fold` the record. Fold
    /// also if no standing is stored.
    #[wasm_bindgen(unchecked_return_type = "Settled | null")]
    pub fn apply(&self, standing: &[u8]) -> Result<JsValue, JsError> {
        match self.part.apply(Standing::from_bytes(&self.program, standing)?) {
            Ok(settled) => self.settled(settled),
            Err(Rebuild) => Ok(JsValue::NULL),
        }
    }

    /// Folds the member's record: every activity that names them and is not void, each as JSON in the program's own
    /// format. It may have this batch already.
    #[wasm_bindgen(unchecked_return_type = "Settled")]
    pub fn fold(&self, activities: Vec<String>) -> Result<JsValue, JsError> {
        let read = activities.iter().map(|activity| read_own(&self.program, activity));
        let history = knownfor::History::new(&self.program, self.part.member(), read.collect::<Result<Vec<_>, _>>()?)?;
        self.settled(self.part.fold(history)?)
    }

    fn settled(&self, Settled { standing, added, taken, .. }: Settled) -> Result<JsValue, JsError> {
        with_standing(&standing, self.part.member(), [("added", added), ("taken", taken)])
    }
}
