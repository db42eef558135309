//! Sheet: the program's data sheet, for a works council.

use crate::{Args, program};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use knownfor::{Program, SheetLanguage, SheetOptions};
use serde::Deserialize;
use std::{collections::BTreeMap, fs, io::Write, path::Path};

/// The format of a data sheet.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Markdown,
    Html,
    Json,
}

/// The language of a data sheet.
#[derive(Clone, Copy, ValueEnum)]
pub enum Language {
    En,
    De,
}

/// What a list of sources says of one system. Other keys, such as its token, are none of a sheet's.
#[derive(Deserialize)]
struct Source {
    kinds: Vec<String>,
}

pub fn write(program: &Program, args: &Args, out: &mut impl Write) -> Result<()> {
    let language = match args.language {
        Language::En => SheetLanguage::English,
        Language::De => SheetLanguage::German,
    };
    let since = args.since.as_deref().map(|path| program::read(path, false)).transpose()?;
    let mut options = SheetOptions::new(language);
    if let Some(since) = &since {
        options = options.since(since);
    }
    for (system, source) in args.sources.as_deref().map(|path| sources(path, program)).transpose()?.unwrap_or_default()
    {
        options = options.system(&system, source.kinds);
    }
    let sheet = program.sheet(&options);
    match args.sheet {
        Some(Format::Html) => write!(out, "{}", sheet.to_html())?,
        Some(Format::Json) => writeln!(out, "{}", serde_json::to_string_pretty(&sheet)?)?,
        _ => write!(out, "{}", sheet.to_markdown())?,
    }
    Ok(())
}

/// The systems in a file, each with kinds that the program has.
fn sources(path: &Path, program: &Program) -> Result<BTreeMap<String, Source>> {
    let file = path.display();
    let text = fs::read_to_string(path).with_context(|| format!("cannot read the sources {file}"))?;
    let sources: BTreeMap<String, Source> =
        toml::from_str(&text).with_context(|| format!("{file}: expected a table for each system, with `kinds`"))?;
    for (system, source) in &sources {
        if let Some(kind) = source.kinds.iter().find(|kind| program.kinds().all(|known| known != **kind)) {
            bail!("{file}: `{system}` sends `{kind}`, and the program has no such kind");
        }
    }
    Ok(sources)
}
