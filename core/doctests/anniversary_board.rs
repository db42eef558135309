// Ada joined on 1 March 2026. She is on the board, and each year gives points.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "member.joined" = {}, "board.joined" = {}, "board.left" = {} }
        currencies = { points = {} }
        tallies = { here = { since = "member.joined", unit = "year" } }
        rules = { year = { when = { here = 1 }, give = { points = 50 } } }
        boards = { all = { of = "points", joined_by = "board.joined", left_by = "board.left" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([("ada", "member.joined"), ("ada", "board.joined")]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
