//! Tree: a JSON or TOML document as plain data, not yet interpreted.

use crate::base::{fraction::Fraction, sort::map_of};
use alloc::{borrow::Cow, collections::BTreeMap, string::String, vec::Vec};
use core::{fmt, mem};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        self, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
    ser::{SerializeMap, SerializeSeq},
};

/// A JSON or TOML document as plain data: programs, activities and profile values are read from it.
///
/// Any serde format can produce it, and texts borrow from the input where possible.
///
/// ```
/// use knownfor::Tree;
/// use serde::Deserialize;
///
/// let tree: Tree = serde_json::from_str(r#"{"id": "42", "words": 300}"#)?;
/// assert_eq!(tree.at("/words"), Some(&Tree::Integer(300)));
///
/// // A value in memory is a deserializer, too.
/// let value = serde_json::json!({"id": "42", "words": 300});
/// assert_eq!(Tree::deserialize(&value)?, tree);
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Rules apply in the order written, so the format must keep the order of keys. `serde_json` keeps it when it reads
/// text; a `serde_json::Value` and the `toml` crate keep it only with their feature `preserve_order`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree<'a> {
    /// JSON's `null`.
    Null,
    /// True or false.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction, or one too large for [`Tree::Integer`].
    Fraction(Fraction),
    /// A string, or a TOML date.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Tree<'a>>),
    /// Keys and values in the order written, including keys that occur twice.
    Table(Vec<(Cow<'a, str>, Tree<'a>)>),
}

/// The deepest nesting of a [`Tree`]. Reading refuses deeper input, which could exhaust the stack.
///
/// ```
/// let deep = "[".repeat(knownfor::MAX_DEPTH + 1);
/// let error = serde_json::from_str::<knownfor::Tree>(&deep).unwrap_err();
/// assert!(error.to_string().starts_with("nested deeper than 64 levels"));
/// ```
pub const MAX_DEPTH: usize = 64;

impl<'a> Tree<'a> {
    /// The value under a key of a table, the first one if the key occurs twice.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// let tree: Tree = toml::from_str("words = 300")?;
    /// assert_eq!(tree.get("words"), Some(&Tree::Integer(300)));
    /// assert_eq!(tree.get("pages"), None);
    /// # Ok::<(), toml::de::Error>(())
    /// ```
    pub fn get(&self, key: &str) -> Option<&Tree<'a>> {
        match self {
            Tree::Table(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The value at a JSON Pointer (RFC 6901); `""` is the whole tree.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// let tree: Tree = serde_json::from_str(r#"{"authors": [{"id": "ada"}], "and/or": true}"#)?;
    /// assert_eq!(tree.at("/authors/0/id").and_then(Tree::as_text), Some("ada"));
    /// assert_eq!(tree.at("/and~1or").and_then(Tree::as_flag), Some(true));
    /// assert_eq!(tree.at("/authors/00/id"), None);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn at(&self, pointer: &str) -> Option<&Tree<'a>> {
        let Some(steps) = pointer.strip_prefix('/') else { return pointer.is_empty().then_some(self) };
        steps.split('/').try_fold(self, |tree, step| tree.step(&unescape(step)))
    }

    /// The value one step down: in a list by number, in a table by key.
    pub(crate) fn step(&self, step: &str) -> Option<&Tree<'a>> {
        match self {
            Tree::List(items) => items.get(index(step)?),
            _ => self.get(step),
        }
    }

    /// The text, or `None` for any other value.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// assert_eq!(Tree::from("ada").as_text(), Some("ada"));
    /// assert_eq!(Tree::Integer(42).as_text(), None);
    /// ```
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Tree::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, or `None` for any other value.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// assert_eq!(Tree::Integer(42).as_integer(), Some(42));
    /// assert_eq!(Tree::from("42").as_integer(), None);
    /// ```
    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Tree::Integer(number) => Some(*number),
            _ => None,
        }
    }

    /// The flag, or `None` for any other value.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// assert_eq!(Tree::Flag(true).as_flag(), Some(true));
    /// assert_eq!(Tree::from("true").as_flag(), None);
    /// ```
    pub fn as_flag(&self) -> Option<bool> {
        match self {
            Tree::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The items of a list; empty for any other value.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// let tree: Tree = serde_json::from_str("[1, 2]")?;
    /// assert_eq!(tree.items().iter().filter_map(Tree::as_integer).sum::<i64>(), 3);
    /// assert!(Tree::Null.items().is_empty());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn items(&self) -> &[Tree<'a>] {
        match self {
            Tree::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a table in the order written; empty for any other value.
    ///
    /// ```
    /// # use knownfor::Tree;
    /// let tree: Tree = serde_json::from_str(r#"{"blog": 50, "answer": 5}"#)?;
    /// let keys: Vec<_> = tree.entries().iter().map(|(key, _)| &**key).collect();
    /// assert_eq!(keys, ["blog", "answer"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn entries(&self) -> &[(Cow<'a, str>, Tree<'a>)] {
        match self {
            Tree::Table(entries) => entries,
            _ => &[],
        }
    }

    /// Each key of a table, with the index of its first entry.
    pub(crate) fn indices(&self) -> BTreeMap<&str, usize> {
        let entries = self.entries().iter().enumerate().rev();
        map_of(entries.map(|(index, (key, _))| (&**key, index)))
    }

    /// What the value is, in the words of an error.
    pub(crate) fn what(&self) -> &'static str {
        match self {
            Tree::Null => "nothing",
            Tree::Flag(_) => "a flag",
            Tree::Integer(_) => "a whole number",
            Tree::Fraction(_) => "a number with a fraction or too many digits",
            Tree::Text(_) => "a text",
            Tree::List(_) => "a list",
            Tree::Table(_) => "a table",
        }
    }
}

/// A JSON Pointer's step as an index: digits without a sign or leading zeros.
pub(crate) fn index(step: &str) -> Option<usize> {
    let is_plain = step == "0" || step.starts_with(|first: char| matches!(first, '1'..='9'));
    step.parse().ok().filter(|_| is_plain)
}

/// A JSON Pointer's step as a key, its `~0` and `~1` resolved.
pub(crate) fn unescape(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

impl From<u64> for Tree<'static> {
    fn from(number: u64) -> Self {
        i64::try_from(number).map_or(Tree::Fraction(Fraction::large(number)), Tree::Integer)
    }
}

impl From<&str> for Tree<'static> {
    fn from(text: &str) -> Self {
        Tree::Text(Cow::Owned(text.into()))
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Null => serializer.serialize_unit(),
            Tree::Flag(flag) => serializer.serialize_bool(*flag),
            Tree::Integer(number) => serializer.serialize_i64(*number),
            Tree::Fraction(number) => number.serialize(serializer),
            Tree::Text(text) => serializer.serialize_str(text),
            Tree::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Tree::Table(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
        }
    }
}

/// A tree in memory is read like any other input.
impl<'de> Deserializer<'de> for &'de Tree<'_> {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Flag(flag) => visitor.visit_bool(*flag),
            Tree::Integer(number) => visitor.visit_i64(*number),
            Tree::Fraction(number) => number.visit(visitor),
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::List(items) => visitor.visit_seq(SeqDeserializer::new(items.iter())),
            Tree::Table(entries) => {
                visitor.visit_map(MapDeserializer::new(entries.iter().map(|(key, value)| (&**key, value))))
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self {
            Tree::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64
        f32 f64
        char str string bytes byte_buf unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de> for &'de Tree<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut tree = Tree::Null;
        deserializer.deserialize_any(Seed { tree: &mut tree, depth: MAX_DEPTH })?;
        Ok(tree)
    }
}

/// Reads a tree in place, which is faster than returning it through every level of the visitor.
pub(crate) struct Seed<'t, 'de> {
    pub(crate) tree: &'t mut Tree<'de>,
    /// Levels that may still be nested below.
    pub(crate) depth: usize,
}

impl<'de> Seed<'_, 'de> {
    fn put<E>(self, tree: Tree<'de>) -> Result<(), E> {
        // The old value is always `Null` and owns nothing. The compiler cannot see that, so this spares it the drop.
        mem::forget(mem::replace(self.tree, tree));
        Ok(())
    }

    /// The depth left for the trees inside this one.
    fn depth_within<E: de::Error>(&self) -> Result<usize, E> {
        let within = self.depth.checked_sub(1);
        within.ok_or_else(|| E::custom(format_args!("nested deeper than {MAX_DEPTH} levels")))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("plain data: a table, list, text, number or flag")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.put(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.put(Tree::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(Tree::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(Tree::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.put(Tree::from(number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<(), E> {
        self.put(Tree::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.put(Tree::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E>(self, text: String) -> Result<(), E> {
        self.put(Tree::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let depth = self.depth_within()?;
        let mut items = Vec::new();
        while list.next_element_seed(Item { items: &mut items, depth })?.is_some() {}
        self.put(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let depth = self.depth_within()?;
        let mut entries = Vec::new();
        while map.next_key_seed(Key { entries: &mut entries })?.is_some() {
            if let Some((_, tree)) = entries.last_mut() {
                map.next_value_seed(Seed { tree, depth })?;
            }
        }
        // The toml crate represents a date as a table with this one key.
        match entries.as_slice() {
            [(key, Tree::Text(date))] if key == "$__toml_private_datetime" => self.put(Tree::Text(date.clone())),
            _ => self.put(Tree::Table(entries)),
        }
    }
}

/// Reads the next item of a list.
struct Item<'t, 'de> {
    items: &'t mut Vec<Tree<'de>>,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Item<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.items.push(Tree::Null);
        self.items.last_mut().map_or(Ok(()), |tree| Seed { tree, depth: self.depth }.deserialize(deserializer))
    }
}

/// Reads the next key of a table, borrowed if possible.
struct Key<'t, 'de> {
    entries: &'t mut Vec<(Cow<'de, str>, Tree<'de>)>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text as key")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<(), E> {
        self.entries.push((Cow::Borrowed(key), Tree::Null));
        Ok(())
    }

    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.entries.push((Cow::Owned(key.into()), Tree::Null));
        Ok(())
    }

    fn visit_string<E>(self, key: String) -> Result<(), E> {
        self.entries.push((Cow::Owned(key), Tree::Null));
        Ok(())
    }
}
