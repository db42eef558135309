//! What the tests share: running the command on files of their own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub fn example(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

pub fn replay(program: &Path, feed: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(program)
        .arg(feed)
        .args(options)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap()
}

pub fn said(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into(), String::from_utf8_lossy(&output.stderr).into())
}

/// A file in a folder of this test run's own.
pub fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// A program of a quarter's points, with what each case adds, and its feed.
pub fn of_a_quarter(name: &str, more: &str, lines: &[&str]) -> (PathBuf, PathBuf) {
    let program = format!(
        "version = 1\nid = 'p'\n[kinds]\n'joined' = {{}}\n'post' = {{}}\n'like' = {{}}\n'unlike' = {{ reverses = 'like' }}\n\
         [currencies.season]\nper = 'quarter'\n[tallies]\nposts = {{ count = 'post' }}\n\
         years = {{ since = 'joined', unit = 'year' }}\n{more}"
    );
    (file(&format!("{name}.toml"), &program), file(&format!("{name}.jsonl"), &(lines.join("\n") + "\n")))
}
