//! What members see: views, reasons and pages.

use crate::support::server::{Intranet, blog};
use serde_json::{Value, json};
use tempfile::TempDir;

#[test]
fn only_the_member_changes_their_profile_and_boards() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let profile = r#"{"headline": "<script>alert(1)</script>", "known-for": ["a", "b", "c"], "blog": {"state": "does-not-apply"}}"#;
    let preview = intranet.own("POST", "/api/members/ada/profile/preview", "ada", profile);
    assert_eq!((preview.status, &preview.json["profile"]["percent"]), (200, &json!(38)), "{preview:?}");
    assert_eq!(intranet.stored(), 0, "a preview was stored");
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", profile).json["profile"]["percent"], 38);
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", profile).status, 200);
    assert_eq!(
        intranet.stored(),
        2,
        "one activity for the fields, one for the topics, and none for saving the same again"
    );
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "priya", profile).status, 403);
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", r#"{"hobby": "x"}"#).json["path"], "/hobby");
    let claimed = intranet.own("PUT", "/api/members/ada/profile", "ada", r#"{"about": {"state": "done"}}"#);
    assert_eq!((claimed.status, &claimed.json["path"]), (422, &json!("/about")), "done without a text");

    assert_eq!(intranet.get("/api/members/ada/view", "priya").status, 404, "seen before it was published");
    assert_eq!(intranet.get("/api/live?member=ada", "priya").status, 404);
    assert_eq!(intranet.own("POST", "/api/members/ada/publish", "priya", "").status, 403);
    assert_eq!(intranet.own("POST", "/api/members/ada/publish", "ada", "").status, 204);
    let seen = intranet.get("/api/members/ada/view", "priya").json;
    assert_eq!((&seen["name"], &seen["profile"]), (&json!("Ada Brandt"), &Value::Null));
    assert_eq!(intranet.get("/api/members/ada/why?rule=known-for", "priya").status, 403);
    assert_eq!(intranet.get("/api/members/ada/why?rule=known-for", "ada").json["entry"]["amount"], 15);
    assert_eq!(intranet.own("POST", "/api/members/ada/hide", "ada", "").status, 204);
    assert_eq!(intranet.get("/api/members/ada/view", "priya").status, 404);

    assert_eq!(intranet.own("POST", "/api/boards/recognition/join", "ada", "").status, 204);
    assert_eq!(intranet.get("/api/boards/recognition", "ada").json["rows"][0]["name"], "Ada Brandt");
    assert_eq!(intranet.own("POST", "/api/boards/recognition/leave", "ada", "").status, 204);
    assert_eq!(intranet.get("/api/boards/recognition", "ada").json["rows"], json!([]));
    assert_eq!(intranet.own("POST", "/api/boards/nothing/join", "ada", "").status, 404);
}

#[test]
fn another_site_cannot_act_for_the_person_signed_in() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    for (header, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://elsewhere.example")]
    {
        let request =
            intranet.agent.post(format!("{}/api/members/ada/publish", intranet.address)).header(header, value);
        assert_eq!(request.header("cookie", "signed-in=ada").send_empty().unwrap().status(), 403, "{header}: {value}");
    }
    assert_eq!(intranet.stored(), 0);
}

#[test]
fn why_not_names_the_limit_or_the_failed_condition() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let mut batch: Vec<Value> = (1..=4).map(|number| blog(&format!("{number}"))).collect();
    batch.push(blog("short"));
    batch[4]["attributes"]["words"] = json!(20);
    intranet.send(json!(batch));
    let skipped = intranet.get("/api/members/ada/why-not?source=social&activity=4", "ada").json;
    assert_eq!(skipped["skips"][0]["because"]["limit"]["times"], 3, "{skipped}");
    let skipped = intranet.get("/api/members/ada/why-not?source=social&activity=short", "ada").json;
    assert_eq!(skipped["skips"][0]["because"]["condition"][0]["found"], "20", "{skipped}");
    let parts = intranet.get("/api/members/ada/why-not?badge=on-camera", "ada").json;
    assert_eq!((&parts["parts"][0]["value"], &parts["parts"][0]["goal"]), (&json!(0), &json!(1)), "{parts}");
    assert_eq!(intranet.get("/api/members/ada/why-not", "ada").status, 422);
    let unread = intranet.get("/api/boards/recognition?rows=many", "ada");
    assert_eq!(unread.status, 400);
    assert!(unread.error().contains("rows"), "{unread:?}");
}

#[test]
fn reasons_are_in_the_readers_language() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let mut short = blog("short");
    short["attributes"]["words"] = json!(20);
    intranet.send(json!([blog("1"), short]));
    let why = intranet.get_in("de", "/api/members/ada/why?rule=blog&activity=1", "ada").json;
    let named = &why["activities"][0];
    assert_eq!((&named["id"], &named["name"]), (&json!("1"), &json!("Ein Blogbeitrag")), "{why}");
    let skipped = intranet.get_in("de", "/api/members/ada/why-not?source=social&activity=short", "ada").json;
    assert_eq!(skipped["skips"][0]["name"], "Ein Blogbeitrag", "{skipped}");
}

#[test]
fn the_demonstrations_profiles_and_record_agree() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let stored = intranet.stored();
    assert!(stored > 300, "{stored} activities");
    for (member, percent) in [("ada", 73), ("ingrid", 100), ("marcus", 100), ("oliver", 0)] {
        assert_eq!(intranet.get(&format!("/api/members/{member}/view"), member).json["profile"]["percent"], percent);
        // people.json and the record agree on what is done, so saving the profile unchanged records nothing.
        let profile = intranet.get(&format!("/api/members/{member}/profile"), member).json.to_string();
        assert_eq!(intranet.own("PUT", &format!("/api/members/{member}/profile"), member, &profile).status, 200);
        assert_eq!(intranet.stored(), stored, "{member}");
    }
    assert_eq!(intranet.get("/api/boards/recognition", "oliver").json["joined"], false);
}

#[test]
fn pages_and_their_headers() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let bad = r#"{"headline": "<script>alert(1)</script>", "blog": "javascript:alert(1)"}"#;
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", bad).status, 200);
    for (path, status, says) in [
        ("/", 200, "Good to see you, Ada"),
        ("/people", 200, "Ingrid Solheim"),
        ("/people/ada", 200, "&lt;script&gt;"),
        ("/people/ada/edit", 200, "What do you want to be known for?"),
        ("/people/oliver", 200, "There is nothing more here"),
        ("/experts", 200, "Who knows about it?"),
        ("/experts?topic=Facilitation", 200, "Ingrid Solheim"),
        ("/settings", 200, "Nobody sees anything about you until you choose to show it"),
        ("/people/ingrid/edit", 404, "no page here"),
        ("/people/nobody", 404, "no page here"),
        ("/nowhere", 404, "no page here"),
        ("/api/nowhere", 404, "/api/openapi.json"),
        ("/api/openapi.json", 200, "/api/members/{id}/why-not"),
    ] {
        let mut answer = intranet.agent.get(format!("{}{path}", intranet.address)).call().unwrap();
        let text = answer.body_mut().read_to_string().unwrap();
        assert_eq!(answer.status(), status, "{path}");
        assert!(text.contains(says), "{path}: {text}");
        assert!(!text.contains("<script>alert") && !text.contains("href=\"javascript"), "{path}: {text}");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'") && policy.contains("require-trusted-types-for"),
            "{path}: {policy}"
        );
    }
}
