//! A fleet whose processes are killed comes to what one process comes to, byte for byte.

use fleet::{
    demo::{self, Options, Seen},
    local::Tools,
};
use std::{
    env,
    fs::Permissions,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use tokio::runtime::Runtime;

const FLEET: &str = env!("CARGO_BIN_EXE_fleet");
/// Two fleets at once would only keep each other waiting.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What happened to a fleet, or `None` if this machine does not have what it takes. In CI it must.
fn seen(environment: &[(&str, &str)], options: &Options) -> Option<Seen> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let tools = match Tools::find(Path::new(FLEET)) {
        Ok(tools) => tools,
        Err(error) if env::var_os("CI").is_some() => panic!("{error}"),
        Err(error) => {
            println!("skipped: {error}");
            return None;
        }
    };
    // PostgreSQL may run as another user, who must reach its folder.
    let folder = tempfile::Builder::new().permissions(Permissions::from_mode(0o755)).tempdir().unwrap();
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
        kill_every: number("FLEET_TEST_KILL_EVERY", 200),
        seed: 7,
        program: PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../intranet/going-social.toml"),
    }
}

#[test]
fn a_fleet_that_is_killed_comes_to_what_one_process_comes_to() {
    let kills = number("FLEET_TEST_KILLS", 45) as usize;
    let (kill_nodes, kill_routers) = (kills.div_ceil(15), kills.div_ceil(20));
    let options = Options { kill_workers: kills - kill_nodes - kill_routers, kill_nodes, kill_routers, ..options() };
    let Some(seen) = seen(&[], &options) else { return };
    println!("{seen}");
    assert_eq!(seen.kills, kills);
    assert!(seen.comparison.members > 0 && seen.comparison.refused.0 > 0, "the feed has members and conflicts");
    assert!(seen.comparison.is_identical(), "{}", seen.comparison);
}

#[test]
fn without_compare_and_swap_the_comparison_notices() {
    let options = Options { activities: options().activities.min(10_000), ..options() };
    let Some(seen) = seen(&[("FLEET_TEST_WITHOUT_COMPARE_AND_SWAP", "1")], &options) else { return };
    println!("{seen}");
    assert!(!seen.comparison.is_identical(), "a standing that another worker wrote was overwritten unnoticed");
}
