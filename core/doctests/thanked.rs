// Bob has thanked Ada.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        gains = ["thanked"]
        kinds = { "kudos.given" = {} }
        tallies = { thanked = { name = "Thanks received", count = "kudos.given", to = "recipient" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("bob", "kudos.given")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "recipients": ["ada"]});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
