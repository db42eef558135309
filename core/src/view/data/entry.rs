//! Entries: the lines of a ledger as their member reads them.

use crate::state::{entry_line::EntryLine, ledger::Entry};
use alloc::string::String;
use serde::{Deserialize, Serialize};

/// A line of a member's ledger, with its name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntryView {
    /// The line.
    pub entry: EntryLine,
    /// The name of its rule, reward, badge or level in the reader's locale.
    pub name: String,
}

impl Entry {
    /// The entry as its member reads it, in a locale such as `de`.
    pub fn view(&self, member: &str, locale: &str) -> EntryView {
        EntryView { entry: self.line(member), name: self.name(locale).into() }
    }
}
