//! The browser tests of `tests/browser`, run by Node. They are a program of their own, because some measure time and
//! need the machine to themselves.

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus},
};

#[test]
fn pages_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    if let Err(missing) = ready(&folder) {
        assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
        // Not `println!`, whose output cargo hides for a passing test.
        let _ = writeln!(io::stderr(), "browser tests skipped: {missing}");
        return;
    }
    let package = knownfor_build::build().expect("the widget is built");
    package.sizes.check().expect("the widget is within its limits");
    let binaries = binaries().expect("the examples are built");
    // One file after the other, so that they do not compete for the processor.
    for tests in test_files(&folder) {
        let status = run(Command::new("node").args(["--test", &tests]).env("BINARIES", &binaries).current_dir(&folder));
        assert!(status.is_some_and(|status| status.success()), "{tests}: see the lines of Node above");
    }
}

/// The names of the files with tests, in order.
fn test_files(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().expect("the folder can be read").flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut tests: Vec<_> = names.filter(|name| name.ends_with(".test.mjs")).collect();
    tests.sort();
    assert!(!tests.is_empty(), "there are no tests in {}", folder.display());
    tests
}

/// The folder with the examples' programs, built in the same profile as this test.
fn binaries() -> Option<PathBuf> {
    let folder = env::current_exe().ok()?.ancestors().nth(2)?.to_path_buf();
    let release = folder.ends_with("release").then_some("--release");
    // All in one command. One by one, shared dependencies would be rebuilt with other features.
    let build = run(Command::new(env::var_os("CARGO")?).args(["build", "--workspace", "--bins"]).args(release));
    build.is_some_and(|status| status.success()).then_some(folder)
}

/// Whether Node, its packages and a browser are there. Fetches the packages.
fn ready(folder: &Path) -> Result<(), String> {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        return Err(
            "Node.js is missing; install Node.js 20 or later with npm (Debian 13: apt-get install nodejs npm)".into()
        );
    }
    let installed = run(Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .args(["ci", "--silent", "--no-audit", "--no-fund"])
        .current_dir(folder));
    if !installed.is_some_and(|status| status.success()) {
        return Err("`npm ci` failed in tests/browser; see its lines above".into());
    }
    let ask = "import('./browser.mjs').then(({ chromiumPath }) => process.exit(chromiumPath ? 0 : 1))";
    let found = run(Command::new("node").args(["--eval", ask]).current_dir(folder));
    if !found.is_some_and(|status| status.success()) {
        return Err(
            "Chromium is missing; install it (Debian: apt-get install chromium) or name it by CHROMIUM=/path".into()
        );
    }
    Ok(())
}

fn run(command: &mut Command) -> Option<ExitStatus> {
    command.status().ok()
}
