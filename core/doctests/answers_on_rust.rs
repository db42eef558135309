// Ada claims Rust and has answered a question about it.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        [kinds]
        "answer.given" = { attributes = { topics = "texts" } }
        "topics.claimed" = { attributes = { topics = "texts" } }
        [tallies]
        answers-on = { name = "Answers", count = "answer.given", per = "topics" }
        [topics]
        claimed_by = "topics.claimed"
        evidence = { answers-on = 2 }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind, topic)) in (1..).zip([
        ("ada", "topics.claimed", "Rust"),
        ("ada", "answer.given", "Rust"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "attributes": {"topics": [topic]}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
