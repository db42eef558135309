//! The log: JSON lines with the id of their request, which the answer has, too.

use crate::support::{
    server::{Answer, Intranet},
    store::Database,
};
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

/// A server whose profiles are damaged, so that some requests fail, and the lines of its log.
fn with_a_damaged_profile(ask: impl Fn(&Intranet)) -> Vec<Value> {
    let folder = TempDir::new().unwrap();
    let log = folder.path().join("log");
    let intranet = Intranet::start_with_log(folder.path(), &[], fs::File::create(&log).unwrap().into());
    Database::of(folder.path()).run("UPDATE profiles SET profile = '7' WHERE member = 'ada'");
    ask(&intranet);
    intranet.kill();
    let lines = fs::read_to_string(log).unwrap();
    lines.lines().filter(|line| line.starts_with('{')).map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ask(intranet: &Intranet, path: &str, id: &str) -> Answer {
    let request = intranet.agent.get(format!("{}{path}", intranet.address)).header("cookie", "signed-in=ada");
    Answer::of(request.header("x-request-id", id).call().unwrap())
}

#[test]
fn a_request_is_known_by_one_id_in_the_log_and_in_the_answer() {
    let lines = with_a_damaged_profile(|intranet| {
        let failed = ask(intranet, "/api/members/ada/profile", "proxy-17");
        assert_eq!((failed.status, &failed.json["request"]), (500, &"proxy-17".into()), "{failed:?}");
        assert!(failed.headers.contains("x-request-id: proxy-17\n"), "{failed:?}");
        let page = ask(intranet, "/people/ada/edit", "proxy-18");
        assert!(page.status == 500 && page.text.contains("This was request proxy-18."), "{}", page.text);
        // Also what is refused before it comes to a route, and what works.
        let refused = intranet.agent.post(format!("{}/sign-in", intranet.address)).header("origin", "http://evil");
        let refused = Answer::of(refused.header("x-request-id", "proxy-19").send("person=ada").unwrap());
        assert_eq!((refused.status, &refused.json["request"]), (403, &"proxy-19".into()), "{refused:?}");
        assert!(refused.headers.contains("x-content-type-options: nosniff\n"), "{refused:?}");
        assert!(ask(intranet, "/data-sheet", "proxy-20").headers.contains("x-request-id: proxy-20\n"));
    });
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["span"]["request_id"].as_str()).collect();
    assert_eq!(ids, ["proxy-17", "proxy-18"], "{lines:?}");
    for line in &lines {
        assert!(line["timestamp"].is_string() && line["level"] == "ERROR", "{line}");
        assert_eq!(line["message"], "a stored profile is damaged", "{line}");
    }
}

#[test]
fn an_id_that_could_be_taken_for_something_else_is_replaced() {
    let long = "a".repeat(101);
    let lines = with_a_damaged_profile(|intranet| {
        for id in ["", "two words", "{\"level\":\"INFO\"}", "a/b", &long] {
            let answer = ask(intranet, "/api/members/ada/profile", id);
            let given = answer.json["request"].as_str().unwrap();
            assert!(given != id && given.len() == 36, "{id}: {answer:?}");
        }
    });
    let ids: std::collections::BTreeSet<&str> =
        lines.iter().filter_map(|line| line["span"]["request_id"].as_str()).collect();
    assert_eq!(ids.len(), 5, "{lines:?}");
}
