//! From JSON: a program from its text, each problem with line and column.

use crate::{
    base::{tree::Tree, zone::Zone},
    language::{offsets::without_mark, position::Positions, problem::Problems},
    program::Program,
};
use alloc::format;

impl Program {
    /// Reads a program from JSON text and checks it.
    ///
    /// `zone_of` returns the time zone of an IANA name. Natively that is `Zone::named` of feature `jiff`; it is not
    /// called for a program in UTC.
    ///
    /// ```
    /// use knownfor::Program;
    ///
    /// let program = Program::from_json(r#"{
    ///     "version": 1,
    ///     "id": "first-steps",
    ///     "kinds": { "blog.published": {} }
    /// }"#, |_| None)?;
    /// assert_eq!(program.id(), "first-steps");
    /// # Ok::<(), knownfor::Problems>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Problems`] holds every problem of the program, each with its line and column. If the text is not JSON, that
    /// is its only problem.
    ///
    /// ```
    /// # use knownfor::Program;
    /// let problems = Program::from_json(r#"{
    ///     "version": 1,
    ///     "id": "first-steps",
    ///     "kinds": { "blog.published": {} },
    ///     "tallies": { "posts": { "count": "blog.publishd" } }
    /// }"#, |_| None).unwrap_err();
    /// assert_eq!(problems.to_string(), "\
    /// 1 problem in the program
    ///   5:29: /tallies/posts/count: there is no kind `blog.publishd`; did you mean `blog.published`?");
    ///
    /// let problems = Program::from_json(r#"{ "version": 1, }"#, |_| None).unwrap_err();
    /// assert_eq!(problems.to_string(), "\
    /// 1 problem in the program
    ///   1:17: not JSON: trailing comma");
    /// ```
    pub fn from_json(text: &str, zone_of: impl Fn(&str) -> Option<Zone>) -> Result<Self, Problems> {
        let text = without_mark(text);
        let tree: Tree<'_> = serde_json::from_str(text).map_err(|error| not_json(text, &error))?;
        Self::check(&tree, zone_of).map_err(|problems| problems.in_text(Positions::of_json(text)))
    }
}

fn not_json(text: &str, error: &serde_json::Error) -> Problems {
    let said = format!("{error}");
    let said = said.rsplit_once(" at line ").map_or(&*said, |(said, _)| said);
    let message = if error.is_data() { said.into() } else { format!("not JSON: {said}") };
    let offset = if error.is_eof() {
        text.trim_end().len()
    } else {
        // serde_json counts columns in bytes, from 0 for the end of the line before.
        let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        (lines.map(str::len).sum::<usize>() + error.column()).saturating_sub(1)
    };
    Problems::unreadable(text, offset, message)
}
