//! Content: what an activity says beyond its stamp, packed into one text.

use crate::{
    base::{
        id_table::Id,
        keyword::Keyword,
        packed::{Packer, Texts, Unpacker},
        text::Text,
        time::Timestamp,
    },
    program::{
        Attribute, Field,
        value::{FieldState, Found, Value},
    },
};
use alloc::{borrow::Cow, boxed::Box, vec::Vec};
use core::iter;

/// The attributes of an activity, the members in its roles, its object, and the fields of its profile.
///
/// First comes a block with the attributes, because conditions ask for them most: the number of each with its type in
/// the lowest bits, and a block with its value. Then comes a number with a bit for each [`Part`] that is there, the
/// lists of those, and the fields. Activities that say the same have the same content.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Content(Box<str>);

/// A part of an activity that is a list of texts: one at most, except for the recipients.
// In the order in which they are packed.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Actor,
    Owner,
    Object,
    /// Sorted, without duplicates.
    Recipients,
}

const PARTS: usize = Part::Recipients as usize + 1;

// The types of attributes.
const INTEGER: u64 = 0;
const TEXT: u64 = 1;
const FLAG: u64 = 2;
const TIME: u64 = 3;
const TEXTS: u64 = 4;
const TYPE_BITS: u32 = 3;

impl Content {
    /// The attributes, in order.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (Id<Attribute>, Found<'_>)> {
        let mut blocks = Unpacker::new(Unpacker::new(&self.0).block());
        iter::from_fn(move || {
            let (name, block) = (!blocks.is_at_end()).then(|| (blocks.number(), blocks.block()))?;
            Some((Id::new((name >> TYPE_BITS) as usize)?, found(name, block)?))
        })
    }

    /// Looks for attributes, each after the one before.
    #[inline]
    pub(crate) fn seek(&self) -> Seek<'_> {
        Seek(Unpacker::new(Unpacker::new(&self.0).block()))
    }

    /// The texts of an attribute that is a text or a set of texts.
    pub(crate) fn texts(&self, attribute: Id<Attribute>) -> Texts<'_> {
        self.seek().block(attribute).map_or(Texts::NONE, |(_, block)| Texts::new(block))
    }

    /// The lists of all [`Part`]s.
    #[inline]
    pub(crate) fn parts(&self) -> [Texts<'_>; PARTS] {
        let (mut content, there) = self.after_attributes();
        // Most activities leave most of them out.
        let mut next = |part| if there & 1 << part as u64 == 0 { Texts::NONE } else { content.texts() };
        [next(Part::Actor), next(Part::Owner), next(Part::Object), next(Part::Recipients)]
    }

    #[inline]
    pub(crate) fn part(&self, part: Part) -> Texts<'_> {
        let (mut content, there) = self.after_attributes();
        let bit = 1 << part as u64;
        if there & bit == 0 {
            return Texts::NONE;
        }
        (0..(there & (bit - 1)).count_ones()).for_each(|_| content.skip());
        content.texts()
    }

    /// The fields of a profile, in order.
    pub(crate) fn profile(&self) -> impl Iterator<Item = (Id<Field>, FieldState)> {
        let (mut fields, there) = self.after_attributes();
        (0..there.count_ones()).for_each(|_| fields.skip());
        iter::from_fn(move || {
            if fields.is_at_end() {
                return None;
            }
            let (id, state) = (Id::new(fields.number() as usize)?, fields.number() as usize);
            Some((id, FieldState::ALL.get(state).copied().unwrap_or_default()))
        })
    }

    /// The parts that are there, and a bit for each of them.
    #[inline]
    fn after_attributes(&self) -> (Unpacker<'_>, u64) {
        let mut content = Unpacker::new(&self.0);
        content.skip();
        let there = content.number();
        (content, there)
    }
}

/// Where the search for attributes has come to.
pub(crate) struct Seek<'a>(Unpacker<'a>);

impl<'a> Seek<'a> {
    /// The value of an attribute that comes after all that were looked for.
    #[inline]
    pub(crate) fn value(&mut self, attribute: Id<Attribute>) -> Option<Found<'a>> {
        let (name, block) = self.block(attribute)?;
        found(name, block)
    }

    /// The number and type of an attribute, and the block with its value.
    #[inline]
    fn block(&mut self, attribute: Id<Attribute>) -> Option<(u64, &'a str)> {
        let wanted = u64::from(attribute.number());
        while !self.0.is_at_end() {
            let here = self.0;
            let name = self.0.number();
            if name >> TYPE_BITS == wanted {
                return Some((name, self.0.block()));
            }
            if name >> TYPE_BITS > wanted {
                self.0 = here;
                return None;
            }
            self.0.skip();
        }
        None
    }
}

/// The value in a block.
#[inline]
fn found(name: u64, block: &str) -> Option<Found<'_>> {
    let mut value = Unpacker::new(block);
    Some(match name & ((1 << TYPE_BITS) - 1) {
        INTEGER => Found::Integer(value.signed()),
        TEXT => Found::Text(value.block()),
        FLAG => Found::Flag(value.number() == 1),
        TIME => Found::Time(Timestamp::from_unix(value.signed(), value.number() as u32)?),
        _ => Found::Texts(Texts::new(block)),
    })
}

/// The parts from which a content is packed.
#[derive(Default)]
pub(crate) struct Draft<'a> {
    pub(crate) attributes: Attributes,
    pub(crate) actor: Option<Cow<'a, str>>,
    pub(crate) owner: Option<Cow<'a, str>>,
    pub(crate) object: Option<Cow<'a, str>>,
    /// In any order.
    pub(crate) recipients: Vec<Text>,
    /// By rising field.
    pub(crate) profile: Vec<(Id<Field>, FieldState)>,
}

/// Packs attributes. They are put by rising attribute.
pub(crate) struct Attributes {
    packer: Packer,
    begin: usize,
}

impl Default for Attributes {
    fn default() -> Self {
        let mut packer = Packer::new();
        let begin = packer.begin();
        Self { packer, begin }
    }
}

impl Attributes {
    fn put(&mut self, attribute: Id<Attribute>, of: u64, pack: impl FnOnce(&mut Packer)) {
        self.packer.number(u64::from(attribute.number()) << TYPE_BITS | of);
        let begin = self.packer.begin();
        pack(&mut self.packer);
        self.packer.end(begin);
    }

    pub(crate) fn integer(&mut self, attribute: Id<Attribute>, number: i64) {
        self.put(attribute, INTEGER, |packer| packer.signed(number));
    }

    pub(crate) fn text(&mut self, attribute: Id<Attribute>, text: &str) {
        self.put(attribute, TEXT, |packer| packer.text(text));
    }

    pub(crate) fn flag(&mut self, attribute: Id<Attribute>, flag: bool) {
        self.put(attribute, FLAG, |packer| packer.number(u64::from(flag)));
    }

    pub(crate) fn time(&mut self, attribute: Id<Attribute>, time: Timestamp) {
        self.put(attribute, TIME, |packer| {
            packer.signed(time.unix_seconds());
            packer.number(u64::from(time.nanos()));
        });
    }

    /// A set of texts, in any order.
    pub(crate) fn texts(&mut self, attribute: Id<Attribute>, texts: &mut Vec<Text>) {
        texts.sort_unstable();
        texts.dedup();
        self.put(attribute, TEXTS, |packer| texts.iter().for_each(|text| packer.text(text)));
    }

    pub(crate) fn value(&mut self, attribute: Id<Attribute>, value: Value) {
        match value {
            Value::Integer(number) => self.integer(attribute, number),
            Value::Text(text) => self.text(attribute, &text),
            Value::Flag(flag) => self.flag(attribute, flag),
            Value::Time(time) => self.time(attribute, time),
            Value::Texts(texts) => self.texts(attribute, &mut texts.into_vec()),
        }
    }
}

impl FromIterator<(Id<Attribute>, Value)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (Id<Attribute>, Value)>>(values: I) -> Self {
        let mut attributes = Self::default();
        values.into_iter().for_each(|(attribute, value)| attributes.value(attribute, value));
        attributes
    }
}

impl Draft<'_> {
    pub(crate) fn pack(mut self) -> Content {
        self.recipients.sort_unstable();
        self.recipients.dedup();
        let Self { attributes: Attributes { mut packer, begin }, actor, owner, object, recipients, profile } = self;
        packer.end(begin);
        let bit = |part, is_there| u64::from(is_there) << part as u64;
        let single = bit(Part::Actor, actor.is_some()) | bit(Part::Owner, owner.is_some());
        let others = bit(Part::Object, object.is_some()) | bit(Part::Recipients, !recipients.is_empty());
        packer.number(single | others);
        [actor, owner, object].iter().flatten().for_each(|text| packer.texts([&**text]));
        if !recipients.is_empty() {
            packer.texts(recipients.iter().map(Text::as_str));
        }
        for (field, state) in &profile {
            packer.number(u64::from(field.number()));
            let state = FieldState::ALL.iter().position(|other| other == state);
            packer.number(state.unwrap_or_default() as u64);
        }
        Content(packer.finish())
    }
}
