//! Deployment: the files in `deploy/` start this program, with options that it has.

use std::{collections::BTreeSet, fs, path::PathBuf, process::Command};

fn deploy(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy").join(name)
}

/// The long options of a text.
fn options(text: &str) -> BTreeSet<&str> {
    let words = text.split(|letter: char| letter.is_whitespace() || "\"[],=".contains(letter));
    words.filter(|word| word.starts_with("--") && word.len() > 2).collect()
}

#[test]
fn the_options_in_deployment_files_exist() {
    let help = Command::new(env!("CARGO_BIN_EXE_intranet")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let known = options(&help);
    let unit = fs::read_to_string(deploy("intranet.service")).unwrap();
    let start = unit.split("ExecStart=").nth(1).unwrap().split("\n\n").next().unwrap();
    let container = fs::read_to_string(deploy("Containerfile")).unwrap();
    let entry = container.split("ENTRYPOINT").nth(1).unwrap();
    for (file, text) in [("intranet.service", start), ("Containerfile", entry)] {
        let used = options(text);
        assert!(used.contains("--database") && used.contains("--trust-user-header"), "{file}: {used:?}");
        assert_eq!(used.difference(&known).collect::<Vec<_>>(), [&""; 0], "{file}");
    }
}

/// What `systemd-analyze` says of the unit.
#[test]
#[cfg(target_os = "linux")]
fn systemd_accepts_the_unit() {
    let folder = tempfile::TempDir::new().unwrap();
    // It looks for the program, too.
    let unit = fs::read_to_string(deploy("intranet.service")).unwrap();
    let path = folder.path().join("intranet.service");
    fs::write(&path, unit.replace("/usr/local/bin/intranet", env!("CARGO_BIN_EXE_intranet"))).unwrap();
    let Ok(verified) = Command::new("systemd-analyze").args(["verify", "--man=no"]).arg(&path).output() else {
        assert!(std::env::var("CI").is_err(), "systemd-analyze is missing; with CI set, the unit must be checked");
        return eprintln!(
            "skipped: systemd-analyze is missing, so the unit is not checked (`apt-get install systemd`)"
        );
    };
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success() && !said.contains("intranet.service"), "{said}");
}
