//! The program: read from its file, and what may harm people in it. Both are told with line and column.

use crate::report::counted;
use anyhow::{Context, Result, bail};
use knownfor::{Positions, Program, Zone};
use std::{collections::BTreeMap, fs, path::Path};

/// Reads a program. The error has a line for each problem, which editors and terminals turn into a link. With
/// `denies_warnings`, a program with warnings is an error, too.
pub fn read(path: &Path, denies_warnings: bool) -> Result<Program> {
    let file = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the program {file}"))?;
    let is_json = path.extension().is_some_and(|ending| ending == "json");
    let read = if is_json { Program::from_json(&text, Zone::named) } else { Program::from_toml(&text, Zone::named) };
    let program = match read {
        Ok(program) => program,
        Err(problems) => {
            let lines: Vec<String> = problems.iter().map(|problem| format!("\n{file}:{problem}")).collect();
            bail!("the program cannot be used{}", lines.concat());
        }
    };
    let positions = if is_json { Positions::of_json(&text) } else { Positions::of_toml(&text) };
    let place = |pointer: &str| match &positions {
        Some(positions) => format!("{file}:{}", positions.at(pointer)),
        None => file.to_string(),
    };
    eprint!("{}", warnings(&program, place));
    let count = program.warnings().len();
    if denies_warnings && count > 0 {
        bail!("{} in {file}, and --deny-warnings allows none", counted(count, "warning", "warnings"));
    }
    Ok(program)
}

/// The warnings about a program, each reason once with all its places, then the fix.
fn warnings(program: &Program, place: impl Fn(&str) -> String) -> String {
    let mut places: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for warning in program.warnings() {
        let at = format!("`{}` ({})", warning.path, place(&warning.path));
        places.entry((warning.reason, warning.fix)).or_default().push(at);
    }
    let text = |((reason, fix), places): (&(String, String), &Vec<String>)| {
        let colon = if places.len() > 1 { ":" } else { "" };
        format!("warning: {}{colon} {reason}\n  instead: {fix}\n", places.join(", "))
    };
    places.iter().map(text).collect()
}
