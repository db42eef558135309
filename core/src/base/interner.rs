//! Marked: a few texts, each found by a number made of it before any is compared.

use crate::base::text::Text;
use alloc::{vec, vec::Vec};

/// Texts by the order in which they were added. They are the program's own: no feed can choose texts that are looked for long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interner {
    texts: Vec<Text>,
    /// Each text has the bucket that its mark says, or the next free one. INVARIANT: they are a power of two, and some are free.
    buckets: Vec<Option<Bucket>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Bucket {
    mark: u64,
    length: usize,
    /// The place of the text.
    index: usize,
}

/// Of so many bytes the mark says all.
const WORD: usize = 8;

impl Interner {
    pub(crate) const fn new() -> Self {
        Self { texts: Vec::new(), buckets: Vec::new() }
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
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let mark = mark(text);
        let mut number = bucket(mark);
        loop {
            number &= self.buckets.len().wrapping_sub(1);
            let bucket = self.buckets.get(number)?.as_ref()?;
            if bucket.mark == mark && bucket.length == text.len() && (text.len() <= WORD || self.is(bucket.index, text))
            {
                return Some(bucket.index);
            }
            number += 1;
        }
    }

    /// The place of a text, which is added where it is not there yet.
    pub(crate) fn add(&mut self, text: &str) -> usize {
        self.find(text).unwrap_or_else(|| {
            let index = self.texts.len();
            self.texts.push(text.into());
            // Twice as many buckets as texts, at least: so most texts have the bucket that their mark says.
            if self.texts.len() * 2 <= self.buckets.len() {
                self.settle(index);
            } else {
                self.buckets = vec![None; self.texts.len().next_power_of_two() * 2];
                (0..=index).for_each(|index| self.settle(index));
            }
            index
        })
    }

    /// Gives the text at a place its bucket.
    fn settle(&mut self, index: usize) {
        let Some(text) = self.texts.get(index) else { return };
        let (mark, length) = (mark(text), text.len());
        let number = bucket(mark) & (self.buckets.len() - 1);
        let (before, after) = self.buckets.split_at_mut(number);
        if let Some(free) = after.iter_mut().chain(before).find(|bucket| bucket.is_none()) {
            *free = Some(Bucket { mark, length, index });
        }
    }

    fn is(&self, index: usize, text: &str) -> bool {
        self.texts.get(index).is_some_and(|known| known == text)
    }
}

/// A text as a number: of texts of one length up to a [`WORD`] each has its own.
#[inline]
fn mark(text: &str) -> u64 {
    let bytes = text.as_bytes();
    match (bytes.first_chunk(), bytes.last_chunk(), bytes.last_chunk()) {
        // What the last word has in common with the one before counts twice.
        (.., Some(last)) if bytes.len() > WORD => {
            let words = bytes.as_chunks().0.iter().chain([last]);
            words.fold(0, |mark, word| mix(mark.rotate_left(5) ^ u64::from_le_bytes(*word)))
        }
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes.iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte)),
    }
}

/// The number, below 2^16, of the bucket where a text of a mark belongs.
#[inline]
fn bucket(mark: u64) -> usize {
    (mix(mark) >> 48) as usize
}

/// Another number for each.
#[inline]
fn mix(mark: u64) -> u64 {
    mark.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn each_text_has_its_place() {
        let alike = [
            "",
            "a",
            "at",
            "ata",
            "actor",
            "of.blog.one",
            "of.chat.one",
            "of.blog.two",
            "of.b",
            "of.blogs",
            "of.chats",
        ];
        let many = (0..200).map(|number| format!("com.example.intranet.kind-{number}.v1"));
        let names: Vec<String> = alike.into_iter().map(String::from).chain(many).collect();
        let mut marked = Interner::new();
        for (index, name) in names.iter().enumerate() {
            assert_eq!(marked.find(name), None, "{name}");
            assert_eq!((marked.add(name), marked.add(name)), (index, index), "{name}");
        }
        assert_eq!(marked.len(), names.len());
        for (index, name) in names.iter().enumerate() {
            assert_eq!(marked.find(name), Some(index), "{name}");
        }
        assert_eq!(marked.find("of.news.one"), None);
    }
}
