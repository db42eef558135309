//! The native door: the engine that Rust programs link.

use super::Door;
use crate::world::tree;
use knownfor::{Engine, Feed, Program, ViewContext, Zone};
use serde_json::{Value, json};

/// The engine as Rust programs link it.
#[derive(Default)]
pub(crate) struct Native {
    engine: Option<Engine>,
    program: String,
}

impl Door for Native {
    fn name(&self) -> &'static str {
        "natively"
    }

    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        let text = |key: &str| question[key].as_str().unwrap_or_default();
        match text("do") {
            "check" => {
                let program =
                    Program::check(&tree(text("program")), Zone::named).map_err(|problems| problems.to_string())?;
                (self.engine, self.program) = (Some(Engine::new(program)), text("program").to_owned());
                Ok(Value::Null)
            }
            "restore" => {
                let program =
                    Program::check(&tree(&self.program), Zone::named).map_err(|problems| problems.to_string())?;
                self.engine =
                    Some(Engine::restore(program, &bytes(text("snapshot"))).map_err(|error| error.to_string())?);
                Ok(Value::Null)
            }
            _ => answer(self.engine.as_mut().expect("a program was checked"), question),
        }
    }
}

fn answer(engine: &mut Engine, question: &Value) -> Result<Value, String> {
    let text = |key: &str| question[key].as_str().unwrap_or_default();
    let team: Vec<&str> = question["team"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let ask = || ViewContext {
        team: &team,
        ..ViewContext::of(text("viewer"), "en", text("now").parse().expect("`now` is a time"))
    };
    let number = |key: &str| question[key].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
    let query = || serde_json::from_value(question["query"].clone()).expect("`query` names an entry");
    Ok(match text("do") {
        "apply" => {
            let activity = question["activity"].to_string();
            let read =
                engine.program().read(&tree(&activity), &Feed::new("wiki")).map_err(|error| error.to_string())?;
            json!(engine.apply(read).map_err(|error| error.to_string())?.status)
        }
        "void" => json!(engine.void(text("source"), text("id")).status),
        "members" => json!(engine.members().collect::<Vec<_>>()),
        "ledger" => {
            let lines = match question["now"].is_string() {
                true => crate::world::lines(
                    text("member"),
                    &engine.as_of(text("member"), ask().now).map_or_else(Vec::new, |folded| folded.ledger),
                ),
                false => crate::world::ledger(engine, text("member")),
            };
            json!(lines.lines().collect::<Vec<_>>())
        }
        "entries" => json!(engine.entries(text("member"), ask().now, "en", number("count"))),
        "why" => json!(engine.why(text("member"), &query(), ask().now, "en")),
        "why_not" => json!(engine.why_not(text("member"), &query(), ask().now, "en")),
        "view" => json!(engine.view(text("member"), &ask())),
        "model" => json!(engine.model(text("member"), &ask())),
        "models" => json!(engine.models(&ask())),
        "board" => json!(engine.board(text("board"), &ask(), number("rows"))),
        "experts" => json!(engine.known_for(text("topic"), &ask(), number("count"))),
        "topics" => json!(engine.topics_known(&ask(), text("beginning"), number("count"))),
        "cohort" => json!(engine.cohort(text("challenge"), &ask())),
        "can_redeem" => {
            json!(engine.can_redeem(text("member"), text("reward"), ask().now).err().map(|why| why.to_string()))
        }
        "snapshot" => json!(engine.snapshot().iter().map(|byte| format!("{byte:02x}")).collect::<String>()),
        other => panic!("nothing is asked by `{other}`"),
    })
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.chars().filter_map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    digits.chunks_exact(2).map(|pair| pair[0] * 16 + pair[1]).collect()
}
