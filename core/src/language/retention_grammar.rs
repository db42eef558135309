//! Retention grammar: how long a program keeps activities.

use super::form::{Form, required};

/// The months of a program that says nothing: a year, and a month to look back at it.
pub(crate) const RETENTION_MONTHS: i64 = 13;
/// Ten years.
pub(crate) const MAX_RETENTION_MONTHS: i64 = 120;

pub(super) const RETENTION: Form = Form::Table(&[required(
    "months",
    "how many months activities are kept; before that, only their sum is",
    &Form::Integer(1, MAX_RETENTION_MONTHS),
)]);
