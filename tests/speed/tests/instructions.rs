//! Instructions: what an activity may cost, counted by callgrind. Times vary with the machine; these hardly do.
//!
//! `instructions.txt` has the counts. A run that is a twentieth dearer fails, and so does one that is a twentieth
//! cheaper, because the file would then hide as much growth. `UPDATE=1` writes the file.

use std::{
    collections::BTreeMap,
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const RUNS: [(&str, usize); 6] =
    [("apply", 10), ("apply", 100), ("apply", 1_000), ("record", 10), ("record", 100), ("record", 1_000)];
/// How many functions of a run are kept, those with the most instructions first.
const FUNCTIONS: usize = 16;

/// The instructions of a run, an activity.
#[derive(Default)]
struct Count {
    total: u64,
    /// The functions of ours with the most instructions, each with those that it calls.
    functions: Vec<(u64, String)>,
}

#[test]
fn no_activity_costs_more_than_it_did() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        assert!(env::var("CI").is_err(), "valgrind is missing; with CI set, instructions must be counted");
        eprintln!("skipped: valgrind is missing, so no instructions are counted (`apt-get install valgrind`)");
        return;
    }
    let counted = build();
    let counts: Vec<_> =
        RUNS.iter().map(|(way, rules)| (format!("{way} {rules}"), count(&counted, way, *rules))).collect();
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    if env::var("UPDATE").is_ok() {
        fs::write(file, written(&counts)).expect("instructions.txt can be written");
        return;
    }
    let text = fs::read_to_string(file).expect("there is instructions.txt");
    let expected = read(&text);
    let complaints: String = counts.iter().map(|(run, count)| complaint(run, count, &expected[run])).collect();
    let compilers =
        format!("counted with {}; instructions.txt has {}", rustc(), text.lines().nth(1).unwrap_or_default());
    assert!(complaints.is_empty(), "\n{complaints}{compilers}");
}

/// Builds what is counted, and returns its path.
fn build() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--release", "--locked", "--package", "knownfor-speed", "--bin", "counted"])
        .status();
    assert!(built.expect("cargo runs").success(), "`counted` cannot be built");
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("release").join("counted")
}

fn count(counted: &Path, way: &str, rules: usize) -> Count {
    let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{way}-{rules}.callgrind"));
    let ran = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", &format!("--toggle-collect=*way_{way}*")])
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(counted)
        .args([way, &rules.to_string()])
        .status();
    assert!(ran.expect("valgrind runs").success(), "{way} {rules} cannot be counted");
    let annotated =
        Command::new("callgrind_annotate").args(["--inclusive=yes", "--threshold=100"]).arg(profile).output();
    let annotated = annotated.expect("callgrind_annotate runs").stdout;
    let annotated = String::from_utf8_lossy(&annotated);
    let mut functions: Vec<_> = annotated.lines().filter_map(function).collect();
    let way_itself = functions.iter().position(|(_, name)| name.contains("::way_")).expect("the way is a function");
    let total = functions[way_itself].0;
    // What calls the way has as many.
    functions.drain(..=way_itself);
    functions.truncate(FUNCTIONS);
    Count { total, functions }
}

/// A function of ours in a line such as `1,234,567 (12.3%)  ???:knownfor::fold::advance [/…/counted]`.
fn function(line: &str) -> Option<(u64, String)> {
    let (number, rest) = line.trim().split_once(" (")?;
    let instructions: u64 = number.replace(',', "").parse().ok()?;
    let (_, name) = rest.split_once("???:")?;
    let name = name.split(" [").next().filter(|name| name.contains("knownfor"))?;
    Some((instructions / knownfor_speed::COUNTED as u64, name.to_owned()))
}

/// The counts as instructions.txt has them.
fn written(counts: &[(String, Count)]) -> String {
    let mut text = format!(
        "Instructions an activity; `UPDATE=1 cargo test -p knownfor-speed --test instructions` writes them.\n{}\n",
        rustc()
    );
    for (run, Count { total, functions }) in counts {
        writeln!(text, "\n{total:8} {run}").expect("a string takes it");
        functions.iter().for_each(|(count, name)| writeln!(text, "{count:12} {name}").expect("a string takes it"));
    }
    text
}

fn read(text: &str) -> BTreeMap<String, Count> {
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut run = String::new();
    for line in text.lines().skip(2).filter(|line| !line.is_empty()) {
        let (number, name) = line.trim().split_once(' ').expect("a line is a number and a name");
        let (number, name) = (number.parse().expect("a number"), name.to_owned());
        if RUNS.iter().any(|(way, rules)| name == format!("{way} {rules}")) {
            counts.insert(name.clone(), Count { total: number, functions: Vec::new() });
            run = name;
        } else {
            counts.get_mut(&run).expect("a function follows its run").functions.push((number, name));
        }
    }
    counts
}

/// What is wrong with a run, with the functions that changed most; nothing if it costs about what is expected.
fn complaint(run: &str, count: &Count, expected: &Count) -> String {
    let (now, before) = (count.total, expected.total);
    let (what, changed): (_, fn(u64, u64) -> u64) = if now * 20 > before * 21 {
        ("is dearer", |now, before| now.saturating_sub(before))
    } else if now * 20 < before * 19 {
        ("is cheaper; write instructions.txt with UPDATE=1", |now, before| before.saturating_sub(now))
    } else {
        return String::new();
    };
    let known: BTreeMap<_, _> = expected.functions.iter().map(|(count, name)| (name, *count)).collect();
    let functions =
        count.functions.iter().map(|(now, name)| (changed(*now, known.get(name).copied().unwrap_or(0)), now, name));
    let mut functions: Vec<_> = functions.filter(|(by, ..)| *by > 0).collect();
    functions.sort_by(|a, b| b.cmp(a));
    let mut text = format!("{run} {what}: {now} instructions an activity, {before} before\n");
    for (by, now, name) in functions.into_iter().take(8) {
        writeln!(text, "{now:12} {name}, {by} changed").expect("a string takes it");
    }
    text
}

fn rustc() -> String {
    let version = Command::new("rustc").arg("--version").output().expect("rustc runs").stdout;
    let version = String::from_utf8_lossy(&version);
    version.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
