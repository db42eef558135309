//! Renamed: an activity with another name in place of a member's.

use super::{activity::Activity, content::Draft, error::ReadError, origin::Origin, reading::short};
use crate::{base::text::Text, program::value::Found};
use alloc::borrow::Cow;

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
        short(to)?;
        let Origin { program, stamp, content } = &*self.origin;
        let new = |name| if name == member { to } else { name };
        let mut draft = Draft {
            actor: self.actor().map(new).map(Cow::Borrowed),
            owner: self.owner().map(new).map(Cow::Borrowed),
            object: self.object().map(Cow::Borrowed),
            recipients: self.recipients().map(|name| new(name).into()).collect(),
            profile: self.profile().collect(),
            ..Draft::default()
        };
        for (id, value) in content.attributes() {
            match value {
                Found::Integer(number) => draft.attributes.integer(id, number),
                Found::Text(name) if program.links.members.contains(&id) => draft.attributes.text(id, new(name)),
                Found::Text(text) => draft.attributes.text(id, text),
                Found::Flag(flag) => draft.attributes.flag(id, flag),
                Found::Time(time) => draft.attributes.time(id, time),
                Found::Texts(texts) => draft.attributes.texts(id, &mut texts.iter().map(Text::from).collect()),
            }
        }
        Ok(Self::new(program, stamp.clone(), draft))
    }
}
