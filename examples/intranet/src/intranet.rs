//! The intranet: what every request works with.

use crate::{
    live::Changes, pages::Pages, program::Rules, refusal::Refusal, sign_in::SignIn, sources::Sources, store::Store,
};
use anyhow::{Context, Result, anyhow};
use knownfor::{Ask, Instant};
use rusqlite::Connection;
use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

/// All that a request may need; there is one for the whole server.
pub(crate) struct Intranet {
    pub(crate) rules: Rules,
    pub(crate) store: Store,
    pub(crate) sources: Sources,
    pub(crate) sign_in: SignIn,
    pub(crate) changes: Changes,
    pub(crate) pages: Pages,
}

impl Intranet {
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
            let (answer, members) = intranet.store.write(|db| work(&intranet, db))?;
            intranet.changes.tell(members);
            Ok(answer)
        })
        .await
    }
}

async fn waiting<T: Send + 'static>(work: impl FnOnce() -> Result<T, Refusal> + Send + 'static) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.map_err(|error| anyhow!("a request failed: {error}"))?
}

/// The time of a question.
pub(crate) fn now() -> Result<Instant> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Instant::from_unix(i64::try_from(since.as_secs())?, since.subsec_nanos()).context("the server's clock is far off")
}

/// A question of this viewer, now.
pub(crate) fn ask<'a>(viewer: &'a str, locale: &'a str) -> Result<Ask<'a>> {
    Ok(Ask::of(viewer, locale, now()?))
}
