//! Differences: in what an activity that came again differs from the one that came first.

use crate::{
    base::{from_tree::plain_data, tree::Tree},
    input::activity::Activity,
};
use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::Serialize;

/// A part of an activity that came again with another value. [`Activity::differences`] lists them.
///
/// ```
/// use knownfor::FieldDifference;
///
/// let difference: FieldDifference = serde_json::from_str(r#"{"field": "owner", "received": "bob"}"#)?;
/// assert_eq!(difference.to_string(), "`owner` was absent and is `bob` now");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldDifference {
    /// The part, as [`Activity::to_tree`] writes it: `at`, `owner`, `attributes/words`.
    pub field: String,
    /// Its value in the activity that came first; `None` if it was absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded: Option<String>,
    /// Its value in the activity that came again; `None` if it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received: Option<String>,
}

plain_data! { FieldDifference { field, recorded, received } }

impl Activity {
    /// The parts in which an activity that came again differs from this one, which came first. If there are none, it
    /// is a duplicate.
    ///
    /// A line number (`sequence = "@line"`) and the moment of receipt (`at = "@received"`) are not what a line says,
    /// so they are not compared, and those that came first stay.
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "first-steps"
    /// #     kinds = { "kudos.given" = {} }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// let read = |owner: &str| {
    ///     let line = format!(
    ///         r#"{{"source": "chat", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "kudos.given", "owner": "{owner}"}}"#
    ///     );
    ///     program.read_own(&mut serde_json::Deserializer::from_str(&line))
    /// };
    /// let (first, again) = (read("ada")?, read("bob")?);
    /// assert!(first.differences(&first).is_empty());
    /// assert_eq!(first.differences(&again)[0].to_string(), "`owner` was `ada` and is `bob` now");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn differences(&self, again: &Self) -> Vec<FieldDifference> {
        let mut differences = Vec::new();
        // Nearly every activity that comes again is the same one.
        if self != again {
            compare("", &self.to_tree(), &again.to_tree(), &mut differences);
        }
        let arrival = again.origin.stamp.arrival;
        differences.retain(|difference| match &*difference.field {
            "sequence" => !arrival.sequence,
            "at" => !arrival.time,
            _ => true,
        });
        differences
    }
}

impl fmt::Display for FieldDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |value: &Option<String>| match value {
            None => "absent".to_string(),
            Some(value) => match value.char_indices().nth(MAX_QUOTED_CHARS) {
                None => format!("`{value}`"),
                Some((end, _)) => format!("`{}…`", value.get(..end).unwrap_or_default()),
            },
        };
        write!(f, "`{}` was {} and is {} now", self.field, said(&self.recorded), said(&self.received))
    }
}

/// A message quotes no more of a value, because a text may have thousands of letters.
const MAX_QUOTED_CHARS: usize = 80;

/// All differences in one sentence.
pub(crate) fn sentence(differences: &[FieldDifference]) -> String {
    differences.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Compares two tables, and the tables in them.
fn compare(above: &str, recorded: &Tree<'_>, received: &Tree<'_>, out: &mut Vec<FieldDifference>) {
    let names = recorded.entries().iter().chain(received.entries()).map(|(name, _)| name);
    let mut compared: Vec<&Cow<'_, str>> = Vec::new();
    for name in names {
        if compared.contains(&name) {
            continue;
        }
        compared.push(name);
        let (first, again) = (recorded.get(name), received.get(name));
        let field = format!("{above}{name}");
        if first.into_iter().chain(again).any(|value| matches!(value, Tree::Table(_))) {
            let (first, again) = (first.unwrap_or(&Tree::Null), again.unwrap_or(&Tree::Null));
            compare(&format!("{field}/"), first, again, out);
        } else if first != again {
            out.push(FieldDifference { field, recorded: first.map(text), received: again.map(text) });
        }
    }
}

fn text(value: &Tree<'_>) -> String {
    match value {
        Tree::Text(text) => text.to_string(),
        Tree::Integer(number) => number.to_string(),
        Tree::Flag(flag) => flag.to_string(),
        other => other.items().iter().map(text).collect::<Vec<_>>().join(", "),
    }
}
