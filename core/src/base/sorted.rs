//! Sorted: a set in order that knows the position of each item, and the item at each position.

use alloc::vec::Vec;

/// A chunk is split when it is longer than this, so that no insert moves more.
const MAX_CHUNK: usize = 512;
/// A chunk that is shorter than this is joined with its neighbour.
const MIN_CHUNK: usize = MAX_CHUNK / 8;

/// A set in order.
///
/// The items are in chunks. Finding a position adds up the lengths of the chunks before it, which for a million items
/// are some thousand numbers. *Rejected: a tree of sums over the lengths.* It saves less than the search in the chunk
/// costs.
#[derive(Clone, Debug)]
pub(crate) struct Sorted<T> {
    // INVARIANT: no chunk is empty.
    chunks: Vec<Vec<T>>,
    len: usize,
}

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self { chunks: Vec::new(), len: 0 }
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
        self.chunks.iter().take(chunk).map(Vec::len).sum::<usize>() + index
    }

    /// The items from a position on.
    pub(crate) fn iter_from(&self, position: usize) -> impl Iterator<Item = &T> {
        let (mut first, mut index) = (0, position);
        while let Some(chunk) = self.chunks.get(first).filter(|chunk| chunk.len() <= index) {
            index -= chunk.len();
            first += 1;
        }
        self.chunks.iter().skip(first).flatten().skip(index)
    }

    /// Adds an item, unless it is there already.
    pub(crate) fn insert(&mut self, item: T) {
        let (at, index) = self.find(|other| *other < item);
        let Some(chunk) = self.chunks.get_mut(at) else {
            // It belongs after all others.
            match self.chunks.last_mut() {
                Some(chunk) => chunk.push(item),
                None => self.chunks.push(Vec::from([item])),
            }
            self.len += 1;
            return self.split(self.chunks.len() - 1);
        };
        if chunk.get(index) != Some(&item) {
            chunk.insert(index, item);
            self.len += 1;
            self.split(at);
        }
    }

    /// Removes an item, if it is there.
    pub(crate) fn remove(&mut self, item: &T) {
        let (at, index) = self.find(|other| other < item);
        let Some(chunk) = self.chunks.get_mut(at).filter(|chunk| chunk.get(index) == Some(item)) else { return };
        chunk.remove(index);
        self.len -= 1;
        self.join(at);
    }

    /// The chunk, and the index in it, of the first item that is not before what is looked for; past the last chunk
    /// if all items are.
    fn find(&self, is_before: impl Fn(&T) -> bool) -> (usize, usize) {
        let at = self.chunks.partition_point(|chunk| chunk.last().is_some_and(&is_before));
        (at, self.chunks.get(at).map_or(0, |chunk| chunk.partition_point(is_before)))
    }

    fn split(&mut self, at: usize) {
        if let Some(chunk) = self.chunks.get_mut(at).filter(|chunk| chunk.len() > MAX_CHUNK) {
            let right = chunk.split_off(chunk.len() / 2);
            self.chunks.insert(at + 1, right);
        }
    }

    fn join(&mut self, at: usize) {
        let length = |at: usize| self.chunks.get(at).map_or(0, Vec::len);
        if length(at) >= MIN_CHUNK {
            return;
        }
        if length(at) == 0 {
            self.chunks.remove(at);
        } else if at + 1 < self.chunks.len() && length(at) + length(at + 1) <= MAX_CHUNK {
            let mut right = self.chunks.remove(at + 1);
            if let Some(chunk) = self.chunks.get_mut(at) {
                chunk.append(&mut right);
            }
        }
    }
}
