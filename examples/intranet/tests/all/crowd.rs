//! A crowd: many home pages stay open while an activity comes in each second. What a view and an activity take, and how
//! much memory the server holds.

use crate::{
    http::Connection,
    large::{LargeCompany, person},
    support::{
        company::{TOKEN, deed},
        server::command,
    },
    times::Times,
};
use serde_json::json;
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, sync::mpsc, task::JoinSet};

/// What one run measured.
struct Measured {
    /// The memory before the pages were opened, with all of them open, and at the most, in MiB.
    memory: [u64; 3],
    views: Times,
    /// Boards that pages read again because a minute was over or because their own standing changed.
    boards: Times,
    activities: Times,
}

impl fmt::Display for Measured {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { memory: [before, open, most], views, boards, activities } = self;
        writeln!(out, "memory: {before} MiB, {open} MiB with the pages open, {most} MiB at the most")?;
        write!(out, "views: {views}\nboards: {boards}\nactivities: {activities}")
    }
}

/// What a page read after an event.
enum Read {
    View(Duration),
    Board(Duration),
}

/// A page that stays open and does what the widget does: after an event about its own viewer it reads the view and the
/// board, after any other event the board.
async fn open_page(address: String, viewer: String, opened: Arc<AtomicUsize>, read: mpsc::UnboundedSender<Read>) {
    let mut events = Connection::to(&address).await;
    events.send("GET", &format!("/api/live?member={viewer}"), &viewer, "").await;
    assert_eq!(events.head().await.0, 200);
    opened.fetch_add(1, Ordering::SeqCst);
    while let Some(line) = events.line().await {
        if !line.starts_with("data:") {
            continue;
        }
        // The server has closed a connection that was idle for long.
        let mut own = Connection::to(&address).await;
        if line.contains("true") {
            let begun = Instant::now();
            assert_eq!(own.get(&format!("/api/members/{viewer}/view"), &viewer).await.0, 200);
            let _ = read.send(Read::View(begun.elapsed()));
        }
        let begun = Instant::now();
        assert_eq!(own.get("/api/boards/recognition", &viewer).await.0, 200);
        let _ = read.send(Read::Board(begun.elapsed()));
    }
}

/// Opens `pages` home pages, sends an activity a second, and lets visitors read ten views a second.
fn crowd(company: &LargeCompany, people: usize, pages: usize, seconds: u64) -> Measured {
    let before = company.memory_mib().0;
    let address = company.intranet.address.clone();
    let runtime = Runtime::new().unwrap();
    let measured = runtime.block_on(async {
        let (read, mut reads) = mpsc::unbounded_channel();
        let opened = Arc::new(AtomicUsize::new(0));
        let mut open = JoinSet::new();
        for number in 0..pages {
            open.spawn(open_page(address.clone(), person(number), opened.clone(), read.clone()));
        }
        while opened.load(Ordering::SeqCst) < pages {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let with_pages = company.memory_mib().0;
        let visitors = {
            let (address, read) = (address.clone(), read.clone());
            async move {
                let mut visitor = Connection::to(&address).await;
                for visit in 0..10 * seconds {
                    let (begun, member) = (Instant::now(), person(visit as usize * 7 % people));
                    assert_eq!(visitor.get(&format!("/api/members/{member}/view"), &person(0)).await.0, 200);
                    let _ = read.send(Read::View(begun.elapsed()));
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        let sending = async {
            let mut source = Connection::to(&address).await;
            let (mut times, mut ticks) = (Vec::new(), tokio::time::interval(Duration::from_secs(1)));
            for number in 0..seconds as usize {
                ticks.tick().await;
                let owner = person(number % pages);
                let mut like = deed(60, "post.liked", &person(people - 1), json!({"owner": owner}));
                like["id"] = json!(format!("crowd-{pages}-{number}"));
                like["object"] = json!(format!("blog/{owner}/0"));
                let begun = Instant::now();
                let answer = source.post("/api/activities", TOKEN, &like.to_string()).await;
                assert_eq!(answer.0, 200, "{}", answer.1);
                times.push(begun.elapsed());
            }
            times
        };
        let (_, activities) = tokio::join!(visitors, sending);
        open.shutdown().await;
        drop(read);
        let (mut views, mut boards) = (Vec::new(), Vec::new());
        while let Some(read) = reads.recv().await {
            match read {
                Read::View(time) => views.push(time),
                Read::Board(time) => boards.push(time),
            }
        }
        (with_pages, views, boards, activities)
    });
    let (with_pages, views, boards, activities) = measured;
    Measured {
        memory: [before, with_pages, company.memory_mib().1],
        views: Times::of(views),
        boards: Times::of(boards),
        activities: Times::of(activities),
    }
}

#[test]
#[cfg(target_os = "linux")]
fn two_hundred_open_pages_and_an_activity_a_second() {
    let measured = crowd(&LargeCompany::with(250), 250, 200, 8);
    println!("{measured}");
    assert!(measured.views.p99.as_secs() < 1 && measured.activities.slowest.as_secs() < 2, "{measured}");
    let [before, _, most] = measured.memory;
    assert!(most - before < 40, "{measured}");
}

/// `cargo test --release -p intranet --test all thousand_open -- --ignored --nocapture` prints the figures. Longer than a
/// minute, so that every page has read its board again because a minute was over.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "takes two minutes and says more in a release build"]
fn a_thousand_open_pages_and_an_activity_a_second() {
    let company = LargeCompany::with(1_000);
    for pages in [200, 1_000] {
        println!("{pages} open pages\n{}", crowd(&company, 1_000, pages, 75));
    }
}

/// The same with ten thousand members: `ten_thousand` instead of `thousand_open`.
#[test]
#[cfg(target_os = "linux")]
#[ignore = "takes five minutes and says more in a release build"]
fn ten_thousand_members_and_a_thousand_open_pages() {
    let company = LargeCompany::with(10_000).restarted(command);
    println!("{}", crowd(&company, 10_000, 1_000, 75));
}
