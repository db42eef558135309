//! Node: runs the tests of a folder that are written in JavaScript.

use std::{
    env,
    io::{self, Write},
    path::Path,
    process::{Command, ExitStatus},
};

/// Whether Node, a browser and the packages of these folders are there. Says what is missing; in CI nothing may be.
pub(crate) fn is_ready(folders: &[&Path]) -> bool {
    let Err(missing) = ready(folders) else { return true };
    assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
    // Not `println!`, whose output cargo hides for a passing test.
    let _ = writeln!(io::stderr(), "tests in a browser skipped: {missing}");
    false
}

/// Runs each file with tests in a folder, one after the other, so that they do not compete for the processor.
pub(crate) fn run_tests(folder: &Path, with: &[(&str, &Path)]) {
    for tests in test_files(folder) {
        let variables = with.iter().copied();
        let status = run(Command::new("node").args(["--test", &tests]).envs(variables).current_dir(folder));
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

/// Whether Node, a browser and the packages of these folders are there. Fetches the packages; the first folder finds
/// the browser.
fn ready(folders: &[&Path]) -> Result<(), String> {
    let node = Command::new("node").arg("--version").output();
    if !node.is_ok_and(|output| output.status.success()) {
        return Err(
            "Node.js is missing; install Node.js 20.19 or later with npm (Debian 13: apt-get install nodejs npm)"
                .into(),
        );
    }
    for folder in folders {
        knownfor_build::install(folder).map_err(|error| format!("{error:#}"))?;
    }
    let ask = "import('./browser.mjs').then(({ chromiumPath }) => process.exit(chromiumPath ? 0 : 1))";
    let found = run(Command::new("node").args(["--eval", ask]).current_dir(folders[0]));
    if !found.is_some_and(|status| status.success()) {
        return Err(
            "Chromium is missing; install it (Debian: apt-get install chromium) or name it by CHROMIUM=/path".into()
        );
    }
    Ok(())
}

pub(crate) fn run(command: &mut Command) -> Option<ExitStatus> {
    command.status().ok()
}
