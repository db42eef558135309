//! Members in memory: what questions about many members are answered from, so that none of them decodes a thousand
//! standings. Of each there is an outline, and a place in the indexes; the standings are in the database alone.
//!
//! It is loaded at the start and follows every commit. What a viewer sees is still decided for each viewer, by the
//! core.

use crate::{
    config::directory::Directory,
    record::{
        self,
        store::{Database, Db},
    },
};
use anyhow::Result;
use knownfor::{Boards, Experts, OtherProgram, Outline, Program, Standing, Text, ViewContext, view::BoardView};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// How many standings are held at a time while many are taken in.
const PIECE: usize = 100;

/// Everyone in the directory. A person who has left the directory is on no board and in no number.
pub(crate) struct Members(RwLock<Loaded>);

/// One state of all members.
pub(crate) struct Loaded {
    members: BTreeMap<String, Member>,
    /// Members who agreed to be role models.
    models: BTreeSet<String>,
    pub(crate) experts: Experts,
    boards: Boards,
    /// How many standings were taken in.
    taken_in: u64,
}

struct Member {
    outline: Outline,
    /// Which one this was of all that were taken in.
    number: u64,
}

impl Members {
    /// Loads everyone in the directory.
    pub(crate) fn load(db: &Db<'_>, program: &Program, directory: &Directory) -> Result<Self> {
        let (experts, boards) = (Experts::new(program), Boards::new(program));
        let mut loaded = Loaded { members: BTreeMap::new(), models: BTreeSet::new(), experts, boards, taken_in: 0 };
        let is_listed = |member: &str| directory.person(member).is_some();
        record::each_standing(db, program, is_listed, |member, standing| loaded.put(member, standing))?;
        let members = Self(RwLock::new(loaded));
        let others = members.missing(directory).into_iter().map(|member| (member, Standing::new(program)));
        members.list(directory, &others.collect::<Vec<_>>());
        Ok(members)
    }

    /// The people of a directory whose standings are not here.
    pub(crate) fn missing(&self, directory: &Directory) -> Vec<String> {
        let loaded = self.read();
        let ids = directory.people().iter().map(|person| &person.id);
        ids.filter(|id| !loaded.members.contains_key(*id)).cloned().collect()
    }

    /// Holds the people of this directory from now on, and nobody else. The standings are of those who are new.
    pub(crate) fn list(&self, directory: &Directory, new: &[(String, Standing)]) {
        let mut loaded = self.write();
        let gone = loaded.members.keys().filter(|member| directory.person(member).is_none());
        for member in gone.cloned().collect::<Vec<_>>() {
            loaded.members.remove(&member);
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
            if loaded.members.contains_key(member) {
                loaded.put(member, standing);
            }
        }
    }

    /// Takes in what other servers have changed, from a transaction that sees it.
    pub(crate) fn take_in(&self, db: &Db<'_>, program: &Program, changed: Option<&BTreeSet<String>>) -> Result<()> {
        let listed: Vec<String> = {
            let loaded = self.read();
            let is_changed = |member: &&String| changed.is_none_or(|changed| changed.contains(*member));
            loaded.members.keys().filter(is_changed).cloned().collect()
        };
        listed.chunks(PIECE).try_for_each(|piece| {
            self.follow(&record::standings(db, program, piece.iter().map(String::as_str))?);
            Ok(())
        })
    }

    fn write(&self) -> RwLockWriteGuard<'_, Loaded> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// A board as a viewer sees it; `None` if there is no such board.
    pub(crate) fn board(
        &self,
        database: &Database,
        program: &Program,
        board: &str,
        ask: &ViewContext<'_>,
        rows: usize,
    ) -> Result<Option<BoardView>> {
        let due = self.read().boards.due(ask.now);
        for piece in due.chunks(PIECE) {
            self.pass_time(database, program, piece, ask)?;
        }
        Ok(self.read().boards.board(board, ask, rows))
    }

    /// Brings the boards up to date for members whose totals time alone has changed.
    fn pass_time(&self, database: &Database, program: &Program, members: &[Text], ask: &ViewContext<'_>) -> Result<()> {
        // A state that begins now is not older than memory. What is taken in meanwhile may be newer, and stays.
        let before = self.read().taken_in;
        let standings = database.read(|db| record::standings(db, program, members.iter().map(|member| &**member)))?;
        let mut loaded = self.write();
        let Loaded { members, boards, .. } = &mut *loaded;
        for (member, standing) in &standings {
            if members.get(member).is_some_and(|member| member.number <= before) {
                boards.update(member, standing, ask.now)?;
            }
        }
        Ok(())
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
        let outline = Outline::of(standing);
        if is_model(member, &outline, standing) {
            self.models.insert(member.to_owned());
        } else {
            self.models.remove(member);
        }
        self.taken_in += 1;
        self.members.insert(member.to_owned(), Member { outline, number: self.taken_in });
    }

    pub(crate) fn outline(&self, member: &str) -> Option<&Outline> {
        self.members.get(member).map(|member| &member.outline)
    }

    pub(crate) fn outlines(&self) -> impl Iterator<Item = &Outline> {
        self.members.values().map(|member| &member.outline)
    }

    /// Members who agreed to be role models, with their outlines. Whether a viewer may see that is for the caller to
    /// ask.
    pub(crate) fn models(&self) -> impl Iterator<Item = (&str, &Outline)> {
        self.models.iter().filter_map(|member| Some((member.as_str(), self.outline(member)?)))
    }
}

/// Whether the member is a role model for anybody: somebody of their team sees the most.
fn is_model(member: &str, outline: &Outline, standing: &Standing) -> bool {
    let Some(last) = standing.last_at() else { return false };
    outline.is_model(member, &ViewContext { team: &[member], ..ViewContext::of("", "en", last) })
}
