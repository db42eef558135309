//! Marked: a few texts, each found by a number made of it before any is compared.

use crate::text::Text;
use alloc::{vec, vec::Vec};

/// Texts by the order in which they were added. They are the program's own: no feed can choose texts that are looked for long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    texts: Vec<Text>,
    /// The place of each text, in the slot that its [`mark`] says or the next free one. INVARIANT: they are a power of
    /// two, and some are free.
    slots: Vec<Option<u16>>,
}

impl Marked {
    pub(crate) const fn new() -> Self {
        Self { texts: Vec::new(), slots: Vec::new() }
    }

    pub(crate) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &Text> {
        self.texts.iter()
    }

    /// The place of a text.
    // Called for each key of each line.
    #[inline]
    pub(crate) fn place(&self, text: &str) -> Option<usize> {
        let mut slot = mark(text);
        loop {
            slot &= self.slots.len().wrapping_sub(1);
            let place = usize::from((*self.slots.get(slot)?)?);
            if self.texts.get(place)?.as_str() == text {
                return Some(place);
            }
            slot += 1;
        }
    }

    /// The place of a text, which is added where it is not there yet.
    pub(crate) fn add(&mut self, text: &str) -> usize {
        self.place(text).unwrap_or_else(|| {
            let place = self.texts.len();
            self.texts.push(text.into());
            // Twice as many slots as texts, at least: so most texts have the slot that their mark says.
            if self.texts.len() * 2 <= self.slots.len() {
                self.settle(place);
            } else {
                self.slots = vec![None; self.texts.len().next_power_of_two() * 2];
                (0..=place).for_each(|place| self.settle(place));
            }
            place
        })
    }

    /// Gives the text at a place its slot.
    fn settle(&mut self, place: usize) {
        let Some(text) = self.texts.get(place) else { return };
        let first = mark(text) & (self.slots.len() - 1);
        let (before, after) = self.slots.split_at_mut(first);
        if let Some(free) = after.iter_mut().chain(before).find(|slot| slot.is_none()) {
            *free = u16::try_from(place).ok();
        }
    }
}

/// A number below 2^16 made of all of a text.
#[inline]
fn mark(text: &str) -> usize {
    let mix = |mark: u64, word: u64| (mark.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let bytes = text.as_bytes();
    let mark = match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        // What the last word has in common with the one before counts twice.
        (Some(last), ..) => {
            let words = bytes.as_chunks().0.iter().chain([last]);
            words.fold(0, |mark, word| mix(mark, u64::from_le_bytes(*word)))
        }
        (None, Some(first), Some(last)) => {
            mix(0, u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
        }
        _ => bytes.iter().fold(0, |mark, byte| mix(mark, u64::from(*byte))),
    };
    (mark >> 48) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn each_text_has_its_place() {
        let alike = ["", "a", "at", "ata", "actor", "of.blog.one", "of.chat.one", "of.blog.two", "of.b"];
        let many = (0..200).map(|number| format!("com.example.intranet.kind-{number}.v1"));
        let names: Vec<String> = alike.into_iter().map(String::from).chain(many).collect();
        let mut marked = Marked::new();
        for (place, name) in names.iter().enumerate() {
            assert_eq!(marked.place(name), None, "{name}");
            assert_eq!((marked.add(name), marked.add(name)), (place, place), "{name}");
        }
        assert_eq!(marked.len(), names.len());
        for (place, name) in names.iter().enumerate() {
            assert_eq!(marked.place(name), Some(place), "{name}");
        }
        assert_eq!(marked.place("of.news.one"), None);
    }
}
