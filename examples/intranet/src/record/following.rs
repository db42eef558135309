//! Following: how far this server knows what all servers on its database have changed.
//!
//! Every transaction first takes in what came since, so two servers never disagree about who is hidden.

use super::{members::Members, phase::Phase, store::Db};
use anyhow::Result;
use knownfor::Program;
use std::sync::{
    Mutex, MutexGuard, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};

/// What is held in memory of the database, apart from the members, and how far it follows.
pub(crate) struct Following {
    phase: RwLock<Phase>,
    /// The number of the last change that was taken in.
    last: AtomicI64,
    /// Held by the one who takes changes in, so that an older state never comes after a newer one.
    turn: Mutex<()>,
}

impl Following {
    /// Follows from the state that a transaction sees, in which the members were loaded.
    pub(crate) fn from(db: &Db<'_>) -> Result<Self> {
        let last = db.last_change()?.unwrap_or_default();
        Ok(Self { phase: RwLock::new(Phase::of(db)?), last: AtomicI64::new(last), turn: Mutex::default() })
    }

    /// Takes in what has changed up to the state that a transaction sees. With a file nobody else changes anything.
    pub(crate) fn catch_up(&self, db: &Db<'_>, members: &Members, program: &Program) -> Result<()> {
        match db.last_change()? {
            Some(last) if last > self.last.load(Ordering::Acquire) => {
                let turn = self.turn();
                self.take_in(&turn, last, db, members, program)
            }
            _ => Ok(()),
        }
    }

    /// The turn to take changes in. Until it is dropped, nobody else does.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_in(
        &self,
        _turn: &MutexGuard<'_, ()>,
        last: i64,
        db: &Db<'_>,
        members: &Members,
        program: &Program,
    ) -> Result<()> {
        let known = self.last.load(Ordering::Acquire);
        if last <= known {
            return Ok(());
        }
        let news = db.news(known)?;
        members.take_in(db, program, news.members.as_ref())?;
        if news.phase {
            self.set_phase(Phase::of(db)?);
        }
        self.last.store(last, Ordering::Release);
        Ok(())
    }

    pub(crate) fn phase(&self) -> Phase {
        *self.phase.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_phase(&self, phase: Phase) {
        *self.phase.write().unwrap_or_else(PoisonError::into_inner) = phase;
    }
}
