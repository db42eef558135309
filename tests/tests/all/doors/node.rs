//! The WebAssembly door: the engine of `wasm/pkg`, built first and run by a Node child process.

use super::Door;
use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Once,
};

/// An engine in WebAssembly.
pub(crate) struct Node {
    name: &'static str,
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// The engine of pages, or `None` if it cannot be started. On CI that is a failure; elsewhere a message says what to
/// do.
pub(crate) fn node() -> Option<Node> {
    or_skip(Node::start("through WebAssembly", "page"))
}

/// The engine of servers, or `None` as for [`node`].
pub(crate) fn host() -> Option<Node> {
    or_skip(Node::start("through WebAssembly for servers", "host"))
}

/// Builds `wasm/pkg` and runs a script of `tests/wasm` with Node. Returns whether it succeeded, or `None` without
/// Node, which is a failure on CI.
pub(crate) fn succeeds(script: &str) -> Option<bool> {
    let mut command = or_skip(command(script))?;
    Some(command.status().expect("Node runs").success())
}

fn or_skip<T>(result: Result<T, String>) -> Option<T> {
    match result {
        Ok(result) => Some(result),
        Err(why) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => panic!("{why}"),
        Err(why) => {
            static TOLD: Once = Once::new();
            // Not `eprintln!`, whose output cargo hides for a passing test.
            TOLD.call_once(|| drop(writeln!(io::stderr(), "not tried through WebAssembly: {why}")));
            None
        }
    }
}

impl Node {
    fn start(name: &'static str, build: &str) -> Result<Self, String> {
        let mut driver = command("driver.mjs")?;
        let mut child = driver.arg(build).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Node runs");
        let (questions, answers) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Ok(Self { name, child, questions, answers: BufReader::new(answers) })
    }
}

/// Node with a script of `tests/wasm`, once `wasm/pkg` is built; or why there is no Node. Panics if the package does not
/// build.
fn command(script: &str) -> Result<Command, String> {
    let version = Command::new("node").arg("--version").output();
    version.map_err(|error| format!("`node` cannot be run ({error}); install Node.js 20.19 or later"))?;
    static WIDGET: Once = Once::new();
    WIDGET.call_once(|| drop(knownfor_build::build().expect("wasm/pkg is built")));
    let mut node = Command::new("node");
    node.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("wasm").join(script));
    Ok(node)
}

impl Door for Node {
    fn name(&self) -> &'static str {
        self.name
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
        // The process ends when its input does. This only makes sure.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
