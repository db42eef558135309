//! Slots: all that is counted of one member.

use crate::{
    calendar::Streak,
    map::{self, Many},
    program::{Counter, Place, Places, Program, Scope, Tally},
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
/// What is counted at a place, and in which window.
type Page = [Option<(i32, Count)>; PAGE];

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
            None => self.plain.get(slot.of, slot.window),
            Some(_) => self.keyed.get(slot),
        }
    }

    pub(crate) fn get_mut(&mut self, slot: &Slot) -> Option<&mut Count> {
        match slot.key {
            None => self.plain.get_mut(slot.of, slot.window),
            Some(_) => self.keyed.get_mut(slot),
        }
    }

    /// The counter of a slot, to be changed; where there is none yet, one as `first` makes it.
    pub(crate) fn at(&mut self, slot: &Slot, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        match slot.key {
            None => {
                if self.plain.get(slot.of, slot.window).is_none() {
                    self.plain.begin(slot.of, slot.window, first());
                }
                self.plain.get_mut(slot.of, slot.window)
            }
            Some(_) => map::at(&mut self.keyed, slot, first),
        }
    }

    /// The keys that a counter has counted for, in order; one as often as it has windows.
    pub(crate) fn keys(&self, of: Counter) -> impl Iterator<Item = &Text> {
        self.keyed_of(of).filter_map(|slot| slot.key.as_ref())
    }

    /// All slots of a counter.
    pub(crate) fn all_of(&self, of: Counter) -> Vec<Slot> {
        let mut slots = Vec::new();
        self.plain.all_of(of, |slot, _| slots.push(slot));
        slots.extend(self.keyed_of(of).cloned());
        slots
    }

    fn keyed_of(&self, of: Counter) -> impl Iterator<Item = &Slot> {
        let from = self.keyed.range(Slot { of, key: None, window: i32::MIN }..);
        from.map(|(slot, _)| slot).take_while(move |slot| slot.of == of)
    }

    /// All counters: those without a key, then those with one, in order of their slots.
    pub(crate) fn all(&self) -> Vec<(Slot, &Count)> {
        let mut all = Vec::new();
        for of in &self.plain.places.counters {
            self.plain.all_of(*of, |slot, count| all.push((slot, count)));
        }
        all.extend(self.keyed.iter().map(|(slot, count)| (slot.clone(), count)));
        all
    }

    /// Lets go of all that a counter has counted.
    pub(crate) fn forget(&mut self, of: Counter) {
        self.plain.let_go(of, i32::MAX);
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
        self.all() == other.all()
    }
}

impl Eq for Slots {}

impl Plain {
    fn get(&self, of: Counter, window: i32) -> Option<&Count> {
        let place = self.places.of(of)?.at(window);
        let (its, count) = self.pages.get(place / PAGE)?.as_ref()?.get(place % PAGE)?.as_ref()?;
        (*its == window).then_some(count)
    }

    fn get_mut(&mut self, of: Counter, window: i32) -> Option<&mut Count> {
        let place = self.places.of(of)?.at(window);
        let (its, count) = self.pages.get_mut(place / PAGE)?.as_mut()?.get_mut(place % PAGE)?.as_mut()?;
        (*its == window).then_some(count)
    }

    /// Takes a counter in all its windows, in order.
    fn all_of<'a>(&'a self, of: Counter, mut take: impl FnMut(Slot, &'a Count)) {
        let Some(places) = self.places.of(of) else { return };
        let cell = |place: usize| self.pages.get(place / PAGE)?.as_ref()?.get(place % PAGE)?.as_ref();
        let Some(last) = places.all().filter_map(cell).map(|(window, _)| *window).max() else { return };
        for window in Place::oldest(last)..=last {
            if let Some(count) = self.get(of, window) {
                take(Slot { of, key: None, window }, count);
            }
        }
    }

    /// Begins a window of a counter, and lets go of those that cannot come again, so that a standing does not grow with time.
    // Called for all that is counted; what it does takes longer than the call.
    #[inline(never)]
    fn begin(&mut self, of: Counter, window: i32, first: Count) {
        self.let_go(of, Place::oldest(window));
        let Some(place) = self.places.of(of).map(|place| place.at(window)) else { return };
        let page = place / PAGE;
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, || None);
        }
        let page = self.pages.get_mut(page).map(Option::get_or_insert_default);
        if let Some(cell) = page.and_then(|page| page.get_mut(place % PAGE)) {
            *cell = Some((window, first));
        }
    }

    /// Lets go of a counter in windows before one.
    fn let_go(&mut self, of: Counter, before: i32) {
        for place in self.places.of(of).into_iter().flat_map(Place::all) {
            let page = self.pages.get_mut(place / PAGE).and_then(Option::as_mut);
            if let Some(cell) = page.and_then(|page| page.get_mut(place % PAGE)) {
                cell.take_if(|(window, _)| *window < before);
            }
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
    pub(crate) fn insert(&mut self, tally: &Tally, texts: &[Text], at: Instant) {
        if let Self::Distinct(seen) = self {
            for text in texts {
                seen.insert(text.clone(), at);
            }
            let number = i64::try_from(seen.len()).unwrap_or(i64::MAX);
            if tally.has_enough(number) {
                *self = Self::Number(number);
                return;
            }
            // Now and then is enough: what is over does not count anyway.
            if let Some(seconds) = tally.scope.within().filter(|_| seen.len().is_power_of_two()) {
                let over = at.plus_seconds(-seconds);
                seen.retain(|_, at| *at > over);
            }
        }
    }
}
