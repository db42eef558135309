//! Map: things by their key, in the order of the keys, as one sorted list.
//!
//! For what has few entries or is written once: each further type of a `BTreeMap` is some four kilobytes of WebAssembly. Putting one
//! in or taking one out moves those behind it.

use alloc::vec::Vec;
use core::borrow::Borrow;

/// For what may grow with the record: a tree natively, a list in a page, whose record is short and whose every kilobyte is loaded.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) type Many<K, V> = alloc::collections::BTreeMap<K, V>;
/// A list, with what is asked of a tree.
#[cfg(target_arch = "wasm32")]
pub(crate) type Many<K, V> = Map<K, V>;

/// What stands under a key, to be changed; where there is nothing yet, what `first` makes. It looks the key up once.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn at<'m, K: Ord + Clone, V>(
    many: &'m mut Many<K, V>,
    key: &K,
    first: impl FnOnce() -> V,
) -> Option<&'m mut V> {
    Some(many.entry(key.clone()).or_insert_with(first))
}
/// The same of a list.
#[cfg(target_arch = "wasm32")]
pub(crate) fn at<'m, K: Ord + Clone, V>(
    many: &'m mut Many<K, V>,
    key: &K,
    first: impl FnOnce() -> V,
) -> Option<&'m mut V> {
    let place = many.place(key).unwrap_or_else(|place| {
        many.0.insert(place, (key.clone(), first()));
        place
    });
    many.0.get_mut(place).map(|(_, value)| value)
}

/// Things by their key. Collected, the last of equal keys stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Map<K, V>(Vec<(K, V)>);

impl<K: Ord, V> Map<K, V> {
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(self.place(key).ok()?).map(|(_, value)| value)
    }

    pub(crate) fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        let place = self.place(key).ok()?;
        self.0.get_mut(place).map(|(_, value)| value)
    }

    /// Puts a value under a key, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.place(&key) {
            Ok(place) => self.0.get_mut(place).map(|(_, there)| core::mem::replace(there, value)),
            Err(place) => {
                self.0.insert(place, (key, value));
                None
            }
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &K> + Clone {
        self.0.iter().map(|(key, _)| key)
    }

    /// All of them, of which none is left.
    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn take_all(&mut self) -> Vec<(K, V)> {
        core::mem::take(&mut self.0)
    }

    /// All entries in order.
    pub(crate) fn iter(&self) -> core::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn retain(&mut self, mut stays: impl FnMut(&K, &mut V) -> bool) {
        self.0.retain_mut(|(key, value)| stays(key, value));
    }

    /// The values, to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&K, &mut V)> {
        self.0.iter_mut().map(|(key, value)| (&*key, value))
    }

    /// Where a key is, or belongs.
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }
}

#[cfg(target_arch = "wasm32")]
impl<K: Ord, V> Map<K, V> {
    pub(crate) fn get_key_value<Q: Ord + ?Sized>(&self, key: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
    {
        self.0.get(self.place(key).ok()?).map(|(key, value)| (key, value))
    }

    /// The entries from a key on.
    pub(crate) fn range(&self, from: core::ops::RangeFrom<K>) -> core::slice::Iter<'_, (K, V)> {
        let (Ok(place) | Err(place)) = self.place(&from.start);
        self.0.get(place..).unwrap_or_default().iter()
    }

    pub(crate) fn remove(&mut self, key: &K) -> Option<V> {
        Some(self.0.remove(self.place(key).ok()?).1)
    }
}

#[cfg(target_arch = "wasm32")]
impl<'a, K, V> IntoIterator for &'a Map<K, V> {
    type Item = &'a (K, V);
    type IntoIter = core::slice::Iter<'a, (K, V)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<K: Ord, V> Default for Map<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V> Extend<(K, V)> for Map<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        for (key, value) in entries {
            self.insert(key, value);
        }
    }
}
