//! Feed: where the lines of a feed come from, and what comes beside them.

use crate::{base::text::Text, program::keys::Beside};

/// Where a line comes from: a source, and optionally a line number and what comes beside it.
///
/// ```
/// use knownfor::{Feed, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "blog.published" = {} }
/// "#)?;
/// let program = Program::check(&program, |_| None)?;
/// let wiki = Feed::new("wiki");
/// let lines = "{\"id\": 1, \"at\": \"yesterday\", \"kind\": \"blog.published\"}\n";
/// for (number, line) in (1..).zip(lines.lines()) {
///     let error = program.read(&mut serde_json::Deserializer::from_str(line), &wiki.line(number)).unwrap_err();
///     assert_eq!(error.path(), "/at"); // not a time
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Feed {
    pub(super) source: Text,
    pub(super) line: Option<i64>,
    pub(super) beside: Beside,
}

impl Feed {
    /// A feed with this source. A line that names a source itself keeps its own.
    ///
    /// Source and id identify an activity, so a sender who names another source can void its activities. If several
    /// senders feed a host, the host must compare the source of what was read with the sender.
    ///
    /// ```
    /// # use knownfor::{Feed, Incoming, Program, Tree};
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let line: Tree = serde_json::from_str(r#"{
    ///     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"
    /// }"#)?;
    /// let Incoming::Activity(activity) = program.read(&line, &Feed::new("wiki"))? else { panic!() };
    /// assert_eq!(activity.source(), "chat");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), line: None, beside: Beside::default() }
    }

    /// The same feed at a line number, for programs that order equal times by it (`sequence = "@line"`).
    ///
    /// ```
    /// use knownfor::{Feed, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     input = { sequence = "@line" }
    ///     kinds = { "blog.published" = {} }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let feed = Feed::new("wiki");
    /// for number in 1..=2 {
    ///     let line = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published"}"#;
    ///     program.read(&mut serde_json::Deserializer::from_str(line), &feed.line(number))?;
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn line(&self, number: u64) -> Self {
        Self { line: i64::try_from(number).ok(), ..self.clone() }
    }

    /// The same feed with a value that comes beside its lines, such as a header or the moment of receipt. A program
    /// reads it by its name with an `@` in front.
    ///
    /// ```
    /// use knownfor::{Feed, Incoming, Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     input = { kind = "@event", detail = "/action", id = "@delivery", at = "@received", actor = "/sender/login" }
    ///     kinds = { "issues opened" = {} }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let body: Tree = serde_json::from_str(r#"{"action": "opened", "sender": {"login": "ada"}}"#)?;
    /// let feed = Feed::new("github")
    ///     .with("event", "issues")
    ///     .with("delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
    ///     .with("received", "2026-03-02T09:30:00Z");
    /// let Incoming::Activity(activity) = program.read(&body, &feed)? else { panic!() };
    /// assert_eq!((activity.kind(), activity.actor()), ("issues opened", Some("ada")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with(self, name: &str, value: &str) -> Self {
        Self { beside: self.beside.with(name, value), ..self }
    }
}
