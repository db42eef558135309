//! Problems: what is wrong with a program, each problem with its path, what was expected, and the nearest known name.

use crate::base::sort::sort;
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, iter};
use serde::Serialize;

/// One problem in a program: where it is, what is wrong, and what to write instead.
///
/// It displays as one line, `path: message`.
///
/// ```
/// # use knownfor::{Program, Tree};
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     [kinds."blog.published"]
///     [profile]
///     on = "blog.publishd"
///     fields = { motto = { ask = "Your motto?" } }
/// "#)?;
/// let problems = Program::check(&program, |_| None).unwrap_err();
/// let problem = problems.iter().next().unwrap();
/// assert_eq!(problem.path, "/profile/on");
/// assert_eq!(problem.message, "there is no kind `blog.publishd`; did you mean `blog.published`?");
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Problem {
    /// Where it is: a JSON Pointer (RFC 6901) into the program, such as `/rules/blog/give`.
    pub path: String,
    /// What is wrong, and what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the program" } else { &self.path };
        write!(f, "{path}: {}", self.message)
    }
}

/// All problems of a program, in order of their paths. Never empty.
///
/// It is the error of [`Program::check`](crate::Program::check). It displays as a list, and serializes as one.
///
/// ```
/// # use knownfor::{Program, Tree};
/// let problems = Program::check(&Tree::Table(vec![]), |_| None).unwrap_err();
/// assert_eq!(problems.to_string(), "\
/// 3 problems in the program
///   the program: `id` is missing: a short name that identifies the program
///   the program: `kinds` is missing: the kinds of activities
///   the program: `version` is missing: the version of this language");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems in order of their paths.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let problems = Program::check(&Tree::Null, |_| None).unwrap_err();
    /// assert!(problems.iter().next().unwrap().message.starts_with("expected a table"));
    /// ```
    pub fn iter(&self) -> core::slice::Iter<'_, Problem> {
        self.0.iter()
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
pub(crate) struct Diagnostics(Vec<Problem>);

impl Diagnostics {
    pub(crate) fn add(&mut self, path: &Path<'_>, message: impl fmt::Display) {
        // Not generic, so the code exists once for all messages.
        self.add_message(path, &message);
    }

    #[inline(never)]
    fn add_message(&mut self, path: &Path<'_>, message: &dyn fmt::Display) {
        self.0.push(Problem { path: path.to_string(), message: message.to_string() });
    }

    /// The problems in order of their paths, or `None` if there are none.
    pub(crate) fn into_problems(mut self) -> Option<Problems> {
        sort(&mut self.0);
        self.0.dedup();
        (!self.0.is_empty()).then_some(Problems(self.0))
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

/// The message for an unknown name: the nearest known one, or all of them.
pub(crate) fn unknown<'n>(what: &str, name: &str, mut known: impl Iterator<Item = &'n str>) -> String {
    // Not generic, so the code exists once for all iterators.
    unknown_among(what, name, &mut || known.next())
}

fn unknown_among<'n>(what: &str, name: &str, next: &mut dyn FnMut() -> Option<&'n str>) -> String {
    format!("there is no {what} `{name}`{}", instead(name, &iter::from_fn(next).collect::<Vec<_>>()))
}

/// What to write instead of an unknown name.
pub(crate) fn instead(name: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(name, known) {
        return format!("; did you mean `{near}`?");
    }
    let mut names = known.to_vec();
    sort(&mut names);
    names.dedup();
    match names.len() {
        0 => "; the program has none".into(),
        1..=20 => format!("; expected one of: {}", names.join(", ")),
        many => format!("; none of the {many} known names is similar"),
    }
}

/// The known name with the smallest edit distance, if that is at most a third of the letters plus one.
pub(crate) fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    let most = Some(name.chars().count()).filter(|letters| *letters <= MAX_MISTYPED_CHARS)? / 3 + 1;
    let near = known.iter().map(|other| (edit_distance(name, other), *other)).filter(|(edits, _)| *edits <= most);
    near.min().map(|(_, other)| other)
}

/// Longer names are not compared: a name from a feed may be long, and every known name is measured against it.
const MAX_MISTYPED_CHARS: usize = 64;

/// Levenshtein's edit distance, ignoring case: letters inserted, removed or replaced.
fn edit_distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (done, a) in from.chars().enumerate() {
        let mut left = done + 1;
        let mut diagonal = done;
        for (cell, b) in row.iter_mut().skip(1).zip(to.chars()) {
            let replaced = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = done + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
