// Ada joined a challenge of three days on 1 March, and wrote the post that it asks for on the second day.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {}, "challenge.joined" = {}, "challenge.left" = {} }
        currencies = { points = {} }
        tallies = { posts = { name = "Posts", count = "blog.published" } }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        [challenges.start]
        name = "Your first three days"
        days = 3
        joined_by = "challenge.joined"
        left_by = "challenge.left"
        steps = { a-post = { name = "A first post", when = { posts = 1 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "challenge.joined"), ("ada", "blog.published")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "object": "start"});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
