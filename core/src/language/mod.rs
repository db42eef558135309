//! Language: how a program is written, and how its problems are reported.

pub(crate) mod audience;
pub(crate) mod face;
pub(crate) mod form;
pub(crate) mod grammar;
pub(crate) mod hint;
mod input_grammar;
pub(crate) mod nearest;
#[cfg(any(feature = "json", feature = "toml"))]
pub(crate) mod offsets;
pub(crate) mod position;
pub(crate) mod problem;
pub(crate) mod retention_grammar;
mod time_grammar;
