//! Assemble: the files of the npm package, from the modules, the shell in `wasm/js` and what npm asks for.

use crate::module::Module;
use anyhow::{Context, Result};
use std::{fs, io, path::Path, process};
use wasm_bindgen_cli_support::Bindgen;

/// Writes the package into its folder, from the modules compiled in another; a file that is already as it should be is left alone.
pub(crate) fn assemble(wasm: &Path, modules: &[Module], compiled: &Path, folder: &Path) -> Result<()> {
    // A place of its own, so that two builds at once do not meet; inside the package's folder, so that renaming is possible.
    let bound = folder.join(format!(".new-{}", process::id()));
    fs::create_dir_all(&bound)?;
    for module in modules {
        bind(*module, compiled, &bound)?;
    }
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

/// A module with the glue that lets JavaScript call it.
fn bind(module: Module, compiled: &Path, bound: &Path) -> Result<()> {
    Bindgen::new()
        .input_path(compiled.join(module.compiled()))
        .out_name(module.name)
        .web(true)?
        .typescript(true)
        // The shell alone says where the wasm is, so that bundlers find one copy of it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate(bound)
        .with_context(|| format!("wasm-bindgen cannot bind the module `{}`", module.name))
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
