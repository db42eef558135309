// Ada has written a post. Two make her a writer. She has said that a talk, which makes a speaker, is not for her.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        steps = { declined_by = "steps.declined" }
        [kinds]
        "blog.published" = { invite = "Write a post" }
        "talk.given" = { invite = "Give a talk" }
        "steps.declined" = { attributes = { steps = "texts" } }
        [tallies]
        posts = { count = "blog.published" }
        talks = { count = "talk.given" }
        [badges]
        writer = { name = "Writer", when = { posts = 2 } }
        speaker = { name = "Speaker", when = { talks = 1 } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, kind) in (1..).zip(["blog.published", "steps.declined"]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": "ada",
            "attributes": {"steps": ["badge/speaker"]}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
