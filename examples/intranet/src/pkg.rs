//! The widget's files: built when they are not there, or older than what they are made from.

use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// The folder with the widget: the one given, or the workspace's own, brought up to date.
pub(crate) fn folder(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = workspace.join("wasm/pkg");
    let made_from = ["core/src", "wasm/crossing", "wasm/draw", "wasm/engine", "wasm/js", "wasm/build/src"]
        .map(|part| workspace.join(part));
    if !workspace.join("wasm/build").is_dir() {
        bail!("there are no sources here to build the widget from; say where its files are with --pkg FOLDER");
    }
    let newest = made_from.iter().filter_map(|part| newest(part)).max();
    if newest_of_widget(&folder).is_none_or(|built| newest.is_some_and(|source| source > built)) {
        build(&workspace)?;
    }
    Ok(folder)
}

fn build(workspace: &Path) -> Result<()> {
    eprintln!(
        "Building the widget (cargo run --release -p knownfor-build), which takes a minute or two the first time …"
    );
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--release", "-p", "knownfor-build"])
        .current_dir(workspace)
        .status()
        .context("cargo could not be started to build the widget; say where its files are with --pkg FOLDER")?;
    if !status.success() {
        bail!("the widget could not be built; what cargo says stands above");
    }
    Ok(())
}

fn newest_of_widget(folder: &Path) -> Option<SystemTime> {
    if fs::exists(folder.join("index.js")).unwrap_or(false) { newest(folder) } else { None }
}

/// When a file, or the latest file in a folder, was written.
fn newest(path: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(path).ok()?;
    if metadata.is_file() {
        return metadata.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
