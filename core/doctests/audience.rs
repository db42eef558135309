// Ada shares her points with her team.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "audience.said" = { attributes = { share_points = "text" } } }
        audience = { on = "audience.said" }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "audience.said")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "attributes": {"share_points": "team"}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
