//! What knownfor's elements draw, as plain data: from a view to nodes. It knows the view and nothing behind it, and
//! neither a browser nor a server.
//!
//! A file of `elements` turns a view into [`Node`]s. In a page, `wasm/draw` makes a shadow root equal to them. The
//! shell reads clicks from `data-…` attributes, so nothing here listens.
//!
//! - [`elements`]: one file for each custom element
//! - `art`: the pictures of badges, woven from their ids
//! - `pieces`: what several elements draw, such as a level, a badge's face, a thread, an explanation
//! - `shell`: what the host hands in beside the view: texts, links, answers
//! - `node`: elements as plain data

mod art;
pub mod elements;
mod node;
mod pieces;
mod shell;

pub use node::{Content, Namespace, Node};
pub use pieces::card::{TITLE, nothing};
pub use shell::{Answers, Links, Question, Value, Words};
