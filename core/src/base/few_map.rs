//! FewMap: a map that usually has few entries. They lie next to each other, in order; only a large map is a tree.

use crate::base::sort::map_of;
use alloc::{
    collections::{BTreeMap, btree_map::Range},
    vec::Vec,
};
use core::mem;

/// A map in order of its keys.
#[derive(Clone, Debug)]
pub(crate) enum FewMap<K, V> {
    /// INVARIANT: in order, each key once.
    Few(Vec<(K, V)>),
    Many(BTreeMap<K, V>),
}

/// Up to this many entries, moving them costs less than a tree.
const MAX_FEW: usize = 64;

impl<K: Ord, V> FewMap<K, V> {
    pub(crate) const fn new() -> Self {
        Self::Few(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Few(few) => few.len(),
            Self::Many(many) => many.len(),
        }
    }

    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        match self {
            Self::Few(few) => few.get(place(few, key).ok()?).map(|(_, value)| value),
            Self::Many(many) => many.get(key),
        }
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        match self {
            Self::Few(few) => {
                let found = place(few, key).ok()?;
                few.get_mut(found).map(|(_, value)| value)
            }
            Self::Many(many) => many.get_mut(key),
        }
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        match self {
            Self::Few(few) => match place(few, &key) {
                Ok(found) => {
                    if let Some((_, old)) = few.get_mut(found) {
                        *old = value;
                    }
                }
                Err(free) if few.len() < MAX_FEW => {
                    if few.len() == few.capacity() {
                        // Most maps stay as small as this.
                        few.reserve_exact(few.len() / 2 + 1);
                    }
                    few.insert(free, (key, value));
                }
                Err(_) => {
                    let few = mem::take(few);
                    *self = Self::Many(map_of(few.into_iter().chain([(key, value)])));
                }
            },
            Self::Many(many) => drop(many.insert(key, value)),
        }
    }

    pub(crate) fn remove(&mut self, key: &K) {
        match self {
            Self::Few(few) => {
                if let Ok(found) = place(few, key) {
                    few.remove(found);
                }
            }
            Self::Many(many) => drop(many.remove(key)),
        }
    }

    pub(crate) fn retain(&mut self, keeps: impl Fn(&V) -> bool) {
        match self {
            Self::Few(few) => few.retain(|(_, value)| keeps(value)),
            Self::Many(many) => many.retain(|_, value| keeps(value)),
        }
    }

    /// The entries, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        match self {
            Self::Few(few) => entries(few, None),
            Self::Many(many) => entries(&[], Some(many.range(..))),
        }
    }

    /// The entries from a key on, in order.
    pub(crate) fn from<'a>(&'a self, key: &K) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        match self {
            Self::Few(few) => {
                let first = place(few, key).unwrap_or_else(|free| free);
                entries(few.get(first..).unwrap_or_default(), None)
            }
            Self::Many(many) => entries(&[], Some(many.range(key..))),
        }
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        let (few, many) = match self {
            Self::Few(few) => (&mut few[..], None),
            Self::Many(many) => (&mut [][..], Some(many)),
        };
        few.iter_mut().map(|(_, value)| value).chain(many.into_iter().flat_map(BTreeMap::values_mut))
    }

    /// Takes all entries out, in order.
    pub(crate) fn take(&mut self) -> Vec<(K, V)> {
        match mem::take(self) {
            Self::Few(few) => few,
            Self::Many(many) => many.into_iter().collect(),
        }
    }
}

fn entries<'a, K, V>(few: &'a [(K, V)], many: Option<Range<'a, K, V>>) -> impl Iterator<Item = (&'a K, &'a V)> {
    few.iter().map(|(key, value)| (key, value)).chain(many.into_iter().flatten())
}

fn place<K: Ord, V>(few: &[(K, V)], key: &K) -> Result<usize, usize> {
    few.binary_search_by(|(other, _)| other.cmp(key))
}

impl<K: Ord, V> Default for FewMap<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Ord, V: PartialEq> PartialEq for FewMap<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Ord, V: Eq> Eq for FewMap<K, V> {}

impl<K: Ord, V> FromIterator<(K, V)> for FewMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Self::new();
        entries.into_iter().for_each(|(key, value)| map.insert(key, value));
        map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_and_many_entries_are_in_order() {
        let mut map = FewMap::new();
        let mut tree = BTreeMap::new();
        for number in (0..200_u32).map(|number| number * 7_919 % 101) {
            map.insert(number, number + 1);
            tree.insert(number, number + 1);
            assert!(map.iter().eq(&tree), "after {number}");
            assert!(map.from(&number).eq(tree.range(number..)), "from {number}");
            assert_eq!((map.get(&number), map.get(&(number + 1))), (tree.get(&number), tree.get(&(number + 1))));
            if number % 5 == 0 {
                map.remove(&number);
                tree.remove(&number);
            }
        }
        map.retain(|value| value % 2 == 0);
        tree.retain(|_, value| *value % 2 == 0);
        assert!(map.iter().eq(&tree) && map.len() == tree.len());
        let few: FewMap<_, _> = map.iter().map(|(key, value)| (*key, *value)).collect();
        assert_eq!(few, map);
        assert!(map.take().into_iter().eq(tree));
    }
}
