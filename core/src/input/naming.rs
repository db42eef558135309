//! Naming: how each format says the kind, and who or what is meant.

use super::{
    MAX_ITEMS, Read, ReadError,
    reading::{Word, each, short, word},
};
use crate::{
    base::{text::Text, tree::Tree},
    program::{format::Format, keys::FieldMap},
};
use alloc::{format, string::String, vec::Vec};

/// Everyone: a recipient in ActivityStreams that is no member. It is seen in all three spellings.
const PUBLIC: [&str; 3] = ["https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"];
/// The verb by which an xAPI statement voids another.
const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

impl Format {
    /// Sees that a line is of the version that is read here.
    pub(super) fn check_version(self, line: &FieldMap<'_, '_>) -> Read<()> {
        if self != Self::CloudEvents {
            return Ok(());
        }
        match line.under("specversion") {
            Some(Tree::Text(version)) if version == "1.0" => Ok(()),
            found => Err(ReadError::expected("`1.0`, because the program reads CloudEvents", found).at("/specversion")),
        }
    }

    /// What a line calls its kind.
    pub(super) fn kind<'t>(self, found: &'t Tree<'_>) -> Read<Word<'t>> {
        match (self, found) {
            (Self::ActivityStreams, Tree::List(types)) => word(types.first().unwrap_or(found)),
            _ => word(found),
        }
    }

    /// A more particular name of the kind: an activity of ActivityStreams together with its object, as in `Create Article`.
    pub(super) fn particular_kind(self, line: &FieldMap<'_, '_>, called: &str) -> Option<String> {
        if self != Self::ActivityStreams {
            return None;
        }
        let of = self.kind(line.under("object")?.get("type")?).ok()?;
        Some(format!("{called} {}", of.as_text()))
    }

    /// The id that a statement voids, where it does.
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
            _ => Err(ReadError::expected("a StatementRef with the id of what is voided", object).at("/object")),
        }
    }

    /// The member that stands here; nobody for a table that names none.
    pub(super) fn member<'t>(self, found: &'t Tree<'_>) -> Read<Option<Word<'t>>> {
        match (self, found) {
            (Self::ActivityStreams, _) => linked(found),
            (Self::Xapi, Tree::Table(_)) => agent(found),
            _ => word(found).map(Some),
        }
    }

    /// The object that stands here; nothing for a table that names none.
    pub(super) fn object<'t>(self, found: &'t Tree<'_>) -> Read<Option<Word<'t>>> {
        match (self, found) {
            (Self::Xapi, Tree::Table(_)) => match found.get("objectType").and_then(Tree::as_text) {
                Some("Agent" | "Group") => agent(found),
                _ => said(found, "id").map(word).transpose(),
            },
            _ => self.member(found),
        }
    }

    /// Reads recipients: the items of a list, the members of a Group of xAPI, or the one that stands here.
    pub(super) fn recipients(self, found: &Tree<'_>, recipients: &mut Vec<Text>) -> Read<()> {
        let (list, below) = match (self, said(found, "member")) {
            (Self::Xapi, Some(members)) => (members, "/member"),
            _ => (found, ""),
        };
        let read = each(list, |item| {
            let member = self.member(item)?.map(Word::keep);
            let is_everyone = |member: &Text| self == Self::ActivityStreams && PUBLIC.contains(&member.as_str());
            recipients.extend(member.filter(|member| !is_everyone(member)));
            // Two lists, as in `to` and `cc`, count together.
            if recipients.len() > MAX_ITEMS { Err(ReadError::too_many(recipients.len())) } else { Ok(()) }
        });
        read.map_err(|error| error.at(below))
    }
}

/// A text as it is, the `id` of a table or the `href` of a link. A list of one is that one.
fn linked<'t>(found: &'t Tree<'_>) -> Read<Option<Word<'t>>> {
    match found {
        Tree::Table(_) => said(found, "id").or_else(|| said(found, "href")).map(word).transpose(),
        Tree::List(items) => match items.as_slice() {
            [] => Ok(None),
            // A list within is refused by `word`, so this goes no deeper.
            [one @ Tree::Table(_)] => linked(one),
            [one] => word(one).map(Some),
            _ => {
                let message =
                    format!("expected one, found a list of {}; a pointer to one of them says which", items.len());
                Err(ReadError::new(message))
            }
        },
        _ => word(found).map(Some),
    }
}

/// The text that an Agent or Group of xAPI is known by; none for an anonymous Group.
fn agent<'t>(found: &'t Tree<'_>) -> Read<Option<Word<'t>>> {
    let account = said(found, "account").and_then(|account| said(account, "name"));
    match (account, said(found, "mbox")) {
        (None, Some(Tree::Text(mbox))) => {
            short(mbox.strip_prefix("mailto:").unwrap_or(mbox)).map(|mbox| Some(Word::Text(mbox)))
        }
        (account, mbox) => {
            let other = || said(found, "mbox_sha1sum").or_else(|| said(found, "openid"));
            account.or(mbox).or_else(other).map(word).transpose()
        }
    }
}

/// What stands under a key; null is nothing.
fn said<'t, 'a>(table: &'t Tree<'a>, key: &str) -> Option<&'t Tree<'a>> {
    table.get(key).filter(|found| !matches!(found, Tree::Null))
}
