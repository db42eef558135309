//! Sessions: connections to a server of PostgreSQL, and what its errors mean.

use super::{Param, Row};
use crate::record::fault::Fault;
use anyhow::{Result, bail};
use postgres::{Client, Statement, error::SqlState, fallible_iterator::FallibleIterator, types::ToSql};
use std::{
    collections::HashMap,
    error::Error,
    fmt::{self, Display, Formatter},
    io,
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// What holds for every connection: a transaction waits for another one's lock as long as with a file, and one whose
/// server has vanished ends. What is acknowledged survives a power cut.
const SETTINGS: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s';
    SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';";

/// A connection, with the statements that it knows.
pub(super) struct Session {
    client: Client,
    statements: HashMap<&'static str, Statement>,
    /// Whether a statement of this transaction failed. The server would answer a commit of it with success, and drop it.
    has_failed: bool,
}

impl Session {
    pub(super) fn connect(config: &postgres::Config, encryption: &MakeRustlsConnect) -> Result<Self> {
        let mut client = config.connect(encryption.clone()).map_err(plain)?;
        client.batch_execute(SETTINGS).map_err(plain)?;
        Ok(Self { client, statements: HashMap::new(), has_failed: false })
    }

    /// Runs statements that answer nothing.
    pub(super) fn run(&mut self, sql: &str) -> Result<()> {
        self.client.batch_execute(sql).map_err(|error| self.failed(error))
    }

    pub(super) fn begin(&mut self, sql: &str) -> Result<()> {
        self.has_failed = false;
        self.run(sql)
    }

    pub(super) fn commit(&mut self) -> Result<()> {
        if self.has_failed {
            bail!("a statement of this transaction failed, so it cannot be committed");
        }
        self.run("COMMIT")
    }

    pub(super) fn each(
        &mut self,
        sql: &'static str,
        params: &[&dyn Param],
        mut visit: impl FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let statement = self.statement(sql)?;
        let asked = self.client.query_raw(&statement, params.iter().map(|param| *param as &dyn ToSql));
        let mut rows = match asked {
            Ok(rows) => rows,
            Err(error) => {
                self.has_failed = true;
                return Err(plain(error));
            }
        };
        loop {
            match rows.next() {
                Ok(Some(row)) => visit(Row::Server(&row))?,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.has_failed = true;
                    return Err(plain(error));
                }
            }
        }
    }

    pub(super) fn execute(&mut self, sql: &'static str, params: &[&dyn Param]) -> Result<u64> {
        let statement = self.statement(sql)?;
        let params: Vec<_> = params.iter().map(|param| *param as &(dyn ToSql + Sync)).collect();
        self.client.execute(&statement, &params).map_err(|error| self.failed(error))
    }

    /// Prepared once on each connection.
    fn statement(&mut self, sql: &'static str) -> Result<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(|error| self.failed(error))?;
        self.statements.insert(sql, statement.clone());
        Ok(statement)
    }

    /// Waits for a notification, or for this long.
    pub(super) fn wait(&mut self, longest: std::time::Duration) -> Result<()> {
        let mut notifications = self.client.notifications();
        notifications.timeout_iter(longest).next().map_err(plain)?;
        // Several of one burst are heard at once.
        while notifications.iter().next().map_err(plain)?.is_some() {}
        Ok(())
    }

    fn failed(&mut self, error: postgres::Error) -> anyhow::Error {
        self.has_failed = true;
        plain(error)
    }
}

/// What a server, or the connection to it, has failed in. Unlike PostgreSQL's own error it quotes no row.
#[derive(Debug)]
pub(crate) struct ServerError {
    fault: Option<Fault>,
    message: String,
}

impl Display for ServerError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for ServerError {}

/// The error without details, which may quote what a member wrote.
pub(super) fn plain(error: postgres::Error) -> anyhow::Error {
    let (fault, message) = match error.as_db_error() {
        Some(said) => (fault_of(said.code()), format!("PostgreSQL: {} ({})", said.message(), said.code().code())),
        None => {
            let cause = error.source().map(|cause| format!(": {cause}")).unwrap_or_default();
            let is_io = error.source().is_some_and(|cause| cause.is::<io::Error>());
            let message = format!("{error}{cause}");
            let fault = match () {
                () if message.contains("server does not support TLS") => Some(Fault::Unencrypted),
                () if is_of_certificate(&error) => Some(Fault::Untrusted),
                () if error.is_closed() || is_io => Some(Fault::Lost),
                () if message.contains("password") || message.contains("authentication") => Some(Fault::Refused),
                () => None,
            };
            (fault, message)
        }
    };
    ServerError { fault, message }.into()
}

/// Whether the certificate that the server showed was refused.
fn is_of_certificate(error: &postgres::Error) -> bool {
    let of_handshake = error.source().and_then(|cause| cause.downcast_ref::<io::Error>()?.get_ref());
    let of_handshake = of_handshake.and_then(|cause| cause.downcast_ref::<rustls::Error>());
    matches!(of_handshake, Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented))
}

/// The fault behind an error of a server.
pub(crate) fn fault(error: &anyhow::Error) -> Option<Fault> {
    error.chain().find_map(|cause| cause.downcast_ref::<ServerError>())?.fault
}

/// The error of a commit. If its answer was lost, it may be done or not.
pub(super) fn unsure(error: anyhow::Error) -> anyhow::Error {
    match fault(&error) {
        Some(Fault::Lost) => ServerError { fault: Some(Fault::Unsure), message: format!("{error:#}") }.into(),
        _ => error,
    }
}

fn fault_of(code: &SqlState) -> Option<Fault> {
    Some(match *code {
        SqlState::DISK_FULL => Fault::Full,
        SqlState::READ_ONLY_SQL_TRANSACTION => Fault::ReadOnly,
        SqlState::INSUFFICIENT_PRIVILEGE => Fault::Denied,
        SqlState::LOCK_NOT_AVAILABLE => Fault::Locked,
        SqlState::TOO_MANY_CONNECTIONS | SqlState::OUT_OF_MEMORY | SqlState::CONFIGURATION_LIMIT_EXCEEDED => {
            Fault::Busy
        }
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Fault::Lost,
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => Fault::Refused,
        SqlState::INVALID_CATALOG_NAME | SqlState::DATABASE_DROPPED => Fault::Missing,
        SqlState::UNDEFINED_TABLE | SqlState::UNDEFINED_COLUMN => Fault::Foreign,
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => Fault::Damaged,
        SqlState::IO_ERROR => Fault::Disk,
        _ => return None,
    })
}
