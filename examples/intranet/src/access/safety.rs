//! Safety: what the server refuses to start with, because somebody could then act or look as somebody else.

use super::sign_in::SignIn;
use crate::config::sources::Sources;
use anyhow::{Result, bail};
use std::net::SocketAddr;

/// Refuses a set-up in which visitors or tokens could pass for somebody they are not.
///
/// The demonstration lets visitors choose who they are, so nobody but the owner of this machine may reach it. Its
/// tokens are public, so they work in a demonstration only.
pub(crate) fn check(listen: SocketAddr, sign_in: &SignIn, sources: &Sources) -> Result<()> {
    match sign_in {
        SignIn::Chooser(_) if !listen.ip().is_loopback() => bail!(
            "cannot listen on {listen}: without a sign-in, anyone who reaches it could sign in as anyone; listen on \
             127.0.0.1, or put a proxy with your sign-in in front and add --trust-user-header"
        ),
        SignIn::Proxy(_) if !sources.demonstration().is_empty() => bail!(
            "the tokens of these sources are the demonstration's, which everyone knows: {}; list your own sources with \
             --sources FILE, and make each token with `openssl rand -hex 32`",
            sources.demonstration().into_iter().collect::<Vec<_>>().join(", ")
        ),
        _ => Ok(()),
    }
}
