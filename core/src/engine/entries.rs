//! Entries: the latest lines of a member's ledger, ready to show.

use crate::{
    base::time::Timestamp,
    engine::{
        Engine,
        history::{Folded, History},
    },
    view::data::EntryView,
};
use alloc::vec::Vec;

impl Folded {
    fn latest_entries(&self, member: &str, locale: &str, count: usize) -> Vec<EntryView> {
        self.ledger.iter().rev().take(count).map(|entry| entry.view(member, locale)).collect()
    }
}

impl History {
    /// The latest entries of the member's ledger, newest first and at most `count`, with what time alone brought until
    /// `now`. Names are in the reader's locale.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let history = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?;
    /// let entries = history.entries("2026-03-09T12:00:00Z".parse()?, "en", 2);
    /// assert_eq!(entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>(), ["Writer", "blog"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entries(&self, now: Timestamp, locale: &str, count: usize) -> Vec<EntryView> {
        self.as_of(now).latest_entries(&self.member, locale, count)
    }
}

impl Engine {
    /// The latest entries of a member's ledger, as [`History::entries`]. Empty if no activity names the member.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// let entries = engine.entries("bob", "2026-03-09T12:00:00Z".parse()?, "en", 10);
    /// assert_eq!((entries[0].name.as_str(), entries[0].entry.amount), ("blog", Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entries(&self, member: &str, now: Timestamp, locale: &str, count: usize) -> Vec<EntryView> {
        self.as_of(member, now).map_or_else(Vec::new, |folded| folded.latest_entries(member, locale, count))
    }
}
