// Ada has 10 points. The levels begin at 5 and at 20.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {} }
        currencies = { points = { name = "Recognition" } }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        [levels]
        contributor = { name = "Contributor", min = { points = 5 } }
        voice = { name = "Known voice", min = { points = 20 } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "blog.published"), ("ada", "blog.published")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
