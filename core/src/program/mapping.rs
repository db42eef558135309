//! Mapping: the pointers from a feed's JSON to the parts of an activity.

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

/// How lines of a feed are read.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    pub(crate) format: Format,
    pub(crate) feed: Envelope,
    /// The envelope of the program's own format.
    pub(crate) own: Envelope,
    /// The feed's names for kinds.
    pub(crate) called: Interner,
    /// The kind of each name.
    pub(crate) kinds: Vec<Id<Kind>>,
    pub(crate) ignores_unknown_kinds: bool,
}

/// The pointers to the parts that every activity has.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) source: Option<Pointer>,
    pub(crate) id: Option<Pointer>,
    pub(crate) at: Option<Pointer>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) sequence: Sequence,
    pub(crate) kind: Option<Pointer>,
    /// In a line without a kind, the id of the activity to void.
    pub(crate) void: Option<Pointer>,
    /// The first keys of these pointers and of those of all kinds.
    pub(crate) keys: Keys,
}

/// The pointers to the other parts, for one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindInput {
    pub(crate) actor: Option<Pointer>,
    pub(crate) owner: Option<Pointer>,
    /// All of these count.
    pub(crate) recipients: Vec<Pointer>,
    pub(crate) object: Option<Pointer>,
    pub(crate) attributes: Vec<(Id<Attribute>, Pointer)>,
    /// Empty for kinds that carry no profile.
    pub(crate) profile: Vec<(Id<Field>, Pointer)>,
}

/// What orders activities of the same time.
#[derive(Clone, Debug)]
pub(crate) enum Sequence {
    Nowhere,
    /// The line number in the feed.
    Line,
    At(Pointer),
}

/// The unit of a time that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Epoch {
    Seconds,
    Milliseconds,
}

/// A JSON Pointer into a line of a feed, split into its steps.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    steps: Box<[Text]>,
    /// The number of the first step among the keys of its envelope.
    first: Option<usize>,
    /// The pointer to follow if this one finds nothing.
    or: Option<Box<Pointer>>,
}

impl Pointer {
    pub(crate) fn new(pointer: &str) -> Self {
        Self::at(pointer.split('/').skip(1).map(|step| Text::from(&*unescape(step))).collect())
    }

    fn at(steps: Box<[Text]>) -> Self {
        Self { steps, first: None, or: None }
    }

    /// A pointer that finds what the first of several finds.
    pub(crate) fn first_of(pointers: &[&str]) -> Option<Self> {
        let (first, rest) = pointers.split_first()?;
        Some(Self { or: Self::first_of(rest).map(Box::new), ..Self::new(first) })
    }

    /// The pointer to a key of the table at this pointer.
    pub(crate) fn below(&self, key: &str) -> Self {
        Self::at(self.steps.iter().cloned().chain([key.into()]).collect())
    }

    /// The value at this pointer; `None` for null.
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

    /// The pointer that [`Pointer::find`] follows, for a message; the first one if none finds a value.
    pub(crate) fn pointer(&self, line: &FieldMap<'_, '_>) -> String {
        match &self.or {
            Some(or) if self.here(line).is_none() && or.find(line).is_some() => or.pointer(line),
            _ => self.to_string(),
        }
    }

    /// Whether it has more than one step.
    pub(crate) fn is_deep(&self) -> bool {
        self.steps.len() > 1
    }

    /// The value that ends this pointer early because it has no keys, such as a text instead of a table, and the
    /// pointer to it.
    pub(crate) fn blocked_by<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<(String, &'l Tree<'a>)> {
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

    // Called many times for each line, and most pointers have a single step.
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

    /// Numbers the first step.
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

    /// Numbers the first keys of all pointers, and the keys that the format itself reads.
    pub(crate) fn number_keys<'k>(&mut self, format: Format, kinds: impl Iterator<Item = &'k mut KindInput>) {
        let Self { source, id, at, sequence, kind, void, keys, epoch: _ } = self;
        if let Sequence::At(pointer) = sequence {
            pointer.number(keys);
        }
        [source, id, at, kind, void].into_iter().flatten().for_each(|pointer| pointer.number(keys));
        for key in format.own_keys() {
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

    /// The kind with this name in the feed.
    pub(crate) fn kind(&self, called: &str) -> Option<Id<Kind>> {
        self.kinds.get(self.called.find(called)?).copied()
    }
}
