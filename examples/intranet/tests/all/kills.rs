//! Kills: a server that is killed while it works loses nothing that it acknowledged, and counts nothing twice.
//!
//! `INTRANET_KILLS=1000 cargo test -p intranet --test all killed -- --nocapture` kills it a thousand times.

use crate::support::{
    northwind::run,
    server::{Intranet, SOCIAL, blog, refused},
    store::Database,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    sync::{
        Mutex, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use ureq::Agent;

/// Clients that send at the same time.
const CLIENTS: usize = 4;

/// How often to kill; few where nobody asks for more.
pub fn kills() -> usize {
    env::var("INTRANET_KILLS").map_or(6, |kills| kills.parse().expect("INTRANET_KILLS is a number"))
}

/// Clients that send one activity after another to a server that comes and goes.
pub struct Load {
    address: RwLock<String>,
    is_over: AtomicBool,
    acknowledged: Mutex<BTreeSet<String>>,
}

impl Load {
    /// Lets clients send while `interrupt` runs, and returns the ids that were acknowledged. A client sends the same
    /// again until it is.
    pub fn during(interrupt: impl FnOnce(&Self)) -> BTreeSet<String> {
        let load = Self { address: RwLock::default(), is_over: AtomicBool::new(false), acknowledged: Mutex::default() };
        let here = &load;
        thread::scope(|threads| {
            (0..CLIENTS).for_each(|client| drop(threads.spawn(move || here.send(client))));
            interrupt(&load);
            load.is_over.store(true, Ordering::SeqCst);
        });
        load.acknowledged.into_inner().unwrap()
    }

    /// Says where the server is now.
    pub fn meets(&self, intranet: &Intranet) {
        self.address.write().unwrap().clone_from(&intranet.address);
    }

    /// Waits until this many more activities were acknowledged.
    pub fn wait_for(&self, more: usize) {
        let (before, begun) = (self.acknowledged.lock().unwrap().len(), Instant::now());
        while self.acknowledged.lock().unwrap().len() < before + more {
            assert!(begun.elapsed() < Duration::from_secs(60), "the server takes nothing in any more");
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn send(&self, client: usize) {
        let agent: Agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)))
            .build()
            .into();
        for number in 0.. {
            let id = format!("{client}-{number}");
            let activity = blog(&id).to_string();
            loop {
                if self.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let address = self.address.read().unwrap().clone();
                let request = agent.post(format!("{address}/api/activities"));
                let answer = request.header("authorization", format!("Bearer {SOCIAL}")).send(&activity);
                match answer.map(|answer| answer.status().as_u16()) {
                    Ok(200) => break,
                    Ok(503) | Err(_) => thread::sleep(Duration::from_millis(5)),
                    Ok(other) => panic!("{id} was answered {other}"),
                }
            }
            self.acknowledged.lock().unwrap().insert(id);
        }
    }
}

/// Of the activities that were acknowledged, how many are not in the record, and how many are in it more than once.
pub fn lost_and_doubled(acknowledged: &BTreeSet<String>, contents: &[String]) -> (usize, usize) {
    let mut objects: BTreeMap<String, usize> = BTreeMap::new();
    for content in contents {
        let activity: Value = serde_json::from_str(content).unwrap();
        *objects.entry(activity["object"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    let lost = acknowledged.iter().filter(|id| !objects.contains_key(&format!("blog/ada/{id}")));
    (lost.count(), objects.values().filter(|times| **times > 1).count())
}

pub const CONTENTS: &str = "SELECT content FROM activities WHERE source = 'social'";

#[test]
fn a_server_killed_under_load_loses_and_doubles_nothing() {
    let folder = TempDir::new().unwrap();
    let kills = kills();
    let acknowledged = Load::during(|load| {
        for _ in 0..kills {
            let intranet = Intranet::start(folder.path());
            load.meets(&intranet);
            load.wait_for(1);
            thread::sleep(Duration::from_millis(fastrand::u64(..40)));
            intranet.kill();
        }
        let intranet = Intranet::start(folder.path());
        load.meets(&intranet);
        load.wait_for(2 * CLIENTS);
    });
    let db = Database::of(folder.path());
    let found = lost_and_doubled(&acknowledged, &db.column(CONTENTS));
    println!("{kills} kills: {} acknowledged, (lost, doubled) = {found:?}", acknowledged.len());
    assert_eq!(found, (0, 0));
    let verified = run(folder.path(), &["--verify"]);
    assert!(verified.status.success(), "{verified:?}");

    // The same search finds one that is dropped, and one that is there under another id.
    let id = acknowledged.iter().next().unwrap();
    db.run(&format!(
        "INSERT INTO activities (source, id, content)
             SELECT source, 'again', content FROM activities WHERE id = '{id}' AND source = 'social'"
    ));
    assert_eq!(lost_and_doubled(&acknowledged, &db.column(CONTENTS)), (0, 1));
    let those = format!("SELECT number FROM activities WHERE source = 'social' AND id IN ('again', '{id}')");
    db.run(&format!("DELETE FROM names WHERE activity IN ({those})"));
    db.run(&format!("DELETE FROM activities WHERE source = 'social' AND id IN ('again', '{id}')"));
    assert_eq!(lost_and_doubled(&acknowledged, &db.column(CONTENTS)), (1, 0));
    assert!(refused(folder.path(), &["--verify"]).contains("do not follow from the record"));
}
