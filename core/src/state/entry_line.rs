//! Entry line: an entry of a ledger with names instead of ids.

use crate::{
    base::{from_tree::plain_data, time::Time},
    state::ledger::{Cause, Entry},
};
use alloc::string::{String, ToString};
use serde::Serialize;

/// An entry with names instead of ids: the canonical line of a ledger. As JSON, it has the same bytes on every
/// machine.
///
/// A host can store the line, show it, and ask about it later with
/// [`EntryQuery::of_line`](crate::EntryQuery::of_line).
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
/// use serde_json::json;
///
/// let line = engine.ledger("ada")[0].line("ada");
/// assert_eq!(serde_json::to_value(&line)?, json!({
///     "member": "ada", "at": "2026-03-01T09:30:00Z", "source": "wiki", "activity": "1", "kind": "blog.published",
///     "rule": "blog", "role": "actor", "currency": "points", "amount": 5
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct EntryLine {
    /// The member whose ledger it is.
    pub member: String,
    /// When it was given, in RFC 3339: the time of the activity, with its own offset, or the time at which it fell
    /// due, in UTC.
    pub at: String,
    /// The source of the activity.
    pub source: String,
    /// The id of the activity.
    pub activity: String,
    /// The kind of the activity.
    pub kind: String,
    /// The rule that gave points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The reward that the points were spent on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reward: Option<String>,
    /// For a rule, the role that the member had in the activity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The badge that was given or, if [`taken`](Self::taken), taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub badge: Option<String>,
    /// The badge's grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The level that was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// The object, or other key, for which a badge or goal was reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The currency of the points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// The points. Below 0 if they were spent or taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
    /// How many times it has been given, this time included, if the rule or badge is given `every` or `again`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub times: Option<u32>,
    /// Whether the line takes a live badge or level that no longer holds.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub taken: bool,
    /// Whether it makes up for activities from before its rule or badge. All such entries of one moment are one piece
    /// of news.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub backfill: bool,
}

plain_data! {
    EntryLine {
        member, at, source, activity, kind, rule, reward, role, badge, grade, level, object, currency, amount,
        times, taken: optional, backfill: optional,
    }
}

impl Entry {
    /// The entry with names instead of ids. The member is given, because an entry does not store whose it is.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let line = engine.ledger("bob")[0].line("bob");
    /// assert_eq!((line.member.as_str(), line.rule.as_deref(), line.amount), ("bob", Some("blog"), Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn line(&self, member: &str) -> EntryLine {
        let program = self.program();
        let time = self.due.as_deref().map_or(self.origin.time, |instant| Time::utc(*instant));
        let mut line = EntryLine {
            member: member.into(),
            at: time.to_text(),
            source: self.origin.source.to_string(),
            activity: self.origin.id.to_string(),
            kind: program.kinds[self.origin.kind].name.to_string(),
            rule: None,
            reward: None,
            role: None,
            badge: None,
            grade: None,
            level: None,
            object: self.key.as_ref().map(ToString::to_string),
            currency: None,
            amount: None,
            times: (self.times > 0).then_some(self.times),
            taken: self.taken,
            backfill: self.backfill,
        };
        let currency = match self.cause {
            Cause::Rule(id) => {
                let rule = &program.rules[id];
                line.rule = Some(rule.name.to_string());
                line.role = Some(program.role_name(rule.to).into());
                Some(rule.currency)
            }
            Cause::Reward(id) => {
                line.reward = Some(program.rewards[id].name.to_string());
                Some(program.rewards[id].currency)
            }
            Cause::Level(id) => {
                line.level = Some(program.levels[id].name.to_string());
                None
            }
            Cause::Badge(id, grade) => {
                line.badge = Some(program.badges[id].name.to_string());
                line.grade = program.badges[id].grade_name(grade).map(ToString::to_string);
                None
            }
        };
        if let Some(currency) = currency {
            line.currency = Some(program.currencies[currency].name.to_string());
            line.amount = Some(self.points);
        }
        line
    }
}
