//! Counters: everything that is counted for a member.
//!
//! Most counters have no key, and every activity looks some of them up. They are dense: see `dense_counters`. Counters
//! with a key live in a tree, because their number grows with the member's record.

use crate::{
    base::{day::Day, few_map::FewMap, number::capped, packed::Texts, text::Text, time::Timestamp},
    program::{Counter, Program, Scope, Tally},
    state::{
        calendar::Streak,
        dense_counters::{DenseCounters, oldest},
    },
};
use alloc::{
    boxed::Box,
    collections::{BTreeMap, VecDeque},
    format,
    vec::Vec,
};

/// The counters of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counters {
    dense: DenseCounters,
    keyed: BTreeMap<Slot, Count>,
}

/// The address of a counter: its key, if it counts by key, and its window, or 0 if it has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) counter: Counter,
    pub(crate) key: Option<Text>,
    pub(crate) window: i32,
}

/// The state of a counter. All but plain numbers are boxed, which keeps the cells small and fast to scan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Number(i64),
    /// Distinct values, each with its latest time. Becomes a number once no goal or limit needs more values.
    Distinct(Box<FewMap<Text, Timestamp>>),
    Recent(Box<Recent>),
    Streak(Box<Streak>),
    /// The first day.
    Since(Day),
}

/// The numbers added within a rolling window, in order of time, and their sum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recent {
    came: VecDeque<(Timestamp, i64)>,
    sum: i128,
}

/// A change to a counter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change<'a> {
    Add(i64),
    /// To this number, if it is higher.
    Raise(i64),
    Insert(Texts<'a>),
    /// The day is the value.
    InsertDay(Day),
    /// A day on which something counted in a streak.
    On(Day),
    /// The first day, if there was none before.
    Begin(Day),
}

/// The value of a counter before and after a change. Both are 0 if it did not change, or if its value depends on the
/// time.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moved {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl<'a> Change<'a> {
    /// The values that it inserts.
    pub(crate) fn inserts(self) -> impl Iterator<Item = Text> + use<'a> {
        let (texts, day) = match self {
            Self::Insert(texts) => (texts, None),
            Self::InsertDay(Day(day)) => (Texts::NONE, Some(format!("{day}").into())),
            _ => (Texts::NONE, None),
        };
        texts.iter().map(Text::from).chain(day)
    }
}

impl Counters {
    pub(crate) fn new(program: &Program) -> Self {
        Self { dense: DenseCounters::new(program), keyed: BTreeMap::new() }
    }

    pub(crate) fn get(&self, slot: &Slot) -> Option<&Count> {
        match slot.key {
            None => self.dense.get(slot.counter, slot.window),
            Some(_) => self.keyed.get(slot),
        }
    }

    pub(crate) fn get_mut(&mut self, slot: &Slot) -> Option<&mut Count> {
        match slot.key {
            None => self.dense.get_mut(slot.counter, slot.window),
            Some(_) => self.keyed.get_mut(slot),
        }
    }

    /// The counter of a slot. If there is none, `first` makes it.
    pub(crate) fn at(&mut self, slot: &Slot, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        match slot.key {
            None => self.dense.at(slot.counter, slot.window, first),
            Some(_) => {
                if slot.window != 0 {
                    self.evict_before(slot);
                }
                Some(self.keyed.entry(slot.clone()).or_insert_with(first))
            }
        }
    }

    /// The same for a counter without a key.
    #[inline]
    pub(crate) fn at_dense(
        &mut self,
        counter: Counter,
        window: i32,
        first: impl FnOnce() -> Count,
    ) -> Option<&mut Count> {
        self.dense.at(counter, window, first)
    }

    /// If a slot begins a new window, removes the windows of the same counter and key that can no longer be counted
    /// in.
    #[inline(never)]
    fn evict_before(&mut self, begins: &Slot) {
        let None = self.keyed.get(begins) else { return };
        let from = Slot { window: i32::MIN, ..begins.clone() };
        let oldest = Slot { window: oldest(begins.window), ..begins.clone() };
        let over = self.keyed.range(from..).map(|(slot, _)| slot).take_while(|slot| **slot < oldest);
        for slot in over.cloned().collect::<Vec<_>>() {
            self.keyed.remove(&slot);
        }
    }

    /// The keys of a counter, in order. A key is repeated for each of its windows.
    pub(crate) fn keys(&self, counter: Counter) -> impl Iterator<Item = &Text> {
        self.keyed_of(counter).filter_map(|slot| slot.key.as_ref())
    }

    /// The slots of a counter that are in use.
    pub(crate) fn all_of(&self, counter: Counter) -> Vec<Slot> {
        let mut counters: Vec<_> = self.dense.all_of(counter).map(|(slot, _)| slot).collect();
        counters.extend(self.keyed_of(counter).cloned());
        counters
    }

    fn keyed_of(&self, counter: Counter) -> impl Iterator<Item = &Slot> {
        let from = self.keyed.range(Slot { counter, key: None, window: i32::MIN }..);
        from.map(|(slot, _)| slot).take_while(move |slot| slot.counter == counter)
    }

    /// All counters in use: those without a key first, then those with one, each in order of their slots.
    pub(crate) fn all(&self) -> Vec<(Slot, &Count)> {
        let mut all = Vec::new();
        for counter in &self.dense.layout.counters {
            all.extend(self.dense.all_of(*counter));
        }
        all.extend(self.keyed.iter().map(|(slot, count)| (slot.clone(), count)));
        all
    }

    /// Removes a counter in all its windows and for all its keys.
    pub(crate) fn forget(&mut self, counter: Counter) {
        self.dense.forget(counter);
        self.keyed.retain(|slot, _| slot.counter != counter);
    }

    /// Restores a counter from a snapshot.
    pub(crate) fn put(&mut self, slot: Slot, count: Count) {
        if slot.key.is_some() {
            self.keyed.insert(slot, count);
        } else {
            self.at(&slot, || count);
        }
    }
}

impl Count {
    /// A counter that adds numbers up, within a rolling window if there is one.
    pub(crate) fn of_numbers(within: Option<i64>) -> Self {
        match within {
            Some(_) => Self::Recent(Box::default()),
            None => Self::Number(0),
        }
    }

    /// The value at a time, as far as the scope counts it.
    pub(crate) fn value(&self, scope: Scope, now: Timestamp) -> i64 {
        let after = scope.within().map(|seconds| now.plus_seconds(-seconds));
        let counts = |at: Timestamp| after.is_none_or(|after| at > after);
        match self {
            Self::Number(number) => *number,
            Self::Distinct(seen) if after.is_none() => capped(seen.len()),
            Self::Distinct(seen) => capped(seen.iter().filter(|(_, at)| counts(**at)).count()),
            Self::Recent(recent) => recent.sum(counts),
            Self::Streak(_) | Self::Since(_) => 0,
        }
    }

    pub(crate) fn add(&mut self, number: i64, at: Timestamp, within: Option<i64>) -> Moved {
        match self {
            Self::Number(so_far) => {
                let from = *so_far;
                *so_far = from.saturating_add(number);
                return Moved { from, to: *so_far };
            }
            Self::Recent(recent) => recent.add(number, at, at.plus_seconds(-within.unwrap_or(i64::MAX))),
            _ => {}
        }
        Moved::default()
    }

    /// Raises the counter to a number that is higher. Within a rolling window, the numbers that are lower than a later
    /// one are dropped, so the first that is left is the highest.
    pub(crate) fn raise(&mut self, number: i64, at: Timestamp, within: Option<i64>) -> Moved {
        match self {
            Self::Number(so_far) => {
                let from = *so_far;
                *so_far = from.max(number);
                return Moved { from, to: *so_far };
            }
            Self::Recent(recent) => {
                while let Some((_, lower)) = recent.came.back().copied().filter(|(_, last)| *last <= number) {
                    recent.came.pop_back();
                    recent.sum -= i128::from(lower);
                }
                recent.add(number, at, at.plus_seconds(-within.unwrap_or(i64::MAX)));
            }
            _ => {}
        }
        Moved::default()
    }

    /// Adds distinct values until the tally has enough, and removes those that have left its rolling window.
    pub(crate) fn insert(&mut self, tally: &Tally, texts: impl Iterator<Item = Text>, at: Timestamp) -> Moved {
        let Self::Distinct(seen) = self else { return Moved::default() };
        let before = seen.len();
        for text in texts {
            seen.insert(text, at);
        }
        let moved = Moved { from: capped(before), to: capped(seen.len()) };
        // Values outside the window do not count in any case, so it is enough to remove them whenever the number has
        // doubled.
        let twice = seen.len().checked_ilog2() > before.checked_ilog2();
        if let Some(seconds) = tally.scope.within().filter(|_| twice) {
            let over = at.plus_seconds(-seconds);
            seen.retain(|at| *at > over);
        }
        if tally.has_enough(moved.to) {
            *self = Self::Number(moved.to);
        }
        moved
    }
}

impl Recent {
    /// The numbers and their times, in order.
    pub(crate) fn came(&self) -> impl ExactSizeIterator<Item = (Timestamp, i64)> {
        self.came.iter().copied()
    }

    /// The first number that still counts, at least 0.
    pub(crate) fn first(&self, counts: impl Fn(Timestamp) -> bool) -> i64 {
        self.came().find(|(at, _)| counts(*at)).map_or(0, |(_, number)| number.max(0))
    }

    /// Adds a number, and removes those whose time is `until` or earlier.
    fn add(&mut self, number: i64, at: Timestamp, until: Timestamp) {
        while let Some((_, over)) = self.came.front().copied().filter(|(at, _)| *at <= until) {
            self.came.pop_front();
            self.sum -= i128::from(over);
        }
        self.came.push_back((at, number));
        self.sum += i128::from(number);
    }

    /// The sum of the numbers that still count. It reads only those that do not: usually a few, because the next
    /// addition removes them.
    fn sum(&self, counts: impl Fn(Timestamp) -> bool) -> i64 {
        let over = self.came.iter().take_while(|(at, _)| !counts(*at));
        let sum = over.fold(self.sum, |sum, (_, number)| sum - i128::from(*number));
        i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX })
    }
}

impl FromIterator<(Timestamp, i64)> for Recent {
    fn from_iter<I: IntoIterator<Item = (Timestamp, i64)>>(came: I) -> Self {
        let came: VecDeque<_> = came.into_iter().collect();
        let sum = came.iter().map(|(_, number)| i128::from(*number)).sum();
        Self { came, sum }
    }
}
