//! Serving: the loop that accepts connections, with limits on how long a client may take.

use anyhow::Result;
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{future::Future, net::SocketAddr, pin::pin, time::Duration};
use tokio::net::TcpListener;
use tower::ServiceExt;

/// How long a client may take to send the head of a request, also of the next one on the same connection.
const HEAD: Duration = Duration::from_secs(10);
/// How long a client may pause while it sends a body.
pub(crate) const BODY: Duration = Duration::from_secs(10);
/// How long requests under way may take once the server is to stop. A client that takes longer is cut off.
const STOPPING: Duration = Duration::from_secs(5);

/// Serves until `stop`, then finishes the requests under way.
pub(crate) async fn serve(listener: TcpListener, app: Router, stop: impl Future<Output = ()>) -> Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                // The machine is out of files or memory. Connections that end make room.
                Err(error) => {
                    tracing::error!("a connection could not be accepted: {error}");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let app = app.clone();
        let service = service_fn(move |request: Request<Incoming>| answer(app.clone(), request, peer));
        let connection = connections.watch(http.serve_connection(TokioIo::new(stream), service));
        // An error here is a client that went away or was too slow.
        tokio::spawn(async move { drop(connection.await) });
    }
    drop(listener);
    if tokio::time::timeout(STOPPING, connections.shutdown()).await.is_err() {
        tracing::warn!("cut off connections that were still open {STOPPING:?} after the server was told to stop");
    }
    Ok(())
}

/// Hands a request to the app, with the address that it came from.
async fn answer(
    app: Router,
    request: Request<Incoming>,
    peer: SocketAddr,
) -> Result<axum::response::Response, std::convert::Infallible> {
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(ConnectInfo(peer));
    app.oneshot(request).await
}
