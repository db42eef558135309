//! House rules: what ARCHITECTURE.md promises about `core/src` and the drawing, read from the sources.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The sources of core, each with its folder, without comments and unit tests.
fn sources() -> Vec<(String, PathBuf, String)> {
    sources_below("core/src")
}

/// The sources below a folder of the workspace.
fn sources_below(folder: &str) -> Vec<(String, PathBuf, String)> {
    let root = workspace().join(folder);
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).expect("the folder has sources").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let below = path.strip_prefix(&root).expect("a source is below the root").to_owned();
            let module = below.iter().next().map(|name| name.to_string_lossy().trim_end_matches(".rs").to_owned());
            let text = fs::read_to_string(&path).expect("a source can be read");
            sources.push((module.unwrap_or_default(), below, code(&text)));
        }
    }
    sources
}

/// The code of a file: without comments, and without what follows `#[cfg(test)]`.
fn code(text: &str) -> String {
    let tested = text.split("#[cfg(test)]").next().unwrap_or_default();
    tested.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The folders of core in the order in which lib.rs declares them, lowest first.
fn folders() -> BTreeMap<String, usize> {
    let map = fs::read_to_string(workspace().join("core/src/lib.rs")).expect("core has lib.rs");
    let declared = map.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    let names = declared.filter_map(|name| name.strip_suffix(';'));
    names.enumerate().map(|(height, name)| (name.to_owned(), height)).collect()
}

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folders that a file imports: each name after `crate::`, alone or in braces.
fn used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            let name = word(rest);
            // A macro stands at the root, wherever it is declared.
            if !rest[name.len()..].starts_with('!') {
                used.push(name);
            }
            continue;
        };
        let mut depth = 0_u32;
        let mut begins = true;
        for (at, sign) in list.char_indices() {
            match sign {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                _ if begins && !sign.is_whitespace() => {
                    begins = false;
                    used.push(word(&list[at..]));
                }
                _ => {}
            }
        }
    }
    // `crate::Window` and the like are re-exports of lib.rs.
    used.retain(|name| name.starts_with(char::is_lowercase));
    used
}

fn word(text: &str) -> String {
    text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect()
}

#[test]
fn imports_point_down() {
    let folders = folders();
    let mut wrong = Vec::new();
    for (folder, path, code) in sources() {
        if folder == "lib" {
            continue;
        }
        let Some(height) = folders.get(&folder) else {
            wrong.push(format!("{} is in no folder that lib.rs declares", path.display()));
            continue;
        };
        for used in used(&code).into_iter().filter(|used| *used != folder) {
            match folders.get(&used) {
                Some(below) if below < height => {}
                Some(_) => {
                    wrong.push(format!("{} imports {used}, which lib.rs declares after {folder}", path.display()))
                }
                None => wrong.push(format!("{} imports {used}, which lib.rs does not declare", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn core_has_a_dozen_folders_and_the_map_shows_each() {
    let entries = fs::read_dir(workspace().join("core/src")).expect("core has sources").count();
    assert!(entries <= 12, "core/src has {entries} entries; a reader takes in about a dozen");
    let map = fs::read_to_string(workspace().join("ARCHITECTURE.md")).expect("there is ARCHITECTURE.md");
    let missing: Vec<_> = folders().into_keys().filter(|folder| !map.contains(&format!("{folder}/"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not show {}", missing.join(", "));
}

#[test]
fn core_holds_no_floats_clocks_hash_maps_or_panics() {
    // Tests are left out. Anything that can fail returns an error or `None`.
    let never = [
        "f32",
        "f64",
        "HashMap",
        "HashSet",
        "std::",
        "SystemTime",
        ".unwrap()",
        ".expect(",
        "panic!(",
        "unreachable!(",
        "todo!(",
        "unimplemented!(",
        "unsafe ",
        "thread_local",
        "static mut",
        // The laws run natively, so a page must run the same code.
        "target_arch",
    ];
    let mut wrong = Vec::new();
    for (_, path, code) in sources() {
        for (number, line) in code.lines().enumerate() {
            for word in never.iter().filter(|word| line.contains(*word)) {
                // What serde hands over as a fraction is carried and shown, and computed with never.
                let carries =
                    path.ends_with("fraction.rs") && ["number", "bits", "From<f64>"].iter().any(|of| line.contains(of));
                if *word == "f64" && carries || line.contains("visit_f64") || line.trim() == "f32 f64" {
                    continue;
                }
                wrong.push(format!("{}:{}: `{word}` in `{}`", path.display(), number + 1, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_of_core_says_what_it_is_and_stays_short() {
    let root = workspace().join("core/src");
    let mut wrong = Vec::new();
    for (_, path, _) in sources() {
        let text = fs::read_to_string(root.join(&path)).expect("a source can be read");
        if path != Path::new("lib.rs") && !text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with a line that says what it is", path.display()));
        }
        if text.lines().count() > 500 {
            wrong.push(format!(
                "{} has {} lines; a file that long answers more than one question",
                path.display(),
                text.lines().count()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the drawing may use of core besides `knownfor::view`: the plain data that views and explanations consist of,
/// and how plain data is read.
const DRAWN: [&str; 18] = [
    "ActivityLine",
    "Audience",
    "Cut",
    "EntryLine",
    "Explanation",
    "FieldState",
    "FromTree",
    "Icon",
    "LimitLine",
    "PartLine",
    "Reader",
    "Shape",
    "SkipReason",
    "SkippedRule",
    "Tree",
    "WhyNot",
    "Window",
    "from_tree",
];

#[test]
fn the_drawing_knows_the_view_and_nothing_behind_it() {
    let mut wrong = Vec::new();
    let drawing = ["wasm/elements/src", "wasm/draw/src", "wasm/html/src"].map(sources_below);
    for (_, path, code) in drawing.into_iter().flatten() {
        for rest in code.split("knownfor::").skip(1) {
            let path_or_list = rest.split(';').next().unwrap_or_default();
            let outside_view = path_or_list.split("view::").next().unwrap_or_default();
            let names = outside_view.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|name| !name.is_empty());
            for name in names.filter(|name| !DRAWN.contains(name)) {
                wrong.push(format!("{}: of core it may use views, not `{name}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
