//! Sources: the systems that may send activities, and of which kinds.

use anyhow::{Context, Result, bail};
use knownfor::Program;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// The source of activities that happen on the intranet itself.
pub(crate) const OWN: &str = "intranet";

/// A system that may send activities.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its name, which is part of what identifies its activities.
    pub(crate) name: String,
    kinds: BTreeSet<String>,
}

impl Source {
    pub(crate) fn may_send(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// The kinds it may send, for messages.
    pub(crate) fn kinds(&self) -> String {
        self.kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// All sources, by the SHA-256 hash of their tokens.
#[derive(Debug, Default)]
pub(crate) struct Sources(BTreeMap<String, Arc<Source>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceConfig {
    token_sha256: String,
    kinds: BTreeSet<String>,
}

impl Sources {
    /// Reads a sources file and checks that the program has the kinds it lists.
    pub(crate) fn read(text: &str, program: &Program) -> Result<Self> {
        let known: BTreeSet<&str> = program.kinds().collect();
        let mut sources = BTreeMap::new();
        for (name, source) in toml::from_str::<BTreeMap<String, SourceConfig>>(text)? {
            if name == OWN {
                bail!("a source cannot be named `{OWN}`, which is the intranet itself; choose another name");
            }
            let hash = source.token_sha256.to_ascii_lowercase();
            if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                bail!(
                    "source `{name}`: expected 64 hexadecimal digits in `token_sha256`; see `printf %s TOKEN | sha256sum`"
                );
            }
            if let Some(kind) = source.kinds.iter().find(|kind| !known.contains(kind.as_str())) {
                bail!("source `{name}`: the program has no kind `{kind}`");
            }
            if let Some(other) = sources.insert(hash, Arc::new(Source { name: name.clone(), kinds: source.kinds })) {
                bail!("sources `{}` and `{name}` have the same token", other.name);
            }
        }
        Ok(Self(sources))
    }

    /// The source that has this token. The lookup compares hashes, so its duration reveals nothing about the tokens.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Arc<Source>> {
        use std::fmt::Write as _;
        let mut hash = String::with_capacity(64);
        for byte in Sha256::digest(token.as_bytes()) {
            write!(hash, "{byte:02x}").ok()?;
        }
        self.0.get(&hash)
    }
}

/// Reads the sources file, or the demonstration's.
pub(crate) fn load(path: Option<&Path>, program: &Program) -> Result<Sources> {
    let text = super::read(path, include_str!("../../sources.toml"))?;
    Sources::read(&text, program)
        .with_context(|| format!("the sources in {} cannot be used", super::file_name(path, "sources.toml")))
}
