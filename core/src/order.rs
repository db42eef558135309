//! Order: sorting and collecting in one copy of the code for all types.
//!
//! `slice::sort` is compiled anew for each type, some six kilobytes of WebAssembly a time, and collecting into a `BTreeMap` sorts too.
//! What is sorted here is short, so one routine behind a plain function pointer does for all.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts in place, equal items keeping their order.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    if items.len() <= FEW {
        return insert_each(items, compare);
    }
    let mut order: Vec<usize> = (0..items.len()).collect();
    let at = |index: usize| items.get(index);
    merge_sort(&mut order, &mut |a, b| at(a).zip(at(b)).map_or(Ordering::Equal, |(a, b)| compare(a, b)));
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|index| taken.get_mut(index).and_then(Option::take)));
}

/// So many are sorted in place, by putting each where it belongs.
const FEW: usize = 6;

fn insert_each<T>(items: &mut [T], mut compare: impl FnMut(&T, &T) -> Ordering) {
    for end in 1..items.len() {
        let mut at = end;
        while let Some((before, item)) = items.get(at.wrapping_sub(1)).zip(items.get(at)) {
            if compare(before, item) != Ordering::Greater {
                break;
            }
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Sorts and leaves out what stands there already.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    // Most sets come with few items, and often in order.
    if !items.is_sorted() {
        sort_by(items, Ord::cmp);
    }
    items.dedup();
}

/// Collects by putting one item in after the other.
pub(crate) fn collect<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(items);
    collection
}

/// Sorts numbers by a comparison, from the bottom up: runs of 1, 2, 4 … are merged.
fn merge_sort(order: &mut Vec<usize>, compare: &mut dyn FnMut(usize, usize) -> Ordering) {
    let mut run = 1;
    while run < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(run * 2) {
            let (left, right) = pair.split_at(run.min(pair.len()));
            let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                let first = if compare(*a, *b) == Ordering::Greater { right.next() } else { left.next() };
                merged.extend(first);
            }
            merged.extend(left.chain(right));
        }
        *order = merged;
        run *= 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_like_the_standard_library() {
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
