//! The WebAssembly door: the engine of `wasm/pkg`, built first and run by a Node child process.

use super::Door;
use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Once, OnceLock},
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
    let run = built().and_then(|()| command(script).status().map_err(|error| missing(&error)));
    or_skip(run).map(|status| status.success())
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
        built()?;
        let mut child = command("driver.mjs")
            .arg(build)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| missing(&error))?;
        let (questions, answers) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Ok(Self { name, child, questions, answers: BufReader::new(answers) })
    }
}

/// Builds `wasm/pkg`, once.
fn built() -> Result<(), String> {
    static WIDGET: OnceLock<Result<(), String>> = OnceLock::new();
    let build = || knownfor_build::build().map(drop).map_err(|error| format!("wasm/pkg cannot be built: {error:#}"));
    WIDGET.get_or_init(build).clone()
}

fn command(script: &str) -> Command {
    let mut node = Command::new("node");
    node.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("wasm").join(script));
    node
}

fn missing(error: &io::Error) -> String {
    format!("`node` cannot be run ({error}); install Node 20 or later")
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
