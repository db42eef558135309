//! The widget's files. They are built if they are missing or older than their sources.

use anyhow::{Context, Result, bail};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

/// The folder with the widget: the given one, or the workspace's own after bringing it up to date.
pub(crate) fn folder(given: Option<PathBuf>) -> Result<PathBuf> {
    if let Some(folder) = given {
        return Ok(folder);
    }
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = workspace.join("wasm/pkg");
    let sources =
        ["core/src", "wasm/crossing", "wasm/draw", "wasm/elements", "wasm/engine", "wasm/js", "wasm/build/src"]
            .map(|part| workspace.join(part));
    if !workspace.join("wasm/build").is_dir() {
        bail!("the sources of the widget are missing, so it cannot be built; pass its folder with --pkg FOLDER");
    }
    let newest = sources.iter().filter_map(|part| newest(part)).max();
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
        .context("cannot start cargo to build the widget; pass its folder with --pkg FOLDER")?;
    if !status.success() {
        bail!("building the widget failed; see cargo's output above");
    }
    Ok(())
}

fn newest_of_widget(folder: &Path) -> Option<SystemTime> {
    if fs::exists(folder.join("index.js")).unwrap_or(false) { newest(folder) } else { None }
}

/// When a file, or the newest file of a folder, was last modified.
fn newest(path: &Path) -> Option<SystemTime> {
    let metadata = fs::metadata(path).ok()?;
    if metadata.is_file() {
        return metadata.modified().ok();
    }
    fs::read_dir(path).ok()?.flatten().filter_map(|entry| newest(&entry.path())).max()
}
