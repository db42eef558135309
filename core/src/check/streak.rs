//! Streaks: what counts as a unit of one, and how much may be missed.

use super::{Check, integer_at, text_at};
use crate::{
    base::{day::Window, keyword::Keyword, tree::Tree},
    language::problem::Path,
    program::Rhythm,
};

/// The most days of each unit that a streak may ask for. Every month has 28.
const DAYS: [(Window, i64); 3] = [(Window::Day, 1), (Window::Week, 7), (Window::Month, 28)];

impl Check<'_> {
    /// How a streak is counted.
    pub(super) fn rhythm(&mut self, tree: &Tree<'_>, path: &Path<'_>) -> Rhythm {
        let unit = text_at(tree, "streak").and_then(Window::from_name).unwrap_or(Window::Day);
        let least = integer_at(tree, "least").unwrap_or(1);
        let most = DAYS.into_iter().find(|(window, _)| *window == unit).map_or(1, |(_, days)| days);
        if least > most {
            let name = unit.name();
            let message = match unit {
                Window::Day => "only applies to streaks of weeks and months; a day has no more days to count".into(),
                _ => alloc::format!("asks for {least} different days of each {name}; expected at most {most}"),
            };
            self.found.add(&path.key("least"), message);
        }
        let (grace, grace_per) = match tree.get("grace") {
            Some(says @ Tree::Table(_)) => self.grace(says, unit, &path.key("grace")),
            _ => (integer_at(tree, "grace").unwrap_or(0), None),
        };
        Rhythm { unit, least: usize::try_from(least).unwrap_or(1), grace, grace_per }
    }

    /// A grace that is used up in a window.
    fn grace(&mut self, tree: &Tree<'_>, unit: Window, path: &Path<'_>) -> (i64, Option<Window>) {
        let per = text_at(tree, "per").and_then(Window::from_name);
        if per.is_some_and(|per| per <= unit) {
            let name = unit.name();
            let message = format_args!("is no longer than a {name} of the streak; expected a longer window");
            self.found.add(&path.key("per"), message);
        }
        (integer_at(tree, "times").unwrap_or(0), per)
    }
}
