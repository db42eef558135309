//! Standing: what a member has now, and all that the next activity needs to know of the earlier ones.

use crate::{
    activity::Activity,
    map::Map,
    program::{Badge, Currency, Grade, Limit, Program, Rule, Tally},
    table::Id,
    text::Text,
    time::{Instant, Time, Window},
    value::FieldState,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};

/// What a member has now: totals, badges, level, profile, and the counts behind them.
///
/// It is the state of the fold over the member's activities, and everything needed to go on. It carries no activity and no
/// reason; those stand in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The fingerprint of the program it was folded by.
    pub(crate) program: u64,
    /// The place in order of the last activity.
    pub(crate) last: Option<LastPlace>,
    pub(crate) counts: Counts,
    pub(crate) badges: Map<BadgeKey, Held>,
    /// How many levels were climbed.
    pub(crate) level: u16,
    /// Net points by calendar month of the program's zone.
    pub(crate) months: Slots,
}

/// The place in order of an activity, kept after it is gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LastPlace {
    pub(crate) instant: Instant,
    pub(crate) sequence: Option<i64>,
    pub(crate) source: Text,
    pub(crate) id: Text,
}

/// What follows from the living activities alone: all of it is worked out again when one is reversed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// One for each currency.
    pub(crate) totals: Vec<i64>,
    pub(crate) slots: Slots,
    /// One for each field of the profile.
    pub(crate) fields: Vec<FieldState>,
    pub(crate) published: bool,
    /// One for each board: whether the member is on it.
    pub(crate) boards: Vec<bool>,
}

/// All counters of a member.
pub(crate) type Slots = BTreeMap<Slot, Count>;

/// What a counter is for: for an object if it is per object, in a window if it has one (0 if not).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot {
    pub(crate) of: Counter,
    pub(crate) object: Option<Text>,
    pub(crate) window: i32,
}

/// What is counted in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    Tally(Id<Tally>),
    /// What has reached a limit.
    Limit(Id<Limit>),
    /// 1 where the goal of a rule was reached.
    Goal(Id<Rule>),
    /// Net points of a month.
    Month(Id<Currency>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Count {
    Number(i64),
    Distinct(BTreeSet<Text>),
}

/// A badge, for an object if it is given for each.
pub(crate) type BadgeKey = (Id<Badge>, Option<Text>);

/// A badge that is held, and what brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) grade: Option<Grade>,
    pub(crate) at: Instant,
    pub(crate) source: Text,
    pub(crate) id: Text,
}

/// What an activity adds to a tally.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Add(i64),
    Insert(Vec<Text>),
}

/// What a rule gives, after its limits and the floor.
#[derive(Debug)]
pub(crate) struct Gift {
    pub(crate) currency: Id<Currency>,
    pub(crate) points: i64,
    /// The limits it passed through: limit, window, and what has reached it now.
    pub(crate) uses: Vec<(Id<Limit>, i32, i64)>,
    /// The limit that left nothing.
    pub(crate) held_by: Option<Id<Limit>>,
}

impl Standing {
    /// The standing of a member of whom nothing is known yet.
    pub fn new(program: &Program) -> Self {
        Self {
            program: program.fingerprint,
            last: None,
            counts: Counts::new(program),
            badges: Map::new(),
            level: 0,
            months: BTreeMap::new(),
        }
    }

    /// Total points in a currency of the program, by its name.
    pub fn total(&self, program: &Program, currency: &str) -> Option<i64> {
        self.total_of(program.currencies.find(currency)?)
    }

    /// The name of the level reached, if any.
    pub fn level<'p>(&self, program: &'p Program) -> Option<&'p str> {
        let top = usize::from(self.level).checked_sub(1)?;
        program.levels.values().nth(top).map(|level| level.name.as_str())
    }

    /// Names of the badges held, each with its grade and how many objects it was given for (1 where it is given once).
    pub fn badges<'p>(&self, program: &'p Program) -> Vec<(&'p str, Option<Grade>, usize)> {
        let badges = program.badges.iter();
        let held = badges.filter_map(|(id, badge)| {
            let mut held = self.held(id).peekable();
            held.peek()?;
            let (count, grade) = held.fold((0, None), |(count, best), (_, held)| (count + 1, best.max(held.grade)));
            Some((badge.name.as_str(), grade, count))
        });
        held.collect()
    }

    /// How complete the profile is, 0 to 100: done weight of all weight, rounded down.
    pub fn completeness(&self, program: &Program) -> u8 {
        self.counts.completeness(program)
    }

    /// The state of each field of the profile, by name, in the program's order.
    pub fn fields<'a>(&'a self, program: &'a Program) -> impl Iterator<Item = (&'a str, FieldState)> {
        program.fields().zip(self.counts.fields.iter().copied())
    }

    /// Whether the member has published the profile.
    pub fn is_published(&self) -> bool {
        self.counts.published
    }

    /// When the last activity happened that names the member.
    pub fn last_at(&self) -> Option<Instant> {
        self.last.as_ref().map(|last| last.instant)
    }

    pub(crate) fn total_of(&self, currency: Id<Currency>) -> Option<i64> {
        self.counts.totals.get(currency.index()).copied()
    }

    pub(crate) fn held(&self, badge: Id<Badge>) -> impl Iterator<Item = (Option<&Text>, &Held)> {
        let from = self.badges.from(&(badge, None));
        from.take_while(move |((id, _), _)| *id == badge).map(|((_, object), held)| (object.as_ref(), held))
    }

    pub(crate) fn has_badge(&self, badge: Id<Badge>) -> bool {
        self.held(badge).next().is_some()
    }

    /// The value of a tally at a time; nothing for a tally per object without an object.
    pub(crate) fn tally(&self, program: &Program, tally: Id<Tally>, object: Option<&Text>, time: Time) -> Option<i64> {
        self.counts.tally(program, tally, object, time)
    }

    /// Whether an activity comes after all that were folded in.
    pub(crate) fn precedes(&self, activity: &Activity) -> bool {
        self.last.as_ref().is_none_or(|last| (last.instant, last.sequence, &*last.source, &*last.id) < activity.place())
    }

    /// Notes the last activity.
    pub(crate) fn pass(&mut self, activity: &Activity) {
        self.last = Some(LastPlace {
            instant: activity.at(),
            sequence: activity.sequence,
            source: activity.source.clone(),
            id: activity.id.clone(),
        });
    }

    /// Notes points in their month.
    pub(crate) fn add_to_month(&mut self, program: &Program, currency: Id<Currency>, activity: &Activity, points: i64) {
        let slot = month(program, currency, activity.at(), 0);
        self.months.entry(slot).or_insert(Count::Number(0)).add(points);
    }

    /// Net points of the month `before` months before the one of an instant.
    pub(crate) fn month(&self, program: &Program, currency: Id<Currency>, now: Instant, before: i32) -> i64 {
        self.months.get(&month(program, currency, now, before)).map_or(0, Count::value)
    }
}

fn month(program: &Program, currency: Id<Currency>, at: Instant, before: i32) -> Slot {
    let number = Window::Month.number(program.zone.day(at), program.week_start);
    Slot { of: Counter::Month(currency), object: None, window: number - before }
}

impl Counts {
    pub(crate) fn new(program: &Program) -> Self {
        Self {
            totals: program.currencies.values().map(|currency| currency.start).collect(),
            fields: alloc::vec![FieldState::Missing; program.fields.len()],
            boards: alloc::vec![false; program.boards.len()],
            ..Self::default()
        }
    }

    pub(crate) fn completeness(&self, program: &Program) -> u8 {
        let (mut done, mut all) = (0_u32, 0_u32);
        for (field, state) in program.fields.values().zip(&self.fields) {
            all += field.weight;
            done += if state.is_done() { field.weight } else { 0 };
        }
        u8::try_from((done * 100).checked_div(all).unwrap_or(0)).unwrap_or(100)
    }

    pub(crate) fn tally(&self, program: &Program, id: Id<Tally>, object: Option<&Text>, time: Time) -> Option<i64> {
        let tally = &program.tallies[id];
        let object = if tally.per_object { Some(object?.clone()) } else { None };
        let window = program.window(time, tally.to, tally.per);
        Some(self.value(&Slot { of: Counter::Tally(id), object, window }))
    }

    /// The value of a counter; 0 for one that was never touched.
    pub(crate) fn value(&self, slot: &Slot) -> i64 {
        self.slots.get(slot).map_or(0, Count::value)
    }

    /// What has reached a limit in a window.
    pub(crate) fn used(&self, limit: Id<Limit>, window: i32) -> i64 {
        self.value(&Slot { of: Counter::Limit(limit), object: None, window })
    }

    /// The objects that a tally has counted for, in order.
    pub(crate) fn objects(&self, tally: Id<Tally>) -> impl Iterator<Item = &Text> {
        let of = Counter::Tally(tally);
        let from = self.slots.range(Slot { of, object: None, window: i32::MIN }..);
        from.take_while(move |(slot, _)| slot.of == of).filter_map(|(slot, _)| slot.object.as_ref())
    }

    /// Records what an activity adds to a tally.
    pub(crate) fn count(&mut self, slot: Slot, change: Change) {
        match change {
            Change::Add(number) => self.slots.entry(slot).or_insert(Count::Number(0)).add(number),
            Change::Insert(texts) => {
                if let Count::Distinct(seen) = self.slots.entry(slot).or_insert(Count::Distinct(BTreeSet::new())) {
                    seen.extend(texts);
                }
            }
        }
    }

    /// Records that the goal of a rule was reached, and says whether that is new.
    pub(crate) fn reach(&mut self, rule: Id<Rule>, object: Option<Text>) -> bool {
        self.slots.insert(Slot { of: Counter::Goal(rule), object, window: 0 }, Count::Number(1)).is_none()
    }

    /// Records what a rule gives.
    pub(crate) fn give(&mut self, gift: &Gift) {
        for (limit, window, used) in &gift.uses {
            self.slots.insert(Slot { of: Counter::Limit(*limit), object: None, window: *window }, Count::Number(*used));
        }
        if let Some(total) = self.totals.get_mut(gift.currency.index()) {
            *total += gift.points;
        }
    }
}

impl Count {
    fn add(&mut self, number: i64) {
        if let Self::Number(so_far) = self {
            *so_far = so_far.saturating_add(number);
        }
    }

    pub(crate) fn value(&self) -> i64 {
        match self {
            Self::Number(number) => *number,
            Self::Distinct(seen) => i64::try_from(seen.len()).unwrap_or(i64::MAX),
        }
    }
}
