//! Sorted: a set in order that knows the position of each item, and the item at each position.

use alloc::vec::Vec;

/// A chunk is split when it is longer than this, so that no insert moves more.
const MAX_CHUNK: usize = 512;
/// A chunk that is shorter than this is joined with its neighbour.
const MIN_CHUNK: usize = MAX_CHUNK / 8;

/// A set in order.
///
/// The items are in chunks, and each chunk knows its position. A new item moves the positions of the chunks after it,
/// which for a million items are some thousand numbers next to each other. *Rejected: a tree of sums over the lengths.*
/// It saves less than the search in the chunk costs.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<T> {
    // INVARIANT: no chunk is empty.
    chunks: Vec<Vec<T>>,
    /// The position of the first item of each chunk.
    starts: Vec<usize>,
    len: usize,
}

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), starts: Vec::new(), len: 0 }
    }
}

impl<T: Ord> Sorted<T> {
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// How many items are before one, whether or not it is there.
    pub(crate) fn rank(&self, item: &T) -> usize {
        self.partition_point(|other| other < item)
    }

    /// How many items of the beginning `is_before` holds for.
    pub(crate) fn partition_point(&self, is_before: impl Fn(&T) -> bool) -> usize {
        let (chunk, index) = self.find(is_before);
        self.starts.get(chunk).copied().unwrap_or(self.len) + index
    }

    /// The items from a position on.
    pub(crate) fn iter_from(&self, position: usize) -> impl Iterator<Item = &T> {
        let first = self.starts.partition_point(|start| *start <= position).saturating_sub(1);
        let index = position - self.starts.get(first).copied().unwrap_or(0);
        self.chunks.iter().skip(first).flatten().skip(index)
    }

    /// Adds an item, unless it is there already.
    #[inline(never)]
    pub(crate) fn insert(&mut self, item: T) {
        let (at, index) = self.find(|other| *other < item);
        match self.chunks.get_mut(at) {
            Some(chunk) if chunk.get(index) == Some(&item) => return,
            Some(chunk) => chunk.insert(index, item),
            None => {
                self.chunks.push(Vec::from([item]));
                self.starts.push(0);
            }
        }
        self.len += 1;
        self.starts.iter_mut().skip(at + 1).for_each(|start| *start += 1);
        self.split(at);
    }

    /// The item that equals another one.
    pub(crate) fn get(&self, item: &T) -> Option<&T> {
        let (at, index) = self.find(|other| other < item);
        self.chunks.get(at)?.get(index).filter(|found| *found == item)
    }

    /// Removes an item, if it is there, and returns it.
    #[inline(never)]
    pub(crate) fn remove(&mut self, item: &T) -> Option<T> {
        let (at, index) = self.find(|other| other < item);
        let chunk = self.chunks.get_mut(at).filter(|chunk| chunk.get(index) == Some(item))?;
        let removed = chunk.remove(index);
        self.len -= 1;
        self.starts.iter_mut().skip(at + 1).for_each(|start| *start -= 1);
        self.join(at);
        Some(removed)
    }

    /// Removes the items for which `keeps` does not hold.
    pub(crate) fn retain(&mut self, mut keeps: impl FnMut(&T) -> bool) {
        self.chunks.iter_mut().for_each(|chunk| chunk.retain(&mut keeps));
        self.chunks.retain(|chunk| !chunk.is_empty());
        self.len = 0;
        self.starts.clear();
        for chunk in &self.chunks {
            self.starts.push(self.len);
            self.len += chunk.len();
        }
    }

    /// The chunk, and the index in it, of the first item that is not before what is looked for. If all items are, that
    /// is the end of the last chunk.
    fn find(&self, is_before: impl Fn(&T) -> bool) -> (usize, usize) {
        let at = self.chunks.partition_point(|chunk| chunk.last().is_some_and(&is_before));
        let at = at.min(self.chunks.len().saturating_sub(1));
        (at, self.chunks.get(at).map_or(0, |chunk| chunk.partition_point(is_before)))
    }

    fn split(&mut self, at: usize) {
        if let Some(chunk) = self.chunks.get_mut(at).filter(|chunk| chunk.len() > MAX_CHUNK) {
            let half = chunk.len() / 2;
            let right = chunk.split_off(half);
            self.chunks.insert(at + 1, right);
            let start = self.starts.get(at).copied().unwrap_or(0);
            self.starts.insert(at + 1, start + half);
        }
    }

    fn join(&mut self, at: usize) {
        let length = |at: usize| self.chunks.get(at).map_or(0, Vec::len);
        if length(at) >= MIN_CHUNK {
            return;
        }
        if length(at) == 0 {
            self.chunks.remove(at);
            self.starts.remove(at);
        } else if at + 1 < self.chunks.len() && length(at) + length(at + 1) <= MAX_CHUNK {
            let mut right = self.chunks.remove(at + 1);
            self.starts.remove(at + 1);
            if let Some(chunk) = self.chunks.get_mut(at) {
                chunk.append(&mut right);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_CHUNK, Sorted};
    use alloc::{collections::BTreeSet, vec::Vec};

    /// Compares with a tree, while items come and go.
    #[test]
    fn positions_are_those_of_a_sorted_list() {
        let (mut sorted, mut tree) = (Sorted::default(), BTreeSet::new());
        let mut drawn = 1_u64;
        for round in 0..12 * MAX_CHUNK as u64 {
            drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let item = drawn >> 53;
            // First more come than go, then the other way round.
            if (drawn >> 20) % 10 < if round < 6 * MAX_CHUNK as u64 { 8 } else { 2 } {
                sorted.insert(item);
                tree.insert(item);
            } else {
                sorted.remove(&item);
                tree.remove(&item);
            }
            assert_eq!((sorted.len(), sorted.rank(&item)), (tree.len(), tree.range(..item).count()));
            if round % 1_000 == 999 {
                sorted.retain(|item| item % 3 != 0);
                tree.retain(|item| item % 3 != 0);
            }
            let position = (item as usize) % (tree.len() + 2);
            let items: Vec<_> = tree.iter().skip(position).take(3).collect();
            assert_eq!(sorted.iter_from(position).take(3).collect::<Vec<_>>(), items);
        }
    }
}
