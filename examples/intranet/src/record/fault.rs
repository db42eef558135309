//! Faults: what is wrong with a database file that SQLite cannot use, in words for the operator.

use anyhow::Error;
use rusqlite::ErrorCode;
use std::path::Path;

/// Why SQLite could not use a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Full,
    ReadOnly,
    Locked,
    Unreachable,
    Foreign,
    Damaged,
    Disk,
}

impl Fault {
    /// The fault behind an error, if it is the file's.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        let error = error.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>())?;
        Some(match error.sqlite_error_code()? {
            ErrorCode::DiskFull => Self::Full,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
            ErrorCode::CannotOpen => Self::Unreachable,
            ErrorCode::NotADatabase => Self::Foreign,
            ErrorCode::DatabaseCorrupt => Self::Damaged,
            ErrorCode::SystemIoFailure => Self::Disk,
            _ => return None,
        })
    }

    /// Whether the same request may succeed later without anybody restarting the server.
    pub(crate) fn passes(self) -> bool {
        matches!(self, Self::Full | Self::ReadOnly | Self::Locked | Self::Disk)
    }
}

/// Puts what is wrong with a file, and what to do, in front of an error that the file caused.
pub(crate) fn explained(error: Error, path: &Path) -> Error {
    let Some(fault) = Fault::of(&error) else { return error };
    let path = path.display();
    error.context(match fault {
        Fault::Full => format!(
            "the database {path} cannot grow, because its disk or quota is full; make room, and requests succeed again"
        ),
        Fault::ReadOnly => format!(
            "the database {path} cannot be written: the file, its folder or its disk is read-only; give the server's \
             user the right to write, and requests succeed again"
        ),
        Fault::Locked => {
            format!("another program holds a lock on the database {path}; let it finish, and requests succeed again")
        }
        Fault::Unreachable => {
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
        (Fault::of(&error), explained(error, Path::new("/data/company.sqlite")).to_string())
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
