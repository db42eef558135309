// Ada had 10 points and redeemed a mug for them.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        currencies = { points = {} }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        redeem = { on = "reward.redeemed" }
        rewards = { mug = { name = "A mug", cost = { points = 10 }, stock = 1 } }
        [kinds]
        "blog.published" = {}
        "reward.redeemed" = { attributes = { reward = "text" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([
        ("ada", "blog.published"),
        ("ada", "blog.published"),
        ("ada", "reward.redeemed"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
            "object": "order-1", "attributes": {"reward": "mug"}});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
