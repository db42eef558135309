//! Compile: the crates of the modules as WebAssembly, with the target they need.

use crate::module::Module;
use anyhow::{Context, Result, bail};
use std::{
    env, io,
    path::{Path, PathBuf},
    process::{Child, Command},
};

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the modules, those with other features at the same time: a module is optimised as one, by one thread.
// Modules with the same features have the same profile.
pub(crate) fn compile(wasm: &Path, modules: &[Module]) -> Result<()> {
    add_target(wasm)?;
    let with_features = modules.chunk_by(|a, b| a.features == b.features);
    let builds: Vec<_> = with_features.map(|modules| start(wasm, modules)).collect();
    let ended: Vec<_> = builds.into_iter().map(|build| build.and_then(|mut build| build.wait())).collect();
    for status in ended {
        if !status.context("cannot start cargo")?.success() {
            bail!("the modules do not compile for {TARGET}; cargo has said why, above");
        }
    }
    Ok(())
}

/// Starts to compile modules with the same features.
fn start(wasm: &Path, modules: &[Module]) -> io::Result<Child> {
    let Module { features, profile, .. } = modules[0];
    cargo(wasm)
        .args(["build", "--profile", profile, "--target", TARGET, "--features", features, "--target-dir"])
        .arg(target_folder(wasm, features))
        .args(modules.iter().flat_map(|module| ["--package", module.package]))
        .spawn()
}

/// The wasm of a module once it is compiled.
pub(crate) fn compiled(wasm: &Path, module: Module) -> PathBuf {
    target_folder(wasm, module.features).join(TARGET).join(module.profile).join(module.compiled())
}

/// Adds the wasm target where it is missing: rustup does so by itself only where its automatic installation is on.
fn add_target(wasm: &Path) -> Result<()> {
    if has_target(wasm)? {
        return Ok(());
    }
    println!("The Rust target {TARGET} is missing: running `rustup target add {TARGET}`.");
    let added = Command::new("rustup").args(["target", "add", TARGET]).current_dir(wasm).status();
    match added {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => bail!("`rustup target add {TARGET}` failed; it has said why, above"),
        Err(error) => bail!(
            "the Rust target {TARGET} is missing and rustup cannot be started ({error}); install the target with whatever \
             installed Rust here (Debian: `apt install libstd-rust-dev-wasm32`), or install rustup from https://rustup.rs"
        ),
    }
}

/// Whether the compiler used here has the target's standard library.
fn has_target(wasm: &Path) -> Result<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(wasm)
        .output()
        .context("cannot start rustc")?;
    Ok(output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

/// Where modules with these features are compiled: beside what the surrounding cargo compiles, because a cargo that
/// waits for this tool holds the lock of its folder; and apart from other features, because two builds of one crate
/// write the same file.
pub(crate) fn target_folder(wasm: &Path, features: &str) -> PathBuf {
    let workspace = match env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => wasm.join("..").join("target"),
    };
    workspace.join(if features.is_empty() { "wasm-pkg".into() } else { format!("wasm-pkg-{features}") })
}

/// A cargo that starts afresh: what the surrounding one says about its own build must not reach it.
fn cargo(wasm: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(wasm);
    for name in
        ["CARGO_ENCODED_RUSTFLAGS", "RUSTFLAGS", "CARGO_BUILD_TARGET", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"]
    {
        command.env_remove(name);
    }
    command
}
