//! The size of the company: a home page of a member costs the same, however many others there are.

use crate::{
    http::Connection,
    large::{LargeCompany, person},
    support::server::command,
    times::Times,
};
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// What a home page reads, and the pages beside it.
const PATHS: [&str; 4] = ["/", "/api/members/{id}/view", "/api/boards/recognition", "/api/experts?topic=ink"];

/// The times of each path, with the time that the server computed for one answer.
fn measure(people: usize, answers: usize) -> Vec<(Times, Duration)> {
    let company = LargeCompany::of(people, [2, 1], command).restarted(command);
    let runtime = Runtime::new().unwrap();
    let measured = PATHS.iter().map(|path| {
        let read = async |answers: usize| {
            let mut browser = Connection::to(&company.intranet.address).await;
            let mut times = Vec::new();
            for number in 0..answers {
                let viewer = person(number * 7919 % people);
                let path = path.replace("{id}", &viewer);
                let begun = Instant::now();
                assert_eq!(browser.get(&path, &viewer).await.0, 200, "{path}");
                times.push(begun.elapsed());
            }
            times
        };
        runtime.block_on(read(50));
        let before = company.cpu();
        let times = Times::of(runtime.block_on(read(answers)));
        let cpu = (company.cpu() - before) / u32::try_from(answers).unwrap();
        println!("| {people} | `{path}` | {times} | CPU {cpu:.0?} | {} MiB |", company.memory_mib().0);
        (times, cpu)
    });
    measured.collect()
}

/// `cargo test --release -p intranet --test all fifty_thousand -- --ignored --nocapture` prints the figures.
#[test]
#[ignore = "takes minutes and says more in a release build"]
fn a_home_page_among_fifty_thousand_costs_what_it_costs_among_five_hundred() {
    let (few, many) = (measure(500, 1_000), measure(50_000, 1_000));
    for (path, ((few, _), (many, _))) in PATHS.iter().zip(few.iter().zip(&many)) {
        assert!(many.median < few.median * 2 + Duration::from_millis(1), "{path}: {few}, then {many}");
    }
}
