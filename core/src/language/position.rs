//! Positions: lines and columns in the text of a program.

#[cfg(any(feature = "json", feature = "toml"))]
use crate::{
    base::sort::sort_by_key,
    language::offsets::{Offsets, without_mark},
};
#[cfg(any(feature = "json", feature = "toml"))]
use alloc::{collections::BTreeMap, string::String, vec::Vec};
use core::fmt;
use serde::Serialize;

/// A place in the text of a program, such as `12:9`.
///
/// `Program::from_json` and `Program::from_toml` (features `json` and `toml`) give one to each
/// [`Problem`](crate::Problem). It displays as `LINE:COLUMN`, which editors and terminals understand after the name of
/// a file.
///
/// ```
/// # use knownfor::Program;
/// let problems = Program::from_toml("version = 1\nid = 7\n[kinds]", |_| None).unwrap_err();
/// let position = problems.iter().next().unwrap().position.unwrap();
/// assert_eq!((position.line, position.column), (2, 1));
/// assert_eq!(position.to_string(), "2:1");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1. A tab is one character.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

#[cfg(any(feature = "json", feature = "toml"))]
impl Position {
    /// The beginning of a text.
    pub(crate) const START: Self = Self { line: 1, column: 1 };

    /// The position of a byte of a text.
    pub(crate) fn at(text: &str, offset: usize) -> Self {
        Self::START.after(text.get(..offset).unwrap_or(text))
    }

    /// The position after a text that begins at this one.
    pub(crate) fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            Some((lines, rest)) => {
                Self { line: self.line + 1 + lines.matches('\n').count(), column: 1 + rest.chars().count() }
            }
            None => Self { column: self.column + text.chars().count(), ..self },
        }
    }
}

/// Where each key and list item of a program's text is.
///
/// Problems carry their position. This is for other messages about a program, such as
/// [warnings](crate::Program::warnings).
#[cfg(any(feature = "json", feature = "toml"))]
#[derive(Clone, Debug)]
pub struct Positions(BTreeMap<String, Position>);

#[cfg(any(feature = "json", feature = "toml"))]
impl Positions {
    /// The positions in a JSON text; `None` if it is not JSON.
    ///
    /// ```
    /// # use knownfor::Positions;
    /// let positions = Positions::of_json(r#"{ "version": 1, "id": "first-steps" }"#).unwrap();
    /// assert_eq!(positions.at("/id").to_string(), "1:17");
    /// ```
    #[cfg(feature = "json")]
    pub fn of_json(text: &str) -> Option<Self> {
        let text = without_mark(text);
        Some(Self::new(text, Offsets::of_json(text)?))
    }

    /// The positions in a TOML text; `None` if it is not TOML.
    ///
    /// ```
    /// # use knownfor::{Positions, Program};
    /// let text = r#"
    /// version = 1
    /// id = "first-steps"
    /// kinds = { "post.liked" = {} }
    /// currencies = { recognition = {} }
    ///
    /// [rules.likes]
    /// on = "post.liked"
    /// give = { recognition = 1 }
    /// "#;
    /// let program = Program::from_toml(text, |_| None)?;
    /// let warning = &program.warnings()[0];
    /// assert_eq!(warning.path, "/rules/likes");
    /// assert_eq!(Positions::of_toml(text).unwrap().at(&warning.path).to_string(), "7:8");
    /// # Ok::<(), knownfor::Problems>(())
    /// ```
    #[cfg(feature = "toml")]
    pub fn of_toml(text: &str) -> Option<Self> {
        let text = without_mark(text);
        Some(Self::new(text, Offsets::of_toml(text)?))
    }

    fn new(text: &str, offsets: Offsets) -> Self {
        let mut offsets: Vec<_> = offsets.into_iter().collect();
        sort_by_key(&mut offsets, |(_, offset)| *offset);
        let (mut position, mut done) = (Position::START, 0);
        let positions = offsets.into_iter().map(|(pointer, offset)| {
            // From one to the next, so the text is scanned once.
            position = position.after(text.get(done..offset).unwrap_or_default());
            done = offset;
            (pointer, position)
        });
        Self(positions.collect())
    }

    /// The position of the key or list item at a JSON Pointer. If the text has nothing there, it is that of the
    /// innermost table or list on the way to it.
    ///
    /// ```
    /// # use knownfor::Positions;
    /// let positions = Positions::of_json(r#"{ "version": 1, "id": "first-steps" }"#).unwrap();
    /// assert_eq!(positions.at("/rules/blog").to_string(), "1:1");
    /// ```
    pub fn at(&self, pointer: &str) -> Position {
        let mut pointer = pointer;
        loop {
            match (self.0.get(pointer), pointer.rsplit_once('/')) {
                (Some(position), _) => return *position,
                (None, Some((above, _))) => pointer = above,
                (None, None) => return Position::START,
            }
        }
    }
}
