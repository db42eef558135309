//! IdTable: the named things of a program, each identified by a small typed number instead of its name.

use crate::base::text::Text;
use alloc::vec::Vec;
use core::{
    cmp::Ordering,
    fmt,
    marker::PhantomData,
    ops::{Index, IndexMut},
};

/// The index of a `T` in its table.
pub(crate) struct Id<T>(u16, PhantomData<fn() -> T>);

impl<T> Id<T> {
    pub(crate) fn new(number: usize) -> Option<Self> {
        u16::try_from(number).ok().map(|number| Self(number, PhantomData))
    }

    pub(crate) fn number(self) -> u16 {
        self.0
    }

    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// Something that has a name.
pub(crate) trait Named {
    fn name(&self) -> &Text;
}

/// Things of one type, in the order of the program.
///
/// INVARIANT: an id comes from the check of the program whose table it indexes. Activities and standings carry their
/// program's fingerprint, and ids read from bytes are compared with the table's length.
#[derive(Clone, Debug)]
pub(crate) struct Table<T>(Vec<T>);

impl<T> Table<T> {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Appends an item, or returns `None` if its index does not fit 16 bits. The limits that check enforces keep
    /// tables below that.
    pub(crate) fn push(&mut self, item: T) -> Option<Id<T>> {
        let id = Id::new(self.0.len())?;
        self.0.push(item);
        Some(id)
    }

    pub(crate) fn lookup(&self, id: Id<T>) -> Option<&T> {
        self.0.get(id.index())
    }

    pub(crate) fn values_mut(&mut self) -> core::slice::IterMut<'_, T> {
        self.0.iter_mut()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> {
        self.0.iter().enumerate().filter_map(|(number, item)| Some((Id::new(number)?, item)))
    }

    pub(crate) fn values(&self) -> core::slice::Iter<'_, T> {
        self.0.iter()
    }
}

impl<T: Named> Table<T> {
    pub(crate) fn find(&self, name: &str) -> Option<Id<T>> {
        self.0.iter().position(|item| item.name() == name).and_then(Id::new)
    }
}

#[expect(clippy::indexing_slicing, reason = "the one place where ids are looked up; see the invariant of Table")]
impl<T> Index<Id<T>> for Table<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.0[id.index()]
    }
}

#[expect(clippy::indexing_slicing, reason = "as above")]
impl<T> IndexMut<Id<T>> for Table<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.0[id.index()]
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}
