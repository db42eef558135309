// Ada has written a post and published her profile. She shares her points with her team.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "profile.updated" = {}, "profile.published" = {}, "profile.hidden" = {}, "blog.published" = {},
            "audience.said" = { attributes = { share_points = "text" } } }
        audience = { on = "audience.said", points = "team" }
        currencies = { points = {} }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        [profile]
        on = "profile.updated"
        published_by = "profile.published"
        hidden_by = "profile.hidden"
        fields = { motto = { ask = "What is your motto?" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "blog.published"), ("ada", "profile.published")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
