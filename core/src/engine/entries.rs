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
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "blog.published" = {} }
    /// #     currencies = { points = {} }
    /// #     tallies = { posts = { count = "blog.published" } }
    /// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
    /// #     badges = { writer = { name = "Writer", when = { posts = 2 } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let post = |id: &str, day: u8, actor: &str| {
    /// #     let line = serde_json::json!({"source": "wiki", "id": id, "at": format!("2026-03-{day:02}T09:30:00Z"),
    /// #         "kind": "blog.published", "actor": actor});
    /// #     program.read_own(&line)
    /// # };
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
    /// # use serde_json::json;
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "blog.published" = {} }
    /// #     currencies = { points = {} }
    /// #     tallies = { posts = { count = "blog.published" } }
    /// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
    /// #     badges = { writer = { name = "Writer", when = { posts = 2 } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let mut engine = Engine::new(program);
    /// # for (id, (actor, kind)) in (1..).zip([
    /// #     ("ada", "blog.published"),
    /// #     ("ada", "blog.published"),
    /// #     ("bob", "blog.published"),
    /// # ]) {
    /// #     let at = format!("2026-03-{id:02}T09:30:00Z");
    /// #     let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
    /// #     engine.apply(engine.program().read_own(&line)?)?;
    /// # }
    /// let entries = engine.entries("bob", "2026-03-09T12:00:00Z".parse()?, "en", 10);
    /// assert_eq!((entries[0].name.as_str(), entries[0].entry.amount), ("blog", Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn entries(&self, member: &str, now: Timestamp, locale: &str, count: usize) -> Vec<EntryView> {
        self.as_of(member, now).map_or_else(Vec::new, |folded| folded.latest_entries(member, locale, count))
    }
}
