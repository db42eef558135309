//! Skip reason: how it is read from a tree, and its JSON Schema. It is one word, or a table with one key.

use super::SkipReason;
#[cfg(feature = "schema")]
use super::{FailedTest, LimitLine};
#[cfg(feature = "schema")]
use crate::base::schema::{HasSchema, Schemas, table, words, wrapped};
use crate::base::{
    from_tree::{FromTree, Reader, deserialize_by_tree},
    tree::Tree,
};
#[cfg(feature = "schema")]
use alloc::vec::Vec;

/// The reasons that say it all in one word.
const PLAIN: &[&str] = &["version", "amount", "balanced"];

impl FromTree for SkipReason {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        // Those with content are a table with one key.
        if let Some((key, _)) = tree.entries().first() {
            match &**key {
                "condition" => return Self::Condition(reader.required(tree, "condition")),
                "limit" => return Self::Limit(reader.required(tree, "limit")),
                "floor" => {
                    return Self::Floor {
                        floor: reader.within(tree, "floor", |table, reader| {
                            reader.table(table);
                            reader.required(table, "floor")
                        }),
                    };
                }
                _ => {}
            }
        }
        match reader.word(tree, PLAIN) {
            0 => Self::Version,
            1 => Self::Amount,
            _ => Self::Balanced,
        }
    }
}

#[cfg(feature = "schema")]
impl HasSchema for SkipReason {
    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        schemas.reference("SkipReason", |schemas| {
            let condition = wrapped("condition", Vec::<FailedTest>::schema(schemas));
            let limit = wrapped("limit", LimitLine::schema(schemas));
            let floor = wrapped("floor", wrapped("floor", i64::schema(schemas)));
            table([("oneOf", Tree::List(Vec::from([condition, limit, floor, words(PLAIN)])))])
        })
    }
}

deserialize_by_tree!(SkipReason);
