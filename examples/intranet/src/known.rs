//! Known: the index of who is known for what, in memory. It is built at start, and follows every change of the record.

use crate::{directory::Directory, record};
use anyhow::Result;
use knownfor::{Experts, Program, Standing};
use rusqlite::Connection;
use std::{
    collections::BTreeSet,
    sync::{PoisonError, RwLock, RwLockReadGuard},
};

/// Who is known for what, of those in the directory.
pub(crate) struct Known(RwLock<Experts>);

/// The standings of members, as a transaction leaves them.
pub(crate) type Standings = Vec<(String, Standing)>;

/// What a transaction makes of these members, as far as they are in the directory.
pub(crate) fn standings(
    db: &Connection,
    program: &Program,
    directory: &Directory,
    members: &BTreeSet<String>,
) -> Result<Standings> {
    let listed = members.iter().filter(|member| directory.person(member).is_some());
    listed.map(|member| Ok((member.clone(), record::standing(db, program, member)?))).collect()
}

impl Known {
    /// That of these standings.
    pub(crate) fn of(program: &Program, standings: &Standings) -> Self {
        let known = Self(RwLock::new(Experts::new(program)));
        known.follow(standings);
        known
    }

    /// Takes in what was committed. The store calls this before its next transaction, so changes come in their order.
    pub(crate) fn follow(&self, standings: &Standings) {
        let mut experts = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (member, standing) in standings {
            if let Err(error) = experts.update(member, standing) {
                tracing::error!("the standing of {member} was left out of the experts: {error}");
            }
        }
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, Experts> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
}
