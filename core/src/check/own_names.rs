//! Own names: which names conditions, goals and inputs already use, so that nothing else may have them.

use super::{Check, subject::is_subject};
use crate::{
    base::{day::Window, keyword::Keyword},
    language::problem::Path,
};
use alloc::vec::Vec;

impl Check<'_> {
    /// Reports a name that already means something else in conditions or goals.
    pub(super) fn own_name(&mut self, name: &str, others: &[(&'static str, &str)], in_goals: bool, path: &Path<'_>) {
        if is_reserved(name) || if in_goals { is_word_of_goals(name) } else { is_word_of_input(name) } {
            self.found.add(path, format_args!("`{name}` is a word of the program language; choose another name"));
        }
        let is_named = |section| self.names_of(section).is_some_and(|names| names.get(name).is_some());
        let named: Vec<_> = others.iter().filter(|(section, _)| is_named(*section)).collect();
        for (_, what) in named {
            let message = format_args!(
                "`{name}` is also the name of {what}, and conditions and goals use both; choose another name"
            );
            self.found.add(path, message);
        }
    }
}

pub(super) const TALLY: (&str, &str) = ("tallies", "a tally");
pub(super) const CURRENCY: (&str, &str) = ("currencies", "a currency");

/// Further words in conditions, `distinct` and `to`.
const OTHER_WORDS: &[&str] = &["all", "any", "not", "recipient", "day"];

/// Whether conditions already use a name, so no attribute or tally may have it.
pub(super) fn is_reserved(name: &str) -> bool {
    is_subject(name) || OTHER_WORDS.contains(&name)
}

/// Whether `per` or a kind's `input` already uses a name, so no attribute may have it.
pub(super) fn is_word_of_input(name: &str) -> bool {
    Window::from_name(name).is_some() || ["is", "id", "source", "profile"].contains(&name)
}

/// Whether goals already use a name.
pub(super) fn is_word_of_goals(name: &str) -> bool {
    ["fields", "challenge", "badges", "from", "until", "backfill"].contains(&name)
}
