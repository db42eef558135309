//! Read error: a line that could not be read.

use crate::{
    base::{text::Text, tree::Tree},
    program::cost::MAX_ITEMS,
};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
};
use core::fmt;

/// A line that could not be read: where, what is wrong, and what was expected.
///
/// It displays as `path: message`, on one line.
///
/// ```
/// # use knownfor::{Feed, Program, Tree};
/// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
/// # let program = Program::check(&program, |_| None)?;
/// let line: Tree = serde_json::from_str(r#"{"id": "1", "at": "yesterday", "kind": "blog.published"}"#)?;
/// let error = program.read(&line, &Feed::new("wiki")).unwrap_err();
/// assert_eq!(error.path(), "/at");
/// assert_eq!(
///     error.message(),
///     "expected a time in RFC 3339 with an offset, like `2026-03-02T09:30:00+01:00`, found the text `yesterday`"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{}", .0.path, if .0.path.is_empty() { "" } else { ": " }, .0.message)]
pub struct ReadError(Box<Unread>);

/// The content of an error, boxed so that results stay small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unread {
    path: String,
    message: String,
    unknown_kind: Option<Text>,
}

pub(super) type Read<T> = Result<T, ReadError>;

impl ReadError {
    /// Where the error is: a JSON Pointer into the line, or empty for the whole line.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": {"number": 1}, "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    /// let error = program.read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki")).unwrap_err();
    /// assert_eq!(error.path(), "/id");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What is wrong, and what was expected.
    ///
    /// ```
    /// # use knownfor::{Feed, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line = r#"{"id": "1", "kind": "blog.published"}"#;
    /// let error = program.read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki")).unwrap_err();
    /// assert!(error.message().starts_with("is missing; expected a time"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The kind that the line names, if the program does not have it; `None` for every other error. A host that reads
    /// its record again skips such activities, because their kind was removed from the program.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "blog.published" = {} }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let stored: Tree = serde_json::from_str(r#"{
    ///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "video.watched", "actor": "ada"
    /// }"#)?;
    /// let error = program.read_own(&stored).unwrap_err();
    /// assert_eq!(error.unknown_kind(), Some("video.watched"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unknown_kind(&self) -> Option<&str> {
        self.0.unknown_kind.as_deref()
    }

    pub(super) fn of_unknown_kind(mut self, kind: &str) -> Self {
        self.0.unknown_kind = Some(kind.into());
        self
    }

    /// Escapes control characters, which a feed may contain, so that a message stays on one line of a log.
    #[cold]
    pub(super) fn new(message: impl Into<String>) -> Self {
        let mut message = message.into();
        if message.contains(char::is_control) {
            let escape = |part: char| if part.is_control() { part.escape_default().to_string() } else { part.into() };
            message = message.chars().map(escape).collect();
        }
        Self(Box::new(Unread { path: String::new(), message, unknown_kind: None }))
    }

    #[cold]
    pub(super) fn expected(expected: &str, found: Option<&Tree<'_>>) -> Self {
        let found = match found {
            None | Some(Tree::Null) => return Self::new(format!("is missing; expected {expected}")),
            Some(Tree::Text(text)) if text.len() <= 80 => format!("the text `{text}`"),
            Some(Tree::Integer(number)) => format!("the number {number}"),
            Some(Tree::Fraction(number)) => number.digits().map_or_else(
                || "a number that is too large or too small".into(),
                |digits| format!("the number {digits}"),
            ),
            Some(other) => other.what().into(),
        };
        Self::new(format!("expected {expected}, found {found}"))
    }

    /// The same error, with what to write instead.
    #[cold]
    pub(super) fn hint(mut self, hint: &str) -> Self {
        self.0.message.push_str("; ");
        self.0.message.push_str(hint);
        self
    }

    /// An error of the deserializer.
    #[cold]
    pub(super) fn unreadable(error: impl fmt::Display) -> Self {
        Self::new(format!("cannot be read: {error}"))
    }

    pub(super) fn too_many(items: usize) -> Self {
        Self::new(format!("{items} items; expected at most {MAX_ITEMS}"))
    }

    /// The same error, its path below another one.
    #[cold]
    pub(super) fn at(mut self, above: &str) -> Self {
        self.0.path.insert_str(0, above);
        self
    }
}
