//! Profile: which values meet a field's needs, and which language is used.

use crate::world::{program, tree};
use knownfor::{Program, Standing, ViewContext};
use serde_json::{Value, json};

fn field(needs: Value, ask: Value) -> Program {
    program(&json!({
        "version": 1, "id": "profile", "kinds": { "saved": {} },
        "profile": { "on": "saved", "fields": { "field": { "ask": ask, "needs": needs } } }
    }))
}

/// The state of a value, for a field with some needs.
fn state(needs: Value, value: Value) -> &'static str {
    let values = json!({ "field": value }).to_string();
    field(needs, "Field?".into()).assess(&tree(&values))["field"].name()
}

#[test]
fn values_that_meet_what_a_field_needs() {
    let done = [
        (json!({}), json!("Ada")),
        (json!({}), json!(["", "rust"])),
        (json!({}), json!(3)),
        (json!({}), json!(true)),
        (json!({ "length": 4 }), json!("  rust ")),
        // A trailing comma leaves an empty item, which does not count.
        (json!({ "length": 4 }), json!(["rust", "wasm", ""])),
        (json!({ "items": 2 }), json!("rust, wasm, ")),
        (json!({ "items": 2 }), json!(["rust", "wasm"])),
        (json!({ "link": true }), json!("https://example.org/ada")),
        (json!({ "link": true }), json!("HTTPS://example.org")),
        (json!({ "link": true }), json!([" http://example.org ", ""])),
    ];
    for (needs, value) in done {
        assert_eq!(state(needs.clone(), value.clone()), "done", "{value} for {needs}");
    }
}

#[test]
fn values_that_fall_short() {
    let missing = [
        (json!({}), json!(null)),
        (json!({}), json!("  ")),
        (json!({}), json!(false)),
        (json!({}), json!([])),
        (json!({}), json!(["", " "])),
        (json!({}), json!({ "state": "done" })),
        (json!({ "length": 5 }), json!("rust")),
        (json!({ "length": 5 }), json!(["haskell", "rust"])),
        (json!({ "items": 2 }), json!(["rust", " rust", ""])),
        (json!({ "items": 1 }), json!(3)),
        (json!({ "link": true }), json!("example.org")),
        (json!({ "link": true }), json!("ftp://example.org")),
        (json!({ "link": true }), json!("https:///ada")),
        (json!({ "link": true }), json!("https://exam ple.org")),
        (json!({ "link": true }), json!("javascript:alert(1)//https://example.org")),
        (json!({ "link": true }), json!(["https://example.org", "ada"])),
    ];
    for (needs, value) in missing {
        assert_eq!(state(needs.clone(), value.clone()), "missing", "{value} for {needs}");
    }
    assert_eq!(state(json!({ "items": 2 }), json!({ "state": "prefer-not-to-say" })), "prefer-not-to-say");
    assert_eq!(state(json!({ "items": 2 }), json!({ "state": "does-not-apply" })), "does-not-apply");
}

#[test]
fn the_nearest_language_is_used() {
    let ask = json!({ "en": "Who?", "de": "Wer?", "de-AT": "Wer denn?", "zh-Hant": "誰?" });
    let program = field(json!({}), ask);
    let standing = Standing::new(&program);
    let now = "2026-03-02T12:00:00Z".parse().expect("a time");
    let asked = |locale| {
        let view = standing.view("ada", &ViewContext::of("ada", locale, now)).expect("one's own view");
        view.profile.expect("the program has a profile").fields[0].ask.clone()
    };
    let spoken = [
        ("de-AT", "Wer denn?"),
        ("de_at", "Wer denn?"),
        ("de-AT-1996", "Wer denn?"),
        ("de-CH", "Wer?"),
        ("zh-Hant-TW", "誰?"),
        ("zh", "Who?"),
        ("fr", "Who?"),
        ("", "Who?"),
    ];
    for (locale, expected) in spoken {
        assert_eq!(asked(locale), expected, "{locale}");
    }
}
