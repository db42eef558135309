//! Mapping: the pointers from a feed's JSON to the parts of an activity.

use super::{
    Attribute, Field, Kind,
    format::{Defaults, Format},
    keys::{CONTENT, FieldMap, Keys},
};
use crate::base::{
    id_table::Id,
    interner::Interner,
    text::Text,
    tree::{Tree, index, unescape},
};
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, iter};

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
    /// xAPI accounts of these home pages are known by their name alone.
    pub(crate) homes: Vec<Text>,
}

/// How every line is read, whatever its kind.
#[derive(Clone, Debug)]
pub(crate) struct Envelope {
    pub(crate) source: Option<Pointer>,
    pub(crate) sequence: Sequence,
    pub(crate) kind: Option<Pointer>,
    /// What makes the name of the kind more particular, such as the type of the object.
    pub(crate) detail: Option<Pointer>,
    /// In a line without a kind, the id of the activity to void.
    pub(crate) void: Option<Pointer>,
    /// Whether an offset of zero leaves the local time unknown, as `Z` does.
    pub(crate) utc_is_unknown: bool,
    /// Whether an id is made from the whole line.
    pub(crate) reads_content: bool,
    /// The first keys of these pointers and of those of all kinds.
    pub(crate) keys: Keys,
}

/// The pointers of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct KindInput {
    pub(crate) source: Option<Pointer>,
    pub(crate) id: Option<Pointer>,
    pub(crate) at: Option<Pointer>,
    pub(crate) epoch: Option<Epoch>,
    pub(crate) actor: Option<Pointer>,
    pub(crate) owner: Option<Pointer>,
    /// All alternatives count.
    pub(crate) recipients: Option<Pointer>,
    pub(crate) object: Option<Pointer>,
    pub(crate) attributes: Vec<AttributeInput>,
    /// Empty for kinds that carry no profile.
    pub(crate) profile: Vec<(Id<Field>, Pointer)>,
}

/// Where an attribute is, and what a number there means.
#[derive(Clone, Debug)]
pub(crate) struct AttributeInput {
    pub(crate) attribute: Id<Attribute>,
    pub(crate) pointer: Pointer,
    /// For a time.
    pub(crate) epoch: Option<Epoch>,
    /// For an integer: a number with a fraction is read as so many times itself.
    pub(crate) times: Option<i64>,
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

impl Epoch {
    /// How many of this unit are in a second.
    pub(crate) fn per_second(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Milliseconds => 1_000,
        }
    }
}

/// A JSON Pointer into a line of a feed, split into its steps, or the name of a value that the host hands over beside
/// the line.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    pub(crate) steps: Box<[Text]>,
    /// The number of the first step among the keys of its envelope.
    first: Option<usize>,
    /// `received`, of `@received`.
    beside: Option<Text>,
    /// Whether it finds each item of a list.
    pub(crate) finds_many: bool,
    /// The pointer to follow if this one finds nothing.
    or: Option<Box<Pointer>>,
}

/// The step that stands for each item of a list.
pub(crate) const EACH: &str = "*";

impl Pointer {
    pub(crate) fn new(pointer: &str) -> Self {
        match pointer.strip_prefix('@') {
            Some("content") => Self::at([CONTENT.into()].into()),
            Some(name) => Self { beside: Some(name.into()), ..Self::at([].into()) },
            None => Self::at(pointer.split('/').skip(1).map(|step| Text::from(&*unescape(step))).collect()),
        }
    }

    fn at(steps: Box<[Text]>) -> Self {
        let finds_many = steps.iter().any(|step| step == EACH);
        Self { steps, first: None, beside: None, finds_many, or: None }
    }

    /// A pointer that finds what the first of several finds.
    pub(crate) fn first_of<'p>(mut pointers: impl Iterator<Item = &'p str>) -> Option<Self> {
        // Not generic below this line, because it calls itself.
        fn first_of(pointers: &mut dyn Iterator<Item = &str>) -> Option<Pointer> {
            let first = Pointer::new(pointers.next()?);
            Some(Pointer { or: first_of(pointers).map(Box::new), ..first })
        }
        first_of(&mut pointers)
    }

    /// The pointer, or list of pointers, that a program says.
    pub(crate) fn said(tree: &Tree<'_>) -> Option<Self> {
        match tree {
            Tree::List(items) => Self::first_of(items.iter().filter_map(Tree::as_text)),
            one => one.as_text().map(Self::new),
        }
    }

    /// The pointer to a key of the table at this pointer.
    pub(crate) fn below(&self, key: &str) -> Self {
        let or = self.or.as_ref().map(|or| Box::new(or.below(key)));
        Self { or, ..Self::at(self.steps.iter().cloned().chain([key.into()]).collect()) }
    }

    /// This pointer and those to follow if it finds nothing.
    pub(crate) fn alternatives(&self) -> impl Iterator<Item = &Self> {
        iter::successors(Some(self), |pointer| pointer.or.as_deref())
    }

    /// Whether it finds at most one value, and has no alternatives.
    #[inline]
    pub(crate) fn is_single(&self) -> bool {
        self.or.is_none() && !self.finds_many
    }

    /// Whether it finds the id made from the content.
    pub(crate) fn is_content(&self) -> bool {
        matches!(&*self.steps, [step] if step == CONTENT)
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

    /// Whether [`Pointer::find`] finds a value that the host hands over beside the line.
    #[inline]
    pub(crate) fn finds_beside(&self, line: &FieldMap<'_, '_>) -> bool {
        (self.beside.is_some() || self.or.is_some()) && self.finds_beside_first(line)
    }

    #[cold]
    fn finds_beside_first(&self, line: &FieldMap<'_, '_>) -> bool {
        let first = self.alternatives().position(|pointer| pointer.beside.is_some());
        first.is_some_and(|first| !self.alternatives().take(first).any(|pointer| pointer.here(line).is_some()))
    }

    /// What its first step finds.
    #[inline]
    pub(crate) fn begin<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        match self.first {
            Some(first) => line.get(first),
            None => self.find_beside(line),
        }
    }

    #[cold]
    fn find_beside<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        line.beside(self.beside.as_ref()?)
    }

    /// The value at this pointer alone, whatever its alternatives find; `None` for null.
    // Called many times for each line, and most pointers have a single step.
    #[inline]
    pub(crate) fn here<'l, 'a>(&self, line: &'l FieldMap<'_, 'a>) -> Option<&'l Tree<'a>> {
        let begin = self.begin(line)?;
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
        if let Some(name) = &self.beside {
            write!(f, "@{}", name.as_str())?;
        }
        self.steps.iter().try_for_each(|step| f.write_str(&escape(step)))
    }
}

/// A step of a JSON Pointer as it is written.
pub(crate) fn escape(step: &str) -> String {
    format!("/{}", step.replace('~', "~0").replace('/', "~1"))
}

impl Envelope {
    pub(crate) fn of(defaults: &Defaults) -> Self {
        let first_of = |pointers: &[&'static str]| Pointer::first_of(pointers.iter().copied());
        Self {
            source: first_of(defaults.source),
            sequence: first_of(defaults.sequence).map_or(Sequence::Nowhere, Sequence::At),
            kind: first_of(defaults.kind),
            detail: first_of(defaults.detail),
            void: first_of(defaults.void),
            utc_is_unknown: false,
            reads_content: false,
            keys: Keys::new(),
        }
    }

    /// Takes in the pointers of all kinds: numbers the first keys of all pointers, and the keys that the format itself
    /// reads.
    pub(crate) fn finish<'k>(&mut self, format: Format, kinds: impl Iterator<Item = &'k mut KindInput>) {
        let Self { source, sequence, kind, detail, void, keys, .. } = self;
        if let Sequence::At(pointer) = sequence {
            pointer.number(keys);
        }
        [source, kind, detail, void].into_iter().flatten().for_each(|pointer| pointer.number(keys));
        for key in format.own_keys() {
            keys.add(key);
        }
        for kind in kinds {
            let id = kind.id.as_ref();
            self.reads_content |= id.is_some_and(|id| id.alternatives().any(Pointer::is_content));
            kind.pointers_mut().for_each(|pointer| pointer.number(&mut self.keys));
        }
    }
}

impl KindInput {
    fn pointers_mut(&mut self) -> impl Iterator<Item = &mut Pointer> {
        let Self { source, id, at, epoch: _, actor, owner, recipients, object, attributes, profile } = self;
        let single = [source, id, at, actor, owner, recipients, object].into_iter().flatten();
        let attributes = attributes.iter_mut().map(|attribute| &mut attribute.pointer);
        single.chain(attributes).chain(profile.iter_mut().map(|(_, pointer)| pointer))
    }
}

impl Input {
    /// The program's own format.
    pub(crate) fn own() -> Self {
        let own = Envelope::of(&Format::Own.defaults());
        let (called, kinds) = (Interner::new(), Vec::new());
        Self {
            format: Format::Own,
            feed: own.clone(),
            own,
            called,
            kinds,
            ignores_unknown_kinds: false,
            homes: Vec::new(),
        }
    }

    /// The kind with this name in the feed.
    pub(crate) fn kind(&self, called: &str) -> Option<Id<Kind>> {
        self.kinds.get(self.called.find(called)?).copied()
    }
}
