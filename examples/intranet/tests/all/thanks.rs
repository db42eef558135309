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

/// The names that a viewer sees beside a topic of Sam's, and how many others there are.
fn named(company: &Company, viewer: &str) -> (Vec<String>, u64) {
    let view = company.ask("GET", "/api/members/sam/view", viewer, "").json;
    let topic = view["topics"].as_array().unwrap().iter().find(|known| known["topic"] == TOPIC).unwrap().clone();
    let names = topic["confirmers"].as_array().into_iter().flatten();
    (names.map(|one| one["name"].as_str().unwrap().to_owned()).collect(), topic["others"].as_u64().unwrap_or(0))
}

#[test]
fn a_name_beside_a_topic_takes_the_givers_word_and_the_givers_profile() {
    let company = Company::with(&sam_shows_all(), &[]);
    let before = named(&company, "other");
    assert!(before.0.is_empty() && before.1 > 0, "{before:?}");
    // Thanks say nothing of the name unless they do.
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC})), 204);
    assert!(named(&company, "other").0.is_empty());
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC, "named": true})), 204);
    let publishes = |path: &str| company.ask("POST", &format!("/api/members/c5/{path}"), "c5", "").status;
    publishes("hide");
    assert!(named(&company, "other").0.is_empty(), "the giver's profile is hidden");
    assert_eq!(publishes("publish"), 204);
    for viewer in ["mate", "other", SAM] {
        assert_eq!(named(&company, viewer).0, ["The c5"], "{viewer}");
    }
    // The same thanks without the name take it away, and nothing else.
    let others = named(&company, "other").1;
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC})), 204);
    assert_eq!(named(&company, "other"), (Vec::new(), others + 1));
    assert_eq!(received(&company).len(), 1, "it is still one thank");
    // A thank that is declined takes the name with it.
    assert_eq!(thank(&company, "c5", &json!({"to": SAM, "topic": TOPIC, "named": true})), 204);
    let id = received(&company)[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(company.ask("POST", &format!("/api/members/sam/thanks/{id}/decline"), SAM, "").status, 204);
    assert_eq!(named(&company, "other"), before);
}

#[test]
fn the_form_for_thanks_says_who_sees_the_name() {
    let company = Company::with(&sam_shows_all(), &[]);
    company.ask("POST", "/api/members/c5/hide", "c5", "");
    let page = company.ask("GET", "/people/sam", "c5", "").text;
    assert!(page.contains("name=\"named\"") && page.contains("Nobody sees it while your profile"), "{page}");
    company.ask("POST", "/api/members/c5/publish", "c5", "");
    let page = company.ask("GET", "/people/sam", "c5", "").text;
    assert!(page.contains("Everyone here who may see this topic"), "{page}");
    let sent = company.ask("POST", "/people/sam/thanks", "c5", &format!("topic={TOPIC}&named=on"));
    assert_eq!(sent.status, 303, "{sent:?}");
    assert_eq!(named(&company, "other").0, ["The c5"]);
}

#[test]
fn steps_that_are_not_for_a_member_are_not_offered_until_taken_back() {
    let company = Company::with(&sam_shows_all(), &[]);
    let view = || company.ask("GET", "/api/members/sam/view", SAM, "").json;
    let keys = |view: &Value| -> Vec<String> {
        let steps = view["steps"].as_array().into_iter().flatten();
        steps.filter_map(|step| step["decline"]["key"].as_str().map(str::to_owned)).collect()
    };
    let key = keys(&view()).first().expect("a step that is no question").clone();
    let seen = ["mate", "other", "boss"].map(|viewer| company.ask("GET", "/api/members/sam/view", viewer, "").text);
    let say = |steps: Value| {
        company.ask("POST", "/api/members/sam/decline-steps", SAM, &json!({ "steps": steps }).to_string()).status
    };
    assert_eq!(say(json!([key])), 204);
    let declined = view();
    assert!(!keys(&declined).contains(&key), "{key} is still offered");
    assert_eq!(declined["declined"][0]["key"], key);
    let page = company.ask("GET", "/settings", SAM, "").text;
    let escaped = key.replace('/', "&#x2f;");
    assert!(page.contains(&format!("name=\"step.{escaped}\" checked")), "{page}");
    let after = ["mate", "other", "boss"].map(|viewer| company.ask("GET", "/api/members/sam/view", viewer, "").text);
    assert_eq!(seen, after, "others see a difference");
    assert_eq!(say(json!([])), 204);
    assert!(keys(&view()).contains(&key));
    // The button of the widget is a form where no script runs. It leaves alone what was declined before.
    let other = keys(&view()).into_iter().find(|other| *other != key).expect("another step");
    assert_eq!(say(json!([other])), 204);
    let form = |what: &str| company.ask("POST", &format!("/steps/{}/{what}", key.replace('/', "%2F")), SAM, "").status;
    assert_eq!(form("decline"), 303);
    assert!([&key, &other].iter().all(|key| !keys(&view()).contains(key)));
    assert_eq!(form("take-back"), 303);
    assert!(keys(&view()).contains(&key) && !keys(&view()).contains(&other));
    assert_eq!(company.ask("POST", "/steps/badge%2Fof-nobody/decline", SAM, "").status, 422);
    assert_eq!(say(json!(["badge/of-nobody"])), 422);
    assert_eq!(company.ask("POST", "/api/members/sam/decline-steps", "mate", r#"{"steps": []}"#).status, 403);
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
