//! Entry query: which entry of a ledger a question is about.

use crate::{
    base::from_tree::plain_data,
    engine::history::Folded,
    state::{
        entry_line::EntryLine,
        ledger::{Cause, Entry},
    },
};
use alloc::string::String;
use serde::Serialize;

/// Which entry a question is about. The latest entry that matches every given part is meant.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// use knownfor::{Engine, EntryQuery};
///
/// let mut engine = Engine::new(program.clone());
/// engine.apply_all([post("1", 2, "ada")?, post("2", 3, "ada")?]).0;
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// // What did this activity give by the rule `blog`?
/// let query = EntryQuery { rule: Some("blog".into()), activity: Some("1".into()), ..EntryQuery::default() };
/// assert_eq!(engine.why("ada", &query, now, "en").unwrap().entry.at, "2026-03-02T09:30:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EntryQuery {
    /// The badge that the entry gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The rule that gave the entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The source of the entry's activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The id of the entry's activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<String>,
}

plain_data! { EntryQuery { badge, rule, source, activity } }

impl EntryQuery {
    /// The latest entry of a badge.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// use knownfor::{EntryQuery, History};
    ///
    /// let folded = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?.fold();
    /// assert_eq!(folded.latest(&EntryQuery::of_badge("writer")).map(|entry| entry.activity().id), Some("2".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_badge(badge: &str) -> Self {
        Self { badge: Some(badge.into()), ..Self::default() }
    }

    /// The latest entry of a rule.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// use knownfor::{EntryQuery, History};
    ///
    /// let folded = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?.fold();
    /// assert_eq!(folded.latest(&EntryQuery::of_rule("blog")).map(|entry| entry.activity().id), Some("2".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_rule(rule: &str) -> Self {
        Self { rule: Some(rule.into()), ..Self::default() }
    }

    /// The entry that a stored line describes. A host keeps the lines that it has shown, and can ask about them later.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// use knownfor::{EntryLine, EntryQuery, History};
    ///
    /// let folded = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?.fold();
    /// let stored = serde_json::to_string(&folded.ledger[0].line("ada"))?;
    ///
    /// let line: EntryLine = serde_json::from_str(&stored)?;
    /// assert_eq!(folded.latest(&EntryQuery::of_line(&line)), Some(&folded.ledger[0]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_line(line: &EntryLine) -> Self {
        let EntryLine { badge, rule, source, activity, .. } = line.clone();
        Self { badge, rule, source: Some(source), activity: Some(activity) }
    }

    fn means(&self, entry: &Entry) -> bool {
        let is_meant = |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        let program = entry.program();
        let (badge, rule) = match entry.cause {
            Cause::Badge(id, _) => (Some(program.badges[id].name.as_str()), None),
            Cause::Rule(id) => (None, Some(program.rules[id].name.as_str())),
            Cause::Level(_) | Cause::Reward(_) => (None, None),
        };
        is_meant(&self.badge, badge)
            && is_meant(&self.rule, rule)
            && is_meant(&self.source, Some(&entry.origin.source))
            && is_meant(&self.activity, Some(&entry.origin.id))
    }
}

impl Folded {
    /// The latest entry that matches a query; `None` if there is none. Entries that take a badge or level back do not
    /// count.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// use knownfor::{EntryQuery, History};
    ///
    /// let folded = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 3, "ada")?])?.fold();
    /// let entry = folded.latest(&EntryQuery::of_badge("writer")).unwrap();
    /// assert_eq!(entry.at().to_string(), "2026-03-03T09:30:00Z");
    /// assert_eq!(folded.latest(&EntryQuery::of_badge("speaker")), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn latest(&self, query: &EntryQuery) -> Option<&Entry> {
        self.ledger.iter().rev().find(|entry| !entry.taken && query.means(entry))
    }
}
