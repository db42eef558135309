//! A company intranet with recognition built in, for a company to start from.

mod access;
mod actions;
mod api;
mod backup;
mod clock;
mod config;
mod erase;
mod error;
mod group;
mod intranet;
mod language;
mod live;
mod logging;
mod metrics;
mod pages;
mod phase;
mod queue;
mod record;
#[cfg(unix)]
mod reload;
mod rename;
mod request;
mod seal;
mod serve;
mod views;

use access::{proxy::Proxy, safety, security, sign_in::SignIn};
use anyhow::{Context, Result};
use axum::{Router, middleware, response::IntoResponse};
use clap::{
    Parser,
    builder::{OsStringValueParser, TypedValueParser},
};
use clock::Clock;
use config::{directory::Directory, program, sources, widget};
use error::Error;
use intranet::Intranet;
use jiff::civil::Date;
use record::{
    database, demo, fault,
    following::Following,
    import,
    members::Members,
    profiles,
    store::{Database, Location},
};
use serve::Running;
use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, sync::watch};
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, services::ServeDir, timeout::RequestBodyTimeoutLayer,
};

/// A company intranet with recognition built in.
///
/// Without options it starts a demonstration: a new database is filled with a company's first thirty days.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Address and port to listen on
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Database file, created if it does not exist, or postgres://user:password@host/name, where PGPASSWORD may hold the
    /// password
    #[arg(long, default_value = "intranet.sqlite", value_parser = OsStringValueParser::new().map(Location::from))]
    database: Location,
    /// Leave a new database empty instead of filling it with the demonstration's activities; real sign-in implies it
    #[arg(long)]
    empty: bool,
    /// Add the activities of this file of JSON lines, which may speak for members, as those of a token may not
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,
    /// Program to use instead of Going Social
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// The company's directory of people
    #[arg(long, value_name = "FILE")]
    people: Option<PathBuf>,
    /// Systems that may send activities
    #[arg(long, value_name = "FILE")]
    sources: Option<PathBuf>,
    /// Take the signed-in person from the X-Remote-User header, which the proxy in front must set; needs
    /// --proxy-secret or --proxy-address
    #[arg(long)]
    trust_user_header: bool,
    /// File with the secret that the proxy sends in the X-Proxy-Secret header
    #[arg(long, value_name = "FILE", requires = "trust_user_header")]
    proxy_secret: Option<PathBuf>,
    /// Address that the proxy connects from; several may be given
    #[arg(long, value_name = "ADDRESS", requires = "trust_user_header")]
    proxy_address: Vec<IpAddr>,
    /// Serve metrics for Prometheus at this address, under /metrics; let nobody reach it but those who run the server
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Refuse activities from before this day
    #[arg(long, value_name = "DATE", default_value = "2000-01-01")]
    earliest: Date,
    /// Refuse activities from further ahead than this, since the clock of another system may be fast
    #[arg(long, value_name = "HOURS", default_value_t = 24)]
    max_ahead_hours: u16,
    /// Set the clock this many days ahead, to show a demonstration's future
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    days_ahead: u16,
    /// Erase this member from the database instead of starting the server; says what that would do until the id is
    /// repeated with --confirm
    #[arg(long, value_name = "ID", groups = ["command", "confirmed"])]
    erase: Option<String>,
    /// Give a member another id instead of starting the server; says what that would do until the new id is repeated
    /// with --confirm
    #[arg(long, num_args = 2, value_names = ["ID", "NEW"], groups = ["command", "confirmed"])]
    rename: Option<Vec<String>>,
    /// Freeze the programme instead of starting the server: nothing is taken in, and everything can be read
    #[arg(long, group = "command")]
    freeze: bool,
    /// Let a frozen programme run again instead of starting the server
    #[arg(long, group = "command")]
    resume: bool,
    /// End the programme for good instead of starting the server; needs --confirm end
    #[arg(long, groups = ["command", "confirmed"])]
    end: bool,
    /// The id of the member to erase, or the new id, a second time; or `end` to end the programme
    #[arg(long, value_name = "ID", requires = "confirmed")]
    confirm: Option<String>,
    /// Copy the database to this new file instead of starting the server, also while a server uses it
    #[arg(long, value_name = "FILE", group = "command")]
    backup: Option<PathBuf>,
    /// Bring this backup back as the database, which must be gone, instead of starting the server
    #[arg(long, value_name = "FILE", group = "command")]
    restore: Option<PathBuf>,
    /// Check that the database says what it should instead of starting the server
    #[arg(long, group = "command")]
    verify: bool,
    /// Make sums of activities that are older than the program keeps them, instead of starting the server, which does
    /// it once a day; then rewrite the database without them
    #[arg(long, group = "command")]
    seal: bool,
    /// Folder with the built widget; without it the widget is built from the workspace
    #[arg(long, value_name = "FOLDER")]
    pkg: Option<PathBuf>,
}

/// How long work that nobody waits for any more may go on when the server stops. Then it is dropped, as by a crash:
/// what is not yet on disk was not acknowledged.
const LAST_WORK: Duration = Duration::from_secs(1);

fn main() -> Result<()> {
    let options = Options::parse();
    logging::begin();
    if let Some(member) = &options.erase {
        return erase::run(&options, member);
    }
    if let Some(file) = &options.backup {
        return backup::back_up(&options, file);
    }
    if let Some(file) = &options.restore {
        return backup::restore(&options, file);
    }
    if options.verify {
        return backup::verify(&options);
    }
    if let Some([member, to]) = options.rename.as_deref() {
        return rename::run(&options, member, to);
    }
    if let Some(phase) = phase::asked(&options) {
        return phase::run(&options, phase);
    }
    if options.seal {
        return seal::run(&options);
    }
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(serve(options));
    runtime.shutdown_timeout(LAST_WORK);
    served
}

/// Opens everything, and serves until the process is told to stop.
async fn serve(options: Options) -> Result<()> {
    let (listen, metrics) = (options.listen, options.metrics);
    #[cfg(unix)]
    let (hangups, files) = (reload::hangups()?, reload::Files::of(&options));
    let (intranet, pkg) = tokio::task::spawn_blocking(move || open(options)).await??;
    let listener = bind(listen).await?;
    let metrics = match metrics {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    println!("The intranet is at http://{}", listener.local_addr()?);
    let changes = Arc::clone(&intranet.changes);
    tokio::spawn(seal::daily(Arc::clone(&intranet)));
    let running = watch::Sender::new(Running::new(intranet, pkg)?);
    let current = running.subscribe();
    if let Some(listener) = metrics {
        println!("Its metrics are at http://{}/metrics", listener.local_addr()?);
        tokio::spawn(serve::serve_metrics(listener, current.clone()));
    }
    #[cfg(unix)]
    tokio::spawn(reload::at_each(hangups, files, running));
    let stop = async move {
        stop_signal().await;
        changes.stop();
    };
    serve::serve(listener, current, stop).await
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Reads and checks everything that the first request will need.
fn open(options: Options) -> Result<(Arc<Intranet>, PathBuf)> {
    let clock = Clock::of(options.days_ahead, options.earliest, options.max_ahead_hours)?;
    let rules = program::load(options.program.as_deref())?;
    let sources = sources::load(options.sources.as_deref(), &rules)?;
    let directory = Directory::load(options.people.as_deref())?;
    let sign_in = match directory.people().first() {
        _ if options.trust_user_header => {
            SignIn::Proxy(Proxy::new(options.proxy_secret.as_deref(), options.proxy_address.clone())?)
        }
        first => SignIn::Chooser(first.map_or_else(String::new, |person| person.id.clone())),
    };
    safety::check(options.listen, &sign_in, &sources)?;
    let pkg = widget::folder(options.pkg.clone())?;
    let database = Database::open(&options.database)?;
    let members = fill(&database, &options, &rules, &directory, &clock)
        .map_err(|error| fault::explained(error, &options.database))?;
    for warning in &rules.warnings {
        eprintln!("{warning}");
    }
    let intranet = Intranet::new(clock, rules, directory, database, members, sources, sign_in)?;
    Ok((Arc::new(intranet), pkg))
}

/// Brings the database up to date with the program and the directory, adds what the options ask for, and loads everyone.
fn fill(
    database: &Database,
    options: &Options,
    rules: &program::Rules,
    directory: &Directory,
    clock: &Clock,
) -> Result<(Members, Following)> {
    let folded = record::fold_missing(database, &rules.program)?;
    if folded > 0 {
        println!("The program has changed: recomputed the standings of {folded} members.");
    }
    let may_show = !options.empty && !options.trust_user_header && options.import.is_none();
    // In one transaction, so that of two servers that start on a new database one fills it.
    let added = database.write(
        |db| -> Result<_> {
            profiles::add_listed(db, directory)?;
            if !db.is_shared() {
                record::drop_other_programs(db, &rules.program)?;
            }
            match may_show && database::is_new(db)? {
                true => demo::fill(db, &rules.program, clock.now()?).map(Some),
                false => Ok(None),
            }
        },
        |_| {},
    )?;
    if let Some(added) = added {
        println!("Created {} with a demonstration of {added} activities.", options.database);
    }
    if let Some(file) = &options.import {
        let added = import::file(database, &rules.program, clock, file)?;
        println!("Imported {added} activities from {}.", file.display());
    }
    database.read(|db| Ok((Members::load(db, &rules.program, directory)?, Following::from(db)?)))
}

fn app(intranet: &Arc<Intranet>, pkg: &Path) -> Result<Router> {
    Ok(Router::new()
        .merge(api::routes()?)
        .merge(pages::routes(intranet))
        .nest_service("/pkg", ServeDir::new(pkg))
        .with_state(Arc::clone(intranet))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::custom(|_| Error::panicked().into_response()))
        .layer(RequestBodyTimeoutLayer::new(serve::BODY))
        .layer(middleware::from_fn(security::protect))
        .layer(middleware::from_fn_with_state(Arc::clone(&intranet.metrics), request::identify)))
}

/// Waits for an interrupt or termination signal.
async fn stop_signal() {
    let interrupted = async {
        // If this signal cannot be listened for, the other one still can.
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
