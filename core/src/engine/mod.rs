//! Engine: many members in memory, with their record.

pub(crate) mod accounts;
pub(crate) mod compare;
pub(crate) mod history;
pub(crate) mod record;
pub(crate) mod redeem;
pub(crate) mod snapshot;

use crate::{
    base::{one_vec::OneVec, text::Text, time::Timestamp},
    engine::{
        accounts::Accounts,
        history::{Folded, History, MAX_MEMBER_ACTIVITIES},
        record::{Record, Recorded},
    },
    fold::Fold,
    input::{Incoming, activity::Activity},
    program::Program,
    state::{
        ledger::{Entry, EntryLine},
        standing::Standing,
    },
    view::{
        data::{BoardView, CohortView, ExpertsView, MemberView, ModelView, TopicNameView, ViewContext},
        experts::Experts,
    },
};
use alloc::{string::String, sync::Arc, vec::Vec};
use serde::Serialize;

/// Many members in memory, with the record of all activities. The door for most hosts, for a page, and for tests.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use knownfor::{Engine, Feed, Program, Tree};
/// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}},
///     "currencies": {"points": {}}, "rules": {"blog": {"on": "blog.published", "give": {"points": 5}}}}"#)?;
/// let mut engine = Engine::new(Program::check(&tree, |_| None)?);
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
}

/// The answer to what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What became of it.
    pub status: Status,
    /// What changed for whom, members in order; those for whom nothing changed are left out.
    pub members: Vec<MemberOutcome>,
}

/// What became of what came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It is in the record now.
    Applied,
    /// It was in the record already; nothing changed.
    Duplicate,
    /// It is void; what it had given is gone.
    Voided,
    /// Of a void: nothing of that source and id has come yet. It will be void when it comes; where it never does, the
    /// id may be wrong.
    Awaited,
    /// It is of a kind that the program ignores.
    Ignored,
}

/// What changed for one member: the difference of two ledgers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberOutcome {
    /// The member.
    pub member: Text,
    /// Entries that came.
    pub added: Vec<Entry>,
    /// Entries that went, because something earlier changed.
    pub taken: Vec<Entry>,
}

impl MemberOutcome {
    /// The entries that came, in words.
    pub fn added_lines(&self) -> Vec<EntryLine> {
        self.added.iter().map(|entry| entry.line(&self.member)).collect()
    }

    /// The entries that went, in words.
    pub fn taken_lines(&self) -> Vec<EntryLine> {
        self.taken.iter().map(|entry| entry.line(&self.member)).collect()
    }
}

/// An activity that was refused. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ApplyError {
    /// The same source and id came before with other content.
    #[error(
        "activity `{id}` of source `{source_name}` is already in the record with other content (then at {recorded_at}, now at {at}); \
         send what changed under an id of its own, and void the earlier one if it no longer holds"
    )]
    Conflict {
        /// The source of both.
        source_name: String,
        /// The id of both.
        id: String,
        /// When the one in the record happened.
        recorded_at: String,
        /// When the refused one happened.
        at: String,
    },
    /// A member's record is full.
    #[error("member `{member}` has {MAX_MEMBER_ACTIVITIES} activities, the most one may have")]
    Full {
        /// The member.
        member: String,
    },
    /// It was read by another program.
    #[error("the activity was read by another program; read it by the engine's own")]
    OtherProgram,
}

impl Engine {
    /// An engine without activities.
    pub fn new(program: Program) -> Self {
        let experts = Experts::new(&program);
        Self { program, record: Record::new(), accounts: Accounts::new(), experts }
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Takes in one activity, or whatever else [`Program::read`] read.
    ///
    /// # Errors
    ///
    /// See [`ApplyError`].
    pub fn apply(&mut self, incoming: impl Into<Incoming>) -> Result<Outcome, ApplyError> {
        let (mut statuses, members) = self.apply_all([incoming]);
        let status = statuses.pop().unwrap_or(Ok(Status::Duplicate))?;
        Ok(Outcome { status, members })
    }

    /// Takes in many, in any order: the same as one after the other, but a member to whom some come late is folded
    /// once. Returns what became of each, and what changed for whom.
    #[must_use = "activities may be refused, each by itself"]
    pub fn apply_all(
        &mut self,
        incoming: impl IntoIterator<Item = impl Into<Incoming>>,
    ) -> (Vec<Result<Status, ApplyError>>, Vec<MemberOutcome>) {
        let take = |incoming: Incoming| match incoming {
            Incoming::Activity(activity) => self.take(activity),
            Incoming::Void { source, id } => Ok(self.take_out(source, id)),
            Incoming::Ignored { .. } => Ok(Status::Ignored),
        };
        let statuses = incoming.into_iter().map(Into::into).map(take).collect();
        (statuses, self.settle())
    }

    fn take(&mut self, activity: Activity) -> Result<Status, ApplyError> {
        if *activity.program() != self.program {
            return Err(ApplyError::OtherProgram);
        }
        let activity = Arc::new(activity);
        let known = Recorded::of(activity.clone());
        let earlier = self.record.get_key_value(&known);
        if let Some((Some(earlier), void)) = earlier.map(|(earlier, void)| (earlier.activity(), *void)) {
            return again(earlier, void, &activity);
        }
        let void = earlier.is_some();
        let members = activity.members();
        let members: OneVec<_> = members.map(|member| (member, self.accounts.index_of(member))).collect();
        let is_full = |(_, index): &&(&Text, Option<usize>)| index.is_some_and(|index| self.accounts.is_full(index));
        if let Some((member, _)) = members.iter().find(is_full) {
            return Err(ApplyError::Full { member: String::from(member.as_str()) });
        }
        if void {
            // What is awaited goes first, because a map keeps the key that it has.
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

    /// Says what changed, members in order.
    fn settle(&mut self) -> Vec<MemberOutcome> {
        let Self { program, accounts, experts, .. } = self;
        let mut outcomes = Vec::new();
        accounts.settle(program, |account, added, taken| {
            let History { member, activities, .. } = &account.history;
            if activities.is_empty() {
                experts.remove(member);
            } else {
                experts.put(member, &account.fold.standing);
            }
            if !added.is_empty() || !taken.is_empty() {
                outcomes.push(MemberOutcome { member: member.clone(), added, taken });
            }
        });
        outcomes.sort_unstable_by(|a, b| a.member.cmp(&b.member));
        outcomes
    }

    /// Takes an activity out of the record, as if it had never been. One that has not come yet is remembered, and will
    /// be void when it comes. A void cannot be voided.
    pub fn void(&mut self, source: &str, id: &str) -> Outcome {
        let status = self.take_out(source.into(), id.into());
        Outcome { status, members: self.settle() }
    }

    fn take_out(&mut self, source: Text, id: Text) -> Status {
        let known = Recorded::awaited(source, id);
        let recorded = self.record.get_key_value(&known);
        if recorded.is_some_and(|(_, void)| *void) {
            return Status::Duplicate;
        }
        let activity = recorded.and_then(|(recorded, _)| recorded.activity().cloned());
        // The map keeps the key that it already has, which may hold the activity.
        self.record.insert(known, true);
        let Some(activity) = activity else { return Status::Awaited };
        for member in activity.members() {
            let index = self.accounts.index_of(member);
            if let Some(account) = index.and_then(|index| self.accounts.touch(index)) {
                account.remove(&activity);
            }
        }
        Status::Voided
    }

    /// The members that any activity names, in order.
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(|(member, _)| member)
    }

    /// What a member has.
    pub fn standing(&self, member: &str) -> Option<&Standing> {
        self.accounts.get(member).map(|account| &account.fold.standing)
    }

    /// How it came about, in order of activities.
    pub fn ledger(&self, member: &str) -> &[Entry] {
        self.accounts.get(member).map_or(&[], |account| &account.fold.ledger)
    }

    /// The member's record, to ask it why and why not.
    pub fn history(&self, member: &str) -> Option<&History> {
        self.accounts.get(member).map(|account| &account.history)
    }

    /// What a member has at some moment after their last activity, and how it came about: with all that time alone
    /// brought until then. Nothing where nobody of that name is known.
    pub fn as_of(&self, member: &str, now: Timestamp) -> Option<Folded> {
        let Fold { standing, ledger, .. } = &self.accounts.get(member)?.fold;
        let mut folded = Folded { standing: standing.clone(), ledger: ledger.clone() };
        folded.pass(now);
        Some(folded)
    }

    /// Standing and ledger of a member, folded from the record once more.
    pub fn replay(&self, member: &str) -> Option<Folded> {
        self.history(member).map(History::fold)
    }

    /// What a viewer sees of a member; nothing where there is nothing for this viewer, be the member hidden or absent.
    pub fn view(&self, member: &str, ask: &ViewContext<'_>) -> Option<MemberView> {
        match self.standing(member) {
            Some(standing) => standing.view(member, ask),
            None => Standing::new(&self.program).view(member, ask),
        }
    }

    /// What is in a model's profile that is not yet in the viewer's: see [`Standing::model`].
    pub fn model(&self, member: &str, ask: &ViewContext<'_>) -> Option<ModelView> {
        self.standing(member)?.model(member, self.standing(ask.viewer), ask).ok().flatten()
    }

    /// The members who are models for a viewer, in order.
    pub fn models(&self, ask: &ViewContext<'_>) -> Vec<&str> {
        let standings = self.accounts.iter().map(|(member, account)| (member, &account.fold.standing));
        let models = standings.filter(|(member, standing)| standing.is_model(member, ask));
        models.map(|(member, _)| member).collect()
    }

    /// A board as a viewer sees it, with at most `rows` rows; `None` if the program has no such board.
    pub fn board(&self, board: &str, ask: &ViewContext<'_>, rows: usize) -> Option<BoardView> {
        let standings = self.accounts.iter().map(|(member, account)| (member, &account.fold.standing));
        self.program.board(board, standings, ask, rows).ok().flatten()
    }

    /// What the participants of a challenge have reached together; `None` if the program has no such challenge.
    pub fn cohort(&self, challenge: &str, ask: &ViewContext<'_>) -> Option<CohortView> {
        let standings = self.members().filter_map(|member| self.standing(member));
        self.program().cohort(challenge, standings, ask).ok().flatten()
    }

    /// Who is known for a topic, as far as a viewer may see: see [`Experts::known_for`].
    pub fn known_for(&self, topic: &str, ask: &ViewContext<'_>, count: usize) -> ExpertsView {
        self.experts.known_for(topic, ask, count)
    }

    /// Topics that some member shares with a viewer and that begin so: see [`Experts::topics`].
    pub fn topics_known(&self, ask: &ViewContext<'_>, beginning: &str, count: usize) -> Vec<TopicNameView> {
        self.experts.topics(ask, beginning, count)
    }
}

/// The answer to the same source and id once more.
fn again(known: &Activity, void: bool, activity: &Activity) -> Result<Status, ApplyError> {
    if activity.repeats(known) {
        return Ok(if void { Status::Voided } else { Status::Duplicate });
    }
    Err(ApplyError::Conflict {
        source_name: String::from(activity.source()),
        id: String::from(activity.id()),
        recorded_at: known.origin.time.to_text(),
        at: activity.origin.time.to_text(),
    })
}
