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
    pub fn entries(&self, now: Timestamp, locale: &str, count: usize) -> Vec<EntryView> {
        self.as_of(now).latest_entries(&self.member, locale, count)
    }
}

impl Engine {
    /// The latest entries of a member's ledger, as [`History::entries`] gives them. Empty if no activity names the
    /// member.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use knownfor::{Engine, Feed, Program, Tree};
    ///
    /// let program: Tree = serde_json::from_str(r#"{
    ///     "version": 1, "id": "p", "kinds": { "blog.published": {} }, "currencies": { "points": {} },
    ///     "rules": { "blog": { "on": "blog.published", "give": { "points": 5 }, "name": "A post" } }
    /// }"#)?;
    /// let mut engine = Engine::new(Program::check(&program, |_| None)?);
    /// let line = r#"{ "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "blog.published", "actor": "ada" }"#;
    /// let incoming = engine.program().read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki"))?;
    /// engine.apply(incoming)?;
    ///
    /// let entries = engine.entries("ada", "2026-03-03T08:00:00Z".parse()?, "en", 10);
    /// assert_eq!((entries[0].name.as_str(), entries[0].entry.amount), ("A post", Some(5)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn entries(&self, member: &str, now: Timestamp, locale: &str, count: usize) -> Vec<EntryView> {
        self.as_of(member, now).map_or_else(Vec::new, |folded| folded.latest_entries(member, locale, count))
    }
}
