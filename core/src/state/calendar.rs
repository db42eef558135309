//! Calendar: which days are free for a member, and how long a streak of days or weeks is.

use crate::{
    base::{
        day::{Day, Window},
        number::capped,
    },
    program::Program,
};
use alloc::vec::Vec;

/// The calendar of one member. Days of rest, holidays and the member's own leave are free; all other days are
/// expected.
#[derive(Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub(crate) program: &'a Program,
    /// The first and last day of each leave.
    // INVARIANT: in order, with at least one day between two of them.
    pub(crate) leave: &'a [(Day, Day)],
}

/// Days or weeks in which something counted, by their numbers, and how many of them are in a row up to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Streak {
    // INVARIANT: in order, each once, and all before `last`.
    earlier: Vec<i32>,
    /// Stored apart, because most activities fall on the same day or the next one and need only this.
    last: Option<i32>,
    /// How many units are in a row up to `last`.
    pub(crate) run: i64,
}

/// How a streak is counted: by day or week, and how many missed ones in between are forgiven.
#[derive(Clone, Copy)]
pub(crate) struct Rhythm {
    pub(crate) unit: Window,
    pub(crate) grace: i64,
}

impl Calendar<'_> {
    /// Whether a day is free.
    pub(crate) fn is_free(&self, day: Day) -> bool {
        let rests = self.program.rest.get(day.weekday()).copied().unwrap_or(false);
        rests || self.program.holidays.binary_search(&day).is_ok() || self.leave_until(day).is_some()
    }

    /// The last day of the leave that a day lies in, if it does.
    fn leave_until(&self, day: Day) -> Option<Day> {
        let begun = self.leave.partition_point(|(from, _)| *from <= day);
        let (_, until) = self.leave.get(begun.checked_sub(1)?)?;
        (*until >= day).then_some(*until)
    }

    /// Whether more than `grace` expected units lie between two units.
    fn breaks(&self, rhythm: Rhythm, from: i32, to: i32) -> bool {
        let mut missed = 0;
        let mut unit = from.saturating_add(1);
        while unit < to {
            match self.free_until(rhythm.unit, unit) {
                // One step for a whole leave, because it may be years long.
                Some(free) => unit = free,
                None => missed += 1,
            }
            if missed > rhythm.grace {
                return true;
            }
            unit = unit.saturating_add(1);
        }
        false
    }

    /// A unit up to which all units from this one on are free; `None` if this one is expected.
    fn free_until(&self, unit: Window, number: i32) -> Option<i32> {
        if unit == Window::Day {
            return match self.leave_until(Day(number)) {
                Some(until) => Some(until.0),
                None => self.is_free(Day(number)).then_some(number),
            };
        }
        let start = Window::week_starts(number, self.program.week_start);
        if !(0..7).all(|day| self.is_free(start.plus(day))) {
            return None;
        }
        // If a leave covers the last day of this week, all weeks that end within it are free too.
        let after = self.leave_until(start.plus(6)).map_or(start.plus(7), |until| until.plus(1));
        Some(Window::Week.number(after, self.program.week_start).saturating_sub(1).max(number))
    }
}

impl Streak {
    /// A streak from a snapshot.
    pub(crate) fn new(mut units: Vec<i32>, run: i64) -> Self {
        let last = units.pop();
        Self { earlier: units, last, run }
    }

    /// The units, in order.
    pub(crate) fn units(&self) -> impl DoubleEndedIterator<Item = i32> + Clone {
        self.earlier.iter().chain(&self.last).copied()
    }

    /// Records a unit in which something counted.
    pub(crate) fn add(&mut self, calendar: Calendar<'_>, rhythm: Rhythm, unit: i32) {
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
                let goes_on = last.is_some_and(|last| !calendar.breaks(rhythm, last, unit));
                self.run = if goes_on { self.run.saturating_add(1) } else { 1 };
                self.earlier.extend(self.last.replace(unit));
            }
        }
    }

    /// Counts the run anew, because a unit came in between or leave was taken.
    pub(crate) fn recount(&mut self, calendar: Calendar<'_>, rhythm: Rhythm) {
        let pairs = self.units().rev().zip(self.units().rev().skip(1));
        let linked = pairs.take_while(|(later, earlier)| !calendar.breaks(rhythm, *earlier, *later)).count();
        self.run = capped::<_, i64>(linked).saturating_add(i64::from(self.last.is_some()));
    }

    /// How many units are in a row as seen from a later unit; 0 if the streak is broken by then.
    pub(crate) fn run_at(&self, calendar: Calendar<'_>, rhythm: Rhythm, unit: i32) -> i64 {
        match self.last {
            Some(last) if calendar.breaks(rhythm, last, unit) => 0,
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
