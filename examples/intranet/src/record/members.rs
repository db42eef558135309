//! Members in memory: what questions about many members are answered from, so that none of them decodes a thousand
//! standings.
//!
//! It is loaded at the start and follows every commit. What a viewer sees is still decided for each viewer, by the
//! core.

use crate::record::store::Db;
use crate::{config::directory::Directory, record};
use anyhow::Result;
use knownfor::{Boards, Experts, OtherProgram, Program, Standing, ViewContext, view::BoardView};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// Everyone in the directory. A person who has left the directory is on no board and in no number.
pub(crate) struct Members(RwLock<Loaded>);

/// One state of all members.
pub(crate) struct Loaded {
    standings: BTreeMap<String, Standing>,
    /// Members who agreed to be role models.
    models: BTreeSet<String>,
    pub(crate) experts: Experts,
    boards: Boards,
}

/// The standings of these members, as the transaction sees them.
pub(crate) fn standings<'a>(
    db: &Db<'_>,
    program: &Program,
    members: impl IntoIterator<Item = &'a String>,
) -> Result<Vec<(String, Standing)>> {
    members.into_iter().map(|member| Ok((member.clone(), record::standing(db, program, member)?))).collect()
}

impl Members {
    /// Loads everyone in the directory.
    pub(crate) fn load(db: &Db<'_>, program: &Program, directory: &Directory) -> Result<Self> {
        let (experts, boards) = (Experts::new(program), Boards::new(program));
        let none = Loaded { standings: BTreeMap::new(), models: BTreeSet::new(), experts, boards };
        let members = Self(RwLock::new(none));
        let mut known = record::standings(db, program, |member| directory.person(member).is_some())?;
        let with_record: BTreeSet<String> = known.iter().map(|(member, _)| member.clone()).collect();
        let others = members.missing(directory).into_iter().filter(|member| !with_record.contains(member));
        known.extend(others.map(|member| (member, Standing::new(program))));
        members.list(directory, &known);
        Ok(members)
    }

    /// The people of a directory whose standings are not here.
    pub(crate) fn missing(&self, directory: &Directory) -> Vec<String> {
        let loaded = self.read();
        let ids = directory.people().iter().map(|person| &person.id);
        ids.filter(|id| !loaded.standings.contains_key(*id)).cloned().collect()
    }

    /// Holds the people of this directory from now on, and nobody else. The standings are of those who are new.
    pub(crate) fn list(&self, directory: &Directory, new: &[(String, Standing)]) {
        let mut loaded = self.write();
        let gone = loaded.standings.keys().filter(|member| directory.person(member).is_none());
        for member in gone.cloned().collect::<Vec<_>>() {
            loaded.standings.remove(&member);
            loaded.models.remove(&member);
            loaded.experts.remove(&member);
            loaded.boards.remove(&member);
        }
        new.iter().for_each(|(member, standing)| loaded.put(member, standing));
    }

    /// Takes in committed standings of those who are listed. The database calls this before its next transaction begins,
    /// so they come in order.
    pub(crate) fn follow(&self, standings: &[(String, Standing)]) {
        let mut loaded = self.write();
        for (member, standing) in standings {
            if loaded.standings.contains_key(member) {
                loaded.put(member, standing);
            }
        }
    }

    /// Takes in what other servers have changed, from a transaction that sees it.
    pub(crate) fn take_in(&self, db: &Db<'_>, program: &Program, changed: Option<&BTreeSet<String>>) -> Result<()> {
        let listed: Vec<String> = {
            let loaded = self.read();
            let is_changed = |member: &&String| changed.is_none_or(|changed| changed.contains(*member));
            loaded.standings.keys().filter(is_changed).cloned().collect()
        };
        self.follow(&standings(db, program, &listed)?);
        Ok(())
    }

    fn write(&self) -> RwLockWriteGuard<'_, Loaded> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// A board as a viewer sees it; `None` if there is no such board.
    pub(crate) fn board(&self, board: &str, ask: &ViewContext<'_>, rows: usize) -> Option<BoardView> {
        let due = self.read().boards.due(ask.now);
        if !due.is_empty() {
            let mut loaded = self.write();
            let Loaded { standings, boards, .. } = &mut *loaded;
            for (member, standing) in due.iter().filter_map(|member| standings.get_key_value(member.as_str())) {
                if let Err(error) = boards.update(member, standing, ask.now) {
                    tracing::error!("a member's place on boards is old: {error}");
                }
            }
        }
        self.read().boards.board(board, ask, rows)
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Loaded> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loaded {
    fn index(&mut self, member: &str, standing: &Standing) -> Result<(), OtherProgram> {
        self.experts.update(member, standing)?;
        match standing.last_at() {
            Some(last) => self.boards.update(member, standing, last)?,
            None => self.boards.remove(member),
        }
        Ok(())
    }

    fn put(&mut self, member: &str, standing: &Standing) {
        if let Err(error) = self.index(member, standing) {
            tracing::error!("a member is missing on boards and among the experts: {error}");
        }
        if is_model(member, standing) {
            self.models.insert(member.to_owned());
        } else {
            self.models.remove(member);
        }
        self.standings.insert(member.to_owned(), standing.clone());
    }

    pub(crate) fn standing(&self, member: &str) -> Option<&Standing> {
        self.standings.get(member)
    }

    pub(crate) fn standings(&self) -> impl Iterator<Item = (&str, &Standing)> {
        self.standings.iter().map(|(member, standing)| (member.as_str(), standing))
    }

    /// Members who agreed to be role models, with their standings. Whether a viewer may see that is for the caller to
    /// ask.
    pub(crate) fn models(&self) -> impl Iterator<Item = (&str, &Standing)> {
        self.models.iter().filter_map(|member| Some((member.as_str(), self.standing(member)?)))
    }
}

/// Whether the member agreed to be a role model, as their own view says.
fn is_model(member: &str, standing: &Standing) -> bool {
    let view = |last| standing.view(member, &ViewContext::of(member, "en", last));
    standing.last_at().and_then(view).is_some_and(|view| view.model)
}
