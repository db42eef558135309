//! Snapshots: an engine as bytes and back.
//!
//! A snapshot holds only the record. Everything else follows from the record, so restoring a snapshot folds it again.
//! Its bytes do not depend on the order of arrival, and another program can restore it.

use crate::{
    base::{
        codec::{Read, Reader, SnapshotError, Writer},
        keyword::Keyword,
        sort::{sort_by, sort_by_key},
        text::Text,
    },
    engine::Engine,
    fold::sealed::SealedSum,
    input::{
        activity::Activity,
        content::Draft,
        origin::{Arrival, Stamp},
    },
    program::{
        Program,
        value::{FieldState, Found, Value},
    },
};
use alloc::{borrow::Cow, vec::Vec};

const RECORD: &[u8; 8] = b"knownfor";

impl Engine {
    /// The record as bytes: all activities and voids, sorted by source and id, and the sums of what was sealed. Two
    /// engines with the same record have the same bytes, whatever the order of arrival. [`Engine::restore`] reads them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let (mut engine, mut other) = (Engine::new(program.clone()), Engine::new(program.clone()));
    /// engine.apply_all([post("1", 2, "ada")?, post("2", 3, "ada")?]).0;
    /// other.apply_all([post("2", 3, "ada")?, post("1", 2, "ada")?]).0;
    /// assert_eq!(engine.snapshot(), other.snapshot());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(RECORD);
        out.length(self.record.len());
        let mut record: Vec<_> =
            self.record.iter().map(|(known, void)| (known.name(), known.activity(), *void)).collect();
        sort_by_key(&mut record, |(name, ..)| *name);
        for ((source, id), activity, void) in record {
            out.text(source);
            out.text(id);
            out.flag(void);
            out.option(activity, |out, activity| activity.write(self.program(), out));
        }
        self.write_seal(&mut out);
        out.finish()
    }

    /// Writes nothing for an engine that has sealed nothing.
    fn write_seal(&self, out: &mut Writer) {
        let (Some(before), Some(write)) = (self.seal.before, self.seal.write) else { return };
        out.instant(before);
        out.length(self.seal.sources.len());
        self.seal.sources.iter().for_each(|source| out.text(source));
        let sums: Vec<_> = self.accounts.sums().collect();
        out.length(sums.len());
        for (member, sum) in sums {
            out.text(member);
            out.bytes(&write(sum));
        }
    }

    /// Reads what [`write_seal`](Self::write_seal) wrote, and opens the accounts of those who have a sum.
    fn read_seal(&mut self, input: &mut Reader<'_>) -> Read<()> {
        if input.is_at_end() {
            return Ok(());
        }
        self.seal.before = Some(input.instant()?);
        self.seal.write = Some(SealedSum::to_bytes);
        self.seal.sources = input.list(Reader::text)?.into_iter().collect();
        for _ in 0..input.length()? {
            let (member, sum) = (input.text()?, SealedSum::from_bytes(&self.program, input.bytes()?)?);
            self.accounts.put_sum(&self.program, &member, Some(sum));
        }
        Ok(())
    }

    /// An engine from a snapshot. The program may be another one than that of the snapshot. Attributes and profile
    /// fields that it does not declare are dropped, as when it reads a feed. So are activities of kinds that it does
    /// not have, if it ignores those (`unknown_kinds = "ignore"`): keep the snapshot, because the next one lacks them.
    /// [`SealedSum::from_bytes`] says what becomes of sums.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut engine = Engine::new(program.clone());
    /// engine.apply(post("1", 2, "ada")?)?;
    /// let restored = Engine::restore(program.clone(), &engine.snapshot())?;
    /// assert_eq!(restored.standing("ada"), engine.standing("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`SnapshotError::Foreign`] if the bytes are not a snapshot of this crate.
    /// - [`SnapshotError::Damaged`] if they were cut or changed.
    /// - [`SnapshotError::Later`] if a later version of this crate wrote them.
    /// - [`SnapshotError::Program`] if the program lacks a kind and refuses unknown ones, or declares an attribute
    ///   with another type.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// # let mut engine = Engine::new(program.clone());
    /// # engine.apply(post("1", 2, "ada")?)?;
    /// let mut bytes = engine.snapshot();
    /// bytes[20] ^= 1;
    /// assert_eq!(Engine::restore(program.clone(), &bytes).err(), Some(SnapshotError::Damaged));
    /// assert_eq!(Engine::restore(program.clone(), b"a letter home").err(), Some(SnapshotError::Foreign));
    ///
    /// let fewer: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "second-steps"
    ///     kinds = { "answer.given" = {} }
    /// "#)?;
    /// let fewer = Program::check(&fewer, |_| None)?;
    /// assert_eq!(Engine::restore(fewer, &engine.snapshot()).err(), Some(SnapshotError::Program));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn restore(program: Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        Self::restore_with(program, bytes, Self::read_seal)
    }

    /// [`restore`](Self::restore) for an engine that never seals, such as that of a page: without the code that reads
    /// sums, which a snapshot of its own never has.
    #[doc(hidden)]
    pub fn restore_unsealed(program: Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let refuse = |_: &mut Self, input: &mut Reader<'_>| match input.is_at_end() {
            true => Ok(()),
            false => Err(SnapshotError::Sealed),
        };
        Self::restore_with(program, bytes, refuse)
    }

    fn restore_with(
        program: Program,
        bytes: &[u8],
        read_seal: impl FnOnce(&mut Self, &mut Reader<'_>) -> Read<()>,
    ) -> Result<Self, SnapshotError> {
        let mut input = Reader::new(bytes, RECORD)?;
        let mut engine = Self::new(program);
        let mut activities = Vec::new();
        for _ in 0..input.length()? {
            let (source, id, void) = (input.text()?, input.text()?, input.flag()?);
            if void {
                engine.void(&source, &id);
            }
            activities.extend(input.option(|input| Activity::read(engine.program(), source, id, input))?.flatten());
        }
        read_seal(&mut engine, &mut input)?;
        input.end()?;
        // In the order of a record, each activity only adds to its members' ledgers; in that of the bytes, most would
        // be late. Few activities share a time and sequence, so the rest of the order is looked at for those alone.
        let moment = |activity: &Activity| (activity.at(), activity.origin.sequence);
        sort_by_key(&mut activities, moment);
        for tied in activities.chunk_by_mut(|a, b| moment(a) == moment(b)) {
            sort_by(tied, |a, b| a.origin.order_key().cmp(&b.origin.order_key()));
        }
        let (statuses, _) = engine.apply_all(activities);
        if statuses.iter().any(Result::is_err) {
            return Err(SnapshotError::Damaged);
        }
        Ok(engine)
    }
}

impl Activity {
    fn write(&self, program: &Program, out: &mut Writer) {
        out.time(self.origin.time);
        out.option(self.origin.sequence, Writer::signed);
        out.text(&program.kinds[self.origin.kind].name);
        for text in [self.actor(), self.owner(), self.object()] {
            out.option(text, Writer::text);
        }
        out.texts(self.recipients());
        let content = &self.origin.content;
        out.length(content.attributes().count());
        for (id, value) in content.attributes() {
            out.text(&program.attributes[id].name);
            value.write(out);
        }
        out.length(content.profile().count());
        for (id, state) in content.profile() {
            out.text(&program.fields[id].name);
            out.text(state.name());
        }
    }

    /// `None` for a kind that the program ignores.
    fn read(program: &Program, source: Text, id: Text, input: &mut Reader<'_>) -> Read<Option<Self>> {
        let time = input.time()?;
        let sequence = input.option(Reader::signed)?;
        let kind = program.kind(&input.text()?);
        if kind.is_none() && !program.input.ignores_unknown_kinds {
            return Err(SnapshotError::Program);
        }
        let (actor, owner, object) =
            (input.option(Reader::str)?, input.option(Reader::str)?, input.option(Reader::str)?);
        let recipients = input.list(Reader::text)?;
        // An attribute that the program no longer declares is left out, as it is when the program reads a feed.
        let declared = kind.map_or(&[][..], |kind| &program.kinds[kind].attributes);
        let attributes = input.list(|input| {
            let (name, value) = (input.text()?, Value::read_bytes(input)?);
            match program.attributes.find(&name).filter(|attribute| declared.contains(attribute)) {
                Some(attribute) if !value.fits(program.attributes[attribute].value_type) => Err(SnapshotError::Program),
                attribute => Ok(attribute.map(|attribute| (attribute, value))),
            }
        })?;
        let mut attributes: Vec<_> = attributes.into_iter().flatten().collect();
        sort_by_key(&mut attributes, |(attribute, _)| *attribute);
        let fields = program.profile.as_ref().filter(|profile| Some(profile.on) == kind).map(|_| &program.fields);
        let profile = input.list(|input| {
            let field = fields.zip(Some(input.text()?)).and_then(|(fields, name)| fields.find(&name));
            let state = FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?;
            Ok(field.map(|field| (field, state)))
        })?;
        let mut profile: Vec<_> = profile.into_iter().flatten().collect();
        sort_by_key(&mut profile, |(field, _)| *field);
        Ok(kind.map(|kind| {
            let [actor, owner, object] = [actor, owner, object].map(|text| text.map(Cow::from));
            let attributes = attributes.into_iter().collect();
            let draft = Draft { attributes, actor, owner, object, recipients, profile };
            Self::new(program, Stamp { source, id, time, sequence, kind, arrival: Arrival::default() }, draft)
        }))
    }
}

impl Found<'_> {
    fn write(self, out: &mut Writer) {
        match self {
            Self::Integer(number) => {
                out.number(0);
                out.signed(number);
            }
            Self::Text(text) => {
                out.number(1);
                out.text(text);
            }
            Self::Flag(flag) => {
                out.number(2);
                out.flag(flag);
            }
            Self::Time(instant) => {
                out.number(3);
                out.instant(instant);
            }
            Self::Texts(texts) => {
                out.number(4);
                out.texts(texts.iter());
            }
        }
    }
}

impl Value {
    fn read_bytes(input: &mut Reader<'_>) -> Read<Self> {
        Ok(match input.number()? {
            0 => Self::Integer(input.signed()?),
            1 => Self::Text(input.text()?),
            2 => Self::Flag(input.flag()?),
            3 => Self::Time(input.instant()?),
            4 => Self::Texts(input.list(Reader::text)?.into()),
            _ => return Err(SnapshotError::Damaged),
        })
    }
}
