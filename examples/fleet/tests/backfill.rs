//! A backfill on Spark comes to what one process comes to, byte for byte, although an executor is killed.

use fleet::{
    Settings, backfill, database, demo,
    generate::generate,
    local::{Local, Spark, Start, Tools},
    record::Record,
    streams::Streams,
    submit::submit,
    verify::verify,
};
use serde_json::json;
use std::{
    collections::BTreeSet,
    env,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    str::FromStr,
    thread::sleep,
    time::{Duration, Instant},
};
use tokio::runtime::Runtime;

const FLEET: &str = env!("CARGO_BIN_EXE_fleet");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/backfill/backfill.py");

/// The engines, or `None` if this machine lacks them. In CI it must have them.
fn engines() -> Option<(Tools, Spark)> {
    let fleet = Path::new(FLEET);
    match Spark::find(fleet).and_then(|spark| Ok((Tools::find(fleet)?, spark))) {
        Ok(engines) => Some(engines),
        Err(error) if env::var_os("CI").is_some() => panic!("{error}"),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

/// A folder with the record on its way through Spark.
struct Backfill<'a> {
    spark: &'a Spark,
    folder: &'a Path,
    program: &'a Path,
}

impl Backfill<'_> {
    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_str().expect("a path in UTF-8").into()
    }

    /// A binary for `--fleet`.
    fn script(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn start(&self, master: &str, arguments: &[&str]) -> Child {
        // Short work: a simpler compiler and garbage collector save more than they cost.
        let java = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";
        let executors = format!("spark.executor.extraJavaOptions={java}");
        let local = format!("spark.local.dir={}", self.path("spark"));
        let spark = ["--master", master, "--driver-java-options", java, "--conf", &executors, "--conf", &local];
        let mut command = self.spark.command(&spark, Path::new(SCRIPT));
        command.args(arguments).current_dir(self.folder).stdin(Stdio::null());
        command.stdout(Stdio::piped()).stderr(fs::File::create(self.path("spark.log")).unwrap()).spawn().unwrap()
    }

    fn fold(&self, master: &str, fleet: &str, folded: &str) -> Child {
        let (record, program) = (self.path("record.parquet"), self.program.to_str().unwrap());
        self.start(master, &["fold", &record, &self.path(folded), "--fleet", fleet, "--program", program])
    }

    fn end(&self, child: Child) -> (Output, String) {
        let output = child.wait_with_output().unwrap();
        (output, fs::read_to_string(self.path("spark.log")).unwrap())
    }

    /// The members that Spark folded, in order.
    fn folded(&self, name: &str) -> Vec<String> {
        let files = fs::read_dir(self.path(name)).unwrap().map(|file| file.unwrap().path());
        let parts = files.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("part-"));
        let mut lines: Vec<_> = parts.flat_map(|path| lines(&fs::read(path).unwrap())).collect();
        lines.sort_unstable();
        lines
    }
}

fn lines(text: &[u8]) -> Vec<String> {
    str::from_utf8(text).unwrap().lines().map(String::from).collect()
}

/// The process of Spark's that started a process, directly or not.
fn executor_of(process: u32) -> u32 {
    let mut process = process;
    loop {
        let found = Command::new("ps").args(["-o", "ppid=,args=", "-p", &process.to_string()]).output().unwrap();
        let found = String::from_utf8_lossy(&found.stdout).trim().to_string();
        let (parent, command) = found.split_once(' ').expect("an executor of Spark among its parents");
        if command.contains("CoarseGrainedExecutorBackend") {
            return process;
        }
        process = parent.parse().unwrap();
    }
}

fn kill(process: u32) {
    let status = Command::new("sh").args(["-c", &format!("kill -KILL {process}")]).status().unwrap();
    assert!(status.success(), "process {process} has ended by itself");
}

/// Waits for a file with two numbers.
fn numbers(path: &str) -> (u32, u32) {
    let since = Instant::now();
    loop {
        let text = fs::read_to_string(path).unwrap_or_default();
        if let Some((a, b)) = text.strip_suffix('\n').and_then(|text| text.split_once(' ')) {
            return (u32::from_str(a).unwrap(), u32::from_str(b).unwrap());
        }
        assert!(since.elapsed() < Duration::from_secs(120), "Spark does not come to {path}");
        sleep(Duration::from_millis(5));
    }
}

/// One process of `fleet fold`.
fn fold(program: &Path, record: &Path) -> Output {
    let mut command = Command::new(FLEET);
    command.args(["fold", "--program"]).arg(program).stdin(fs::File::open(record).unwrap());
    command.output().unwrap()
}

#[test]
fn a_backfill_comes_to_what_one_process_comes_to() {
    let Some((tools, spark)) = engines() else { return };
    let folder = tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap();
    let folder = folder.path();
    let program = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../intranet/going-social.toml");
    let text = fs::read_to_string(&program).unwrap();
    let newer = folder.join("newer.toml");
    fs::write(&newer, text.replacen("give = { recognition = 20 }", "give = { recognition = 25 }", 1)).unwrap();
    let start = Start { fleet: Path::new(FLEET), folder, program, workers: 2, environment: &[] };

    Runtime::new().unwrap().block_on(async {
        // The old program settles everything, and then the record is exported.
        let local = Local::start(&tools, &start).await.unwrap();
        let streams = Streams::connect(&local.settings).await.unwrap();
        let feed = generate(20_000, 500, 7).join("\n");
        submit(&streams, "feed", feed.as_bytes(), None).await.unwrap();
        demo::settled(&streams).await.unwrap();
        let settings = Settings { program: newer.clone(), ..local.settings.clone() };
        let record = folder.join("record.jsonl");
        backfill::export(&settings, fs::File::create(&record).unwrap()).await.unwrap();

        let spark = Backfill { spark: &spark, folder, program: &newer };
        let (stored, log) =
            spark.end(spark.start("local[2]", &["store", &spark.path("record.jsonl"), &spark.path("record.parquet")]));
        assert!(stored.status.success(), "{log}");

        // The third process to start waits until its executor is killed.
        let waits = format!(
            r#"for n in 1 2; do mkdir "$0.$n" 2>/dev/null && exec {FLEET} "$@"; done
               mkdir "$0.3" 2>/dev/null || exec {FLEET} "$@"
               echo $$ $PPID >"$0.started"
               exec sleep 120"#
        );
        let waits = spark.script("waits", &waits);
        let running = spark.fold("local-cluster[2,1,2048]", &waits, "folded");
        let (waiting, parent) = numbers(&format!("{waits}.started"));
        kill(executor_of(parent));
        kill(waiting);
        let (folded, log) = spark.end(running);
        assert!(folded.status.success(), "{log}");
        assert!(log.contains("Lost executor"), "{log}");
        let folded = spark.folded("folded");
        let mut one = lines(&fold(&newer, &record).stdout);
        one.sort_unstable();
        assert!(folded == one, "{} and {} lines are not the same", folded.len(), one.len());

        // Meanwhile something came for one member, and another one's line is lost.
        let content = json!({ "source": "social", "id": "later", "at": "2026-03-01T09:00:00Z", "kind": "post.liked",
            "actor": "m000001", "owner": "m000002", "object": "work/later" });
        let more = content.to_string();
        submit(&streams, "more", more.as_bytes(), None).await.unwrap();
        demo::settled(&streams).await.unwrap();
        let feed = format!("{feed}\n{more}");
        let (lost, rest) = folded.split_last().unwrap();
        let all = folded.len();
        let loaded = backfill::load(&settings, rest.join("\n").as_bytes()).await.unwrap();
        assert_eq!((loaded.written, loaded.left), (all - 3, 2), "one activity concerned two members");
        let found = verify(&settings, "feed", feed.as_bytes()).await.unwrap();
        let lost_member: serde_json::Value = serde_json::from_str(lost).unwrap();
        let differ = ["m000001", "m000002", lost_member["member"].as_str().unwrap()].map(String::from);
        assert_eq!(found.standings, BTreeSet::from(differ), "{found}");

        // What is loaded again changes nothing, and what has changed is folded from the database.
        let loaded = backfill::load(&settings, folded.join("\n").as_bytes()).await.unwrap();
        assert_eq!((loaded.written, loaded.left), (1, all - 1));
        let mut refolding = Record::open(&settings, &settings.program().unwrap()).await.unwrap();
        assert_eq!(refolding.refold().await.unwrap(), 2);
        let found = verify(&settings, "feed", feed.as_bytes()).await.unwrap();
        assert!(found.members > 0 && found.is_identical(), "{found}");
        let client = database::connect(&settings).await.unwrap();
        let row = client.query_one("SELECT count(DISTINCT program) FROM standings", &[]).await.unwrap();
        assert_eq!(row.get::<_, i64>(0), 1);

        // A binary that writes right lines and then dies.
        let dies = spark.script("dies", &format!("{FLEET} \"$@\" | head -n 5\nkill -KILL $$"));
        let (died, log) = spark.end(spark.fold("local[2]", &dies, "never"));
        assert!(!died.status.success() && log.contains("PIPE_FUNCTION_EXITED"), "{log}");
        assert!(!folder.join("never/_SUCCESS").exists());

        // A line of a member is missing.
        let text = fs::read_to_string(&record).unwrap();
        let (first, short) = text.split_once('\n').unwrap();
        fs::write(&record, short).unwrap();
        let output = fold(&newer, &record);
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && message.contains("came together"), "{first}: {message}");
    });
}
