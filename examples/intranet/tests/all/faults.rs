//! Faults of the database file: each is named with the file, says what to do, and changes nothing. The README's table
//! lists them.

use crate::support::server::{Intranet, blog, command, refused};
use rusqlite::Connection;
use std::{fs, path::Path, process::Command};
use tempfile::TempDir;

/// Makes a database file that only its owner may read.
fn write(path: &Path, content: &[u8]) {
    fs::write(path, content).unwrap();
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

/// A database with these tables, as bytes.
fn database(sql: &str) -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("other.sqlite");
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    fs::read(path).unwrap()
}

#[test]
fn a_foreign_file_is_named_and_left_alone() {
    let foreign = "is a database of another program; say which file it is with --database";
    for (content, says) in [
        (b"not a database, and long enough to be one".repeat(30), "is not a usable SQLite database"),
        (database("CREATE TABLE notes (text TEXT);"), foreign),
        (database("PRAGMA user_version = 5; CREATE TABLE notes (text TEXT);"), foreign),
        (
            database("PRAGMA user_version = 99; CREATE TABLE standings (text TEXT);"),
            "has tables of version 99; this program needs version",
        ),
    ] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("db.sqlite");
        write(&path, &content);
        let error = refused(folder.path(), &["--empty"]);
        assert!(error.contains(says) && error.contains("db.sqlite"), "{error}");
        // SQLite may note in the head that it has a log now.
        assert_eq!(fs::read(&path).unwrap().len(), content.len(), "{says}: the file was changed");
    }
}

#[test]
fn a_damaged_file_is_named() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let path = folder.path().join("db.sqlite");
    drop(intranet);
    Connection::open(&path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    let mut bytes = fs::read(&path).unwrap();
    // The pages after the first, which has the names of the tables.
    let half = bytes.len() / 2;
    bytes[8192..half].fill(0x5a);
    write(&path, &bytes);
    let error = refused(folder.path(), &[]);
    assert!(error.contains("db.sqlite is damaged; stop the server, keep the file"), "{error}");
    assert!(error.contains("--restore"), "{error}");
}

#[test]
fn a_folder_that_is_missing_is_named() {
    let folder = TempDir::new().unwrap();
    let error = refused(&folder.path().join("nowhere"), &["--empty"]);
    assert!(error.contains("there is no folder") && error.contains("nowhere"), "{error}");
}

/// The server as a user who has no more rights than others, since a test may run as one who has all.
#[cfg(unix)]
fn as_plain_user(folder: &Path) -> Command {
    use std::os::unix::{
        fs::{MetadataExt, chown},
        process::CommandExt,
    };
    let mut server = command(folder);
    if TempDir::new().unwrap().path().metadata().unwrap().uid() == 0 {
        const NOBODY: u32 = 65534;
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).chain([folder.to_owned()]) {
            chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        server.uid(NOBODY).gid(NOBODY);
    }
    server
}

#[test]
#[cfg(unix)]
fn a_read_only_file_and_folder_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    Intranet::start(folder.path()).kill();
    let allow = |path: &Path, mode: u32| fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let path = folder.path().join("db.sqlite");
    for (file, in_folder, says) in
        [(0o400, 0o700, "cannot write"), (0o600, 0o500, "the server's user must be able to write in its folder")]
    {
        // The lock exists already. A server that starts in a folder of its own has to make it.
        let _ = fs::remove_file(folder.path().join("db.sqlite.lock"));
        let mut server = as_plain_user(folder.path());
        allow(&path, file);
        allow(folder.path(), in_folder);
        let output = server.args(["--listen", "127.0.0.1:0"]).output().unwrap();
        allow(folder.path(), 0o700);
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && error.contains(says) && error.contains("db.sqlite"), "{error}");
    }
}

/// A limit for the size of files stands for a disk that is full: SQLite cannot write, and can again later.
#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_grow_refuses_to_write_and_goes_on_by_itself() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    Intranet::start(folder.path()).kill();
    let mut server = Command::new("sh");
    // The signal would end the process before SQLite sees the error.
    server.args(["-c", "trap '' XFSZ; ulimit -S -f 1000; exec \"$@\"", "sh"]);
    let binary = command(folder.path());
    server.arg(binary.get_program()).args(binary.get_args());
    let intranet = Intranet::start_by(server, folder.path(), &["--empty"], fs::File::create(&log).unwrap().into());
    let mut saved = 0;
    let refused = loop {
        let answer = intranet.send(blog(&saved.to_string()));
        if answer.status != 200 {
            break answer;
        }
        saved += 1;
        assert!(saved < 1_000, "the limit was never reached");
    };
    assert_eq!(refused.status, 503, "{refused:?}");
    assert!(refused.headers.contains("retry-after: 30\n"), "{refused:?}");
    // Whatever was acknowledged is there, and everything can be read.
    assert_eq!((intranet.stored(), intranet.get("/ready", "ada").status), (saved, 200));
    assert_eq!(intranet.get("/", "ada").status, 200);
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("the disk of the database") && said.contains("db.sqlite"), "{said}");
    let lifted = Command::new("prlimit").args(["--pid", &intranet.id().to_string(), "--fsize=unlimited"]).status();
    assert!(lifted.unwrap().success());
    assert_eq!(intranet.send(blog("after")).status, 200);
    assert_eq!(intranet.stored(), saved + 1);
}
