// Ada and Bob are in a challenge, in which everyone together is to write 10 posts. Ada has written one.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        groups = 2
        kinds = { "blog.published" = {}, "challenge.joined" = {}, "challenge.left" = {} }
        tallies = { posts = { count = "blog.published" } }
        [challenges.march]
        from = "2026-03-01"
        until = "2026-03-31"
        joined_by = "challenge.joined"
        left_by = "challenge.left"
        steps = { a-post = { when = { posts = 1 } } }
        shared = { posts = 10 }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([
        ("ada", "challenge.joined"),
        ("bob", "challenge.joined"),
        ("ada", "blog.published"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "object": "march"});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
