//! The command as a user starts it: what it serves, and under which policy.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
};

/// The running command. It ends with the test.
struct Running {
    child: Child,
    host: String,
}

impl Running {
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_page"));
        let mut child =
            command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines().map_while(Result::ok);
        let host = lines.find_map(|line| Some(line.strip_prefix("http://")?.trim_end_matches('/').to_owned()));
        Self { host: host.expect("it prints its address"), child }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("it listens");
        write!(stream, "GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", self.host).expect("it reads");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_page_and_the_package_are_served_under_a_strict_policy() {
    let running = Running::start();
    for (path, status, contains) in [
        ("/", "200", "<known-for-source"),
        ("/known-for/index.js", "200", "javascript"),
        ("/known-for/draw_bg.wasm", "200", "application/wasm"),
        ("/nowhere", "404", ""),
    ] {
        let answer = running.get(path);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer:.80}");
        assert!(answer.contains(contains), "{path}: {answer:.400}");
        assert!(answer.contains("content-security-policy: default-src 'none'"), "{path}: {answer:.400}");
    }
}

#[test]
fn an_unknown_option_is_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_page")).arg("--port").output().expect("the command starts");
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("usage: page [--listen ADDRESS:PORT]"));
}
