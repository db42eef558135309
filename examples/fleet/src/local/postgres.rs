//! Postgres: a database of its own, in a folder, which ends with its owner.

use super::{Process, Tools, free_port};
use crate::{Settings, database};
use anyhow::{Context, Result, ensure};
use std::{
    fs,
    os::unix::{fs::MetadataExt, fs::PermissionsExt, fs::chown, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tokio::time::{Instant, sleep};

pub(super) struct Postgres {
    port: u16,
    /// Stops it so that no shared memory is left behind.
    stop: Command,
    _process: Process,
}

/// A user and group that PostgreSQL runs as.
#[derive(Clone, Copy)]
struct Account {
    uid: u32,
    gid: u32,
}

impl Postgres {
    pub(super) fn start(tools: &Tools, folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let account = account(folder)?;
        if let Some(Account { uid, gid }) = account {
            fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
            chown(folder, Some(uid), Some(gid))?;
        }
        let data = folder.join("data");
        let mut initdb = command(tools, "initdb", account);
        initdb.arg("-D").arg(&data).args(["--username=fleet", "--auth=trust", "--encoding=UTF8", "--no-locale"]);
        let output = initdb.current_dir(folder).stdin(Stdio::null()).output().context("cannot start initdb")?;
        ensure!(output.status.success(), "initdb: {}", String::from_utf8_lossy(&output.stderr));

        let port = free_port()?;
        let mut postgres = command(tools, "postgres", account);
        postgres.arg("-D").arg(&data).args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"]);
        // Its locks are in its own folder, and a checkpoint is rarer than every few seconds.
        postgres.args(["-c", "unix_socket_directories=", "-c", "max_wal_size=2GB", "-c", "shared_buffers=256MB"]);
        let _process = Process::start(postgres, &folder.with_extension("log"))?;
        let mut stop = command(tools, "pg_ctl", account);
        stop.args(["stop", "--silent", "--mode=immediate", "-D"]).arg(&data).current_dir(folder);
        Ok(Self { port, stop, _process })
    }

    pub(super) fn address(&self) -> String {
        format!("host=127.0.0.1 port={} user=fleet dbname=postgres", self.port)
    }

    pub(super) async fn wait(&self, settings: &Settings) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            match database::connect(settings).await {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > deadline => return Err(error).context("PostgreSQL does not start"),
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // What cannot be stopped is killed next.
        let _ = self.stop.stdin(Stdio::null()).stderr(Stdio::null()).status();
    }
}

fn command(tools: &Tools, name: &str, account: Option<Account>) -> Command {
    let mut command = Command::new(tools.postgres.join(name));
    if let Some(Account { uid, gid }) = account {
        command.uid(uid).gid(gid);
    }
    command
}

/// PostgreSQL refuses to run as root. Root starts it as the user that a package made for it, or as nobody.
fn account(folder: &Path) -> Result<Option<Account>> {
    if fs::metadata(folder)?.uid() != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").context("cannot read the users of this machine")?;
    let of = |name: &str| {
        let fields: Vec<_> = users.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|f| f[0] == name)?;
        Some(Account { uid: fields.get(2)?.parse().ok()?, gid: fields.get(3)?.parse().ok()? })
    };
    Ok(Some(
        of("postgres").or_else(|| of("nobody")).context("PostgreSQL refuses to run as root, and there is no nobody")?,
    ))
}
