//! Freezing and ending: nothing is taken in, everything can be read, and everyone gets their thanks and their file.

use crate::support::{
    northwind::run,
    server::{Intranet, SOCIAL, blog},
};
use serde_json::json;
use std::{path::Path, process::Output};
use tempfile::TempDir;

fn said(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr[..]].concat()).unwrap()
}

fn demonstration() -> TempDir {
    let folder = TempDir::new().unwrap();
    Intranet::start_with(folder.path(), &[]).kill();
    folder
}

fn start(folder: &Path) -> Intranet {
    Intranet::start_with(folder, &[])
}

#[test]
fn a_frozen_programme_can_be_read_and_takes_nothing_in_until_it_goes_on() {
    let folder = demonstration();
    let output = run(folder.path(), &["--freeze"]);
    assert!(output.status.success() && said(&output).contains("The programme is frozen"), "{output:?}");
    let intranet = start(folder.path());
    let stored = intranet.stored();
    let view = intranet.get("/api/members/ada/view", "ada").json;
    for answer in [
        intranet.send(json!([blog("frozen")])),
        intranet.post("/api/voids", SOCIAL, r#"{"id": "frozen"}"#),
        intranet.own("POST", "/api/members/ada/kudos", "ada", r#"{"to": "ingrid"}"#),
        intranet.own("POST", "/api/members/lukas/publish", "lukas", ""),
    ] {
        assert_eq!(answer.status, 409, "{answer:?}");
        assert!(answer.error().contains("the programme is frozen"), "{answer:?}");
    }
    assert_eq!((intranet.stored(), &intranet.get("/api/members/ada/view", "ada").json), (stored, &view));
    for path in ["/", "/people", "/people/ada", "/settings", "/thanks", "/experts", "/api/boards/recognition"] {
        assert_eq!(intranet.get(path, "ada").status, 200, "{path}");
    }
    assert!(intranet.get("/", "ada").text.contains("The programme stands still for now"));
    assert!(intranet.get_in("de", "/", "ada").text.contains("Das Programm ruht gerade"));
    // Nobody has to stay visible.
    assert_eq!(intranet.own("POST", "/api/members/ingrid/hide", "ingrid", "").status, 204);
    assert_eq!(intranet.get("/api/members/ingrid/view", "ada").status, 404);
    intranet.kill();

    assert!(said(&run(folder.path(), &["--resume"])).contains("The programme runs"));
    let intranet = start(folder.path());
    assert_eq!(intranet.send(json!([blog("frozen")])).status, 200);
}

#[test]
fn an_ended_programme_thanks_everyone_and_does_not_run_again() {
    let folder = demonstration();
    let refused = run(folder.path(), &["--end"]);
    assert!(!refused.status.success() && said(&refused).contains("add --confirm end"), "{refused:?}");
    let intranet = start(folder.path());
    assert_eq!(intranet.send(json!([blog("before")])).status, 200);
    intranet.kill();
    assert!(run(folder.path(), &["--end", "--confirm", "end"]).status.success());
    let intranet = start(folder.path());
    let home = intranet.get("/", "ada").text;
    for text in ["Thank you, Ada", "You are known for", "/api/members/ada/export"] {
        assert!(home.contains(text), "{text}: {home}");
    }
    assert!(intranet.get_in("de", "/", "ada").text.contains("Danke, Ada"));
    let view = intranet.get("/api/members/ada/view", "ada").json;
    for gone in ["steps", "challenges", "boards"] {
        assert!(view[gone].as_array().is_none_or(Vec::is_empty), "{gone}: {view}");
    }
    assert_eq!(intranet.get("/api/boards/recognition", "ada").status, 404);
    assert_eq!(intranet.get("/api/members/ada/export", "ada").status, 200);
    for page in ["/people", "/people/ada", "/settings", "/thanks", "/experts"] {
        assert_eq!(intranet.get(page, "ada").status, 200, "{page}");
    }
    let answer = intranet.send(json!([blog("after")]));
    assert!(answer.status == 409 && answer.error().contains("has ended"), "{answer:?}");
    intranet.kill();
    let refused = run(folder.path(), &["--resume"]);
    assert!(!refused.status.success() && said(&refused).contains("does not run again"), "{refused:?}");
}

#[test]
fn those_who_run_the_programme_pause_and_end_it_on_its_page_and_nobody_else() {
    let folder = demonstration();
    let intranet = start(folder.path());
    let change = |viewer: &str, form: &str| {
        let request = ureq::http::Request::builder()
            .method("POST")
            .uri(format!("{}/programme/phase", intranet.address))
            .header("cookie", format!("signed-in={viewer}"))
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form.to_owned())
            .unwrap();
        intranet.agent.run(request).unwrap().status().as_u16()
    };
    assert!(matches!(change("ada", "phase=frozen"), 403 | 404));
    assert_eq!(intranet.send(json!([blog("1")])).status, 200);
    assert_eq!(change("hannah", "phase=frozen"), 303);
    assert_eq!(intranet.send(json!([blog("2")])).status, 409);
    assert!(intranet.get("/programme", "hannah").text.contains("Let it go on"));
    assert_eq!(change("hannah", "phase=running"), 303);
    assert_eq!(intranet.send(json!([blog("2")])).status, 200);
    assert_eq!(change("hannah", "phase=ended"), 422);
    assert_eq!(change("hannah", "phase=ended&sure=end"), 303);
    assert_eq!(intranet.send(json!([blog("3")])).status, 409);
    assert_eq!(change("hannah", "phase=running"), 409);
}
