//! Calendar: which days are expected of a member, and how many units of it are in a row.

use crate::{
    base::time::{Day, Window},
    program::Program,
};
use alloc::vec::Vec;

/// The days of one member: those of rest, holidays and their own leave are free.
#[derive(Clone, Copy)]
pub(crate) struct Calendar<'a> {
    pub(crate) program: &'a Program,
    /// First and last days, in order, none touching another.
    pub(crate) leave: &'a [(Day, Day)],
}

/// Days or weeks on which something counted, by their numbers, and how many are in a row up to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Streak {
    /// Those before the last, in order, each once.
    earlier: Vec<i32>,
    /// The last stands apart, because most that counts comes on the same day or next to it.
    last: Option<i32>,
    pub(crate) run: i64,
}

/// How a streak runs: by day or week, and how many missed ones between two do not matter.
#[derive(Clone, Copy)]
pub(crate) struct Rhythm {
    pub(crate) unit: Window,
    pub(crate) grace: i64,
}

impl Calendar<'_> {
    /// Whether nothing is expected on a day.
    pub(crate) fn is_free(&self, day: Day) -> bool {
        let rests = self.program.rest.get(day.weekday()).copied().unwrap_or(false);
        rests || self.program.holidays.binary_search(&day).is_ok() || self.leave_until(day).is_some()
    }

    /// The last day of the leave that a day lies in.
    fn leave_until(&self, day: Day) -> Option<Day> {
        let begun = self.leave.partition_point(|(from, _)| *from <= day);
        let (_, until) = self.leave.get(begun.checked_sub(1)?)?;
        (*until >= day).then_some(*until)
    }

    /// Whether more than `grace` expected units lie between two, neither among them.
    fn breaks(&self, rhythm: Rhythm, from: i32, to: i32) -> bool {
        let mut missed = 0;
        let mut unit = from.saturating_add(1);
        while unit < to {
            match self.free_until(rhythm.unit, unit) {
                // A long leave is passed in one step.
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

    /// The last unit known to be free of those from this one on; nothing where it is expected.
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
        // Weeks that end within the leave of this one's last day are free too.
        let after = self.leave_until(start.plus(6)).map_or(start.plus(7), |until| until.plus(1));
        Some(Window::Week.number(after, self.program.week_start).saturating_sub(1).max(number))
    }
}

impl Streak {
    /// One of a snapshot.
    pub(crate) fn new(mut units: Vec<i32>, run: i64) -> Self {
        let last = units.pop();
        Self { earlier: units, last, run }
    }

    /// Its units, in order.
    pub(crate) fn units(&self) -> impl DoubleEndedIterator<Item = i32> + Clone {
        self.earlier.iter().chain(&self.last).copied()
    }

    /// Notes a unit on which something counted.
    pub(crate) fn add(&mut self, calendar: Calendar<'_>, rhythm: Rhythm, unit: i32) {
        match self.last {
            Some(last) if last == unit => {}
            Some(last) if last > unit => {
                // Offsets that move west may bring an earlier day.
                if let Err(index) = self.earlier.binary_search(&unit) {
                    self.earlier.insert(index, unit);
                    self.run_again(calendar, rhythm);
                }
            }
            last => {
                let goes_on = last.is_some_and(|last| !calendar.breaks(rhythm, last, unit));
                self.run = if goes_on { self.run.saturating_add(1) } else { 1 };
                self.earlier.extend(self.last.replace(unit));
            }
        }
    }

    /// Counts what is in a row once more, because a unit came in between or leave was taken.
    pub(crate) fn run_again(&mut self, calendar: Calendar<'_>, rhythm: Rhythm) {
        let pairs = self.units().rev().zip(self.units().rev().skip(1));
        let linked = pairs.take_while(|(later, earlier)| !calendar.breaks(rhythm, *earlier, *later)).count();
        self.run = i64::try_from(linked).unwrap_or(i64::MAX).saturating_add(i64::from(self.last.is_some()));
    }

    /// How many are in a row at a unit.
    pub(crate) fn at(&self, calendar: Calendar<'_>, rhythm: Rhythm, unit: i32) -> i64 {
        match self.last {
            Some(last) if calendar.breaks(rhythm, last, unit) => 0,
            _ => self.run,
        }
    }
}

/// Puts a leave among others.
pub(crate) fn take_leave(leave: &mut Vec<(Day, Day)>, mut from: Day, mut until: Day) {
    leave.retain(|(first, last)| {
        let apart = last.plus(1) < from || until.plus(1) < *first;
        if !apart {
            from = from.min(*first);
            until = until.max(*last);
        }
        apart
    });
    let index = leave.partition_point(|(first, _)| *first < from);
    leave.insert(index, (from, until));
}
