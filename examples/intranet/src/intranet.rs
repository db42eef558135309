//! The intranet: what every request works with.

use crate::{
    clock::Clock,
    directory::Directory,
    known::{self, Known},
    live::Changes,
    pages::Pages,
    program::Rules,
    refusal::Refusal,
    sign_in::SignIn,
    sources::Sources,
    store::Store,
};
use anyhow::{Result, anyhow};
use knownfor::{Timestamp, ViewContext};
use rusqlite::Connection;
use std::{collections::BTreeSet, sync::Arc};

/// All that a request may need; there is one for the whole server.
pub(crate) struct Intranet {
    pub(crate) clock: Clock,
    pub(crate) rules: Rules,
    pub(crate) directory: Directory,
    pub(crate) store: Store,
    pub(crate) known: Known,
    pub(crate) sources: Sources,
    pub(crate) sign_in: SignIn,
    pub(crate) changes: Changes,
    pub(crate) pages: Pages,
}

impl Intranet {
    /// A question of this viewer, now.
    pub(crate) fn question<'a>(&'a self, viewer: &'a str, locale: &'a str) -> Result<Question<'a>> {
        Ok(Question { viewer, team: self.directory.team_of(viewer), locale, now: self.clock.instant()? })
    }

    /// Asks the store on a thread that may wait for the disk.
    pub(crate) async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Connection) -> Result<T, Refusal> + Send + 'static,
    {
        let intranet = Arc::clone(self);
        waiting(move || intranet.store.read(|db| work(&intranet, db))).await
    }

    /// Changes the store, and once that is on the disk tells the open pages of the members that `work` names.
    pub(crate) async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Connection) -> Result<(T, BTreeSet<String>), Refusal> + Send + 'static,
    {
        let intranet = Arc::clone(self);
        waiting(move || {
            let (answer, members, _) = intranet.store.write(
                |db| -> Result<_, Refusal> {
                    let (answer, members) = work(&intranet, db)?;
                    let standings = known::standings(db, &intranet.rules.program, &intranet.directory, &members)?;
                    Ok((answer, members, standings))
                },
                |(_, _, standings)| intranet.known.follow(standings),
            )?;
            intranet.changes.tell(members);
            Ok(answer)
        })
        .await
    }
}

async fn waiting<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|error| anyhow!("a request failed: {error}"))?
}

/// A question of someone, with their team, now.
pub(crate) struct Question<'a> {
    viewer: &'a str,
    team: Vec<&'a str>,
    locale: &'a str,
    now: Timestamp,
}

impl Question<'_> {
    pub(crate) fn ask(&self) -> ViewContext<'_> {
        ViewContext { viewer: self.viewer, team: &self.team, locale: self.locale, now: self.now }
    }
}
