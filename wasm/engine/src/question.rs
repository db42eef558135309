//! Question: which entry, badge or activity a page wants explained.

use knownfor::EntryLine;
use serde::Deserialize;

/// What an explanation is asked about. A field that is absent matches anything.
#[derive(Debug, Deserialize)]
pub(crate) struct Question {
    /// A badge, by its id.
    pub(crate) badge: Option<String>,
    /// A rule, by its id.
    pub(crate) rule: Option<String>,
    /// The source of an activity.
    pub(crate) source: Option<String>,
    /// The id of an activity in that source.
    pub(crate) activity: Option<String>,
}

impl Question {
    /// Whether an entry gave what is asked about; an entry that took a live badge back is never meant.
    pub(crate) fn is_about(&self, line: &EntryLine) -> bool {
        let matches = |wanted: &Option<String>, found: Option<&str>| wanted.is_none() || wanted.as_deref() == found;
        !line.taken
            && matches(&self.badge, line.badge.as_deref())
            && matches(&self.rule, line.rule.as_deref())
            && matches(&self.source, Some(&line.source))
            && matches(&self.activity, Some(&line.activity))
    }
}
