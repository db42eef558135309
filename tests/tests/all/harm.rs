//! Harm: each mechanic known to hurt people has a program in `tests/harm/` that is warned of it alone, and beside it
//! one without the harm that gets no warning. The table in core/PROGRAM.md is made from them.
//!
//! `INSTA_UPDATE=always` writes the table anew.

use insta::{Settings, assert_snapshot};
use knownfor::{Program, Zone};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// A mechanic and the text of its program.
struct Mechanic {
    name: String,
    text: String,
}

impl Mechanic {
    /// Line 1 of its program is the title, line 2 what is warned.
    fn line(&self, index: usize) -> &str {
        self.text.lines().nth(index).and_then(|line| line.strip_prefix("# ")).expect("two lines say what it is")
    }
}

fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn warnings(text: &str) -> Vec<String> {
    let program = Program::from_toml(text, Zone::named).unwrap_or_else(|problems| panic!("{text}\n{problems}"));
    program.warnings().iter().map(ToString::to_string).collect()
}

/// The mechanics, in the order of their names.
fn mechanics() -> Vec<Mechanic> {
    let files = fs::read_dir(tests().join("harm")).expect("there are programs").flatten();
    let names = files.filter_map(|file| Some(file.file_name().to_str()?.strip_suffix(".toml")?.to_owned()));
    let mut names: Vec<_> = names.filter(|name| !name.ends_with("-fixed")).collect();
    names.sort();
    let mechanic = |name: String| Mechanic { text: read(&tests().join(format!("harm/{name}.toml"))), name };
    names.into_iter().map(mechanic).collect()
}

#[test]
fn each_harm_is_warned_of_alone() {
    let mut told = Vec::new();
    let mut wrong = Vec::new();
    for mechanic in mechanics() {
        let warnings = warnings(&mechanic.text);
        if warnings.len() != 1 {
            wrong.push(format!("{}: {warnings:#?}", mechanic.name));
        }
        told.push(format!("{}\n  {}", mechanic.name, warnings.join("\n  ")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut settings = Settings::clone_current();
    settings.set_snapshot_path(tests().join("harm"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("warnings", told.join("\n")));
}

/// Other spellings: a program of `tests/harm/`, what is replaced in it and by what, and what is then warned.
const SPELLINGS: [(&str, &str, &str, &[&str]); 33] = [
    ("endless-goal", "count =", "distinct = \"object\"\nof =", &["/rules/five-comments"]),
    ("endless-goal", "count =", "distinct = \"day\"\nof =", &[]),
    ("endless-goal", "given = \"every\"", "given = \"once\"", &[]),
    ("loose-limit", "{ times = 1000000 }", "{ times = 900, per = \"day\" }", &["/rules/comment/limit"]),
    ("loose-limit", "{ times = 1000000 }", "{ points = 9000, per = \"week\" }", &["/rules/comment/limit"]),
    ("loose-limit", "{ times = 1000000 }", "{ times = 900, per = [\"object\", \"day\"] }", &["/rules/comment/limit"]),
    ("loose-limit", "{ times = 1000000 }", "{ times = 1, per = \"object\" }", &[]),
    ("losses", "-5", "{ nth = [0, -5] }", &["/rules/late/give"]),
    ("losses-by-attribute", "} }\ngive", "}, karma = { any = [1, 2] } }\ngive", &[]),
    ("losses-by-attribute", "} }\ngive", "}, not = { karma = { max = -1 } } }\ngive", &[]),
    ("losses-by-attribute", "} }\ngive", "}, karma = { min = -1 } }\ngive", &["/rules/karma/give/points/by"]),
    ("all-time-ranking", "[currencies.points]", "[currencies.points]\nper = \"quarter\"", &[]),
    ("long-streak", "\"week\"", "\"month\"", &["/rules/steady/when/weeks"]),
    ("no-rest-in-a-month", "per = \"month\"", "within = \"30 days\"", &["/rules/steady/when/days"]),
    ("no-rest-in-a-month", "per = \"month\"", "per = \"quarter\"", &[]),
    ("paid-publishing", "on = \"profile.published\"", "on = [\"profile.published\"]", &["/rules/published"]),
    ("sensitive-question", "What is your religion?", "Where were you?", &["/rules/answer/when/fields"]),
    ("sensitive-question", "de = \"Welche Religion", "de = \"Welche Farbe", &["/rules/answer/when/fields"]),
    ("deadline", "days = 3", "from = \"2026-03-02\"\nuntil = \"2026-03-04\"", &["/challenges/sprint/until"]),
    ("burst", "distinct = \"object\"\nof =", "count =", &["/badges/busy/when/pages-today"]),
    ("burst", "per = \"day\"", "within = \"2 hours\"", &["/badges/busy/when/pages-today"]),
    ("burst", "per = \"day\"", "per = \"month\"", &[]),
    ("rising-amounts", "per = \"day\"", "per = [\"object\", \"week\"]", &["/rules/edit/give"]),
    ("zero-sum", "stock = 1", "stock = 50", &[]),
    ("reporting", "{ kind = \"mistake.found\", by = \"anyone\" }", "\"mistake.found\"", &[]),
    (
        "reporting",
        "on = \"mistake.reported\"\n",
        "on = [\"mistake.found\", \"mistake.reported\"]\n",
        &["/rules/reported"],
    ),
    ("one-judge", "actor = \"head-of-sales\"", "actor = { any = [\"ada\", \"bob\"] }", &["/rules/praised/give"]),
    ("one-judge", "actor = \"head-of-sales\"", "actor = { not = \"@owner\" }", &[]),
    ("self-praise", "give =", "if = { owner = { not = \"@actor\" } }\ngive =", &[]),
    ("self-praise", "give =", "if = { not = { actor = \"@owner\" } }\ngive =", &[]),
    (
        "self-praise",
        "give =",
        "if = { any = [{ actor = { missing = true } }, { actor = { not = \"@owner\" } }] }\ngive =",
        &[],
    ),
    (
        "self-praise",
        "give =",
        "if = { any = [{ hour = { min = 9 } }, { actor = { not = \"@owner\" } }] }\ngive =",
        &["/rules/liked"],
    ),
    ("self-praise", "to = \"owner\"", "to = \"recipient\"", &["/rules/liked"]),
];

#[test]
fn harm_is_warned_of_however_it_is_spelt() {
    let mut wrong = Vec::new();
    for (name, from, to, expected) in SPELLINGS {
        let text = read(&tests().join(format!("harm/{name}.toml")));
        assert!(text.contains(from), "{name} has no {from}");
        let warnings = warnings(&text.replace(from, to));
        let fits = warnings.iter().filter(|warning| !warning.contains("neither holds nor fails"));
        let paths: Vec<_> = fits.map(|warning| warning.split(": ").next().unwrap_or_default()).collect();
        if paths != expected {
            wrong.push(format!("{name}: {to}: {warnings:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn without_the_harm_there_is_no_warning() {
    for mechanic in mechanics() {
        let fixed = read(&tests().join(format!("harm/{}-fixed.toml", mechanic.name)));
        assert_eq!(warnings(&fixed), [""; 0], "{}", mechanic.name);
    }
}

#[test]
fn the_table_of_mechanics_is_that_of_the_programs() {
    const FROM: &str = "What may harm people:\n\n";
    const UNTIL: &str = "\nWhat may harm and cannot be told from a program:\n";
    let path = tests().join("../core/PROGRAM.md");
    let page = read(&path);
    let (before, rest) = page.split_once(FROM).expect("the table has its place");
    let (table, after) = rest.split_once(UNTIL).expect("the table has an end");
    let mut rows = vec!["| mechanic | what is warned | program |".into(), "|---|---|---|".into()];
    let row = |its: &Mechanic| format!("| {} | {} | `{}` |", its.line(0), its.line(1), its.name);
    let mut mechanics = mechanics();
    mechanics.sort_by(|one, other| one.line(0).cmp(other.line(0)));
    rows.extend(mechanics.iter().map(row));
    let made = rows.join("\n") + "\n";
    assert!(rows.len() > 30, "the catalogue is short");
    if table != made && env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(&path, [before, FROM, &made, UNTIL, after].concat()).expect("PROGRAM.md can be written");
        return;
    }
    assert_eq!(table, made, "INSTA_UPDATE=always writes it anew");
}
