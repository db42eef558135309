//! Lookup: things by a text that is asked for with every line of a feed, found by a few of its bytes.

use alloc::{boxed::Box, vec, vec::Vec};
use core::mem;

/// So many slots there are at least for one key: most keys find their slot at once.
const SLOTS_PER_KEY: usize = 4;
/// No place of an entry.
const FREE: u32 = u32::MAX;

/// Things by their key.
#[derive(Clone, Debug)]
pub(crate) struct Lookup<V> {
    /// In the order in which they were put in.
    entries: Vec<(Box<str>, V)>,
    /// The place of each entry, at the slot of its key or the next that was free.
    ///
    /// INVARIANT: as many as a power of two, of which most are free, so that each search comes to a free one.
    slots: Vec<u32>,
}

impl<V> Lookup<V> {
    pub(crate) const fn new() -> Self {
        Self { entries: Vec::new(), slots: Vec::new() }
    }

    #[inline]
    pub(crate) fn get(&self, key: &str) -> Option<&V> {
        self.find(key).ok().and_then(|place| self.entries.get(place)).map(|(_, value)| value)
    }

    /// Puts a value under a key, and gives the one that was there.
    pub(crate) fn insert(&mut self, key: &str, value: V) -> Option<V> {
        if let Ok(place) = self.find(key) {
            return self.entries.get_mut(place).map(|(_, there)| mem::replace(there, value));
        }
        self.entries.push((key.into(), value));
        if self.entries.len() * SLOTS_PER_KEY > self.slots.len() {
            let slots = (self.entries.len() * SLOTS_PER_KEY * 2).next_power_of_two();
            self.slots = vec![FREE; slots];
            (0..self.entries.len()).for_each(|place| self.take_slot(place));
        } else {
            self.take_slot(self.entries.len() - 1);
        }
        None
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// In the order in which they were put in.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> + Clone {
        self.entries.iter().map(|(key, _)| &**key)
    }

    /// Gives the entry at a place a slot.
    fn take_slot(&mut self, place: usize) {
        let Some((key, _)) = self.entries.get(place) else { return };
        if let Err(slot) = self.find(key)
            && let Some(free) = self.slots.get_mut(slot)
        {
            *free = u32::try_from(place).unwrap_or(FREE);
        }
    }

    /// The place of a key's entry, or the free slot for it.
    // Called for each key of each line.
    #[inline]
    fn find(&self, key: &str) -> Result<usize, usize> {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash(key) & last;
        loop {
            let place = self.slots.get(slot).map_or(usize::MAX, |place| *place as usize);
            match self.entries.get(place) {
                Some((known, _)) if **known == *key => return Ok(place),
                Some(_) => slot = (slot + 1) & last,
                None => return Err(slot),
            }
        }
    }
}

/// A number by the length of a key and three of its bytes, which tell nearly all apart.
fn hash(key: &str) -> usize {
    let bytes = key.as_bytes();
    let [length, ..] = bytes.len().to_le_bytes();
    let told_by = match (bytes, bytes.get(bytes.len() / 2)) {
        ([first, .., last], Some(middle)) => [length, *first, *middle, *last],
        _ => [length, bytes.first().copied().unwrap_or_default(), 0, 0],
    };
    // Knuth's multiplicative hashing, of whose result the highest bits depend on all four bytes.
    (u32::from_le_bytes(told_by).wrapping_mul(0x9E37_79B9) >> 12) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{collections::BTreeMap, format, string::String};

    #[test]
    fn gets_like_the_standard_library() {
        // Many that differ in none of the bytes that are looked at.
        let names: Vec<String> = (0..300).map(|number| format!("k{:02}{}-k", number % 100, number / 100)).collect();
        let (mut lookup, mut map) = (Lookup::new(), BTreeMap::new());
        assert_eq!(lookup.get(""), None);
        for (number, name) in names.iter().chain(&names[20..90]).enumerate() {
            assert_eq!(lookup.insert(name, number), map.insert(name.as_str(), number), "{name}");
            assert_eq!(lookup.get(name), Some(&number));
        }
        assert_eq!(lookup.len(), map.len());
        for name in lookup.keys().chain(["", "k", "k-k", "k000-l", "other"]) {
            assert_eq!(lookup.get(name), map.get(name), "{name}");
        }
    }
}
