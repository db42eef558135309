//! Elements: one file for each custom element, named like it. Each turns a view into [`Node`](crate::Node)s.

pub mod badges;
pub mod board;
pub mod celebration;
pub mod challenge;
pub mod experts;
pub mod gains;
pub mod kudos;
pub mod profile;
pub mod standing;
pub mod steps;
pub mod topics;
