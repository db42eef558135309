//! The real binary, over HTTP, on a database of its own.

use super::store::Database;
use jiff::{ToSpan, Zoned, civil::Date};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    sync::LazyLock,
};
use ureq::{
    Agent, Body, SendBody,
    http::{HeaderValue, Request, Response},
    middleware::MiddlewareNext,
};

/// The demonstration's token of the social platform.
pub const SOCIAL: &str = "demo-social";

/// The options of a server behind a proxy on this machine that signs people in.
pub const REAL_SIGN_IN: [&str; 3] = ["--trust-user-header", "--proxy-address", "127.0.0.1"];

/// A running intranet; ended when dropped.
pub struct Intranet {
    process: Child,
    /// Kept open: a server that cannot print would stop.
    output: BufReader<ChildStdout>,
    folder: PathBuf,
    pub address: String,
    pub agent: Agent,
}

impl Intranet {
    /// Starts on a free port with the database that belongs to this folder, without the demonstration's record.
    pub fn start(folder: &Path) -> Self {
        Self::start_with(folder, &["--empty"])
    }

    pub fn start_with(folder: &Path, options: &[&str]) -> Self {
        Self::start_with_log(folder, options, Stdio::inherit())
    }

    /// Starts with standard error going to `log`.
    pub fn start_with_log(folder: &Path, options: &[&str], log: Stdio) -> Self {
        Self::start_by(command(folder), folder, options, log)
    }

    /// Starts by a command of its own, which has the binary's first options.
    pub fn start_by(mut server: Command, folder: &Path, options: &[&str], log: Stdio) -> Self {
        server.args(["--listen", "127.0.0.1:0"]).args(options).stdout(Stdio::piped()).stderr(log);
        let mut process = server.spawn().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let address = loop {
            let mut line = String::new();
            assert!(output.read_line(&mut line).unwrap() > 0, "the server ended before it listened");
            if let Some((_, address)) = line.trim().split_once("http://") {
                break format!("http://{address}");
            }
        };
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).middleware(with_id);
        let agent = agent.build().into();
        Self { process, output, folder: folder.into(), address, agent }
    }

    pub fn get(&self, path: &str, viewer: &str) -> Answer {
        self.get_in("en", path, viewer)
    }

    /// What a browser of this language is answered.
    pub fn get_in(&self, language: &str, path: &str, viewer: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.address)).header("cookie", format!("signed-in={viewer}"));
        Answer::of(request.header("accept-language", language).call().unwrap())
    }

    pub fn post(&self, path: &str, token: &str, body: impl AsRef<str>) -> Answer {
        let request =
            self.agent.post(format!("{}{path}", self.address)).header("authorization", format!("Bearer {token}"));
        Answer::of(request.send(body.as_ref()).unwrap())
    }

    /// A request as a page of this site sends it for the person signed in.
    pub fn own(&self, method: &str, path: &str, viewer: &str, body: &str) -> Answer {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address))
            .header("cookie", format!("signed-in={viewer}"))
            .header("sec-fetch-site", "same-origin")
            .body(body.to_owned())
            .unwrap();
        Answer::of(self.agent.run(request).unwrap())
    }

    pub fn send(&self, body: Value) -> Answer {
        self.post("/api/activities", SOCIAL, body.to_string())
    }

    pub fn points(&self, member: &str) -> i64 {
        self.get(&format!("/api/members/{member}/view"), member).json["standing"]["points"][0]["total"]
            .as_i64()
            .unwrap()
    }

    /// The number of activities in the database.
    pub fn stored(&self) -> i64 {
        self.database().column("SELECT count(*) FROM activities")[0].parse().unwrap()
    }

    pub fn database(&self) -> Database {
        Database::of(&self.folder)
    }

    /// The folder that it was started with.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The server's process id.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The address of the metrics, which the server prints after its own.
    pub fn metrics(&mut self) -> String {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        line.trim().split_once(" are at ").unwrap().1.to_owned()
    }

    /// Sends a signal, such as `HUP`.
    #[cfg(unix)]
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args(["-s", signal, &self.id().to_string()]).status();
        assert!(sent.unwrap().success());
    }

    /// Waits until the server ends.
    pub fn wait(&mut self) -> std::process::ExitStatus {
        self.process.wait().unwrap()
    }

    pub fn kill(mut self) {
        // On Unix this is SIGKILL.
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Intranet {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The id of every request that names none. Left to the server, each would have another one, and no two answers would be
/// the same to the byte.
pub const REQUEST_ID: &str = "of-a-test";

fn with_id(mut request: Request<SendBody<'_>>, next: MiddlewareNext<'_>) -> Result<Response<Body>, ureq::Error> {
    request.headers_mut().entry("x-request-id").or_insert(HeaderValue::from_static(REQUEST_ID));
    next.handle(request)
}

/// The binary, with the database that belongs to this folder.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intranet"));
    command.arg("--database").arg(Database::of(folder).address()).arg("--pkg").arg(folder);
    // What it says is read to its end.
    command.env_remove("RUST_BACKTRACE");
    command
}

/// What a server says that does not start with these options.
pub fn refused(folder: &Path, options: &[&str]) -> String {
    let mut process = command(folder).args(options).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = String::new();
    process.stdout.take().unwrap().read_to_string(&mut said).unwrap_or_default();
    assert!(!said.contains("http://"), "{options:?}: the server started: {said}");
    let output = process.wait_with_output().unwrap();
    assert!(!output.status.success(), "{options:?}: it ended without an error");
    String::from_utf8(output.stderr).unwrap()
}

/// What the server answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// Every header but the date, a line for each, in order.
    pub headers: String,
    /// Every byte of the body.
    pub text: String,
    /// The same as JSON; null where it is none.
    pub json: Value,
}

impl Answer {
    pub fn of(mut response: Response<Body>) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().iter().filter(|(name, _)| *name != "date");
        let mut headers: Vec<_> =
            headers.map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap())).collect();
        headers.sort();
        let headers = headers.concat();
        let text = response.body_mut().read_to_string().unwrap();
        Self { status, headers, json: serde_json::from_str(&text).unwrap_or(Value::Null), text }
    }

    pub fn error(&self) -> &str {
        self.json["error"].as_str().unwrap_or_default()
    }
}

/// The Monday half a year ago. The same for a whole run, so that an activity sent again is the same.
static MONDAY: LazyLock<Date> = LazyLock::new(|| {
    let then = Zoned::now().date() - 26.weeks();
    then - i64::from(then.weekday().to_monday_zero_offset()).days()
});

/// A moment that the server keeps: half a year ago, on a day of a month whose 2nd is a Monday.
pub fn lately(day: i64, time: &str) -> String {
    format!("{}T{time}", *MONDAY + (day - 2).days())
}

/// A blog post of Ada's.
pub fn blog(id: &str) -> Value {
    json!({"id": id, "at": lately(2, "09:30:00+01:00"), "kind": "blog.published", "actor": "ada", "owner": "ada",
           "object": format!("blog/ada/{id}"), "attributes": {"words": 400}})
}
