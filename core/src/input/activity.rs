//! Activities: facts that came in, as a program read them.

use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Time, Timestamp},
        tree::Tree,
    },
    program::{
        Attribute, Field, Key, Kind, Program, Role,
        value::{FieldState, Value, text_tree},
    },
};
use alloc::{
    borrow::Cow,
    string::{String, ToString},
    sync::Arc,
    vec::Vec,
};
use core::ops::Deref;
use serde::{Deserialize, Serialize};

/// A fact that came in: who did what, when, to what. [`Program::read`] makes it, and only that program understands it.
///
/// It is known by its source and id. Activities order by (instant, sequence or none first, source, id), which does not depend
/// on when they arrive; two are equal when all they say is equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    pub(crate) origin: Arc<Origin>,
    pub(crate) actor: Option<Text>,
    pub(crate) owner: Option<Text>,
    /// Sorted, each once.
    pub(crate) recipients: Vec<Text>,
    pub(crate) object: Option<Text>,
    /// Sorted by attribute.
    pub(crate) attributes: Vec<(Id<Attribute>, Value)>,
    /// Sorted by field.
    pub(crate) profile: Vec<(Id<Field>, FieldState)>,
}

/// An activity's stamp, and the program that read it: all that ledgers keep of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) program: Program,
    pub(crate) stamp: Stamp,
}

/// What an activity is known by, when it happened, and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) source: Text,
    pub(crate) id: Text,
    pub(crate) time: Time,
    pub(crate) sequence: Option<i64>,
    pub(crate) kind: Id<Kind>,
}

/// An activity, by what it is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ActivityRef {
    /// Where it came from.
    pub source: String,
    /// Its id there.
    pub id: String,
}

impl Deref for Origin {
    type Target = Stamp;

    fn deref(&self) -> &Stamp {
        &self.stamp
    }
}

impl Stamp {
    /// What an activity is known by.
    pub(crate) fn reference(&self) -> ActivityRef {
        ActivityRef { source: self.source.to_string(), id: self.id.to_string() }
    }

    /// Its place in the order of a record.
    pub(crate) fn order_key(&self) -> (Timestamp, Option<i64>, &str, &str) {
        (self.time.instant, self.sequence, &self.source, &self.id)
    }
}

impl Activity {
    /// What the activity is known by.
    pub fn reference(&self) -> ActivityRef {
        self.origin.reference()
    }

    /// Where it came from.
    pub fn source(&self) -> &str {
        &self.origin.source
    }

    /// Its id there.
    pub fn id(&self) -> &str {
        &self.origin.id
    }

    /// When it happened.
    pub fn at(&self) -> Timestamp {
        self.origin.time.instant
    }

    /// The program that read it.
    pub fn program(&self) -> &Program {
        &self.origin.program
    }

    /// The name of its kind.
    pub fn kind(&self) -> &str {
        &self.program().kinds[self.origin.kind].name
    }

    /// Who did it.
    pub fn actor(&self) -> Option<&str> {
        self.actor.as_deref()
    }

    /// Whose object it is about.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// To whom; sorted, each once.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        self.recipients.iter().map(Text::as_str)
    }

    /// What it is about.
    pub fn object(&self) -> Option<&str> {
        self.object.as_deref()
    }

    pub(crate) fn attribute(&self, attribute: Id<Attribute>) -> Option<&Value> {
        self.attributes.iter().find(|(id, _)| *id == attribute).map(|(_, value)| value)
    }

    /// Who holds a role that one member can hold.
    pub(crate) fn in_role(&self, role: Role) -> Option<&Text> {
        match role {
            Role::Actor => self.actor.as_ref(),
            Role::Owner => self.owner.as_ref(),
            Role::Recipient => None,
            Role::Attribute(attribute) => match self.attribute(attribute) {
                Some(Value::Text(member)) => Some(member),
                _ => None,
            },
        }
    }

    /// What it is counted under, in order; nothing where it has none.
    pub(crate) fn keys(&self, key: Key) -> &[Text] {
        match key {
            Key::Object => self.object.as_slice(),
            Key::Role(Role::Actor) => self.actor.as_slice(),
            Key::Role(Role::Owner) => self.owner.as_slice(),
            Key::Role(Role::Recipient) => &self.recipients,
            Key::Role(Role::Attribute(attribute)) | Key::Attribute(attribute) => match self.attribute(attribute) {
                Some(Value::Text(text)) => core::slice::from_ref(text),
                Some(Value::Texts(texts)) => texts,
                _ => &[],
            },
        }
    }

    /// Whether the member holds the role.
    pub(crate) fn names(&self, member: &str, role: Role) -> bool {
        match role {
            Role::Recipient => self.recipients.iter().any(|recipient| recipient == member),
            _ => self.in_role(role).is_some_and(|text| text == member),
        }
    }

    /// The members whom it names, in order, each once: those to whom a host routes it.
    pub fn members(&self) -> impl Iterator<Item = &Text> {
        let attributes =
            self.program().links.members.iter().filter_map(|attribute| self.in_role(Role::Attribute(*attribute)));
        let (actor, owner) = (self.actor.as_ref(), self.owner.as_ref());
        let mut all: Vec<_> = self.recipients.iter().chain(attributes).collect();
        // Most name no more than an actor and an owner, and need no list.
        let few = match all.is_empty() {
            true if actor <= owner => [actor.filter(|actor| Some(*actor) != owner), owner],
            true => [owner, actor],
            false => {
                all.extend(actor.into_iter().chain(owner));
                all.sort_unstable();
                all.dedup();
                [None, None]
            }
        };
        few.into_iter().flatten().chain(all)
    }

    /// The activity in the program's own input format, whatever it was read from; [`Program::read_own`] reads it back.
    pub fn to_tree(&self) -> Tree<'static> {
        let program = self.program();
        let mut tree = Vec::new();
        let mut put = |key: &'static str, value: Tree<'static>| tree.push((Cow::Borrowed(key), value));
        put("source", text_tree(&self.origin.source));
        put("id", text_tree(&self.origin.id));
        put("at", Tree::Text(Cow::Owned(self.origin.time.to_text())));
        if let Some(sequence) = self.origin.sequence {
            put("sequence", Tree::Integer(sequence));
        }
        put("kind", text_tree(&program.kinds[self.origin.kind].name));
        for (key, value) in [("actor", &self.actor), ("owner", &self.owner), ("object", &self.object)] {
            if let Some(value) = value {
                put(key, text_tree(value));
            }
        }
        if !self.recipients.is_empty() {
            put("recipients", Tree::List(self.recipients.iter().map(text_tree).collect()));
        }
        if !self.attributes.is_empty() {
            let attributes = self.attributes.iter();
            put(
                "attributes",
                Tree::Table(
                    attributes.map(|(id, value)| (key(&program.attributes[*id].name), value.to_tree())).collect(),
                ),
            );
        }
        if !self.profile.is_empty() {
            let fields = self.profile.iter();
            put(
                "profile",
                Tree::Table(
                    fields.map(|(id, state)| (key(&program.fields[*id].name), Tree::from(state.name()))).collect(),
                ),
            );
        }
        Tree::Table(tree)
    }
}

fn key(name: &Text) -> Cow<'static, str> {
    Cow::Owned(String::from(name.as_str()))
}
