//! Skip reason: what kept a rule from giving. As JSON it is one word, or a table with one key.

#[cfg(feature = "schema")]
use crate::base::schema::{HasSchema, Schemas, table, words, wrapped};
use crate::{
    base::{
        from_tree::{FromTree, Reader, deserialize_by_tree},
        tree::{Tree, unescape},
    },
    explain::{explanation::LimitLine, why_not::FailedTest},
};
use alloc::{format, string::String, vec::Vec};
use serde::Serialize;

/// What kept a rule from giving.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
/// # let history = engine.history("ada").unwrap();
/// // Ada's first post got points. The second was one too many for the day, and the third is too short.
/// assert!(history.why_not("wiki", "1", "en").unwrap().is_empty());
/// let because = |id: &str| history.why_not("wiki", id, "en").unwrap().remove(0).because;
/// assert!(matches!(because("2"), SkipReason::Limit(_)));
/// assert!(matches!(because("3"), SkipReason::Condition(_)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum SkipReason {
    /// Tests of its condition did not hold.
    Condition(Vec<FailedTest>),
    /// A limit had no room left.
    Limit(LimitLine),
    /// The activity is not between the rule's `from` and `until`.
    Version,
    /// Its amount is 0 for this activity: an attribute is absent or too small, or later activities get nothing.
    Amount,
    /// The total is at the floor of its currency.
    Floor {
        /// The lowest total that the currency allows.
        floor: i64,
    },
    /// What it gave equals what the same activity took back for it.
    Balanced,
}
impl SkipReason {
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Condition(failed) => {
                let tests = failed.iter().map(|test| {
                    // As TOML writes it: `if.words.min` for `/rules/blog/if/words/min`.
                    let key = test.path.split_once("/if/").map_or(&*test.path, |(_, key)| key).replace('/', ".");
                    let found = test.found.as_ref().map_or("found nothing".into(), |found| format!("found `{found}`"));
                    format!("`if.{}` was not met ({found})", unescape(&key))
                });
                tests.collect::<Vec<_>>().join(", ")
            }
            Self::Limit(limit) => format!("{limit} and was reached"),
            Self::Version => "the activity is not between `from` and `until`".into(),
            Self::Amount => "its amount is 0 for this activity".into(),
            Self::Floor { floor } => format!("the total is at its floor, {floor}"),
            Self::Balanced => "it gave as much as the same activity took back".into(),
        }
    }
}

/// The reasons that are a single word.
const PLAIN: &[&str] = &["version", "amount", "balanced"];

impl FromTree for SkipReason {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        // A reason with content is a table with one key.
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
