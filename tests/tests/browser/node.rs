//! Node: runs the tests of a folder that are written in JavaScript.

use std::{
    env,
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Command, ExitStatus, Stdio},
};

/// Where the reporter of Node begins to repeat what failed.
const FAILED: &str = "failing tests:";

/// Whether Node, a browser and the packages of these folders are there. Says what is missing; in CI nothing may be.
pub(crate) fn is_ready(folders: &[&Path]) -> bool {
    let Err(missing) = ready(folders) else { return true };
    assert!(env::var_os("CI").is_none_or(|ci| ci != "true"), "{missing}");
    // Not `println!`, whose output cargo hides for a passing test.
    let _ = writeln!(io::stderr(), "tests in a browser skipped: {missing}");
    false
}

/// Runs the files with tests in a folder, so many at a time; then one by one those that need the machine to themselves.
/// What failed is said again at the end, with its reason.
pub(crate) fn run_tests(folder: &Path, at_a_time: usize, alone: &[&str], with: &[(&str, &Path)]) {
    let (last, first): (Vec<_>, Vec<_>) =
        test_files(folder).into_iter().partition(|file| alone.contains(&file.as_str()));
    assert_eq!(last.len(), alone.len(), "some of {alone:?} are not in {}", folder.display());
    let mut failures = String::new();
    for (files, at_a_time) in [(first, at_a_time), (last, 1)].into_iter().filter(|(files, _)| !files.is_empty()) {
        let mut node = Command::new("node");
        node.args(["--test", "--test-reporter=spec", &format!("--test-concurrency={at_a_time}")]).args(files);
        let (has_passed, said) = told(node.envs(with.iter().copied()).current_dir(folder)).expect("Node runs");
        if !has_passed {
            failures += said.split_once(FAILED).map_or(said.as_str(), |(_, why)| why);
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Runs a command whose lines are shown as they come. Whether it succeeded, and all that it said.
fn told(command: &mut Command) -> io::Result<(bool, String)> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut said = String::new();
    for line in child.stdout.take().map(BufReader::new).into_iter().flat_map(BufReader::lines) {
        let line = line? + "\n";
        // Not `print!`, whose output cargo hides until the end.
        io::stdout().write_all(line.as_bytes())?;
        said += &line;
    }
    Ok((child.wait()?.success(), said))
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
