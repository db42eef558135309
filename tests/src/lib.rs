//! What the tests of knownfor are made with: a slow model of the program language, and made-up programs and records.

pub mod generate;
pub mod model;
