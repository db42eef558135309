#![no_std]
#![forbid(unsafe_code)]
// docs.rs marks what needs a feature. Stable compilers cannot.
#![cfg_attr(docsrs, feature(doc_cfg))]
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
// The first definition of a link counts, so the files that README.md links to are modules here.
//! [PROGRAM.md]: _documentation::program
//! [COOKBOOK.md]: _documentation::cookbook
//!
#![doc = include_str!("../README.md")]
//!
//! # The way through
//!
//! A program's text becomes a [`Program`] by `Program::from_toml` or `Program::from_json`, and a tree of any other
//! format by [`Program::check`]. A line of a feed becomes an [`Activity`] by
//! [`Program::read`]. Activities then go through one of two doors:
//!
//! 1. [`Engine`] holds many members in memory, with their record. [`Engine::apply`] takes activities in any order.
//! 2. Hosts that keep members in a database fold one member at a time. [`Batch`] takes what came in, with what the
//!    host's record has under the same source and id. It says what to write, whose standings change, and in which order
//!    to lock them. [`MemberBatch`] makes of each the standing to store and the news to tell.
//!
//! In the second way the host keeps the record. It stores activities by [`Activity::to_tree`] and reads them back by
//! [`Program::read_own`], and tells [`Experts`] and [`Boards`] about every standing that has changed. `examples/host` is
//! such a host in 160 lines.
//!
//! Activities, entries, standings and histories know the program that made them. A call that would mix two programs
//! answers [`OtherProgram`] or `None`.
//!
//! [`Standing::view`] and [`Boards::board`] make [views](view) for a viewer. [`History::why`] and
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

mod sheet;

/// Pages to read: the language of programs, and the cookbook.
#[cfg(doc)]
pub mod _documentation {
    /// [COOKBOOK.md]: cookbook
    #[doc = include_str!("../PROGRAM.md")]
    pub mod program {}

    /// [PROGRAM.md]: program
    /// [numbers]: program#times-and-numbers
    #[doc = include_str!("../COOKBOOK.md")]
    pub mod cookbook {}
}

pub use base::codec::SnapshotError;
pub use base::day::Window;
pub use base::fraction::Fraction;
#[doc(hidden)]
pub use base::from_tree::Reader;
pub use base::from_tree::{FromTree, ShapeError};
#[cfg(feature = "schema")]
pub use base::schema::{HasSchema, schemas_of};
pub use base::text::Text;
pub use base::time::Timestamp;
pub use base::time_error::TimeError;
pub use base::tree::{MAX_DEPTH, Tree};
pub use base::zone::{Transition, Zone, ZoneError};
pub use check::lint::Warning;
pub use engine::Engine;
pub use engine::batch::{Admission, Batch, Known};
pub use engine::compare::{BadgeChange, BadgeHeld, MemberChange, PointsChange};
pub use engine::entry_query::EntryQuery;
pub use engine::forward::Rebuild;
pub use engine::give::NotGivable;
pub use engine::history::{Folded, History, MAX_MEMBER_ACTIVITIES};
pub use engine::member_batch::{MemberBatch, Settled};
pub use engine::outcome::{ApplyError, MemberOutcome, MembersError, Outcome, Status};
pub use engine::redeem::NotRedeemable;
pub use explain::cuts::Cut;
pub use explain::evidence::{ActivityLine, MAX_REASON_ACTIVITIES, PartLine};
pub use explain::explanation::{Explanation, LimitLine};
pub use explain::left_out::LeftOut;
pub use explain::outlook::BadgeOutlook;
pub use explain::skip_reason::SkipReason;
pub use explain::why_not::{FailedTest, SkippedRule, WhyNot};
pub use fold::sealed::SealedSum;
pub use input::activity::Activity;
pub use input::differences::FieldDifference;
pub use input::error::ReadError;
pub use input::feed::Feed;
pub use input::summary::{FeedRemark, FeedSummary};
pub use input::{Incoming, MAX_ACTIVITY_TEXT_BYTES};
pub use language::audience::{Audience, SharedPart};
pub use language::form::{MAX_NAME_CHARS, MAX_TEXT_BYTES};
#[cfg(feature = "schema")]
pub use language::grammar::schema;
pub use language::grammar::{MAX_OF_A_SORT, MAX_POINTS};
pub use language::position::Position;
#[cfg(any(feature = "json", feature = "toml"))]
pub use language::position::Positions;
pub use language::problem::{Problem, Problems};
pub use program::bounds::{CurrencyBounds, RuleBounds};
pub use program::cost::{Cost, MAX_ITEMS, MAX_STEPS, MAX_STEPS_PER_ITEM, MAX_TIMES};
pub use program::value::FieldState;
pub use program::{Icon, Needs, OtherProgram, Program, Shape};
pub use sheet::{Sheet, SheetLanguage, SheetOptions, SheetPart, SheetRow, SheetSection};
pub use state::entry_line::EntryLine;
pub use state::holdings::EarnedBadge;
pub use state::ledger::Entry;
pub use state::standing::Standing;
pub use state::sum_lines::SumLine;
pub use state::texts::SumText;
pub use view::data::ViewContext;
pub use view::experts::{Experts, MAX_FOUND};
pub use view::leaderboard::{Boards, MAX_BOARD_ROWS};
pub use view::outline::{Outline, Outlined};
pub use view::topics::{FEWEST_CONFIRMERS, TallyValue, Topic};
