//! Requests that wait to write share a transaction: each still has an answer of its own.

use crate::{
    ON_POSTGRES,
    support::{
        northwind::run,
        server::{Answer, Intranet, SOCIAL, blog},
        store::Lock,
    },
};
use serde_json::{Value, json};
use std::{fs::File, thread, time::Duration};
use tempfile::TempDir;

/// What a server answers to requests of which one holds up the others until all wait, and in how many transactions it
/// did them.
fn together(intranet: &Intranet, metrics: &str, bodies: &[Value]) -> (Vec<Answer>, u64) {
    let commits = || {
        let text = intranet.agent.get(metrics).call().unwrap().body_mut().read_to_string().unwrap();
        let count = text.lines().find_map(|line| line.strip_prefix("intranet_commit_seconds_count "));
        count.unwrap().parse::<u64>().unwrap()
    };
    let before = commits();
    let lock = Lock::on(intranet.folder());
    let answers = thread::scope(|threads| {
        let waiting: Vec<_> = bodies
            .iter()
            .map(|body| {
                let sent = threads.spawn(|| intranet.post("/api/activities", SOCIAL, body.to_string()));
                thread::sleep(Duration::from_millis(20));
                sent
            })
            .collect();
        thread::sleep(Duration::from_millis(300));
        lock.release();
        waiting.into_iter().map(|answer| answer.join().unwrap()).collect()
    });
    (answers, commits() - before)
}

fn started(folder: &TempDir) -> (Intranet, String) {
    let log = File::create(folder.path().join("log")).unwrap();
    let options = ["--empty", "--metrics", "127.0.0.1:0"];
    let mut intranet = Intranet::start_with_log(folder.path(), &options, log.into());
    let metrics = intranet.metrics();
    (intranet, metrics)
}

#[test]
fn one_wait_for_the_disk_acknowledges_all_who_waited_and_a_refusal_is_of_one_alone() {
    let folder = TempDir::new().unwrap();
    let (intranet, metrics) = started(&folder);
    assert_eq!(intranet.send(blog("old")).status, 200);
    let mut other = blog("old");
    other["attributes"]["words"] = json!(1);
    let mut bodies: Vec<Value> = (0..20).map(|number| blog(&format!("new-{number}"))).collect();
    // The same from two clients, what is known already, a conflict behind what is new, and one with its void.
    bodies.extend([blog("new-19"), blog("old"), json!([blog("lost"), other]), json!([blog("gone"), {"void": "gone"}])]);
    let (answers, commits) = together(&intranet, &metrics, &bodies);
    let statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [[200; 22].as_slice(), &[409, 200]].concat());
    assert_eq!(answers[22].json["path"], "/1", "{:?}", answers[22]);
    let became = |answer: &Answer| answer.json["results"][0]["status"].as_str().unwrap().to_owned();
    assert!(answers[..20].iter().all(|answer| became(answer) == "applied"));
    assert_eq!([&answers[20], &answers[21], &answers[23]].map(became), ["duplicate", "duplicate", "voided"]);
    assert!(commits <= 3, "{commits} transactions for 24 requests");
    assert_eq!(intranet.stored(), 22);
    intranet.kill();
    let verified = run(folder.path(), &["--verify"]);
    assert!(verified.status.success(), "{verified:?}");
}

#[test]
fn one_that_cannot_be_saved_does_not_take_the_others_with_it() {
    let folder = TempDir::new().unwrap();
    let (intranet, metrics) = started(&folder);
    intranet.database().run(if ON_POSTGRES {
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
         CREATE TRIGGER refuse BEFORE INSERT ON activities FOR EACH ROW WHEN (NEW.id = 'bad') EXECUTE FUNCTION refuse()"
    } else {
        "CREATE TRIGGER refuse BEFORE INSERT ON activities WHEN NEW.id = 'bad'
         BEGIN SELECT RAISE(ABORT, 'not this one'); END"
    });
    let ids = ["a", "b", "bad", "c"];
    let (answers, _) = together(&intranet, &metrics, &ids.map(blog));
    assert_eq!(answers.iter().map(|answer| answer.status).collect::<Vec<_>>(), [200, 200, 500, 200], "{answers:?}");
    let stored = intranet.database().column("SELECT id FROM activities ORDER BY id");
    assert_eq!(stored, ["a", "b", "c"]);
}
