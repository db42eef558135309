//! Entries: the lines of a ledger as their member reads them.

use crate::{
    base::from_tree::plain_data,
    state::{entry_line::EntryLine, ledger::Entry},
};
use alloc::string::String;
use serde::Serialize;

/// A line of a member's ledger, with its name in the reader's language.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// let entries = engine.entries("ada", "2026-03-09T12:00:00Z".parse()?, "en", 10);
/// assert_eq!((entries[0].name.as_str(), entries[0].entry.badge.as_deref()), ("Writer", Some("writer")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryView {
    /// The line.
    pub entry: EntryLine,
    /// The name of its rule, reward, badge or level in the reader's locale.
    pub name: String,
}

plain_data! { EntryView { entry, name } }

impl Entry {
    /// The entry as its member reads it, in a locale such as `de`.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// let entry = engine.ledger("ada")[0].view("ada", "en");
    /// assert_eq!((entry.name.as_str(), entry.entry.amount), ("blog", Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn view(&self, member: &str, locale: &str) -> EntryView {
        EntryView { entry: self.line(member), name: self.name(locale).into() }
    }
}
