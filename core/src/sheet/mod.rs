//! Sheet: the data sheet of a program, for a works council and for everyone who takes part.
//!
//! Every statement is a row: what it is about, as a path into the program, and what it says. Both formats and the
//! difference to an earlier program are made from these rows, so they cannot disagree.

mod collected;
mod derived;
mod difference;
mod english;
mod german;
mod gifts;
mod html;
mod markdown;
mod phrases;
mod rights;
mod seen;
mod texts;

use self::{phrases::Phrases, texts::Texts};
use crate::{base::keyword::keywords, program::Program};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// The language of a data sheet.
///
/// ```
/// use knownfor::SheetLanguage;
///
/// assert_eq!(SheetLanguage::German.code(), "de");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetLanguage {
    /// English.
    English,
    /// German.
    German,
}

keywords!(SheetLanguage { English = "en", German = "de" });

impl SheetLanguage {
    /// The language's code in HTML and in programs.
    pub fn code(self) -> &'static str {
        crate::base::keyword::Keyword::name(self)
    }
}

/// What a data sheet is to say beside the rules.
///
/// ```
/// use knownfor::{SheetLanguage, SheetOptions};
///
/// let options = SheetOptions::new(SheetLanguage::German).system("wiki", ["blog.published"]);
/// assert_eq!(options.language, SheetLanguage::German);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SheetOptions<'a> {
    /// The language of the sentences and of the program's names.
    pub language: SheetLanguage,
    /// The program of the sheet that was signed last. The sheet then lists what differs.
    pub since: Option<&'a Program>,
    /// The systems that may send activities, each with the kinds that it may send.
    pub systems: Vec<(String, Vec<String>)>,
}

impl<'a> SheetOptions<'a> {
    /// A sheet in a language, without a comparison and without systems.
    pub fn new(language: SheetLanguage) -> Self {
        Self { language, since: None, systems: Vec::new() }
    }

    /// The same with what differs from an earlier program.
    pub fn since(self, since: &'a Program) -> Self {
        Self { since: Some(since), ..self }
    }

    /// The same with a system and the kinds that it may send.
    pub fn system<K: Into<String>>(mut self, name: &str, kinds: impl IntoIterator<Item = K>) -> Self {
        self.systems.push((name.into(), kinds.into_iter().map(Into::into).collect()));
        self
    }
}

/// The data sheet of a program, made by [`Program::sheet`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Sheet {
    /// The language that it is in.
    pub language: SheetLanguage,
    /// Its title.
    pub title: String,
    /// The program's id.
    pub program: String,
    /// The [fingerprint](Program::fingerprint) of the program, 16 hexadecimal digits.
    pub fingerprint: String,
    /// Its sections, in order.
    pub sections: Vec<SheetSection>,
}

/// A section of a data sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SheetSection {
    /// What it is about, the same in every language, such as `kinds`.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// What it says, in order.
    pub parts: Vec<SheetPart>,
}

/// A part of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[serde(rename_all = "kebab-case")]
pub enum SheetPart {
    /// Sentences that explain what follows.
    Paragraph(String),
    /// Statements, each a row with one cell.
    List(Vec<SheetRow>),
    /// Statements of the same form.
    Table {
        /// The heads of the columns.
        head: Vec<String>,
        /// The rows, with a cell for each column.
        rows: Vec<SheetRow>,
    },
}

/// A statement of a data sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SheetRow {
    /// What in the program it is about, as a JSON Pointer (RFC 6901). Empty if it holds for every program.
    pub path: String,
    /// What it says.
    pub cells: Vec<String>,
}

impl SheetRow {
    fn new(path: impl Into<String>, cells: impl IntoIterator<Item = String>) -> Self {
        Self { path: path.into(), cells: cells.into_iter().collect() }
    }
}

impl SheetSection {
    fn new(id: &'static str, title: &str, parts: Vec<SheetPart>) -> Self {
        Self { id, title: title.into(), parts }
    }
}

impl SheetPart {
    /// Statements that hold for every program.
    fn general(sentences: &[&str]) -> Self {
        Self::List(sentences.iter().map(|sentence| SheetRow::new("", [String::from(*sentence)])).collect())
    }

    fn paragraph(text: &str) -> Self {
        Self::Paragraph(text.into())
    }

    /// A table, or a sentence if it would be empty.
    fn table(head: &[&str], rows: Vec<SheetRow>, none: &str) -> Self {
        match rows.is_empty() {
            true => Self::paragraph(none),
            false => Self::Table { head: head.iter().map(|head| String::from(*head)).collect(), rows },
        }
    }

    /// Its statements.
    pub fn rows(&self) -> &[SheetRow] {
        match self {
            Self::Paragraph(_) => &[],
            Self::List(rows) | Self::Table { rows, .. } => rows,
        }
    }
}

impl Program {
    /// The data sheet of the program: what is recorded, what follows from it, who sees what, and what nobody can
    /// promise, in plain words. It is what a works council or a data-protection officer reads and signs.
    ///
    /// What it says about the program is made from the rules. What no program knows, such as for how long a company
    /// keeps the record, is listed as a question for the company. Warnings have their reasons in English, as
    /// [`Program::warnings`] gives them.
    ///
    /// ```
    /// use knownfor::{Program, SheetLanguage, SheetOptions, Tree};
    ///
    /// let text = r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = { name = { en = "A post", de = "Ein Beitrag" } } }
    ///     currencies = { points = {} }
    ///     [rules.blog]
    ///     on = "blog.published"
    ///     give = { points = 5 }
    ///     limit = { times = 2, per = "week" }
    /// "#;
    /// let program = Program::check(&toml::from_str(text)?, |_| None)?;
    /// let sheet = program.sheet(&SheetOptions::new(SheetLanguage::German)).to_markdown();
    /// assert!(sheet.contains("Ein Beitrag (blog.published)"));
    ///
    /// let signed = Program::check(&toml::from_str(&text.replace("times = 2", "times = 1"))?, |_| None)?;
    /// let sheet = program.sheet(&SheetOptions::new(SheetLanguage::English).since(&signed));
    /// let difference = sheet.sections.iter().find(|section| section.id == "difference").unwrap();
    /// let paths: Vec<_> = difference.parts[0].rows().iter().map(|row| row.path.as_str()).collect();
    /// assert_eq!(paths, ["/currencies/points", "/rules/blog"]); // the most points, and the rule
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn sheet(&self, options: &SheetOptions<'_>) -> Sheet {
        let texts = Texts::of(options.language);
        let mut sections = self.sheet_sections(options);
        let difference = options.since.map(|since| {
            let before = since.sheet_sections(options);
            difference::section(texts, (since, &before), (self, &sections))
        });
        // Only the long list of rules stands below the signatures.
        let rules = sections.pop();
        sections.extend(difference);
        sections.push(rights::signature(&Phrases::new(self, options)));
        sections.extend(rules);
        Sheet {
            language: options.language,
            title: texts.title.replace("{name}", self.name(options.language.code())),
            program: self.id().into(),
            fingerprint: alloc::format!("{:016x}", self.fingerprint()),
            sections,
        }
    }

    /// All that a sheet says about the program, without what it is compared with.
    fn sheet_sections(&self, options: &SheetOptions<'_>) -> Vec<SheetSection> {
        let phrases = Phrases::new(self, options);
        Vec::from([
            rights::purpose(&phrases),
            collected::section(&phrases, &options.systems),
            derived::section(&phrases),
            seen::people(&phrases),
            seen::managers(&phrases),
            rights::most(&phrases),
            rights::warnings(&phrases),
            rights::cost(&phrases),
            rights::retention(&phrases),
            rights::rights(&phrases),
            rights::looked(&phrases),
            rights::inference(&phrases),
            rights::promises(&phrases),
            rights::open(&phrases, &options.systems),
            derived::rules(&phrases),
        ])
    }
}

/// A sign as a reader sees it. Signs that turn the direction of a text or begin a line become spaces, so that a name
/// looks like what it says.
fn visible(sign: char) -> char {
    match sign {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => ' ',
        _ if sign.is_control() => ' ',
        _ => sign,
    }
}
