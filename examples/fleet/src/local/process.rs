//! Process: a child that may be killed and started again, and ends with its owner.

use anyhow::{Context, Result};
use std::{
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running process.
pub struct Process {
    command: Command,
    child: Child,
}

impl Process {
    /// Starts a process that writes to a log.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn start(mut command: Command, log: &Path) -> Result<Self> {
        let log = File::create(log).with_context(|| format!("cannot write {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = spawn(&mut command)?;
        Ok(Self { command, child })
    }

    /// Kills the process as a crash would (SIGKILL), and starts it again.
    ///
    /// # Errors
    ///
    /// If it cannot be started.
    pub fn crash(&mut self) -> Result<()> {
        self.end();
        self.child = spawn(&mut self.command)?;
        Ok(())
    }

    /// The processor time it has taken since it was last started. `None` where the system has no `/proc`.
    pub fn cpu(&self) -> Option<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name, which may have blanks: user and system time are in hundredths of a second.
        let (_, fields) = stat.rsplit_once(')')?;
        let times = fields.split_whitespace().skip(11).take(2).map(|time| time.parse::<u64>().ok());
        Some(Duration::from_millis(10 * times.sum::<Option<u64>>()?))
    }

    /// Whether it has ended by itself.
    pub(super) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_some())
    }

    fn end(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

/// Kills a process that is not a child, as a crash would.
pub(super) fn kill(pid: i32) -> Result<()> {
    let status = Command::new("sh").args(["-c", &format!("kill -KILL {pid}")]).stderr(Stdio::null()).status();
    status.context("cannot start a shell")?;
    Ok(())
}

fn spawn(command: &mut Command) -> Result<Child> {
    command.spawn().with_context(|| format!("cannot start {}", command.get_program().display()))
}
