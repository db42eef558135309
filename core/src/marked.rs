//! Marked: a few texts, each found by a number made of it before any is compared.

use crate::text::Text;
use alloc::vec::Vec;

/// Texts by the order in which they were added.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Marked {
    /// The [`mark`] of each.
    marks: Vec<u64>,
    texts: Vec<Text>,
}

impl Marked {
    pub(crate) const fn new() -> Self {
        Self { marks: Vec::new(), texts: Vec::new() }
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
        let its = mark(text);
        // All are looked at: with an end known beforehand that takes less time than stopping early.
        let last = |found, (place, mark): (usize, &u64)| if *mark == its { place } else { found };
        let place = self.marks.iter().enumerate().fold(usize::MAX, last);
        if self.texts.get(place)?.as_str() == text {
            return Some(place);
        }
        self.texts.iter().position(|known| known.as_str() == text)
    }

    /// The place of a text, which is added where it is not there yet.
    pub(crate) fn add(&mut self, text: &str) -> usize {
        self.place(text).unwrap_or_else(|| {
            self.marks.push(mark(text));
            self.texts.push(text.into());
            self.texts.len() - 1
        })
    }
}

/// Some bytes of a text as a number: where they differ, so do the texts. They are of both ends, because names begin alike.
fn mark(text: &str) -> u64 {
    let bytes = text.as_bytes();
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)),
        _ => bytes.iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_one_mark_are_told_apart() {
        let names = ["", "a", "at", "ata", "actor", "of.blog.one", "of.chat.one", "of.blog.two", "of.b"];
        let mut marked = Marked::new();
        for (place, name) in names.into_iter().enumerate() {
            assert_eq!(marked.place(name), None, "{name}");
            assert_eq!((marked.add(name), marked.add(name)), (place, place), "{name}");
        }
        assert_eq!(marked.len(), names.len());
        for (place, name) in names.into_iter().enumerate() {
            assert_eq!(marked.place(name), Some(place), "{name}");
        }
        assert_eq!(marked.place("of.news.one"), None);
    }
}
