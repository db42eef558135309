//! A database on a server of PostgreSQL, which several intranets may use at once.
//!
//! A transaction that writes holds a lock until it ends, so one writes at a time, as with a file, and no two wait for
//! each other. Readers see one state and wait for nobody. What a transaction changes of that which servers hold in
//! memory it lists in the table `changes`. Since writers take turns, its numbers become visible in order, and a reader
//! that knows the last number has missed nothing.

use super::{
    Db, Kind, Session,
    location::Address,
    server_tables,
    session::{fault, unsure},
};
use crate::record::fault::Fault;
use anyhow::{Context, Result};
use std::{
    collections::BTreeSet,
    convert::Infallible,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio_postgres_rustls::MakeRustlsConnect;
use uuid::Uuid;

const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The number is that of the lock and means nothing. With this level every statement after the lock sees all that was
/// committed before.
const WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7310868735422034290)";
/// How many changes are kept. A server that lags by more loads everybody again.
const KEPT: i64 = 100_000;
/// How long a connection may take to come about.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a connection may be dead before it is noticed.
const SILENCE: Duration = Duration::from_secs(30);
/// How long to wait before a lost connection is taken up again.
const PAUSE: Duration = Duration::from_secs(1);

/// A database on a server, with connections to it.
pub(super) struct Server {
    config: postgres::Config,
    encryption: MakeRustlsConnect,
    /// Tells what this process has changed from what others have.
    id: String,
    /// Connections outside any transaction, as many as have been used at the same time.
    idle: Mutex<Vec<Session>>,
}

/// What has changed of that which servers hold in memory.
pub(crate) struct News {
    /// Whose standings; `None` if it can no longer be told.
    pub(crate) members: Option<BTreeSet<String>>,
    pub(crate) phase: bool,
}

impl Server {
    /// Connects, and makes the tables if the database has none.
    pub(super) fn open(address: &Address) -> Result<Self> {
        let (mut config, encryption) = address.config().map_err(anyhow::Error::msg)?;
        config.application_name("intranet").keepalives_idle(SILENCE).tcp_user_timeout(SILENCE);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(PATIENCE);
        }
        let server = Self {
            config,
            encryption: encryption.connector()?,
            id: Uuid::new_v4().to_string(),
            idle: Mutex::default(),
        };
        server.write(|db| server_tables::run(db, address), |()| {})?;
        Ok(server)
    }

    fn connect(&self) -> Result<Session> {
        Session::connect(&self.config, &self.encryption)
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A session with a transaction. If the server has restarted, the idle ones are dead.
    fn begun(&self, begin: &str) -> Result<Session> {
        loop {
            let idle = self.idle().pop();
            let Some(mut session) = idle else { break };
            match session.begin(begin) {
                Ok(()) => return Ok(session),
                Err(error) if fault(&error) == Some(Fault::Lost) => {}
                Err(error) => {
                    self.roll_back(session);
                    return Err(error);
                }
            }
        }
        let mut session = self.connect()?;
        session.begin(begin)?;
        Ok(session)
    }

    fn roll_back(&self, mut session: Session) {
        if session.run("ROLLBACK").is_ok() {
            self.idle().push(session);
        }
    }

    /// Runs `work` in a transaction that sees one state of the database and changes nothing.
    pub(super) fn read<T, E: From<anyhow::Error>>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut session = self.begun(READ)?;
        let answer = work(&Db::of_server(&mut session));
        self.roll_back(session);
        answer
    }

    /// Runs `work` in a transaction. After `Ok` it is on disk; after an error it has changed nothing, unless the error
    /// is that the connection was lost while it was committed.
    pub(super) fn write<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Db<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        let mut session = self.begun(WRITE)?;
        let db = Db::of_server(&mut session);
        let worked = work(&db).and_then(|answer| {
            db.publish(&self.id)?;
            Ok(answer)
        });
        match worked {
            Ok(answer) => {
                session.commit().map_err(unsure).context("the database could not be written")?;
                self.idle().push(session);
                committed(&answer);
                Ok(answer)
            }
            Err(error) => {
                self.roll_back(session);
                Err(error)
            }
        }
    }

    /// Frees the room of what was deleted, so that its bytes are overwritten in time.
    pub(super) fn vacuum(&self) -> Result<()> {
        self.connect()?.run("VACUUM")
    }

    /// Calls `heard` with the members whose standings another server has changed, for ever. Nothing is missed while the
    /// connection is lost.
    pub(super) fn follow_others(&self, heard: impl Fn(&BTreeSet<String>)) -> Infallible {
        let (mut last, mut is_lost) = (None, false);
        loop {
            let Err(error) = self.listen(&mut last, &mut is_lost, &heard);
            if !std::mem::replace(&mut is_lost, true) {
                tracing::warn!("open pages hear of other servers' changes once the database answers again: {error:#}");
            }
            std::thread::sleep(PAUSE);
        }
    }

    fn listen(
        &self,
        last: &mut Option<i64>,
        is_lost: &mut bool,
        heard: &impl Fn(&BTreeSet<String>),
    ) -> Result<Infallible> {
        let mut session = self.connect()?;
        session.run("LISTEN intranet")?;
        loop {
            let mut members = BTreeSet::new();
            let known = last.unwrap_or(0);
            let mut newest = known;
            session.each(
                "SELECT number, member, server FROM changes WHERE number > $1 ORDER BY number",
                &[&known],
                |row| {
                    newest = row.get(0)?;
                    let (member, server): (Option<String>, String) = (row.get(1)?, row.get(2)?);
                    if server != self.id {
                        members.extend(member);
                    }
                    Ok(())
                },
            )?;
            if last.replace(newest).is_some() && !members.is_empty() {
                heard(&members);
            }
            *is_lost = false;
            session.wait(SILENCE)?;
        }
    }
}

impl Drop for Server {
    /// A connection cannot be closed on a thread that serves requests.
    fn drop(&mut self) {
        let idle = std::mem::take(&mut *self.idle());
        if !idle.is_empty() {
            let _ = std::thread::spawn(move || drop(idle)).join();
        }
    }
}

impl Db<'_> {
    /// The number of the last change of what servers hold in memory; `None` if no other server can have made one.
    pub(crate) fn last_change(&self) -> Result<Option<i64>> {
        match &self.kind {
            Kind::File(_) => Ok(None),
            Kind::Server { .. } => Ok(Some(self.one("SELECT coalesce(max(number), 0) FROM changes", &[])?)),
        }
    }

    /// What has changed since the change of this number.
    pub(crate) fn news(&self, since: i64) -> Result<News> {
        let oldest: i64 = self.one("SELECT coalesce(min(number), 0) FROM changes", &[])?;
        let (mut members, mut phase) = (BTreeSet::new(), false);
        self.each("SELECT DISTINCT member FROM changes WHERE number > $1", &[&since], |row| {
            match row.get(0)? {
                Some(member) => drop(members.insert(member)),
                None => phase = true,
            }
            Ok(())
        })?;
        let is_complete = oldest <= since + 1;
        Ok(News { members: is_complete.then_some(members), phase: phase || !is_complete })
    }

    /// Lists what this transaction has changed, and wakes the other servers once it is committed.
    fn publish(&self, server: &str) -> Result<()> {
        let Kind::Server { changed, .. } = &self.kind else { return Ok(()) };
        let changed = changed.take();
        let members = changed.members.into_iter().map(Some);
        let changes: Vec<Option<String>> = members.chain(changed.phase.then_some(None)).collect();
        if changes.is_empty() {
            return Ok(());
        }
        let sql = "WITH added AS (
                       INSERT INTO changes (member, server) SELECT json_array_elements_text($1::text::json), $2
                       RETURNING number
                   ), dropped AS (
                       DELETE FROM changes WHERE number <= (SELECT max(number) FROM added) - $3
                   ) SELECT pg_notify('intranet', '')";
        self.execute(sql, &[&serde_json::to_string(&changes)?, &server, &KEPT])?;
        Ok(())
    }
}
