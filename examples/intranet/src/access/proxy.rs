//! The proxy in front of the server: which requests have come through it.
//!
//! The proxy signs people in and passes on who they are in a header. Anyone who reaches the server without the proxy
//! could send the same header, so a request must prove that it came through the proxy before the header is read.

use crate::{config::private_file, error::Error};
use anyhow::{Result, bail};
use axum::{
    extract::ConnectInfo,
    http::{StatusCode, request::Parts},
};
use sha2::{Digest, Sha256};
use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
};

/// The header in which the proxy sends the secret.
const SECRET_HEADER: &str = "x-proxy-secret";
/// The least length of the secret, which is more than anyone can guess.
const MIN_SECRET_CHARACTERS: usize = 32;

/// How a request proves that it came through the proxy. If there is both a secret and addresses, it needs both.
#[derive(Clone)]
pub(crate) struct Proxy {
    /// The SHA-256 hash of the secret. Comparing hashes takes the same time whatever was sent.
    secret: Option<[u8; 32]>,
    addresses: Vec<IpAddr>,
}

impl Proxy {
    /// A proxy that sends the secret in this file, or connects from one of these addresses.
    pub(crate) fn new(secret: Option<&Path>, addresses: Vec<IpAddr>) -> Result<Self> {
        if secret.is_none() && addresses.is_empty() {
            bail!(
                "--trust-user-header needs proof that a request came through the proxy, or anyone who reaches the \
                 server could sign in as anyone; add --proxy-secret FILE or --proxy-address ADDRESS"
            );
        }
        let secret = secret.map(|path| -> Result<_> {
            let text = private_file::read(path)?;
            let secret = text.trim();
            if secret.chars().count() < MIN_SECRET_CHARACTERS {
                bail!(
                    "the secret in {} is too short; expected at least {MIN_SECRET_CHARACTERS} characters, for example \
                     from `openssl rand -hex 32`",
                    path.display()
                );
            }
            Ok(hash(secret.as_bytes()))
        });
        Ok(Self { secret: secret.transpose()?, addresses })
    }

    /// Checks that a request came through the proxy.
    pub(crate) fn check(&self, parts: &Parts) -> Result<(), Error> {
        let mut secrets = parts.headers.get_all(SECRET_HEADER).iter();
        let sent = secrets.next().filter(|_| secrets.next().is_none());
        let is_secret = self.secret.is_none_or(|secret| sent.is_some_and(|sent| hash(sent.as_bytes()) == secret));
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
        let is_listed = self.addresses.is_empty() || peer.is_some_and(|peer| self.addresses.contains(&peer));
        if is_secret && is_listed {
            return Ok(());
        }
        Err(Error::new(StatusCode::UNAUTHORIZED, "this request did not come through the proxy that signs people in")
            .hint("open the intranet at its own address"))
    }
}

fn hash(secret: &[u8]) -> [u8; 32] {
    Sha256::digest(secret).into()
}
