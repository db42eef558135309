//! A server of PostgreSQL for the tests, which ends with them.

use postgres::{Client, NoTls, SimpleQueryMessage};
use std::{
    env, fs,
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio, exit},
    sync::{LazyLock, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// The user that owns all databases.
pub const USER: &str = "intranet";
/// Their password over TCP. The local socket asks for none.
pub const PASSWORD: &str = "right-horse";

/// A server with a folder of its own.
pub struct Cluster {
    pub folder: PathBuf,
    pub port: u16,
    /// Ends the server when this process ends, in whatever way.
    pub supervisor: Child,
}

/// The server that tests share, each with a database of its own. It may lose data when the machine stops.
pub fn shared() -> &'static Cluster {
    static SHARED: LazyLock<Cluster> = LazyLock::new(|| Cluster::start(&["fsync=off", "full_page_writes=off"]));
    &SHARED
}

/// The folder of the server's programs.
pub fn programs() -> PathBuf {
    let in_path = env::var_os("PATH").map(|path| env::split_paths(&path).collect::<Vec<_>>()).unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut installed: Vec<PathBuf> = versions.map(|version| version.path().join("bin")).collect();
    installed.sort();
    let found = in_path.into_iter().chain(installed.into_iter().rev()).map(|folder| folder.join("initdb"));
    if let Some(program) = found.filter(|program| program.exists()).find_map(|program| program.canonicalize().ok()) {
        return program.parent().unwrap().into();
    }
    // Past the test framework, which shows what a test says only if it fails.
    let _ = writeln!(std::io::stderr(), "PostgreSQL is not installed, so no test of it runs; install `postgresql`");
    exit(i32::from(env::var_os("CI").is_some()))
}

/// A command as a user whom PostgreSQL accepts: it refuses root.
pub fn as_plain_user(program: &str) -> Command {
    let mut command = Command::new(program);
    #[cfg(unix)]
    if is_root() {
        std::os::unix::process::CommandExt::uid(&mut command, NOBODY);
        std::os::unix::process::CommandExt::gid(&mut command, NOBODY);
    }
    command
}

#[cfg(unix)]
const NOBODY: u32 = 65534;

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    TempDir::new().unwrap().path().metadata().unwrap().uid() == 0
}

impl Cluster {
    pub fn start(settings: &[&str]) -> Self {
        let programs = programs();
        let folder = TempDir::new().unwrap().keep();
        #[cfg(unix)]
        if is_root() {
            std::os::unix::fs::chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let made = as_plain_user(programs.join("initdb").to_str().unwrap())
            .args(["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "-U", USER, "-D"])
            .arg(folder.join("data"))
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let access = "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n";
        fs::write(folder.join("data/pg_hba.conf"), access).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let supervisor = run(&programs, &folder, port, settings);
        let cluster = Self { folder, port, supervisor };
        cluster.wait();
        cluster.client("postgres").batch_execute(&format!("ALTER ROLE {USER} PASSWORD '{PASSWORD}'")).unwrap();
        cluster
    }

    /// Waits until the server answers.
    pub fn wait(&self) {
        let begun = Instant::now();
        while let Err(error) = Client::connect(&self.url("postgres"), NoTls) {
            let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            assert!(begun.elapsed() < Duration::from_secs(60), "{error}: {}", log());
            thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn create(&self, name: &str) {
        // Two at the same time disturb each other.
        static ONE_BY_ONE: Mutex<()> = Mutex::new(());
        let _turn = ONE_BY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
        self.client("postgres").batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
    }

    /// What `--database` says.
    pub fn url(&self, name: &str) -> String {
        let socket = self.folder.to_str().unwrap().replace('/', "%2F");
        format!("postgres://{USER}@{socket}:{}/{name}", self.port)
    }

    pub fn client(&self, name: &str) -> Client {
        Client::connect(&self.url(name), NoTls).unwrap()
    }

    /// What a query answers, as text. Bytes are in hexadecimal digits.
    pub fn rows(&self, name: &str, sql: &str) -> Vec<Vec<String>> {
        let answers = self.client(name).simple_query(sql).unwrap();
        let rows = answers.iter().filter_map(|answer| match answer {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        let text = |cell: Option<&str>| cell.map(|cell| cell.trim_start_matches("\\x").to_owned()).unwrap_or_default();
        rows.map(|row| (0..row.len()).map(|column| text(row.get(column))).collect()).collect()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.supervisor.stdin.take());
        let _ = self.supervisor.wait();
    }
}

/// Starts the server under a shell that ends it, and deletes the folder, once nobody holds the shell's input any more.
pub fn run(programs: &Path, folder: &Path, port: u16, settings: &[&str]) -> Child {
    let script = r#"
        "$1/postgres" -D "$2/data" -k "$2" -p "$3" -c listen_addresses=127.0.0.1 -c max_connections=200 \
            -c shared_buffers=32MB -c max_wal_size=128MB $4 >>"$2/log" 2>&1 </dev/null &
        server=$!
        {
            read -r _
            # Not if it was killed: then it runs again, with another shell.
            if kill -QUIT $server 2>/dev/null; then
                while kill -0 $server 2>/dev/null; do sleep 0.05; done
                rm -rf "$2"
            fi
        } <&3 &
        exec 3<&-
        wait $server
    "#;
    let settings: Vec<String> = settings.iter().map(|setting| format!("-c {setting}")).collect();
    let mut shell = as_plain_user("sh");
    shell.arg("-c").arg(format!("exec 3<&0; {script}")).arg("sh").arg(programs).arg(folder);
    shell.args([port.to_string(), settings.join(" ")]).current_dir(folder);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}
