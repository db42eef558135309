//! Faults: what is wrong with a database that cannot be used, in words for the operator.

use super::store::{self, Location};
use anyhow::Error;
use std::path::Path;

/// Why a database could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Full,
    ReadOnly,
    Locked,
    Unreachable,
    Foreign,
    Damaged,
    Disk,
    /// The server has too many connections, or too little memory for one more.
    Busy,
    /// The server does not answer, or the connection to it broke.
    Lost,
    /// The connection broke while a transaction was committed. It may be in the database or not.
    Unsure,
    /// The server does not accept the user or the password.
    Refused,
    /// The server's certificate is not to be trusted.
    Untrusted,
    /// The server cannot encrypt, and the connection must be encrypted.
    Unencrypted,
    /// The server has no such database.
    Missing,
    /// The user may not do this in the database.
    Denied,
}

impl Fault {
    /// The fault behind an error, if it is the database's.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        store::fault(error)
    }

    /// Whether the same request may succeed later without anybody restarting the server.
    pub(crate) fn passes(self) -> bool {
        match self {
            Self::Full | Self::ReadOnly | Self::Locked | Self::Disk => true,
            Self::Busy | Self::Lost | Self::Unsure | Self::Refused | Self::Missing | Self::Denied => true,
            Self::Untrusted | Self::Unencrypted => true,
            Self::Unreachable | Self::Foreign | Self::Damaged => false,
        }
    }
}

/// Puts what is wrong with a database, and what to do, in front of an error that it caused.
pub(crate) fn explained(error: Error, location: &Location) -> Error {
    match location {
        Location::File(path) => explained_in_file(error, path),
        Location::Server(_) => explained_on_server(error, location),
    }
}

fn explained_on_server(error: Error, at: &Location) -> Error {
    let Some(fault) = Fault::of(&error) else { return error };
    error.context(match fault {
        Fault::Full => {
            format!("the database {at} cannot grow, because its disk is full; make room, and requests succeed again")
        }
        Fault::ReadOnly => format!(
            "the database {at} is read-only: a standby, or made so; give the address of the one that writes, or make it \
             writable, and requests succeed again"
        ),
        Fault::Locked => {
            format!("another server or program holds a lock on the database {at}; let it finish, and requests succeed again")
        }
        Fault::Busy => format!(
            "the server of the database {at} takes no more connections; each intranet takes ten at most; raise its \
             max_connections or end other programs, and requests succeed again"
        ),
        Fault::Lost | Fault::Unreachable => format!(
            "the database {at} does not answer, or the connection to it broke; see that its server runs and can be \
             reached, and requests succeed again"
        ),
        Fault::Unsure => format!(
            "the connection to the database {at} broke while a transaction was committed, so it may be there or not; \
             sending the same activities again changes nothing that is there"
        ),
        Fault::Refused => format!(
            "the database {at} does not accept the user or the password; say both in --database, or the password in \
             PGPASSWORD, and see its server's pg_hba.conf"
        ),
        Fault::Untrusted => format!(
            "the certificate that the server of the database {at} shows is not to be trusted, so nothing was sent to it; \
             give the certificate of the authority that signed it with sslrootcert=FILE, and in --database the server's \
             name as it is in the certificate"
        ),
        Fault::Unencrypted => format!(
            "the server of the database {at} does not encrypt connections, so nothing was sent to it; set ssl = on \
             there, or see what stands between; or leave `sslmode` out of --database to do without"
        ),
        Fault::Missing => {
            format!("there is no database {at}; create it with createdb, or say which one with --database")
        }
        Fault::Denied => {
            format!("the user may not do this in the database {at}; make them the owner of the database and its tables")
        }
        Fault::Foreign => format!(
            "the database {at} lacks a table of the intranet; say which one it is with --database, or bring a backup \
             back with pg_restore"
        ),
        Fault::Damaged => format!(
            "the database {at} is damaged; stop the server, keep its files, and bring a backup back with pg_restore"
        ),
        Fault::Disk => {
            format!("the disk of the database {at} does not read or write; look at the system's log for its faults")
        }
    })
}

/// Puts what is wrong with a file, and what to do, in front of an error that the file caused.
pub(crate) fn explained_in_file(error: Error, path: &Path) -> Error {
    let Some(fault) = Fault::of(&error) else { return error };
    let path = path.display();
    error.context(match fault {
        Fault::Full => format!(
            "the database {path} cannot grow, because its disk or quota is full; make room, and requests succeed again"
        ),
        Fault::ReadOnly | Fault::Denied | Fault::Refused => format!(
            "the database {path} cannot be written: the file, its folder or its disk is read-only; give the server's \
             user the right to write, and requests succeed again"
        ),
        Fault::Locked | Fault::Busy | Fault::Unsure => {
            format!("another program holds a lock on the database {path}; let it finish, and requests succeed again")
        }
        Fault::Unreachable | Fault::Lost | Fault::Missing | Fault::Untrusted | Fault::Unencrypted => {
            format!("cannot open the database {path}; its folder must be there and open to the server's user")
        }
        Fault::Foreign => format!(
            "{path} is not a usable SQLite database; say which file it is with --database, or bring a backup back with \
             --restore"
        ),
        Fault::Damaged => format!(
            "the database {path} is damaged; stop the server, keep the file, see what --verify says, and bring a backup \
             back with --restore"
        ),
        Fault::Disk => format!(
            "the disk of the database {path} does not read or write; look at the system's log for its faults, or make \
             room if the user's files have a limit"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::{Connection, OpenFlags};

    fn faults_of(db: &Connection, sql: &str) -> (Option<Fault>, String) {
        let error = Error::from(db.execute_batch(sql).unwrap_err());
        (Fault::of(&error), explained_in_file(error, Path::new("/data/company.sqlite")).to_string())
    }

    #[test]
    fn a_full_file_is_called_full_and_may_be_tried_again() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("PRAGMA max_page_count = 3; CREATE TABLE texts (text TEXT);").unwrap();
        let (fault, said) = faults_of(&db, "INSERT INTO texts VALUES (hex(zeroblob(100000)))");
        assert_eq!(fault, Some(Fault::Full));
        assert!(said.contains("/data/company.sqlite") && said.contains("full"), "{said}");
        assert!(Fault::Full.passes() && !Fault::Damaged.passes());
    }

    #[test]
    fn a_read_only_file_and_a_locked_one_are_told_apart() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        let writer = Connection::open(&path).unwrap();
        writer.execute_batch("CREATE TABLE texts (text TEXT);").unwrap();
        let reader = Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert_eq!(faults_of(&reader, "DELETE FROM texts").0, Some(Fault::ReadOnly));
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        let other = Connection::open(&path).unwrap();
        other.busy_timeout(std::time::Duration::ZERO).unwrap();
        assert_eq!(faults_of(&other, "DELETE FROM texts").0, Some(Fault::Locked));
    }

    #[test]
    fn what_is_no_fault_of_the_file_stays_as_it_is() {
        let db = Connection::open_in_memory().unwrap();
        let (fault, said) = faults_of(&db, "SELECT nonsense");
        assert_eq!(fault, None);
        assert!(!said.contains("/data/"), "{said}");
    }
}
