//! Dense counters: those without a key. A bit for each counter of the program tells whether the member uses it, and
//! the number of bits before it is the position of its cell. So no look-up searches.

use crate::{
    program::{Counter, CounterLayout, Program},
    state::counters::{Count, Slot},
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::{iter, mem};

/// The counters without a key that are in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DenseCounters {
    /// One word for each 64 counters of the layout: which of them are in use.
    words: Box<[u64]>,
    /// How many are in use in the words before each word.
    // Apart from the words, so that one instruction raises several of them.
    before: Box<[u32]>,
    /// The latest window of each counter in use, by their index in the layout.
    cells: Vec<Cell>,
    /// The windows before the latest, by index and then by window. Most counters have none.
    earlier: Vec<(u32, Cell)>,
    pub(super) layout: Arc<CounterLayout>,
}

/// One counter in one window.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    window: i32,
    count: Count,
}

/// The oldest window that can still be counted in once `window` has begun. A member's day follows the offset of each
/// activity, so window numbers can go back by one or two, but not further.
pub(super) fn oldest(window: i32) -> i32 {
    window.saturating_sub(2)
}

impl DenseCounters {
    pub(super) fn new(program: &Program) -> Self {
        let layout = program.layout.clone();
        let length = layout.len().div_ceil(64);
        let (words, before) = (iter::repeat_n(0, length).collect(), iter::repeat_n(0, length).collect());
        Self { words, before, cells: Vec::new(), earlier: Vec::new(), layout }
    }

    pub(super) fn get(&self, counter: Counter, window: i32) -> Option<&Count> {
        let index = self.layout.index_of(counter)?;
        let cell = self.cells.get(self.position(index).ok()?)?;
        if cell.window == window {
            return Some(&cell.count);
        }
        let found = self.earlier(index, window).ok()?;
        self.earlier.get(found).map(|(_, cell)| &cell.count)
    }

    pub(super) fn get_mut(&mut self, counter: Counter, window: i32) -> Option<&mut Count> {
        let index = self.layout.index_of(counter)?;
        let position = self.position(index).ok()?;
        match self.earlier(index, window) {
            Ok(found) => self.earlier.get_mut(found).map(|(_, cell)| &mut cell.count),
            Err(_) => self.cells.get_mut(position).filter(|cell| cell.window == window).map(|cell| &mut cell.count),
        }
    }

    /// The counter in a window. If it is not in use, `first` makes it.
    // Every activity runs through this several times.
    #[inline]
    pub(super) fn at(&mut self, counter: Counter, window: i32, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        let index = self.layout.index_of(counter)?;
        let position = match self.position(index) {
            Ok(position) if self.cells.get(position)?.window != window => {
                return self.at_other_window(index, position, window, first());
            }
            Ok(position) => position,
            Err(position) => {
                self.begin(index, position, Cell { window, count: first() });
                position
            }
        };
        self.cells.get_mut(position).map(|cell| &mut cell.count)
    }

    /// The position of a counter's cell, or the position to insert it at.
    #[inline]
    fn position(&self, index: u32) -> Result<usize, usize> {
        let (at, bit) = ((index / 64) as usize, 1_u64 << (index % 64));
        let (Some(word), Some(before)) = (self.words.get(at), self.before.get(at)) else { return Err(0) };
        let position = (before + (word & (bit - 1)).count_ones()) as usize;
        if word & bit == 0 { Err(position) } else { Ok(position) }
    }

    /// Inserts the first cell of a counter.
    // Called from many places, and slower than a call: inlining it would only add code.
    #[inline(never)]
    fn begin(&mut self, index: u32, position: usize, cell: Cell) {
        self.cells.insert(position, cell);
        let at = (index / 64) as usize;
        if let Some(word) = self.words.get_mut(at) {
            *word |= 1 << (index % 64);
        }
        let after = self.before.get_mut(at + 1..).unwrap_or_default();
        // Wrapping: the number of counters is far below the limit, and an overflow check costs more than the addition.
        after.iter_mut().for_each(|before| *before = before.wrapping_add(1));
    }

    /// The counter in a window that is not its latest so far. If it is not in use, it begins with `count`.
    #[inline(never)]
    fn at_other_window(&mut self, index: u32, position: usize, window: i32, count: Count) -> Option<&mut Count> {
        let latest = self.cells.get_mut(position)?;
        if window < latest.window {
            let found = match self.earlier(index, window) {
                Ok(found) => found,
                Err(_) => {
                    self.evict_before(index, window);
                    let free = self.earlier(index, window).unwrap_or_else(|free| free);
                    self.earlier.insert(free, (index, Cell { window, count }));
                    free
                }
            };
            return self.earlier.get_mut(found).map(|(_, cell)| &mut cell.count);
        }
        let before = mem::replace(latest, Cell { window, count });
        if !self.earlier.is_empty() {
            self.evict_before(index, window);
        }
        if before.window >= oldest(window) {
            let free = self.earlier(index, before.window).unwrap_or_else(|free| free);
            self.earlier.insert(free, (index, before));
        }
        self.cells.get_mut(position).map(|cell| &mut cell.count)
    }

    /// Removes the windows of a counter that can no longer be counted in once a window begins, so that a standing does
    /// not grow with time.
    fn evict_before(&mut self, index: u32, begins: i32) {
        self.earlier.retain(|(other, cell)| *other != index || cell.window >= oldest(begins));
    }

    /// The position of an earlier window, or the position to insert it at.
    fn earlier(&self, index: u32, window: i32) -> Result<usize, usize> {
        self.earlier.binary_search_by(|(other, cell)| (*other, cell.window).cmp(&(index, window)))
    }

    /// The windows of a counter, in order.
    pub(super) fn all_of(&self, counter: Counter) -> impl Iterator<Item = (Slot, &Count)> {
        let index = self.layout.index_of(counter);
        let latest = index.and_then(|index| self.cells.get(self.position(index).ok()?));
        let from = index.map_or(self.earlier.len(), |index| self.earlier(index, i32::MIN).unwrap_or_else(|free| free));
        let earlier = self.earlier.get(from..).unwrap_or_default().iter();
        let earlier = earlier.take_while(move |(other, _)| Some(*other) == index).map(|(_, cell)| cell);
        earlier.chain(latest).map(move |cell| (Slot { counter, key: None, window: cell.window }, &cell.count))
    }

    /// Removes a counter in all its windows.
    pub(super) fn forget(&mut self, counter: Counter) {
        let Some(index) = self.layout.index_of(counter) else { return };
        let Ok(position) = self.position(index) else { return };
        self.cells.remove(position);
        self.earlier.retain(|(other, _)| *other != index);
        let at = (index / 64) as usize;
        if let Some(word) = self.words.get_mut(at) {
            *word &= !(1 << (index % 64));
        }
        let after = self.before.get_mut(at + 1..).unwrap_or_default();
        after.iter_mut().for_each(|before| *before = before.wrapping_sub(1));
    }
}
