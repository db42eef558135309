//! Slots: all that is counted of one member.

use crate::{
    calendar::Streak,
    map::{self, Many},
    program::{Badge, Limit, Reward, Rule, Scope, Tally},
    table::Id,
    text::Text,
    time::{Day, Instant},
};
use alloc::{borrow::Cow, boxed::Box, collections::VecDeque, vec::Vec};

/// The counters of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slots {
    plain: Plain,
    keyed: Many<Slot, Count>,
}

/// The counters without a key, in order. Many are looked up for every activity, so their places stand close together, apart from
/// what each stands at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Plain {
    places: Vec<Place>,
    /// One for each place.
    counts: Vec<Count>,
}

/// A counter and its window as one number, because looking one up is most of what is done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(u64);

impl Place {
    fn of(slot: &Slot) -> Self {
        let (mark, index) = slot.of.number();
        // Windows before 1970 count down from 0; turned round at the sign bit they keep their order.
        Self(u64::from(mark) << 48 | u64::from(index) << 32 | u64::from(slot.window.cast_unsigned() ^ SIGN))
    }

    /// The same counter in a window so many earlier, or in its first one.
    fn earlier(self, windows: u32) -> Self {
        Self(self.0 & !u64::from(u32::MAX) | u64::from(self.window_bits().saturating_sub(windows)))
    }

    fn slot(self) -> Option<Slot> {
        let of = Counter::of_number((self.0 >> 48) as u16, (self.0 >> 32) as u16)?;
        Some(Slot { of, key: None, window: (self.window_bits() ^ SIGN).cast_signed() })
    }

    fn window_bits(self) -> u32 {
        (self.0 & u64::from(u32::MAX)) as u32
    }
}

const SIGN: u32 = 1 << 31;

/// What a counter is for: a key if it is counted by key, a window if it has one (0 if not).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) of: Counter,
    pub(crate) key: Option<Text>,
    pub(crate) window: i32,
}

/// What is counted in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    Tally(Id<Tally>),
    /// What has reached a limit.
    Limit(Id<Limit>),
    /// How many activities a rule was for.
    Nth(Id<Rule>),
    /// How often the goal of a rule was reached.
    Goal(Id<Rule>),
    /// Whether the goal of a rule was so when it was last looked at.
    So(Id<Rule>),
    /// Whether a badge may be shown, where its member said so.
    Shown(Id<Badge>),
    /// How often a reward was redeemed, by redemption.
    Reward(Id<Reward>),
    /// Whether a redemption was approved.
    Approved,
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

/// Members' days follow their own offset, so the number of a window may fall back by one or two, and no further.
const WINDOWS_THAT_MAY_COME_AGAIN: u32 = 2;

impl Counter {
    /// Its sort and which one of it.
    pub(crate) fn number(self) -> (u16, u16) {
        match self {
            Self::Tally(id) => (0, id.number()),
            Self::Limit(id) => (1, id.number()),
            Self::Nth(id) => (2, id.number()),
            Self::Goal(id) => (3, id.number()),
            Self::So(id) => (4, id.number()),
            Self::Shown(id) => (5, id.number()),
            Self::Reward(id) => (6, id.number()),
            Self::Approved => (7, 0),
        }
    }

    pub(crate) fn of_number(sort: u16, number: u16) -> Option<Self> {
        let index = usize::from(number);
        Some(match sort {
            0 => Self::Tally(Id::new(index)?),
            1 => Self::Limit(Id::new(index)?),
            2 => Self::Nth(Id::new(index)?),
            3 => Self::Goal(Id::new(index)?),
            4 => Self::So(Id::new(index)?),
            5 => Self::Shown(Id::new(index)?),
            6 => Self::Reward(Id::new(index)?),
            7 => Self::Approved,
            _ => return None,
        })
    }
}

impl Slots {
    pub(crate) fn get(&self, slot: &Slot) -> Option<&Count> {
        match slot.key {
            None => self.plain.counts.get(self.plain.find(slot).ok()?),
            Some(_) => self.keyed.get(slot),
        }
    }

    pub(crate) fn get_mut(&mut self, slot: &Slot) -> Option<&mut Count> {
        match slot.key {
            None => {
                let index = self.plain.find(slot).ok()?;
                self.plain.counts.get_mut(index)
            }
            Some(_) => self.keyed.get_mut(slot),
        }
    }

    /// The counter of a slot, to be changed; where there is none yet, one as `first` makes it.
    pub(crate) fn at(&mut self, slot: &Slot, first: impl FnOnce() -> Count) -> Option<&mut Count> {
        if slot.key.is_some() {
            return map::at(&mut self.keyed, slot, first);
        }
        let index = match self.plain.find(slot) {
            Ok(index) => index,
            Err(index) => self.plain.begin(index, slot, first()),
        };
        self.plain.counts.get_mut(index)
    }

    /// The keys that a counter has counted for, in order; one as often as it has windows.
    pub(crate) fn keys(&self, of: Counter) -> impl Iterator<Item = &Text> {
        let from = self.keyed.range(Slot { of, key: None, window: i32::MIN }..);
        from.take_while(move |(slot, _)| slot.of == of).filter_map(|(slot, _)| slot.key.as_ref())
    }

    /// All slots of a counter.
    pub(crate) fn all_of(&self, of: Counter) -> Vec<Slot> {
        let slots = self.iter().map(|(slot, _)| slot);
        slots.filter(|slot| slot.of == of).collect()
    }

    /// All counters, for a snapshot.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Slot, &Count)> {
        let plain = self.plain.places.iter().zip(&self.plain.counts);
        let plain = plain.filter_map(|(place, count)| Some((place.slot()?, count)));
        plain.chain(self.keyed.iter().map(|(slot, count)| (slot.clone(), count)))
    }

    /// Lets go of all that a counter has counted.
    pub(crate) fn forget(&mut self, of: Counter) {
        let (from, until) = self.plain.all_of(of);
        self.plain.remove(from, until);
        self.keyed.retain(|slot, _| slot.of != of);
    }

    pub(crate) fn len(&self) -> usize {
        self.plain.places.len() + self.keyed.len()
    }

    /// Puts back a counter of a snapshot.
    pub(crate) fn put(&mut self, slot: Slot, count: Count) {
        match (&slot.key, self.plain.find(&slot)) {
            (None, Err(index)) => self.plain.insert(index, Place::of(&slot), count),
            (None, Ok(_)) => {}
            (Some(_), _) => {
                self.keyed.insert(slot, count);
            }
        }
    }
}

impl Plain {
    /// Where a counter is, or belongs.
    fn find(&self, slot: &Slot) -> Result<usize, usize> {
        self.places.binary_search(&Place::of(slot))
    }

    /// Puts a counter in where it belongs, and says where it is then: windows that cannot come again are let go, so that a standing
    /// does not grow with time.
    fn begin(&mut self, index: usize, slot: &Slot, first: Count) -> usize {
        let place = Place::of(slot);
        let (start, over) = (place.earlier(u32::MAX), place.earlier(WINDOWS_THAT_MAY_COME_AGAIN));
        let earlier = self.places.iter().take(index).rev();
        let gone = earlier.take_while(|its| **its >= start).filter(|its| **its < over).count();
        if gone > 0 {
            let from = self.places.partition_point(|its| *its < start);
            self.remove(from, from + gone);
        }
        self.insert(index - gone, place, first);
        index - gone
    }

    fn insert(&mut self, index: usize, place: Place, count: Count) {
        self.places.insert(index, place);
        self.counts.insert(index, count);
    }

    fn remove(&mut self, from: usize, until: usize) {
        self.places.drain(from..until);
        self.counts.drain(from..until);
    }

    /// From where until where a counter has its windows.
    fn all_of(&self, of: Counter) -> (usize, usize) {
        let (first, last) = (Slot { of, key: None, window: i32::MIN }, Slot { of, key: None, window: i32::MAX });
        let (first, last) = (Place::of(&first), Place::of(&last));
        (self.places.partition_point(|its| *its < first), self.places.partition_point(|its| *its <= last))
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
