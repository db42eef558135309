//! Naming: how each format names kinds, members and objects.

use super::{
    error::{Read, ReadError},
    reading::{Word, each, short, within, word},
};
use crate::{
    base::{text::Text, tree::Tree},
    program::{cost::MAX_ITEMS, format::Format, keys::FieldMap},
};
use alloc::{format, vec::Vec};

/// The recipient "everyone" of ActivityStreams, which is not a member. Feeds use all three spellings.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];
/// The verb of an xAPI statement that voids another.
const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

impl Format {
    /// Checks the version of the format that a line names.
    pub(super) fn check_version(self, line: &FieldMap<'_, '_>) -> Read<()> {
        if self != Self::CloudEvents {
            return Ok(());
        }
        match line.under("specversion") {
            Some(Tree::Text(version)) if version == "1.0" => Ok(()),
            found => Err(ReadError::expected("`1.0`, because the program reads CloudEvents", found).at("/specversion")),
        }
    }

    /// The name of a kind in a line: of several types the first that is known, else the first.
    pub(super) fn kind<'t>(self, found: &'t Tree<'_>, is_known: &dyn Fn(&str) -> bool) -> Read<Word<'t>> {
        let Some(types) = Some(found.items()).filter(|_| self == Self::ActivityStreams) else { return word(found) };
        let known = types.iter().find(|one| one.as_text().is_some_and(is_known));
        word(known.or(types.first()).unwrap_or(found))
    }

    /// The id of the statement that this one voids, if it is a voiding one.
    pub(super) fn voided(self, line: &FieldMap<'_, '_>, called: &str) -> Read<Option<Text>> {
        if self != Self::Xapi || called != VOIDED {
            return Ok(None);
        }
        let object = line.under("object");
        let of = object.and_then(|object| object.get("objectType"));
        match object.and_then(|object| object.get("id")) {
            Some(id) if of.and_then(Tree::as_text) == Some("StatementRef") => {
                word(id).map(|id| Some(id.keep())).map_err(|error| error.at("/object/id"))
            }
            _ => Err(ReadError::expected("a StatementRef with the id of the statement to void", object).at("/object")),
        }
    }

    /// Refuses a line that lacks what the standard requires and no part of an activity depends on: without it, an
    /// activity would name nobody, or nothing.
    #[inline]
    pub(super) fn check_required(self, line: &FieldMap<'_, '_>) -> Read<()> {
        if self == Self::Xapi { statement(line) } else { Ok(()) }
    }

    /// The member that a value names; `None` for a table that names none.
    pub(super) fn member<'t>(self, found: &'t Tree<'_>, homes: &[Text]) -> Read<Option<Word<'t>>> {
        match (self, found) {
            (Self::ActivityStreams, _) => linked(found),
            (Self::Xapi, Tree::Table(_)) => agent(found, homes),
            _ => word(found).map(Some),
        }
    }

    /// The object that a value names; `None` for a table that names none.
    pub(super) fn object<'t>(self, found: &'t Tree<'_>, homes: &[Text]) -> Read<Option<Word<'t>>> {
        match (self, found) {
            (Self::Xapi, Tree::Table(_)) => match found.get("objectType").and_then(Tree::as_text) {
                Some("Agent" | "Group") => agent(found, homes),
                _ => said(found, "id").map(word).transpose(),
            },
            _ => self.member(found, homes),
        }
    }

    /// Adds the recipients that a value names: the items of a list, the members of an xAPI Group, or the value itself.
    pub(super) fn recipients(self, found: &Tree<'_>, homes: &[Text], recipients: &mut Vec<Text>) -> Read<()> {
        let (list, below) = match (self, said(found, "member")) {
            (Self::Xapi, Some(members)) => (members, "/member"),
            _ => (found, ""),
        };
        let read = each(list, |item| {
            let member = self.member(item, homes)?.map(Word::keep);
            let is_everyone = |member: &Text| self == Self::ActivityStreams && PUBLIC.contains(&member.as_str());
            recipients.extend(member.filter(|member| !is_everyone(member)));
            // The limit is for all pointers together, such as `to` and `cc`.
            if recipients.len() > MAX_ITEMS { Err(ReadError::too_many(recipients.len())) } else { Ok(()) }
        });
        read.map_err(|error| error.at(below))
    }
}

/// A text itself, the `id` of a table, the `href` of a link, or the same in a list with one item.
fn linked<'t>(found: &'t Tree<'_>) -> Read<Option<Word<'t>>> {
    match found {
        Tree::Table(_) => said(found, "id").or_else(|| said(found, "href")).map(word).transpose(),
        Tree::List(items) => match items.as_slice() {
            [] => Ok(None),
            // `word` refuses an inner list, so this recurses only once.
            [one @ Tree::Table(_)] => linked(one),
            [one] => word(one).map(Some),
            _ => {
                let message =
                    format!("expected one value, found a list of {}; point to one of them in `input`", items.len());
                Err(ReadError::new(message))
            }
        },
        _ => word(found).map(Some),
    }
}

/// The identifier of an xAPI Agent or Group; `None` for an anonymous Group.
fn agent<'t>(found: &'t Tree<'_>, homes: &[Text]) -> Read<Option<Word<'t>>> {
    if let Some((account, name)) = said(found, "account").and_then(|account| Some((account, said(account, "name")?))) {
        let name = word(name)?;
        let home = said(account, "homePage").and_then(Tree::as_text);
        if home.is_none_or(|home| homes.iter().any(|own| own == home)) {
            return Ok(Some(name));
        }
        let account = Word::Account(account);
        return within(account.as_text().len()).map(|()| Some(account));
    }
    match said(found, "mbox") {
        Some(Tree::Text(mbox)) => {
            short(mbox.strip_prefix("mailto:").unwrap_or(mbox)).map(|mbox| Some(Word::Text(mbox)))
        }
        mbox => {
            let other = || said(found, "mbox_sha1sum").or_else(|| said(found, "openid"));
            mbox.or_else(other).map(word).transpose()
        }
    }
}

/// Refuses an xAPI statement without an actor or an object that is known.
fn statement(line: &FieldMap<'_, '_>) -> Read<()> {
    actor(line.under("actor")).map_err(|error| error.at("/actor"))?;
    let object = line.under("object");
    let expected = match object.and_then(|object| said(object, "objectType")).and_then(Tree::as_text) {
        Some("Agent" | "Group") => return actor(object).map_err(|error| error.at("/object")),
        Some("SubStatement") => ["actor", "verb", "object"].into_iter().find(|key| absent(object, key)),
        _ => Some("id").filter(|key| absent(object, key)),
    };
    match expected {
        None => Ok(()),
        Some(key) => Err(ReadError::expected(&format!("an object with `{key}`"), object).at("/object")),
    }
}

/// Refuses what is no xAPI Agent, nor a Group that is known or has members.
fn actor(found: Option<&Tree<'_>>) -> Read<()> {
    let is_group = found.and_then(|found| said(found, "objectType")).and_then(Tree::as_text) == Some("Group");
    let keys = ["account", "mbox", "mbox_sha1sum", "openid", "member"];
    match keys.iter().take(if is_group { 5 } else { 4 }).all(|key| absent(found, key)) {
        false => Ok(()),
        true if is_group => Err(ReadError::expected("a Group with `member`, or with what an Agent needs", found)),
        true => Err(ReadError::expected("an Agent with one of: account, mbox, mbox_sha1sum, openid", found)),
    }
}

/// Whether a table has no value under a key.
fn absent(table: Option<&Tree<'_>>, key: &str) -> bool {
    table.and_then(|table| said(table, key)).is_none()
}

/// The value under a key, `None` for null.
fn said<'t, 'a>(table: &'t Tree<'a>, key: &str) -> Option<&'t Tree<'a>> {
    table.get(key).filter(|found| !matches!(found, Tree::Null))
}
