// A program that gives 5 points for a post, and a closure that reads one from its id, its day in March and its actor.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {} }
        currencies = { points = {} }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let reader = program.clone();
    let post = move |id: &str, day: u8, actor: &str| {
        let line = json!({"source": "wiki", "id": id, "at": format!("2026-03-{day:02}T09:30:00Z"),
            "kind": "blog.published", "actor": actor});
        reader.read_own(&line)
    };
    (program, post)
}
