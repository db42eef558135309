//! Thanks: from whom, for what, and what the one who was thanked can do about them.

use crate::support::{
    company::{Company, SAM, TOPIC, sam_shows_all},
    server::Intranet,
};
use serde_json::{Value, json};

fn received(company: &Company) -> Vec<Value> {
    company.ask("GET", "/api/members/sam/thanks", SAM, "").json.as_array().unwrap().clone()
}

fn thank(company: &Company, from: &str, body: &Value) -> u16 {
    company.ask("POST", &format!("/api/members/{from}/kudos"), from, &body.to_string()).status
}

/// How much speaks for a topic of Sam's, as a viewer sees it.
fn strength(company: &Company, topic: &str, viewer: &str) -> i64 {
    let view = company.ask("GET", "/api/members/sam/view", viewer, "").json;
    let topics = view["topics"].as_array().unwrap();
    topics.iter().find(|known| known["topic"] == topic).map_or(0, |known| known["strength"].as_i64().unwrap())
}

#[test]
fn the_one_thanked_sees_from_whom_and_nobody_else_does() {
    let company = Company::with(&sam_shows_all(), &[]);
    assert_eq!(thank(&company, "mate", &json!({"to": SAM, "topic": TOPIC})), 204);
    assert_eq!(thank(&company, "other", &json!({"to": SAM})), 204);
    let thanks = received(&company);
    let told: Vec<_> = thanks.iter().map(|thank| (thank["name"].as_str().unwrap(), thank["topic"].as_str())).collect();
    assert_eq!(told, [("The other", None), ("The mate", Some(TOPIC))], "{thanks:?}");
    for viewer in ["mate", "boss"] {
        assert_eq!(company.ask("GET", "/api/members/sam/thanks", viewer, "").status, 403);
    }
    let page = company.ask("GET", "/thanks", SAM, "").text;
    assert!(page.contains("The mate") && page.contains(TOPIC) && page.contains("Decline"), "{page}");
    assert!(!company.ask("GET", "/thanks", "boss", "").text.contains("The mate"));
    let home = company.ask("GET", "/", SAM, "").text;
    assert!(home.contains(&format!("thanked you for <em>{TOPIC}</em>")), "{home}");
    assert!(!company.ask("GET", "/", "boss", "").text.contains("thanked you"));
}

#[test]
fn a_declined_thank_is_gone_everywhere() {
    let company = Company::with(&sam_shows_all(), &[]);
    let before = ["mate", "other", SAM].map(|viewer| strength(&company, TOPIC, viewer));
    // Three colleagues have said it in the record already; a fourth says it now.
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC})), 204);
    let more = ["mate", "other", SAM].map(|viewer| strength(&company, TOPIC, viewer));
    assert!(before.iter().zip(&more).all(|(before, more)| before < more), "{before:?}, {more:?}");
    let id = received(&company)[0]["id"].as_str().unwrap().to_owned();
    let decline = format!("/api/members/sam/thanks/{id}/decline");
    assert_eq!(company.ask("POST", &decline, SAM, "").status, 204);
    assert_eq!(["mate", "other", SAM].map(|viewer| strength(&company, TOPIC, viewer)), before);
    assert!(received(&company).is_empty());
    assert_eq!(company.ask("POST", &decline, SAM, "").status, 404, "it was declined already");
    let page = company.ask("GET", "/people/sam", "c5", "").text;
    assert!(!page.contains("eclined"), "the giver is told: {page}");
}

#[test]
fn thanks_are_for_what_is_claimed_or_named_and_not_for_what_is_declined() {
    let company = Company::with(&sam_shows_all(), &[]);
    assert_eq!(thank(&company, "mate", &json!({"to": SAM, "topic": TOPIC})), 204, "claimed");
    assert_eq!(thank(&company, "mate", &json!({"to": SAM, "topic": "Facilitation"})), 204, "named by the program");
    let insult = company.ask(
        "POST",
        "/api/members/mate/kudos",
        "mate",
        &json!({"to": SAM, "topic": "talking too much"}).to_string(),
    );
    assert_eq!((insult.status, insult.json["path"].as_str()), (422, Some("/topic")), "{insult:?}");
    let declined = company.ask("POST", "/api/members/sam/decline-topic", SAM, r#"{"topic": "Facilitation"}"#);
    assert_eq!(declined.status, 204, "{declined:?}");
    assert_eq!(thank(&company, "other", &json!({"to": SAM, "topic": "Facilitation"})), 422, "declined");
    assert_eq!(strength(&company, "facilitation", SAM), 0);
    assert_eq!(company.ask("POST", "/api/members/sam/decline-topic", SAM, r#"{"topic": ""}"#).status, 422);
}

#[test]
fn a_reported_thank_reaches_the_people_who_run_the_programme_and_nobody_else() {
    let company = Company::with(&sam_shows_all(), &[]);
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC})), 204);
    let programme = || company.ask("GET", "/programme", "boss", "").text;
    assert!(!programme().contains("Reported thanks"));
    let id = received(&company)[0]["id"].as_str().unwrap().to_owned();
    let report = format!("/api/members/sam/thanks/{id}/report");
    for _ in 0..2 {
        assert_eq!(company.ask("POST", &report, SAM, "").status, 204);
    }
    assert_eq!(received(&company)[0]["reported"], true);
    let page = programme();
    assert!(page.contains("The c5 to The sam") && page.matches("The c5 to The sam").count() == 1, "{page}");
    let judge = format!("/programme/thanks/{id}");
    assert_eq!(company.ask("POST", &judge, "mate", "verdict=remove").status, 403);
    let before = strength(&company, TOPIC, "mate");
    assert_eq!(company.ask("POST", &judge, "boss", "verdict=remove").status, 303);
    assert!(strength(&company, TOPIC, "mate") < before);
    assert!(received(&company).is_empty() && !programme().contains("Reported thanks"));
    assert_eq!(company.ask("POST", &judge, "boss", "verdict=remove").status, 404);
}

#[test]
fn hiding_comes_after_publishing_though_the_clock_goes_back() {
    // A server whose clock was a week ahead has published Sam's profile.
    let folder = tempfile::TempDir::new().unwrap();
    let ahead = Intranet::start_with(folder.path(), &["--empty", "--days-ahead", "7"]);
    assert_eq!(ahead.own("POST", "/api/members/ada/publish", "ada", "").status, 204);
    drop(ahead);
    let now = Intranet::start(folder.path());
    assert_eq!(now.get("/api/members/ada/view", "priya").status, 200);
    assert_eq!(now.own("POST", "/api/members/ada/hide", "ada", "").status, 204);
    assert_eq!(now.get("/api/members/ada/view", "priya").status, 404);
    assert_eq!(now.get("/api/members/ada/view", "ada").json["published"], false);
}
