//! Slots: all that is counted of one member.

use crate::{
    calendar::Streak,
    program::{Badge, Limit, Reward, Rule, Scope, Tally},
    table::Id,
    text::Text,
    time::{Day, Instant},
};
use alloc::{
    collections::{BTreeMap, VecDeque},
    vec::Vec,
};

/// The counters of a member. Those without a key stand in one short list, because nearly all are looked up for every activity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Slots {
    /// In order.
    plain: Vec<(Counter, i32, Count)>,
    keyed: BTreeMap<Slot, Count>,
}

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

/// Where a counter stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Number(i64),
    /// Different values, each with when it last came.
    Distinct(BTreeMap<Text, Instant>),
    /// What came in a rolling window and when, in order.
    Recent(VecDeque<(Instant, i64)>),
    Streak(Streak),
    /// The first day.
    Since(Day),
}

/// What is added to a counter.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Add(i64),
    Insert(Vec<Text>),
    /// A day or week on which something counted.
    Unit(i32),
    /// The first day, if there was none before.
    Begin(Day),
}

/// Members' days follow their own offset, so the number of a window may fall back by one or two, and no further.
const WINDOWS_THAT_MAY_COME_AGAIN: i32 = 2;

impl Slots {
    pub(crate) fn get(&self, slot: &Slot) -> Option<&Count> {
        match slot.key {
            None => self.plain.get(self.place(slot).ok()?).map(|(.., count)| count),
            Some(_) => self.keyed.get(slot),
        }
    }

    /// Changes the counter of a slot, made by `new` where there is none yet.
    pub(crate) fn change(&mut self, slot: Slot, new: impl FnOnce() -> Count, change: impl FnOnce(&mut Count)) {
        if slot.key.is_some() {
            change(self.keyed.entry(slot).or_insert_with(new));
            return;
        }
        match self.place(&slot) {
            Ok(index) => {
                if let Some((.., count)) = self.plain.get_mut(index) {
                    change(count);
                }
            }
            Err(index) => {
                // Windows that cannot come again are let go, so that a standing does not grow with time.
                let over = slot.window.saturating_sub(WINDOWS_THAT_MAY_COME_AGAIN);
                let earlier = self.plain.iter().take(index).rev();
                let gone = earlier.take_while(|(of, window, _)| *of == slot.of && *window < over).count();
                self.plain.drain(index - gone..index);
                let mut count = new();
                change(&mut count);
                self.plain.insert(index - gone, (slot.of, slot.window, count));
            }
        }
    }

    fn place(&self, slot: &Slot) -> Result<usize, usize> {
        self.plain.binary_search_by(|(of, window, _)| (*of, *window).cmp(&(slot.of, slot.window)))
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
        let plain = self.plain.iter().map(|(of, window, count)| (Slot { of: *of, key: None, window: *window }, count));
        plain.chain(self.keyed.iter().map(|(slot, count)| (slot.clone(), count)))
    }

    pub(crate) fn len(&self) -> usize {
        self.plain.len() + self.keyed.len()
    }

    /// Puts back a counter of a snapshot.
    pub(crate) fn put(&mut self, slot: Slot, count: Count) {
        match (&slot.key, self.place(&slot)) {
            (None, Err(index)) => self.plain.insert(index, (slot.of, slot.window, count)),
            (None, Ok(_)) => {}
            (Some(_), _) => {
                self.keyed.insert(slot, count);
            }
        }
    }
}

impl Count {
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

    /// Notes values, and lets go of those that a rolling window has passed.
    pub(crate) fn insert(&mut self, texts: &[Text], at: Instant, within: Option<i64>) {
        if let Self::Distinct(seen) = self {
            for text in texts {
                match seen.get_mut(text) {
                    Some(latest) => *latest = at,
                    None => {
                        seen.insert(text.clone(), at);
                    }
                }
            }
            // Now and then is enough: what is over does not count anyway.
            if let Some(seconds) = within.filter(|_| seen.len().is_power_of_two()) {
                let over = at.plus_seconds(-seconds);
                seen.retain(|_, at| *at > over);
            }
        }
    }
}
