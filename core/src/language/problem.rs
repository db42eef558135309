//! Problems: what is wrong with a program, each problem with its path and, in a text, with its position.

#[cfg(any(feature = "json", feature = "toml"))]
use crate::{base::sort::sort_by_key, language::position::Positions};
use crate::{
    base::{sort::sort, tree::Tree},
    language::position::Position,
};
use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::Serialize;

/// One problem in a program: where it is, what is wrong, and what to write instead.
///
/// It displays as one line, `LINE:COLUMN: PATH: MESSAGE`. Put the name of the file and a colon before it, and editors
/// and terminals turn the line into a link:
///
/// ```
/// # use knownfor::Program;
/// let text = r#"
/// version = 1
/// id = "first-steps"
/// [kinds."blog.published"]
/// [profile]
/// on = "blog.publishd"
/// fields = { motto = { ask = "Your motto?" } }
/// "#;
/// let problems = Program::from_toml(text, |_| None).unwrap_err();
/// let problem = problems.iter().next().unwrap();
/// assert_eq!(
///     format!("program.toml:{problem}"),
///     "program.toml:6:1: /profile/on: there is no kind `blog.publishd`; did you mean `blog.published`?"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is in the text: at the key that `path` ends in, or at the item of a list. `None` from
    /// [`Program::check`](crate::Program::check), which knows no text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What it is about: a JSON Pointer (RFC 6901) into the program, such as `/rules/blog/give`. Empty for the program
    /// as a whole.
    pub path: String,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.position {
            Some(position) => write!(f, "{position}: ")?,
            None if self.path.is_empty() => f.write_str("the program: ")?,
            None => {}
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// All problems of a program. Never empty.
///
/// They are in order of their positions in the text, or of their paths if the program was no text. The list displays
/// with one problem on each line, and serializes as a list.
///
/// ```
/// # use knownfor::Program;
/// let problems = Program::from_json("{}", |_| None).unwrap_err();
/// assert_eq!(problems.to_string(), "\
/// 3 problems in the program
///   1:1: `id` is missing: a short name that identifies the program
///   1:1: `kinds` is missing: the kinds of activities
///   1:1: `version` is missing: the version of this language");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems in order.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let problems = Program::check(&Tree::Null, |_| None).unwrap_err();
    /// let problem = problems.iter().next().unwrap();
    /// assert_eq!(problem.position, None);
    /// assert!(problem.message.starts_with("expected a table"));
    /// ```
    pub fn iter(&self) -> core::slice::Iter<'_, Problem> {
        self.0.iter()
    }
}

#[cfg(any(feature = "json", feature = "toml"))]
impl Problems {
    /// The one problem of a text that cannot be read any further.
    pub(crate) fn unreadable(text: &str, offset: usize, message: String) -> Self {
        let position = Some(Position::at(text, offset));
        Self(Vec::from([Problem { position, path: String::new(), message }]))
    }

    /// The same problems with their positions, in that order.
    pub(crate) fn in_text(self, positions: Option<Positions>) -> Self {
        // Never absent: a text with a tree can be read once more.
        let Some(positions) = positions else { return self };
        let positioned = |problem: Problem| Problem { position: Some(positions.at(&problem.path)), ..problem };
        let mut problems: Vec<_> = self.0.into_iter().map(positioned).collect();
        sort_by_key(&mut problems, |problem| problem.position);
        Self(problems)
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = core::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(f, "1 problem in the program")?,
            many => write!(f, "{many} problems in the program")?,
        }
        self.0.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

/// Collects the problems that a check finds.
#[derive(Default)]
pub(crate) struct Diagnostics {
    problems: Vec<Problem>,
    /// The paths of misspelt keys in the order of the program, each with the key that is meant.
    misspelt: Vec<(String, &'static str)>,
    /// Whether a key is written twice in one table.
    has_repeats: bool,
    /// The paths of the meant keys, each with the path as written.
    as_written: Vec<(String, String)>,
    /// The paths of entries that mean nothing where they are.
    left_out: Vec<String>,
    /// The paths of tables with a key that resembles none, or that belongs elsewhere.
    with_unknown_keys: Vec<String>,
}

impl Diagnostics {
    pub(crate) fn add(&mut self, path: &Path<'_>, message: impl fmt::Display) {
        // Not generic, so the code exists once for all messages.
        self.add_message(path, &message);
    }

    #[inline(never)]
    fn add_message(&mut self, path: &Path<'_>, message: &dyn fmt::Display) {
        let mut path = path.to_string();
        // An inner key comes after the outer one, and its path as written has both.
        let below = |(meant, written): &(String, String)| {
            let rest = path.strip_prefix(&**meant)?;
            (rest.is_empty() || rest.starts_with('/')).then(|| format!("{written}{rest}"))
        };
        if let Some(written) = self.as_written.iter().rev().find_map(below) {
            path = written;
        }
        self.problems.push(Problem { position: None, path, message: message.to_string() });
    }

    /// Notes which key is meant by the misspelt one at a path.
    pub(crate) fn misspelt(&mut self, path: &Path<'_>, meant: &'static str) {
        self.misspelt.push((path.to_string(), meant));
    }

    /// Notes that the key at a path is written a second time.
    pub(crate) fn repeated(&mut self, path: &Path<'_>, key: &str) {
        self.has_repeats = true;
        self.add(path, format_args!("`{key}` is written twice; keep one of them"));
    }

    /// Leaves out the entry at a path, which means nothing where it is.
    pub(crate) fn leave_out(&mut self, path: &Path<'_>) {
        self.left_out.push(path.to_string());
    }

    pub(crate) fn is_left_out(&self, path: &Path<'_>) -> bool {
        !self.left_out.is_empty() && self.left_out.contains(&path.to_string())
    }

    /// Notes that the table at a path has a key that resembles none.
    pub(crate) fn has_unknown_key(&mut self, path: &Path<'_>) {
        self.with_unknown_keys.push(path.to_string());
    }

    /// Adds a problem about something that is missing in a table. If the table has a key that resembles none, that one
    /// was probably meant, and is reported already.
    pub(crate) fn add_missing(&mut self, path: &Path<'_>, message: impl fmt::Display) {
        if !self.with_unknown_keys.contains(&path.to_string()) {
            self.add_message(path, &message);
        }
    }

    /// The program as it is meant: with the right keys in place of misspelt ones, each key once, and without entries
    /// that mean nothing where they are. What is read of it then shows no problem that only follows from those. Problems still have their paths as written. `None` if
    /// the program is meant as written.
    pub(crate) fn as_meant<'t>(&mut self, tree: &'t Tree<'_>) -> Option<Tree<'t>> {
        if self.misspelt.is_empty() && self.left_out.is_empty() && !self.has_repeats {
            return None;
        }
        self.misspelt.reverse();
        Some(self.meant(tree, &Path::Root, &Path::Root))
    }

    fn meant<'t>(&mut self, tree: &'t Tree<'_>, written: &Path<'_>, meant: &Path<'_>) -> Tree<'t> {
        match tree {
            Tree::Null => Tree::Null,
            Tree::Fraction(number) => Tree::Fraction(*number),
            Tree::Flag(flag) => Tree::Flag(*flag),
            Tree::Integer(number) => Tree::Integer(*number),
            Tree::Text(text) => Tree::Text(Cow::Borrowed(text)),
            Tree::List(items) => {
                let items = items.iter().enumerate();
                Tree::List(items.map(|(at, item)| self.meant(item, &written.item(at), &meant.item(at))).collect())
            }
            Tree::Table(entries) => {
                let first = tree.indices();
                let mut table = Vec::new();
                for (index, (key, value)) in entries.iter().enumerate() {
                    let written = written.key(key);
                    if self.is_left_out(&written) {
                        continue;
                    }
                    let mut key = &**key;
                    if let Some((path, right)) = self.misspelt.pop_if(|(path, _)| *path == written.to_string()) {
                        key = right;
                        self.as_written.push((meant.key(key).to_string(), path));
                    }
                    let value = self.meant(value, &written, &meant.key(key));
                    if first.get(key).is_none_or(|first| *first == index) {
                        table.push((Cow::Borrowed(key), value));
                    }
                }
                Tree::Table(table)
            }
        }
    }

    /// The problems in order of their paths, or `None` if there are none.
    pub(crate) fn into_problems(mut self) -> Option<Problems> {
        sort(&mut self.problems);
        self.problems.dedup();
        (!self.problems.is_empty()).then_some(Problems(self.problems))
    }
}

/// A path into a program, built on the way down and formatted only for a problem.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    pub(crate) fn key(&'a self, key: &'a str) -> Path<'a> {
        Path::Key(self, key)
    }

    pub(crate) fn item(&'a self, index: usize) -> Path<'a> {
        Path::Item(self, index)
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Key(above, key) => write!(f, "{above}/{}", key.replace('~', "~0").replace('/', "~1")),
            Path::Item(above, index) => write!(f, "{above}/{index}"),
        }
    }
}
