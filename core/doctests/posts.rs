// A program that gives 5 points for a post.
{
    use knownfor::*;

    let program: Tree = toml::from_str(r#"
        version = 1
        id = "first-steps"
        kinds = { "blog.published" = {} }
        currencies = { points = {} }
        rules = { blog = { on = "blog.published", give = { points = 5 } } }
    "#)?;
    let program = Program::check(&program, |_| None)?;
    program
}
