//! Slots: all that is counted of one member.

use crate::{
    calendar::Streak,
    map::{self, Many},
    order::sort_by,
    program::{Counter, Places, Program, Scope},
    text::Text,
    time::{Day, Instant},
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, sync::Arc, vec::Vec};

/// The counters of a member.
#[derive(Clone, Debug)]
pub(crate) struct Slots {
    plain: Plain,
    keyed: Many<Slot, Count>,
}

/// The counters without a key, at the places that the program gives them. They come in pages, of which a member has those in which
/// something was counted.
#[derive(Clone, Debug)]
struct Plain {
    places: Arc<Places>,
    pages: Vec<Option<Box<Page>>>,
}

/// So few that members who did little have little, and so many that those of one kind's activities are mostly in one or two.
const PAGE: usize = 8;
type Page = [Cell; PAGE];

/// A counter, in each of its windows if it has any.
#[derive(Clone, Debug)]
enum Cell {
    /// In the one that has the number 0, as ever has.
    Ever(Option<Count>),
    Windows(Box<Windows>),
}

/// A counter in its latest windows, each with its number, at the place that the number gives it. Members' days follow their own
/// offset, so that number may fall back by one or two, and no further: three windows are all that may come again. Others are let go,
/// so that a standing does not grow with time.
#[derive(Clone, Debug, Default)]
struct Windows([Option<(i32, Count)>; WINDOWS]);

const WINDOWS: usize = 3;

/// What a counter is for: a key if it is counted by key, a window if it has one (0 if not).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) of: Counter,
    pub(crate) key: Option<Text>,
    pub(crate) window: i32,
}

/// Where a counter stands. What is more than a number stands apart, so that the list of them is short to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Number(i64),
    /// Different values, each with when it last came; a number once there are enough of them.
    Distinct(Box<Many<Text, Instant>>),
    /// What came in a rolling window and when, in order.
    #[expect(clippy::box_collection, reason = "it would make every counter twice as long")]
    Recent(Box<VecDeque<(Instant, i64)>>),
    Streak(Box<Streak>),
    /// The first day.
    Since(Day),
}

/// What is added to a counter.
#[derive(Debug)]
pub(crate) enum Change<'a> {
    Add(i64),
    Insert(Cow<'a, [Text]>),
    /// A day or week on which something counted.
    Unit(i32),
    /// The first day, if there was none before.
    Begin(Day),
}

/// From where to where a counter has moved.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moved {
    pub(crate) from: i64,
    pub(crate) to: i64,
}

impl Slots {
    pub(crate) fn new(program: &Program) -> Self {
        Self { plain: Plain { places: program.places.clone(), pages: Vec::new() }, keyed: Many::new() }
    }

    pub(crate) fn get(&self, slot: &Slot) -> Option<&Count> {
        match slot.key {
            None => self.plain.cell(slot.of)?.get(slot.window),
            Some(_) => self.keyed.get(slot),
        }
    }

    pub(crate) fn get_mut(&mut self, slot: &Slot) -> Option<&mut Count> {
        match slot.key {
            None => self.plain.cell_mut(slot.of)?.get_mut(slot.window),
            Some(_) => self.keyed.get_mut(slot),
        }
    }

    /// The counter of a slot, to be changed; where there is none yet, one as `first` makes it.
    pub(crate) fn at(&mut self, slot: &Slot, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        match slot.key {
            None => self.plain.cell_mut(slot.of)?.at(slot.window, first),
            Some(_) => map::at(&mut self.keyed, slot, first),
        }
    }

    /// The keys that a counter has counted for, in order; one as often as it has windows.
    pub(crate) fn keys(&self, of: Counter) -> impl Iterator<Item = &Text> {
        self.keyed_of(of).filter_map(|slot| slot.key.as_ref())
    }

    /// All slots of a counter.
    pub(crate) fn all_of(&self, of: Counter) -> Vec<Slot> {
        let plain = self.plain.all_of(of).map(|(slot, _)| slot);
        plain.chain(self.keyed_of(of).cloned()).collect()
    }

    fn keyed_of(&self, of: Counter) -> impl Iterator<Item = &Slot> {
        let from = self.keyed.range(Slot { of, key: None, window: i32::MIN }..);
        from.map(|(slot, _)| slot).take_while(move |slot| slot.of == of)
    }

    /// All counters: those without a key, then those with one, in order of their slots.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Slot, &Count)> {
        let plain = self.plain.places.counters().flat_map(|of| self.plain.all_of(of));
        plain.chain(self.keyed.iter().map(|(slot, count)| (slot.clone(), count)))
    }

    /// Lets go of all that a counter has counted.
    pub(crate) fn forget(&mut self, of: Counter) {
        if self.plain.cell(of).is_some()
            && let Some(cell) = self.plain.cell_mut(of)
        {
            *cell = Cell::default();
        }
        self.keyed.retain(|slot, _| slot.of != of);
    }

    /// Puts back a counter of a snapshot.
    pub(crate) fn put(&mut self, slot: Slot, count: Count) {
        if slot.key.is_some() {
            self.keyed.insert(slot, count);
        } else {
            self.at(&slot, || count);
        }
    }
}

impl PartialEq for Slots {
    // Pages in which nothing is counted any more make no difference.
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Slots {}

impl Plain {
    fn cell(&self, of: Counter) -> Option<&Cell> {
        let place = self.places.of(of)?;
        self.pages.get(place / PAGE)?.as_ref()?.get(place % PAGE)
    }

    /// A counter in all its windows, in order.
    fn all_of(&self, of: Counter) -> impl Iterator<Item = (Slot, &Count)> {
        let windows = self.cell(of).map(Cell::windows).unwrap_or_default();
        windows.into_iter().map(move |(window, count)| (Slot { of, key: None, window }, count))
    }

    /// A counter's cell, to be changed; its page is made where there is none yet.
    fn cell_mut(&mut self, of: Counter) -> Option<&mut Cell> {
        let place = self.places.of(of)?;
        let page = place / PAGE;
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || None);
        }
        self.pages.get_mut(page)?.get_or_insert_default().get_mut(place % PAGE)
    }
}

impl Cell {
    fn get(&self, window: i32) -> Option<&Count> {
        match self {
            Self::Ever(count) => count.as_ref().filter(|_| window == 0),
            Self::Windows(windows) => windows.get(window),
        }
    }

    fn get_mut(&mut self, window: i32) -> Option<&mut Count> {
        match self {
            Self::Ever(count) => count.as_mut().filter(|_| window == 0),
            Self::Windows(windows) => windows.get_mut(window),
        }
    }

    fn at(&mut self, window: i32, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        if window != 0
            && let Self::Ever(ever) = self
        {
            let ever = ever.take().map(|count| (0, count));
            *self = Self::Windows(Box::new(Windows([ever, None, None])));
        }
        match self {
            Self::Ever(count) => Some(count.get_or_insert_with(first)),
            Self::Windows(windows) => windows.at(window, first),
        }
    }

    /// Its windows, in order.
    fn windows(&self) -> Vec<(i32, &Count)> {
        match self {
            Self::Ever(count) => count.iter().map(|count| (0, count)).collect(),
            Self::Windows(windows) => {
                let mut windows: Vec<_> = windows.0.iter().flatten().map(|(window, count)| (*window, count)).collect();
                sort_by(&mut windows, |a, b| a.0.cmp(&b.0));
                windows
            }
        }
    }
}

impl Default for Cell {
    fn default() -> Self {
        Self::Ever(None)
    }
}

impl Windows {
    fn place(window: i32) -> usize {
        window.rem_euclid(WINDOWS as i32) as usize
    }

    fn get(&self, window: i32) -> Option<&Count> {
        let (its, count) = self.0.get(Self::place(window))?.as_ref()?;
        (*its == window).then_some(count)
    }

    fn get_mut(&mut self, window: i32) -> Option<&mut Count> {
        let (its, count) = self.0.get_mut(Self::place(window))?.as_mut()?;
        (*its == window).then_some(count)
    }

    fn at(&mut self, window: i32, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        if self.get(window).is_none() {
            self.begin(window, first());
        }
        self.get_mut(window)
    }

    /// Begins a window, and lets go of those that cannot come again.
    fn begin(&mut self, window: i32, first: Count) {
        let oldest = window.saturating_sub(WINDOWS as i32 - 1);
        for place in &mut self.0 {
            place.take_if(|(its, _)| *its < oldest);
        }
        if let Some(place) = self.0.get_mut(Self::place(window)) {
            *place = Some((window, first));
        }
    }
}

impl Count {
    /// One that numbers are added to; in a rolling window, if it has one.
    pub(crate) fn of_numbers(within: Option<i64>) -> Self {
        match within {
            Some(_) => Self::Recent(Box::default()),
            None => Self::Number(0),
        }
    }

    /// What it stands at, for a scope at a time.
    pub(crate) fn value(&self, scope: Scope, now: Instant) -> i64 {
        let after = scope.within().map(|seconds| now.plus_seconds(-seconds));
        let counts = |at: Instant| after.is_none_or(|after| at > after);
        match self {
            Self::Number(number) => *number,
            Self::Distinct(seen) if after.is_none() => i64::try_from(seen.len()).unwrap_or(i64::MAX),
            Self::Distinct(seen) => i64::try_from(seen.values().filter(|at| counts(**at)).count()).unwrap_or(i64::MAX),
            Self::Recent(recent) => {
                let recent = recent.iter().rev().take_while(|(at, _)| counts(*at));
                recent.fold(0, |sum: i64, (_, number)| sum.saturating_add(*number))
            }
            Self::Streak(_) | Self::Since(_) => 0,
        }
    }

    /// What it stands at, whatever the time; 0 for what moves with time.
    pub(crate) fn now(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Distinct(seen) => i64::try_from(seen.len()).unwrap_or(i64::MAX),
            Self::Streak(streak) => streak.run,
            Self::Recent(_) | Self::Since(_) => 0,
        }
    }

    pub(crate) fn add(&mut self, number: i64, at: Instant, within: Option<i64>) {
        match self {
            Self::Number(so_far) => *so_far = so_far.saturating_add(number),
            Self::Recent(recent) => {
                let over = at.plus_seconds(-within.unwrap_or(i64::MAX));
                while recent.front().is_some_and(|(at, _)| *at <= over) {
                    recent.pop_front();
                }
                recent.push_back((at, number));
            }
            _ => {}
        }
    }

    /// Notes values, until there are enough of them, and lets go of those that a rolling window has passed.
    pub(crate) fn insert(&mut self, texts: &[Text], at: Instant, within: Option<i64>, enough: Option<i64>) {
        if let Self::Distinct(seen) = self {
            for text in texts {
                seen.insert(text.clone(), at);
            }
            let number = i64::try_from(seen.len()).unwrap_or(i64::MAX);
            if enough.is_some_and(|enough| number >= enough) {
                *self = Self::Number(number);
                return;
            }
            // Now and then is enough: what is over does not count anyway.
            if let Some(seconds) = within.filter(|_| seen.len().is_power_of_two()) {
                let over = at.plus_seconds(-seconds);
                seen.retain(|_, at| *at > over);
            }
        }
    }
}
