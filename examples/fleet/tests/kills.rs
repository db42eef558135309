//! A fleet whose processes are killed comes to what one process comes to, byte for byte.

use fleet::{
    Delivery, Settings, database,
    demo::{self, Options, Seen},
    generate::generate,
    local::{Local, Start, Tools},
    record::Record,
    streams::Streams,
    submit::submit,
    verify::verify,
};
use serde_json::json;
use std::{
    env,
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const FLEET: &str = env!("CARGO_BIN_EXE_fleet");
/// Two fleets at once would only keep each other waiting.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// The binaries of NATS and PostgreSQL, or `None` if this machine lacks them. In CI it must have them.
fn tools() -> Option<Tools> {
    match Tools::find(Path::new(FLEET)) {
        Ok(tools) => Some(tools),
        Err(error) if env::var_os("CI").is_some() => panic!("{error}"),
        Err(error) => {
            println!("skipped: {error}");
            None
        }
    }
}

/// A folder for a fleet. PostgreSQL may run as another user, who must reach it.
fn folder() -> TempDir {
    tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap()
}

/// A fleet with one worker.
fn start(folder: &Path) -> Start<'_> {
    Start { fleet: Path::new(FLEET), folder, program: options().program, workers: 1, environment: &[] }
}

/// What happened to a fleet.
fn seen(environment: &[(&str, &str)], options: &Options) -> Option<Seen> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let (tools, folder) = (tools()?, folder());
    let run = demo::run(&tools, Path::new(FLEET), folder.path(), environment, options);
    Some(Runtime::new().unwrap().block_on(run).unwrap())
}

/// A number that the environment may set, to run for longer.
fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).map_or(otherwise, |number| number.parse().expect("a number"))
}

fn options() -> Options {
    Options {
        activities: number("FLEET_TEST_ACTIVITIES", 20_000),
        members: number("FLEET_TEST_MEMBERS", 500),
        workers: 3,
        kill_workers: 0,
        kill_nodes: 0,
        kill_routers: 0,
        kill_backends: 0,
        kill_postmasters: 0,
        kill_every: number("FLEET_TEST_KILL_EVERY", 200),
        seed: 7,
        program: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../intranet/going-social.toml"),
    }
}

#[test]
fn a_fleet_that_is_killed_comes_to_what_one_process_comes_to() {
    let kills = number("FLEET_TEST_KILLS", 45) as usize;
    let (kill_nodes, kill_routers) = (kills.div_ceil(15), kills.div_ceil(20));
    let (kill_backends, kill_postmasters) = (kills.div_ceil(20), kills.div_ceil(25));
    let kill_workers = kills - kill_nodes - kill_routers - kill_backends - kill_postmasters;
    let options = Options { kill_workers, kill_nodes, kill_routers, kill_backends, kill_postmasters, ..options() };
    let Some(seen) = seen(&[], &options) else { return };
    println!("{seen}");
    assert_eq!(seen.kills, kills);
    assert!(seen.comparison.members > 0 && seen.comparison.refused.0 > 0, "the feed has members and conflicts");
    assert!(seen.comparison.is_identical(), "{}", seen.comparison);
}

/// Without claims, workers settle batches of one partition at the same time, and only the revision of a standing keeps
/// them from overwriting what another wrote.
#[test]
fn without_compare_and_swap_the_comparison_notices() {
    let options = Options { activities: options().activities.min(6_000), ..options() };
    let unclaimed = ("FLEET_TEST_WITHOUT_CLAIMS", "1");
    let Some(with) = seen(&[unclaimed], &options) else { return };
    println!("with: {with}");
    assert!(with.comparison.is_identical(), "{}", with.comparison);
    let Some(without) = seen(&[unclaimed, ("FLEET_TEST_WITHOUT_COMPARE_AND_SWAP", "1")], &options) else { return };
    println!("without: {without}");
    assert!(!without.comparison.is_identical(), "a standing that another worker wrote was overwritten unnoticed");
}

#[test]
fn what_cannot_be_stored_is_refused_and_the_rest_goes_on() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let (Some(tools), folder) = (tools(), folder()) else { return };
    let line = |id: &str| json!({ "id": id, "at": "2026-03-02T09:00:00Z", "kind": "note.kept", "actor": "ada" });
    let lines = [line("nul\0"), line(&"long".repeat(1_000)), json!("no activity"), line("good")];
    let lines: Vec<_> = lines.iter().map(ToString::to_string).collect();
    Runtime::new().unwrap().block_on(async {
        let local = Local::start(&tools, &start(folder.path())).await.unwrap();
        let streams = Streams::connect(&local.settings).await.unwrap();
        submit(&streams, "feed", lines.join("\n").as_bytes(), None).await.unwrap();
        demo::settled(&streams).await.unwrap();

        let client = database::connect(&local.settings).await.unwrap();
        let refused = client.query("SELECT line FROM refusals ORDER BY line", &[]).await.unwrap();
        assert_eq!(refused.iter().map(|row| row.get::<_, i64>(0)).collect::<Vec<_>>(), [1, 2, 3]);
        let record = client.query("SELECT id FROM record", &[]).await.unwrap();
        assert_eq!(record.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>(), ["good"]);
    });
}

#[test]
fn a_new_program_folds_the_record_anew() {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let (Some(tools), folder) = (tools(), folder()) else { return };
    let text = fs::read_to_string(options().program).unwrap();
    let newer = folder.path().join("newer.toml");
    let text = text.replacen("give = { recognition = 20 }", "give = { recognition = 25 }", 1);
    let rule = "[kinds.\"later.kind\"]\n[rules.later]\non = \"later.kind\"\ngive = { recognition = 5 }\n";
    fs::write(&newer, format!("{text}\n{rule}")).unwrap();
    Runtime::new().unwrap().block_on(async {
        let local = Local::start(&tools, &start(folder.path())).await.unwrap();
        let streams = Streams::connect(&local.settings).await.unwrap();
        let feed = generate(1_000, 50, 7).join("\n");
        submit(&streams, "feed", feed.as_bytes(), None).await.unwrap();
        demo::settled(&streams).await.unwrap();

        let newer = Settings { program: newer, ..local.settings.clone() };
        let differs = verify(&newer, "feed", feed.as_bytes()).await.unwrap();
        assert_eq!(differs.standings.len(), 50, "{differs}");
        let mut record = Record::open(&newer, &newer.program().unwrap()).await.unwrap();
        assert_eq!(record.refold().await.unwrap(), 50);
        let found = verify(&newer, "feed", feed.as_bytes()).await.unwrap();
        assert!(found.is_identical(), "{found}");

        // A worker of the old program gets what only the new one can read.
        let content = json!({ "source": "social", "id": "later", "at": "2026-08-01T09:00:00Z", "kind": "later.kind",
            "actor": "m000001" });
        let delivery = Delivery {
            member: "m000001".into(),
            source: "social".into(),
            id: "later".into(),
            content: Some(content.to_string()),
        };
        streams.publish(vec![streams.outgoing(0, &delivery).unwrap()]).await;
        demo::settled(&streams).await.unwrap();
        assert_eq!(record.refold().await.unwrap(), 1, "the standing is out of date");
        let found = verify(&newer, "feed", format!("{feed}\n{content}").as_bytes()).await.unwrap();
        assert!(found.is_identical(), "{found}");
    });
}
