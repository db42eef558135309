// Ada has written two posts, which gave her the badge of writers. Bob has written one.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {} }
        currencies = { points = {} }
        tallies = { posts = { count = "blog.published" } }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        badges = { writer = { name = "Writer", when = { posts = 2 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([
        ("ada", "blog.published"),
        ("ada", "blog.published"),
        ("bob", "blog.published"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
