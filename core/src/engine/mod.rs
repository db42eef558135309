//! Engine: many members in memory, with their record.

pub(crate) mod accounts;
pub(crate) mod batch;
pub(crate) mod compare;
pub(crate) mod entries;
pub(crate) mod entry_query;
pub(crate) mod forward;
pub(crate) mod give;
pub(crate) mod history;
pub(crate) mod member_batch;
pub(crate) mod members;
pub(crate) mod outcome;
mod queries;
pub(crate) mod record;
pub(crate) mod redeem;
pub(crate) mod sealing;
pub(crate) mod snapshot;
mod views;

use crate::{
    base::{one_vec::OneVec, text::Text, time::Timestamp},
    engine::{
        accounts::Accounts,
        outcome::{ApplyError, MemberOutcome, Outcome, Status},
        record::{Record, Recorded, admitted},
        sealing::Seal,
    },
    input::{Incoming, activity::Activity},
    program::Program,
    view::{experts::Experts, leaderboard::Boards},
};
use alloc::{string::String, vec::Vec};

/// How many outdated members of the boards each member of a batch brings up to date. More than one, so that the boards
/// catch up; and a bounded number, so that one activity with a wrong time moves few.
const PASSED_WITH_EACH: usize = 16;

/// Many members in memory, with the record of their activities. Most hosts use it, and so do pages and tests.
///
/// Activities may arrive in any order and more than once. Each member's standing is as if all activities had come once
/// and in order.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use knownfor::{Engine, Feed, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "blog.published" = {} }
///     currencies = { points = {} }
///     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// "#)?;
/// let mut engine = Engine::new(Program::check(&program, |_| None)?);
/// let line = r#"{"id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "blog.published", "actor": "ada"}"#;
/// let incoming = engine.program().read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki"))?;
/// engine.apply(incoming)?;
/// let ada = engine.standing("ada").unwrap();
/// assert_eq!(ada.total("points"), Some(5));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Engine {
    program: Program,
    pub(crate) record: Record,
    accounts: Accounts,
    experts: Experts,
    boards: Boards,
    pub(crate) seal: Seal,
}

impl Engine {
    /// An engine without activities.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// use knownfor::Engine;
    ///
    /// let engine = Engine::new(program);
    /// assert_eq!(engine.members().count(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(program: Program) -> Self {
        let (experts, boards) = (Experts::new(&program), Boards::new(&program));
        Self { program, record: Record::new(), accounts: Accounts::new(), experts, boards, seal: Seal::default() }
    }

    /// The program. It reads the lines of feeds:
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// # let engine = Engine::new(program);
    /// let line = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"}"#;
    /// let incoming = engine.program().read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki"))?;
    /// assert!(matches!(incoming, Incoming::Activity(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Records one activity, or whatever else [`Program::read`] returned, and answers what changed for whom.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// # let mut engine = Engine::new(program);
    /// use knownfor::Status;
    /// use serde_json::json;
    ///
    /// let post = engine.program().read_own(&json!({
    ///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
    /// }))?;
    /// let outcome = engine.apply(post.clone())?;
    /// assert_eq!(outcome.status, Status::Applied);
    /// assert_eq!((outcome.members[0].member.as_str(), outcome.members[0].added[0].points()), ("ada", 5));
    ///
    /// // The same activity once more changes nothing.
    /// let outcome = engine.apply(post)?;
    /// assert_eq!(outcome.status, Status::Duplicate);
    /// assert!(outcome.members.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ApplyError`], and nothing has changed. For example, the source and id came before with other content:
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
    /// # let mut engine = Engine::new(program);
    /// use serde_json::json;
    /// for actor in ["ada", "bob"] {
    ///     let post = engine.program().read_own(&json!({
    ///         "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": actor
    ///     }))?;
    ///     let is_conflict = matches!(engine.apply(post), Err(ApplyError::Conflict { .. }));
    ///     assert_eq!(is_conflict, actor == "bob");
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&mut self, incoming: impl Into<Incoming>) -> Result<Outcome, ApplyError> {
        let (mut statuses, members) = self.apply_all([incoming]);
        let status = statuses.pop().unwrap_or(Ok(Status::Duplicate))?;
        Ok(Outcome { status, members })
    }

    /// Records many activities in any order. The result is the same as with one [`apply`](Self::apply) after the
    /// other, but a member with late activities is folded only once.
    ///
    /// Returns the status of each, in order, and what changed for whom, sorted by member. A refused activity does not
    /// keep the others out.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/blogs.rs"));
    /// use knownfor::{Engine, Status};
    ///
    /// let mut engine = Engine::new(program.clone());
    /// // `post` reads an activity from its id, its day in March and its actor.
    /// let (statuses, members) = engine.apply_all([post("2", 9, "ada")?, post("1", 2, "ada")?, post("2", 9, "ada")?]);
    /// assert_eq!(statuses, [Ok(Status::Applied), Ok(Status::Applied), Ok(Status::Duplicate)]);
    /// assert_eq!(members[0].added.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use = "activities may be refused, each by itself"]
    pub fn apply_all(
        &mut self,
        incoming: impl IntoIterator<Item = impl Into<Incoming>>,
    ) -> (Vec<Result<Status, ApplyError>>, Vec<MemberOutcome>) {
        let incoming = incoming.into_iter().map(Into::into);
        let (mut undoing, mut statuses) = (Vec::new(), Vec::with_capacity(incoming.size_hint().0));
        for incoming in incoming {
            let activity = match &incoming {
                Incoming::Activity(activity) if self.may_undo_sealed(activity) => Some(activity.clone()),
                _ => None,
            };
            let status = match incoming {
                Incoming::Activity(activity) => self.take(activity),
                Incoming::Void { source, id } => Ok(self.take_out(source, id)),
                Incoming::Ignored { .. } => Ok(Status::Ignored),
            };
            undoing
                .extend(activity.filter(|_| status == Ok(Status::Applied)).map(|activity| (statuses.len(), activity)));
            statuses.push(status);
        }
        let members = self.settle();
        // What it undoes may have come after it, in the same batch.
        for (index, activity) in undoing {
            if let (true, Some(status)) = (self.finds_only_sealed(&activity), statuses.get_mut(index)) {
                *status = Ok(Status::Sealed);
            }
        }
        (statuses, members)
    }

    fn take(&mut self, activity: Activity) -> Result<Status, ApplyError> {
        if *activity.program() != self.program {
            return Err(ApplyError::OtherProgram);
        }
        if let Some(before) = self.seal.before.filter(|before| activity.at() < *before) {
            return Err(ApplyError::Sealed { before });
        }
        let known = Recorded::of(activity.clone());
        let earlier = self.record.get_key_value(&known);
        if let Some((Some(earlier), void)) = earlier.map(|(earlier, void)| (earlier.activity(), *void)) {
            return admitted(Some(earlier), void, &activity);
        }
        let void = earlier.is_some();
        let members = activity.members();
        let members: OneVec<_> = members.map(|member| (member, self.accounts.index_of(member))).collect();
        let is_full = |(_, index): &&(&str, Option<usize>)| index.is_some_and(|index| self.accounts.is_full(index));
        if let Some((member, _)) = members.iter().find(is_full) {
            return Err(ApplyError::Full { member: String::from(*member) });
        }
        if void {
            // The awaited void is removed first, because a map keeps the key that it has.
            self.record.remove(&known);
            self.record.insert(known, void);
            return Ok(Status::Voided);
        }
        self.record.insert(known, void);
        for (member, index) in members.iter() {
            let index = index.unwrap_or_else(|| self.accounts.open(&self.program, member));
            if let Some(account) = self.accounts.touch(index) {
                account.add(&self.program, activity.clone());
            }
        }
        Ok(Status::Applied)
    }

    /// Folds what is stale and answers what changed, sorted by member.
    fn settle(&mut self) -> Vec<MemberOutcome> {
        let Self { accounts, experts, boards, .. } = self;
        let (mut outcomes, mut settled, mut reached) = (Vec::new(), 0, None);
        accounts.settle(|account, added, taken| {
            let (member, standing) = (&account.history.member, &account.fold.standing);
            settled += 1;
            reached = reached.max(standing.last_at());
            if account.history.is_empty() {
                experts.remove(member);
                boards.remove(member);
            } else {
                experts.put(member, standing);
                boards.put(member, standing, standing.last_time().instant);
            }
            if !added.is_empty() || !taken.is_empty() {
                outcomes.push(MemberOutcome { member: member.clone(), added, taken });
            }
        });
        outcomes.sort_unstable_by(|a, b| a.member.cmp(&b.member));
        if let Some(reached) = reached {
            self.pass_boards(reached, settled * PASSED_WITH_EACH);
        }
        outcomes
    }

    /// Brings the boards nearer to a moment, for members whose totals time alone has changed. A question then finds few
    /// that are outdated.
    fn pass_boards(&mut self, reached: Timestamp, at_most: usize) {
        let outdated: Vec<_> = self.boards.outdated(reached).take(at_most).cloned().collect();
        for member in outdated {
            if let Some(account) = self.accounts.get(&member) {
                self.boards.put(&member, &account.fold.standing, reached);
            }
        }
    }

    /// Removes an activity from the record, as if it had never happened. If it has not come yet, the void is
    /// remembered, and the activity will be void when it comes. A void cannot be voided.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/blogs.rs"));
    /// use knownfor::{Engine, Status};
    ///
    /// let mut engine = Engine::new(program.clone());
    /// engine.apply(post("1", 2, "ada")?)?;
    /// let outcome = engine.void("wiki", "1");
    /// assert_eq!(outcome.status, Status::Voided);
    /// assert_eq!(outcome.members[0].taken[0].points(), 5);
    /// assert_eq!(engine.members().count(), 0);
    ///
    /// assert_eq!(engine.void("wiki", "2").status, Status::Awaited);
    /// assert_eq!(engine.apply(post("2", 3, "ada")?)?.status, Status::Voided);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn void(&mut self, source: &str, id: &str) -> Outcome {
        let status = self.take_out(source.into(), id.into());
        Outcome { status, members: self.settle() }
    }

    fn take_out(&mut self, source: Text, id: Text) -> Status {
        let known = Recorded::awaited(source.clone(), id);
        let recorded = self.record.get_key_value(&known);
        if recorded.is_some_and(|(_, void)| *void) {
            return Status::Duplicate;
        }
        let activity = recorded.and_then(|(recorded, _)| recorded.activity().cloned());
        // The map keeps the key that it already has, which may hold the activity.
        self.record.insert(known, true);
        let Some(activity) = activity else { return self.without_activity(&source) };
        for member in activity.members() {
            let index = self.accounts.index_of(member);
            if let Some(account) = index.and_then(|index| self.accounts.touch(index)) {
                account.remove(&activity);
            }
        }
        Status::Voided
    }
}
