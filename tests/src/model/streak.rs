//! Streaks: how many days or weeks in a row, as a function of the days on which something counted.

use super::{member::Member, member::one_or_more, time, time::Turns};
use jiff::civil::{Date, Weekday};
use serde_json::Value;
use std::collections::BTreeSet;

/// The days on which nothing is expected.
pub(super) struct Free {
    rest: BTreeSet<String>,
    /// The weekdays on which the member rests, each from a day on.
    weeks: Vec<(Date, BTreeSet<String>)>,
    holidays: BTreeSet<String>,
    /// The first and last day of each recorded leave.
    leave: Vec<(Date, Date)>,
    turns: Turns,
}

impl Free {
    pub(super) fn new(member: &Member, living: &[usize]) -> Self {
        Self {
            rest: one_or_more(&member.program["week"]["rest"]),
            weeks: member.weeks(living),
            holidays: one_or_more(&member.program["holidays"]),
            leave: member.leave(living),
            turns: member.turns,
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
        let own = self.weeks.iter().filter(|(from, _)| *from <= day).max_by_key(|(from, _)| *from);
        own.map_or(&self.rest, |(_, rest)| rest).contains(weekday)
            || self.holidays.contains(&day.to_string())
            || self.leave.iter().any(|(first, last)| (first..=last).contains(&&day))
    }

    /// Whether something is expected in a day, week or month that begins with a day.
    fn is_expected(&self, first: Date, unit: &str) -> bool {
        days(first, next(first, unit)).iter().any(|day| !self.is_free(*day))
    }

    /// The expected days, weeks or months that lie between two, by their first days.
    fn missed(&self, last: Date, to: Date, unit: &str) -> Vec<Date> {
        let (mut missed, mut between) = (Vec::new(), next(last, unit));
        while between < to {
            missed.extend(self.is_expected(between, unit).then_some(between));
            between = next(between, unit);
        }
        missed
    }

    /// Whether a streak breaks between two. `forgiven` are those that were missed in it so far.
    fn breaks(&self, last: Date, to: Date, rhythm: &Rhythm, forgiven: &mut Vec<Date>) -> bool {
        let missed = self.missed(last, to, rhythm.unit);
        let Some(per) = rhythm.per else { return missed.len() > rhythm.grace };
        let window = |day: Date| time::window(day, per, self.turns);
        let whole = missed.iter().any(|day| window(*day) > window(last) && window(*day) < window(to));
        forgiven.extend(missed);
        let too_many =
            |day: &Date| forgiven.iter().filter(|other| window(**other) == window(*day)).count() > rhythm.grace;
        whole || forgiven.iter().any(too_many)
    }
}

/// How a streak is counted.
pub(super) struct Rhythm<'p> {
    unit: &'p str,
    least: usize,
    grace: usize,
    /// The window in which the grace is used up; without one, each gap has its own.
    per: Option<&'p str>,
}

impl<'p> Rhythm<'p> {
    /// How a tally counts in a row.
    pub(super) fn of(tally: &'p Value) -> Option<Self> {
        let number = |value: &Value, or: u64| usize::try_from(value.as_u64().unwrap_or(or)).expect("a small number");
        let grace = &tally["grace"];
        Some(Self {
            unit: tally["streak"].as_str()?,
            least: number(&tally["least"], 1),
            grace: number(if grace.is_object() { &grace["times"] } else { grace }, 0),
            per: grace["per"].as_str(),
        })
    }
}

/// The length of the last row of days, weeks or months that have enough of `days`. 0 if too many
/// were missed since.
pub(super) fn streak(days: &BTreeSet<Date>, present: Date, rhythm: &Rhythm, free: &Free) -> i64 {
    let first = |day: Date| time::window(day, rhythm.unit, free.turns);
    let mut units: BTreeSet<Date> = days.iter().map(|day| first(*day)).collect();
    units.retain(|unit| days.iter().filter(|day| first(**day) == *unit).count() >= rhythm.least);
    let (mut run, mut last, mut forgiven) = (0, None, Vec::new());
    for unit in units {
        match last {
            Some(last) if !free.breaks(last, unit, rhythm, &mut forgiven) => run += 1,
            _ => (run, forgiven) = (1, Vec::new()),
        }
        last = Some(unit);
    }
    match last {
        Some(last) if last < first(present) && free.breaks(last, first(present), rhythm, &mut forgiven) => 0,
        _ => run,
    }
}

/// The first day of the next day, week or month.
fn next(first: Date, unit: &str) -> Date {
    match unit {
        "week" => after(first, 7),
        "month" => after(first.last_of_month(), 1),
        _ => after(first, 1),
    }
}

fn days(first: Date, until: Date) -> Vec<Date> {
    first.series(jiff::Span::new().days(1)).take_while(|day| *day < until).collect()
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(jiff::Span::new().days(days)).expect("the model's days are far from the calendar's end")
}
