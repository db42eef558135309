//! Groups: a program in numbers, for those who run it.

use crate::base::from_tree::plain_data;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A program in numbers of groups, for those who run it. [`Program::report`](crate::Program::report) makes it.
///
/// No number is about fewer members than the program's `groups`.
///
/// ```
/// use knownfor::{Program, Standing, Tree};
/// use serde_json::json;
///
/// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// let program = Program::check(&tree, |_| None)?;
/// let standing = Standing::new(&program);
/// let report = program.report([("sales", &standing); 6], "2026-12-01T12:00:00Z".parse()?)?;
/// assert_eq!(serde_json::to_value(report)?, json!({"groups": [
///     {"group": "sales", "members": 6, "published_percent": 0, "active_percent": 0, "completeness": 0}
/// ]}));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReportView {
    /// The groups, sorted by name. Small groups come last, together and without a name.
    pub groups: Vec<GroupView>,
}

plain_data! { ReportView { groups } }

/// The numbers of a group.
///
/// ```
/// # use knownfor::{Program, Standing, Tree};
/// # let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// # let program = Program::check(&tree, |_| None)?;
/// # let standing = Standing::new(&program);
/// // Two groups of three are too small, and are reported together.
/// let members = ["sales", "sales", "sales", "legal", "legal", "legal"].map(|group| (group, &standing));
/// let report = program.report(members, "2026-12-01T12:00:00Z".parse()?)?;
/// assert_eq!((report.groups[0].group.as_deref(), report.groups[0].members), (None, 6));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GroupView {
    /// The group's name, as the host gave it. Absent for small groups that are reported together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How many members it has.
    pub members: u32,
    /// The percentage of members who published their profile, rounded down to tens.
    pub published_percent: u8,
    /// The percentage of members who did something this month, rounded down to tens.
    pub active_percent: u8,
    /// The mean completeness of profiles in percent, rounded down to tens.
    pub completeness: u8,
}

plain_data! { GroupView { group, members, published_percent, active_percent, completeness } }
