//! The OpenAPI document says what the routes answer.

use crate::support::{
    company::{Company, SAM, sam_shows_all},
    server::{Intranet, lately},
};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tempfile::TempDir;

/// The document, in which every object may have only the properties it lists.
struct Document(Value);

impl Document {
    fn of(mut document: Value) -> Self {
        let schemas = document["components"]["schemas"].as_object_mut().unwrap();
        // A schema that is a part of another one is closed with the whole.
        let wholes = schemas.values().filter_map(|schema| schema["allOf"].as_array());
        let parts = wholes.flatten().filter_map(|part| part["$ref"].as_str()?.rsplit('/').next());
        let parts: BTreeSet<String> = parts.map(String::from).collect();
        schemas.iter_mut().filter(|(name, _)| !parts.contains(*name)).for_each(|(_, schema)| close(schema));
        Self(document)
    }

    fn routes(&self) -> BTreeSet<String> {
        let paths = self.0["paths"].as_object().unwrap().iter();
        let methods = |methods: &Value| methods.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        paths.flat_map(|(path, all)| methods(all).into_iter().map(move |method| format!("{method} {path}"))).collect()
    }

    /// The schema of an answer; `None` if it has no JSON body.
    fn schema(&self, method: &str, path: &str, status: u16) -> Option<Value> {
        let response = &self.0["paths"][path][method]["responses"][status.to_string()];
        assert!(response.is_object(), "{method} {path} does not list {status}");
        let mut schema = response["content"]["application/json"]["schema"].as_object()?.clone();
        schema.insert("components".into(), self.0["components"].clone());
        Some(schema.into())
    }

    fn validator(&self, method: &str, path: &str, status: u16) -> Option<Validator> {
        self.schema(method, path, status).map(|schema| jsonschema::draft202012::new(&schema).unwrap())
    }
}

/// Forbids properties that an object does not list.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.contains_key("allOf") {
                object.insert("unevaluatedProperties".into(), json!(false));
                return;
            }
            if object.get("properties").is_some_and(Value::is_object) && object.get("type") == Some(&json!("object")) {
                object.insert("unevaluatedProperties".into(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// Requests that together get every answer with a body.
fn requests() -> Vec<(&'static str, &'static str, String)> {
    let get = |path, address: &str| ("get", path, address.to_owned());
    vec![
        get("/api/members/{id}/view", "/api/members/ada/view"),
        get("/api/members/{id}/view", "/api/members/ingrid/view"),
        get("/api/members/{id}/view", "/api/members/nobody/view"),
        get("/api/members/{id}/entries", "/api/members/ada/entries"),
        get("/api/members/{id}/entries", "/api/members/ingrid/entries"),
        get("/api/members/{id}/export", "/api/members/ada/export"),
        get("/api/members/{id}/export", "/api/members/ingrid/export"),
        get("/api/members/{id}/why", "/api/members/ada/why?badge=storyteller"),
        get("/api/members/{id}/why", "/api/members/ada/why?rule=blog"),
        get("/api/members/{id}/why", "/api/members/ada/why"),
        get("/api/members/{id}/why-not", "/api/members/ada/why-not?badge=on-camera"),
        get("/api/members/{id}/why-not", "/api/members/ada/why-not?source=social&activity=short"),
        get("/api/members/{id}/why-not", "/api/members/ada/why-not?source=social&activity=fourth"),
        get("/api/members/{id}/profile", "/api/members/ada/profile"),
        get("/api/members/{id}/thanks", "/api/members/ada/thanks"),
        get("/api/boards/{board}", "/api/boards/recognition"),
        get("/api/boards/{board}", "/api/boards/nothing"),
        get("/api/experts", "/api/experts?topic=facilitation"),
        get("/api/topics", "/api/topics"),
        get("/api/people", "/api/people?beginning=i"),
        get("/api/models", "/api/models"),
        get("/api/models/{id}", "/api/models/ingrid"),
        get("/api/challenges/{challenge}", "/api/challenges/first-thirty-days"),
        get("/api/programme", "/api/programme"),
        get("/live", "/live"),
        get("/ready", "/ready"),
        ("put", "/api/members/{id}/profile", "/api/members/ada/profile".into()),
        ("post", "/api/members/{id}/profile/preview", "/api/members/ada/profile/preview".into()),
    ]
}

#[test]
fn answers_match_the_document() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start_with(folder.path(), &[]);
    // One that is too short, and more than the week's limit counts.
    let blog = |id: &str, words: u32| {
        json!({"id": id, "at": lately(4, "09:30:00+01:00"), "kind": "blog.published", "actor": "ada", "owner": "ada",
               "object": format!("blog/ada/{id}"), "attributes": {"words": words}})
    };
    let batch = [blog("short", 20), blog("1", 400), blog("2", 400), blog("3", 400), blog("fourth", 400)];
    let document = Document::of(intranet.get("/api/openapi.json", "ada").json);
    let check = |method: &str, path: &str, answer: crate::support::server::Answer| {
        let Some(validator) = document.validator(method, path, answer.status) else { return };
        let errors: Vec<String> = validator.iter_errors(&answer.json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{method} {path}: {errors:?} in {}", answer.text);
    };
    check("post", "/api/activities", intranet.send(json!(batch)));
    check("post", "/api/activities", intranet.send(json!([{"id": "no time"}])));
    check("post", "/api/voids", intranet.post("/api/voids", "demo-social", r#"{"id": "2"}"#));
    let mut asked: BTreeSet<String> = ["post /api/activities", "post /api/voids"].map(String::from).into();
    for (method, path, address) in requests() {
        let viewers: &[&str] = if path == "/api/programme" { &["hannah", "ada"] } else { &["ada"] };
        for viewer in viewers {
            let answer = match method {
                "get" => intranet.get(&address, viewer),
                _ => intranet.own(&method.to_uppercase(), &address, viewer, r#"{"headline": "Hello"}"#),
            };
            assert!(answer.status < 500, "{method} {address}: {answer:?}");
            check(method, path, answer);
        }
        asked.insert(format!("{method} {path}"));
    }
    // Every route whose answer has a body was asked.
    let described = document.routes().into_iter().filter(|route| {
        let (method, path) = route.split_once(' ').unwrap();
        document.0["paths"][path][method]["responses"]["200"]["content"].get("application/json").is_some()
    });
    assert_eq!(described.filter(|route| !asked.contains(route)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn the_document_describes_every_answer_down_to_its_fields() {
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    let document = intranet.get("/api/openapi.json", "ada").json;
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for (name, schema) in schemas {
        let is_described =
            ["properties", "allOf", "oneOf", "enum", "type"].iter().any(|key| schema.get(*key).is_some());
        assert!(is_described, "{name}: {schema}");
        assert_ne!(schema, &json!({"type": "object"}), "{name} has no fields");
    }
    let view = &schemas["MemberView"];
    assert_eq!(view["properties"]["badges"], json!({"$ref": "#/components/schemas/BadgesView"}));
    assert_eq!(view["required"], json!(["member", "name", "own", "published", "standing", "badges"]));
    assert_eq!(schemas["Audience"]["enum"], json!(["private", "team", "company", "public"]));
    // Every reference leads somewhere.
    let text = document.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(schemas.contains_key(reference), "{reference}");
    }
}

#[test]
fn the_check_finds_what_the_document_does_not_say() {
    let company = Company::with(&sam_shows_all(), &[]);
    let document = Document::of(company.ask("GET", "/api/openapi.json", "", "").json);
    let validator = document.validator("get", "/api/members/{id}/view", 200).unwrap();
    let view = company.ask("GET", &format!("/api/members/{SAM}/view"), SAM, "").json;
    assert!(validator.is_valid(&view));
    let with = |pointer: &str, change: fn(&mut Value)| {
        let mut view = view.clone();
        change(view.pointer_mut(pointer).unwrap());
        view
    };
    for changed in [
        with("", |view| view["salary"] = json!(7)),
        with("/standing/points/0", |points| points["total"] = json!("7")),
        with("/badges/earned/0", |badge| drop(badge.as_object_mut().unwrap().remove("face"))),
        with("/badges/earned/0/face", |face| face["shape"] = json!("star of doom")),
    ] {
        assert!(!validator.is_valid(&changed), "{changed}");
    }
}
