//! Ownership: every route about one member answers that member alone, unless it is listed here.

use crate::support::company::{Company, SAM, VIEWERS, sam_shows_all};
use serde_json::{Value, json};

/// Routes about one member that others may use. What they see there is tested in `visibility.rs`.
const OPEN_TO_OTHERS: [&str; 2] = ["GET /api/members/{id}/view", "GET /api/models/{id}"];

/// All routes of the API that name a member in the path, as method and path.
fn member_routes(company: &Company) -> Vec<(String, String)> {
    let document = company.ask("GET", "/api/openapi.json", "", "").json;
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for method in methods.as_object().unwrap().keys().filter(|_| path.contains("{id}")) {
            let route = format!("{} {path}", method.to_uppercase());
            if !OPEN_TO_OTHERS.contains(&route.as_str()) {
                routes.push((method.to_uppercase(), path.clone()));
            }
        }
    }
    routes
}

/// The thank that Sam received last.
fn latest_thank(company: &Company) -> String {
    let thanks = company.ask("GET", "/api/members/sam/thanks", SAM, "").json;
    thanks[0]["id"].as_str().unwrap().to_owned()
}

/// A request that the member may make.
fn request(company: &Company, method: &str, path: &str) -> (String, String) {
    let query = match path.rsplit('/').next() {
        Some("why") => "?badge=storyteller",
        Some("why-not") => "?badge=on-camera",
        _ => "",
    };
    let body = match path.rsplit('/').next() {
        Some("claim") => json!({"topics": ["tea"]}),
        Some("decline-steps") => json!({"steps": []}),
        Some("decline-topic") => json!({"topic": "tea"}),
        Some("kudos") => json!({"to": "mate"}),
        Some("model") => json!({"model": true}),
        Some("audience" | "profile" | "preview") if method != "GET" => json!({}),
        _ => Value::Null,
    };
    let path = path.replace("{id}", SAM).replace("{challenge}", "first-thirty-days").replace("{badge}", "appreciated");
    let path = path.replace("{thank}", &latest_thank(company));
    (format!("{path}{query}"), if body.is_null() { String::new() } else { body.to_string() })
}

#[test]
fn only_the_member_may_use_a_route_of_their_own() {
    let company = Company::with(&sam_shows_all(), &[]);
    let routes = member_routes(&company);
    assert_eq!(routes.len(), 21, "{routes:?}");
    for colleague in ["mate", "other"] {
        let thank = company.ask("POST", &format!("/api/members/{colleague}/kudos"), colleague, r#"{"to": "sam"}"#);
        assert_eq!(thank.status, 204, "{thank:?}");
    }
    for (method, path) in routes {
        let (address, body) = request(&company, &method, &path);
        for viewer in VIEWERS {
            let before = company.intranet.stored();
            // Whether the request makes sense does not matter: others get the same answer.
            for body in [body.as_str(), "{}", "nonsense"] {
                let answer = company.ask(&method, &address, viewer, body);
                assert_eq!(answer.status, 403, "{viewer}: {method} {address} {body}: {answer:?}");
                assert_eq!(answer.error(), "only the member may do this, and you are signed in as somebody else");
            }
            assert_eq!(company.intranet.stored(), before, "{method} {address} changed something");
        }
        for (stranger, status) in [("", 401), ("stranger", 403)] {
            assert_eq!(
                company.ask(&method, &address, stranger, &body).status,
                status,
                "`{stranger}`: {method} {address}"
            );
        }
        let own = company.ask(&method, &address, SAM, &body);
        assert!((200..300).contains(&own.status), "{method} {address}: {own:?}");
    }
}
