//! Actions of members: claims, thanks, challenges, audience, settings. And who is signed in.

use crate::support::{
    company::{Company, SAM, sam_shows_all},
    server::{Answer, Intranet, lately},
};
use serde_json::json;
use tempfile::TempDir;

#[test]
fn claims_and_the_profile_always_agree() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let claim =
        |topics: &[&str]| intranet.own("POST", "/api/members/ada/claim", "ada", &json!({"topics": topics}).to_string());
    let claims = || {
        let view = intranet.get("/api/members/ada/view", "ada").json;
        let topics = view["topics"].as_array().cloned().unwrap_or_default().into_iter();
        let mut claims: Vec<_> =
            topics.filter(|topic| topic["claimed"] == true).map(|topic| topic["topic"].clone()).collect();
        claims.sort_by_key(|topic| topic.to_string());
        claims
    };
    let words = || intranet.get("/api/members/ada/profile", "ada").json["known-for"].clone();
    assert_eq!(claim(&["Automatisierung", "calm go-lives", "  Clear   Reports ", "automation"]).status, 204);
    assert_eq!(claims(), [json!("automation"), json!("calm go-lives"), json!("clear reports")]);
    // Words that mean the same topic stay as the member wrote them.
    assert_eq!(words(), json!(["automation", "calm go-lives", "Clear   Reports"]));
    let stored = intranet.stored();
    assert_eq!(claim(&["clear reports", "automation", "calm go-lives"]).status, 204);
    assert_eq!(intranet.stored(), stored, "the same topics in another order changed something");

    let profile = json!({"known-for": ["Going Social", "tea"]}).to_string();
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", &profile).status, 200);
    assert_eq!(claims(), [json!("going-social"), json!("tea")]);
    assert_eq!(claim(&[]).status, 204);
    assert_eq!((claims().len(), words()), (0, json!(null)));

    for (topics, path) in
        [(vec!["tea", " "], "/topics/1"), (vec!["two\nlines"], "/topics/0"), (vec!["x"; 51], "/topics")]
    {
        let refused = claim(&topics);
        assert_eq!((refused.status, &refused.json["path"]), (422, &json!(path)), "{refused:?}");
    }
    let long = json!({"known-for": ["tea", "x".repeat(101)]}).to_string();
    assert_eq!(intranet.own("PUT", "/api/members/ada/profile", "ada", &long).json["path"], "/known-for/1");
    let of_another = intranet.own("POST", "/api/members/ada/claim", "priya", r#"{"topics": ["tea"]}"#);
    assert_eq!(of_another.status, 403);
}

#[test]
fn thanks_confirm_a_topic_once_for_each_colleague() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let thank = |from: &str, says: serde_json::Value| {
        intranet.own("POST", &format!("/api/members/{from}/kudos"), from, &says.to_string())
    };
    for from in ["priya", "priya", "tomasz"] {
        assert_eq!(thank(from, json!({"to": "ada", "topic": "Automation"})).status, 204);
    }
    assert_eq!(thank("leila", json!({"to": "ada", "topic": null})).status, 204);
    let view = intranet.get("/api/members/ada/view", "ada").json;
    let topic = &view["topics"][0];
    assert_eq!(
        (&topic["topic"], &topic["confirmed"], &topic["claimed"]),
        (&json!("automation"), &json!(2), &json!(false))
    );
    let gains = &view["gains"];
    assert_eq!(
        (&gains[1]["value"], &gains[2]["value"]),
        (&json!(3), &json!(2)),
        "thanked by three, for something by two"
    );

    for says in [
        json!({"to": "ada"}),
        json!({"to": "nobody"}),
        json!({"to": 7}),
        json!({"topic": "tea"}),
        json!({"to": "priya", "topic": ""}),
    ] {
        assert_eq!(thank("ada", says).status, 422);
    }
    assert_eq!(intranet.own("POST", "/api/members/ada/kudos", "priya", r#"{"to": "tomasz"}"#).status, 403);
    // The page's own form, which needs no script.
    let thanked = form(&intranet, "/people/ada/thanks", "hannah", "topic=automation");
    assert_eq!(thanked.status, 303);
    assert_eq!(intranet.get("/api/members/ada/view", "ada").json["topics"][0]["confirmed"], 3);
}

#[test]
fn only_the_member_joins_and_leaves_a_challenge() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let joined = || intranet.get("/api/members/ada/view", "ada").json["challenges"][0]["joined"].clone();
    let ask = |deed: &str, viewer: &str| {
        intranet.own("POST", &format!("/api/members/ada/challenges/first-thirty-days/{deed}"), viewer, "").status
    };
    assert_eq!((joined(), ask("join", "priya"), joined()), (json!(false), 403, json!(false)));
    assert_eq!((ask("join", "ada"), joined()), (204, json!(true)));
    assert_eq!((ask("leave", "ada"), joined()), (204, json!(false)));
    assert_eq!(form(&intranet, "/challenges/first-thirty-days/join", "ada", "").status, 303);
    assert_eq!(joined(), json!(true));
    assert_eq!(intranet.own("POST", "/api/members/ada/challenges/marathon/join", "ada", "").status, 404);
    assert_eq!(intranet.get("/api/challenges/marathon", "ada").status, 404);
    let cohort = intranet.get("/api/challenges/first-thirty-days", "priya").json;
    assert_eq!((&cohort["members"], &cohort["shared"]), (&json!(null), &json!(null)), "one person is not a group");
}

#[test]
fn a_badge_that_colleagues_gave_is_shown_only_once_its_member_accepts_it() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    for colleague in ["priya", "tomasz"] {
        assert_eq!(
            intranet.own("POST", &format!("/api/members/{colleague}/kudos"), colleague, r#"{"to": "ada"}"#).status,
            204
        );
    }
    assert_eq!(intranet.own("POST", "/api/members/ada/publish", "ada", "").status, 204);
    let badge = |viewer: &str| {
        let view = intranet.get("/api/members/ada/view", viewer).json;
        let earned = view["badges"]["earned"].as_array().unwrap();
        earned.iter().find(|badge| badge["badge"] == "appreciated").cloned()
    };
    let accept = |viewer: &str, badge: &str| {
        intranet.own("POST", &format!("/api/members/ada/badges/{badge}/accept"), viewer, "").status
    };
    assert_eq!(badge("ada").unwrap()["hidden"], json!(true));
    assert_eq!(badge("priya"), None);
    assert_eq!((accept("priya", "appreciated"), badge("priya")), (403, None));
    assert_eq!((accept("ada", "storyteller"), accept("ada", "nothing")), (404, 404));
    assert_eq!(accept("ada", "appreciated"), 204);
    assert_eq!(badge("ada").unwrap()["hidden"], json!(null));
    assert!(badge("priya").is_some());
    let stored = intranet.stored();
    assert_eq!((accept("ada", "appreciated"), intranet.stored()), (204, stored), "nothing new");
}

#[test]
fn members_choose_the_audience_of_each_part() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let audience = || intranet.get("/api/members/ada/view", "ada").json["audience"].clone();
    let say = |says: &str| intranet.own("POST", "/api/members/ada/audience", "ada", says);
    assert_eq!(audience()["points"], "team");
    assert_eq!(say(r#"{"points": "private", "topics": "team"}"#).status, 204);
    let expected =
        json!({"points": "private", "badges": "company", "topics": "team", "profile": "company", "boards": "company"});
    assert_eq!(audience(), expected);
    let stored = intranet.stored();
    assert_eq!((say(r#"{"points": "private"}"#).status, intranet.stored()), (204, stored), "nothing new");
    for says in [r#"{"points": "public"}"#, r#"{"points": "friends"}"#, r#"{"salary": "team"}"#] {
        assert_eq!(say(says).status, 422, "{says}");
    }
    assert_eq!(intranet.own("POST", "/api/members/ada/audience", "priya", "{}").status, 403);
}

#[test]
fn settings_are_a_form_that_needs_no_script() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let view = || intranet.get("/api/members/ada/view", "ada").json;
    let all = "profile_is=show&share.profile=team&share.topics=company&share.badges=private&share.points=private&share.boards=team\
               &board.recognition=on&model=on";
    assert_eq!(form(&intranet, "/settings", "ada", all).status, 303);
    let now = view();
    assert_eq!(
        (&now["published"], &now["model"], &now["boards"]),
        (&json!(true), &json!(true), &json!(["recognition"]))
    );
    let audience =
        json!({"points": "private", "badges": "private", "topics": "company", "profile": "team", "boards": "team"});
    assert_eq!(now["audience"], audience);
    let page = intranet.get("/settings?saved=yes", "ada").text;
    assert!(page.contains("Saved.") && page.contains(r#"name="model" checked"#), "{page}");
    let stored = intranet.stored();
    assert_eq!(form(&intranet, "/settings", "ada", all).status, 303);
    assert_eq!(intranet.stored(), stored, "saving the same again recorded something");
    assert_eq!(form(&intranet, "/settings", "ada", "profile_is=hide").status, 303);
    let now = view();
    assert_eq!((&now["published"], &now["model"], &now["boards"]), (&json!(false), &json!(null), &json!(null)));
    assert_eq!(form(&intranet, "/settings", "ada", "profile_is=show&share.points=public").status, 422);
    assert_eq!(view()["published"], false, "part of the form was applied");
}

#[test]
fn entries_have_names_and_come_newest_first() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let deeds = json!([
        {"id": "1", "at": lately(2, "09:30:00+01:00"), "kind": "blog.published", "actor": "ada", "attributes": {"words": 400}},
        {"id": "2", "at": lately(3, "09:30:00+01:00"), "kind": "knowledge.shared", "actor": "ada", "object": "k"}]);
    assert_eq!(intranet.send(deeds).status, 200);
    let entries = intranet.get_in("de", "/api/members/ada/entries", "ada").json;
    let line = |index: usize, key: &str| (&entries[index]["name"], &entries[index]["entry"][key]);
    assert_eq!(line(0, "level"), (&json!("Dabei"), &json!("present")), "{entries}");
    assert_eq!(line(1, "amount"), (&json!("Geteiltes Wissen"), &json!(12)), "{entries}");
    assert_eq!(entries.as_array().unwrap().last().unwrap()["entry"]["activity"], "1");
    assert_eq!(intranet.get("/api/members/ada/entries", "priya").status, 403);
}

#[test]
fn experts_are_found_with_their_evidence() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    let found = intranet.get_in("de", "/api/experts?topic=Moderation", "ada").json;
    assert_eq!((&found["topic"], &found["name"]), (&json!("facilitation"), &json!("Moderation")));
    let best = &found["experts"][0];
    // Two colleagues confirm it, and fewer than three are not told to others.
    assert_eq!((&best["name"], &best["confirmed"]), (&json!("Ingrid Solheim"), &json!(0)), "{found}");
    assert!(best["evidence"].as_array().unwrap().len() >= 2, "{best}");
    let topics = intranet.get("/api/topics?beginning=faci", "ada").json;
    assert_eq!(topics, json!([{"topic": "facilitation", "name": "Facilitation"}]));
    let models = intranet.get("/api/models", "ada").json;
    assert_eq!(
        models,
        json!([{"member": "ingrid", "name": "Ingrid Solheim"}, {"member": "marcus", "name": "Marcus Adeyemi"}])
    );
    let people = intranet.get("/api/people?beginning=ben", "ada").json;
    assert_eq!(people[0]["name"], "Yael Ben-David", "by any of the names: {people}");
    // A member who hides is no longer found, at once.
    assert_eq!(intranet.own("POST", "/api/members/ingrid/hide", "ingrid", "").status, 204);
    let found = intranet.get("/api/experts?topic=facilitation", "ada").text;
    assert!(!found.contains("ingrid"), "{found}");
    assert_eq!(intranet.own("POST", "/api/members/ingrid/publish", "ingrid", "").status, 204);
    let found = intranet.get("/api/experts?topic=facilitation", "ada").text;
    assert!(found.contains("ingrid"), "{found}");
}

#[test]
fn one_header_names_a_person_of_the_directory() {
    let company = Company::with(&sam_shows_all(), &[]);
    let view = |names: &[&str]| {
        let request =
            ureq::http::Request::builder().uri(format!("{}/api/members/{SAM}/view", company.intranet.address));
        let request = names.iter().fold(request, |request, name| request.header("x-remote-user", *name));
        Answer::of(company.intranet.agent.run(request.body(()).unwrap()).unwrap())
    };
    assert_eq!(view(&["mate"]).status, 200);
    assert_eq!(view(&[" mate "]).json["own"], false);
    for (names, status) in [(vec![], 401), (vec![""], 401), (vec!["mate", "sam"], 401), (vec!["stranger"], 403)] {
        assert_eq!(view(&names).status, status, "{names:?}");
    }
    // With a proxy, nobody can choose who to be.
    assert_eq!(company.ask("POST", "/sign-in", "mate", "person=sam").status, 404);
    let page = company.ask("GET", "/", "mate", "");
    assert!(page.status == 200 && !page.text.contains("Sign in as someone else"), "{page:?}");
}

#[test]
fn in_the_demonstration_visitors_choose_who_to_be() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let request = intranet
        .agent
        .post(format!("{}/sign-in", intranet.address))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let answer = request.send("person=priya").unwrap();
    assert_eq!(answer.status(), 303);
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(
        cookie.starts_with("signed-in=priya;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    assert!(intranet.get("/", "priya").text.contains("Welcome, Priya."));
    assert_eq!(form(&intranet, "/sign-in", "ada", "person=nobody").status, 404);
    // A cookie with an unknown name, perhaps from an earlier demonstration, keeps nobody out.
    assert!(intranet.get("/", "nobody").text.contains("Welcome, Ada."));
}

#[test]
fn on_the_first_day_there_is_one_question_which_can_wait() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let first = intranet.get("/", "priya").text;
    assert!(first.contains("What do you want to be known for?") && first.contains("Not today"), "{first}");
    for more in ["<nav", "<known-for-steps", "<known-for-challenge", "<known-for-standing"] {
        assert!(!first.contains(more), "{more}: {first}");
    }
    assert_eq!(form(&intranet, "/not-today", "priya", "").status, 303);
    let claim = json!({"topics": ["automation"]}).to_string();
    assert_eq!(intranet.own("POST", "/api/members/priya/claim", "priya", &claim).status, 204);
    let home = intranet.get("/", "priya").text;
    assert!(home.contains("<nav") && home.contains("<known-for-steps"), "the question is answered: {home}");
}

fn form(intranet: &Intranet, path: &str, viewer: &str, body: &str) -> Answer {
    let request = intranet
        .agent
        .post(format!("{}{path}", intranet.address))
        .header("cookie", format!("signed-in={viewer}"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    Answer::of(request.send(body).unwrap())
}
