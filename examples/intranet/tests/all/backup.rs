//! Backup: copies made while a server writes are complete, can be brought back, and are checked.

use crate::support::server::{Intranet, blog, command, refused};
use rusqlite::Connection;
use std::{
    fs,
    path::Path,
    process::Command,
    sync::atomic::{AtomicI64, Ordering},
    thread,
};
use tempfile::TempDir;

/// Runs a command on the database in a folder, and returns what it prints.
fn run(folder: &Path, options: &[&str]) -> String {
    let output = command(folder).args(options).output().unwrap();
    assert!(output.status.success(), "{options:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn activities(database: &Path) -> i64 {
    let count = Connection::open(database).unwrap().query_row("SELECT count(*) FROM activities", [], |row| row.get(0));
    count.unwrap()
}

#[test]
fn a_backup_made_while_the_server_writes_brings_back_all_that_was_acknowledged() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let intranet = Intranet::start(folder.path());
    let acknowledged = AtomicI64::new(0);
    let copies: Vec<_> = (0..4).map(|number| folder.path().join(format!("copy-{number}"))).collect();
    let made: Vec<(i64, i64)> = thread::scope(|scope| {
        let sending = scope.spawn(|| {
            for number in 0..120 {
                assert_eq!(intranet.send(blog(&number.to_string())).status, 200);
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
        });
        let made = copies.iter().map(|copy| {
            let before = acknowledged.load(Ordering::SeqCst);
            let said = run(folder.path(), &["--backup", copy.to_str().unwrap()]);
            let copied = activities(copy);
            assert!(said.starts_with(&format!("Copied {copied} activities")), "{said}");
            (before, copied)
        });
        let made = made.collect();
        sending.join().unwrap();
        made
    });
    assert!(made.iter().all(|(before, copied)| before <= copied), "acknowledged before, and copied: {made:?}");
    let total = intranet.points("ada");
    intranet.kill();

    // The last copy is from before the last activities. They are sent again, as any source does after an outage.
    let copy = copies.last().unwrap().to_str().unwrap();
    let said = run(elsewhere.path(), &["--restore", copy]);
    assert!(said.starts_with("Restored"), "{said}");
    let intranet = Intranet::start(elsewhere.path());
    for number in 0..120 {
        assert_eq!(intranet.send(blog(&number.to_string())).status, 200);
    }
    assert_eq!((intranet.stored(), intranet.points("ada")), (120, total));
    intranet.kill();
    assert!(run(elsewhere.path(), &["--verify"]).contains("is sound"));
}

#[test]
fn a_backup_replaces_nothing_and_is_complete_or_absent() {
    let folder = TempDir::new().unwrap();
    let (copy, broken) = (folder.path().join("copy"), folder.path().join("broken"));
    let copy_name = copy.to_str().unwrap();
    assert!(refused(folder.path(), &["--backup", copy_name]).contains("there is no database"));
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.send(blog("1")).status, 200);
    run(folder.path(), &["--backup", copy_name]);
    assert!(refused(folder.path(), &["--backup", copy_name]).contains("a backup replaces no file"));
    assert!(refused(folder.path(), &["--restore", copy_name]).contains("move it and the files beside it away"));
    assert!(refused(folder.path(), &["--verify"]).contains("another server uses"));
    intranet.kill();
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&copy.metadata().unwrap().permissions()) & 0o777, 0o600);

    // A copy that lost a page brings nothing back, and neither does a file of something else.
    let mut bytes = fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..].fill(0);
    let other = TempDir::new().unwrap();
    let diary = b"Dear diary, today ".repeat(99);
    for (content, reasons) in [(bytes, ["is malformed", "is damaged"]), (diary, ["is not a usable SQLite database"; 2])]
    {
        fs::write(&broken, content).unwrap();
        let said = refused(other.path(), &["--restore", broken.to_str().unwrap()]);
        assert!(reasons.iter().any(|reason| said.contains(reason)), "{said}");
        assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
    }
}

#[test]
#[cfg(unix)]
fn a_backup_that_is_killed_leaves_no_file_of_its_name() {
    let folder = TempDir::new().unwrap();
    Intranet::start_with(folder.path(), &[]).kill();
    let copy = folder.path().join("copy");
    for after in 0..10 {
        let mut backup = command(folder.path()).args(["--backup", copy.to_str().unwrap()]).spawn().unwrap();
        thread::sleep(std::time::Duration::from_millis(after * 4));
        assert!(Command::new("kill").args(["-9", &backup.id().to_string()]).status().unwrap().success());
        backup.wait().unwrap();
        if copy.exists() {
            assert!(activities(&copy) > 0);
            fs::remove_file(&copy).unwrap();
        }
        let _ = fs::remove_file(folder.path().join("copy.unfinished"));
    }
}
