//! Demo: a fleet on one machine takes in a company's feed while its processes are killed, and is compared with one
//! process.

use crate::{
    Settings, database,
    generate::generate,
    local::{Local, Process, Start, Tools},
    streams::Streams,
    submit::submit,
    verify::{Comparison, verify},
};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use fastrand::Rng;
use serde_json::Value;
use std::{
    fmt, fs,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::{
    time::{Instant, sleep},
    try_join,
};

/// After so long without progress, the fleet stands still.
const STANDSTILL: Duration = Duration::from_secs(60);
/// What the feed is called.
const FEED: &str = "company";

/// What is to be seen.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// How many things the company does. The feed has about 7 % more lines
    #[arg(long, default_value_t = 20_000)]
    pub activities: u64,
    /// How many members it has
    #[arg(long, default_value_t = 500)]
    pub members: u64,
    /// How many workers settle it
    #[arg(long, default_value_t = 2)]
    pub workers: usize,
    /// How many workers are killed
    #[arg(long, default_value_t = 0)]
    pub kill_workers: usize,
    /// How many nodes of JetStream are killed
    #[arg(long, default_value_t = 0)]
    pub kill_nodes: usize,
    /// How many routers are killed
    #[arg(long, default_value_t = 0)]
    pub kill_routers: usize,
    /// How many processes of PostgreSQL that serve a connection are killed
    #[arg(long, default_value_t = 0)]
    pub kill_backends: usize,
    /// How often PostgreSQL's first process is killed
    #[arg(long, default_value_t = 0)]
    pub kill_postmasters: usize,
    /// Milliseconds from one kill to the next, on average. The feed is sent slowly enough to last as long
    #[arg(long, default_value_t = 300, value_name = "MILLISECONDS")]
    pub kill_every: u64,
    /// The seed of everything random
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The program
    #[arg(long, default_value = "examples/intranet/going-social.toml", value_name = "FILE")]
    pub program: PathBuf,
}

/// What happened.
#[derive(Debug)]
pub struct Seen {
    /// Lines of the feed.
    pub lines: u64,
    /// Processes killed.
    pub kills: usize,
    /// From the first line to the last standing.
    pub took: Duration,
    /// The processor time of each worker since it was last started. `None` where the system does not tell.
    pub cpu: Option<Vec<Duration>>,
    /// Against one process.
    pub comparison: Comparison,
    /// From sending one activity, while nothing else comes, until its member's standing has it: the median of some.
    pub alone: Duration,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lines, kills, took, cpu, comparison, alone } = self;
        let seconds = took.as_secs_f64();
        writeln!(f, "{lines} lines, {kills} kills, {seconds:.1} s, {:.0} lines a second", *lines as f64 / seconds)?;
        if let Some(cpu) = cpu.as_ref().filter(|_| *kills == 0) {
            let each: Vec<_> = cpu.iter().map(|cpu| format!("{:.1} s", cpu.as_secs_f64())).collect();
            let micros = cpu.iter().sum::<Duration>().as_secs_f64() * 1e6 / *lines as f64;
            writeln!(f, "processor time of the workers: {}; {micros:.0} µs a line", each.join(", "))?;
        }
        writeln!(f, "an activity alone: {} ms from sending to standing", alone.as_millis())?;
        comparison.fmt(f)
    }
}

#[derive(Clone, Copy)]
enum Victim {
    Worker,
    Node,
    Router,
    Backend,
    Postmaster,
}

/// Starts a fleet in a folder, lets it take in a feed, and compares.
///
/// # Errors
///
/// If something cannot be started, or the fleet stands still.
pub async fn run(
    tools: &Tools,
    fleet: &Path,
    folder: &Path,
    environment: &[(&str, &str)],
    options: &Options,
) -> Result<Seen> {
    let feed = generate(options.activities, options.members, options.seed).join("\n");
    fs::create_dir_all(folder)?;
    fs::write(folder.join("feed.jsonl"), &feed)?;
    let program = options.program.clone();
    let start = Start { fleet, folder, program, workers: options.workers, environment };
    let mut local = Local::start(tools, &start).await?;
    let settings = local.settings.clone();
    let streams = Streams::connect(&settings).await?;

    let begin = Instant::now();
    let every = Duration::from_millis(options.kill_every);
    let victims = victims(options);
    let lasts = every.as_secs_f64() * victims.len() as f64;
    let pace = (lasts > 0.0).then(|| feed.lines().count() as f64 / lasts);
    let (lines, kills) = try_join!(
        submit(&streams, FEED, feed.as_bytes(), pace),
        kill(&mut local, &victims, every, Rng::with_seed(options.seed)),
    )?;
    settled(&streams).await?;
    let took = begin.elapsed();
    let cpu = local.workers.iter().map(Process::cpu).collect();
    let comparison = verify(&settings, FEED, feed.as_bytes()).await?;
    let line = feed.lines().find(|line| line.contains("\"actor\"")).context("nobody in the feed does anything")?;
    let alone = alone(&settings, &streams, line).await?;
    Ok(Seen { lines, kills, took, cpu, comparison, alone })
}

/// How long one activity takes. It is like a line of the feed, with new ids.
async fn alone(settings: &Settings, streams: &Streams, line: &str) -> Result<Duration> {
    let client = database::connect(settings).await?;
    let sql = "SELECT FROM record WHERE source = 'alone' AND id = $1 AND member = $2";
    let mut times = Vec::new();
    for number in 0..20 {
        let (mut line, id) = (serde_json::from_str::<Value>(line)?, number.to_string());
        (line["source"], line["id"]) = ("alone".into(), id.as_str().into());
        let begin = Instant::now();
        submit(streams, &format!("alone-{number}"), line.to_string().as_bytes(), None).await?;
        while client.query(sql, &[&id, &line["actor"].as_str()]).await?.is_empty() {
            ensure!(begin.elapsed() < STANDSTILL, "the fleet stands still");
            sleep(Duration::from_millis(1)).await;
        }
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// Who is killed, in random order.
fn victims(options: &Options) -> Vec<Victim> {
    let counts = [
        (Victim::Worker, options.kill_workers),
        (Victim::Node, options.kill_nodes),
        (Victim::Router, options.kill_routers),
        (Victim::Backend, options.kill_backends),
        (Victim::Postmaster, options.kill_postmasters),
    ];
    let mut victims: Vec<_> = counts.into_iter().flat_map(|(victim, count)| vec![victim; count]).collect();
    Rng::with_seed(options.seed).shuffle(&mut victims);
    victims
}

/// Kills one process after the other, at random moments.
async fn kill(local: &mut Local, victims: &[Victim], every: Duration, mut rng: Rng) -> Result<usize> {
    for victim in victims {
        sleep(every.mul_f64(2.0 * rng.f64())).await;
        let processes = match victim {
            Victim::Worker => &mut local.workers,
            Victim::Node => &mut local.nodes,
            Victim::Router => &mut local.routers,
            Victim::Backend => {
                local.postgres.crash_backend(&local.settings, &mut rng).await?;
                continue;
            }
            Victim::Postmaster => {
                local.postgres.crash(&local.settings).await?;
                continue;
            }
        };
        rng.choice(processes).context("there is nobody to kill")?.crash()?;
    }
    Ok(victims.len())
}

/// Waits until nothing is left to do.
///
/// # Errors
///
/// If nothing happens for a minute.
pub async fn settled(streams: &Streams) -> Result<()> {
    let (mut before, mut since) = (None, Instant::now());
    loop {
        // A node that was killed may not answer yet.
        let waiting = streams.waiting().await.ok();
        match waiting {
            Some((0, 0)) => return Ok(()),
            _ if waiting != before => (before, since) = (waiting, Instant::now()),
            _ if since.elapsed() > STANDSTILL => {
                bail!("the fleet stands still: {waiting:?} chunks and deliveries wait")
            }
            _ => {}
        }
        sleep(Duration::from_millis(100)).await;
    }
}
