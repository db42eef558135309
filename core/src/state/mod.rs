//! State: everything that is kept of one member.

pub(crate) mod calendar;
mod counter_encoding;
pub(crate) mod counters;
mod dense_counters;
pub(crate) mod difference;
pub(crate) mod encoding;
pub(crate) mod enrolment;
pub(crate) mod entry_line;
pub(crate) mod figures;
pub(crate) mod holdings;
pub(crate) mod ledger;
pub(crate) mod monthly_points;
pub(crate) mod personal;
pub(crate) mod reversals;
pub(crate) mod standing;
pub(crate) mod sum_lines;
pub(crate) mod texts;
pub(crate) mod totals;
