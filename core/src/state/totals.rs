//! Totals: what was given and spent in each currency.

use crate::{
    base::{id_table::Id, time::Time},
    language::form::MAX_INTEGER,
    program::{Currency, Program},
    state::standing::Counts,
};
use core::mem;

/// What was given and spent in a currency, in its present window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Total {
    pub(crate) window: i32,
    pub(crate) points: i64,
    pub(crate) spent: i64,
}

impl Total {
    fn add(&mut self, points: i64) {
        self.points = self.points.saturating_add(points).clamp(-MAX_INTEGER, MAX_INTEGER);
    }
}

impl Counts {
    /// The total of a currency in its window at a time.
    #[inline]
    fn total_at(&self, program: &Program, id: Id<Currency>, time: Time) -> Total {
        let currency = &program.currencies[id];
        let window = currency.window(program, time);
        match self.totals.get(id.index()) {
            Some(total) if total.window == window => *total,
            total => self.other_total(currency, id, window, total.is_some_and(|total| total.window > window)),
        }
    }

    /// The total of a window that is not the latest one.
    #[cold]
    fn other_total(&self, currency: &Currency, id: Id<Currency>, window: i32, is_earlier: bool) -> Total {
        let mut earlier = self.personal.earlier_totals.iter().filter(|_| is_earlier);
        let found = earlier.find(|(its, total)| *its == id && total.window == window);
        found.map_or(Total { window, points: currency.start, spent: 0 }, |(_, total)| *total)
    }

    /// Begins a window of a currency, unless it is the latest one already. The two windows before stay: an activity
    /// that lies a few hours ahead begins the next window, and a question asked now is still about the present one.
    fn begin_window(&mut self, program: &Program, id: Id<Currency>, window: i32) {
        let Some(latest) = self.totals.get_mut(id.index()).filter(|latest| latest.window != window) else { return };
        let total = mem::replace(latest, Total { window, points: program.currencies[id].start, spent: 0 });
        let is_used = total.points != program.currencies[id].start || total.spent != 0;
        if is_used {
            let earlier = &mut self.personal.earlier_totals;
            if let Some(second) = earlier.iter().rposition(|(its, _)| *its == id)
                && let Some(first) = earlier.iter().take(second).position(|(its, _)| *its == id)
            {
                earlier.remove(first);
            }
            earlier.push((id, total));
        }
    }

    /// The totals of a currency, each with its window.
    pub(crate) fn totals_of(&self, id: Id<Currency>) -> impl Iterator<Item = (i32, i64)> {
        let latest = self.totals.get(id.index());
        let earlier = self.personal.earlier_totals.iter().filter(move |(its, _)| *its == id).map(|(_, total)| total);
        latest.into_iter().chain(earlier).map(|total| (total.window, total.points))
    }

    pub(crate) fn total(&self, program: &Program, id: Id<Currency>, time: Time) -> i64 {
        self.total_at(program, id, time).points
    }

    /// The same at the end of a member's day; of the window in which points last came where that is a later one,
    /// because the day of a member may end in the next window of the program's zone.
    pub(crate) fn total_by(&self, program: &Program, id: Id<Currency>, time: Time) -> i64 {
        let asked = self.total_at(program, id, time);
        let latest = self.totals.get(id.index()).filter(|latest| latest.window > asked.window);
        latest.unwrap_or(&asked).points
    }

    pub(crate) fn spendable(&self, program: &Program, id: Id<Currency>, time: Time) -> i64 {
        let total = self.total_at(program, id, time);
        total.points - total.spent
    }

    /// Adds points to a currency.
    pub(crate) fn earn(&mut self, program: &Program, id: Id<Currency>, points: i64, time: Time) {
        self.begin_window(program, id, program.currencies[id].window(program, time));
        self.earn_ever(id, points);
    }

    /// The same in the latest window.
    pub(crate) fn earn_ever(&mut self, id: Id<Currency>, points: i64) {
        if let Some(total) = self.totals.get_mut(id.index()) {
            total.add(points);
        }
    }

    /// Takes the cost of a reward from what can be spent.
    pub(crate) fn spend(&mut self, program: &Program, id: Id<Currency>, points: i64, time: Time) {
        self.begin_window(program, id, program.currencies[id].window(program, time));
        if let Some(total) = self.totals.get_mut(id.index()) {
            total.spent = total.spent.saturating_add(points);
        }
    }
}
