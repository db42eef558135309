//! What only a database in a file has: rights, a lock, a log beside it, and bytes that an erasure must not leave.

use crate::support::{
    northwind::{MEMBER, Northwind, found, tables},
    server::{Intranet, blog, command, refused},
};
use rusqlite::Connection;
use std::{fs, process::Stdio, time::Duration};
#[cfg(unix)]
use std::{
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::Path,
};
use tempfile::TempDir;

/// What an erasure said that failed.
fn refused_to_erase(company: &Northwind) -> String {
    let output = company.erase(&["--confirm", MEMBER]);
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn an_erasure_that_is_killed_has_done_all_or_nothing_and_the_next_start_clears_up() {
    let company = Northwind::with_the_member();
    let before = tables(&company.data());
    assert!(before.iter().any(|row| row.contains(MEMBER)));
    let (mut undone, mut done) = (0, 0);
    for milliseconds in (0..).step_by(4) {
        let copy = Northwind { folder: TempDir::new().unwrap() };
        fs::create_dir(copy.data()).unwrap();
        for file in fs::read_dir(company.data()).unwrap().map(|entry| entry.unwrap().path()) {
            fs::copy(&file, copy.data().join(file.file_name().unwrap())).unwrap();
        }
        fs::copy(company.people(), copy.people()).unwrap();
        let mut process = command(&copy.data())
            .args(["--people", &copy.people(), "--erase", MEMBER, "--confirm", MEMBER])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        let ended = process.try_wait().unwrap().is_some();
        let _ = process.kill();
        process.wait().unwrap();
        let after = tables(&copy.data());
        if after == before {
            undone += 1;
            copy.erased();
        } else {
            done += 1;
            let names = after.iter().filter(|row| row.to_lowercase().contains(MEMBER));
            assert_eq!(names.count(), 0, "after {milliseconds} ms");
            copy.start().kill();
        }
        assert_eq!(found(&copy.data()), [], "after {milliseconds} ms");
        if ended {
            break;
        }
    }
    assert!(undone > 0 && done > 0, "{undone} not begun, {done} done");
}

#[test]
fn bytes_that_another_program_holds_are_cleared_by_the_next_run() {
    let company = Northwind::with_the_member();
    let reader = Connection::open(company.data().join("db.sqlite")).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM activities;").unwrap();
    let error = refused_to_erase(&company);
    assert!(error.contains("another program reads") && error.contains("run this again"), "{error}");
    assert_ne!(found(&company.data()), []);
    reader.execute_batch("COMMIT").unwrap();
    drop(reader);
    let error = refused_to_erase(&company);
    assert!(error.contains("an erasure was interrupted") && error.contains("nothing is kept about"), "{error}");
    assert_eq!(found(&company.data()), []);
}

#[test]
fn a_database_of_the_version_before_is_brought_up_to_date() {
    let folder = TempDir::new().unwrap();
    Intranet::start_with(folder.path(), &[]).kill();
    let before = tables(folder.path());
    let db = Connection::open(folder.path().join("db.sqlite")).unwrap();
    let added = ["erased", "remains", "looks", "sums", "sealed", "phase"].map(|table| format!("DROP TABLE {table};"));
    let standings =
        "CREATE TABLE program (only INTEGER PRIMARY KEY CHECK (only = 1), fingerprint TEXT NOT NULL) STRICT;
        INSERT INTO program SELECT DISTINCT 1, program FROM standings;
        CREATE TABLE old (member TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        INSERT INTO old SELECT member, bytes FROM standings;
        DROP TABLE standings;
        ALTER TABLE old RENAME TO standings;";
    db.execute_batch(&format!("{standings} {} PRAGMA user_version = 3;", added.concat())).unwrap();
    drop(db);
    Intranet::start_with(folder.path(), &[]).kill();
    assert_eq!(tables(folder.path()), before);
}

#[test]
fn a_database_serves_one_server_at_a_time() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let error = refused(folder.path(), &["--empty"]);
    assert!(error.contains("another server uses") && error.contains("db.sqlite"), "{error}");
    assert_eq!(intranet.send(blog("1")).status, 200);
    intranet.kill();
    assert_eq!(Intranet::start(folder.path()).stored(), 1, "a killed server still held its database");
}

#[test]
fn a_database_that_is_gone_stops_the_server() {
    let folder = TempDir::new().unwrap();
    let (database, log) = (folder.path().join("db.sqlite"), folder.path().join("log"));
    let intranet = Intranet::start_with_log(folder.path(), &["--empty"], fs::File::create(&log).unwrap().into());
    assert_eq!(intranet.send(blog("1")).status, 200);
    // While the server runs, nothing is acknowledged that would be lost.
    fs::rename(&database, folder.path().join("moved")).unwrap();
    let answer = intranet.send(blog("2"));
    assert_eq!(answer.status, 500, "{answer:?}");
    assert!(answer.error().contains("nothing was changed"), "{answer:?}");
    assert_eq!((intranet.get("/live", "ada").status, intranet.get("/ready", "ada").status), (200, 503));
    // Another file in its place is not taken for it, either.
    fs::write(&database, "").unwrap();
    assert_eq!((intranet.send(blog("2")).status, intranet.get("/ready", "ada").status), (500, 503));
    let said = fs::read_to_string(&log).unwrap();
    assert!(said.contains("db.sqlite is gone") && said.contains("was replaced by another file"), "{said}");
    fs::remove_file(&database).unwrap();
    drop(intranet);
    let error = refused(folder.path(), &["--empty"]);
    assert!(error.contains("db.sqlite is gone, and it held data; restore it from a backup"), "{error}");
    fs::rename(folder.path().join("moved"), &database).unwrap();
    assert_eq!(Intranet::start(folder.path()).stored(), 1);
}

#[test]
fn the_database_is_readable_by_its_owner_alone() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let mode = |path: &Path| path.metadata().unwrap().mode() & 0o777;
    let files = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let modes: Vec<_> = files.map(|file| (file.file_name().unwrap().to_owned(), mode(&file))).collect();
    assert!(modes.len() >= 3 && modes.iter().all(|(_, mode)| *mode == 0o600), "{modes:?}");
    drop(intranet);
    let database = folder.path().join("db.sqlite");
    fs::set_permissions(&database, fs::Permissions::from_mode(0o644)).unwrap();
    let error = refused(folder.path(), &["--empty"]);
    assert!(error.contains(&format!("chmod 600 {}", database.display())), "{error}");
}
