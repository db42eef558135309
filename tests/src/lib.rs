//! What the tests of knownfor share: a slow model of the program language, and generators of programs and records.

pub mod generate;
pub mod model;

/// The README's Rust, compiled as it stands there.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
