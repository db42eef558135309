//! The export: all that is kept about one member, for that member alone.

use crate::support::{
    server::{Intranet, SOCIAL, blog},
    store::Database,
};
use serde_json::{Value, json};
use tempfile::TempDir;

#[test]
fn members_read_back_all_that_is_kept_about_them() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let profile = json!({"headline": "I make tea", "known-for": ["tea"], "blog": {"state": "does-not-apply"}});
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", &profile.to_string()).status, 200);
    assert_eq!(intranet.send(json!([blog("kept"), blog("void")])).status, 200);
    assert_eq!(intranet.post("/api/voids", SOCIAL, r#"{"id": "void"}"#).status, 200);
    let thank = json!({"to": "ada", "topic": "automation", "named": true}).to_string();
    assert_eq!(intranet.own("POST", "/api/members/ingrid/kudos", "ingrid", &thank).status, 204);
    let thanks = intranet.get("/api/members/ada/thanks", "ada").json;
    let thank = thanks[0]["id"].as_str().unwrap();
    assert_eq!(intranet.own("POST", &format!("/api/members/ada/thanks/{thank}/report"), "ada", "").status, 204);

    let export = intranet.get("/api/members/ada/export", "ada").json;
    assert_eq!((&export["member"], &export["person"]["name"]), (&json!("ada"), &json!("Ada Brandt")));
    assert_eq!(export["profile"], profile);
    assert_eq!(export["reported_thanks"], json!([thank]));
    assert_eq!(export["view"], intranet.get("/api/members/ada/view", "ada").json);
    assert_eq!(export["entries"], intranet.get("/api/members/ada/entries", "ada").json);
    let activities = export["activities"].as_array().unwrap();
    let kept = |id: &str| activities.iter().find(|kept| kept["activity"]["id"] == id).unwrap();
    assert_eq!((&kept("kept")["void"], &kept("void")["void"]), (&json!(false), &json!(true)));
    assert_eq!(kept(thank)["activity"]["actor"], "ingrid");
    assert_eq!(kept("kept")["activity"]["attributes"], blog("kept")["attributes"]);
}

#[test]
fn an_export_has_each_activity_of_the_database_and_no_other() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    for member in ["ada", "ingrid", "priya"] {
        let stored = Database::of(folder.path()).column(&format!(
            "SELECT content FROM activities JOIN names ON number = activity WHERE member = '{member}' ORDER BY number"
        ));
        let stored: Vec<Value> = stored.iter().map(|row| serde_json::from_str(row).unwrap()).collect();
        let export = intranet.get(&format!("/api/members/{member}/export"), member).json;
        let kept = export["activities"].as_array().unwrap().iter().map(|kept| kept["activity"].clone());
        assert_eq!(kept.collect::<Vec<_>>(), stored, "{member}");
    }
}

#[test]
fn an_export_is_saved_as_a_file_by_its_member_alone() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let saved = intranet.get("/api/members/ada/export", "ada").headers;
    for header in ["content-disposition: attachment; filename=\"recognition.json\"", "content-type: application/json"] {
        assert!(saved.lines().any(|line| line == header), "{saved}");
    }
    // Hannah runs the programme.
    for viewer in ["priya", "hannah"] {
        assert_eq!(intranet.get("/api/members/ada/export", viewer).status, 403);
    }
    let settings = intranet.get("/settings", "ada").text;
    assert!(settings.contains(r#"href="/api/members/ada/export" download"#), "{settings}");
}
