//! A company intranet with recognition dropped in: what a company would start from.

mod api;
mod clock;
mod deeds;
mod directory;
mod files;
mod guard;
mod intranet;
mod known;
mod live;
mod pages;
mod pkg;
mod profiles;
mod program;
mod record;
mod refusal;
mod seed;
mod sign_in;
mod sources;
mod store;
mod views;

use anyhow::{Context, Result};
use axum::{Router, middleware};
use clap::Parser;
use intranet::Intranet;
use std::{net::SocketAddr, path::PathBuf, sync::Arc};
use tokio::net::TcpListener;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, services::ServeDir};

/// A company intranet with recognition dropped in.
///
/// Started without options it is a demonstration: a new database gets the record of a company's first thirty days.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The database file; made when it is not there
    #[arg(long, default_value = "intranet.sqlite")]
    database: PathBuf,
    /// Start a new database without the demonstration's record
    #[arg(long)]
    empty: bool,
    /// A program of your own, in place of Going Social
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The people of your company
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Which systems may send activities
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Who is signed in stands in the header X-Remote-User, set by the proxy in front
    #[arg(long)]
    trust_user_header: bool,
    /// For demonstrations: how it is so many days from now
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    days_ahead: u16,
    /// The widget's files, in place of building them
    #[arg(long, value_name = "FOLDER")]
    pkg: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_writer(std::io::stderr).init();
    let listen = options.listen;
    let (intranet, pkg) = tokio::task::spawn_blocking(move || open(options)).await??;
    let listener = TcpListener::bind(listen).await.with_context(|| format!("{listen} cannot be listened on"))?;
    println!("The intranet is at http://{}", listener.local_addr()?);
    let stopping = Arc::clone(&intranet);
    let stop = async move {
        stop_signal().await;
        stopping.changes.stop();
    };
    axum::serve(listener, app(intranet, pkg)?).with_graceful_shutdown(stop).await?;
    Ok(())
}

/// All that must be right before the first request.
fn open(options: Options) -> Result<(Arc<Intranet>, PathBuf)> {
    let clock = clock::Clock::ahead_by(options.days_ahead);
    let rules = program::load(options.program.as_deref())?;
    let sources = sources::load(options.sources.as_deref(), &rules.program)?;
    let directory = directory::Directory::load(options.people.as_deref())?;
    let pkg = pkg::folder(options.pkg)?;
    let store = store::Store::open(&options.database)?;
    let (folded, is_new) = store.write(
        |db| -> Result<_> {
            profiles::begin(db, &directory)?;
            Ok((record::keep_up(db, &rules.program)?, store::next_number(db)? == 1))
        },
        |_| {},
    )?;
    if folded > 0 {
        println!("The program has changed: the standings of {folded} members were folded again.");
    }
    if is_new && !options.empty {
        let planted = seed::plant(&store, &rules.program, clock.now()?)?;
        println!("A new database, {}, with a record of {planted} activities to look at.", options.database.display());
    }
    let everyone = directory.people().iter().map(|person| person.id.clone()).collect();
    let standings = store.read(|db| known::standings(db, &rules.program, &directory, &everyone))?;
    let known = known::Known::of(&rules.program, &standings);
    let sign_in = match directory.people().first() {
        _ if options.trust_user_header => sign_in::SignIn::Proxy,
        first => sign_in::SignIn::Chooser(first.map_or_else(String::new, |person| person.id.clone())),
    };
    let changes = live::Changes::new();
    let pages = pages::Pages::new()?;
    let intranet = Intranet { clock, rules, directory, store, known, sources, sign_in, changes, pages };
    for warning in intranet.rules.program.warnings() {
        eprintln!("The program may harm: {warning}");
    }
    if !options.listen.ip().is_loopback() && !options.trust_user_header {
        eprintln!("Whoever reaches {} can sign in as anyone: this is for demonstrations.", options.listen);
    }
    Ok((Arc::new(intranet), pkg))
}

fn app(intranet: Arc<Intranet>, pkg: PathBuf) -> Result<Router> {
    Ok(Router::new()
        .merge(api::routes()?)
        .merge(pages::routes(&intranet))
        .nest_service("/pkg", ServeDir::new(pkg))
        .with_state(intranet)
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(guard::guard)))
}

/// Waits until someone wants the server to stop.
async fn stop_signal() {
    let interrupted = async {
        // Where the signal cannot be listened for, the other one still can.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
