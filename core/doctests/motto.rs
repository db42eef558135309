// Ada has filled in her motto, of weight 1, but not her photo, of weight 3.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "profile.updated" = {} }
        [profile]
        on = "profile.updated"
        [profile.fields]
        motto = { ask = "What is your motto?" }
        photo = { ask = "A photo?", weight = 3 }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "profile.updated")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "profile": {"motto": "done"}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
