//! Typings: the package declares the JSON that core writes, field by field: every view in `elements.d.ts`, and what the
//! engine of servers answers beside them in `engine/types.d.ts`.

use regex_lite::{Captures, Regex};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Views that no element draws, and the question.
const NEVER_IN_A_PAGE: [&str; 4] = ["ViewContext", "GroupView", "ModelView", "ReportView"];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What the engine of servers answers beside views, and what they consist of.
const BESIDE_VIEWS: [&str; 6] = ["Explanation", "PartLine", "FailedTest", "Warning", "Problem", "Status"];

/// The sources that declare all of these and the words in them.
fn core_sources() -> String {
    let data = [
        "view/data/mod",
        "view/data/badges",
        "view/data/board",
        "view/data/entry",
        "view/data/challenge",
        "view/data/group",
        "view/data/points",
        "view/data/profile",
        "view/data/topics",
        "view/data/step",
        "input/activity",
        "input/origin",
        "state/entry_line",
        "explain/explanation",
        "explain/evidence",
        "explain/cuts",
        "explain/why_not",
        "check/lint",
        "language/problem",
        "language/position",
        "engine/outcome",
    ];
    let words = ["language/audience", "program/value", "language/face", "program/field", "base/day"];
    data.iter().chain(&words).map(|file| read(&format!("core/src/{file}.rs"))).collect()
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern")
}

/// The body of each declaration of a source, by name.
fn declared(source: &str, keyword: &str, end: &str) -> BTreeMap<String, String> {
    let all = pattern(&format!(r"(?ms)^(?:pub|export) {keyword} (\w+)[^\n]*?[{{=]\s*(.*?){end}"));
    all.captures_iter(source).map(|found| (found[1].to_owned(), found[2].to_owned())).collect()
}

/// A view's fields in TypeScript, and the names of the types in them.
fn fields(body: &str, names: &mut BTreeSet<String>) -> Vec<String> {
    let field = pattern(r"(?m)((?:^\s*(?:///|#\[).*\n)*)^\s*pub (\w+): (.+),$");
    let said = |found: Captures<'_>| {
        let [attributes, name, rust] = [1, 2, 3].map(|group| found[group].to_owned());
        assert!(
            !attributes.contains("rename") && !attributes.contains("flatten"),
            "{name}: not foreseen here: {attributes}"
        );
        let is_optional = attributes.contains("skip_serializing_if");
        assert!(
            is_optional || !rust.starts_with("Option<"),
            "{name}: a view leaves out what it has not, and never says null"
        );
        let mark = if is_optional { "?" } else { "" };
        format!("{name}{mark}: {};", typed(&rust, names))
    };
    field.captures_iter(body).map(said).collect()
}

/// The TypeScript type of the JSON of a Rust type.
fn typed(rust: &str, names: &mut BTreeSet<String>) -> String {
    let within = |outer: &str| rust.strip_prefix(outer).and_then(|rest| rest.strip_suffix('>'));
    match rust {
        "String" => "string".into(),
        "bool" => "boolean".into(),
        "i64" | "u32" | "u8" | "usize" => "number".into(),
        "[String; 2]" => "[string, string]".into(),
        _ => match (within("Option<"), within("Vec<")) {
            (Some(inner), _) => typed(inner, names),
            (_, Some(inner)) => typed(inner, names) + "[]",
            _ => {
                names.insert(rust.to_owned());
                rust.to_owned()
            }
        },
    }
}

/// `DoesNotApply` as `'does-not-apply'`.
fn word(variant: &str) -> String {
    let dashed = pattern("([a-z])([A-Z])").replace_all(variant, "$1-$2").to_lowercase();
    format!("'{dashed}'")
}

#[test]
fn the_package_draws_the_version_of_the_views_of_core() {
    let said = format!("const VIEW_VERSION = {};", knownfor::view::VIEW_VERSION);
    assert!(read("wasm/js/warnings.js").contains(&said), "wasm/js/warnings.js should have the line `{said}`");
}

#[test]
fn the_types_of_the_package_are_the_views_of_core() {
    let (core, page) = (core_sources(), read("wasm/js/elements.d.ts") + &read("wasm/js/engine/types.d.ts"));
    let page = pattern(r"(?m)^\s*/\*\*.*\*/\n").replace_all(&page, "").into_owned();
    let (structs, enums) = (declared(&core, "struct", r"^\}"), declared(&core, "enum", r"^\}"));
    let (interfaces, unions) = (declared(&page, "interface", r"^\}"), declared(&page, "type", ";"));
    let in_views = |name: &str| name.ends_with("View") && !NEVER_IN_A_PAGE.contains(&name);
    let mut names: BTreeSet<String> = structs.keys().filter(|name| in_views(name)).cloned().collect();
    names.extend(BESIDE_VIEWS.map(String::from));
    let mut seen = BTreeSet::new();
    while let Some(name) = names.pop_first() {
        if !seen.insert(name.clone()) {
            continue;
        }
        if let Some(body) = structs.get(&name) {
            let said: Vec<_> = interfaces.get(&name).map_or("", |body| body).lines().map(str::trim).collect();
            assert_eq!(said, fields(body, &mut names), "`{name}` in the package's types, and in core");
        } else {
            let body = enums.get(&name).unwrap_or_else(|| panic!("`{name}` is declared in no file that is read here"));
            let variants =
                pattern(r"(?m)^\s*([A-Z]\w*),$").captures_iter(body).map(|found| word(&found[1])).collect::<Vec<_>>();
            let said =
                unions.get(&name).map_or("", |union| union).split('|').map(str::trim).filter(|word| !word.is_empty());
            assert_eq!(said.collect::<Vec<_>>(), variants, "`{name}` in the package's types, and in core");
        }
    }
    assert!(seen.len() > 30, "only these were found: {seen:?}");
}
