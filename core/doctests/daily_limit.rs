// Ada has written three posts on one day. The rule gives once a day, and not for the third one, which is too short.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = { attributes = { words = "integer" } } }
        currencies = { points = {} }
        [rules.blog]
        name = "A blog post"
        on = "blog.published"
        if = { words = { min = 300 } }
        give = { points = 5 }
        limit = { times = 1, per = "day" }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, words) in [(1, 400), (2, 500), (3, 80)] {
        let at = format!("2026-03-02T{id:02}:00:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": "blog.published", "actor": "ada",
            "attributes": {"words": words}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
