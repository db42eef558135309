//! Whether the generated cases are good ones: programs are accepted, and everything a program can say makes a
//! difference somewhere.

use crate::world::tree;
use jiff::Timestamp;
use knownfor::{Program, Zone};
use knownfor_tests::{
    generate::{self, Case},
    model::{self, Consent, Holder, Known, Line, PARTS, Pilot, Reason, Topic, Viewer},
};
use proptest::{strategy::Strategy, strategy::ValueTree, test_runner::TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Each thing must happen in at least 5 of 4,000 cases. Once all have, no more cases are needed.
const ENOUGH: (u32, u32) = (5, 4_000);

#[test]
fn generated_cases_cover_the_language() {
    let mut runner = TestRunner::deterministic();
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for number in 0..ENOUGH.1 {
        if number > 0 && seen.values().all(|count| *count >= ENOUGH.0) {
            break;
        }
        let case = generate::cases(36).new_tree(&mut runner).expect("cases can be made up").current();
        let told = Told::new(&case);
        for (what, happened) in told.happenings() {
            *seen.entry(what).or_default() += u32::from(happened);
        }
        for (what, without) in DECIDE {
            // Each of these costs another run of the model, so counting stops once there are enough.
            let count = seen.entry(what).or_default();
            *count += u32::from(*count < ENOUGH.0 && told.differs(*without));
        }
    }
    println!("{seen:#?}");
    let rare: Vec<_> = seen.iter().filter(|(_, count)| **count < ENOUGH.0).collect();
    assert!(rare.is_empty(), "too rare: {rare:?}");
}

/// A program that is refused would test nothing.
#[test]
fn generated_programs_have_no_problems() {
    let mut runner = TestRunner::deterministic();
    let mut problems = BTreeMap::new();
    for _ in 0..500 {
        let program = generate::programs().new_tree(&mut runner).expect("programs can be made up").current();
        if let Err(found) = Program::check(&tree(&program.to_string()), Zone::named) {
            problems.extend(found.iter().map(|problem| (problem.message.clone(), problem.path.clone())));
        }
    }
    assert_eq!(problems, BTreeMap::new());
}

/// Extremes that are mostly refused would test little.
#[test]
fn extremes_are_often_accepted() {
    let mut runner = TestRunner::deterministic();
    let accepted = (0..200).filter(|_| {
        let case = generate::extremes(20).new_tree(&mut runner).expect("cases can be made up").current();
        Program::check(&tree(&case.program.to_string()), Zone::named).is_ok()
    });
    let accepted = accepted.count();
    assert!(accepted >= 40, "only {accepted} of 200 extreme programs are accepted");
}

/// The results of a case, by the model.
struct Told<'c> {
    case: &'c Case,
    known: BTreeMap<String, Known>,
}

impl<'c> Told<'c> {
    fn new(case: &'c Case) -> Self {
        Self { case, known: model::run(&case.program, &case.record, &case.voids, None) }
    }

    fn any(&self, what: impl Fn(&Known) -> bool) -> bool {
        self.known.values().any(what)
    }

    fn line(&self, what: impl Fn(&Line) -> bool) -> bool {
        self.any(|known| known.lines.iter().any(&what))
    }

    /// Whether any line of a rule meets a condition.
    fn rule(&self, what: impl Fn(&Value, &Line) -> bool) -> bool {
        self.line(|line| line.cause == "rule" && what(&self.case.program["rules"][&line.name], line))
    }

    fn badge(&self, what: impl Fn(&Value, &Line) -> bool) -> bool {
        self.line(|line| line.cause == "badge" && what(&self.case.program["badges"][&line.name], line))
    }

    /// Whether any line of a level meets a condition. A level that repeats another is not in the program.
    fn level(&self, what: impl Fn(&Value, &Line) -> bool) -> bool {
        self.line(|line| line.cause == "level" && what(&self.case.program["levels"][&line.name], line))
    }

    fn pilot(&self, what: impl Fn(&Pilot) -> bool) -> bool {
        self.any(|known| known.challenges.values().any(&what))
    }

    fn skipped(&self, why: Reason) -> bool {
        self.any(|known| known.skips.values().any(|reason| *reason == why))
    }

    /// Whether time alone brought a line.
    fn is_due(&self, line: &Line) -> bool {
        let is_its = |activity: &&Value| activity["source"] == *line.source && activity["id"] == *line.activity;
        let activity = self.case.record.iter().find(is_its).expect("a line has an activity");
        let instant = |text: &str| text.parse::<Timestamp>().expect("a time");
        activity["at"].as_str().map(instant) != Some(instant(&line.at))
    }

    /// Whether the ledger or an audience changes when a part of the program is removed.
    fn differs(&self, without: fn(&mut Value)) -> bool {
        let mut program = self.case.program.clone();
        without(&mut program);
        if program == self.case.program {
            return false;
        }
        let told = |known: &BTreeMap<String, Known>| -> Vec<_> {
            known.values().map(|known| (known.lines.clone(), known.consent.clone())).collect()
        };
        told(&model::run(&program, &self.case.record, &self.case.voids, None)) != told(&self.known)
    }

    fn consents(&self, what: impl Fn(&Consent) -> bool) -> bool {
        self.any(|known| what(&known.consent))
    }

    fn topics(&self, what: impl Fn(&Topic, &Known) -> bool) -> bool {
        self.any(|known| known.topics.iter().any(|topic| what(topic, known)))
    }

    fn happenings(&self) -> Vec<(&'static str, bool)> {
        [self.of_points(), self.of_goals(), self.of_challenges(), self.of_people()].concat()
    }

    fn of_points(&self) -> Vec<(&'static str, bool)> {
        vec![
            ("a limit left nothing", self.skipped(Reason::Held(Holder::Limit))),
            ("a limit or floor held", self.any(|known| known.held_back > 0)),
            ("a floor left nothing", self.skipped(Reason::Held(Holder::Floor))),
            ("an amount came to nothing", self.skipped(Reason::Nothing)),
            ("a rule was not in force", self.skipped(Reason::Version)),
            ("an amount for the n-th", self.rule(|rule, _| rule["give"].to_string().contains("nth"))),
            ("an amount for the best", self.rule(|rule, _| rule["give"].to_string().contains("\"best\":true"))),
            ("an amount by an attribute", self.rule(|rule, _| rule["give"].to_string().contains("words"))),
            ("a reverse hit", self.any(|known| known.reverses.0 > 0)),
            ("a reverse was reversed", self.any(|known| known.reverses.1 > 0)),
            ("a reverse took points", self.rule(|_, line| line.kind == "unlike")),
            ("a reverse in an earlier season", self.any(|known| known.over > 0)),
            ("a redemption", self.line(|line| line.cause == "reward" && line.amount < 0)),
            ("a redemption taken back", self.line(|line| line.cause == "reward" && line.amount > 0)),
            ("a rule booked what it had kept", self.rule(|rule, line| !rule["on"].is_null() && line.backfill)),
        ]
    }

    fn of_goals(&self) -> Vec<(&'static str, bool)> {
        let again = |line: &Line| line.times >= Some(2);
        vec![
            ("a live badge went", self.badge(|_, line| line.taken)),
            ("a live level went", self.line(|line| line.cause == "level" && line.taken)),
            ("a goal brought a level", self.level(|level, line| !level["when"].is_null() && !line.taken)),
            ("a live level went with its goal", self.level(|level, line| !level["when"].is_null() && line.taken)),
            ("a repeated level", self.level(|level, _| level.is_null())),
            ("a second level", self.any(|known| known.level.as_deref() >= Some("l1"))),
            ("a fourth level", self.any(|known| known.level.as_deref() == Some("l3"))),
            ("a grade above the first", self.badge(|_, line| line.grade.as_deref() == Some("silver"))),
            ("a badge for a key", self.badge(|_, line| line.object.is_some())),
            (
                "a badge for one of several goals",
                self.badge(|badge, _| badge["when"].as_array().is_some_and(|goals| goals.len() > 1)),
            ),
            ("a badge every time", self.badge(|badge, line| badge["given"] == "every" && again(line))),
            ("a badge again", self.badge(|badge, line| badge["given"] == "again" && again(line))),
            ("a badge was renewed", self.any(|known| known.renewed.0 > 0)),
            ("a lapsed badge was given anew", self.any(|known| known.renewed.1 > 0)),
            ("a goal of a rule", self.rule(|rule, _| !rule["when"].is_null())),
            ("a goal of a rule more than once", self.rule(|_, line| again(line))),
            (
                "a goal was filled from before",
                self.line(|line| line.backfill && self.case.program["rules"][&line.name]["on"].is_null()),
            ),
            ("a goal fell due by time alone", self.line(|line| self.is_due(line) && !line.backfill)),
        ]
    }

    fn of_challenges(&self) -> Vec<(&'static str, bool)> {
        vec![
            ("a challenge was left", self.pilot(|pilot| !pilot.joined)),
            ("a challenge was joined anew", self.pilot(|pilot| pilot.joinings > 1)),
            ("a step was done", self.pilot(|pilot| !pilot.done.is_empty())),
            ("a step was declined", self.pilot(|pilot| !pilot.declined.is_empty())),
            ("beside a step that was done", self.pilot(|pilot| !pilot.declined.is_empty() && !pilot.done.is_empty())),
            ("something was shared", self.pilot(|pilot| pilot.shared.values().any(|sum| *sum > 0))),
            ("a rule for a challenge", self.rule(|rule, _| asks_challenge(rule))),
            ("a badge for a challenge", self.badge(|badge, line| asks_challenge(badge) && !line.taken)),
            ("a badge of a challenge went", self.badge(|badge, line| asks_challenge(badge) && line.taken)),
        ]
    }

    fn of_people(&self) -> Vec<(&'static str, bool)> {
        vec![
            (
                "a topic was claimed that nothing speaks for",
                self.topics(|topic, _| topic.claimed && topic.strength == 0),
            ),
            (
                "what speaks for a topic is not claimed",
                self.topics(|topic, known| !topic.claimed && known.claims_topics),
            ),
            (
                "an expert was found",
                self.topics(|topic, known| {
                    topic.claimed && topic.strength > 0 && known.consent.shows("topics", Viewer::Colleague)
                }),
            ),
            ("colleagues confirmed a topic", self.topics(|topic, _| topic.confirmed > 1)),
            ("a profile was published", self.consents(|consent| consent.shows_any(Viewer::Colleague))),
            ("who had published was gone", self.consents(|consent| consent.gone && consent.published)),
            ("somebody is a model", self.consents(|consent| consent.model)),
            (
                "the team saw what the company did not",
                self.consents(|consent| {
                    PARTS
                        .iter()
                        .any(|part| consent.shows(part, Viewer::Mate) && !consent.shows(part, Viewer::Colleague))
                }),
            ),
            (
                "some of a profile was seen and some was not",
                self.consents(|consent| {
                    consent.shows_any(Viewer::Colleague) && !consent.shows("points", Viewer::Colleague)
                }),
            ),
            (
                "who joined a board was not seen there",
                self.consents(|consent| consent.is_on("all", Viewer::Own) && !consent.is_on("all", Viewer::Colleague)),
            ),
        ]
    }
}

/// Removes something from a program.
type Without = fn(&mut Value);

/// Parts of a program that decide something, each with a change that removes it.
const DECIDE: &[(&str, Without)] = &[
    ("leave saved a streak", |program| forget(program, "", "leave")),
    ("a week of one's own decided", |program| forget(program, "", "own_week")),
    ("a day of rest saved a streak", |program| forget(program, "/week", "rest")),
    ("a holiday saved a streak", |program| forget(program, "", "holidays")),
    ("grace saved a streak", |program| forget_in(program, "tallies", |_, key| key == "grace")),
    ("a goal began later", |program| forget_goals(program, "from")),
    ("a goal or rule ended", |program| {
        forget_in(program, "rules", |_, key| key == "until");
        forget_goals(program, "until");
    }),
    ("a limit with a key held", |program| forget_limits(program, "per", |per| !is_window(per))),
    ("a limit within hours held", |program| forget_limits(program, "within", |_| true)),
    ("a rolling tally decided", |program| forget_in(program, "tallies", |_, key| key == "within")),
    ("a window of a quarter or a year decided", |program| {
        for section in ["tallies", "limits", "rules"] {
            forget_long_windows(&mut program[section]);
        }
    }),
    ("the length of a season decided", |program| {
        program["season"] = json!({ "starts": "1990-01-01", "months": 120 });
    }),
    ("the day on which seasons begin decided", |program| program["season"]["starts"] = "2026-04-03".into()),
    ("a currency in a window decided", |program| forget_in(program, "currencies", |_, key| key == "per")),
    ("a field decided", |program| forget_conditions(program, &["\"field\""])),
    ("a total decided", |program| forget_conditions(program, &["\"coin\"", "\"star\"", "\"shy\""])),
    ("one's own standing decided", |program| {
        forget_conditions(program, &["\"level\"", "\"badge\"", "\"completeness\"", "\"t"]);
    }),
    ("a streak in a condition decided", |program| forget_conditions(program, &["\"t5\""])),
    ("hiding again decided", |program| forget(program, "/profile", "hidden_by")),
    ("coming back decided", |program| forget(program, "/members", "back_by")),
    ("leaving a board decided", |program| forget_in(program, "boards", |_, key| key == "left_by")),
    ("who saw what without a word decided", forget_in_audience),
    ("a word on who sees what was taken back", |program| forget(program, "/kinds/unshared", "reverses")),
    ("time since in a condition decided", |program| forget_conditions(program, &["\"t6\""])),
    ("the second step of a challenge decided", |program| {
        forget(program, "/challenges/c0/steps", "s1");
        forget(program, "/challenges/c1/steps", "s1");
    }),
    ("the last day of a challenge decided", |program| {
        program["challenges"]["c0"]["days"] = 366.into();
        program["challenges"]["c1"]["until"] = "2031-12-31".into();
    }),
    ("the first day of a challenge decided", |program| program["challenges"]["c1"]["from"] = "2020-01-01".into()),
    ("leaving a challenge decided", |program| forget_in(program, "challenges", |_, key| key == "left_by")),
];

fn asks_challenge(of: &Value) -> bool {
    of.to_string().contains("\"challenge\"")
}

/// Removes the program's audiences and keeps the kind by which members choose them.
fn forget_in_audience(program: &mut Value) {
    program["audience"].as_object_mut().into_iter().for_each(|audience| audience.retain(|key, _| key == "on"));
}

fn is_window(per: &Value) -> bool {
    per.as_str().is_some_and(|per| ["day", "week", "month", "quarter", "year", "season", "ever"].contains(&per))
}

fn forget(program: &mut Value, table: &str, key: &str) {
    if let Some(table) = program.pointer_mut(table).and_then(Value::as_object_mut) {
        table.remove(key);
    }
}

/// Removes the keys that `what` selects from every table of a section.
fn forget_in(program: &mut Value, section: &str, what: impl Fn(&Value, &str) -> bool) {
    for (_, of) in program[section].as_object_mut().into_iter().flatten() {
        of.as_object_mut().expect("a section holds tables").retain(|key, value| !what(value, key));
    }
}

/// Removes a word from all goals.
fn forget_goals(program: &mut Value, word: &str) {
    for section in ["rules", "badges"] {
        for (_, of) in program[section].as_object_mut().into_iter().flatten() {
            for place in ["when", "grades"] {
                of.get_mut(place).into_iter().for_each(|goals| forget_deep(goals, word));
            }
        }
    }
}

fn forget_deep(tree: &mut Value, word: &str) {
    match tree {
        Value::Array(items) => items.iter_mut().for_each(|item| forget_deep(item, word)),
        Value::Object(entries) => {
            entries.remove(word);
            entries.values_mut().for_each(|value| forget_deep(value, word));
        }
        _ => {}
    }
}

/// Removes quarters and years wherever something is counted in them.
fn forget_long_windows(tree: &mut Value) {
    let is_long = |per: &Value| *per == "quarter" || *per == "year";
    match tree {
        Value::Array(items) => items.iter_mut().for_each(forget_long_windows),
        Value::Object(entries) => {
            if let Some(Value::Array(per)) = entries.get_mut("per") {
                per.retain(|word| !is_long(word));
            }
            entries.retain(|key, value| key != "per" || !is_long(value));
            entries.values_mut().for_each(forget_long_windows);
        }
        _ => {}
    }
}

/// Removes the limits whose `word` meets a condition.
fn forget_limits(program: &mut Value, word: &str, what: impl Fn(&Value) -> bool) {
    let limits = program["limits"].clone();
    for (_, rule) in program["rules"].as_object_mut().into_iter().flatten() {
        let is_kept = |limit: &Value| {
            let says = limit.as_str().map_or(limit, |shared| &limits[shared]);
            says.get(word).is_none_or(|said| !what(said))
        };
        match rule.get_mut("limit") {
            Some(Value::Array(listed)) => listed.retain(is_kept),
            Some(one) if !is_kept(one) => *one = Value::Array(Vec::new()),
            _ => {}
        }
    }
}

/// Removes the conditions that contain one of some words.
fn forget_conditions(program: &mut Value, words: &[&str]) {
    for section in ["rules", "tallies"] {
        forget_in(program, section, |value, key| {
            let text = value.to_string();
            key == "if" && words.iter().any(|word| text.contains(word))
        });
    }
}
