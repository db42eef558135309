//! Nats: three nodes of JetStream on one machine, by the configuration that three machines have.

use super::{Process, Tools, free_port};
use crate::streams::Streams;
use anyhow::{Context, Result};
use std::{fs, path::Path, process::Command, time::Duration};
use tokio::time::{Instant, sleep};

const CONFIG: &str = include_str!("../../deploy/nats.conf");

/// The ports of each node: for clients and for the other nodes.
pub(super) struct Nats {
    ports: Vec<(u16, u16)>,
}

impl Nats {
    pub(super) fn new(nodes: usize) -> Result<Self> {
        let ports = (0..nodes).map(|_| Ok((free_port()?, free_port()?)));
        Ok(Self { ports: ports.collect::<Result<_>>()? })
    }

    pub(super) fn urls(&self) -> Vec<String> {
        self.ports.iter().map(|(clients, _)| format!("nats://127.0.0.1:{clients}")).collect()
    }

    pub(super) fn start(&self, tools: &Tools, folder: &Path) -> Result<Vec<Process>> {
        let config = folder.join("nats.conf");
        fs::write(&config, CONFIG)?;
        let routes: Vec<_> = self.ports.iter().map(|(_, peers)| format!("nats://127.0.0.1:{peers}")).collect();
        let node = |(number, (clients, peers)): (usize, &(u16, u16))| {
            let mut command = Command::new(&tools.nats);
            command.arg("-c").arg(&config).args(["--routes", &routes.join(",")]);
            command.env("FLEET_NODE", format!("n{number}")).env("FLEET_STORE", folder.join(format!("nats-{number}")));
            command.env("FLEET_CLIENTS", format!("127.0.0.1:{clients}"));
            command.env("FLEET_PEERS", format!("127.0.0.1:{peers}"));
            Process::start(command, &folder.join(format!("nats-{number}.log")))
        };
        self.ports.iter().enumerate().map(node).collect()
    }

    /// Waits until the nodes have found each other, and creates the streams.
    pub(super) async fn wait(&self, streams: &Streams) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match streams.create(self.ports.len()).await {
                Ok(()) => return Ok(()),
                Err(error) if Instant::now() > deadline => return Err(error).context("the nodes of NATS do not start"),
                Err(_) => sleep(Duration::from_millis(200)).await,
            }
        }
    }
}
