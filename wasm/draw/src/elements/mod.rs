//! Elements: one file for each custom element, named like it. Each turns a view into [`Node`](crate::dom::Node)s.

pub(crate) mod badges;
pub(crate) mod board;
pub(crate) mod celebration;
pub(crate) mod challenge;
pub(crate) mod experts;
pub(crate) mod gains;
pub(crate) mod kudos;
pub(crate) mod profile;
pub(crate) mod standing;
pub(crate) mod steps;
pub(crate) mod topics;
