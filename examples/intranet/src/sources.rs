//! Sources: which systems may send activities, and of which kinds.

use crate::files;
use anyhow::{Context, Result, bail};
use knownfor::Program;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// The source of what members do on the intranet itself.
pub(crate) const OWN: &str = "intranet";

/// A system that may send activities.
#[derive(Debug)]
pub(crate) struct Source {
    /// The name by which its activities are known.
    pub(crate) name: String,
    kinds: BTreeSet<String>,
}

impl Source {
    pub(crate) fn may_send(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }

    /// The kinds it may send, for a message.
    pub(crate) fn kinds(&self) -> String {
        self.kinds.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// All sources, by the SHA-256 of their tokens.
#[derive(Debug, Default)]
pub(crate) struct Sources(BTreeMap<String, Arc<Source>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    token_sha256: String,
    kinds: BTreeSet<String>,
}

impl Sources {
    /// Reads a sources file, and sees that it speaks of kinds that the program has.
    pub(crate) fn read(text: &str, program: &Program) -> Result<Self> {
        let known: BTreeSet<&str> = program.kinds().collect();
        let mut sources = BTreeMap::new();
        for (name, written) in toml::from_str::<BTreeMap<String, Written>>(text)? {
            if name == OWN {
                bail!("a source cannot be called `{OWN}`: that is the intranet itself");
            }
            let hash = written.token_sha256.to_ascii_lowercase();
            if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                bail!("source `{name}`: token_sha256 must be 64 hexadecimal digits, see `printf %s TOKEN | sha256sum`");
            }
            if let Some(kind) = written.kinds.iter().find(|kind| !known.contains(kind.as_str())) {
                bail!("source `{name}`: the program has no kind `{kind}`");
            }
            if let Some(other) = sources.insert(hash, Arc::new(Source { name: name.clone(), kinds: written.kinds })) {
                bail!("sources `{}` and `{name}` have the same token", other.name);
            }
        }
        Ok(Self(sources))
    }

    /// Whose token this is. What is looked up is a hash, so the time it takes tells nothing about the token.
    pub(crate) fn by_token(&self, token: &str) -> Option<&Arc<Source>> {
        use std::fmt::Write as _;
        let mut hash = String::with_capacity(64);
        for byte in Sha256::digest(token.as_bytes()) {
            write!(hash, "{byte:02x}").ok()?;
        }
        self.0.get(&hash)
    }
}

/// Reads the sources file at a path, or the demonstration's.
pub(crate) fn load(path: Option<&Path>, program: &Program) -> Result<Sources> {
    let text = files::text_of(path, include_str!("../sources.toml"))?;
    Sources::read(&text, program)
        .with_context(|| format!("the sources {} cannot be used", files::shown(path, "sources.toml")))
}
