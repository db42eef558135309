//! Several servers on one database: they agree at once on what only one of them has heard.

use crate::support::{
    server::{Intranet, blog},
    store::Database,
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    thread,
    time::Duration,
};
use tempfile::TempDir;

fn status(intranet: &Intranet, path: &str, viewer: &str) -> u16 {
    intranet.get(path, viewer).status
}

#[test]
fn nobody_who_hides_on_one_server_is_shown_by_the_other() {
    let folder = TempDir::new().unwrap();
    let one = Intranet::start_with(folder.path(), &[]);
    let servers = [one, Intranet::start_with(folder.path(), &[])];
    let on_board = |intranet: &Intranet| intranet.get("/api/boards/recognition", "ada").text.contains("\"priya\"");
    let view = "/api/members/priya/view";
    // The board is of this month, which may have begun a minute ago.
    let at = jiff::Timestamp::now().to_string();
    let shared = json!({"id": "tip", "at": at, "kind": "knowledge.shared", "actor": "priya", "object": "tip"});
    assert_eq!(servers[0].send(shared).status, 200);
    assert!(servers.iter().all(|server| status(server, view, "ada") == 200));
    assert!(servers.iter().all(on_board));
    let experts = "/api/experts?topic=facilitation";
    for round in 0..10 {
        let (here, there) = (&servers[round % 2], &servers[1 - round % 2]);
        assert_eq!(here.own("POST", "/api/members/priya/hide", "priya", "").status, 204);
        assert_eq!((status(there, view, "ada"), on_board(there)), (404, false), "round {round}");
        assert_eq!((status(here, view, "ada"), on_board(here)), (404, false), "round {round}");
        assert_eq!(here.own("POST", "/api/members/ingrid/hide", "ingrid", "").status, 204);
        assert!(!there.get(experts, "ada").text.contains("ingrid"), "round {round}");
        assert_eq!(here.own("POST", "/api/members/ingrid/publish", "ingrid", "").status, 204);
        assert!(there.get(experts, "ada").text.contains("ingrid"), "round {round}");
        assert_eq!(there.own("POST", "/api/members/priya/publish", "priya", "").status, 204);
        assert_eq!((status(here, view, "ada"), on_board(here)), (200, true), "round {round}");
    }
}

#[test]
fn a_programme_frozen_on_one_server_takes_nothing_in_on_the_other() {
    let folder = TempDir::new().unwrap();
    let one = Intranet::start_with(folder.path(), &[]);
    let other = Intranet::start_with(folder.path(), &[]);
    let change = |intranet: &Intranet, form: &str| {
        let request = ureq::http::Request::builder()
            .method("POST")
            .uri(format!("{}/programme/phase", intranet.address))
            .header("cookie", "signed-in=hannah")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned())
            .unwrap();
        assert_eq!(intranet.agent.run(request).unwrap().status().as_u16(), 303);
    };
    change(&one, "phase=frozen");
    assert_eq!(other.send(blog("frozen")).status, 409);
    assert!(other.get("/", "ada").text.contains("The programme stands still for now"));
    change(&other, "phase=running");
    assert_eq!((one.send(blog("1")).status, other.send(blog("2")).status), (200, 200));
}

#[test]
fn an_open_page_hears_of_what_another_server_took_in() {
    let folder = TempDir::new().unwrap();
    let one = Intranet::start(folder.path());
    let other = Intranet::start_with(folder.path(), &["--empty"]);
    let mut page = TcpStream::connect(other.address.trim_start_matches("http://")).unwrap();
    page.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let asked = "GET /api/live?member=ada HTTP/1.1\r\nhost: intranet\r\ncookie: signed-in=ada\r\n\r\n";
    page.write_all(asked.as_bytes()).unwrap();
    let mut lines = BufReader::new(page).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "HTTP/1.1 200 OK");
    for id in ["1", "2"] {
        // The other server may have lost its connection for a moment.
        if id == "2" {
            let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()";
            Database::of(folder.path()).run(all);
        }
        assert_eq!(one.send(blog(id)).status, 200);
        assert!(lines.any(|line| line == r#"data: {"member":true}"#), "the stream ended");
    }
}

#[test]
fn two_servers_that_start_on_a_new_database_make_one_demonstration() {
    let folder = TempDir::new().unwrap();
    let started = thread::scope(|threads| {
        let starting = [(); 2].map(|()| threads.spawn(|| Intranet::start_with(folder.path(), &[])));
        starting.map(|starting| starting.join().unwrap())
    });
    let other = TempDir::new().unwrap();
    let alone = Intranet::start_with(other.path(), &[]);
    for intranet in &started {
        assert_eq!((intranet.stored(), intranet.points("ada")), (alone.stored(), alone.points("ada")));
    }
}

/// Going Social, in which a post gives something else.
fn new_program(folder: &TempDir) -> String {
    let path = folder.path().join("new.toml");
    let program = include_str!("../../going-social.toml");
    let (before, rule) = program.split_once("[rules.blog]").unwrap();
    let rule = rule.replacen("recognition = 20", "recognition = 23", 1);
    fs::write(&path, format!("{before}[rules.blog]{rule}")).unwrap();
    path.to_str().unwrap().into()
}

fn standings(intranet: &Intranet) -> Vec<Value> {
    ["ada", "ingrid", "priya"]
        .map(|member| intranet.get(&format!("/api/members/{member}/view"), member).json["standing"].clone())
        .to_vec()
}

#[test]
fn servers_with_an_old_and_a_new_program_work_on_one_database() {
    let folder = TempDir::new().unwrap();
    let program = new_program(&folder);
    let with_new = ["--empty", "--program", &program];
    let alone = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let expected =
        [Intranet::start_with(alone[0].path(), &["--empty"]), Intranet::start_with(alone[1].path(), &with_new)];
    let old = Intranet::start_with(folder.path(), &["--empty"]);
    let activity = |id: usize| {
        let mut activity = blog(&id.to_string());
        let actor = ["ada", "ingrid", "priya"][id % 3];
        (activity["actor"], activity["owner"]) = (json!(actor), json!(actor));
        activity
    };
    let send = |to: &Intranet, id: usize| assert_eq!(to.send(activity(id)).status, 200);
    (0..6).for_each(|id| send(&old, id));
    let new = Intranet::start_with(folder.path(), &with_new);
    for id in 6..18 {
        send(if id % 2 == 0 { &old } else { &new }, id);
        assert_ne!(old.points("ada"), new.points("ada"), "the programs do not differ");
    }
    let void = json!({"void": "7"});
    assert_eq!(old.send(void.clone()).status, 200);
    for intranet in &expected {
        (0..18).for_each(|id| send(intranet, id));
        assert_eq!(intranet.send(void.clone()).status, 200);
    }
    assert_eq!([&old, &new].map(standings), expected.each_ref().map(standings));
}
