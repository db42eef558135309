// Ada joined on 1 March 2026, and a badge is for being here a year.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "member.joined" = {} }
        tallies = { here = { since = "member.joined", unit = "year" } }
        badges = { anniversary = { when = { here = 1 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "member.joined")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
