//! Reload: sources and people are read again without a restart, when the server is sent a hangup signal.

use crate::{
    Options,
    access::safety,
    config::{directory::Directory, sources},
    serve::Running,
};
use anyhow::{Context, Result};
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch::Sender;

/// Where sources and people come from.
pub(crate) struct Files {
    people: Option<PathBuf>,
    sources: Option<PathBuf>,
    listen: SocketAddr,
}

impl Files {
    pub(crate) fn of(options: &Options) -> Self {
        Self { people: options.people.clone(), sources: options.sources.clone(), listen: options.listen }
    }

    /// The same intranet with what the files say now.
    fn read_again(&self, running: &Running) -> Result<Running> {
        let intranet = &running.intranet;
        let sources = sources::load(self.sources.as_deref(), &intranet.rules)?;
        let directory = Directory::load(self.people.as_deref())?;
        safety::check(self.listen, &intranet.sign_in, &sources)?;
        running.with(intranet.with(directory, sources)?)
    }
}

/// The hangup signals from now on. Until it is called, such a signal ends the process.
pub(crate) fn hangups() -> Result<Signal> {
    signal(SignalKind::hangup()).context("cannot listen for the hangup signal")
}

/// Reads both files each time that a hangup signal comes. If one cannot be used, the log says why, and both stay as they
/// were.
pub(crate) async fn at_each(mut hangups: Signal, files: Files, running: Sender<Running>) -> Result<()> {
    let files = Arc::new(files);
    while hangups.recv().await.is_some() {
        let (files, before) = (Arc::clone(&files), running.borrow().clone());
        let metrics = Arc::clone(&before.intranet.metrics);
        match tokio::task::spawn_blocking(move || files.read_again(&before)).await? {
            Ok(new) => {
                let (people, systems) = (new.intranet.directory.people().len(), new.intranet.sources.systems().len());
                running.send_replace(new);
                metrics.reloaded(true);
                tracing::info!("read {people} people and {systems} sources again");
            }
            Err(error) => {
                metrics.reloaded(false);
                tracing::error!("people and sources stay as they were: {error:#}");
            }
        }
    }
    Ok(())
}
