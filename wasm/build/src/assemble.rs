//! Assemble: the files of the npm package, from the module, the shell in `wasm/js` and what npm asks for.

use anyhow::{Context, Result};
use std::{fs, io, path::Path, process};
use wasm_bindgen_cli_support::Bindgen;

/// The name of the module and its glue: `knownfor.js`, `knownfor_bg.wasm`.
pub(crate) const MODULE: &str = "knownfor";

/// Writes the package into its folder; a file that is already as it should be is left alone.
pub(crate) fn assemble(wasm: &Path, module: &Path, folder: &Path) -> Result<()> {
    // A place of its own, so that two builds at once do not meet; inside the package's folder, so that renaming is possible.
    let bound = folder.join(format!(".new-{}", process::id()));
    fs::create_dir_all(&bound)?;
    Bindgen::new()
        .input_path(module)
        .out_name(MODULE)
        .web(true)?
        .typescript(true)
        // The shell alone says where the wasm is, so that bundlers find one copy of it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(&bound)
        .context("wasm-bindgen cannot bind the module")?;
    copy_all(&wasm.join("js"), &bound)?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let file = wasm.join("..").join(licence);
        if file.exists() {
            fs::copy(&file, bound.join(licence))?;
        }
    }
    fs::write(bound.join("package.json"), package_json())?;
    settle(&bound, folder)
}

fn package_json() -> String {
    const TEMPLATE: &str = include_str!("package.json");
    TEMPLATE.replace("@version@", env!("CARGO_PKG_VERSION")).replace("@license@", env!("CARGO_PKG_LICENSE"))
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        fs::copy(entry.path(), to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Makes `folder` equal `fresh` and takes `fresh` away. Files that did not change keep their time, so that whoever watches the
/// folder is not woken for nothing.
fn settle(fresh: &Path, folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && !fresh.join(entry.file_name()).exists() {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    for entry in fs::read_dir(fresh)? {
        let entry = entry?;
        let place = folder.join(entry.file_name());
        if fs::read(&place).ok() != Some(fs::read(entry.path())?) {
            fs::rename(entry.path(), &place)?;
        }
    }
    fs::remove_dir_all(fresh)?;
    Ok(())
}

/// What another build has removed already is gone all the same.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
