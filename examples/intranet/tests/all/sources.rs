//! What other systems send: added whole or not at all, once, in any order, and announced to open pages.

use crate::support::server::{Intranet, SOCIAL, blog, lately, refused};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read},
    sync::mpsc,
    time::{Duration, Instant},
};
use tempfile::TempDir;

#[test]
fn bad_input_is_refused_where_it_is_wrong_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let with = |key: &str, value: Value| {
        let mut activity = blog("1");
        activity[key] = value;
        activity.to_string()
    };
    let without_time = r#"{"id": "1", "kind": "blog.published", "actor": "ada"}"#;
    for (name, body, status, path, says) in [
        ("not JSON", "{\"id\": \n nonsense}".to_owned(), 400, None, "line 2"),
        ("nothing", String::new(), 400, None, "empty"),
        ("a number", "7".into(), 422, None, "expected an activity"),
        ("unknown kind", with("kind", json!("blog.publishd")), 422, Some("/kind"), "blog.published"),
        ("wrong type", with("attributes", json!({"words": "many"})), 422, Some("/attributes/words"), "whole number"),
        ("no time", without_time.into(), 422, Some("/at"), "missing"),
        ("no offset", with("at", json!("2026-03-02T09:30:00")), 422, Some("/at"), "offset"),
        ("far ahead", with("at", json!("2199-01-01T00:00:00Z")), 422, None, "future"),
        ("no id", with("id", Value::Null), 422, Some("/id"), "missing"),
        ("second of two", format!("[{}, {without_time}]", blog("2")), 422, Some("/1/at"), "missing"),
        ("second line", format!("{}\n{without_time}\n", blog("2")), 422, Some("/1/at"), "missing"),
        ("somebody else's source", with("source", json!("outreach")), 403, None, "outreach"),
    ] {
        let answer = intranet.post("/api/activities", SOCIAL, body);
        assert_eq!((answer.status, answer.json["path"].as_str()), (status, path), "{name}: {answer:?}");
        assert!(answer.error().contains(says), "{name}: {answer:?}");
    }
    assert_eq!(intranet.stored(), 0);
}

#[test]
fn a_token_names_the_source_and_what_it_may_send() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.post("/api/activities", "guessed", blog("1").to_string()).status, 401);
    let refused = intranet.post("/api/activities", "demo-outreach", blog("1").to_string());
    assert_eq!(refused.status, 403);
    assert!(refused.error().contains("`outreach` may not send `blog.published`"), "{refused:?}");
    // No source may publish a profile. Only the member may.
    let publish = json!({"id": "p", "at": lately(2, "09:30:00+01:00"), "kind": "profile.published", "actor": "ada"});
    assert_eq!(intranet.send(publish).status, 403);
    assert_eq!(intranet.stored(), 0);
}

#[test]
fn the_same_again_changes_nothing_and_other_content_is_a_conflict() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    assert_eq!(intranet.send(blog("1")).json, json!({"results": [{"id": "1", "status": "applied"}]}));
    let points = intranet.points("ada");
    assert_eq!(intranet.send(blog("1")).json, json!({"results": [{"id": "1", "status": "duplicate"}]}));
    let mut other = blog("1");
    other["attributes"]["words"] = json!(401);
    let conflict = intranet.send(json!([blog("2"), other]));
    assert_eq!((conflict.status, &conflict.json["path"]), (409, &json!("/1")));
    assert!(conflict.error().contains("`1` of source `social`"), "{conflict:?}");
    assert_eq!((intranet.points("ada"), intranet.stored()), (points, 1), "part of the batch was added");
}

#[test]
fn arrival_does_not_matter_and_a_void_is_exact() {
    let folder = TempDir::new().unwrap();
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    std::fs::create_dir_all(&one).unwrap();
    std::fs::create_dir_all(&two).unwrap();
    let like = |id: &str, hour: u8| {
        json!({"id": id, "at": lately(3, &format!("{hour:02}:00:00+01:00")), "kind": "post.liked", "actor": id, "owner": "ada",
               "object": "blog/ada/1"})
    };
    let batch = [blog("1"), like("bo", 10), like("cy", 11), like("di", 12), like("ed", 13), like("fi", 14)];
    let (in_order, backwards) = (Intranet::start(&one), Intranet::start(&two));
    in_order.send(json!(batch));
    let awaited = backwards.post("/api/voids", SOCIAL, r#"{"id": "not yet"}"#);
    assert_eq!(awaited.json, json!({"id": "not yet", "status": "awaited"}));
    for activity in batch.iter().rev() {
        assert_eq!(backwards.send(activity.clone()).status, 200);
    }
    backwards.send(like("not yet", 15));
    let view = |intranet: &Intranet| intranet.get("/api/members/ada/view", "ada").json;
    assert_eq!(view(&in_order), view(&backwards));
    assert_eq!(view(&in_order)["badges"]["earned"][0]["badge"], "well-read");

    let voided = backwards.post("/api/voids", SOCIAL, r#"{"id": "cy"}"#);
    assert_eq!(voided.json, json!({"id": "cy", "status": "voided"}));
    let earned = view(&backwards)["badges"]["earned"].to_string();
    assert!(!earned.contains("well-read"), "{earned}");
    assert_eq!(backwards.points("ada"), in_order.points("ada") - 2);
    assert_eq!(backwards.send(like("cy", 11)).json["results"][0]["status"], "voided");
    let in_feed = in_order.send(json!([blog("2"), {"void": "cy"}, {"void": "2"}]));
    assert_eq!(in_feed.json["results"][1], json!({"id": "cy", "status": "voided"}));
    assert_eq!(in_feed.json["results"][0], json!({"id": "2", "status": "voided"}), "its void came with it");
    assert_eq!(view(&in_order), view(&backwards), "a void in a feed is a void");
    assert_eq!(backwards.post("/api/voids", SOCIAL, r#"{"name": "cy"}"#).status, 422);
}

#[test]
fn acknowledged_activities_survive_a_kill_and_count_once() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let (address, agent) = (intranet.address.clone(), intranet.agent.clone());
    let (acknowledged, heard) = mpsc::channel();
    let sender = std::thread::spawn(move || {
        for number in 0.. {
            let page = json!({"id": format!("{number}"), "at": lately(number % 28 + 1, "10:00:00+01:00"),
                                "kind": "knowledge.shared", "actor": "ada", "object": format!("page/{number}")});
            let request = agent.post(format!("{address}/api/activities")).header("authorization", "Bearer demo-social");
            match request.send(page.to_string()) {
                Ok(answer) if answer.status() == 200 => acknowledged.send(page).unwrap(),
                _ => return,
            }
        }
    });
    let mut sent: Vec<Value> = (0..100).map(|_| heard.recv().unwrap()).collect();
    intranet.kill();
    sender.join().unwrap();
    sent.extend(heard);

    let again = Intranet::start(folder.path());
    // One more may have been committed before its answer was sent.
    assert!((sent.len()..=sent.len() + 1).contains(&(again.stored() as usize)), "{} of {}", again.stored(), sent.len());
    let points = again.points("ada");
    let statuses = again.send(json!(sent)).json["results"].clone();
    assert!(statuses.as_array().unwrap().iter().all(|result| result["status"] == "duplicate"), "{statuses}");
    assert_eq!(again.points("ada"), points);
}

#[test]
fn a_changed_program_recomputes_standings_at_the_next_start() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    intranet.send(blog("1"));
    let before = intranet.points("ada");
    drop(intranet);
    let program = include_str!("../../going-social.toml");
    let rule = "if = { words = { min = 150 } }\ngive = { recognition = 20 }";
    assert!(program.contains(rule));
    let file = folder.path().join("program.toml");
    std::fs::write(&file, program.replace(rule, &rule.replace("20", "25"))).unwrap();
    let intranet = Intranet::start_with(folder.path(), &["--empty", "--program", file.to_str().unwrap()]);
    assert_eq!(intranet.points("ada"), before + 5);
}

#[test]
fn an_open_page_hears_of_its_own_viewers_changes_alone() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let stream = intranet
        .agent
        .get(format!("{}/api/live?member=ada", intranet.address))
        .header("cookie", "signed-in=ada")
        .call();
    let mut lines = BufReader::new(stream.unwrap().into_body().into_reader()).lines();
    let (event, events) = mpsc::channel();
    std::thread::spawn(move || {
        while let Some(Ok(line)) = lines.next() {
            // Once a minute comes another event, which means nothing.
            if line.starts_with("data:") && !line.ends_with("false}") && event.send(line).is_err() {
                return;
            }
        }
    });
    let sent = Instant::now();
    intranet.send(blog("1"));
    let first = events.recv_timeout(Duration::from_secs(1)).unwrap();
    assert_eq!(first, r#"data: {"member":true}"#, "after {:?}", sent.elapsed());
    let heard = Instant::now();
    // What a colleague does is not announced. `src/live.rs` tests when such pages read again.
    for number in 2..7 {
        let mut other = blog(&number.to_string());
        other["actor"] = json!("priya");
        other["owner"] = json!("priya");
        intranet.send(other);
    }
    let more = events.recv_timeout(Duration::from_millis(2_500));
    assert!(more.is_err(), "a colleague's activity made an event: {more:?}");
    intranet.send(blog("8"));
    assert_eq!(events.recv_timeout(Duration::from_secs(1)).unwrap(), r#"data: {"member":true}"#);
    assert!(heard.elapsed() > Duration::from_millis(950), "after {:?}", heard.elapsed());
}

#[test]
fn a_huge_body_is_refused_by_its_size() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    // Only the head is sent. The answer must not wait for a hundred million bytes.
    let mut stream = std::net::TcpStream::connect(intranet.address.trim_start_matches("http://")).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    let head = "POST /api/activities HTTP/1.1\r\nhost: intranet\r\nauthorization: Bearer demo-social\r\ncontent-length: 100000000\r\n\r\n";
    std::io::Write::write_all(&mut stream, head.as_bytes()).unwrap();
    let mut answer = [0; 2_000];
    let length = stream.read(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("expected at most 4194304 bytes"), "{answer}");
    // A body of unknown length is cut off at the limit.
    let endless = std::io::repeat(b' ').take(6 << 20);
    let request = intranet
        .agent
        .post(format!("{}/api/activities", intranet.address))
        .header("authorization", "Bearer demo-social");
    if let Ok(answer) = request.send(ureq::SendBody::from_owned_reader(endless)) {
        assert_eq!(answer.status(), 413);
    }
    assert_eq!(intranet.stored(), 0);
}

#[test]
fn an_imported_record_is_added_once_and_names_its_bad_line() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("record.jsonl");
    let import = ["--empty", "--import", file.to_str().unwrap()];
    let said = |kind: &str, id: &str| json!({"id": id, "at": lately(2, "09:00:00Z"), "kind": kind, "actor": "ada"});
    let lines = [said("profile.published", "1"), blog("2"), blog("3"), json!({"void": "3"})];
    let text: String = lines.iter().map(|line| format!("{line}\n\n")).collect();
    std::fs::write(&file, &text).unwrap();
    let view = || {
        let intranet = Intranet::start_with(folder.path(), &import);
        assert_eq!(intranet.stored(), 3);
        intranet.get("/api/members/ada/view", "bob").json
    };
    let first = view();
    assert_eq!(first["published"], true, "{first}");
    assert_eq!(view(), first, "the same file again changed something");
    for (line, says) in [
        ("{".into(), "record.jsonl:9: EOF"),
        (said("profile.publishd", "4").to_string(), "record.jsonl:9: /kind: "),
        (said("profile.hidden", "1").to_string(), "record.jsonl:9: the record has activity `1` with other content"),
        (blog("4").to_string().replace("2026", "2199"), "record.jsonl:9: the time 2199"),
    ] {
        std::fs::write(&file, text.clone() + &line).unwrap();
        let error = refused(folder.path(), &import);
        assert!(error.contains(says), "{line}: {error}");
    }
    std::fs::write(&file, &text).unwrap();
    assert_eq!(view(), first, "part of a bad file was added");
}
