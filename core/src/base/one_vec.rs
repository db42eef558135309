//! OneVec: a list that usually has one item. That item is stored inline, so most lists allocate nothing.

use alloc::vec::Vec;

/// A list whose first item is stored inline and whose other items are on the heap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OneVec<T> {
    first: Option<T>,
    // INVARIANT: empty if there is no first item.
    others: Vec<T>,
}

impl<T> OneVec<T> {
    pub(crate) const fn new() -> Self {
        Self { first: None, others: Vec::new() }
    }

    pub(crate) fn push(&mut self, item: T) {
        match self.first {
            None => self.first = Some(item),
            Some(_) => self.others.push(item),
        }
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.first.is_some()) + self.others.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        match index.checked_sub(1) {
            None => self.first.as_ref(),
            Some(index) => self.others.get(index),
        }
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        match index.checked_sub(1) {
            None => self.first.as_mut(),
            Some(index) => self.others.get_mut(index),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.first.iter().chain(&self.others)
    }
}

impl<T> FromIterator<T> for OneVec<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut items = items.into_iter();
        Self { first: items.next(), others: items.collect() }
    }
}
