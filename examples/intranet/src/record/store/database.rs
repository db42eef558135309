//! The database: transactions on the store that `--database` names.

use super::{Db, Location, file::File, server::Server};
use crate::record::fault;
use anyhow::Result;
use std::{collections::BTreeSet, sync::Arc};

/// A database, in a file or on a server.
pub(crate) struct Database {
    location: Location,
    kind: Kind,
}

enum Kind {
    File(File),
    Server(Server),
}

impl Database {
    /// Opens a database, and makes its tables if it is new.
    pub(crate) fn open(location: &Location) -> Result<Self> {
        let kind = match location {
            Location::File(path) => Kind::File(File::open(path)?),
            Location::Server(address) => {
                Kind::Server(Server::open(address).map_err(|error| fault::explained(error, location))?)
            }
        };
        Ok(Self { location: location.clone(), kind })
    }

    /// Where it is.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// Runs `work` in a transaction that sees one state of the database and changes nothing.
    pub(crate) fn read<T, E: From<anyhow::Error>>(&self, work: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        match &self.kind {
            Kind::File(file) => file.read(work),
            Kind::Server(server) => server.read(work),
        }
    }

    /// Runs `work` in a transaction, after those of all other writers. After `Ok` it is on disk, and `committed` has been
    /// called; with a file, before the next transaction could begin. After an error it has changed nothing, unless the
    /// error says that the connection was lost while it was committed.
    pub(crate) fn write<T, E: From<anyhow::Error>>(
        &self,
        work: impl FnOnce(&Db<'_>) -> Result<T, E>,
        committed: impl FnOnce(&T),
    ) -> Result<T, E> {
        match &self.kind {
            Kind::File(file) => file.write(work, committed),
            Kind::Server(server) => server.write(work, committed),
        }
    }

    /// Runs `work` as [`write`](Self::write) does, and then rids the store of what `work` deleted: a file is rewritten
    /// without a byte of it, and a server is told to use its room again.
    pub(crate) fn erase<T>(&self, work: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
        match &self.kind {
            Kind::File(file) => file.erase(work),
            Kind::Server(server) => {
                let answer = server.write(work, |_| {})?;
                server.vacuum()?;
                Ok(answer)
            }
        }
    }

    /// Empties the log beside a file, which has the earlier bytes of what was deleted. Returns `false` if a reader keeps
    /// it from that. A server empties its own in time.
    pub(crate) fn empty_log(&self) -> Result<bool> {
        match &self.kind {
            Kind::File(file) => file.empty_log(),
            Kind::Server(_) => Ok(true),
        }
    }

    /// The sizes of the database and, beside a file, of its log, in bytes.
    pub(crate) fn sizes(&self) -> Result<(u64, u64)> {
        match &self.kind {
            Kind::File(file) => Ok(file.sizes()),
            Kind::Server(server) => {
                let size: i64 = server.read(|db| db.one("SELECT pg_database_size(current_database())", &[]))?;
                Ok((u64::try_from(size)?, 0))
            }
        }
    }

    /// Calls `heard` from a thread of its own with the members whose standings another server has changed, as long as
    /// the process runs.
    pub(crate) fn follow_others(self: &Arc<Self>, heard: impl Fn(&BTreeSet<String>) + Send + 'static) {
        if let Kind::Server(_) = &self.kind {
            let database = Arc::clone(self);
            std::thread::spawn(move || {
                if let Kind::Server(server) = &database.kind {
                    server.follow_others(heard);
                }
            });
        }
    }
}
