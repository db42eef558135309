//! Offsets: where each key and list item of a JSON or TOML text begins. Worked out only when there is something to
//! tell about the text.

use crate::language::problem::Path;
use alloc::{
    collections::BTreeMap,
    string::{String, ToString},
};

/// The byte offset of each key and list item in a text, by its JSON Pointer.
///
/// If a key is written twice, the second one counts: the first one is as good as any other key, and the problem begins
/// with the second.
pub(crate) struct Offsets(BTreeMap<String, usize>);

impl Offsets {
    fn add(&mut self, path: &Path<'_>, offset: usize) {
        self.0.insert(path.to_string(), offset);
    }
}

impl IntoIterator for Offsets {
    type Item = (String, usize);
    type IntoIter = alloc::collections::btree_map::IntoIter<String, usize>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// A text without the byte order mark with which some editors begin a file.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(feature = "json")]
mod json {
    use super::{BTreeMap, Offsets, Path};
    use crate::base::tree::MAX_DEPTH;
    use alloc::{borrow::Cow, vec::Vec};
    use core::fmt;
    use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
    use serde_json::value::RawValue;

    impl Offsets {
        /// The offsets in a JSON text; `None` if it is not JSON.
        pub(crate) fn of_json(text: &str) -> Option<Self> {
            let mut walk = Walk { text, offsets: Self(BTreeMap::new()) };
            let root: &RawValue = serde_json::from_str(text).ok()?;
            walk.add(root, &Path::Root);
            walk.value(root, &Path::Root, MAX_DEPTH);
            Some(walk.offsets)
        }
    }

    struct Walk<'t> {
        text: &'t str,
        offsets: Offsets,
    }

    impl Walk<'_> {
        fn value(&mut self, value: &RawValue, path: &Path<'_>, depth: usize) {
            let Some(depth) = depth.checked_sub(1) else { return };
            if value.get().starts_with('{')
                && let Ok(Entries(entries)) = serde_json::from_str(value.get())
            {
                for (key, value) in entries {
                    // A key with escapes is no slice of the text.
                    let Ok(name) = serde_json::from_str::<Cow<'_, str>>(key.get()) else { continue };
                    let below = path.key(&name);
                    self.add(key, &below);
                    self.value(value, &below, depth);
                }
            } else if value.get().starts_with('[')
                && let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(value.get())
            {
                for (index, item) in items.into_iter().enumerate() {
                    let below = path.item(index);
                    self.add(item, &below);
                    self.value(item, &below, depth);
                }
            }
        }

        fn add(&mut self, part: &RawValue, path: &Path<'_>) {
            // The part is a slice of the text, so the distance of the two beginnings is its offset.
            let offset = part.get().as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
            self.offsets.add(path, offset);
        }
    }

    /// The keys and values of an object as slices of the text, including keys that occur twice.
    struct Entries<'t>(Vec<(&'t RawValue, &'t RawValue)>);

    impl<'de> Deserialize<'de> for Entries<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Object;

            impl<'de> Visitor<'de> for Object {
                type Value = Entries<'de>;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
                    let mut entries = Vec::new();
                    while let Some(entry) = map.next_entry()? {
                        entries.push(entry);
                    }
                    Ok(Entries(entries))
                }
            }

            deserializer.deserialize_map(Object)
        }
    }
}

#[cfg(feature = "toml")]
mod toml {
    use super::{BTreeMap, Offsets, Path};
    use ::toml::de::{DeTable, DeValue};

    impl Offsets {
        /// The offsets in a TOML text; `None` if it is not TOML.
        pub(crate) fn of_toml(text: &str) -> Option<Self> {
            let mut offsets = Self(BTreeMap::new());
            offsets.table(DeTable::parse(text).ok()?.get_ref(), &Path::Root);
            Some(offsets)
        }

        fn table(&mut self, table: &DeTable<'_>, path: &Path<'_>) {
            for (key, value) in table {
                let below = path.key(key.get_ref());
                self.add(&below, key.span().start);
                self.value(value.get_ref(), &below);
            }
        }

        fn value(&mut self, value: &DeValue<'_>, path: &Path<'_>) {
            match value {
                DeValue::Table(table) => self.table(table, path),
                DeValue::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        let below = path.item(index);
                        self.add(&below, item.span().start);
                        self.value(item.get_ref(), &below);
                    }
                }
                _ => {}
            }
        }
    }
}
