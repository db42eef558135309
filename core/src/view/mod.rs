//! View: a standing becomes plain data to draw, for one viewer.

pub(crate) mod actions;
pub(crate) mod challenge;
pub(crate) mod cohort;
pub(crate) mod data;
pub(crate) mod declined;
pub(crate) mod experts;
mod ladder;
pub(crate) mod leaderboard;
pub(crate) mod member;
pub(crate) mod news;
pub(crate) mod next_steps;
pub(crate) mod outline;
pub(crate) mod progress;
mod ranking;
pub(crate) mod report;
pub(crate) mod role_model;
pub(crate) mod seen_by;
pub(crate) mod topics;
pub(crate) mod visibility;

pub use self::data::*;
