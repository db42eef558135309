//! Serving: the loop that accepts connections, with limits on how long a client may take and how many there are.

use crate::{app, intranet::Intranet, live, metrics};
use anyhow::Result;
use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{StatusCode, header},
    response::IntoResponse,
    routing::get,
};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use std::{
    future::Future,
    net::SocketAddr,
    path::{Path, PathBuf},
    pin::pin,
    sync::Arc,
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch::Receiver},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How long a client may take to send the head of a request, also of the next one on the same connection.
const HEAD: Duration = Duration::from_secs(10);
/// How long a client may pause while it sends a body.
pub(crate) const BODY: Duration = Duration::from_secs(10);
/// How long a client may read nothing of an answer that waits for it.
const READING: Duration = Duration::from_secs(30);
/// How long requests under way may take once the server is to stop. A client that takes longer is cut off.
const STOPPING: Duration = Duration::from_secs(5);
/// How long the server waits to accept the next connection when the machine has no room for it.
const FULL: Duration = Duration::from_millis(100);
/// Limit for connections: one for each page that may be open, and some for requests. The rest wait to be accepted.
const MAX_CONNECTIONS: usize = live::MAX_PAGES as usize + 2_000;

/// What serves requests. Another one takes its place when people and sources are read again; requests under way keep the
/// one they began with.
#[derive(Clone)]
pub(crate) struct Running {
    pub(crate) intranet: Arc<Intranet>,
    pkg: Arc<Path>,
    app: Router,
}

impl Running {
    /// Serves an intranet and the widget's files.
    pub(crate) fn new(intranet: Arc<Intranet>, pkg: PathBuf) -> Result<Self> {
        let pkg = Arc::from(pkg);
        Ok(Self { app: app(&intranet, &pkg)?, intranet, pkg })
    }

    /// The same with another intranet.
    pub(crate) fn with(&self, intranet: Intranet) -> Result<Self> {
        let (intranet, pkg) = (Arc::new(intranet), Arc::clone(&self.pkg));
        Ok(Self { app: app(&intranet, &pkg)?, intranet, pkg })
    }
}

/// Serves until `stop`, then finishes the requests under way.
pub(crate) async fn serve(
    listener: TcpListener,
    running: Receiver<Running>,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let (connections, places) = (GracefulShutdown::new(), Arc::new(Semaphore::new(MAX_CONNECTIONS)));
    let mut stop = pin!(stop);
    loop {
        let (place, stream, peer) = tokio::select! {
            accepted = accept(&listener, &places) => match accepted {
                Ok(accepted) => accepted,
                // The machine is out of files or memory. Connections that end make room.
                Err(error) => {
                    tracing::error!("a connection could not be accepted: {error:#}");
                    tokio::time::sleep(FULL).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        let running = running.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let app = running.borrow().app.clone();
            answer(app, request, peer)
        });
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(READING));
        let connection = connections.watch(http.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            // An error here is a client that went away or was too slow.
            drop(connection.await);
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(STOPPING, connections.shutdown()).await.is_err() {
        tracing::warn!("cut off connections that were still open {STOPPING:?} after the server was told to stop");
    }
    Ok(())
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Result<(OwnedSemaphorePermit, TcpStream, SocketAddr)> {
    let place = Arc::clone(places).acquire_owned().await?;
    let (stream, peer) = listener.accept().await?;
    // Events go out at once. A client that has gone already is noticed later.
    let _ = stream.set_nodelay(true);
    Ok((place, stream, peer))
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

/// Serves the metrics, at an address of their own, until the process ends.
pub(crate) async fn serve_metrics(listener: TcpListener, running: Receiver<Running>) {
    let figures = move || {
        let intranet = Arc::clone(&running.borrow().intranet);
        async move {
            // A database on a server is asked for its size.
            let text = tokio::task::spawn_blocking(move || intranet.metrics.to_text(&intranet));
            match text.await.map_err(anyhow::Error::from).flatten() {
                Ok(text) => ([(header::CONTENT_TYPE, metrics::MEDIA_TYPE)], text).into_response(),
                Err(error) => {
                    tracing::error!("the metrics cannot be written: {error:#}");
                    StatusCode::INTERNAL_SERVER_ERROR.into_response()
                }
            }
        }
    };
    let app = Router::new().route("/metrics", get(figures));
    loop {
        let Ok((stream, peer)) = listener.accept().await else {
            tokio::time::sleep(FULL).await;
            continue;
        };
        let app = app.clone();
        let service = service_fn(move |request: Request<Incoming>| answer(app.clone(), request, peer));
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new()).header_read_timeout(HEAD);
        tokio::spawn(async move { drop(http.serve_connection(TokioIo::new(stream), service).await) });
    }
}
