//! Mapping: where a feed's JSON keeps what an activity carries.

use super::{
    Attribute, Field, Kind,
    format::{Defaults, Format},
    keys::{FieldMap, Keys},
};
use crate::base::{
    id_table::Id,
    interner::Interner,
    text::Text,
    tree::{Tree, index, unescape},
};
use alloc::{
    boxed::Box,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;

/// How a feed is read, as far as it is the same for all kinds.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) format: Format,
    pub(crate) feed: Envelope,
    /// The same of the program's own format, whatever the feed.
    pub(crate) own: Envelope,
    /// What the feed calls the kinds.
    pub(crate) called: Interner,
    /// The kind of each.
    pub(crate) kinds: Vec<Id<Kind>>,
    pub(crate) ignores_unknown_kinds: bool,
}

/// Where stands what every activity has.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) source: Option<Pointer>,
    pub(crate) id: Option<Pointer>,
    pub(crate) at: Option<Pointer>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) sequence: Sequence,
    pub(crate) kind: Option<Pointer>,
    /// The id of what is voided, in a line that has no kind.
    pub(crate) void: Option<Pointer>,
    /// Where these and the places of all kinds begin.
    pub(crate) keys: Keys,
}

/// Where the rest stands for one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindInput {
    pub(crate) actor: Option<Pointer>,
    pub(crate) owner: Option<Pointer>,
    /// At each of these.
    pub(crate) recipients: Vec<Pointer>,
    pub(crate) object: Option<Pointer>,
    pub(crate) attributes: Vec<(Id<Attribute>, Pointer)>,
    /// Empty for kinds that carry no profile.
    pub(crate) profile: Vec<(Id<Field>, Pointer)>,
}

/// Where an activity's number among those of the same time comes from.
#[derive(Clone, Debug)]
pub(crate) enum Sequence {
    Nowhere,
    /// The number of the line in the feed.
    Line,
    At(Pointer),
}

/// The unit of a time that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Epoch {
    Seconds,
    Milliseconds,
}

/// A place in a feed's JSON: a JSON Pointer, taken apart once.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    steps: Box<[Text]>,
    /// The number of the first step among the keys of its envelope.
    first: Option<usize>,
    /// Where to look when there is nothing.
    or: Option<Box<Pointer>>,
}

impl Pointer {
    pub(crate) fn new(pointer: &str) -> Self {
        Self::at(pointer.split('/').skip(1).map(|step| Text::from(&*unescape(step))).collect())
    }

    fn at(steps: Box<[Text]>) -> Self {
        Self { steps, first: None, or: None }
    }

    /// The first of these at which something stands.
    pub(crate) fn first_of(pointers: &[&str]) -> Option<Self> {
        let (first, rest) = pointers.split_first()?;
        Some(Self { or: Self::first_of(rest).map(Box::new), ..Self::new(first) })
    }

    /// The place of a key of a table that stands here.
    pub(crate) fn below(&self, key: &str) -> Self {
        Self::at(self.steps.iter().cloned().chain([key.into()]).collect())
    }

    /// What stands here; null is nothing.
    #[inline]
    pub(crate) fn find<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        match (self.here(line), &self.or) {
            (None, Some(or)) => or.find_further(line),
            (here, _) => here,
        }
    }

    #[cold]
    fn find_further<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        self.find(line)
    }

    /// The pointer at which [`Pointer::find`] finds something, for a message; the first where there is nothing.
    pub(crate) fn pointer(&self, line: &FieldMap<'_, '_>) -> String {
        match &self.or {
            Some(or) if self.here(line).is_none() && or.find(line).is_some() => or.pointer(line),
            _ => self.to_string(),
        }
    }

    /// Whether it is below a key of the line.
    pub(crate) fn is_deep(&self) -> bool {
        self.steps.len() > 1
    }

    /// What bars the way to this place, as it has no keys, and where that is: a text, say, where a table is meant.
    pub(crate) fn barred<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<(String, &'l Tree<'a>)> {
        let mut above = line.get(self.first?)?;
        for (depth, step) in self.steps.iter().enumerate().skip(1) {
            let has_step = match above {
                Tree::Table(_) | Tree::Null => true,
                Tree::List(_) => index(step).is_some(),
                _ => false,
            };
            if !has_step {
                return Some((Self::at(self.steps.get(..depth)?.into()).to_string(), above));
            }
            above = above.step(step)?;
        }
        None
    }

    // Called many times for each line, and most places are a key of it.
    #[inline]
    fn here<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        let begin = line.get(self.first?)?;
        let here = if self.is_deep() { self.below_key(begin)? } else { begin };
        Some(here).filter(|here| !matches!(here, Tree::Null))
    }

    #[inline(never)]
    fn below_key<'l, 'a>(&self, begin: &'l Tree<'a>) -> Option<&'l Tree<'a>> {
        self.steps.iter().skip(1).try_fold(begin, |tree, step| tree.step(step))
    }

    /// Notes the number of its first step.
    fn number(&mut self, keys: &mut Keys) {
        self.first = self.steps.first().map(|key| keys.add(key));
        if let Some(or) = &mut self.or {
            or.number(keys);
        }
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|step| write!(f, "/{}", step.replace('~', "~0").replace('/', "~1")))
    }
}

impl Envelope {
    pub(crate) fn of(defaults: &Defaults) -> Self {
        Self {
            source: Pointer::first_of(defaults.source),
            id: Pointer::first_of(defaults.id),
            at: Pointer::first_of(defaults.at),
            epoch: None,
            sequence: Pointer::first_of(defaults.sequence).map_or(Sequence::Nowhere, Sequence::At),
            kind: Pointer::first_of(defaults.kind),
            void: Pointer::first_of(defaults.void),
            keys: Keys::new(),
        }
    }

    /// Numbers the keys at which its places and those of the kinds begin, and those that the format itself asks for.
    pub(crate) fn number_keys<'k>(&mut self, format: Format, kinds: impl Iterator<Item = &'k mut KindInput>) {
        let Self { source, id, at, sequence, kind, void, keys, epoch: _ } = self;
        if let Sequence::At(pointer) = sequence {
            pointer.number(keys);
        }
        [source, id, at, kind, void].into_iter().flatten().for_each(|pointer| pointer.number(keys));
        for key in format.asks() {
            keys.add(key);
        }
        kinds.for_each(|kind| kind.pointers_mut().for_each(|pointer| pointer.number(keys)));
    }
}

impl KindInput {
    fn pointers_mut(&mut self) -> impl Iterator<Item = &mut Pointer> {
        let Self { actor, owner, recipients, object, attributes, profile } = self;
        let roles = [actor, owner, object].into_iter().flatten();
        let attributes = attributes.iter_mut().map(|(_, pointer)| pointer);
        roles.chain(recipients).chain(attributes).chain(profile.iter_mut().map(|(_, pointer)| pointer))
    }
}

impl Input {
    /// The program's own format.
    pub(crate) fn own() -> Self {
        let own = Envelope::of(&Format::Own.defaults());
        let (called, kinds) = (Interner::new(), Vec::new());
        Self { format: Format::Own, feed: own.clone(), own, called, kinds, ignores_unknown_kinds: false }
    }

    /// The kind that the feed calls so.
    pub(crate) fn kind(&self, called: &str) -> Option<Id<Kind>> {
        self.kinds.get(self.called.find(called)?).copied()
    }
}
