//! knownfor in some 35 lines: a program, a feed, what came of it, and why.

use knownfor::{Engine, Feed, Program, Zone};
use serde_json::Deserializer;
use std::{error::Error, process::ExitCode};

const PROGRAM: &str = include_str!("../program.toml");
const FEED: &str = include_str!("../feed.jsonl");

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let program = match Program::from_toml(PROGRAM, Zone::named) {
        Ok(program) => program,
        Err(problems) => {
            // Editors and terminals turn such a line into a link.
            problems.iter().for_each(|problem| eprintln!("program.toml:{problem}"));
            return Ok(ExitCode::FAILURE);
        }
    };

    let mut engine = Engine::new(program);
    for line in FEED.lines() {
        let incoming = engine.program().read(&mut Deserializer::from_str(line), &Feed::new("wiki"))?;
        engine.apply(incoming)?;
    }

    for (member, standing) in engine.members().filter_map(|member| Some((member, engine.standing(member)?))) {
        println!("{member}: {} points, badges {:?}", standing.total("recognition").unwrap_or(0), standing.badges());
        for (history, entry) in
            engine.history(member).into_iter().flat_map(|h| engine.ledger(member).iter().map(move |e| (h, e)))
        {
            if let Some(why) = history.why(entry, "en") {
                println!("  {}", why.text);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
