//! Settings: where the engines are, the same for every process of a fleet.

use anyhow::{Context, Result};
use clap::Args;
use knownfor::{Program, Zone};
use std::{fs, path::PathBuf};

/// Where a process finds NATS, PostgreSQL and the program.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// The servers of NATS, separated by commas
    #[arg(
        long,
        env = "FLEET_NATS",
        value_name = "URLS",
        default_value = "nats://127.0.0.1:4222",
        value_delimiter = ','
    )]
    pub nats: Vec<String>,
    /// The database, as `postgres://` or in words: `host=… user=… password=… dbname=…`
    #[arg(
        long,
        env = "FLEET_POSTGRES",
        value_name = "DATABASE",
        default_value = "host=127.0.0.1 user=fleet dbname=fleet"
    )]
    pub postgres: String,
    /// The program, in TOML
    #[arg(long, env = "FLEET_PROGRAM", value_name = "FILE", default_value = "program.toml")]
    pub program: PathBuf,
    /// Into how many partitions members are divided. May change between two starts of the whole fleet
    #[arg(long, env = "FLEET_PARTITIONS", value_name = "NUMBER", default_value_t = 8)]
    pub partitions: u64,
}

impl Settings {
    /// Reads and checks the program.
    ///
    /// # Errors
    ///
    /// Names the file, and says what is wrong with it.
    pub fn program(&self) -> Result<Program> {
        let path = self.program.display();
        let text = fs::read_to_string(&self.program).with_context(|| format!("cannot read the program {path}"))?;
        Program::from_toml(&text, Zone::named).map_err(|problems| anyhow::anyhow!("{path}:\n{problems}"))
    }
}
