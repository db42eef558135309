//! Postgres: a database of its own, in a folder, which ends with its owner.

use super::{Process, Tools, free_port, process::kill};
use crate::{Settings, database};
use anyhow::{Context, Result, bail, ensure};
use fastrand::Rng;
use std::{
    fs,
    os::unix::{fs::MetadataExt, fs::PermissionsExt, fs::chown, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};
use tokio::time::{Instant, sleep};

/// How long PostgreSQL may take to start, and to recover.
const STARTS: Duration = Duration::from_secs(30);

/// A database of its own, in a folder.
pub struct Postgres {
    port: u16,
    /// Stops it so that no shared memory is left behind.
    stop: Command,
    process: Process,
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
        let process = Process::start(postgres, &folder.with_extension("log"))?;
        let mut stop = command(tools, "pg_ctl", account);
        stop.args(["stop", "--silent", "--mode=immediate", "-D"]).arg(&data).current_dir(folder);
        Ok(Self { port, stop, process })
    }

    pub(super) fn address(&self) -> String {
        format!("host=127.0.0.1 port={} user=fleet dbname=postgres", self.port)
    }

    /// Kills the first process as a crash would (SIGKILL), and starts it again. Returns once it answers.
    ///
    /// # Errors
    ///
    /// If it does not come back.
    pub async fn crash(&mut self, settings: &Settings) -> Result<()> {
        self.process.crash()?;
        self.wait(settings).await
    }

    /// Kills the process that serves one of the connections. PostgreSQL then ends all the others and recovers.
    ///
    /// # Errors
    ///
    /// If PostgreSQL does not answer, or nothing connects to it.
    pub async fn crash_backend(&mut self, settings: &Settings, rng: &mut Rng) -> Result<()> {
        let sql = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";
        let deadline = Instant::now() + STARTS;
        while Instant::now() < deadline {
            self.wait(settings).await?;
            // It may be recovering from the last kill, and the others may not have connected again.
            if let Ok(client) = database::connect(settings).await
                && let Some(row) = rng.choice(client.query(sql, &[]).await.unwrap_or_default())
            {
                return kill(row.get(0));
            }
            sleep(Duration::from_millis(100)).await;
        }
        bail!("nothing is connected to PostgreSQL")
    }

    pub(super) async fn wait(&mut self, settings: &Settings) -> Result<()> {
        let deadline = Instant::now() + STARTS;
        loop {
            match database::connect(settings).await {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > deadline => return Err(error).context("PostgreSQL does not start"),
                // It refuses to start as long as a process of the one that was killed has its memory.
                Err(_) if self.process.has_ended()? => self.process.crash()?,
                Err(_) => {}
            }
            sleep(Duration::from_millis(100)).await;
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
