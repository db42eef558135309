//! Sources: the systems that may send activities, and of which kinds.

use super::program::Rules;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

/// The source of activities that happen on the intranet itself.
pub(crate) const OWN: &str = "intranet";
/// The hash of an empty token, which is what a script makes of a missing variable.
const HASH_OF_NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
/// The demonstration's sources. Their tokens are public.
const DEMONSTRATION: &str = include_str!("../../sources.toml");

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
    /// Reads a sources file and checks the kinds it lists: the program has them, and none of them speaks for a member.
    pub(crate) fn read(text: &str, rules: &Rules) -> Result<Self> {
        let known: BTreeSet<&str> = rules.program.kinds().collect();
        let statements = rules.own_kinds.statements();
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
            if hash == HASH_OF_NOTHING {
                bail!("source `{name}`: the token is empty; make one with `openssl rand -hex 32`");
            }
            if let Some(kind) = source.kinds.iter().find(|kind| !known.contains(kind.as_str())) {
                bail!("source `{name}`: the program has no kind `{kind}`");
            }
            if let Some(kind) = source.kinds.iter().find(|kind| statements.contains(kind.as_str())) {
                bail!(
                    "source `{name}`: only members themselves say `{kind}`, on the intranet; remove it from the source's kinds"
                );
            }
            if let Some(other) = sources.insert(hash, Arc::new(Source { name: name.clone(), kinds: source.kinds })) {
                bail!("sources `{}` and `{name}` have the same token", other.name);
            }
        }
        Ok(Self(sources))
    }

    /// The names of the sources that have a token of the demonstration.
    pub(crate) fn demonstration(&self) -> BTreeSet<&str> {
        let public = |hash: &str| DEMONSTRATION.contains(hash);
        self.0.iter().filter(|(hash, _)| public(hash)).map(|(_, source)| source.name.as_str()).collect()
    }

    /// The sources by name, each with the kinds that it may send.
    pub(crate) fn systems(&self) -> BTreeMap<&str, &BTreeSet<String>> {
        self.0.values().map(|source| (source.name.as_str(), &source.kinds)).collect()
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
pub(crate) fn load(path: Option<&Path>, rules: &Rules) -> Result<Sources> {
    let text = super::read(path, DEMONSTRATION)?;
    Sources::read(&text, rules)
        .with_context(|| format!("the sources in {} cannot be used", super::file_name(path, "sources.toml")))
}
