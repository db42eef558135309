//! Operation: slow clients, stopping, and databases that are in use, gone or not usable.

use crate::support::server::{Intranet, blog, refused};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    process::Command,
    time::{Duration, Instant},
};
use tempfile::TempDir;

fn connect(intranet: &Intranet, sends: &str) -> TcpStream {
    let mut stream = TcpStream::connect(intranet.address.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.write_all(sends.as_bytes()).unwrap();
    stream
}

const HALF_A_HEAD: &str = "GET / HTTP/1.1\r\nhost: intr";
const HALF_A_BODY: &str = "POST /api/activities HTTP/1.1\r\nhost: intranet\r\nauthorization: Bearer demo-social\r\n\
                           content-length: 100000\r\n\r\n{\"id\": ";
const LIVE: &str = "GET /api/live?member=ada HTTP/1.1\r\nhost: intranet\r\ncookie: signed-in=ada\r\n\r\n";

#[test]
fn a_client_that_stops_halfway_is_cut_off() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let begun = Instant::now();
    let mut half = [HALF_A_HEAD, HALF_A_BODY].map(|sends| connect(&intranet, sends));
    let said = half.each_mut().map(|stream| {
        let mut said = String::new();
        stream.read_to_string(&mut said).unwrap();
        said
    });
    assert!((8..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert!(said[0].is_empty() || said[0].starts_with("HTTP/1.1 408"), "{}", said[0]);
    assert!(said[1].starts_with("HTTP/1.1 4") && said[1].contains("did not arrive completely"), "{}", said[1]);
    assert_eq!(intranet.send(blog("1")).status, 200);
}

#[test]
#[cfg(unix)]
fn the_server_stops_within_seconds_whatever_its_clients_do() {
    let folder = TempDir::new().unwrap();
    let mut intranet = Intranet::start(folder.path());
    let mut live = connect(&intranet, LIVE);
    let mut begins = [0; 15];
    live.read_exact(&mut begins).unwrap();
    assert_eq!(&begins, b"HTTP/1.1 200 OK");
    let _half = [HALF_A_HEAD, HALF_A_BODY].map(|sends| connect(&intranet, sends));
    assert_eq!(intranet.send(blog("1")).status, 200);
    let begun = Instant::now();
    assert!(Command::new("kill").arg(intranet.id().to_string()).status().unwrap().success());
    assert!(intranet.wait().success());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(Intranet::start(folder.path()).stored(), 1);
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
    let database = folder.path().join("db.sqlite");
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.send(blog("1")).status, 200);
    // While the server runs, nothing is acknowledged that would be lost.
    fs::rename(&database, folder.path().join("moved")).unwrap();
    let answer = intranet.send(blog("2"));
    assert_eq!(answer.status, 500, "{answer:?}");
    assert!(answer.error().contains("nothing was changed"), "{answer:?}");
    assert_eq!(intranet.get("/api/health", "ada").status, 500);
    drop(intranet);
    let error = refused(folder.path(), &["--empty"]);
    assert!(error.contains("db.sqlite is gone, and it held data; restore it from a backup"), "{error}");
    fs::rename(folder.path().join("moved"), &database).unwrap();
    assert_eq!(Intranet::start(folder.path()).stored(), 1);
}

#[test]
fn a_file_that_is_no_database_of_ours_is_named_and_left_alone() {
    for (content, says) in [
        (b"not a database, and long enough to be one".repeat(30), "is not a usable SQLite database"),
        (foreign(), "has tables of version 7"),
    ] {
        let folder = TempDir::new().unwrap();
        let database = folder.path().join("db.sqlite");
        fs::write(&database, &content).unwrap();
        assert!(Command::new("chmod").arg("600").arg(&database).status().unwrap().success());
        let error = refused(folder.path(), &["--empty"]);
        assert!(error.contains(says) && error.contains("db.sqlite"), "{error}");
        assert_eq!(fs::read(&database).unwrap().len(), content.len(), "{says}: the file was changed");
    }
}

/// A database of another program.
fn foreign() -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("foreign.sqlite");
    let database = rusqlite::Connection::open(&path).unwrap();
    database.execute_batch("PRAGMA user_version = 7; CREATE TABLE notes (text TEXT);").unwrap();
    drop(database);
    fs::read(path).unwrap()
}
