//! Monthly points: a member's net points by calendar month of the program's zone.

use crate::{
    base::{day::Window, id_table::Id, time::Timestamp},
    program::{Currency, Program},
    state::{
        figures::ActiveMonths,
        ledger::{Cause, Entry},
    },
};
use alloc::vec::Vec;

/// The months in which points were given, one for each currency, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MonthlyPoints {
    earlier: Vec<Month>,
    /// Stored apart, because most points go into the latest month and then need no search.
    latest: Option<Month>,
}

/// Net points of a month in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Month {
    pub(crate) currency: Id<Currency>,
    pub(crate) number: i32,
    pub(crate) points: i64,
}

impl MonthlyPoints {
    /// From the months of a snapshot.
    pub(crate) fn new(mut months: Vec<Month>) -> Self {
        let latest = months.pop();
        Self { earlier: months, latest }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Month> {
        self.earlier.iter().chain(&self.latest)
    }

    /// The months in which points of a currency were given, each with its net points.
    pub(crate) fn of(&self, currency: Id<Currency>) -> impl Iterator<Item = (i32, i64)> {
        self.iter().filter(move |month| month.currency == currency).map(|month| (month.number, month.points))
    }

    /// Adds the points of entries, which must all be of one moment, after everything that `active` has noted.
    pub(crate) fn add(&mut self, program: &Program, active: &ActiveMonths, entries: &[Entry]) {
        let Some(first) = entries.first() else { return };
        let mut given = entries.iter().filter_map(|entry| match entry.cause {
            Cause::Rule(rule) => Some((*program.links.currencies.get(rule.index())?, entry.points)),
            _ => None,
        });
        let Some((mut currency, mut sum)) = given.next() else { return };
        let number = active.month_of(first.at()).unwrap_or_else(|| month_number(program, first.at()));
        // Entries in the same currency usually follow each other, so they are added up before the month is looked for.
        for (next, points) in given {
            if next == currency {
                sum += points;
            } else {
                self.add_points(number, currency, sum);
                (currency, sum) = (next, points);
            }
        }
        self.add_points(number, currency, sum);
    }

    fn add_points(&mut self, number: i32, currency: Id<Currency>, points: i64) {
        let from_latest = self.latest.iter_mut().chain(self.earlier.iter_mut().rev());
        let mut candidates = from_latest.take_while(|month| month.number >= number);
        match candidates.find(|month| month.number == number && month.currency == currency) {
            Some(month) => month.points += points,
            None => self.earlier.extend(self.latest.replace(Month { currency, number, points })),
        }
    }

    /// Net points of the month that lies `months_ago` months before the month of `now`.
    pub(crate) fn points(&self, program: &Program, currency: Id<Currency>, now: Timestamp, months_ago: i32) -> i64 {
        let number = month_number(program, now) - months_ago;
        let months = self.iter().filter(|month| month.number == number && month.currency == currency);
        months.map(|month| month.points).sum()
    }
}

/// The number of the month that a moment falls into, in the program's zone.
pub(crate) fn month_number(program: &Program, at: Timestamp) -> i32 {
    Window::Month.number(program.zone.day(at), program.cadence)
}
