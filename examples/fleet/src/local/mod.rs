//! Local: a whole fleet on one machine, to see it, and to see it being killed.

mod nats;
mod postgres;
mod process;
mod tools;

pub use postgres::Postgres;
pub use process::Process;
pub use tools::{Spark, Tools};

use crate::{Settings, database, streams::Streams};
use anyhow::{Context, Result};
use nats::Nats;
use std::{
    fs, iter,
    net::TcpListener,
    path::{Path, PathBuf},
    process::Command,
};

/// How many nodes JetStream has, and how many copies each message.
pub const NODES: usize = 3;

/// A fleet on this machine. Everything ends with it.
pub struct Local {
    /// Workers, which may be killed.
    pub workers: Vec<Process>,
    /// The router, which may be killed.
    pub routers: Vec<Process>,
    /// The nodes of JetStream, which may be killed.
    pub nodes: Vec<Process>,
    /// How to reach it.
    pub settings: Settings,
    /// The database, which may be killed. It ends last.
    pub postgres: Postgres,
}

/// What a fleet on this machine is started with.
#[derive(Clone, Debug)]
pub struct Start<'a> {
    /// The binary of this crate.
    pub fleet: &'a Path,
    /// Where everything is stored.
    pub folder: &'a Path,
    /// The program.
    pub program: PathBuf,
    /// How many workers.
    pub workers: usize,
    /// Environment variables of the workers.
    pub environment: &'a [(&'a str, &'a str)],
}

impl Local {
    /// Starts three nodes, PostgreSQL, a router and workers.
    ///
    /// # Errors
    ///
    /// Says what cannot be started, and where its log is.
    pub async fn start(tools: &Tools, start: &Start<'_>) -> Result<Self> {
        let folder = start.folder;
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let nats = Nats::new(NODES)?;
        let nodes = nats.start(tools, folder)?;
        let mut postgres = Postgres::start(tools, &folder.join("postgres"))?;
        let settings =
            Settings { nats: nats.urls(), postgres: postgres.address(), program: start.program.clone(), partitions: 8 };
        postgres.wait(&settings).await?;
        database::create(&database::connect(&settings).await?).await?;
        nats.wait(&Streams::connect(&settings).await?).await?;

        let process = |role: &str, number: usize, environment: &[(&str, &str)]| {
            let mut command = Command::new(start.fleet);
            command.arg(role).envs(environment.iter().copied());
            command.args(["--nats", &settings.nats.join(","), "--postgres", &settings.postgres, "--program"]);
            command.arg(&settings.program);
            Process::start(command, &folder.join(format!("{role}-{number}.log")))
        };
        let workers = (0..start.workers).map(|number| process("worker", number, start.environment));
        let workers = workers.collect::<Result<_>>()?;
        let routers = vec![process("router", 0, &[])?];
        Ok(Self { workers, routers, nodes, settings, postgres })
    }
}

/// A port that nobody uses now. It is below those that systems give to outgoing connections, so that it is still free
/// when a process that was killed comes back.
fn free_port() -> Result<u16> {
    let mut ports = iter::repeat_with(|| fastrand::u16(20_000..30_000)).take(1_000);
    ports.find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).context("no port is free")
}
