//! Problems: everything that is wrong with a program, each with where, what was expected, and the nearest right name.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, iter};
use serde::Serialize;

/// One mistake in a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// Where, as a JSON Pointer (RFC 6901) into the program: `/rules/blog/give`.
    pub path: String,
    /// What is wrong and what was expected.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = if self.path.is_empty() { "the program" } else { &self.path };
        write!(f, "{path}: {}", self.message)
    }
}

/// All mistakes of a program, sorted by path. Never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(transparent)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems, one by one.
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

/// Where check writes down what it finds.
#[derive(Default)]
pub(crate) struct Diagnostics(Vec<Problem>);

impl Diagnostics {
    pub(crate) fn add(&mut self, path: &Path<'_>, message: impl fmt::Display) {
        // One copy of the code for all messages.
        self.tell(path, &message);
    }

    #[inline(never)]
    fn tell(&mut self, path: &Path<'_>, message: &dyn fmt::Display) {
        self.0.push(Problem { path: path.to_string(), message: message.to_string() });
    }

    /// The problems in order of their paths, or nothing where there are none.
    pub(crate) fn into_problems(mut self) -> Option<Problems> {
        self.0.sort_unstable();
        self.0.dedup();
        (!self.0.is_empty()).then_some(Problems(self.0))
    }
}

/// The way down to a place in a program; made while walking, turned into text only for a problem.
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

/// The message for a name that nobody has: what it should be one of, and the nearest.
pub(crate) fn unknown<'n>(what: &str, name: &str, mut known: impl Iterator<Item = &'n str>) -> String {
    // One copy of the code for all iterators.
    unknown_among(what, name, &mut || known.next())
}

fn unknown_among<'n>(what: &str, name: &str, next: &mut dyn FnMut() -> Option<&'n str>) -> String {
    format!("there is no {what} `{name}`{}", instead(name, &iter::from_fn(next).collect::<Vec<_>>()))
}

/// What to write instead of a name that nobody has.
pub(crate) fn instead(name: &str, known: &[&str]) -> String {
    if let Some(near) = nearest(name, known) {
        return format!("; did you mean `{near}`?");
    }
    let mut names = known.to_vec();
    names.sort_unstable();
    names.dedup();
    match names.len() {
        0 => "; the program has none".into(),
        1..=20 => format!("; expected one of: {}", names.join(", ")),
        many => format!(", nor one like it among the {many} there are"),
    }
}

/// The known name that is fewest slips of the pen away, if it is near at all: a third of its letters and one at most.
fn nearest<'n>(name: &str, known: &[&'n str]) -> Option<&'n str> {
    // What comes from outside may be long, and is compared with every name there is.
    let far = Some(name.chars().count()).filter(|letters| *letters <= LONG)? / 3 + 1;
    let near = known.iter().map(|other| (slips(name, other), *other)).filter(|(slips, _)| *slips <= far);
    near.min().map(|(_, other)| other)
}

/// A name of more letters than this is none that somebody has mistyped.
const LONG: usize = 64;

/// How many letters must be put in, left out or changed to get from one name to the other (Levenshtein's distance).
fn slips(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.chars().count()).collect();
    for (done, a) in from.chars().enumerate() {
        let mut left = done + 1;
        let mut diagonal = done;
        for (cell, b) in row.iter_mut().skip(1).zip(to.chars()) {
            let changed = diagonal + usize::from(!a.eq_ignore_ascii_case(&b));
            diagonal = *cell;
            left = changed.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = done + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}
