//! Lookup: things by a text that is asked for with every line of a feed, found at once.

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

/// A number made of all bytes of a key, eight at a time, as FxHash makes it.
fn hash(key: &str) -> usize {
    let mix = |hash: u64, bytes: u64| (hash.rotate_left(5) ^ bytes).wrapping_mul(0x517c_c1b7_2722_0a95);
    let bytes = key.as_bytes();
    let hash = if let Some(last) = bytes.last_chunk() {
        let (eights, _) = bytes.as_chunks();
        eights.iter().fold(u64::from_le_bytes(*last), |hash, eight| mix(hash, u64::from_le_bytes(*eight)))
    } else if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
    } else {
        bytes.iter().fold(0, |hash, byte| hash << 8 | u64::from(*byte))
    };
    // The highest bits depend on all others.
    (mix(hash, bytes.len() as u64) >> 32) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{collections::BTreeMap, format, string::String};

    #[test]
    fn gets_like_the_standard_library() {
        let names: Vec<String> = (0..300).map(|number| format!("{}{number}", "kind-of-".repeat(number % 3))).collect();
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
