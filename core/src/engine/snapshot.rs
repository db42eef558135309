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
    input::activity::{Activity, Origin, Stamp},
    program::{
        Program,
        value::{FieldState, Value},
    },
};
use alloc::{sync::Arc, vec::Vec};

const RECORD: &[u8; 8] = b"knownfor";

impl Engine {
    /// The record as bytes: all activities and voids, sorted by source and id. Two engines with the same record have
    /// the same bytes, whatever the order of arrival. [`Engine::restore`] reads them.
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
        out.finish()
    }

    /// An engine from a snapshot. The program may be another one than that of the snapshot. Attributes and profile
    /// fields that it does not declare are dropped, as when it reads a feed. So are activities of kinds that it does
    /// not have, if it ignores those (`unknown_kinds = "ignore"`): keep the snapshot, because the next one lacks them.
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
        for text in [&self.actor, &self.owner, &self.object] {
            out.option(text.as_ref(), |out, text| out.text(text));
        }
        out.texts(&self.recipients);
        out.length(self.attributes.len());
        for (id, value) in &self.attributes {
            out.text(&program.attributes[*id].name);
            value.write(out);
        }
        out.length(self.profile.len());
        for (id, state) in &self.profile {
            out.text(&program.fields[*id].name);
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
            (input.option(Reader::text)?, input.option(Reader::text)?, input.option(Reader::text)?);
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
        Ok(kind.map(|kind| Self {
            origin: Arc::new(Origin::kept(program, Stamp { source, id, time, sequence, kind })),
            actor,
            owner,
            recipients,
            object,
            attributes,
            profile,
        }))
    }
}

impl Value {
    fn write(&self, out: &mut Writer) {
        match self {
            Self::Integer(number) => {
                out.number(0);
                out.signed(*number);
            }
            Self::Text(text) => {
                out.number(1);
                out.text(text);
            }
            Self::Flag(flag) => {
                out.number(2);
                out.flag(*flag);
            }
            Self::Time(instant) => {
                out.number(3);
                out.instant(*instant);
            }
            Self::Texts(texts) => {
                out.number(4);
                out.texts(texts);
            }
        }
    }

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
