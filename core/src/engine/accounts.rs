//! Accounts: the members of an engine, each with history, standing and ledger, and what changed for whom since somebody asked.

use crate::{
    base::text::Text,
    engine::history::{History, MAX_MEMBER_ACTIVITIES},
    fold::Fold,
    input::activity::Activity,
    program::Program,
    state::ledger::{Entry, difference},
};
use alloc::{collections::BTreeMap, sync::Arc, vec::Vec};
use core::mem;

/// The accounts of all members. Looking a member up by name takes longer than most of what is then done, so within a batch they are
/// called by their places.
#[derive(Debug)]
pub(crate) struct Accounts {
    indices: BTreeMap<Text, usize>,
    /// In no order that means anything.
    all: Vec<Account>,
    /// The places of those that have a `before`.
    touched: Vec<usize>,
}

/// What there is of a member.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) history: History,
    pub(crate) fold: Fold,
    /// Activities are in the history that the fold has not seen, and not only at its end.
    stale: bool,
    /// The ledger as it was before the batch that is being taken in.
    before: Option<Before>,
}

/// The ledger of a member before a batch.
#[derive(Debug)]
enum Before {
    /// It has only grown since this length.
    At(usize),
    /// It was this.
    Was(Vec<Entry>),
}

impl Accounts {
    pub(crate) fn new() -> Self {
        Self { indices: BTreeMap::new(), all: Vec::new(), touched: Vec::new() }
    }

    pub(crate) fn get(&self, member: &str) -> Option<&Account> {
        self.at(*self.indices.get(member)?)
    }

    /// All members and their accounts, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Account)> {
        self.indices.iter().filter_map(|(member, position)| Some((member.as_str(), self.at(*position)?)))
    }

    pub(crate) fn index_of(&self, member: &Text) -> Option<usize> {
        self.indices.get(member).copied()
    }

    fn at(&self, position: usize) -> Option<&Account> {
        self.all.get(position)
    }

    /// Whether the member there has all the activities that one may have.
    pub(crate) fn is_full(&self, position: usize) -> bool {
        self.at(position).is_some_and(|account| account.history.activities.len() >= MAX_MEMBER_ACTIVITIES)
    }

    /// Makes an account for a member who has none yet, and says where it is.
    pub(crate) fn open(&mut self, program: &Program, member: &Text) -> usize {
        let position = self.all.len();
        self.all.push(Account::new(program, member));
        self.indices.insert(member.clone(), position);
        position
    }

    /// The account at a place, to be changed.
    pub(crate) fn touch(&mut self, position: usize) -> Option<&mut Account> {
        let account = self.all.get_mut(position)?;
        if account.before.is_none() {
            account.before = Some(Before::At(account.fold.ledger.len()));
            self.touched.push(position);
        }
        Some(account)
    }

    /// Folds anew whoever needs it among those who were touched, and tells each with the entries that came and those that went.
    pub(crate) fn settle(&mut self, program: &Program, mut tell: impl FnMut(&Account, Vec<Entry>, Vec<Entry>)) {
        let mut emptied = Vec::new();
        for position in mem::take(&mut self.touched) {
            let Some(account) = self.all.get_mut(position) else { continue };
            let (added, taken) = account.settle(program);
            tell(account, added, taken);
            // Who is named by nothing any more was never here.
            if account.history.activities.is_empty() {
                emptied.push(account.history.member.clone());
            }
        }
        emptied.iter().for_each(|member| self.close(member));
    }

    /// Takes an account away; the last one moves to its place.
    fn close(&mut self, member: &Text) {
        let Some(position) = self.indices.remove(member) else { return };
        self.all.swap_remove(position);
        if let Some(moved) = self.all.get(position) {
            self.indices.insert(moved.history.member.clone(), position);
        }
    }
}

impl Account {
    fn new(program: &Program, member: &Text) -> Self {
        let history = History { program: program.clone(), member: member.clone(), activities: Vec::new() };
        Self { history, fold: Fold::new(program), stale: false, before: None }
    }

    pub(crate) fn add(&mut self, program: &Program, activity: Arc<Activity>) {
        // Most come in order; the standing tells that without a look at any earlier activity.
        if self.stale || !self.fold.standing.precedes(&activity) {
            self.history.insert(activity);
            return self.make_stale();
        }
        let History { member, activities, .. } = &mut self.history;
        let index = activities.len();
        activities.push(activity);
        self.fold.step(program, member, activities, index);
    }

    pub(crate) fn remove(&mut self, activity: &Activity) {
        self.history.remove(activity);
        self.make_stale();
    }

    /// Marks that the fold must begin anew, and keeps the ledger as it was before the batch.
    fn make_stale(&mut self) {
        if self.stale {
            return;
        }
        self.stale = true;
        let mut was = mem::take(&mut self.fold.ledger);
        if let Some(Before::At(length)) = self.before {
            was.truncate(length);
        }
        self.before = Some(Before::Was(was));
    }

    /// Folds anew if need be; returns the entries that came and those that went since the batch began.
    fn settle(&mut self, program: &Program) -> (Vec<Entry>, Vec<Entry>) {
        if self.stale {
            let activities = &self.history.activities;
            self.fold = Fold::replay(program, &self.history.member, activities, activities.len());
            self.stale = false;
        }
        let ledger = &self.fold.ledger;
        match self.before.take() {
            Some(Before::At(length)) => (ledger.get(length..).unwrap_or_default().to_vec(), Vec::new()),
            Some(Before::Was(was)) => difference(&was, ledger),
            None => (Vec::new(), Vec::new()),
        }
    }
}
