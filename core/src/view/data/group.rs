//! Groups: a program in numbers, for those who run it.

use crate::base::from_tree::plain_data;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A program in numbers of groups, for those who run it. No number is of fewer members than the program's `groups`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// The groups, in order of their names; then the small ones, together and without a name.
    pub groups: Vec<GroupView>,
}

plain_data! { ReportView { groups } }

/// One group in numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupView {
    /// Its name, as the host gave it; absent for small ones taken together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How many members.
    pub members: u32,
    /// Percent who published their profile, rounded down to tens.
    pub published_percent: u8,
    /// Percent who did something this month, rounded down to tens.
    pub active_percent: u8,
    /// Mean completeness of the profile in percent, rounded down to tens.
    pub completeness: u8,
}

plain_data! { GroupView { group, members, published_percent, active_percent, completeness } }
