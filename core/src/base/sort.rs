//! Order: sorting and collecting in one copy of the code for all types.
//!
//! `slice::sort` is compiled anew for each type, some six kilobytes of WebAssembly a time, and collecting into a `BTreeMap` sorts too.
//! Here a type brings only how two of its items compare and how they change places.

use alloc::vec::Vec;
use core::{cmp::Ordering, mem};

/// Sorts in place, equal items keeping their order.
pub(crate) fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    sort(items.len(), &mut Items { items, compare });
}

/// Sorts and leaves out what stands there already.
pub(crate) fn sort_and_dedup<T: Ord>(items: &mut Vec<T>) {
    match items.as_mut_slice() {
        [] | [_] => return,
        // Two come most often of all.
        [a, b] => match (*a).cmp(b) {
            Ordering::Less => return,
            Ordering::Equal => return items.truncate(1),
            Ordering::Greater => return mem::swap(a, b),
        },
        _ => {}
    }
    let mut positions = Items { items: items.as_mut_slice(), compare: Ord::cmp };
    let different = sort_and_count(positions.items.len(), &mut positions);
    items.truncate(different);
}

/// Collects by putting one item in after the other.
pub(crate) fn collect<C: Default + Extend<T>, T>(items: impl IntoIterator<Item = T>) -> C {
    let mut collection = C::default();
    collection.extend(items);
    collection
}

/// What sorting needs to know of items whose type it does not know.
trait Sortable {
    fn compare(&self, a: usize, b: usize) -> Ordering;
    fn swap(&mut self, a: usize, b: usize);
}

struct Items<'a, T, C> {
    items: &'a mut [T],
    compare: C,
}

impl<T, C: Fn(&T, &T) -> Ordering> Sortable for Items<'_, T, C> {
    fn compare(&self, a: usize, b: usize) -> Ordering {
        let pair = self.items.get(a).zip(self.items.get(b));
        pair.map_or(Ordering::Equal, |(a, b)| (self.compare)(a, b))
    }

    fn swap(&mut self, a: usize, b: usize) {
        self.items.swap(a, b);
    }
}

/// So many are sorted without memory of their own, by putting each where it belongs.
const FEW: usize = 6;

fn sort(length: usize, positions: &mut dyn Sortable) {
    let is_after = |positions: &dyn Sortable, a, b| positions.compare(a, b) == Ordering::Greater;
    // Most come with few items, and often in order.
    let Some(unsorted) = (1..length).find(|at| is_after(positions, at - 1, *at)) else { return };
    if length > FEW {
        return arrange(merge_sort(length, positions), positions);
    }
    for end in unsorted..length {
        let mut at = end;
        while at > 0 && is_after(positions, at - 1, at) {
            positions.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Sorts, brings the first of each to the front, and says how many those are.
fn sort_and_count(length: usize, positions: &mut dyn Sortable) -> usize {
    sort(length, positions);
    let mut different = length.min(1);
    for at in 1..length {
        if positions.compare(different - 1, at) != Ordering::Equal {
            if at > different {
                positions.swap(different, at);
            }
            different += 1;
        }
    }
    different
}

/// The places in the order of their items, from the bottom up: runs of 1, 2, 4 … are merged.
fn merge_sort(length: usize, positions: &dyn Sortable) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    let mut run = 1;
    while run < order.len() {
        let mut merged = Vec::with_capacity(order.len());
        for pair in order.chunks(run * 2) {
            let (left, right) = pair.split_at(run.min(pair.len()));
            let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                let first = if positions.compare(*a, *b) == Ordering::Greater { right.next() } else { left.next() };
                merged.extend(first);
            }
            merged.extend(left.chain(right));
        }
        order = merged;
        run *= 2;
    }
    order
}

/// Brings each item to its place, round by round: `order` says which item belongs at a place, and then that it has come.
fn arrange(mut order: Vec<usize>, positions: &mut dyn Sortable) {
    for start in 0..order.len() {
        let mut at = start;
        while let Some(from) = order.get_mut(at).map(|from| mem::replace(from, at)).filter(|from| *from != start) {
            positions.swap(at, from);
            at = from;
        }
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
