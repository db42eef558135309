//! Node: adds to a package what tools of Node.js make of its sources. `wasm/build/npm` has those tools and their lock
//! file.

use anyhow::{Context, Result, bail};
use std::{
    fs, io,
    path::Path,
    process::{Command, Stdio},
};

/// The file that pages without a bundler load.
pub(crate) const SCRIPT: &str = "knownfor.min.js";

/// The file that starts the engine in a thread of its own.
const WORKER: &str = "engine-worker.js";

/// Adds the manifest and the files made for pages without a bundler. Without Node.js or npm it says so, and pages load
/// the sources by the same name instead.
pub(crate) fn pack(wasm: &Path, folder: &Path) -> Result<Option<String>> {
    let tools = wasm.join("build").join("npm");
    for (program, name) in [("node", "Node.js 20 or later"), (npm(), "npm")] {
        if !is_there(program)? {
            fs::write(folder.join(SCRIPT), "export * from './index.js';\n")?;
            fs::write(folder.join(WORKER), "import './source/worker.js';\n")?;
            return Ok(Some(format!("{name} is missing, so the package is not complete; install it and build again")));
        }
    }
    install(&tools)?;
    run(Command::new("node").arg(tools.join("pack.mjs")).arg(folder), "node pack.mjs")?;
    Ok(None)
}

/// Installs what the lock file of a folder names, by `npm ci`, unless it is installed already.
///
/// # Errors
///
/// npm is missing or fails.
pub fn install(folder: &Path) -> Result<()> {
    if is_installed(folder) {
        return Ok(());
    }
    let arguments = ["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"];
    run(Command::new(npm()).args(arguments).current_dir(folder), &format!("npm ci in {}", folder.display()))
}

/// The name of npm's program.
fn npm() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

fn is_there(program: &str) -> Result<bool> {
    let started = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    match started {
        Ok(status) => Ok(status.success()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error).with_context(|| format!("cannot start {program}")),
    }
}

/// Whether npm has installed what the lock file names: it keeps a lock file of its own beside what it installed.
fn is_installed(folder: &Path) -> bool {
    let changed = |file: &str| fs::metadata(folder.join(file)).and_then(|data| data.modified()).ok();
    match (changed("node_modules/.package-lock.json"), changed("package-lock.json")) {
        (Some(installed), Some(locked)) => installed >= locked,
        _ => false,
    }
}

fn run(command: &mut Command, name: &str) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {name}"))?;
    if !status.success() {
        bail!("`{name}` failed; it has said why, above");
    }
    Ok(())
}
