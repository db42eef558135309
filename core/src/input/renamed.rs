//! Renamed: an activity with another name in place of a member's.

use super::{activity::Activity, error::ReadError, reading::within};
use crate::{
    base::{sort::sort, text::Text},
    program::value::Value,
};

impl Activity {
    /// The same activity with another name in place of a member's, in each role and attribute that names members. Objects
    /// and other texts stay as they are.
    ///
    /// A host that keeps members one by one rewrites the activities that name the member, and folds everybody named in
    /// them anew. [`Engine::rename`](crate::Engine::rename) does both.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"kudos.given": {}}}"#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "dora", "recipients": ["cleo", "bob"], "object": "release-4"}))?;
    /// let renamed = kudos.renamed("cleo", "cleopatra")?;
    /// assert_eq!(renamed.recipients().collect::<Vec<_>>(), ["bob", "cleopatra"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReadError`] if the new name is empty or too long.
    pub fn renamed(&self, member: &str, to: &str) -> Result<Self, ReadError> {
        within(to.len())?;
        let mut other = self.clone();
        let members = &self.program().links.members;
        let attributes = other.attributes.iter_mut().filter_map(|(id, value)| match value {
            Value::Text(text) if members.contains(id) => Some(text),
            _ => None,
        });
        let texts = [&mut other.actor, &mut other.owner].into_iter().flatten();
        for text in texts.chain(&mut other.recipients).chain(attributes).filter(|text| **text == member) {
            *text = Text::from(to);
        }
        sort(&mut other.recipients);
        other.recipients.dedup();
        Ok(other)
    }
}
