//! Hash table: items found by a hash, in one list, with a bound on every search even if the hashes are chosen.
//!
//! Items lie in order of their hashes, each at the position that its hash says or some slots later. So a search looks
//! at few slots, the order does not depend on the order of arrival, and growing copies the list from front to back.
//! An item that would come too late, or move too many others, is refused: its owner keeps it elsewhere, in order.
//! *Rejected: a hash with a secret*, because core has no source of chance.

use crate::base::hash::Fnv;
use alloc::vec::Vec;
use core::mem;

/// How many slots from the position of an item the next free one may be. With hashes that nobody chose, it is closer.
const MAX_RUN: usize = 512;
/// How many positions the first table has.
const FIRST: usize = 12;

/// An item with its hash.
pub(crate) trait Hashed {
    fn hash(&self) -> u32;
}

/// The hash of what some texts say.
pub(crate) fn hash<const N: usize>(texts: [&str; N]) -> u32 {
    let mut hash = Fnv::new();
    texts.iter().for_each(|text| hash.bytes(text.as_bytes()));
    // Multiplied once more, because the upper bits are what the position of an item depends on.
    (hash.finish().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[derive(Debug)]
pub(crate) struct HashTable<T> {
    // INVARIANT: the hashes rise, no item is before the position that its hash says, and no slot between is free.
    // Behind the last position are more slots, and the last one is free.
    slots: Vec<Option<T>>,
    len: usize,
    positions: usize,
}

impl<T: Hashed> HashTable<T> {
    pub(crate) const fn new() -> Self {
        Self { slots: Vec::new(), len: 0, positions: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The position of items with a hash. It rises with the hash.
    #[inline]
    fn position(&self, hash: u32) -> usize {
        ((u64::from(hash) * self.positions as u64) >> u32::BITS) as usize
    }

    /// The slot of an item, or the slot where it would be.
    #[inline]
    fn find(&self, hash: u32, is_it: impl Fn(&T) -> bool) -> Result<usize, usize> {
        let mut slot = self.position(hash);
        while let Some(Some(item)) = self.slots.get(slot)
            && item.hash() <= hash
        {
            if item.hash() == hash && is_it(item) {
                return Ok(slot);
            }
            slot += 1;
        }
        Err(slot)
    }

    #[inline]
    pub(crate) fn get(&self, hash: u32, is_it: impl Fn(&T) -> bool) -> Option<&T> {
        self.slots.get(self.find(hash, is_it).ok()?)?.as_ref()
    }

    pub(crate) fn get_mut(&mut self, hash: u32, is_it: impl Fn(&T) -> bool) -> Option<&mut T> {
        let slot = self.find(hash, is_it).ok()?;
        self.slots.get_mut(slot)?.as_mut()
    }

    /// Adds an item that is not in the table. Returns it if it would come too late, or move too many others.
    pub(crate) fn insert(&mut self, item: T) -> Option<T> {
        if self.len >= self.positions / 4 * 3 {
            self.grow();
        }
        let (Ok(slot) | Err(slot)) = self.find(item.hash(), |_| false);
        let passed = slot.saturating_sub(self.position(item.hash()));
        let Some(rest) = self.slots.get_mut(slot..) else { return Some(item) };
        let moved = rest.iter().take(MAX_RUN).take_while(|slot| slot.is_some()).count();
        // The last slot stays free.
        if passed + moved >= MAX_RUN || moved + 1 >= rest.len() {
            return Some(item);
        }
        self.len += 1;
        let mut item = Some(item);
        for slot in rest.iter_mut().take(moved + 1) {
            mem::swap(slot, &mut item);
        }
        None
    }

    pub(crate) fn remove(&mut self, hash: u32, is_it: impl Fn(&T) -> bool) -> Option<T> {
        let mut slot = self.find(hash, is_it).ok()?;
        let removed = self.slots.get_mut(slot)?.take()?;
        self.len -= 1;
        // What follows moves up, as far as it is not where its hash says.
        while let Some(Some(next)) = self.slots.get(slot + 1)
            && self.position(next.hash()) <= slot
        {
            self.slots.swap(slot, slot + 1);
            slot += 1;
        }
        Some(removed)
    }

    /// The items, in order of their hashes.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.slots.iter().flatten()
    }

    /// Takes all items out, in order of their hashes.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = T> + use<T> {
        (self.len, self.positions) = (0, 0);
        mem::take(&mut self.slots).into_iter().flatten()
    }

    #[cold]
    fn grow(&mut self) {
        let positions = (self.positions / 3 * 4).max(FIRST);
        let items = self.take();
        self.positions = positions;
        self.slots.resize_with(positions + positions.min(MAX_RUN), || None);
        let mut free = 0;
        for item in items {
            // In order, so each comes where its hash says or after the one before.
            free = self.position(item.hash()).max(free);
            if let Some(slot) = self.slots.get_mut(free) {
                *slot = Some(item);
                self.len += 1;
            }
            free += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HashTable, Hashed};
    use alloc::{collections::BTreeSet, vec::Vec};

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Item(u32, u32);

    impl Hashed for Item {
        fn hash(&self) -> u32 {
            self.0
        }
    }

    /// Compares with a tree, while items come and go, for hashes that spread and for hashes that crowd.
    #[test]
    fn a_table_has_what_a_tree_has() {
        for shift in [0, 12, 22, 30, 31] {
            let (mut table, mut tree, mut refused) = (HashTable::new(), BTreeSet::new(), 0);
            let mut drawn = 1_u64;
            for round in 0..12_000_u32 {
                drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let number = (drawn >> 33) as u32 % 1_500;
                let item = Item(number.wrapping_mul(0x9e37_79b9) >> shift, number);
                let is_it = |other: &Item| *other == item;
                assert_eq!(table.get(item.0, is_it).is_some(), tree.contains(&item));
                if (drawn >> 20) % 10 < if round < 6_000 { 9 } else { 3 } {
                    if !tree.contains(&item) {
                        match table.insert(item) {
                            None => drop(tree.insert(item)),
                            Some(_) => refused += 1,
                        }
                    }
                } else {
                    assert_eq!(table.remove(item.0, is_it).is_some(), tree.remove(&item));
                }
                assert_eq!(table.len(), tree.len());
            }
            let mut items: Vec<Item> = table.iter().copied().collect();
            assert!(items.is_sorted_by_key(|item| item.0), "in order of the hashes");
            items.sort_unstable();
            assert_eq!(items, tree.into_iter().collect::<Vec<_>>());
            assert_eq!(refused > 0, shift > 0, "{shift}: {refused} refused");
            assert_eq!(table.take().count(), items.len());
        }
    }
}
