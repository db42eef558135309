// Two engines with the record of Ada's one post. The second program gives 10 points instead of 5, and a badge.
{
    use knownfor::*;
    use serde_json::json;

    let engine_of = |points: i64, badges: &str| -> Result<Engine, Box<dyn std::error::Error>> {
        let text = format!(r#"
            version = 1
            id = "first-steps"
            kinds = {{ "blog.published" = {{}} }}
            currencies = {{ points = {{}} }}
            tallies = {{ posts = {{ count = "blog.published" }} }}
            rules = {{ blog = {{ on = "blog.published", give = {{ points = {points} }} }} }}
            {badges}
        "#);
        let mut engine = Engine::new(Program::check(&toml::from_str(&text)?, |_| None)?);
        engine.apply(engine.program().read_own(&json!({
            "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
        }))?)?;
        Ok(engine)
    };
    (engine_of(5, "")?, engine_of(10, "badges = { writer = { when = { posts = 1 } } }")?)
}
