//! Context: who asks, in which language, about which moment, as JavaScript says it.

use knownfor::{Timestamp, ViewContext, from_tree};
use knownfor_crossing::read;
use wasm_bindgen::prelude::*;

/// A [`ViewContext`] that owns its texts.
pub(crate) struct Context {
    viewer: Option<String>,
    team: Option<Vec<String>>,
    pub(crate) locale: String,
    now: String,
}

from_tree! { struct Context { viewer, team, locale, now } }

impl Context {
    pub(crate) fn read(value: JsValue) -> Result<Self, JsError> {
        read(value, "a context")
    }

    pub(crate) fn now(&self) -> Result<Timestamp, JsError> {
        Ok(self.now.parse()?)
    }

    /// Answers in this context. By a reference to a function, because each copy of this one would be bytes to load.
    pub(crate) fn answer(
        &self,
        answer: &dyn Fn(&ViewContext<'_>) -> Result<JsValue, JsError>,
    ) -> Result<JsValue, JsError> {
        let team: Vec<&str> = self.team.iter().flatten().map(String::as_str).collect();
        let viewer = self.viewer.as_deref().unwrap_or_default();
        answer(&ViewContext { team: &team, ..ViewContext::of(viewer, &self.locale, self.now()?) })
    }
}
