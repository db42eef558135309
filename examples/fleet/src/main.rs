//! The fleet's command.

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use fleet::{
    Settings, backfill, database, demo, generate::generate, local::Tools, record::Record, router, streams::Streams,
    submit::submit, verify::verify, views, worker,
};
use std::{
    env,
    fs::File,
    io::{BufRead, BufReader, BufWriter, Write, stdin, stdout},
    path::{Path, PathBuf},
    process,
};

#[derive(Parser)]
#[command(about = "Recognition past one machine, on NATS JetStream and PostgreSQL")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Create tables, streams and consumers, where there are none yet
    Setup {
        #[command(flatten)]
        settings: Settings,
        /// How many nodes of JetStream keep each message
        #[arg(long, default_value_t = 3)]
        copies: usize,
    },
    /// Send a feed of JSON lines
    Submit {
        #[command(flatten)]
        settings: Settings,
        /// The feed; `-` for standard input
        feed: PathBuf,
    },
    /// Admit what was sent, and deliver it to members' partitions
    Router {
        #[command(flatten)]
        settings: Settings,
    },
    /// Settle deliveries
    Worker {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fold anew, with this program, the standings that another one wrote
    Refold {
        #[command(flatten)]
        settings: Settings,
    },
    /// Write the record of all members to standard output, to be folded outside the database
    Export {
        #[command(flatten)]
        settings: Settings,
    },
    /// Fold what `export` wrote, from standard input to standard output. Needs nothing but the program
    Fold {
        #[command(flatten)]
        settings: Settings,
    },
    /// Write the standings that `fold` made, where they have not changed since the export
    Load {
        #[command(flatten)]
        settings: Settings,
        /// Files of folded members; `-` for standard input
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Show a board
    Board {
        #[command(flatten)]
        settings: Settings,
        /// Its name in the program
        board: String,
        /// Who looks
        #[arg(long, default_value = "")]
        viewer: String,
    },
    /// Show who is known for a topic
    Experts {
        #[command(flatten)]
        settings: Settings,
        /// The topic
        topic: String,
        /// Who looks
        #[arg(long, default_value = "")]
        viewer: String,
    },
    /// Compare with one process that reads the same feed
    Verify {
        #[command(flatten)]
        settings: Settings,
        /// The feed that was sent
        feed: PathBuf,
    },
    /// Write a company's feed to standard output
    Generate {
        /// How many things the company does
        activities: u64,
        /// How many members it has
        #[arg(default_value_t = 500)]
        members: u64,
    },
    /// Start everything on this machine, send a feed, kill what is asked for, and compare with one process
    Demo(demo::Options),
}

#[tokio::main]
async fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Setup { settings, copies } => {
            database::create(&database::connect(&settings).await?).await?;
            Streams::connect(&settings).await?.create(copies).await
        }
        Command::Submit { settings, feed } => {
            let lines = submit(&Streams::connect(&settings).await?, &name(&feed), open(&feed)?, None).await?;
            println!("{lines} lines sent");
            Ok(())
        }
        Command::Router { settings } => router::run(&settings).await,
        Command::Worker { settings } => worker::run(&settings).await,
        Command::Refold { settings } => {
            let count = Record::open(&settings, &settings.program()?).await?.refold().await?;
            println!("{count} standings folded");
            Ok(())
        }
        Command::Export { settings } => backfill::export(&settings, BufWriter::new(stdout().lock())).await,
        Command::Fold { settings } => {
            let count = backfill::fold(&settings.program()?, stdin().lock(), BufWriter::new(stdout().lock()))?;
            eprintln!("{count} members folded");
            Ok(())
        }
        Command::Load { settings, files } => {
            for file in files {
                println!("{}: {}", name(&file), backfill::load(&settings, open(&file)?).await?);
            }
            Ok(())
        }
        Command::Board { settings, board, viewer } => print(&views::board(&settings, &board, &viewer).await?),
        Command::Experts { settings, topic, viewer } => print(&views::experts(&settings, &topic, &viewer).await?),
        Command::Verify { settings, feed } => {
            let found = verify(&settings, &name(&feed), open(&feed)?).await?;
            println!("{found}");
            ensure!(found.is_identical(), "the fleet and one process differ");
            Ok(())
        }
        Command::Generate { activities, members } => {
            let mut out = stdout().lock();
            generate(activities, members, 1).iter().try_for_each(|line| Ok(writeln!(out, "{line}")?))
        }
        Command::Demo(options) => {
            let fleet = env::current_exe()?;
            let tools = Tools::find(&fleet)?;
            let folder = env::temp_dir().join(format!("fleet-{}", process::id()));
            println!("logs and data: {}", folder.display());
            let seen = demo::run(&tools, &fleet, &folder, &[], &options).await?;
            println!("{seen}");
            ensure!(seen.comparison.is_identical(), "the fleet and one process differ");
            Ok(())
        }
    }
}

fn open(feed: &Path) -> Result<Box<dyn BufRead>> {
    if feed == Path::new("-") {
        return Ok(Box::new(BufReader::new(stdin())));
    }
    let file = File::open(feed).with_context(|| format!("cannot open {}", feed.display()))?;
    Ok(Box::new(BufReader::new(file)))
}

/// What a feed is called, in messages and for programs that read it.
fn name(feed: &Path) -> String {
    feed.file_name().map_or_else(|| "stdin".into(), |name| name.to_string_lossy().into_owned())
}

fn print(view: &serde_json::Value) -> Result<()> {
    println!("{view:#}");
    Ok(())
}
