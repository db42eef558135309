//! Node: the engine of `wasm/pkg`, built first, run by Node as a child of the test.

use super::Door;
use serde_json::Value;
use std::{
    io::{self, BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Once, OnceLock},
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
            static TOLD: Once = Once::new();
            // Not `eprintln!`, which is kept from view where a test passes.
            TOLD.call_once(|| drop(writeln!(io::stderr(), "not tried through WebAssembly: {why}")));
            None
        }
    }
}

impl Node {
    fn start() -> Result<Self, String> {
        static WIDGET: OnceLock<Result<(), String>> = OnceLock::new();
        let build =
            || knownfor_build::build().map(drop).map_err(|error| format!("wasm/pkg cannot be built: {error:#}"));
        WIDGET.get_or_init(build).clone()?;
        let mut child = Command::new("node")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("wasm/driver.mjs"))
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
