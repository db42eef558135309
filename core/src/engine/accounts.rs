//! Accounts: the members of an engine, each with a history and a fold, and what a batch changes for each of them.

use crate::{
    base::{
        hash_table::{HashTable, Hashed, hash},
        number::capped,
        text::Text,
        time::Timestamp,
    },
    engine::history::{History, MAX_MEMBER_ACTIVITIES, Place},
    fold::{Fold, sealed::SealedSum},
    input::activity::Activity,
    program::Program,
    state::ledger::Entry,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use core::mem;

/// The accounts of all members.
///
/// Finding a member by name takes longer than most of the work that follows, so a batch refers to accounts by their
/// index.
#[derive(Debug)]
pub(crate) struct Accounts {
    /// The indices of accounts, by the names of their members. It lacks those that it refused.
    table: HashTable<Index>,
    /// The index of each account, in order of the members' ids.
    order: BTreeMap<Text, usize>,
    /// In no particular order.
    all: Vec<Account>,
    /// The indices of the accounts that have a `before`.
    touched: Vec<usize>,
    /// The members of each group.
    groups: [BTreeSet<Text>; GROUPS],
}

/// A group that questions are about, so that they do not read everybody.
#[derive(Clone, Copy)]
pub(crate) enum Group {
    /// Those who agreed to be role models.
    Models,
    /// Those who ever joined a challenge.
    Participants,
}

const GROUPS: usize = Group::Participants as usize + 1;

/// The index of an account, with the hash of its member's name.
#[derive(Debug)]
struct Index {
    hash: u32,
    index: u32,
}

impl Hashed for Index {
    fn hash(&self) -> u32 {
        self.hash
    }
}

/// Everything about one member.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) history: History,
    pub(crate) fold: Fold,
    /// What of the history has changed first, so that all from there on must be folded again.
    stale_from: Option<Place>,
    /// How many entries the ledger had before the current batch; `None` if the batch has not touched the account.
    before: Option<usize>,
    /// The groups that have the member.
    groups: [bool; GROUPS],
}

impl Accounts {
    pub(crate) fn new() -> Self {
        Self {
            table: HashTable::new(),
            order: BTreeMap::new(),
            all: Vec::new(),
            touched: Vec::new(),
            groups: Default::default(),
        }
    }

    pub(crate) fn get(&self, member: &str) -> Option<&Account> {
        self.all.get(self.index_of(member)?)
    }

    /// All members and their accounts, in order of the members' ids.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Account)> {
        self.order.iter().filter_map(|(member, index)| Some((member.as_str(), self.all.get(*index)?)))
    }

    /// The members of a group and their accounts, in order of the members' ids.
    pub(crate) fn of(&self, group: Group) -> impl Iterator<Item = (&str, &Account)> {
        let members = self.groups.get(group as usize).into_iter().flatten();
        members.filter_map(|member| Some((member.as_str(), self.get(member)?)))
    }

    pub(crate) fn index_of(&self, member: &str) -> Option<usize> {
        let hash = hash([member]);
        match self.table.get(hash, |found| self.is(found, member)) {
            Some(found) => Some(found.index as usize),
            None if self.table.len() < self.all.len() => self.order.get(member).copied(),
            None => None,
        }
    }

    fn is(&self, found: &Index, member: &str) -> bool {
        self.all.get(found.index as usize).is_some_and(|account| account.history.member == member)
    }

    /// Whether a member has the largest number of activities that one member may have.
    pub(crate) fn is_full(&self, index: usize) -> bool {
        self.all.get(index).is_some_and(|account| account.history.activities.len() >= MAX_MEMBER_ACTIVITIES)
    }

    /// Opens an account for a member who has none, and returns its index.
    pub(crate) fn open(&mut self, program: &Program, member: &str) -> usize {
        let (index, member) = (self.all.len(), Text::from(member));
        self.all.push(Account::new(program, &member));
        self.table.insert(Index { hash: hash([&member]), index: capped(index) });
        self.order.insert(member, index);
        index
    }

    /// Puts a sum before the history of a member, or takes it away.
    pub(crate) fn put_sum(&mut self, program: &Program, member: &str, sum: Option<SealedSum>) {
        let index = self.index_of(member).unwrap_or_else(|| self.open(program, member));
        if let Some(account) = self.touch(index) {
            account.begin_with(sum);
        }
    }

    /// Puts another name in place of a member's in every sum.
    pub(crate) fn rename_in_sums(&mut self, member: &str, to: &str) {
        for index in 0..self.all.len() {
            let sum = self.all.get(index).and_then(|account| account.history.sum.as_ref());
            let Some((sum, renamed)) = sum.map(|sum| (sum, sum.renamed(member, to))) else { continue };
            if *sum != renamed
                && let Some(account) = self.touch(index)
            {
                account.begin_with(Some(renamed));
            }
        }
    }

    /// The sum that is kept of each member who has one, in order of the members' ids.
    pub(crate) fn sums(&self) -> impl Iterator<Item = (&str, &SealedSum)> {
        self.iter().filter_map(|(member, account)| Some((member, account.history.sum.as_ref()?)))
    }

    /// An account that the current batch is about to change.
    pub(crate) fn touch(&mut self, index: usize) -> Option<&mut Account> {
        let account = self.all.get_mut(index)?;
        if account.before.is_none() {
            account.before = Some(account.fold.ledger.len());
            self.touched.push(index);
        }
        Some(account)
    }

    /// Ends a batch: folds the stale accounts again, and reports each touched account with the entries that were added
    /// and taken.
    pub(crate) fn settle(&mut self, mut tell: impl FnMut(&Account, Vec<Entry>, Vec<Entry>)) {
        let mut emptied = Vec::new();
        for index in mem::take(&mut self.touched) {
            let Some(account) = self.all.get_mut(index) else { continue };
            let (added, taken) = account.settle();
            for ((has, group), is_in) in account.groups.iter_mut().zip(&mut self.groups).zip(groups_of(&account.fold)) {
                if mem::replace(has, is_in) != is_in {
                    let member = &account.history.member;
                    let _ = if is_in { group.insert(member.clone()) } else { group.remove(member) };
                }
            }
            tell(account, added, taken);
            // A member whom no activity names is treated as if they had never been here.
            if account.history.is_empty() {
                emptied.push(account.history.member.clone());
            }
        }
        emptied.iter().for_each(|member| self.close(member));
    }

    /// Seals what lies before a moment in each account.
    pub(crate) fn seal(&mut self, before: Timestamp) {
        for account in &mut self.all {
            if account.history.seal(before) > 0 {
                account.fold = account.history.fold_to(account.history.activities.len());
            }
        }
    }

    /// Closes an account. The last account moves to its index.
    fn close(&mut self, member: &Text) {
        let Some(index) = self.order.remove(member) else { return };
        let (all, is_at) = (&mut self.all, |index: usize| move |found: &Index| found.index as usize == index);
        self.table.remove(hash([member]), is_at(index));
        all.swap_remove(index);
        if let Some(moved) = all.get(index) {
            if let Some(found) = self.table.get_mut(hash([&moved.history.member]), is_at(all.len())) {
                found.index = capped(index);
            }
            self.order.insert(moved.history.member.clone(), index);
        }
    }
}

/// Whether each group has a member.
fn groups_of(fold: &Fold) -> [bool; GROUPS] {
    let personal = &fold.standing.counts.personal;
    [personal.consent.model, !personal.enrolments.is_empty()]
}

impl Account {
    fn new(program: &Program, member: &Text) -> Self {
        let history = History { program: program.clone(), member: member.clone(), activities: Vec::new(), sum: None };
        Self { history, fold: Fold::new(program), stale_from: None, before: None, groups: [false; GROUPS] }
    }

    /// Whether an activity of the history undoes others in it.
    pub(crate) fn undoes(&self, activity: &Activity) -> bool {
        let index = self.history.index_of(activity.source(), activity.id());
        index.is_some_and(|index| !self.fold.reversals.targets_of(index).is_empty())
    }

    pub(crate) fn add(&mut self, program: &Program, activity: Activity) {
        // Most activities arrive in order. The standing knows the last one, so the history need not be read.
        if self.stale_from.is_some() || !self.fold.standing.precedes(&activity) {
            let index = self.history.insert(activity);
            return self.make_stale(Place::Activity(index));
        }
        let History { member, activities, .. } = &mut self.history;
        activities.push(activity);
        self.fold.step(program, member, activities);
    }

    pub(crate) fn remove(&mut self, activity: &Activity) {
        if let Some(index) = self.history.remove(activity) {
            self.make_stale(Place::Activity(index));
        }
    }

    /// Puts a sum before the history.
    fn begin_with(&mut self, sum: Option<SealedSum>) {
        self.history.sum = sum;
        self.make_stale(Place::Sum);
    }

    fn make_stale(&mut self, place: Place) {
        self.stale_from = Some(self.stale_from.map_or(place, |from| from.min(place)));
    }

    /// Folds again what is stale. Returns the entries that the batch added and those that it took.
    fn settle(&mut self) -> (Vec<Entry>, Vec<Entry>) {
        let length = self.before.take().unwrap_or(self.fold.ledger.len());
        match self.stale_from.take() {
            Some(place) => self.history.refold(&mut self.fold, place, length),
            None => (self.fold.ledger.get(length..).unwrap_or_default().to_vec(), Vec::new()),
        }
    }
}
