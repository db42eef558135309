//! World: how the tests handle the core, with programs, activities and ledgers as JSON.

use knownfor::{Activity, Boards, Engine, Feed, Incoming, Program, Standing, Tree, ViewContext, Zone, view::BoardView};
use serde_json::Value;

/// The text as a tree.
pub(crate) fn tree(text: &str) -> Tree<'_> {
    serde_json::from_str(text).expect("the text is JSON")
}

/// Checks a program, which must have no problems.
pub(crate) fn program(program: &Value) -> Program {
    let text = program.to_string();
    match Program::check(&tree(&text), Zone::named) {
        Ok(program) => program,
        Err(problems) => panic!("{problems}\n{text}"),
    }
}

/// Reads an activity, whose kind the program must know.
pub(crate) fn activity(program: &Program, activity: &Value) -> Activity {
    let text = activity.to_string();
    match program.read(&tree(&text), &Feed::new("wiki")) {
        Ok(Incoming::Activity(activity)) => activity,
        other => panic!("{other:?}\n{text}"),
    }
}

/// All activities of a record.
pub(crate) fn activities(program: &Program, record: &[Value]) -> Vec<Activity> {
    record.iter().map(|one| activity(program, one)).collect()
}

/// An engine with a record, one activity after the other, and then the voids.
pub(crate) fn engine<'v>(
    of: &Value,
    record: &[Value],
    voids: impl IntoIterator<Item = &'v (String, String)>,
) -> Engine {
    let mut engine = Engine::new(program(of));
    for one in activities(engine.program(), record) {
        engine.apply(one).expect("a made-up activity is accepted");
    }
    for (source, id) in voids {
        engine.void(source, id);
    }
    engine
}

/// A board of these members alone, as a host shows it that keeps members elsewhere.
pub(crate) fn board_of<'a>(
    program: &Program,
    members: impl IntoIterator<Item = (&'a str, &'a Standing)>,
    board: &str,
    ask: &ViewContext<'_>,
    rows: usize,
) -> BoardView {
    let mut boards = Boards::new(program);
    for (member, standing) in members {
        boards.update(member, standing, ask.now).expect("one program");
    }
    boards.board(board, ask, rows).expect("the program has the board")
}

/// The ledger of a member, a JSON line for each entry.
pub(crate) fn ledger(engine: &Engine, member: &str) -> String {
    lines(member, engine.ledger(member))
}

/// Entries as JSON lines.
pub(crate) fn lines(member: &str, entries: &[knownfor::Entry]) -> String {
    let line = |entry: &knownfor::Entry| serde_json::to_string(&entry.line(member)).expect("a line is JSON") + "\n";
    entries.iter().map(line).collect()
}

/// The civil day of an instant in the zone of a program, by the hour at which its days begin.
pub(crate) fn civil_day(program: &Value, at: jiff::Timestamp) -> jiff::civil::Date {
    let zone = jiff::tz::TimeZone::get(program["zone"].as_str().unwrap_or("UTC")).expect("a zone");
    let hour = program["day_starts"].as_str().map_or(0, |clock| clock[..2].parse().expect("an hour"));
    (zone.to_datetime(at) - jiff::SignedDuration::from_hours(hour)).date()
}

/// The ledgers of all members.
pub(crate) fn ledgers(engine: &Engine) -> String {
    engine.members().map(|member| ledger(engine, member)).collect()
}

/// What people who read English call one of several things: its English name, else its first one, else its own.
pub(crate) fn title(things: &Value, name: &str) -> String {
    let says = &things[name]["name"];
    let first = || says.as_object().and_then(|texts| texts.values().next());
    let title = says.as_str().or_else(|| says["en"].as_str()).or_else(|| first()?.as_str());
    title.unwrap_or(name).to_owned()
}

/// Everything by which two engines can differ: members, standings and ledgers.
pub(crate) fn all_of(engine: &Engine) -> (Vec<(String, Vec<u8>)>, String) {
    let standing = |member: &str| engine.standing(member).map(knownfor::Standing::to_bytes).unwrap_or_default();
    (engine.members().map(|member| (member.to_owned(), standing(member))).collect(), ledgers(engine))
}

/// Bytes with the checksum that ends a snapshot (FNV-1a, 64 bits), so that only their content can be wrong.
pub(crate) fn summed(content: &[u8]) -> Vec<u8> {
    let sum = content
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    [content, &sum.to_le_bytes()].concat()
}
