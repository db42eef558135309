//! The browser tests of `tests/browser`, run by Node. They are a program of their own, because some need the machine to
//! themselves.

mod node;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// What measures how long the page's thread is busy, or what it holds in memory.
const ALONE: [&str; 2] = ["memory.test.mjs", "worker.test.mjs"];

#[test]
fn pages_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    if !node::is_ready(&[&folder]) {
        return;
    }
    let package = knownfor_build::build().expect("the widget is built");
    package.sizes.check().expect("the widget is within its limits");
    let binaries = binaries().expect("the examples are built");
    node::run_tests(&folder, 2, &ALONE, &[("BINARIES", &binaries)]);
}

/// The folder with the examples' programs, built in the same profile as this test.
fn binaries() -> Option<PathBuf> {
    let folder = env::current_exe().ok()?.ancestors().nth(2)?.to_path_buf();
    let release = folder.ends_with("release").then_some("--release");
    // What a test of the workspace builds, so there is nothing left to do after one. Any other command would build
    // shared dependencies again, with other features.
    let build = node::run(Command::new(env::var_os("CARGO")?).args(["test", "--workspace", "--no-run"]).args(release));
    build.is_some_and(|status| status.success()).then_some(folder)
}
