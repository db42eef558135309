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
    /// Its amount is 0 for this activity: an attribute is too small, or later activities get nothing.
    Amount,
    /// Its amount depends on an attribute that the activity does not have.
    Absent {
        /// The attribute.
        attribute: String,
    },
    /// The total is at the floor of its currency.
    Floor {
        /// The lowest total that the currency allows.
        floor: i64,
    },
    /// What it gave equals what the same activity took back for it.
    Balanced,
    /// It gives only for what is better than before, and this activity is not.
    Best,
    /// The program says that the account earns nothing.
    Account,
}
/// The tests that did not hold, and what they found.
pub(crate) fn test_texts(failed: &[FailedTest]) -> String {
    let tests = failed.iter().map(|test| {
        // As TOML writes it: `if.words.min` for `/rules/blog/if/words/min`.
        let key = test.path.split_once("/if/").map_or(&*test.path, |(_, key)| key).replace('/', ".");
        let found = match (&test.absent, &test.found) {
            (Some(absent), _) => format!("`{absent}` is absent"),
            (None, Some(found)) => format!("found `{found}`"),
            (None, None) => "found nothing".into(),
        };
        format!("`if.{}` was not met ({found})", unescape(&key))
    });
    tests.collect::<Vec<_>>().join(", ")
}

impl SkipReason {
    pub(crate) fn sentence(&self) -> String {
        match self {
            Self::Condition(failed) => test_texts(failed),
            Self::Limit(limit) => format!("{limit} and was reached"),
            Self::Version => "the activity is not between `from` and `until`".into(),
            Self::Amount => "its amount is 0 for this activity".into(),
            Self::Absent { attribute } => format!("`{attribute}` is absent"),
            Self::Floor { floor } => format!("the total is at its floor, {floor}"),
            Self::Best => "it is no better than the best before".into(),
            Self::Account => "the account earns nothing".into(),
            Self::Balanced => "it gave as much as the same activity took back".into(),
        }
    }
}

/// The reasons that are a single word.
const PLAIN: &[&str] = &["version", "amount", "balanced", "best", "account"];

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
                "absent" => {
                    return Self::Absent {
                        attribute: reader.within(tree, "absent", |table, reader| {
                            reader.table(table);
                            reader.required(table, "attribute")
                        }),
                    };
                }
                _ => {}
            }
        }
        match reader.word(tree, PLAIN) {
            0 => Self::Version,
            1 => Self::Amount,
            2 => Self::Balanced,
            3 => Self::Best,
            _ => Self::Account,
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
            let absent = wrapped("absent", wrapped("attribute", String::schema(schemas)));
            table([("oneOf", Tree::List(Vec::from([condition, limit, floor, absent, words(PLAIN)])))])
        })
    }
}

deserialize_by_tree!(SkipReason);
