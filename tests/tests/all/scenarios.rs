//! Scenarios: given a program, when activities and voids come, then points, entries, badges, views, boards and errors
//! are these.
//!
//! Each file of `tests/scenarios/` is one, played natively and through WebAssembly. `then` may hold:
//!
//! - `points`, `spendable`, `levels`, `completeness`: by member, as they are at `now`
//! - `times`: by member, how often each badge was given; `rewards`: each one's given keys
//! - `redeemable`: by member and reward, why it cannot be redeemed (null: it can); only natively, because a page never
//!   decides that
//! - `entries`: by member, the whole ledger, each line with its given keys
//! - `badges`: by member, those held, `"name"` or `["name", "object"]`
//! - `members`: all known members
//! - `why_not`: rules that gave nothing for an activity; `says` is part of the answer (null: the rule gave something,
//!   so it is not listed)
//! - `views`: `has` by JSON Pointer (null: absent), or `is` for the whole; a case may have its own `now`
//! - `steps`: what is offered next, as `[target, id, audience]`, with a challenge's step after `/`; a case may have its
//!   own `now`
//! - `models`: who `are` models for a viewer, or the `steps` that a model shows a viewer (left out: nothing is shown);
//!   only natively
//! - `boards`: rows as `[place, member, total]`; a case may have its own `now`
//! - `experts`: who is known for a `topic`, rows as `[member, strength, confirmed]`, or `is` for the whole; a case may
//!   have its own `count`
//! - `topics`: those suggested for a `beginning`
//! - `cohorts`: the whole view of a challenge's participants (null: there is none)
//! - `errors`: for each refused step of `when`, in order, parts of its message
//!
//! A viewer may have a `team`. A page knows no teams, so such cases are played only natively.

use crate::doors::{Door, Native, node};
use serde_json::{Map, Value, json};
use std::{collections::BTreeSet, fs, path::Path};

#[test]
fn scenarios() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("there are scenarios").flatten().map(|file| file.path()).collect();
    files.sort();
    let mut node = node();
    let mut failed = Vec::new();
    for file in &files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(file).expect("a scenario can be read");
        let mut scenario = Scenario::read(&text);
        scenario.run(&mut Native::default());
        if let Some(node) = &mut node {
            scenario.run(node);
        }
        failed.extend(scenario.failed.into_iter().map(|failure| format!("{name}: {failure}")));
    }
    assert!(files.len() >= 25, "only {} scenarios were found", files.len());
    assert!(failed.is_empty(), "{} expectations failed\n{}", failed.len(), failed.join("\n"));
}

struct Scenario {
    /// The program as written, because the order of its rules matters.
    program: String,
    whole: Value,
    /// The answers of the first door. The second must give the same bytes.
    dump: Option<(Vec<String>, Value)>,
    failed: Vec<String>,
}

impl Scenario {
    fn read(text: &str) -> Self {
        let whole: Value = serde_json::from_str(text).expect("a scenario is JSON");
        let knownfor::Tree::Table(entries) = crate::world::tree(text) else { panic!("a scenario is a table") };
        let program = entries.iter().find(|(key, _)| key == "program").expect("a scenario has a program");
        let program = serde_json::to_string(&program.1).expect("a program is JSON");
        Self { program, whole, dump: None, failed: Vec::new() }
    }

    fn run(&mut self, door: &mut dyn Door) {
        if let Err(problems) = door.check(&self.program) {
            self.failed.push(format!("{}: {problems}", door.name()));
            return;
        }
        let steps: Vec<Value> = self.whole["when"].as_array().cloned().unwrap_or_default();
        let errors: Vec<String> = steps.iter().filter_map(|step| take(door, step).err()).collect();
        self.refused(door, &errors);
        let then = self.whole["then"].as_object().cloned().unwrap_or_default();
        for (what, expected) in &then {
            self.expect(door, what, expected);
        }
        let dump = (door.ledgers(), door.ask(&json!({ "do": "snapshot" })).expect("a snapshot can be had"));
        if let Some(first) = &self.dump
            && *first != dump
        {
            self.failed.push(format!("{}: ledger or snapshot are other bytes than natively", door.name()));
        }
        if errors.is_empty() {
            self.backwards(door, &steps, &dump.0);
        }
        self.dump = Some(dump);
    }

    /// Refusals depend on earlier activities; nothing else may depend on the order of arrival.
    fn backwards(&mut self, door: &mut dyn Door, steps: &[Value], ledgers: &[String]) {
        door.check(&self.program).expect("the program was checked before");
        for step in steps.iter().rev() {
            take(door, step).expect("the step was taken before");
        }
        if door.ledgers() != ledgers {
            self.failed.push(format!("{}: arriving backwards gives another ledger", door.name()));
        }
    }

    fn refused(&mut self, door: &dyn Door, errors: &[String]) {
        let none = Vec::new();
        let expected = self.whole["then"]["errors"].as_array().unwrap_or(&none);
        let says = |(error, parts): (&String, &Value)| {
            parts.as_array().into_iter().flatten().all(|part| error.contains(part.as_str().unwrap_or("?")))
        };
        if errors.len() != expected.len() || !errors.iter().zip(expected).all(says) {
            let message = format!("{}: refused {errors:#?}, expected {expected:?}", door.name());
            self.failed.push(message);
        }
    }

    fn expect(&mut self, door: &mut dyn Door, what: &str, expected: &Value) {
        let by_member = expected.as_object().cloned().unwrap_or_default();
        let listed = expected.as_array().cloned().unwrap_or_default();
        let now = self.whole["now"].as_str().unwrap_or("2026-12-31T00:00:00Z").to_owned();
        match what {
            "points" | "spendable" => by_member.iter().for_each(|(member, points)| {
                let view = own_view(door, member, &now);
                let key = if what == "points" { "total" } else { what };
                let found = by_name(&view["standing"]["points"], "currency", key);
                self.same(door, &format!("{what} of {member}"), &found, points);
            }),
            "times" => by_member.iter().for_each(|(member, times)| {
                let view = own_view(door, member, &now);
                let found = by_name(&view["badges"]["earned"], "badge", "times");
                self.same(door, &format!("times of {member}"), &found, times);
            }),
            "rewards" => by_member.iter().for_each(|(member, rewards)| {
                let view = own_view(door, member, &now);
                let found = cut(view["rewards"].as_array().unwrap_or(&Vec::new()), rewards);
                self.same(door, &format!("rewards of {member}"), &found, rewards);
            }),
            "levels" => by_member.iter().for_each(|(member, level)| {
                let view = own_view(door, member, &now);
                self.same(door, &format!("level of {member}"), &view["standing"]["level"]["number"], level);
            }),
            "completeness" => by_member.iter().for_each(|(member, percent)| {
                let view = own_view(door, member, &now);
                self.same(door, &format!("completeness of {member}"), &view["profile"]["percent"], percent);
            }),
            "entries" => by_member.iter().for_each(|(member, entries)| {
                let found = cut(&ledger(door, member), entries);
                self.same(door, &format!("entries of {member}"), &found, entries);
            }),
            "badges" => by_member.iter().for_each(|(member, badges)| {
                let found = held(&ledger(door, member), &self.whole["program"]);
                self.same(door, &format!("badges of {member}"), &found, badges);
            }),
            "redeemable" if door.name() == "natively" => by_member.iter().for_each(|(member, rewards)| {
                for (reward, why) in rewards.as_object().into_iter().flatten() {
                    let question = json!({ "do": "can_redeem", "member": member, "reward": reward, "now": now });
                    let found = door.ask(&question).expect("a reward can be asked for");
                    self.same(door, &format!("{reward} for {member}"), &found, why);
                }
            }),
            "members" => {
                let found = door.ask(&json!({ "do": "members" })).expect("members are known");
                self.same(door, "members", &found, expected);
            }
            "why_not" => listed.iter().for_each(|case| self.why_not(door, case, &now)),
            "views" => of_door(&listed, door).for_each(|case| self.view(door, case, &now)),
            "steps" => listed.iter().for_each(|case| {
                let view = own_view(door, text(&case["member"]), case["now"].as_str().unwrap_or(&now));
                self.same(door, &format!("steps of {}", case["member"]), &steps(&view["steps"]), &case["is"]);
            }),
            "models" if door.name() == "natively" => listed.iter().for_each(|case| self.model(door, case, &now)),
            "boards" => of_door(&listed, door).for_each(|case| self.board(door, case, &now)),
            "experts" => of_door(&listed, door).for_each(|case| self.experts(door, case, &now)),
            "topics" => of_door(&listed, door).for_each(|case| {
                let found = door.ask(&search("topics", case, &now)).expect("topics can be asked for");
                self.same(door, &format!("topics suggested for {case}"), &found, &case["is"]);
            }),
            "cohorts" => listed.iter().for_each(|case| self.cohort(door, case, &now)),
            "errors" | "redeemable" | "models" => {}
            other => self.failed.push(format!("nothing is expected by `{other}`")),
        }
    }

    fn same(&mut self, door: &dyn Door, what: &str, found: &Value, expected: &Value) {
        if found != expected {
            self.failed.push(format!("{}: {what}: found {found}, expected {expected}", door.name()));
        }
    }

    fn why_not(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let query = json!({ "source": case["activity"][0], "activity": case["activity"][1] });
        let question = json!({ "do": "why_not", "member": case["member"], "query": query, "now": now });
        let answer = door.ask(&question).expect("why not can be asked");
        let skips = &answer["skips"];
        let skip =
            skips.as_array().into_iter().flatten().find(|skip| skip["rule"] == case["rule"]).map(Value::to_string);
        let says = case["says"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let is_told = skip.map(|skip| says.into_iter().all(|part| skip.contains(part)));
        if is_told != (case.get("says") != Some(&Value::Null)).then_some(true) {
            self.failed.push(format!("{}: {case} is not among {skips}", door.name()));
        }
    }

    fn view(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let now = case["now"].as_str().unwrap_or(now);
        let (member, viewer, team) = (&case["member"], &case["viewer"], &case["team"]);
        let question = json!({ "do": "view", "member": member, "viewer": viewer, "team": team, "now": now });
        let view = door.ask(&question).expect("a view can be asked for");
        if case.get("is").is_some() {
            self.same(door, "a view", &view, &case["is"]);
        }
        for (pointer, expected) in case["has"].as_object().into_iter().flatten() {
            let found = view.pointer(pointer).unwrap_or(&Value::Null);
            self.same(door, &format!("{pointer} of {} for {}", case["member"], case["viewer"]), found, expected);
        }
    }

    fn model(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let question = json!({ "do": "model", "member": case["member"], "viewer": case["viewer"], "now": now });
        let found = match case.get("are") {
            Some(_) => door.ask(&json!({ "do": "models", "viewer": case["viewer"], "now": now })),
            None => door.ask(&question),
        };
        let found = found.expect("models can be asked for");
        let (found, expected) = match (case.get("are"), case.get("steps")) {
            (Some(are), _) => (found, are),
            (None, Some(expected)) => (steps(&found["steps"]), expected),
            (None, None) => (found, &Value::Null),
        };
        self.same(door, &format!("model {} for {}", case["member"], case["viewer"]), &found, expected);
    }

    fn board(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let now = case["now"].as_str().unwrap_or(now);
        let (board, viewer, team, rows) = (&case["board"], &case["viewer"], &case["team"], &case["rows"]);
        let question =
            json!({ "do": "board", "board": board, "viewer": viewer, "team": team, "rows": rows, "now": now });
        let board = door.ask(&question).expect("a board can be asked for");
        let rows = board["rows"].as_array().expect("a board has rows").iter();
        let rows: Vec<Value> = rows.map(|row| json!([row["place"], row["member"], row["total"]])).collect();
        self.same(door, "a board", &Value::from(rows), &case["is"]);
    }

    fn experts(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let found = door.ask(&search("experts", case, now)).expect("experts can be asked for");
        if case.get("is").is_some() {
            self.same(door, "experts", &found, &case["is"]);
        }
        if case.get("rows").is_some() {
            let row = |row: &Value| json!([row["member"], row["strength"], row["confirmed"]]);
            let rows: Vec<Value> = found["experts"].as_array().into_iter().flatten().map(row).collect();
            self.same(door, &format!("experts for {case}"), &Value::from(rows), &case["rows"]);
        }
    }

    fn cohort(&mut self, door: &mut dyn Door, case: &Value, now: &str) {
        let now = case["now"].as_str().unwrap_or(now);
        let question = json!({ "do": "cohort", "challenge": case["challenge"], "now": now });
        let found = door.ask(&question).expect("a cohort can be asked for");
        self.same(door, "a cohort", &found, &case["is"]);
    }
}

/// The cases that can be asked at a door.
fn of_door<'c>(cases: &'c [Value], door: &dyn Door) -> impl Iterator<Item = &'c Value> + use<'c> {
    let knows_teams = door.name() == "natively";
    cases.iter().filter(move |case| knows_teams || case["team"].is_null())
}

/// A search for topics or for who is known for one.
fn search(what: &str, case: &Value, now: &str) -> Value {
    let mut question = json!({ "do": what, "viewer": case["viewer"], "now": now, "count": 10 });
    for key in ["topic", "beginning", "team", "count"] {
        if let Some(said) = case.get(key) {
            question[key] = said.clone();
        }
    }
    question
}

/// Takes one step of `when`: a void that the host was told of, `{"void": [source, id]}`, or a line of the feed.
fn take(door: &mut dyn Door, step: &Value) -> Result<Value, String> {
    match step.get("void") {
        Some(of @ Value::Array(_)) => door.ask(&json!({ "do": "void", "source": of[0], "id": of[1] })),
        _ => door.ask(&json!({ "do": "apply", "activity": step })),
    }
}

fn own_view(door: &mut dyn Door, member: &str, now: &str) -> Value {
    door.ask(&json!({ "do": "view", "member": member, "viewer": member, "now": now })).expect("a view can be asked for")
}

/// What is offered next, in short.
fn steps(view: &Value) -> Value {
    let short = |step: &Value| {
        let id = [&step["id"], &step["step"]].into_iter().filter_map(Value::as_str).collect::<Vec<_>>().join("/");
        json!([step["target"], id, step["audience"]])
    };
    view.as_array().into_iter().flatten().map(short).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn ledger(door: &mut dyn Door, member: &str) -> Vec<Value> {
    let lines = door.ask(&json!({ "do": "ledger", "member": member })).expect("a ledger is known");
    let lines = lines.as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// One value of each item of a list, by the item's name.
fn by_name(list: &Value, name: &str, key: &str) -> Value {
    let items = list.as_array().into_iter().flatten();
    items.map(|item| (item[name].as_str().unwrap_or("?").to_owned(), item[key].clone())).collect::<Map<_, _>>().into()
}

/// The lines, each cut down to what is expected of the line at its place.
fn cut(lines: &[Value], expected: &Value) -> Value {
    let cut = lines.iter().enumerate().map(|(index, line)| match expected[index].as_object() {
        Some(keys) => keys.keys().map(|key| (key.clone(), line[key].clone())).collect::<Map<_, _>>().into(),
        None => line.clone(),
    });
    Value::Array(cut.collect())
}

/// The badges that a ledger leaves held.
fn held(lines: &[Value], program: &Value) -> Value {
    let mut held = BTreeSet::new();
    for line in lines.iter().filter(|line| line["badge"].is_string()) {
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let each = program["badges"][text("badge")]["given"] == "each";
        let key = (text("badge"), if each { text("object") } else { String::new() }, text("grade"));
        if line["taken"] == true {
            held.remove(&key);
        } else {
            held.insert(key);
        }
    }
    let named: BTreeSet<_> = held.into_iter().map(|(badge, object, _)| (badge, object)).collect();
    named
        .into_iter()
        .map(|(badge, object)| if object.is_empty() { json!(badge) } else { json!([badge, object]) })
        .collect()
}
