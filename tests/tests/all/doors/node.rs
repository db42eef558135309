//! Node: the engine of `wasm/pkg`, run by Node as a child of the test.

use super::Door;
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::SystemTime,
};

/// The engine in WebAssembly.
pub(crate) struct Node {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The engine in WebAssembly, or nothing where it cannot be had. On CI that is a failure; elsewhere one line says what to do.
pub(crate) fn node() -> Option<Node> {
    match Node::start() {
        Ok(node) => Some(node),
        Err(why) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => panic!("{why}"),
        Err(why) => {
            eprintln!("not tried through WebAssembly: {why}");
            None
        }
    }
}

impl Node {
    fn start() -> Result<Self, String> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
        let package = root.join("wasm/pkg/knownfor_bg.wasm");
        let make = "make it with `cargo run --release -p knownfor-build`";
        let made = modified(&package).ok_or_else(|| format!("there is no wasm/pkg; {make}"))?;
        if ["core/src", "wasm/src"].iter().any(|folder| newest(&root.join(folder)) > Some(made)) {
            return Err(format!("wasm/pkg is older than the code it is made of; {make}"));
        }
        let mut child = Command::new("node")
            .arg(root.join("tests/wasm/driver.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("`node` cannot be run ({error}); install Node 20 or later"))?;
        let (questions, answers) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Ok(Self { child, questions, answers: BufReader::new(answers) })
    }
}

impl Door for Node {
    fn name(&self) -> &'static str {
        "through WebAssembly"
    }

    fn ask(&mut self, question: &Value) -> Result<Value, String> {
        writeln!(self.questions, "{question}").expect("Node takes questions");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("Node answers");
        let mut answer: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("Node ended at {question}"));
        match answer["refused"].as_str() {
            Some(why) => Err(why.to_owned()),
            None => Ok(answer["answer"].take()),
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It ends by itself when its input does; this only makes sure that nothing is left behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// When the newest file below a folder was changed.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| if entry.path().is_dir() { newest(&entry.path()) } else { modified(&entry.path()) })
        .max()
}

fn modified(file: &Path) -> Option<SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}
