//! Entries: the lines of a ledger as their member reads them.

use crate::{
    base::from_tree::plain_data,
    state::ledger::{Entry, EntryLine},
};
use alloc::string::String;
use serde::Serialize;

/// A line of a member's ledger, with its name in the reader's language.
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
    pub fn view(&self, member: &str, locale: &str) -> EntryView {
        EntryView { entry: self.line(member), name: self.name(locale).into() }
    }
}
