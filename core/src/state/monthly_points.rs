//! Months: a member's net points by calendar month of the program's zone.

use crate::{
    base::{
        id_table::Id,
        time::{Timestamp, Window},
    },
    program::{Currency, Program},
    state::ledger::{Cause, Entry},
};
use alloc::vec::Vec;

/// The months in which points were given, in that order; the latest apart, because most points go there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MonthlyPoints {
    earlier: Vec<Month>,
    latest: Option<Month>,
}

/// Net points of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Month {
    pub(crate) currency: Id<Currency>,
    pub(crate) number: i32,
    pub(crate) points: i64,
}

impl MonthlyPoints {
    /// From those of a snapshot.
    pub(crate) fn new(mut monthly_points: Vec<Month>) -> Self {
        let latest = monthly_points.pop();
        Self { earlier: monthly_points, latest }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Month> {
        self.earlier.iter().chain(&self.latest)
    }

    /// Notes the points of entries of one moment in their month.
    pub(crate) fn add(&mut self, program: &Program, entries: &[Entry]) {
        let Some(first) = entries.first() else { return };
        let mut given = entries.iter().filter_map(|entry| match entry.cause {
            Cause::Rule(rule) => Some((*program.links.currencies.get(rule.index())?, entry.points)),
            _ => None,
        });
        let Some((mut currency, mut sum)) = given.next() else { return };
        let number = number(program, first.at());
        // Those of one currency mostly come one after the other, and go in together.
        for (its, points) in given {
            if its == currency {
                sum += points;
            } else {
                self.add_points(number, currency, sum);
                (currency, sum) = (its, points);
            }
        }
        self.add_points(number, currency, sum);
    }

    fn add_points(&mut self, number: i32, currency: Id<Currency>, points: i64) {
        let late = self.latest.iter_mut().chain(self.earlier.iter_mut().rev());
        let mut late = late.take_while(|month| month.number >= number);
        match late.find(|month| month.number == number && month.currency == currency) {
            Some(month) => month.points += points,
            None => self.earlier.extend(self.latest.replace(Month { currency, number, points })),
        }
    }

    /// Net points of the month `before` months before the one of an instant.
    pub(crate) fn points(&self, program: &Program, currency: Id<Currency>, now: Timestamp, before: i32) -> i64 {
        let number = number(program, now) - before;
        let monthly_points = self.iter().filter(|month| month.number == number && month.currency == currency);
        monthly_points.map(|month| month.points).sum()
    }
}

fn number(program: &Program, at: Timestamp) -> i32 {
    Window::Month.number(program.zone.day(at), program.week_start)
}
