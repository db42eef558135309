#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::float_arithmetic
    )
)]
#![doc = include_str!("../README.md")]
//!
//! # The way through
//!
//! Program text → [`Program::check`] → [`Program`]. Activity → [`Program::read`] → [`Activity`]. Then one of two doors:
//!
//! 1. [`Engine`]: many members in memory, with their record. [`Engine::apply`] takes activities in any order; [`Engine::void`],
//!    [`Engine::snapshot`] and [`Engine::restore`] do what they say.
//! 2. One member at a time, for hosts that keep members in a database: [`Program::members_of`] says to whom an activity goes,
//!    [`Program::apply`] adds it to a [`Standing`]; where that answers [`Rebuild`], [`History::fold`] folds the member's record.
//!    The host keeps the record: it stores activities by [`Activity::to_tree`] and has them back by [`Program::read_own`], lets the
//!    same source and id in once, refuses it with other content, remembers voids that come before what they void, and tells
//!    [`Experts`] of members who changed or went.
//!
//! Activities, entries and standings are of the program that made them. By another one the data is read again; what is asked of
//! things of two programs has no answer, and may panic.
//!
//! Standings become [views](view) for a viewer by [`Program::view`] and [`Program::board`]. [`History::why`] and
//! [`History::why_not`] explain.

extern crate alloc;

// From the top down: each module uses only those below it, and a test says so.
mod accounts;
mod activity;
mod audience;
mod award;
mod board;
mod bytes;
mod calendar;
mod challenge;
mod check;
mod cohort;
mod compare;
mod cost;
mod decide;
mod deed;
mod engine;
mod eval;
mod experts;
mod explain;
mod few;
mod fingerprint;
mod fold;
mod form;
mod give;
mod grammar;
mod grown;
mod history;
mod input;
mod keep;
mod known;
mod ledger;
mod lives;
mod map;
mod marked;
mod model;
mod months;
mod order;
mod outlook;
mod personal;
mod pilot;
mod problem;
mod profile;
mod program;
mod reach;
mod reason;
mod record;
mod redeem;
mod report;
mod rework;
mod say;
mod show;
mod sight;
mod slots;
mod snapshot;
mod standing;
mod steps;
mod table;
mod text;
mod time;
mod tree;
mod value;
pub mod view;
mod warn;
mod zone;

pub use activity::Activity;
pub use audience::{Audience, Share};
pub use board::MAX_BOARD_ROWS;
pub use bytes::SnapshotError;
pub use compare::{BadgeChange, BadgeHeld, MemberChange, PointsChange};
pub use cost::{Cost, MAX_STEPS, MAX_TIMES};
pub use engine::{ApplyError, Engine, MemberOutcome, Outcome, Status};
pub use experts::{Experts, MAX_FOUND};
pub use explain::{Because, Explanation, Failed, LimitLine, Skip};
pub use form::{MAX_NAME_CHARS, MAX_TEXT_BYTES};
#[cfg(feature = "schema")]
pub use grammar::schema;
pub use grammar::{MAX_OF_A_SORT, MAX_POINTS};
pub use history::{Folded, History, MAX_MEMBER_ACTIVITIES, Rebuild};
pub use input::{Feed, Incoming, MAX_ACTIVITY_TEXT_BYTES, MAX_ITEMS, ReadError};
pub use known::Topic;
pub use ledger::{Entry, EntryLine};
pub use problem::{Problem, Problems};
pub use program::{Grade, Icon, Needs, Program, Shape};
pub use reason::{ActivityLine, MAX_REASON_ACTIVITIES, PartLine};
pub use redeem::NotRedeemable;
pub use standing::Standing;
pub use text::Text;
pub use time::{Instant, TimeError, Window};
pub use tree::{MAX_DEPTH, Tree};
pub use value::FieldState;
pub use view::Ask;
pub use warn::Warning;
pub use zone::{Zone, ZoneError};
