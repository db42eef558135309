//! Why not: what a badge still asks for, or which rules gave nothing for an activity.

use super::{PartLine, SkippedRule};
#[cfg(feature = "schema")]
use crate::base::schema::{HasSchema, Schemas, table, wrapped};
use crate::{
    base::{
        from_tree::{FromTree, Reader, deserialize_by_tree},
        time::Timestamp,
        tree::Tree,
    },
    engine::{Engine, history::EntryQuery},
};
use alloc::vec::Vec;
use serde::Serialize;

/// Why something was not given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum WhyNot {
    /// Of a badge: the parts of its next goal, and what has counted so far.
    #[serde(rename = "parts")]
    Badge(Vec<PartLine>),
    /// Of an activity: each rule of its kind that gave nothing, and why.
    #[serde(rename = "skips")]
    Activity(Vec<SkippedRule>),
}

impl FromTree for WhyNot {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        reader.table(tree);
        match tree.get("skips") {
            Some(_) => Self::Activity(reader.required(tree, "skips")),
            None => Self::Badge(reader.required(tree, "parts")),
        }
    }
}

#[cfg(feature = "schema")]
impl HasSchema for WhyNot {
    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        schemas.reference("WhyNot", |schemas| {
            let parts = wrapped("parts", Vec::<PartLine>::schema(schemas));
            let skips = wrapped("skips", Vec::<SkippedRule>::schema(schemas));
            table([("oneOf", Tree::List(Vec::from([parts, skips])))])
        })
    }
}

deserialize_by_tree!(WhyNot);

impl Engine {
    /// Why a member was not given the badge that a query names, with what time alone brought until `now`; or why the
    /// activity that it names gave nothing by some rule. `None` if the query names neither, if neither is known, or if
    /// the badge has no goal left.
    pub fn why_not(&self, member: &str, query: &EntryQuery, now: Timestamp, locale: &str) -> Option<WhyNot> {
        let history = self.history(member)?;
        match query {
            EntryQuery { badge: Some(badge), .. } => history.why_not_badge(badge, now, locale).map(WhyNot::Badge),
            EntryQuery { source: Some(source), activity: Some(activity), .. } => {
                history.why_not(source, activity, locale).map(WhyNot::Activity)
            }
            _ => None,
        }
    }
}
