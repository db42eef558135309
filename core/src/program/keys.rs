//! Keys: where a program's places begin, each by a number, so that one look at each key of a line finds them all.

use crate::tree::Tree;
use alloc::{boxed::Box, vec::Vec};

/// So many keys have numbers. Places that begin at others are looked for one by one.
const MAX: usize = 32;
/// What stands where no number does.
const NO_NUMBER: u8 = u8::MAX;

/// The keys at which places begin.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    /// By number.
    keys: Vec<Box<str>>,
    /// The number of a key at its [`slot`], or at the next that was free.
    ///
    /// INVARIANT: there are many more slots than numbers, so that after some steps there is always a free one.
    numbers: [u8; 256],
}

impl Keys {
    pub(crate) const fn new() -> Self {
        Self { keys: Vec::new(), numbers: [NO_NUMBER; 256] }
    }

    /// The number of a key; none if there are too many.
    pub(crate) fn add(&mut self, key: &str) -> Option<u8> {
        let slot = match self.find(key) {
            Ok(number) => return Some(number),
            Err(slot) => slot,
        };
        let number = u8::try_from(self.keys.len()).ok().filter(|number| usize::from(*number) < MAX)?;
        *self.numbers.get_mut(usize::from(slot))? = number;
        self.keys.push(key.into());
        Some(number)
    }

    /// Notes what a line has under these keys; of a key written twice, the first.
    pub(crate) fn note<'l, 'a>(&self, tree: &'l Tree<'a>) -> Noted<'l, 'a> {
        let mut by_number = [None; MAX];
        for (key, value) in tree.entries() {
            let number = self.find(key).ok();
            if let Some(noted) = number.and_then(|number| by_number.get_mut(usize::from(number))) {
                noted.get_or_insert(value);
            }
        }
        Noted { tree, by_number }
    }

    /// The number of a key, or the free slot for it.
    fn find(&self, key: &str) -> Result<u8, u8> {
        let mut slot = slot(key);
        loop {
            let number = self.numbers.get(usize::from(slot)).copied().unwrap_or(NO_NUMBER);
            match self.keys.get(usize::from(number)) {
                Some(known) if **known == *key => return Ok(number),
                Some(_) => slot = slot.wrapping_add(1),
                None => return Err(slot),
            }
        }
    }
}

/// Where a key is looked for first: by its length and three of its bytes, which tell nearly all apart.
fn slot(key: &str) -> u8 {
    let bytes = key.as_bytes();
    let byte = |index| bytes.get(index).copied().unwrap_or_default();
    let [length, ..] = bytes.len().to_le_bytes();
    let told_by = [length, byte(0), byte(bytes.len() / 2), byte(bytes.len().wrapping_sub(1))];
    // Knuth's multiplicative hashing: the highest bits depend on all four bytes.
    let [highest, ..] = u32::from_le_bytes(told_by).wrapping_mul(0x9E37_79B9).to_be_bytes();
    highest
}

/// A line with what stands under the keys of its places.
pub(crate) struct Noted<'l, 'a> {
    /// The line.
    pub(crate) tree: &'l Tree<'a>,
    by_number: [Option<&'l Tree<'a>>; MAX],
}

impl<'l, 'a> Noted<'l, 'a> {
    /// What stands under the key with a number.
    pub(crate) fn get(&self, number: u8) -> Option<&'l Tree<'a>> {
        self.by_number.get(usize::from(number)).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::{format, string::String};

    #[test]
    fn finds_what_the_tree_finds() {
        let mut keys = Keys::new();
        // More than have numbers, and of each length many that one slot would take.
        let names: Vec<String> =
            (0..MAX + 8).map(|number| format!("k{}{number:02}k", "x".repeat(number % 3))).collect();
        let numbers: Vec<Option<u8>> = names.iter().map(|name| keys.add(name)).collect();
        assert_eq!(numbers.iter().flatten().count(), MAX);
        assert_eq!(keys.add(&names[3]), numbers[3]);
        let twice = names.iter().chain(&names[5..9]).enumerate();
        let entries = twice.skip(2).map(|(at, name)| (name.as_str().into(), Tree::Integer(at as i64)));
        let line = Tree::Table(entries.chain([("".into(), Tree::Null), ("other".into(), Tree::Null)]).collect());
        let noted = keys.note(&line);
        for (name, number) in names.iter().zip(numbers) {
            if let Some(number) = number {
                assert_eq!(noted.get(number), line.get(name), "{name}");
            }
        }
        assert_eq!(noted.get(NO_NUMBER), None);
    }
}
