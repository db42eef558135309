//! Faults of a server of PostgreSQL: each is named with the database, says what to do, and never tells the password. The
//! README's table lists them.

use crate::support::{
    cluster::{self, PASSWORD},
    northwind::run,
    server::{Intranet, blog, command, refused},
    store::Database,
};
use std::{fs, process::Command};
use tempfile::TempDir;

/// What a server says that does not start on this database.
fn refused_at(url: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_intranet"))
        .args(["--listen", "127.0.0.1:0", "--pkg", "/", "--database", url])
        .output()
        .unwrap();
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn what_keeps_a_server_from_starting_is_named_without_the_password() {
    let cluster = cluster::shared();
    cluster.create("faulty");
    let right = cluster.url_with_password(PASSWORD, "faulty");
    let no_server = format!("postgres://intranet:{PASSWORD}@127.0.0.1:1/faulty");
    for (url, says) in [
        (cluster.url_with_password("wrong-horse", "faulty"), "does not accept the user or the password"),
        (cluster.url_with_password(PASSWORD, "nowhere"), "there is no database postgres://intranet@127.0.0.1/nowhere"),
        (no_server, "the database postgres://intranet@127.0.0.1/faulty does not answer"),
        (format!("{right}?sslmode=require"), "does not encrypt connections"),
        (format!("{right}?ssl=mode=require"), "--database is not an address of PostgreSQL"),
        ("postgres://wrong-horse".into(), "--database is not an address of PostgreSQL"),
    ] {
        let said = refused_at(&url);
        assert!(said.contains(says), "{says}: {said}");
        assert!(!said.contains("horse"), "{said}");
    }
    // A password that no other user of the machine can read from the list of processes.
    let without = right.replace(&format!(":{PASSWORD}"), "");
    let verified = Command::new(env!("CARGO_BIN_EXE_intranet"))
        .args(["--verify", "--database", &without])
        .env("PGPASSWORD", PASSWORD)
        .output()
        .unwrap();
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn a_foreign_database_is_named_and_left_alone() {
    let foreign = "is a database of another program; say which one it is with --database";
    for (sql, says) in [
        ("CREATE TABLE notes (text text)", foreign),
        ("CREATE TABLE standings (text text)", foreign),
        (
            "CREATE TABLE standings (text text); CREATE TABLE intranet (version bigint); INSERT INTO intranet VALUES (99)",
            "has tables of version 99; this program needs version",
        ),
    ] {
        let folder = TempDir::new().unwrap();
        let db = Database::of(folder.path());
        db.run(sql);
        let tables = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace ORDER BY relname";
        let before = db.column(tables);
        let said = refused(folder.path(), &["--empty"]);
        assert!(said.contains(says) && said.contains("postgres://intranet@"), "{said}");
        assert_eq!(db.column(tables), before);
    }
}

#[test]
fn a_database_that_cannot_write_refuses_and_goes_on_by_itself() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    let intranet = Intranet::start_with_log(folder.path(), &["--empty"], fs::File::create(&log).unwrap().into());
    assert_eq!(intranet.send(blog("before")).status, 200);
    let db = intranet.database();
    let current = db.column("SELECT current_database()")[0].clone();
    let read_only = format!(
        "ALTER DATABASE {current} SET default_transaction_read_only = on;
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()"
    );
    // PostgreSQL reports a full disk by this code.
    let full = "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'no space for ada' USING ERRCODE = '53100', DETAIL = 'of ada'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON activities EXECUTE FUNCTION full_disk()";
    let lifted = format!(
        "ALTER DATABASE {current} RESET default_transaction_read_only;
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{current}'"
    );
    for (fault, lift, says) in [
        (read_only.as_str(), lifted.as_str(), "is read-only"),
        (
            full,
            "DROP TRIGGER full_disk ON activities; DROP FUNCTION full_disk",
            "cannot grow, because its disk is full",
        ),
    ] {
        db.run(fault);
        let answer = intranet.send(blog(says));
        assert_eq!(answer.status, 503, "{answer:?}");
        assert!(answer.headers.contains("retry-after: 30\n"), "{answer:?}");
        assert_eq!(intranet.get("/", "ada").status, 200);
        let said = fs::read_to_string(&log).unwrap();
        assert!(said.contains(says) && said.contains("postgres://intranet@"), "{said}");
        assert!(!said.contains("of ada"), "{said}");
        if db.column("SHOW default_transaction_read_only") == ["on"] {
            cluster::shared().client("postgres").batch_execute(lift).unwrap();
        } else {
            db.run(lift);
        }
        assert_eq!(intranet.send(blog(says)).status, 200);
    }
}

#[test]
fn what_only_a_file_has_says_what_to_use_instead() {
    let folder = TempDir::new().unwrap();
    Intranet::start(folder.path()).kill();
    let said = refused(folder.path(), &["--backup", "copy"]);
    assert!(said.contains("pg_dump -Fc -f copy -h /") && said.contains("-U intranet -d t"), "{said}");
    let said = refused(folder.path(), &["--restore", "copy"]);
    assert!(said.contains("pg_restore --no-owner -h /") && said.trim_end().ends_with(" copy"), "{said}");
}

#[test]
fn the_tables_of_both_databases_are_the_same() {
    let columns = |sql: &str| {
        let mut tables = Vec::new();
        for table in sql.split("CREATE TABLE ").skip(1) {
            let (name, body) = table.split_once(" (\n").unwrap();
            let lines = body.split("\n)").next().unwrap().lines().map(str::trim);
            let columns = lines.filter(|line| line.starts_with(|first: char| first.is_lowercase() || first == '"'));
            let names: Vec<_> = columns.map(|line| line.split_whitespace().next().unwrap().replace('"', "")).collect();
            tables.push((name.to_owned(), names));
        }
        tables.sort();
        tables
    };
    let mut file = columns(include_str!("../../schema.sql"));
    let mut server = columns(include_str!("../../schema-postgres.sql"));
    file.retain(|(table, _)| table != "remains");
    server.retain(|(table, _)| !["changes", "intranet"].contains(&table.as_str()));
    assert_eq!(file, server);
    assert!(file.len() > 8, "{file:?}");
}

#[test]
fn a_copy_by_pg_dump_brings_everything_back() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let intranet = Intranet::start_with(folder.path(), &[]);
    let (stored, points) = (intranet.stored(), intranet.points("ada"));
    intranet.kill();
    let copy = folder.path().join("copy");
    let said = refused(folder.path(), &["--backup", copy.to_str().unwrap()]);
    let dump = said.trim_end().rsplit_once("copied by: ").unwrap().1;
    assert!(Command::new("sh").args(["-c", dump]).status().unwrap().success(), "{dump}");
    let said = refused(elsewhere.path(), &["--restore", copy.to_str().unwrap()]);
    let restore = said.trim_end().rsplit_once("brought back by: ").unwrap().1;
    assert!(Command::new("sh").args(["-c", restore]).status().unwrap().success(), "{restore}");
    assert!(run(elsewhere.path(), &["--verify"]).status.success());
    let intranet = Intranet::start_by(command(elsewhere.path()), elsewhere.path(), &[], std::process::Stdio::inherit());
    assert_eq!((intranet.stored(), intranet.points("ada")), (stored, points));
}
