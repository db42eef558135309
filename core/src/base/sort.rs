//! Sort: std's sort over indices, compiled once for all types, and maps that are made without sorting.
//!
//! std compiles its sort anew for every type, which in WebAssembly is 2 to 6 KB each. What is sorted here is sorted
//! rarely: in a check, a view or an answer. Code on the way of every activity calls std's sort itself.

use alloc::{collections::BTreeMap, vec::Vec};
use core::{cmp::Ordering, mem};

/// Sorts items; equal ones keep their order.
pub(crate) fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts items by a key; items with equal keys keep their order.
pub(crate) fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts items by a comparison; equal ones keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.len() < 2 {
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let compared = |a: usize, b: usize| items.get(a).zip(items.get(b)).map(|(a, b)| compare(a, b));
    sort_indices(&mut order, &|a, b| compared(a, b).unwrap_or(Ordering::Equal));
    for start in 0..items.len() {
        // Follows one cycle of the permutation. An index that was placed points to itself.
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| mem::replace(from, at)).filter(|from| *from != start) {
            items.swap(at, from);
            at = from;
        }
    }
}

/// A map of entries; of equal keys the last stands. `collect` would sort the entries first, by a sort of their own.
pub(crate) fn map_of<K: Ord, V>(entries: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

#[inline(never)]
fn sort_indices(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|a, b| compare(*a, *b));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_as_std_does() {
        let mut seed = 7_u64;
        for length in 0..200 {
            let mut items: Vec<(u64, usize)> = (0..length)
                .map(|index| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    ((seed >> 33) % 20, index)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by_key(&mut items, |(key, _)| *key);
            assert_eq!(items, expected, "{length} items");
            items.reverse();
            sort(&mut items);
            expected.sort();
            assert_eq!(items, expected, "{length} items");
        }
    }
}
