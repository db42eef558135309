//! Language: how a program is written, and how its problems are reported.

pub(crate) mod audience;
pub(crate) mod face;
pub(crate) mod form;
pub(crate) mod grammar;
mod input_grammar;
pub(crate) mod problem;
