//! Shell: what the JavaScript around the drawing hands in beside the view.

mod answers;
mod links;
mod words;

pub(crate) use answers::{Answers, Subject};
pub(crate) use links::{Links, button};
pub(crate) use words::{Value, Words};
