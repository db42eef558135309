//! Keys: where a program's places begin, each by a number, so that one look at each key of a line finds them all.

use crate::{marked::Marked, tree::Tree};

/// So many keys have numbers. Places that begin at others are looked for one by one.
const MAX: usize = 32;

/// The keys at which places begin, with their numbers.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Marked);

impl Keys {
    pub(crate) const fn new() -> Self {
        Self(Marked::new())
    }

    /// The number of a key; none if there are too many.
    pub(crate) fn add(&mut self, key: &str) -> Option<u8> {
        let number = if self.0.len() < MAX { self.0.add(key) } else { self.0.place(key)? };
        u8::try_from(number).ok()
    }

    /// Notes what a line has under these keys; of a key written twice, the first.
    #[inline]
    pub(crate) fn note<'l, 'a>(&self, tree: &'l Tree<'a>) -> Noted<'l, 'a> {
        let mut by_number = [None; MAX];
        for (key, value) in tree.entries() {
            if let Some(noted) = self.0.place(key).and_then(|number| by_number.get_mut(number)) {
                noted.get_or_insert(value);
            }
        }
        Noted { tree, by_number }
    }
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
    use alloc::{format, string::String, vec::Vec};

    #[test]
    fn notes_what_the_tree_has_first() {
        let mut keys = Keys::new();
        let names: Vec<String> = (0..MAX + 8).map(|number| format!("key-{number}")).collect();
        let numbers: Vec<Option<u8>> = names.iter().map(|name| keys.add(name)).collect();
        assert_eq!(numbers.iter().flatten().count(), MAX);
        assert_eq!(keys.add(&names[3]), numbers[3]);
        // Without the first two, and with some once more.
        let written = names.iter().skip(2).chain(&names[..9]).zip(0..);
        let entries = written.map(|(name, number)| (name.as_str().into(), Tree::Integer(number)));
        let line = Tree::Table(entries.chain([("other".into(), Tree::Null)]).collect());
        let noted = keys.note(&line);
        for (name, number) in names.iter().zip(numbers) {
            if let Some(number) = number {
                assert_eq!(noted.get(number), line.get(name), "{name}");
            }
        }
    }
}
