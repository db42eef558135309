//! Metrics: counts and times, at an address of their own, and nothing about a person.

use crate::{
    ON_POSTGRES,
    support::server::{Answer, Intranet, blog},
};
use serde_json::json;
use tempfile::TempDir;

#[test]
fn metrics_count_and_measure_and_name_nobody() {
    let folder = TempDir::new().unwrap();
    let mut intranet = Intranet::start_with(folder.path(), &["--metrics", "127.0.0.1:0"]);
    let address = intranet.metrics();
    let read = || Answer::of(intranet.agent.get(&address).call().unwrap());
    assert_eq!(intranet.send(json!([blog("1"), blog("2"), {"void": "2"}])).status, 200);
    assert_eq!(intranet.send(blog("1")).status, 200);
    assert_eq!(intranet.get("/api/members/ada/view", "ada").status, 200);
    assert_eq!(intranet.get("/people/priya", "ingrid").status, 200);
    assert_eq!(intranet.get("/people/nobody", "ada").status, 404);
    let answer = read();
    assert!(answer.headers.contains("content-type: application/openmetrics-text"), "{answer:?}");
    let says = |line: &str| assert!(answer.text.lines().any(|other| other == line), "{line} is not in {}", answer.text);
    says(r#"intranet_requests_total{method="POST",route="/api/activities",status="200"} 2"#);
    says(r#"intranet_requests_total{method="GET",route="/people/{id}",status="200"} 1"#);
    says(r#"intranet_requests_total{method="GET",route="/people/{id}",status="404"} 1"#);
    says(r#"intranet_request_seconds_count{method="GET",route="/api/members/{id}/view"} 1"#);
    says(r#"intranet_activities_total{status="applied"} 1"#);
    says(r#"intranet_activities_total{status="voided"} 2"#);
    says(r#"intranet_activities_total{status="duplicate"} 1"#);
    // The server itself writes once a day, too.
    let commits = answer.text.lines().find_map(|line| line.strip_prefix("intranet_commit_seconds_count ")).unwrap();
    assert!((2..5).contains(&commits.parse::<u32>().unwrap()), "{commits}");
    says("intranet_people 22");
    says("intranet_open_pages 0");
    says(r#"intranet_waiting{queue="writers"} 0"#);
    says(r#"intranet_refused_total{queue="readers"} 0"#);
    // A server has one log for all its databases.
    let log = (!ON_POSTGRES).then_some("intranet_log_bytes ");
    for bytes in ["intranet_database_bytes ", "intranet_memory_bytes "].into_iter().chain(log) {
        let value = answer.text.lines().find_map(|line| line.strip_prefix(bytes)).unwrap();
        assert!(value.parse::<u64>().unwrap() > 1_000, "{bytes}{value}");
    }
    for name in ["ada", "priya", "ingrid", "nobody", "northwind", "blog/"] {
        assert!(!answer.text.to_lowercase().contains(name), "{name} is in {}", answer.text);
    }
}

#[test]
fn visitors_cannot_read_metrics_which_say_when_somebody_did_something() {
    let folder = TempDir::new().unwrap();
    let mut intranet = Intranet::start_with(folder.path(), &["--empty", "--metrics", "127.0.0.1:0"]);
    assert_eq!(intranet.get("/metrics", "hannah").status, 404);
    let address = intranet.metrics();
    // And the address of the metrics shows nothing else.
    let other = address.replace("/metrics", "/people");
    assert_eq!(intranet.agent.get(other).call().unwrap().status(), 404);
}

#[test]
fn live_and_ready_are_the_same_before_and_after_somebody_did_something() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let ask = || ["/live", "/ready"].map(|path| intranet.get(path, "ada")).map(|answer| (answer.status, answer.text));
    let before = ask();
    assert_eq!(before.each_ref().map(|(status, _)| *status), [200, 200]);
    assert_eq!(intranet.send(blog("1")).status, 200);
    assert_eq!(ask(), before);
}
