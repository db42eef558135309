// Ada, Bob and Cleo have published their profiles. Ada claims Rust. Bob and Cleo have thanked her for it, and Bob lets
// others see his name.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        [kinds]
        "kudos.given" = { attributes = { topic = "text", named = "flag" } }
        "topics.claimed" = { attributes = { topics = "texts" } }
        "profile.updated" = {}
        "profile.published" = {}
        "profile.hidden" = {}
        [tallies]
        confirmed-on = { distinct = "actor", of = "kudos.given", to = "recipient", per = "topic" }
        named-on = { distinct = "actor", of = "kudos.given", to = "recipient", per = "topic", if = { named = true } }
        [topics]
        claimed_by = "topics.claimed"
        evidence = { confirmed-on = 5 }
        confirmed_by = "confirmed-on"
        named_by = "named-on"
        [profile]
        on = "profile.updated"
        published_by = "profile.published"
        hidden_by = "profile.hidden"
        fields = { motto = { ask = "What is your motto?" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    let published = |actor| json!({"kind": "profile.published", "actor": actor});
    let thanked = |actor, named| json!({"kind": "kudos.given", "actor": actor, "recipients": ["ada"],
        "attributes": {"topic": "Rust", "named": named}});
    let claimed = json!({"kind": "topics.claimed", "actor": "ada", "attributes": {"topics": ["Rust"]}});
    let lines = [published("ada"), published("bob"), published("cleo"), claimed, thanked("bob", true),
        thanked("cleo", false)];
    for (id, mut line) in (1..).zip(lines) {
        line["source"] = "wiki".into();
        line["id"] = id.into();
        line["at"] = format!("2026-03-{id:02}T09:30:00Z").into();
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
