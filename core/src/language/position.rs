//! Position: line and column in the text of a program.

#[cfg(any(feature = "json", feature = "toml"))]
use crate::language::offsets::{Offsets, without_mark};
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

#[cfg(feature = "json")]
impl Position {
    /// Where the key or list item at a JSON Pointer is in a JSON text; `None` if the text is not JSON.
    ///
    /// Problems carry their position. This is for other messages about a program, such as
    /// [warnings](crate::Program::warnings). If the text has nothing at the pointer, the position is that of the
    /// innermost table or list on the way to it.
    ///
    /// ```
    /// # use knownfor::Position;
    /// let text = r#"{ "version": 1, "id": "first-steps" }"#;
    /// assert_eq!(Position::in_json(text, "/id").unwrap().to_string(), "1:17");
    /// ```
    pub fn in_json(text: &str, pointer: &str) -> Option<Self> {
        let text = without_mark(text);
        Some(Self::at(text, Offsets::of_json(text)?.nearest(pointer)))
    }
}

#[cfg(feature = "toml")]
impl Position {
    /// Where the key or list item at a JSON Pointer is in a TOML text; `None` if the text is not TOML.
    ///
    /// Problems carry their position. This is for other messages about a program, such as
    /// [warnings](crate::Program::warnings). If the text has nothing at the pointer, the position is that of the
    /// innermost table or list on the way to it.
    ///
    /// ```
    /// # use knownfor::{Position, Program};
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
    /// assert_eq!(Position::in_toml(text, &warning.path).unwrap().to_string(), "7:8");
    /// # Ok::<(), knownfor::Problems>(())
    /// ```
    pub fn in_toml(text: &str, pointer: &str) -> Option<Self> {
        let text = without_mark(text);
        Some(Self::at(text, Offsets::of_toml(text)?.nearest(pointer)))
    }
}
