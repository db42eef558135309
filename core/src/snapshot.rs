//! Snapshots: an engine's record as bytes and back.
//!
//! An engine's snapshot is its record, because all else follows from it: restoring it replays. So its bytes depend on the record
//! alone, and a new program can take it up.

use crate::{
    activity::{Activity, Origin},
    bytes::{Read, Reader, SnapshotError, Writer},
    engine::Engine,
    order::sort_by,
    program::Program,
    text::Text,
    value::{FieldState, Value},
};
use alloc::{sync::Arc, vec::Vec};

const RECORD: &[u8; 8] = b"knownfor";

impl Engine {
    /// The record as bytes: all activities in order of source and id, with their voids.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(RECORD);
        out.length(self.record.len());
        let mut record: Vec<_> =
            self.record.iter().map(|(known, void)| (known.name(), known.activity(), *void)).collect();
        sort_by(&mut record, |(a, ..), (b, ..)| a.cmp(b));
        for ((source, id), activity, void) in record {
            out.text(source);
            out.text(id);
            out.flag(void);
            out.option(activity, |out, activity| activity.write(self.program(), out));
        }
        out.finish()
    }

    /// An engine from a snapshot, with the same program or another that knows the same kinds and attributes.
    ///
    /// # Errors
    ///
    /// The bytes are damaged, or not a snapshot, or the program has no place for what is in them.
    pub fn restore(program: Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut input = Reader::new(bytes, RECORD)?;
        let mut engine = Self::new(program);
        let mut activities = Vec::new();
        for _ in 0..input.length()? {
            let (source, id, void) = (input.text()?, input.text()?, input.flag()?);
            if void {
                engine.void(&source, &id);
            }
            activities.extend(input.option(|input| Activity::read(engine.program(), source, id, input))?);
        }
        input.end()?;
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

    fn read(program: &Program, source: Text, id: Text, input: &mut Reader<'_>) -> Read<Self> {
        let time = input.time()?;
        let sequence = input.option(Reader::signed)?;
        let kind = *program.kinds_by_name.get(&input.text()?).ok_or(SnapshotError::Program)?;
        let (actor, owner, object) =
            (input.option(Reader::text)?, input.option(Reader::text)?, input.option(Reader::text)?);
        let recipients = input.list(Reader::text)?;
        let mut attributes = input.list(|input| {
            let attribute = program.attributes.find(&input.text()?).ok_or(SnapshotError::Program)?;
            let value = Value::read_bytes(input)?;
            if !value.fits(program.attributes[attribute].of) {
                return Err(SnapshotError::Program);
            }
            Ok((attribute, value))
        })?;
        sort_by(&mut attributes, |(a, _), (b, _)| a.cmp(b));
        let mut profile = input.list(|input| {
            let field = program.fields.find(&input.text()?).ok_or(SnapshotError::Program)?;
            Ok((field, FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?))
        })?;
        sort_by(&mut profile, |(a, _), (b, _)| a.cmp(b));
        Ok(Self {
            program: program.fingerprint,
            origin: Arc::new(Origin { source, id, time, sequence, kind }),
            actor,
            owner,
            recipients,
            object,
            attributes,
            profile,
        })
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
