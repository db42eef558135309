//! Calendar: which days are free for a member, and how long a streak is.

use crate::{
    base::day::{Day, Window},
    program::{Program, Rhythm},
    state::personal::Personal,
};
use alloc::vec::Vec;

/// The calendar of one member. Days of rest, holidays and the member's own leave are free; all other days are
/// expected.
#[derive(Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub(crate) program: &'a Program,
    /// The first and last day of each leave.
    // INVARIANT: in order, with at least one day between two of them.
    leave: &'a [(Day, Day)],
    /// The weekdays on which the member rests, Monday first, each from a day on. Before the first, the program's.
    // INVARIANT: in order, each day once.
    weeks: &'a [(Day, [bool; 7])],
}

/// The days, weeks or months that count, by their numbers, and how many of them are in a row up to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Streak {
    // INVARIANT: in order, each once, and all before `last`.
    earlier: Vec<i32>,
    /// Stored apart, because most activities fall on the same day or the next one and need only this.
    last: Option<i32>,
    /// How many units are in a row up to `last`.
    pub(crate) run: i64,
    pub(crate) rest: StreakRest,
}

/// What only streaks with `least`, or with a grace in a window, need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StreakRest {
    /// The grace that the run has used up.
    pub(crate) used: Used,
    /// The days on which something counted, in units with too few of them so far.
    // INVARIANT: in order, each once.
    pub(crate) days: Vec<i32>,
}

/// The grace used up in a window. Without a window, it counts one gap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Used {
    pub(crate) window: i32,
    pub(crate) times: i64,
}

impl<'a> Calendar<'a> {
    pub(crate) fn new(program: &'a Program, personal: &'a Personal) -> Self {
        Self { program, leave: &personal.leave, weeks: &personal.weeks }
    }

    /// Whether a day is free.
    pub(crate) fn is_free(&self, day: Day) -> bool {
        let begun = self.weeks.partition_point(|(from, _)| *from <= day);
        let own = begun.checked_sub(1).and_then(|index| self.weeks.get(index)).map(|(_, rest)| rest);
        let rests = own.unwrap_or(&self.program.rest).get(day.weekday()).copied().unwrap_or(false);
        rests || self.program.holidays.binary_search(&day).is_ok() || self.leave_until(day).is_some()
    }

    /// The last day of the leave that a day lies in, if it does.
    fn leave_until(&self, day: Day) -> Option<Day> {
        let begun = self.leave.partition_point(|(from, _)| *from <= day);
        let (_, until) = self.leave.get(begun.checked_sub(1)?)?;
        (*until >= day).then_some(*until)
    }

    /// The grace used up after the gap between two units; `None` if the gap breaks the streak.
    fn bridges(&self, rhythm: Rhythm, used: Used, from: i32, to: i32) -> Option<Used> {
        let window = |unit| {
            rhythm.grace_per.map_or(0, |per| per.number(self.first_day(rhythm.unit, unit), self.program.cadence))
        };
        let mut used = if rhythm.grace_per.is_some() { used } else { Used::default() };
        let mut unit = from.saturating_add(1);
        while unit < to {
            match self.free_until(rhythm.unit, unit) {
                // One step for a whole leave, because it may be years long.
                Some(free) => unit = free,
                None => {
                    let its = window(unit);
                    // A window in which nothing counted breaks the streak, so no gap is scanned beyond one.
                    if rhythm.grace_per.is_some() && its > window(from) && its < window(to) {
                        return None;
                    }
                    if its != used.window {
                        used = Used { window: its, times: 0 };
                    }
                    used.times += 1;
                    if used.times > rhythm.grace {
                        return None;
                    }
                }
            }
            unit = unit.saturating_add(1);
        }
        Some(used)
    }

    /// The first day of a unit.
    fn first_day(&self, unit: Window, number: i32) -> Day {
        match unit {
            Window::Week => Window::week_starts(number, self.program.cadence.week_start),
            Window::Month => Window::month_starts(number),
            _ => Day(number),
        }
    }

    /// A unit up to which all units from this one on are free; `None` if this one is expected.
    fn free_until(&self, unit: Window, number: i32) -> Option<i32> {
        if unit == Window::Day {
            return match self.leave_until(Day(number)) {
                Some(until) => Some(until.0),
                None => self.is_free(Day(number)).then_some(number),
            };
        }
        let (start, next) = (self.first_day(unit, number), self.first_day(unit, number.saturating_add(1)));
        if !(start.0..next.0).all(|day| self.is_free(Day(day))) {
            return None;
        }
        // If a leave covers the last day of this unit, all units that end within it are free too.
        let after = self.leave_until(next.plus(-1)).map_or(next, |until| until.plus(1));
        Some(unit.number(after, self.program.cadence).saturating_sub(1).max(number))
    }
}

impl Streak {
    /// A streak from a snapshot.
    pub(crate) fn new(mut units: Vec<i32>, run: i64, rest: StreakRest) -> Self {
        let last = units.pop();
        Self { earlier: units, last, run, rest }
    }

    /// The units, in order.
    pub(crate) fn units(&self) -> impl DoubleEndedIterator<Item = i32> + Clone {
        self.earlier.iter().chain(&self.last).copied()
    }

    /// Records a day on which something counted.
    pub(crate) fn add(&mut self, calendar: Calendar<'_>, rhythm: Rhythm, day: Day) {
        let unit_of = |day| rhythm.unit.number(day, calendar.program.cadence);
        let unit = unit_of(day);
        if rhythm.least > 1 {
            if self.last == Some(unit) || self.earlier.binary_search(&unit).is_ok() {
                return;
            }
            let days = &mut self.rest.days;
            if let Err(index) = days.binary_search(&day.0) {
                days.insert(index, day.0);
            }
            let is_of_unit = |other: &i32| unit_of(Day(*other)) == unit;
            if days.iter().filter(|other| is_of_unit(other)).count() < rhythm.least {
                return;
            }
            days.retain(|other| !is_of_unit(other));
        }
        match self.last {
            Some(last) if last == unit => {}
            Some(last) if last > unit => {
                // A later activity may fall on an earlier day if its offset lies further west.
                if let Err(index) = self.earlier.binary_search(&unit) {
                    self.earlier.insert(index, unit);
                    self.recount(calendar, rhythm);
                }
            }
            last => {
                self.go_on(calendar, rhythm, last, unit);
                self.earlier.extend(self.last.replace(unit));
            }
        }
    }

    /// Counts a unit after the last one before it.
    fn go_on(&mut self, calendar: Calendar<'_>, rhythm: Rhythm, last: Option<i32>, unit: i32) {
        match last.and_then(|last| calendar.bridges(rhythm, self.rest.used, last, unit)) {
            Some(used) => {
                self.run = self.run.saturating_add(1);
                // Without a window, each gap begins anew.
                self.rest.used = if rhythm.grace_per.is_some() { used } else { Used::default() };
            }
            None => (self.run, self.rest.used) = (1, Used::default()),
        }
    }

    /// Counts the run anew, because a unit came in between or leave was taken.
    pub(crate) fn recount(&mut self, calendar: Calendar<'_>, rhythm: Rhythm) {
        let units: Vec<_> = self.units().collect();
        let mut last = None;
        for unit in units {
            self.go_on(calendar, rhythm, last, unit);
            last = Some(unit);
        }
    }

    /// How many units are in a row as seen from a later unit; 0 if the streak is broken by then.
    pub(crate) fn run_at(&self, calendar: Calendar<'_>, rhythm: Rhythm, unit: i32) -> i64 {
        match self.last {
            Some(last) if calendar.bridges(rhythm, self.rest.used, last, unit).is_none() => 0,
            _ => self.run,
        }
    }
}

/// Adds a leave, and merges it with each leave that it overlaps or touches.
pub(crate) fn add_leave(leave: &mut Vec<(Day, Day)>, mut from: Day, mut until: Day) {
    leave.retain(|(first, last)| {
        let is_apart = last.plus(1) < from || until.plus(1) < *first;
        if !is_apart {
            from = from.min(*first);
            until = until.max(*last);
        }
        is_apart
    });
    let index = leave.partition_point(|(first, _)| *first < from);
    leave.insert(index, (from, until));
}

/// Sets the weekdays of rest from a day on, until the day of the next statement.
pub(crate) fn state_week(weeks: &mut Vec<(Day, [bool; 7])>, from: Day, rest: [bool; 7]) {
    match weeks.binary_search_by_key(&from, |(from, _)| *from) {
        Ok(index) => {
            if let Some((_, stated)) = weeks.get_mut(index) {
                *stated = rest;
            }
        }
        Err(index) => weeks.insert(index, (from, rest)),
    }
}
