//! Keys: the first key of each pointer, numbered, so a line is read once and only the values needed are kept.

use crate::base::{
    content::content_id,
    interner::Interner,
    text::Text,
    tree::{MAX_DEPTH, Seed, Tree},
};
use alloc::{sync::Arc, vec::Vec};
use core::{fmt, iter};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// The key under which the id made from the content stands. No key of a line gets between, because this one comes
/// last.
pub(crate) const CONTENT: &str = "\0content";

/// The first keys of a program's pointers, numbered.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Interner);

impl Keys {
    pub(crate) const fn new() -> Self {
        Self(Interner::new())
    }

    /// The number of a key, which is added if it is new.
    pub(crate) fn add(&mut self, key: &str) -> usize {
        self.0.add(key)
    }

    /// Reads a line and keeps the values under these keys; the first, if a key occurs twice.
    pub(crate) fn read<'de, D: Deserializer<'de>>(&self, line: D) -> Result<FieldMap<'_, 'de>, D::Error> {
        line.deserialize_any(FieldMapSeed(self))
    }

    /// Reads a line, and makes an id from all of its content, which takes longer.
    #[inline(never)]
    pub(crate) fn read_whole<'de, D: Deserializer<'de>>(&self, line: D) -> Result<FieldMap<'_, 'de>, D::Error> {
        let line = Tree::deserialize(line)?;
        let content = content_id(&line);
        let Tree::Table(entries) = line else { return Err(no_line(&line)) };
        let mut fields = FieldMap::new(self);
        for (key, value) in entries.into_iter().rev().chain([(CONTENT.into(), Tree::Text(content.into()))]) {
            if let Some(place) = self.0.find(&key).and_then(|number| fields.by_number.get_mut(number)) {
                *place = Some(value);
            }
        }
        Ok(fields)
    }
}

/// The values of a line, by the number of their key.
pub(crate) struct FieldMap<'k, 'a> {
    keys: &'k Keys,
    by_number: Vec<Option<Tree<'a>>>,
    /// What the host hands over beside the line.
    pub(crate) beside: Option<&'k Beside>,
}

/// Values by name that a host hands over beside a line, the last first. They are linked, so that all lines of a feed
/// share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Beside(Option<Arc<(Text, Tree<'static>, Beside)>>);

impl Beside {
    pub(crate) fn with(self, name: &str, value: &str) -> Self {
        Self(Some(Arc::new((name.into(), Tree::from(value), self))))
    }

    fn find(&self, name: &str) -> Option<&Tree<'static>> {
        let mut next = self;
        loop {
            let (known, value, rest) = &**next.0.as_ref()?;
            if known == name {
                return Some(value);
            }
            next = rest;
        }
    }
}

impl<'k, 'a> FieldMap<'k, 'a> {
    #[inline]
    fn new(keys: &'k Keys) -> Self {
        let by_number = iter::repeat_with(|| None).take(keys.0.len()).collect();
        Self { keys, by_number, beside: None }
    }

    /// A value that the host hands over beside the line, by its name.
    pub(crate) fn beside(&self, name: &str) -> Option<&Tree<'a>> {
        self.beside?.find(name)
    }

    /// The value under the key with this number.
    #[inline]
    pub(crate) fn get(&self, number: usize) -> Option<&Tree<'a>> {
        self.by_number.get(number)?.as_ref()
    }

    /// The value under a key, which must be a numbered one.
    pub(crate) fn under(&self, key: &str) -> Option<&Tree<'a>> {
        self.get(self.keys.0.find(key)?)
    }
}

struct FieldMapSeed<'k>(&'k Keys);

impl<'k, 'de> Visitor<'de> for FieldMapSeed<'k> {
    type Value = FieldMap<'k, 'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Err(no_line(&Tree::Null))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Err(no_line(&Tree::Flag(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Err(no_line(&Tree::Integer(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Err(no_line(&Tree::from(number)))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(no_line(&Tree::from(u64::MAX)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Err(no_line(&Tree::from(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(no_line(&Tree::List(Vec::new())))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut line: A) -> Result<Self::Value, A::Error> {
        let Self(keys) = self;
        let mut fields = FieldMap::new(keys);
        while let Some(number) = line.next_key_seed(Number(keys))? {
            match number.and_then(|number| fields.by_number.get_mut(number)) {
                Some(empty @ None) => {
                    let tree = empty.insert(Tree::Null);
                    line.next_value_seed(Seed { tree, depth: MAX_DEPTH - 1 })?;
                }
                _ => drop(line.next_value::<IgnoredAny>()?),
            }
        }
        Ok(fields)
    }
}

const EXPECTED: &str = r#"an activity, a table like {"id": …, "at": …, "kind": …}"#;

#[cold]
fn no_line<E: Error>(found: &Tree<'_>) -> E {
    E::custom(format_args!("expected {EXPECTED}, found {}", found.what()))
}

/// Reads a key as its number, or `None` if it has none.
struct Number<'k>(&'k Keys);

impl<'de> DeserializeSeed<'de> for Number<'_> {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, key: D) -> Result<Self::Value, D::Error> {
        key.deserialize_str(self)
    }
}

impl Visitor<'_> for Number<'_> {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text as key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.0.find(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn keeps_the_first_value_of_each_known_key() {
        let mut keys = Keys::new();
        let names: Vec<String> = (0..40).map(|number| format!("key-{number}")).collect();
        let numbers: Vec<usize> = names.iter().map(|name| keys.add(name)).collect();
        assert_eq!(keys.add(&names[3]), numbers[3]);
        // The first two keys are absent, some others occur twice, and one is unknown.
        let written = names.iter().skip(2).chain(&names[..9]).zip(0..);
        let entries = written.map(|(name, number)| (name.as_str().into(), Tree::Integer(number)));
        let line = Tree::Table(entries.chain([("other".into(), Tree::Null)]).collect());
        let fields = keys.read(&line).expect("a table");
        for (name, number) in names.iter().zip(numbers) {
            assert_eq!((fields.get(number), fields.under(name)), (line.get(name), line.get(name)), "{name}");
        }
        assert_eq!(fields.under("other"), None);
    }
}
