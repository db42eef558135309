//! Interner: a few known texts, each found by a hash before any is compared.

use crate::base::text::Text;
use alloc::{vec, vec::Vec};

/// Known texts, numbered in the order added. All come from the program, so no feed can add texts that collide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Interner {
    texts: Vec<Text>,
    /// Each text is in the bucket that its hash selects, or in the next free one.
    /// INVARIANT: the number of buckets is a power of two, and at least half are free, so a search ends.
    buckets: Vec<Option<Bucket>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Bucket {
    hash: u64,
    length: usize,
    index: usize,
}

/// Up to this many bytes, length and hash identify a text.
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

    /// The index of a text.
    // Called for each key of each line.
    #[inline]
    pub(crate) fn find(&self, text: &str) -> Option<usize> {
        let hash = hash(text);
        let mut number = bucket(hash);
        loop {
            number &= self.buckets.len().wrapping_sub(1);
            let bucket = self.buckets.get(number)?.as_ref()?;
            if bucket.hash == hash && bucket.length == text.len() && (text.len() <= WORD || self.is(bucket.index, text))
            {
                return Some(bucket.index);
            }
            number += 1;
        }
    }

    /// The index of a text, which is added if it is new.
    pub(crate) fn add(&mut self, text: &str) -> usize {
        self.find(text).unwrap_or_else(|| {
            let index = self.texts.len();
            self.texts.push(text.into());
            if self.texts.len() * 2 <= self.buckets.len() {
                self.assign_bucket(index);
            } else {
                self.buckets = vec![None; self.texts.len().next_power_of_two() * 2];
                (0..=index).for_each(|index| self.assign_bucket(index));
            }
            index
        })
    }

    fn assign_bucket(&mut self, index: usize) {
        let Some(text) = self.texts.get(index) else { return };
        let (hash, length) = (hash(text), text.len());
        let number = bucket(hash) & (self.buckets.len() - 1);
        let (before, after) = self.buckets.split_at_mut(number);
        if let Some(free) = after.iter_mut().chain(before).find(|bucket| bucket.is_none()) {
            *free = Some(Bucket { hash, length, index });
        }
    }

    fn is(&self, index: usize, text: &str) -> bool {
        self.texts.get(index).is_some_and(|known| known == text)
    }
}

/// The hash of a text. Texts of one length up to [`WORD`] never collide.
#[inline]
fn hash(text: &str) -> u64 {
    let bytes = text.as_bytes();
    match (bytes.first_chunk(), bytes.last_chunk(), bytes.last_chunk()) {
        // The last word overlaps the one before, which spares a loop over the remaining bytes.
        (.., Some(last)) if bytes.len() > WORD => {
            let words = bytes.as_chunks().0.iter().chain([last]);
            words.fold(0, |hash, word| mix(hash.rotate_left(5) ^ u64::from_le_bytes(*word)))
        }
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last))
        }
        _ => bytes.iter().fold(0, |hash, byte| hash << 8 | u64::from(*byte)),
    }
}

/// The bucket that a hash selects, below 2^16.
#[inline]
fn bucket(hash: u64) -> usize {
    (mix(hash) >> 48) as usize
}

/// Fibonacci hashing: spreads a number over the high bits, one to one.
#[inline]
fn mix(hash: u64) -> u64 {
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn each_text_is_found_at_its_index() {
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
        let mut interner = Interner::new();
        for (index, name) in names.iter().enumerate() {
            assert_eq!(interner.find(name), None, "{name}");
            assert_eq!((interner.add(name), interner.add(name)), (index, index), "{name}");
        }
        assert_eq!(interner.len(), names.len());
        for (index, name) in names.iter().enumerate() {
            assert_eq!(interner.find(name), Some(index), "{name}");
        }
        assert_eq!(interner.find("of.news.one"), None);
    }
}
