//! From tree: plain data is read from a tree. Data of another shape is an error that says where.

use super::tree::Tree;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::{Deserialize, Deserializer, de};

/// Plain data that a [`Tree`] can be read as: views, explanations, the lines of a ledger, and what they consist of.
///
/// Their `Deserialize` reads a tree, too. So there is one reader for all of them, natively and in a page.
///
/// ```
/// use knownfor::{FromTree, Tree, view::ActivityRef};
///
/// let tree: Tree = serde_json::from_str(r#"{"source": "wiki", "id": "1"}"#)?;
/// assert_eq!(ActivityRef::from_tree(&tree)?, ActivityRef { source: "wiki".into(), id: "1".into() });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait FromTree: Sized {
    /// Reads a tree as this type. Keys that the type does not know are ignored, so that a newer server is understood.
    ///
    /// # Errors
    ///
    /// A key is missing or holds something else. The first one found is reported:
    ///
    /// ```
    /// # use knownfor::{FromTree, Tree, view::BadgesView};
    /// let tree: Tree = serde_json::from_str(r#"{"earned": [{"badge": 7}]}"#)?;
    /// let error = BadgesView::from_tree(&tree).unwrap_err();
    /// assert_eq!(error.to_string(), "/earned/0/badge: expected a text, found a whole number");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    fn from_tree(tree: &Tree<'_>) -> Result<Self, ShapeError> {
        let mut reader = Reader::default();
        let value = Self::read(tree, &mut reader);
        match reader.error {
            None => Ok(value),
            Some(error) => Err(error),
        }
    }

    /// Reads a tree. If it has another shape, the reader is told, and the value is any.
    #[doc(hidden)]
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self;
}

/// A tree has another shape than the data it was read as. It displays as the location and what was expected there.
///
/// ```
/// use knownfor::{FromTree, Tree, view::ActivityRef};
///
/// let tree: Tree = serde_json::from_str(r#"{"source": "wiki", "id": ["1"]}"#)?;
/// assert_eq!(ActivityRef::from_tree(&tree).unwrap_err().to_string(), "/id: expected a text, found a list");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}{}{message}", if path.is_empty() { "" } else { ": " })]
pub struct ShapeError {
    path: String,
    message: String,
}

impl ShapeError {
    /// A JSON Pointer (RFC 6901) to the place; empty for the whole tree.
    ///
    /// ```
    /// # use knownfor::{FromTree, Tree, view::ActivityRef};
    /// let tree: Tree = serde_json::from_str(r#"{"source": "wiki"}"#)?;
    /// assert_eq!(ActivityRef::from_tree(&tree).unwrap_err().path(), "/id");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Reads trees, and keeps the first error.
///
/// Reading goes on after an error, with any value in its place. A reader that stopped would have to drop, at each
/// field, the fields read before, and that takes more code than a page should load.
#[derive(Debug, Default)]
#[doc(hidden)]
pub struct Reader {
    path: Vec<Step>,
    error: Option<ShapeError>,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Key(&'static str),
    Item(usize),
}

/// What stands under a key that is missing.
const NOTHING: &Tree<'_> = &Tree::Null;

impl Reader {
    /// Expects a table.
    pub fn table(&mut self, tree: &Tree<'_>) {
        if !matches!(tree, Tree::Table(_)) {
            self.expected("a table", tree);
        }
    }

    /// The value under a key of a table. A missing key is read as nothing, which only an `Option` can be.
    pub fn required<T: FromTree>(&mut self, table: &Tree<'_>, key: &'static str) -> T {
        self.within(table, key, T::read)
    }

    /// Reads what stands under a key of a table.
    pub(crate) fn within<T>(
        &mut self,
        table: &Tree<'_>,
        key: &'static str,
        read: impl FnOnce(&Tree<'_>, &mut Self) -> T,
    ) -> T {
        self.path.push(Step::Key(key));
        let value = read(table.get(key).unwrap_or(NOTHING), self);
        self.path.pop();
        value
    }

    /// The value under a key of a table that may be missing.
    pub fn optional<T: FromTree + Default>(&mut self, table: &Tree<'_>, key: &'static str) -> T {
        self.required::<Option<T>>(table, key).unwrap_or_default()
    }

    /// The index of a word among those known; 0 if it is not among them.
    pub fn word(&mut self, tree: &Tree<'_>, words: &[&str]) -> usize {
        let known = tree.as_text().and_then(|text| words.iter().position(|word| *word == text));
        known.unwrap_or_else(|| {
            self.expected(&format!("one of `{}`", words.join("`, `")), tree);
            0
        })
    }

    /// A whole number within bounds.
    fn integer(&mut self, tree: &Tree<'_>, min: i64, max: i64) -> i64 {
        match tree {
            Tree::Integer(number) if (min..=max).contains(number) => *number,
            Tree::Integer(number) => {
                self.report(format!("expected a whole number from {min} to {max}, found {number}"));
                0
            }
            other => {
                self.expected("a whole number", other);
                0
            }
        }
    }

    /// Reports that something else was expected.
    #[inline(never)]
    pub(crate) fn expected(&mut self, what: &str, tree: &Tree<'_>) {
        let found = match tree {
            Tree::Text(text) => format!("`{text}`"),
            other => other.what().into(),
        };
        self.report(format!("expected {what}, found {found}"));
    }

    fn report(&mut self, message: String) {
        if self.error.is_none() {
            let path = self.path.iter().map(ToString::to_string).collect();
            self.error = Some(ShapeError { path, message });
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "/{key}"),
            Self::Item(index) => write!(f, "/{index}"),
        }
    }
}

impl FromTree for String {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        match tree {
            Tree::Text(text) => String::from(&**text),
            other => {
                reader.expected("a text", other);
                String::new()
            }
        }
    }
}

impl FromTree for bool {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        tree.as_flag().unwrap_or_else(|| {
            reader.expected("a flag", tree);
            false
        })
    }
}

impl FromTree for i64 {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        reader.integer(tree, i64::MIN, i64::MAX)
    }
}

impl FromTree for u32 {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        reader.integer(tree, 0, u32::MAX.into()) as u32
    }
}

impl FromTree for u8 {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        reader.integer(tree, 0, u8::MAX.into()) as u8
    }
}

impl<T: FromTree> FromTree for Option<T> {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        match tree {
            Tree::Null => None,
            some => Some(T::read(some, reader)),
        }
    }
}

impl<T: FromTree> FromTree for Vec<T> {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        if !matches!(tree, Tree::List(_)) {
            reader.expected("a list", tree);
        }
        let mut items = Vec::new();
        for item in tree.items() {
            reader.path.push(Step::Item(items.len()));
            items.push(T::read(item, reader));
            reader.path.pop();
        }
        items
    }
}

impl FromTree for [String; 2] {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        <[String; 2]>::try_from(Vec::<String>::read(tree, reader)).unwrap_or_else(|items| {
            reader.report(format!("expected a list of 2, found {}", items.len()));
            Default::default()
        })
    }
}

/// Reads data from any format that says what its values are, by way of a tree.
pub(crate) fn deserialize<'de, T: FromTree, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let tree = Tree::deserialize(deserializer)?;
    T::from_tree(&tree).map_err(de::Error::custom)
}

/// Implements [`FromTree`] for a struct, from the list of its fields, or for an enum, from its variants and their
/// words.
///
/// The key of a field is its name. A field that is `optional` has its default where the key is missing; an `Option`
/// needs no mark. A field that is not listed does not compile.
#[doc(hidden)]
#[macro_export]
macro_rules! from_tree {
    (struct $type:ident { $($field:ident $(: $mark:ident)?),* $(,)? }) => {
        impl $crate::FromTree for $type {
            fn read(tree: &$crate::Tree<'_>, reader: &mut $crate::Reader) -> Self {
                reader.table(tree);
                Self { $($field: $crate::from_tree!(@field reader tree $field $($mark)?)),* }
            }
        }
    };
    (enum $type:ident { $($variant:ident = $word:literal),* $(,)? }) => {
        impl $crate::FromTree for $type {
            fn read(tree: &$crate::Tree<'_>, reader: &mut $crate::Reader) -> Self {
                let all = [$(Self::$variant),*];
                let [first, ..] = all;
                all.get(reader.word(tree, &[$($word),*])).copied().unwrap_or(first)
            }
        }
    };
    (@field $reader:ident $tree:ident $field:ident) => {
        $reader.required($tree, stringify!($field))
    };
    (@field $reader:ident $tree:ident $field:ident optional) => {
        $reader.optional($tree, stringify!($field))
    };
}

/// Implements `Deserialize` for a type that a tree can be read as.
macro_rules! deserialize_by_tree {
    ($type:ident) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::base::from_tree::deserialize(deserializer)
            }
        }
    };
}
pub(crate) use deserialize_by_tree;

/// Makes a struct plain data, from the list of its fields: it can be read from a tree and deserialized, and it has a
/// JSON Schema.
macro_rules! plain_data {
    ($type:ident { $($field:ident $(: $mark:ident)?),* $(,)? }) => {
        $crate::from_tree!(struct $type { $($field $(: $mark)?),* });

        #[cfg(feature = "schema")]
        impl $crate::base::schema::HasSchema for $type {
            fn schema(schemas: &mut $crate::base::schema::Schemas) -> $crate::Tree<'static> {
                schemas.reference(stringify!($type), |schemas| {
                    let is_optional = |marks: &[&str]| marks.contains(&"optional");
                    $crate::base::schema::object(alloc::vec![$(
                        schemas.field(stringify!($field), is_optional(&[$(stringify!($mark))?]), |data: &Self| &data.$field)
                    ),*])
                })
            }
        }

        $crate::base::from_tree::deserialize_by_tree!($type);
    };
}
pub(crate) use plain_data;
