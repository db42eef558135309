//! Groups: a program in numbers, for those who run it.

use crate::base::{
    from_tree::plain_data,
    keyword::{Keyword, keywords},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A program in numbers of groups, for those who run it. [`Program::report`](crate::Program::report) makes it.
///
/// No figure is about fewer members than the program's `groups`, and figures change once a month.
///
/// ```
/// use knownfor::{Program, Standing, Tree};
/// use serde_json::json;
///
/// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// let program = Program::check(&tree, |_| None)?;
/// let standing = Standing::new(&program);
/// let report = program.report([("sales", &standing); 12], "2026-12-01T12:00:00Z".parse()?)?;
/// assert_eq!(serde_json::to_value(report)?, json!({"groups": [
///     {"group": "sales", "members": 12, "published": "few", "active": "few", "complete": "few"}
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
/// // Two groups of six are too small, and are reported together.
/// let members = ["sales", "legal"].into_iter().cycle().take(12).map(|group| (group, &standing));
/// let report = program.report(members, "2026-12-01T12:00:00Z".parse()?)?;
/// assert_eq!((report.groups[0].group.as_deref(), report.groups[0].members), (None, 12));
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
    /// How many of them have published something to the company, when this month began.
    pub published: Band,
    /// How many of them have published, and did something last month that the company can see.
    pub active: Band,
    /// How many of them share a profile with the company of which three quarters are done, when this month began.
    pub complete: Band,
}

plain_data! { GroupView { group, members, published, active, complete } }

/// How many of a group, or how much of a goal. No band says nobody or everybody.
///
/// ```
/// use knownfor::view::Band;
///
/// assert_eq!([Band::of(0, 12), Band::of(3, 12), Band::of(6, 12), Band::of(12, 12)].map(Band::name), [
///     "few", "some", "most", "nearly-all"
/// ]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Fewer than a fifth, perhaps none.
    Few,
    /// From a fifth, and fewer than half.
    Some,
    /// From half, and fewer than four fifths.
    Most,
    /// Four fifths or more, perhaps all.
    NearlyAll,
}

keywords!(Band { Few = "few", Some = "some", Most = "most", NearlyAll = "nearly-all" });

impl Band {
    /// The band of a number out of a whole. A whole of 0 is few.
    pub fn of(number: i64, whole: i64) -> Self {
        let tenths = number.max(0).saturating_mul(10).checked_div(whole).unwrap_or(0);
        match tenths {
            ..2 => Self::Few,
            2..5 => Self::Some,
            5..8 => Self::Most,
            _ => Self::NearlyAll,
        }
    }

    /// The name in JSON.
    ///
    /// ```
    /// assert_eq!(knownfor::view::Band::NearlyAll.name(), "nearly-all");
    /// ```
    pub fn name(self) -> &'static str {
        Keyword::name(self)
    }
}
