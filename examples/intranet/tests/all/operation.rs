//! Operation: slow clients, stopping, writers that take long, and a database that is in use or gone.

use crate::support::{
    server::{Answer, Intranet, SOCIAL, blog},
    store::Lock,
};
use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    sync::mpsc,
    thread,
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
    intranet.signal("TERM");
    assert!(intranet.wait().success());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(Intranet::start(folder.path()).stored(), 1);
}

/// Sends an activity from a thread of its own, and passes the answer on.
fn send_each(intranet: &Intranet, ids: std::ops::Range<usize>) -> mpsc::Receiver<Answer> {
    let (answer, answers) = mpsc::channel();
    for id in ids {
        let (agent, address, answer) = (intranet.agent.clone(), intranet.address.clone(), answer.clone());
        thread::spawn(move || {
            let request = agent.post(format!("{address}/api/activities"));
            let request = request.header("authorization", format!("Bearer {SOCIAL}"));
            // A server that stops ends some of these.
            if let Ok(answered) = request.send(blog(&id.to_string()).to_string()) {
                let _ = answer.send(Answer::of(answered));
            }
        });
    }
    answers
}

#[test]
fn views_do_not_wait_for_writers_and_too_many_writers_are_asked_to_come_back() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.get("/api/members/ada/view", "ada").status, 200);
    let lock = Lock::on(intranet.folder());
    // More than there are threads for work that blocks.
    let answers = send_each(&intranet, 0..600);
    // One writes and a hundred wait. The others hear so at once.
    let mut refused = 0;
    while refused < 400 {
        let answer = answers.recv_timeout(Duration::from_secs(20)).unwrap();
        assert_eq!(answer.status, 503, "{answer:?}");
        if answer.error() == "the server has too much to do; nothing was changed" {
            assert!(answer.headers.contains("retry-after: 2\n"), "{answer:?}");
            refused += 1;
        }
    }
    for _ in 0..20 {
        let begun = Instant::now();
        assert_eq!(intranet.get("/", "ada").status, 200);
        assert!(begun.elapsed() < Duration::from_secs(1), "a page waited {:?} for a writer", begun.elapsed());
    }
    lock.release();
    // Those who have waited are served. On a slow machine some have waited too long.
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    let saved = statuses.iter().filter(|status| **status == 200).count();
    assert!(saved > 50 && statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert_eq!(intranet.stored(), saved as i64, "what was refused was saved");
}

#[test]
fn a_lock_of_another_program_is_named_and_passes() {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    let intranet = Intranet::start_with_log(folder.path(), &["--empty"], fs::File::create(&log).unwrap().into());
    let lock = Lock::on(intranet.folder());
    let answer = intranet.send(blog("1"));
    assert_eq!(
        (answer.status, answer.error()),
        (503, "the server cannot save anything at the moment; nothing was changed")
    );
    assert!(answer.headers.contains("retry-after: 30\n"), "{answer:?}");
    let said = fs::read_to_string(log).unwrap();
    assert!(said.contains("holds a lock on the database"), "{said}");
    lock.release();
    assert_eq!(intranet.send(blog("1")).status, 200);
}

#[test]
#[cfg(unix)]
fn writers_that_are_stuck_do_not_keep_the_server_from_stopping() {
    let folder = TempDir::new().unwrap();
    let mut intranet = Intranet::start(folder.path());
    let _lock = Lock::on(intranet.folder());
    let _answers = send_each(&intranet, 0..40);
    thread::sleep(Duration::from_millis(500));
    let begun = Instant::now();
    intranet.signal("TERM");
    assert!(intranet.wait().success());
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[test]
fn a_client_that_reads_nothing_is_cut_off() {
    let folder = TempDir::new().unwrap();
    // More than fits into the buffers of a connection.
    let length = 64 << 20;
    fs::File::create(folder.path().join("large")).unwrap().set_len(length).unwrap();
    let intranet = Intranet::start(folder.path());
    let mut stream = connect(&intranet, "GET /pkg/large HTTP/1.1\r\nhost: intranet\r\n\r\n");
    thread::sleep(Duration::from_secs(33));
    let mut read = Vec::new();
    let ended = stream.read_to_end(&mut read);
    assert!((read.len() as u64) < length, "{ended:?}: all was kept for a client that read nothing");
}
