//! Sender: the system that sends activities, known by its token.

use crate::{config::sources::Source, error::Error, intranet::Intranet};
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use std::sync::Arc;

/// The source whose token the request carries.
pub(crate) struct Sender(pub(crate) Arc<Source>);

impl FromRequestParts<Arc<Intranet>> for Sender {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, intranet: &Arc<Intranet>) -> Result<Self, Error> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).map(str::trim);
        let source = token.and_then(|token| intranet.sources.by_token(token));
        source.map(|source| Self(Arc::clone(source))).ok_or_else(|| {
            Error::new(StatusCode::UNAUTHORIZED, "the source token is missing or unknown").hint(
                "send `Authorization: Bearer TOKEN`; sources.toml lists the sources and the hashes of their tokens",
            )
        })
    }
}
