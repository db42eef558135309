//! House rules: what ARCHITECTURE.md promises about `core/src` and the drawing, read from the sources.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// The sources of core, each with the module it belongs to, comments and unit tests left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    sources_below("core/src")
}

/// The sources below a folder of the workspace, likewise.
fn sources_below(folder: &str) -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder);
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

/// The modules in the order of ARCHITECTURE.md's table, lowest first.
fn layers() -> BTreeMap<String, usize> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ARCHITECTURE.md");
    let page = fs::read_to_string(page).expect("there is ARCHITECTURE.md");
    let table =
        page.split("## The layers of core").nth(1).expect("it has the layers").split("\n## ").next().unwrap_or("");
    let rows = table.lines().filter(|line| line.starts_with("| ")).skip(1);
    let named = rows.flat_map(|row| row.split('`').skip(1).step_by(2)).filter(|name| !name.contains('/'));
    named.enumerate().map(|(height, name)| (name.to_owned(), height)).collect()
}

/// The modules that a file uses: whatever follows `crate::`, alone or in braces.
fn used(code: &str) -> Vec<String> {
    let mut used = Vec::new();
    for rest in code.split("crate::").skip(1) {
        let Some(list) = rest.strip_prefix('{') else {
            used.push(word(rest));
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
    // `crate::Window` and the like are what lib.rs shows to the outside.
    used.retain(|name| name.starts_with(char::is_lowercase));
    used
}

fn word(text: &str) -> String {
    text.chars().take_while(|sign| sign.is_alphanumeric() || *sign == '_').collect()
}

#[test]
fn imports_point_down() {
    let layers = layers();
    let mut wrong = Vec::new();
    for (module, path, code) in sources() {
        if module == "lib" {
            continue;
        }
        let Some(height) = layers.get(&module) else {
            wrong.push(format!("{module} is not in ARCHITECTURE.md's table of layers"));
            continue;
        };
        for used in used(&code).into_iter().filter(|used| *used != module) {
            match layers.get(&used) {
                Some(below) if below < height => {}
                Some(_) => wrong.push(format!("{} uses {used}, which stands above {module}", path.display())),
                None => wrong.push(format!("{} uses {used}, which is not in the table", path.display())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn core_holds_no_floats_clocks_hash_maps_or_panics() {
    // A test is `#[cfg(test)]` and left out; what may fail answers with an error or nothing.
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
    ];
    let mut wrong = Vec::new();
    for (_, path, code) in sources() {
        for (number, line) in code.lines().enumerate() {
            for word in never.iter().filter(|word| line.contains(*word)) {
                // serde's own words for fractions: they are read so that they can be refused.
                if line.contains("visit_f64") || line.trim() == "f32 f64" {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../core/src");
    let mut wrong = Vec::new();
    for (_, path, _) in sources() {
        let text = fs::read_to_string(root.join(&path)).expect("a source can be read");
        if path != Path::new("lib.rs") && !text.starts_with("//! ") {
            wrong.push(format!("{} does not begin by saying what it is", path.display()));
        }
        if text.lines().count() > 500 {
            wrong.push(format!(
                "{} has {} lines; a file of so many answers more than one question",
                path.display(),
                text.lines().count()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_drawing_knows_the_view_and_nothing_behind_it() {
    let mut wrong = Vec::new();
    for (_, path, code) in sources_below("wasm/draw/src") {
        for rest in code.split("knownfor::").skip(1).filter(|rest| word(rest) != "Tree") {
            wrong.push(format!("{}: of core it may use `Tree`, not `{}`", path.display(), word(rest)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
