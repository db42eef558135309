//! The peers in `peers/` and our own ways reach the same standings. What they take is measured by hand, not here.

use std::{
    env,
    path::Path,
    process::{Command, Stdio},
};

#[test]
fn all_reach_the_same_standings() {
    let is_there = Command::new("node").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !is_there {
        assert!(env::var("CI").is_err(), "Node.js is missing; with CI set, the peers must run");
        eprintln!("skipped: Node.js is missing, so no peers are run");
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers");
    let ran = Command::new("node")
        .args(["run.mjs", "5000", "1", "--dry"])
        .env("TIMED", env!("CARGO_BIN_EXE_timed"))
        .current_dir(folder)
        .output()
        .expect("Node.js runs");
    let (out, errors) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{out}\n{errors}");
    assert!(out.contains("all ways reach the same standings"), "{out}\n{errors}");
}
