//! Sort: std's sort over indices, compiled once for all types.
//!
//! Sorting a slice adds about 2.7 kilobytes of WebAssembly for each type of item. Here a type adds only a comparison and a swap.
//! It is for short lists. What may be long, or is sorted for every activity, is sorted as a slice, which is faster.

use alloc::vec::Vec;
use core::{cmp::Ordering, mem};

/// Sorts in place. Equal items keep their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    sort_indices(&mut order, &|a, b| items.get(a).zip(items.get(b)).map_or(Ordering::Equal, |(a, b)| compare(a, b)));
    apply(&mut order, &mut |a, b| items.swap(a, b));
}

/// Sorts, and removes the items that are there more than once.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    sort_by(items, T::cmp);
    items.dedup();
}

#[inline(never)]
fn sort_indices(order: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|a, b| compare(*a, *b));
}

/// Moves each item to its position. `order` says which item belongs at a position, and then that the item is there.
#[inline(never)]
fn apply(order: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| mem::replace(from, at)).filter(|from| *from != start) {
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_a_slice() {
        let mut state = 7_u32;
        for length in 0..70 {
            let mut items: Vec<(u32, usize)> = (0..length)
                .map(|index| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 28, index)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            sort_by(&mut items, |a, b| a.0.cmp(&b.0));
            assert_eq!(items, expected);
        }
    }
}
