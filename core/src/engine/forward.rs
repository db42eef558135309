//! Forward: one member's standing moves on, by an activity or by time alone.

use crate::{
    base::time::Timestamp,
    engine::history::Folded,
    fold::{advance, conditions::EvalContext, due::next_due, matching::match_activity, pass_time},
    input::activity::Activity,
    program::Program,
    state::{ledger::Entry, standing::Standing},
};
use alloc::vec::Vec;

/// The answer of [`Program::apply`] if an activity cannot be added at the end of a standing: it is earlier than one
/// that is in already, or it reverses. The host then folds the member's whole record with [`History`](crate::History).
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let mut standing = Standing::new(&program);
/// let (first, second) = (post("1", 2, "ada")?, post("2", 3, "ada")?);
/// program.apply(&mut standing, "ada", &second)?;
/// if let Err(Rebuild) = program.apply(&mut standing, "ada", &first) {
///     // A host reads the member's activities from its database here.
///     standing = History::new(&program, "ada", [first, second])?.fold().standing;
/// }
/// assert_eq!(standing.total("points"), Some(10));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the activity cannot be added at the end; fold the member's record")]
pub struct Rebuild;

impl Program {
    /// Adds one activity at the end of one member's standing and returns the entries it brought. No other standing
    /// changes, and no record is kept.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// use knownfor::Standing;
    /// use serde_json::json;
    ///
    /// let mut ada = Standing::new(&program);
    /// let post = program.read_own(&json!({
    ///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
    /// }))?;
    /// let entries = program.apply(&mut ada, "ada", &post)?;
    /// assert_eq!(entries[0].points(), 5);
    /// assert_eq!(ada.total("points"), Some(5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Rebuild`], and nothing has changed: the activity comes before one that is in already, or is the same once
    /// more, or reverses another. The same is answered for an activity or standing of another program.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut ada = Standing::new(&program);
    /// let post = post("1", 2, "ada")?;
    /// program.apply(&mut ada, "ada", &post)?;
    /// assert_eq!(program.apply(&mut ada, "ada", &post), Err(Rebuild));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, standing: &mut Standing, member: &str, activity: &Activity) -> Result<Vec<Entry>, Rebuild> {
        let ours = standing.program == *self && *activity.program() == *self;
        if !ours || !standing.precedes(activity) || self.kinds[activity.origin.kind].reverses.is_some() {
            return Err(Rebuild);
        }
        let mut entries = Vec::new();
        pass_time(self, standing, activity.at(), &mut entries);
        let matched = match_activity(EvalContext { program: self, standing, activity }, member, None);
        // Most rules give an entry, and some bring a level or badge besides.
        let rules = matched.rule_count();
        if rules > 0 && entries.is_empty() {
            entries = Vec::with_capacity(rules + 1);
        }
        advance(self, standing, activity, &matched, &mut entries);
        standing.hide_account(member);
        Ok(entries)
    }
}

impl Standing {
    /// The standing at a moment, with everything that time alone brought since the last activity. The ledger holds
    /// those entries only.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, joined) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/joined.rs"));
    /// // Ada joined on 1 March 2026, and a badge is for being here a year.
    /// let mut ada = Standing::new(&program);
    /// program.apply(&mut ada, "ada", &joined)?;
    /// let later = ada.as_of("2027-03-01T12:00:00Z".parse()?);
    /// assert_eq!(later.standing.badges()[0].name, "anniversary");
    /// assert_eq!(later.ledger.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_of(&self, now: Timestamp) -> Folded {
        let mut folded = Folded { standing: self.clone(), ledger: Vec::new() };
        folded.pass(now);
        folded
    }

    /// The next moment after `after` at which time alone may bring something, such as an anniversary or deferred
    /// points. `None` if nothing is due. A host that stores standings asks again at that moment.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, joined) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/joined.rs"));
    /// let mut ada = Standing::new(&program);
    /// program.apply(&mut ada, "ada", &joined)?;
    /// let due = ada.next_due("2026-06-01T00:00:00Z".parse()?);
    /// assert_eq!(due, Some("2027-03-01T00:00:00Z".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next_due(&self, after: Timestamp) -> Option<Timestamp> {
        let after = self.last_at().map_or(after, |last| last.max(after));
        next_due(&self.program, &self.counts, after)
    }
}
