//! The intranet: what every request works with.

use crate::{
    access::sign_in::SignIn,
    clock::Clock,
    config::{directory::Directory, program::Rules, sources::Sources},
    error::Error,
    live::Changes,
    pages::Pages,
    record::{
        database::Database,
        looks::{self, Sight},
        members::{self, Members},
        phase::Phase,
        retention,
    },
};
use anyhow::{Result, anyhow};
use jiff::civil::Date;
use knownfor::{Timestamp, ViewContext};
use rusqlite::Connection;
use std::{
    collections::BTreeSet,
    sync::{Arc, PoisonError, RwLock},
};
use tokio::sync::Semaphore;

/// Requests that read at the same time. Each holds a thread, a database connection and its answer; the rest wait
/// without any of these, so a burst of requests takes longer but not more memory.
const MAX_READERS: usize = 8;

/// Everything that a request may need. The server has one.
pub(crate) struct Intranet {
    pub(crate) clock: Clock,
    pub(crate) rules: Rules,
    pub(crate) directory: Directory,
    database: Database,
    pub(crate) members: Members,
    pub(crate) sources: Sources,
    pub(crate) sign_in: SignIn,
    pub(crate) changes: Changes,
    pub(crate) pages: Pages,
    phase: RwLock<Phase>,
    readers: Semaphore,
}

/// The members whose standing a write has touched.
pub(crate) type Touched = BTreeSet<String>;

impl Intranet {
    pub(crate) fn new(
        clock: Clock,
        rules: Rules,
        directory: Directory,
        database: Database,
        members: Members,
        sources: Sources,
        sign_in: SignIn,
    ) -> Result<Self> {
        let phase = RwLock::new(database.read(Phase::of)?);
        let (changes, pages, readers) = (Changes::new(), Pages::new(&rules.zone)?, Semaphore::new(MAX_READERS));
        Ok(Self { clock, rules, directory, database, members, sources, sign_in, changes, pages, phase, readers })
    }

    /// Who is looking, with their team, in which language, and when: now.
    pub(crate) fn context<'a>(&'a self, viewer: &'a str, locale: &'a str) -> Result<Context<'a>> {
        Ok(Context { viewer, team: self.directory.team_of(viewer), locale, now: self.clock.instant()? })
    }

    /// Runs `work` on a thread that may block, in a transaction that sees one state of the database.
    pub(crate) async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Connection) -> Result<T, Error> + Send + 'static,
    {
        let _permit = self.readers.acquire().await.map_err(anyhow::Error::from)?;
        let intranet = Arc::clone(self);
        on_blocking_thread(move || intranet.database.read(|db| work(&intranet, db))).await
    }

    /// Runs `work` in a transaction. Once it is on disk, the members in memory are brought up to date and open pages
    /// hear that the members named by `work` have changed.
    pub(crate) async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Connection) -> Result<(T, Touched), Error> + Send + 'static,
    {
        let intranet = Arc::clone(self);
        on_blocking_thread(move || {
            let program = &intranet.rules.program;
            let (answer, touched, _) = intranet.database.write(
                |db| -> Result<_, Error> {
                    let (answer, touched) = work(&intranet, db)?;
                    let standings = members::standings(db, program, &intranet.directory, &touched)?;
                    Ok((answer, touched, standings))
                },
                |(_, _, standings)| intranet.members.follow(standings),
            )?;
            intranet.changes.announce(touched);
            Ok(answer)
        })
        .await
    }

    /// Whether the programme runs.
    pub(crate) fn phase(&self) -> Phase {
        *self.phase.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the programme into a state.
    pub(crate) async fn set_phase(self: &Arc<Self>, phase: Phase) -> Result<(), Error> {
        self.write(move |_, db| Ok((phase.set(db)?, Touched::new()))).await?;
        *self.phase.write().unwrap_or_else(PoisonError::into_inner) = phase;
        Ok(())
    }

    /// Seals what lies before a moment.
    pub(crate) async fn seal(self: &Arc<Self>, before: Timestamp) -> Result<(), Error> {
        let sealed = self.write(move |intranet, db| {
            let sealed = retention::seal(db, &intranet.rules.program, before)?;
            Ok((sealed.activities, sealed.members))
        });
        if sealed.await? > 0 {
            // A reader may keep the log for now. It is emptied the next time.
            self.database.empty_log()?;
        }
        Ok(())
    }

    /// Today, in the program's time zone.
    pub(crate) fn today(&self) -> Result<Date> {
        Ok(self.clock.now()?.to_zoned(self.rules.zone.clone()).date())
    }

    /// Writes down that somebody looks at what only a few may see, once a day.
    pub(crate) async fn note_look(self: &Arc<Self>, viewer: &str, sight: Sight) -> Result<(), Error> {
        let (today, viewer) = (self.today()?, viewer.to_owned());
        let looker = viewer.clone();
        if self.read(move |_, db| Ok(looks::is_noted(db, today, &looker, sight)?)).await? {
            return Ok(());
        }
        self.act(move |_, db| looks::note(db, today, &viewer, sight).map(|()| Touched::new()).map_err(Error::from))
            .await
    }

    /// Runs `work`, which does one thing for one member, as [`write`](Self::write) does.
    pub(crate) async fn act<F>(self: &Arc<Self>, work: F) -> Result<(), Error>
    where
        F: FnOnce(&Intranet, &Connection) -> Result<Touched, Error> + Send + 'static,
    {
        self.write(move |intranet, db| Ok(((), work(intranet, db)?))).await
    }
}

async fn on_blocking_thread<T, F>(work: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Error> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|error| anyhow!("a request failed: {error}"))?
}

/// Who is looking, in which language, and when.
pub(crate) struct Context<'a> {
    viewer: &'a str,
    team: Vec<&'a str>,
    locale: &'a str,
    now: Timestamp,
}

impl Context<'_> {
    pub(crate) fn as_view_context(&self) -> ViewContext<'_> {
        ViewContext { viewer: self.viewer, team: &self.team, locale: self.locale, now: self.now }
    }
}
