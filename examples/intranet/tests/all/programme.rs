//! The programme in numbers: for the people who run it, of groups and without names.

use crate::support::{
    company::{Company, SAM, sam_shows_all},
    server::{Intranet, command},
};
use serde_json::{Value, json};
use std::{fs, net::TcpListener};
use tempfile::TempDir;

#[test]
fn only_the_people_who_run_the_programme_see_it_in_groups() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let report = intranet.get("/api/programme", "hannah").json;
    let groups = report["groups"].as_array().unwrap();
    let named: Vec<&str> = groups.iter().filter_map(|group| group["group"].as_str()).collect();
    // Of the directory, no team has ten members, so all are one group.
    assert_eq!(named, [] as [&str; 0], "{report}");
    assert!(groups.iter().all(|group| group["members"].as_u64() >= Some(10)), "{report}");
    let bands = ["few", "some", "most", "nearly-all"];
    assert!(groups.iter().all(|group| bands.iter().any(|band| group["published"] == *band)), "{report}");
    // Nine joined, which is too few to say anything about them.
    let cohort = &report["challenges"][0];
    assert_eq!((&cohort["members"], &cohort["shared"]), (&Value::Null, &Value::Null), "{report}");
    let page = intranet.get("/programme", "hannah");
    assert!(page.status == 200 && page.text.contains("Too few people have joined"), "{}", page.text);
    for viewer in ["ada", "ingrid"] {
        assert_eq!(intranet.get("/api/programme", viewer).status, 403);
        let page = intranet.get("/programme", viewer);
        assert!(page.status == 403 && !page.text.contains("joined"), "{}", page.text);
        assert!(page.text.contains("<p>This is for the people who run the programme.</p>"), "{}", page.text);
        assert!(!intranet.get("/", viewer).text.contains("/programme"));
    }
}

#[test]
fn the_programme_names_nobody() {
    let company = Company::with(&sam_shows_all(), &[]);
    for path in ["/api/programme", "/programme"] {
        let answer = company.ask("GET", path, "boss", "");
        assert_eq!(answer.status, 200);
        for name in [SAM, "The sam", "The mate", "c0"] {
            assert!(!answer.text.contains(name), "{path}: {}", answer.text);
        }
    }
    // One of fourteen joined the challenge, which is too few to be a group.
    let report = company.ask("GET", "/api/programme", "boss", "").json;
    let expected = json!({"challenge": "first-thirty-days", "name": "Your first thirty days"});
    assert_eq!(report["challenges"], json!([expected]));
}

#[test]
fn warnings_are_printed_at_the_start() {
    let folder = TempDir::new().unwrap();
    // A port that is taken, so the server prints its warnings and ends.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let start = |program: Option<&str>| {
        let mut command = command(folder.path());
        command.args(["--listen", &taken.local_addr().unwrap().to_string(), "--empty"]);
        if let Some(program) = program {
            let file = folder.path().join("program.toml");
            fs::write(&file, program).unwrap();
            command.arg("--program").arg(file);
        }
        String::from_utf8(command.output().unwrap().stderr).unwrap()
    };
    let gentle = start(None);
    assert!(!gentle.contains("warning: /"), "{gentle}");
    let limit = "limit = [{ times = 3, per = \"week\" }]\n";
    let program = include_str!("../../going-social.toml");
    assert!(program.contains(limit));
    let harmful = start(Some(&program.replace(limit, "")));
    // With the line, and the column of `blog` in `[rules.blog]`.
    assert!(harmful.contains("/program.toml:") && harmful.contains(":8: warning: /rules/blog: "), "{harmful}");
}

#[test]
fn a_role_model_shows_steps_and_no_comparison() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let model = intranet.get("/api/models/ingrid", "samuel").json;
    let steps = model["steps"].as_array().unwrap();
    assert!(!steps.is_empty(), "{model}");
    let parts: Vec<&String> = model.as_object().unwrap().keys().collect();
    assert_eq!(parts, ["member", "name", "steps"]);
    let page = intranet.get("/models/ingrid", "samuel");
    assert!(page.status == 200 && page.text.contains("What you could learn from it"), "{}", page.text);
    for nobody in ["ada", "nobody", "samuel"] {
        let answer = intranet.get(&format!("/api/models/{nobody}"), "samuel");
        assert_eq!((answer.status, &answer.json["error"]), (404, &Value::from("not found, or not visible to you")));
        assert_eq!(intranet.get(&format!("/models/{nobody}"), "samuel").status, 404);
    }
}
