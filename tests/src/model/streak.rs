//! Streaks: how many days or weeks in a row, as a function of the days on which something counted.

use super::{member::Member, member::one_or_more, time};
use jiff::civil::{Date, Weekday};
use std::collections::BTreeSet;

/// The days on which nothing is expected.
pub(super) struct Free {
    rest: BTreeSet<String>,
    holidays: BTreeSet<String>,
    /// The first and last day of each recorded leave.
    leave: Vec<(Date, Date)>,
    starts: Weekday,
}

impl Free {
    pub(super) fn new(member: &Member, living: &[usize]) -> Self {
        Self {
            rest: one_or_more(&member.program["week"]["rest"]),
            holidays: one_or_more(&member.program["holidays"]),
            leave: member.leave(living),
            starts: member.starts,
        }
    }

    fn is_free(&self, day: Date) -> bool {
        let weekday = match day.weekday() {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        };
        self.rest.contains(weekday)
            || self.holidays.contains(&day.to_string())
            || self.leave.iter().any(|(first, last)| (first..=last).contains(&&day))
    }

    /// Whether something is expected on a day, or in the week that begins with it.
    fn is_expected(&self, first: Date, unit: &str) -> bool {
        days(first, if unit == "week" { 7 } else { 1 }).iter().any(|day| !self.is_free(*day))
    }

    /// Whether more than `grace` expected days or weeks lie between two.
    fn breaks(&self, last: Date, next: Date, unit: &str, grace: i64) -> bool {
        let step = if unit == "week" { 7 } else { 1 };
        let (mut missed, mut between) = (0, after(last, step));
        while between < next {
            missed += i64::from(self.is_expected(between, unit));
            if missed > grace {
                return true;
            }
            between = after(between, step);
        }
        false
    }
}

/// How many of `days`, or of the weeks they fall in, are in a row up to the last one. 0 if too many were missed since.
pub(super) fn streak(days: &BTreeSet<Date>, present: Date, unit: &str, grace: i64, free: &Free) -> i64 {
    let first = |day: Date| time::window(day, unit, free.starts);
    let units: BTreeSet<Date> = days.iter().map(|day| first(*day)).collect();
    let (mut run, mut last) = (0, None);
    for unit_first in units {
        run = match last {
            Some(last) if free.breaks(last, unit_first, unit, grace) => 1,
            _ => run + 1,
        };
        last = Some(unit_first);
    }
    match last {
        Some(last) if free.breaks(last, first(present), unit, grace) => 0,
        _ => run,
    }
}

fn days(first: Date, count: usize) -> Vec<Date> {
    first.series(jiff::Span::new().days(1)).take(count).collect()
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("the model's days are far from the calendar's end")
}
