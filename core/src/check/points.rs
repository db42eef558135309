//! Points: currencies, and amounts of them.

use super::{Check, TALLY, flag_at, integer_at, words};
use crate::{
    base::{
        day::Window,
        id_table::{Id, Table},
        text::Text,
        tree::Tree,
    },
    language::{grammar::window, problem::Path},
    program::Currency,
};

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
}
