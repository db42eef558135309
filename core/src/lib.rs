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

// In reading order. A folder imports only folders above its own line, and a test holds that.
mod base;

mod language;

mod program;

mod check;

mod input;

mod state;

mod fold;

pub mod view;

mod engine;

mod explain;

pub use base::codec::SnapshotError;
pub use base::text::Text;
pub use base::time::{TimeError, Timestamp, Window};
pub use base::tree::{MAX_DEPTH, Tree};
pub use base::zone::{Zone, ZoneError};
pub use check::lint::Warning;
pub use engine::compare::{BadgeChange, BadgeHeld, MemberChange, PointsChange};
pub use engine::history::{Change, EntryQuery, Folded, History, MAX_MEMBER_ACTIVITIES, Rebuild};
pub use engine::redeem::NotRedeemable;
pub use engine::{ApplyError, Engine, MemberOutcome, Outcome, Status};
pub use explain::evidence::{ActivityLine, MAX_REASON_ACTIVITIES, PartLine};
pub use explain::{Explanation, FailedTest, LimitLine, SkipReason, SkippedRule};
pub use input::activity::Activity;
pub use input::{Feed, Incoming, MAX_ACTIVITY_TEXT_BYTES, MAX_ITEMS, ReadError};
pub use language::audience::{Audience, SharedPart};
pub use language::form::{MAX_NAME_CHARS, MAX_TEXT_BYTES};
#[cfg(feature = "schema")]
pub use language::grammar::schema;
pub use language::grammar::{MAX_OF_A_SORT, MAX_POINTS};
pub use language::problem::{Problem, Problems};
pub use program::cost::{Cost, MAX_STEPS, MAX_TIMES};
pub use program::value::FieldState;
pub use program::{Grade, Icon, Needs, OtherProgram, Program, Shape};
pub use state::ledger::{Entry, EntryLine};
pub use state::standing::{EarnedBadge, Standing};
pub use view::data::ViewContext;
pub use view::experts::{Experts, MAX_FOUND};
pub use view::leaderboard::MAX_BOARD_ROWS;
pub use view::topics::{TallyValue, Topic};
