//! Assemble: writes the npm package from the modules, the shell in `wasm/js`, the licences and `package.json`.

use crate::{compile::compiled, module::Module, node};
use anyhow::{Context, Result, ensure};
use std::{ffi::OsStr, fs, io, mem, path::Path, process};
use wasm_bindgen_cli_support::Bindgen;

/// How the name of the folder begins into which a build writes.
const BUILD: &str = ".new-";

/// Writes the package into `folder`, from the compiled modules. A file that has not changed is not written. Gives
/// what is missing if the package is not complete.
pub(crate) fn assemble(wasm: &Path, modules: &[Module], folder: &Path) -> Result<Option<String>> {
    // A folder for each build, so that two builds at once do not meet; inside the package's, so that files can be
    // renamed into it.
    let bound = folder.join(format!("{BUILD}{}", process::id()));
    fs::create_dir_all(&bound)?;
    for module in modules {
        bind(*module, &compiled(wasm, *module), &bound)?;
    }
    copy_all(&wasm.join("js"), &bound)?;
    for licence in ["LICENSE-MIT", "LICENSE-APACHE"] {
        let file = wasm.join("..").join(licence);
        if file.exists() {
            fs::copy(&file, bound.join(licence))?;
        }
    }
    fs::write(bound.join("package.json"), package_json())?;
    let missing = node::pack(wasm, &bound)?;
    settle(&bound, folder)?;
    Ok(missing)
}

/// Writes a module and the glue through which JavaScript calls it.
fn bind(module: Module, wasm: &Path, bound: &Path) -> Result<()> {
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name(module.name)
        .web(true)?
        .typescript(true)
        // Only the shell says where the wasm is, so that bundlers find one copy of it.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .with_context(|| format!("wasm-bindgen cannot bind the module `{}`", module.name))?;
    // Names such as `__wbg_append_59e02ab62a9f1a3a` stand in both files and cannot be compressed: 2 KB of the drawing.
    let imports = output.wasm_mut().imports.iter_mut().enumerate();
    let renamed: Vec<_> = imports
        .map(|(number, import)| {
            let short = format!("i{number}");
            (mem::replace(&mut import.name, short.clone()), short)
        })
        .collect();
    output.emit(bound)?;
    let glue = bound.join(module.glue());
    let mut script = fs::read_to_string(&glue)?;
    for (long, short) in renamed {
        let (long, short) = (format!(" {long}: function"), format!(" {short}: function"));
        ensure!(script.contains(&long), "the glue of `{}` has no import{long}", module.name);
        script = script.replace(&long, &short);
    }
    Ok(fs::write(glue, script)?)
}

fn package_json() -> String {
    const TEMPLATE: &str = include_str!("package.json");
    // The workspace's Cargo.toml leaves it empty until there is an address.
    let repository = match env!("CARGO_PKG_REPOSITORY") {
        "" => String::new(),
        address => format!("\n  \"repository\": \"{address}\","),
    };
    let template = TEMPLATE.replace("@version@", env!("CARGO_PKG_VERSION")).replace("@repository@", &repository);
    template.replace("@license@", env!("CARGO_PKG_LICENSE"))
}

fn copy_all(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_all(&entry.path(), &place)?;
        } else {
            fs::copy(entry.path(), place)?;
        }
    }
    Ok(())
}

/// Makes `folder` equal `fresh` and removes `fresh`. An unchanged file keeps its time, so that a watcher of the folder
/// is not woken for nothing.
fn settle(fresh: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !is_build(&entry.file_name()) && !fresh.join(entry.file_name()).exists() {
            let is_folder = entry.file_type()?.is_dir();
            let removed = if is_folder { fs::remove_dir_all(entry.path()) } else { fs::remove_file(entry.path()) };
            gone(removed)?;
        }
    }
    for entry in fs::read_dir(fresh)? {
        let entry = entry?;
        let place = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            settle(&entry.path(), &place)?;
        } else if fs::read(&place).ok() != Some(fs::read(entry.path())?) {
            fs::rename(entry.path(), &place)?;
        }
    }
    fs::remove_dir_all(fresh)?;
    Ok(())
}

/// Whether this is the folder of a build that is running: this one or another.
fn is_build(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with(BUILD)
}

/// A file that another build has removed already is removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(file: &Path, text: &str) {
        fs::create_dir_all(file.parent().expect("a folder")).expect("the folder is made");
        fs::write(file, text).expect("the file is written");
    }

    #[test]
    fn a_package_with_folders_becomes_what_was_built() {
        let folder = std::env::temp_dir().join(format!("knownfor-settle-{}", process::id()));
        let _ = fs::remove_dir_all(&folder);
        let (built, other) = (folder.join(format!("{BUILD}1")), folder.join(format!("{BUILD}2")));
        for (file, text) in [("same.js", "same"), ("in/same.js", "same"), ("in/new.js", "new")] {
            write(&built.join(file), text);
        }
        write(&other.join("of-another-build.js"), "");
        for (file, text) in [("same.js", "same"), ("in/same.js", "same"), ("in/old.js", "old"), ("old/old.js", "old")] {
            write(&folder.join(file), text);
        }
        let time = |file: &str| fs::metadata(folder.join(file)).and_then(|data| data.modified()).expect("a time");
        let before = time("in/same.js");

        settle(&built, &folder).expect("the package is settled");

        assert_eq!(fs::read_to_string(folder.join("in/new.js")).expect("the new file"), "new");
        assert_eq!(time("in/same.js"), before);
        for absent in ["in/old.js", "old"] {
            assert!(!folder.join(absent).exists(), "{absent} is still there");
        }
        assert!(!built.exists() && other.exists(), "a build removes its own folder and no other");
        fs::remove_dir_all(&folder).expect("the folder is removed");
    }
}
