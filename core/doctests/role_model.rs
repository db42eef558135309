// Ada is a role model and has the badge of writers. Bob has neither.
{
    use knownfor::*;
    use serde_json::json;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        tallies = { posts = { count = "blog.published" } }
        badges = { writer = { name = "Writer", when = { posts = 1 } } }
        models = { agreed_by = "model.agreed", ended_by = "model.ended" }
        [kinds]
        "profile.updated" = {}
        "profile.published" = {}
        "profile.hidden" = {}
        "blog.published" = { invite = "Write a post" }
        "model.agreed" = {}
        "model.ended" = {}
        [profile]
        on = "profile.updated"
        published_by = "profile.published"
        hidden_by = "profile.hidden"
        fields = { motto = { ask = "What is your motto?" } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    let mut engine = Engine::new(program);
    for (id, (actor, kind)) in (1..).zip([
        ("ada", "blog.published"),
        ("ada", "profile.published"),
        ("ada", "model.agreed"),
        ("bob", "profile.published"),
    ]) {
        let at = format!("2026-03-{id:02}T09:30:00Z");
        let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
        engine.apply(engine.program().read_own(&line)?)?;
    }
    engine
}
