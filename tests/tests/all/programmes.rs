//! Programmes as people run them, each a page in `tests/programmes/` with its program, a feed and what comes of it.

use crate::kitchen::{Recipe, blocks, steps, tried};
use std::{fs, path::Path};

#[test]
fn every_programme_does_what_its_page_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("programmes");
    let mut files: Vec<_> =
        fs::read_dir(folder).expect("there are programmes").flatten().map(|file| file.path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in &files {
        let page = fs::read_to_string(file).expect("a programme can be read");
        let title = page.lines().next().unwrap_or_default();
        let program = blocks(&page, "toml").next().unwrap_or_else(|| panic!("{title}: there is no program"));
        let text = blocks(&page, "text").next().unwrap_or_else(|| panic!("{title}: there are no lines"));
        let recipe = Recipe { question: title, program: program.to_owned(), other: None, steps: steps(text, title) };
        wrong.extend(tried(&recipe).err().into_iter().flatten());
    }
    assert!(wrong.is_empty(), "{} lines are wrong\n{}", wrong.len(), wrong.join("\n"));
    assert!(files.len() >= 8, "only {} programmes are here", files.len());
}
