//! Kills of what stands between a server and its database: the process that serves a connection, and PostgreSQL itself.

use crate::{
    kills::{CONTENTS, Load, kills, lost_and_doubled},
    support::{cluster::Cluster, server::Intranet},
};
use std::{path::Path, process::Command, thread, time::Duration};
use tempfile::TempDir;

fn command(cluster: &Cluster, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intranet"));
    command.args(["--database", &cluster.url("killed")]).arg("--pkg").arg(folder);
    command
}

fn start(cluster: &Cluster, folder: &Path) -> Intranet {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("log")).unwrap();
    Intranet::start_by(command(cluster, folder), folder, &["--empty"], log.into())
}

#[test]
fn kills_of_server_backend_and_postmaster_under_load_lose_and_double_nothing() {
    let folder = TempDir::new().unwrap();
    let mut cluster = Cluster::start(&[]);
    cluster.create("killed");
    let kills = kills();
    let acknowledged = Load::during(|load| {
        let mut intranet = start(&cluster, folder.path());
        load.meets(&intranet);
        for kill in 0..kills {
            load.wait_for(1);
            thread::sleep(Duration::from_millis(fastrand::u64(..40)));
            match kill % 3 {
                0 => {
                    intranet.kill();
                    intranet = start(&cluster, folder.path());
                    load.meets(&intranet);
                }
                1 => {
                    let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'killed'";
                    cluster.rows("postgres", all);
                }
                _ => cluster.kill_and_start(),
            }
        }
        load.wait_for(8);
        assert_eq!(intranet.get("/ready", "ada").status, 200);
    });
    let found = lost_and_doubled(&acknowledged, &cluster.column("killed", CONTENTS));
    println!("{kills} kills: {} acknowledged, (lost, doubled) = {found:?}", acknowledged.len());
    assert_eq!(found, (0, 0));
    let verified = command(&cluster, folder.path()).arg("--verify").output().unwrap();
    assert!(verified.status.success(), "{verified:?}");
}
