//! The intranet: what every request works with.

use crate::{
    access::sign_in::SignIn,
    clock::Clock,
    config::{directory::Directory, program::Rules, sources::Sources},
    error::Error,
    group::{self, Group},
    live::Changes,
    metrics::{self, Metrics},
    pages::Pages,
    queue::Queue,
    record::{
        self, database, fault,
        following::Following,
        looks::{self, Sight},
        members::Members,
        phase::Phase,
        profiles,
        retention::{self, Older},
        store::{Database, Db},
    },
};
use anyhow::{Result, anyhow};
use axum::http::StatusCode;
use jiff::civil::Date;
use knownfor::{Timestamp, ViewContext};
use std::{collections::BTreeSet, sync::Arc, time::Instant};
use tokio::sync::OwnedSemaphorePermit;
use tracing::Span;

/// Requests that read at the same time. Each holds a thread, a database connection and its answer; the rest wait
/// without any of these, so a burst of requests takes longer but not more memory.
const MAX_READERS: usize = 8;
/// Requests that wait to read: a page that is opened reads a few times, so these are a few hundred people who open one at
/// the same moment.
const MAX_WAITING_READERS: usize = 2_000;
/// Requests that wait to write, one after the other. Each holds its body, of 4 MiB at most.
const MAX_WAITING_WRITERS: usize = 100;

/// Everything that a request may need. When sources and people are read again, a new one takes the place of the old, and
/// they share all else.
pub(crate) struct Intranet {
    pub(crate) clock: Clock,
    pub(crate) rules: Arc<Rules>,
    pub(crate) directory: Directory,
    pub(crate) database: Arc<Database>,
    pub(crate) members: Arc<Members>,
    pub(crate) sources: Sources,
    pub(crate) sign_in: SignIn,
    pub(crate) changes: Arc<Changes>,
    pub(crate) pages: Arc<Pages>,
    pub(crate) metrics: Arc<Metrics>,
    following: Arc<Following>,
    pub(crate) readers: Arc<Queue>,
    /// Writers wait here without a thread, so they leave the threads to the readers.
    pub(crate) writers: Arc<Queue>,
    group: Arc<Group>,
}

/// The members whose standing a write has touched.
pub(crate) type Touched = BTreeSet<String>;

impl Intranet {
    pub(crate) fn new(
        clock: Clock,
        rules: Rules,
        directory: Directory,
        database: Database,
        (members, following): (Members, Following),
        sources: Sources,
        sign_in: SignIn,
    ) -> Result<Self> {
        let (metrics, changes) = (Metrics::new(), Arc::new(Changes::new()));
        let (database, announced) = (Arc::new(database), Arc::clone(&changes));
        database.follow_others(move |members| announced.announce(members));
        Ok(Self {
            pages: Arc::new(Pages::new(&rules.zone)?),
            clock,
            rules: Arc::new(rules),
            directory,
            database,
            members: Arc::new(members),
            sources,
            sign_in,
            changes,
            following: Arc::new(following),
            readers: Arc::new(Queue::new(MAX_READERS, MAX_WAITING_READERS, metrics.refused(metrics::READERS))),
            writers: Arc::new(Queue::new(1, MAX_WAITING_WRITERS, metrics.refused(metrics::WRITERS))),
            metrics: Arc::new(metrics),
            group: Arc::default(),
        })
    }

    /// The same intranet with other people and sources.
    pub(crate) fn with(&self, directory: Directory, sources: Sources) -> Result<Self> {
        let program = &self.rules.program;
        let listed = self.database.write(
            |db| {
                profiles::add_listed(db, &directory)?;
                self.following.catch_up(db, &self.members, program)?;
                // Nobody takes in a change of those who are new before they are listed.
                let turn = self.following.turn();
                let new = self.members.missing(&directory);
                Ok((record::standings(db, program, new.iter().map(String::as_str))?, turn))
            },
            |(standings, _turn)| self.members.list(&directory, standings),
        );
        drop(listed.map_err(|error| fault::explained(error, self.database.location()))?);
        Ok(Self {
            clock: self.clock.clone(),
            rules: Arc::clone(&self.rules),
            sign_in: self.sign_in.among(&directory),
            directory,
            database: Arc::clone(&self.database),
            members: Arc::clone(&self.members),
            sources,
            changes: Arc::clone(&self.changes),
            pages: Arc::clone(&self.pages),
            metrics: Arc::clone(&self.metrics),
            following: Arc::clone(&self.following),
            readers: Arc::clone(&self.readers),
            writers: Arc::clone(&self.writers),
            group: Arc::clone(&self.group),
        })
    }

    /// Who is looking, with their team, in which language, and when: now.
    pub(crate) fn context<'a>(&'a self, viewer: &'a str, locale: &'a str) -> Result<Context<'a>> {
        Ok(Context { viewer, team: self.directory.team_of(viewer), locale, now: self.clock.instant()? })
    }

    /// Runs `work` on a thread that may block, in a transaction that sees one state of the database.
    pub(crate) async fn read<T, F>(self: &Arc<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Db<'_>) -> Result<T, Error> + Send + 'static,
    {
        let permit = self.readers.enter().await?;
        let intranet = Arc::clone(self);
        on_blocking_thread(permit, move || {
            let answer = intranet.database.read(|db| {
                intranet.following.catch_up(db, &intranet.members, &intranet.rules.program)?;
                work(&intranet, db)
            });
            answer.map_err(|error| error.in_database(intranet.database.location()))
        })
        .await
    }

    /// Runs `work`, which takes long and needs no database, in the place of one who reads. On the threads that serve
    /// connections it would hold up everybody.
    pub(crate) async fn compute<T, F>(self: &Arc<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet) -> Result<T, Error> + Send + 'static,
    {
        let permit = self.readers.enter().await?;
        let intranet = Arc::clone(self);
        on_blocking_thread(permit, move || work(&intranet)).await
    }

    /// Runs `work` in a transaction. Once it is on disk, the members in memory are brought up to date and open pages
    /// hear that the members named by `work` have changed.
    pub(crate) async fn write<T, F>(self: &Arc<Self>, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Intranet, &Db<'_>) -> Result<(T, Touched), Error> + Send + 'static,
    {
        let permit = self.writers.enter().await?;
        let intranet = Arc::clone(self);
        on_blocking_thread(permit, move || intranet.transact(|db| work(&intranet, db))).await
    }

    /// Runs `work` as [`write`](Self::write) does, in a transaction that it shares with all who wait meanwhile. So it
    /// finds in memory what was before the transaction, and must find out what it needs from the database. It may be run
    /// more than once, and only the last run counts. `activities` is how many it writes.
    pub(crate) async fn write_shared<T, F>(self: &Arc<Self>, activities: usize, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: Fn(&Intranet, &Db<'_>) -> Result<(T, Touched), Error> + Send + 'static,
    {
        let (place, mut answer) = self.group.join(activities, work);
        loop {
            let permit = tokio::select! {
                biased;
                answered = &mut answer => return answered.map_err(|_| Error::panicked())?,
                permit = self.writers.enter() => permit,
            };
            match permit {
                Ok(permit) => {
                    let intranet = Arc::clone(self);
                    on_blocking_thread(permit, move || {
                        intranet.group.commit(&intranet);
                        Ok(())
                    })
                    .await?;
                }
                Err(busy) if group::take_back(&place) => return Err(busy),
                Err(_) => return answer.await.map_err(|_| Error::panicked())?,
            }
        }
    }

    /// Runs `work` in a transaction, by the one who may write.
    pub(crate) fn transact<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<(T, Touched), Error>) -> Result<T, Error> {
        let (program, begun) = (&self.rules.program, Instant::now());
        let written = self.database.write(
            |db| -> Result<_, Error> {
                self.following.catch_up(db, &self.members, program)?;
                let (answer, touched) = work(db)?;
                touched.iter().for_each(|member| db.note_member(member));
                // With a shared database, the next transaction takes them in with what others have changed.
                let standings = match db.is_shared() {
                    true => Vec::new(),
                    false => record::standings(db, program, touched.iter().map(String::as_str))?,
                };
                Ok((answer, touched, standings))
            },
            |(_, _, standings)| self.members.follow(standings),
        );
        let (answer, touched, _) = written.map_err(|error| error.in_database(self.database.location()))?;
        self.metrics.committed(begun.elapsed());
        self.changes.announce(&touched);
        Ok(answer)
    }

    /// Checks that the database can be read, however many requests wait.
    pub(crate) async fn check_database(self: &Arc<Self>) -> Result<(), Error> {
        let intranet = Arc::clone(self);
        let checked = tokio::task::spawn_blocking(move || {
            let checked = intranet.database.read(database::check);
            checked.map_err(|error| Error::from(error).in_database(intranet.database.location()))
        });
        let checked = checked.await.map_err(anyhow::Error::from)?;
        checked.map_err(|error| error.with_status(StatusCode::SERVICE_UNAVAILABLE))
    }

    /// Whether the programme runs.
    pub(crate) fn phase(&self) -> Phase {
        self.following.phase()
    }

    /// Puts the programme into a state.
    pub(crate) async fn set_phase(self: &Arc<Self>, phase: Phase) -> Result<(), Error> {
        let is_shared = self.write(move |_, db| {
            phase.set(db)?;
            Ok((db.is_shared(), Touched::new()))
        });
        if !is_shared.await? {
            self.following.set_phase(phase);
        }
        Ok(())
    }

    /// Seals what lies before a moment.
    pub(crate) async fn seal(self: &Arc<Self>, before: Timestamp) -> Result<(), Error> {
        let older = self.read(move |_, db| Ok(Older::find(db, before)?)).await?;
        if older.is_empty() {
            return Ok(());
        }
        let sealed = self.write(move |intranet, db| {
            let sealed = retention::seal(db, &intranet.rules.program, older)?;
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
        F: FnOnce(&Intranet, &Db<'_>) -> Result<Touched, Error> + Send + 'static,
    {
        self.write(move |intranet, db| Ok(((), work(intranet, db)?))).await
    }
}

/// Works where it may block, within the request's span of the log. The place in the queue is taken until the work is
/// done, also if nobody waits for the answer any more.
async fn on_blocking_thread<T, F>(permit: OwnedSemaphorePermit, work: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Error> + Send + 'static,
{
    let span = Span::current();
    let work = move || {
        let _permit = permit;
        span.in_scope(work)
    };
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
