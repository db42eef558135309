//! Builds the widget and serves this folder as any static server would: `cargo run --release -p page`.

use anyhow::{Context, Result, bail};
use axum::{
    Router,
    http::{HeaderName, HeaderValue, header},
};
use std::{env, path::Path};
use tower_http::{services::ServeDir, set_header::SetResponseHeaderLayer};

/// The strictest policy that the widget works under: everything from here, nothing inline, and no script made of text.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                      img-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'self'";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let listen = match env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => "127.0.0.1:8090".to_owned(),
        [flag, address] if flag == "--listen" => address.clone(),
        _ => bail!("usage: page [--listen ADDRESS:PORT]"),
    };
    let package = knownfor_build::build()?;
    println!("{}", package.sizes);
    if let Some(missing) = package.missing {
        eprintln!("warning: {missing}");
    }
    let listener = tokio::net::TcpListener::bind(&listen)
        .await
        .with_context(|| format!("cannot listen on {listen}; choose another with --listen ADDRESS:PORT"))?;
    println!("http://{}/", listener.local_addr()?);
    let app = Router::new()
        .nest_service("/known-for", ServeDir::new(package.folder))
        .fallback_service(ServeDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("site")))
        .layer(always(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(always(header::CACHE_CONTROL, "no-cache"));
    Ok(axum::serve(listener, app).await?)
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value))
}
