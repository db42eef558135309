//! PROGRAM.md's first ten minutes, followed to the letter: the files as the page has its reader write them, and each
//! command it shows prints what stands below it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The reader, at some point of the page.
struct Reader {
    folder: PathBuf,
    /// The tables of the program, each as its text.
    program: Vec<String>,
    feed: String,
    /// The command shown last, until its output follows.
    command: Option<String>,
    commands: usize,
}

impl Reader {
    fn new(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        fs::create_dir_all(&folder).unwrap();
        Self { folder, program: Vec::new(), feed: String::new(), command: None, commands: 0 }
    }

    /// Does what a block of the page asks for.
    fn follow(&mut self, language: &str, block: &str) {
        match language {
            "toml" => add(&mut self.program, block),
            "toml other" => {
                let mut other = self.program.clone();
                add(&mut other, block);
                self.write("other.toml", &other.concat());
            }
            "json" => self.feed += block,
            "sh" => self.command = Some(block.trim().to_owned()),
            "text" => {
                let command = self.command.take().expect("a command stands above its output");
                self.write("program.toml", &self.program.concat());
                self.write("feed.jsonl", &self.feed);
                let printed = self.run(&command);
                assert!(is_printed(block, &printed), "{command}\n\nexpected\n{block}\nprinted\n{printed}");
                self.commands += 1;
            }
            _ => panic!("a block of `{language}`"),
        }
    }

    fn write(&self, file: &str, content: &str) {
        fs::write(self.folder.join(file), content).unwrap();
    }

    fn run(&self, command: &str) -> String {
        let arguments = command.strip_prefix("cargo run -p replay -- ").expect(command);
        let replay = Command::new(env!("CARGO_BIN_EXE_replay"))
            .args(arguments.split_whitespace())
            .current_dir(&self.folder)
            .output()
            .unwrap();
        [replay.stderr, replay.stdout].iter().map(|bytes| String::from_utf8_lossy(bytes)).collect()
    }
}

/// Adds tables to a program; one that it has already is replaced, in its place.
fn add(program: &mut Vec<String>, block: &str) {
    let mut tables: Vec<String> = Vec::new();
    for line in block.split_inclusive('\n') {
        match tables.last_mut() {
            Some(table) if !line.starts_with('[') => table.push_str(line),
            _ => tables.push(line.to_owned()),
        }
    }
    for table in tables {
        let head = table.lines().next();
        match program.iter_mut().find(|known| known.lines().next() == head) {
            Some(known) => *known = table,
            None => program.push(table),
        }
    }
}

/// Whether the lines are those of the page, where `…` stands for the rest of a line.
fn is_printed(page: &str, printed: &str) -> bool {
    let same = |(page, printed): (&str, &str)| {
        page.strip_suffix('…').map_or(page == printed, |beginning| printed.starts_with(beginning))
    };
    page.lines().count() == printed.lines().count() && page.lines().zip(printed.lines()).all(same)
}

#[test]
fn the_first_ten_minutes_do_what_they_say() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/PROGRAM.md");
    let page = fs::read_to_string(page).unwrap();
    let (_, minutes) = page.split_once("\n## A program in ten minutes\n").unwrap();
    let (minutes, _) = minutes.split_once("\n## ").unwrap();
    let mut reader = Reader::new("ten-minutes");
    for block in minutes.split("\n```").skip(1).step_by(2) {
        let (language, block) = block.split_once('\n').unwrap();
        reader.follow(language, &format!("{block}\n"));
    }
    assert_eq!(reader.command, None, "a command without its output");
    assert!(reader.commands >= 9, "only {} commands are shown", reader.commands);
}
