// A program with a badge for being here a year, and the activity by which Ada joined on 1 March 2026.
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
    let joined = program.read_own(&json!({
        "source": "staff", "id": "1", "at": "2026-03-01T09:30:00Z", "kind": "member.joined", "actor": "ada"}))?;
    (program, joined)
}
