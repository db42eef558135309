// Ada and Bob are on a board, Cleo is not. Bob and Cleo have written a post each.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {}, "board.joined" = {}, "board.left" = {} }
        currencies = { points = {} }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        boards = { all = { of = "points", joined_by = "board.joined", left_by = "board.left" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([
        ("ada", "board.joined"),
        ("bob", "board.joined"),
        ("bob", "blog.published"),
        ("cleo", "blog.published"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
