// Members may give away 10 points a month. Ada gave Bob 7 in March.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "kudos.given" = { attributes = { amount = "integer" } } }
        currencies = { points = {} }
        rules = { thanked = { on = "kudos.given", to = "recipient", give = { points = { by = "amount", max = 10 } } } }
        tallies = { given = { sum = "amount", of = "kudos.given", per = "month" } }
        allowances = { kudos = { name = "Points to give", of = "given", most = 10 } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    let line = json!({
        "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "kudos.given", "actor": "ada",
        "recipients": ["bob"], "attributes": {"amount": 7}
    });
    engine.apply(engine.program().read_own(&line)?)?;
    engine
}
