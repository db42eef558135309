//! DOM: elements as plain data, and the changes that make a page equal to them.

mod node;
mod patch;

pub(crate) use node::{Node, html, svg};
