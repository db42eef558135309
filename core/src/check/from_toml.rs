//! From TOML: a program from its text, each problem with line and column.

use crate::{
    base::{tree::Tree, zone::Zone},
    language::{offsets::without_mark, position::Positions, problem::Problems},
    program::Program,
};
use alloc::{format, string::String};
use serde::Deserialize;
use toml::Deserializer;

impl Program {
    /// Reads a program from TOML text and checks it. Rules apply in the order written.
    ///
    /// `zone_of` returns the time zone of an IANA name. Natively that is `Zone::named` of feature `jiff`; it is not
    /// called for a program in UTC.
    ///
    /// ```
    /// use knownfor::Program;
    ///
    /// let program = Program::from_toml(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { recognition = {} }
    ///     rules = { blog = { on = "blog.published", give = { recognition = 50 } } }
    /// "#, |_| None)?;
    /// assert_eq!(program.rules().collect::<Vec<_>>(), ["blog"]);
    /// # Ok::<(), knownfor::Problems>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Problems`] holds every problem of the program, each with its line and column. If the text is not TOML, that
    /// is its only problem.
    ///
    /// ```
    /// # use knownfor::Program;
    /// let problems = Program::from_toml(r#"
    /// version = 1
    /// id = "first-steps"
    /// kinds = { "blog.published" = {} }
    /// currencies = { recognition = {} }
    ///
    /// [rules.blog]
    /// on = "blog.publishd"
    /// give = { recognition = "50" }
    /// "#, |_| None).unwrap_err();
    /// assert_eq!(problems.to_string(), "\
    /// 2 problems in the program
    ///   8:1: /rules/blog/on: there is no kind `blog.publishd`; did you mean `blog.published`?
    ///   9:10: /rules/blog/give/recognition: expected a whole number from -1000000 to 1000000; or a table \
    ///     (nth, per, by, every, times, best, max), found the text `50`; write 50 without quotes");
    ///
    /// let problems = Program::from_toml("version = 1\n[rules.blog", |_| None).unwrap_err();
    /// assert_eq!(problems.to_string(), "\
    /// 1 problem in the program
    ///   2:12: not TOML: unclosed table, expected `]`");
    /// ```
    pub fn from_toml(text: &str, zone_of: impl Fn(&str) -> Option<Zone>) -> Result<Self, Problems> {
        let text = without_mark(text);
        let tree = Deserializer::parse(text).map_err(|error| not_toml(text, &error))?;
        let tree = Tree::deserialize(tree).map_err(|error| unreadable_toml(text, &error, error.message().into()))?;
        Self::check(&tree, zone_of).map_err(|problems| problems.in_text(Positions::of_toml(text)))
    }
}

fn not_toml(text: &str, error: &toml::de::Error) -> Problems {
    unreadable_toml(text, error, format!("not TOML: {}", error.message()))
}

fn unreadable_toml(text: &str, error: &toml::de::Error, message: String) -> Problems {
    Problems::unreadable(text, error.span().map_or(0, |span| span.start), message)
}
