// Ada's view of herself after one post, and after a second one, which gave her the badge of writers.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {} }
        currencies = { points = {} }
        tallies = { posts = { count = "blog.published" } }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
        badges = { writer = { name = "Writer", when = { posts = 2 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    let mut views = Vec::new();
    for id in 1..=2 {
        let line = json!({"source": "wiki", "id": id, "at": format!("2026-03-{id:02}T09:30:00Z"),
            "kind": "blog.published", "actor": "ada"});
        engine.apply(engine.program().read_own(&line)?)?;
        views.push(engine.view("ada", &ada).unwrap());
    }
    views
}
