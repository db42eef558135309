//! Mapping: where a feed's JSON keeps what an activity carries.

use super::{
    Attribute, Field, Kind,
    format::{Defaults, Format},
};
use crate::{
    map::Map,
    table::Id,
    text::Text,
    tree::{Tree, unescape},
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
    pub(crate) kinds: Map<Text, Id<Kind>>,
    pub(crate) ignores_unknown_kinds: bool,
}

/// Where stands what every activity has.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) source: Option<Place>,
    pub(crate) id: Option<Place>,
    pub(crate) at: Option<Place>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) sequence: Sequence,
    pub(crate) kind: Option<Place>,
    /// The id of what is voided, in a line that has no kind.
    pub(crate) void: Option<Place>,
}

/// Where the rest stands for one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindInput {
    pub(crate) actor: Option<Place>,
    pub(crate) owner: Option<Place>,
    /// At each of these.
    pub(crate) recipients: Vec<Place>,
    pub(crate) object: Option<Place>,
    pub(crate) attributes: Vec<(Id<Attribute>, Place)>,
    /// Empty for kinds that carry no profile.
    pub(crate) profile: Vec<(Id<Field>, Place)>,
}

/// Where an activity's number among those of the same time comes from.
#[derive(Clone, Debug)]
pub(crate) enum Sequence {
    Nowhere,
    /// The number of the line in the feed.
    Line,
    At(Place),
}

/// The unit of a time that is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Epoch {
    Seconds,
    Milliseconds,
}

/// A place in a feed's JSON: a JSON Pointer, taken apart once.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    steps: Box<[Text]>,
    /// Where to look when there is nothing.
    or: Option<Box<Place>>,
}

impl Place {
    pub(crate) fn new(pointer: &str) -> Self {
        Self { steps: pointer.split('/').skip(1).map(|step| Text::from(&*unescape(step))).collect(), or: None }
    }

    /// The first of these at which something stands.
    pub(crate) fn first_of(pointers: &[&str]) -> Option<Self> {
        let (first, rest) = pointers.split_first()?;
        Some(Self { or: Self::first_of(rest).map(Box::new), ..Self::new(first) })
    }

    /// The place of a key of a table that stands here.
    pub(crate) fn below(&self, key: &str) -> Self {
        Self { steps: self.steps.iter().cloned().chain([key.into()]).collect(), or: None }
    }

    /// What stands here; null is nothing.
    pub(crate) fn find<'t, 'a>(&self, tree: &'t Tree<'a>) -> Option<&'t Tree<'a>> {
        match (self.here(tree), &self.or) {
            (None, Some(or)) => or.find(tree),
            (here, _) => here,
        }
    }

    /// The pointer at which [`Place::find`] finds something, for a message; the first where there is nothing.
    pub(crate) fn pointer(&self, tree: &Tree<'_>) -> String {
        match &self.or {
            Some(or) if self.here(tree).is_none() && or.find(tree).is_some() => or.pointer(tree),
            _ => self.to_string(),
        }
    }

    fn here<'t, 'a>(&self, tree: &'t Tree<'a>) -> Option<&'t Tree<'a>> {
        let here = match &*self.steps {
            [key] => tree.step(key),
            steps => steps.iter().try_fold(tree, |tree, step| tree.step(step)),
        };
        here.filter(|here| !matches!(here, Tree::Null))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.steps.iter().try_for_each(|step| write!(f, "/{}", step.replace('~', "~0").replace('/', "~1")))
    }
}

impl Envelope {
    pub(crate) fn of(defaults: &Defaults) -> Self {
        Self {
            source: Place::first_of(defaults.source),
            id: Place::first_of(defaults.id),
            at: Place::first_of(defaults.at),
            epoch: None,
            sequence: Place::first_of(defaults.sequence).map_or(Sequence::Nowhere, Sequence::At),
            kind: Place::first_of(defaults.kind),
            void: Place::first_of(defaults.void),
        }
    }
}

impl Input {
    /// The program's own format.
    pub(crate) fn own() -> Self {
        let own = Envelope::of(&Format::Own.defaults());
        Self { format: Format::Own, feed: own.clone(), own, kinds: Map::new(), ignores_unknown_kinds: false }
    }
}
