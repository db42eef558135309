//! Points: currencies, and the levels that their totals reach.

use super::{Check, TALLY, flag_at, integer_at, words};
use crate::{
    base::{
        day::Window,
        id_table::{Id, Table},
        sort::sort_by_key,
        text::Text,
        tree::Tree,
    },
    language::{grammar::window, problem::Path},
    program::{Currency, Level},
};
use alloc::vec::Vec;

impl Check<'_> {
    pub(super) fn currencies(&mut self) -> Table<Currency> {
        let mut currencies = Table::new();
        let section = Path::Root.key("currencies");
        for (name, tree) in self.section("currencies") {
            let start = integer_at(tree, "start").unwrap_or(0);
            let floor = integer_at(tree, "floor");
            if floor.is_some_and(|floor| floor > start) {
                self.found
                    .add(&section.key(name).key("floor"), format_args!("is above the start; expected {start} or less"));
            }
            self.own_name(name, &[TALLY], true, &section.key(name));
            let per = window(tree.get("per"));
            self.has_season(per, &section.key(name).key("per"));
            currencies.push(Currency {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                start,
                floor,
                per,
                private: flag_at(tree, "private"),
            });
        }
        currencies
    }

    /// The total that everyone starts with.
    pub(super) fn start_of(&self, currency: Id<Currency>) -> i64 {
        let its = self.section("currencies").get(currency.index());
        its.and_then(|(_, tree)| integer_at(tree, "start")).unwrap_or(0)
    }

    pub(super) fn has_window(&self, currency: Id<Currency>) -> bool {
        let its = self.section("currencies").get(currency.index()).and_then(|(_, tree)| tree.get("per"));
        window(its) != Window::Ever
    }

    /// The currency and number of a table such as `cost` or `min`.
    pub(super) fn amount_of(&mut self, tree: Option<&Tree<'_>>, path: &Path<'_>) -> Option<(Id<Currency>, i64)> {
        let Some(Tree::Table(entries)) = tree else { return None };
        let Some((currency, number)) = entries.first() else {
            self.found.add(path, "is empty; expected a currency and a number");
            return None;
        };
        Some((self.id("currencies", "currency", currency, &path.key(currency))?, number.as_integer()?))
    }

    pub(super) fn levels(&mut self) -> Table<Level> {
        let mut levels: Vec<Level> = Vec::new();
        let section = Path::Root.key("levels");
        for (name, tree) in self.section("levels") {
            let path = section.key(name);
            let path = path.key("min");
            let Some((currency, min)) = self.amount_of(tree.get("min"), &path) else { continue };
            let whole = tree.get("min").is_some_and(|min| min.entries().len() == 1);
            let start = self.start_of(currency);
            if min <= start {
                let message = format_args!("holds from the start: everyone starts with {start}; expected more");
                self.found.add(&path, message);
            }
            if levels.iter().any(|other| other.currency != currency) {
                self.found.add(&path, "is in another currency than earlier levels; expected the same for all levels");
            } else if whole && levels.iter().any(|other| other.min == min) {
                self.found.add(&path, format_args!("another level also begins at {min}; expected another total"));
            }
            let live = flag_at(tree, "live");
            if live && self.has_window(currency) {
                self.found.add(
                    &section.key(name).key("live"),
                    "does not work with a currency that has a window: the level would be lost as time passes",
                );
            }
            levels.push(Level { name: Text::from(&**name), words: words(tree.get("name")), currency, min, live });
        }
        sort_by_key(&mut levels, |level| level.min);
        let live = levels.iter().position(|level| level.live).unwrap_or(levels.len());
        for stays in levels.iter().skip(live).filter(|level| !level.live) {
            let message = "a lower level is live and could be lost while this one is kept; expected `live = true`";
            self.found.add(&section.key(&stays.name), message);
        }
        // From here on, a level's index is its rank by total, not its position in the program.
        if let Some(names) = self.names_of_mut("levels") {
            for (name, index) in names.iter_mut() {
                *index = levels.iter().position(|level| level.name == *name).unwrap_or(0);
            }
        }
        let mut table = Table::new();
        levels.into_iter().for_each(|level| {
            table.push(level);
        });
        table
    }
}
