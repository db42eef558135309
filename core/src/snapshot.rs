//! Snapshots: an engine's record, or one member's standing, as bytes and back.
//!
//! An engine's snapshot is its record, because all else follows from it: restoring it replays. So its bytes depend on the record
//! alone, and a new program can take it up.

use crate::{
    activity::Activity,
    bytes::{Reader, SnapshotError, Writer},
    engine::Engine,
    program::{Grade, Program},
    standing::{Count, Counts, Held, LastPlace, Standing, TallyKey},
    table::Id,
    time::Time,
    value::{FieldState, Value},
};
use alloc::{collections::BTreeMap, vec::Vec};

const RECORD: &[u8; 8] = b"knownfor";
const STANDING: &[u8; 8] = b"knownfs\n";

type Read<T> = Result<T, SnapshotError>;

impl Engine {
    /// The record as bytes: all activities in order of source and id, with their voids.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(RECORD);
        out.length(self.record.len());
        for recorded in self.record.values() {
            recorded.activity.write(self.program(), &mut out);
            out.flag(recorded.void);
        }
        out.length(self.voids.len());
        for (source, id) in &self.voids {
            out.text(source);
            out.text(id);
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
        let recorded = input.list(|input| Ok((Activity::read(engine.program(), input)?, input.flag()?)))?;
        let voids = input.list(|input| Ok((input.text()?, input.text()?)))?;
        input.end()?;
        let activities =
            recorded.iter().filter(|(_, void)| *void).map(|(activity, _)| (activity.source(), activity.id()));
        for (source, id) in activities.chain(voids.iter().map(|(source, id)| (source.as_str(), id.as_str()))) {
            engine.void(source, id);
        }
        let (statuses, _) = engine.apply_all(recorded.into_iter().map(|(activity, _)| activity));
        if statuses.iter().any(Result::is_err) {
            return Err(SnapshotError::Damaged);
        }
        Ok(engine)
    }
}

impl Activity {
    fn write(&self, program: &Program, out: &mut Writer) {
        out.text(&self.source);
        out.text(&self.id);
        out.instant(self.time.instant);
        out.option(self.time.offset_seconds, |out, offset| out.signed(i64::from(offset)));
        out.option(self.sequence, Writer::signed);
        out.text(&program.kinds[self.kind].name);
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

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let (source, id) = (input.text()?, input.text()?);
        let instant = input.instant()?;
        let offset_seconds =
            input.option(|input| i32::try_from(input.signed()?).map_err(|_| SnapshotError::Damaged))?;
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
        attributes.sort_by_key(|(id, _)| *id);
        let mut profile = input.list(|input| {
            let field = program.fields.find(&input.text()?).ok_or(SnapshotError::Program)?;
            Ok((field, FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?))
        })?;
        profile.sort_by_key(|(id, _)| *id);
        Ok(Self {
            program: program.fingerprint,
            source,
            id,
            time: Time { instant, offset_seconds },
            sequence,
            kind,
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
            4 => Self::Texts(input.list(Reader::text)?),
            _ => return Err(SnapshotError::Damaged),
        })
    }
}

impl Standing {
    /// The standing as bytes, for a host that keeps it. They are bound to the program: with another, fold the record anew.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(STANDING);
        out.number(self.program);
        out.option(self.last.as_ref(), |out, last| {
            out.instant(last.instant);
            out.option(last.sequence, Writer::signed);
            out.text(&last.source);
            out.text(&last.id);
        });
        self.counts.write(&mut out);
        out.length(self.badges.len());
        for ((badge, object), held) in &self.badges {
            out.length(badge.index());
            out.option(object.as_ref(), |out, object| out.text(object));
            out.option(held.grade, |out, grade| out.number(grade as u64));
            out.instant(held.at);
            out.text(&held.source);
            out.text(&held.id);
        }
        out.number(u64::from(self.level));
        out.length(self.months.len());
        for ((currency, month), points) in &self.months {
            out.length(currency.index());
            out.signed(i64::from(*month));
            out.signed(*points);
        }
        out.finish()
    }

    /// A standing from its bytes.
    ///
    /// # Errors
    ///
    /// The bytes are damaged, or of another program.
    pub fn from_bytes(program: &Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut input = Reader::new(bytes, STANDING)?;
        if input.number()? != program.fingerprint {
            return Err(SnapshotError::Program);
        }
        let last = input.option(|input| {
            Ok(LastPlace {
                instant: input.instant()?,
                sequence: input.option(Reader::signed)?,
                source: input.text()?,
                id: input.text()?,
            })
        })?;
        let counts = Counts::read(program, &mut input)?;
        let badges = input.list(|input| {
            let badge = id(input, program.badges.len())?;
            let object = input.option(Reader::text)?;
            let grade = input.option(|input| {
                let number = input.number()?;
                let grades = Grade::ALL.into_iter().map(|(_, grade)| grade);
                grades.into_iter().find(|grade| *grade as u64 == number).ok_or(SnapshotError::Damaged)
            })?;
            let held = Held { grade, at: input.instant()?, source: input.text()?, id: input.text()? };
            Ok(((badge, object), held))
        })?;
        let level = u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        if usize::from(level) > program.levels.len() {
            return Err(SnapshotError::Damaged);
        }
        let months =
            input.list(|input| Ok(((id(input, program.currencies.len())?, window(input)?), input.signed()?)))?;
        input.end()?;
        let (badges, months) = (badges.into_iter().collect(), months.into_iter().collect::<BTreeMap<_, _>>());
        Ok(Self { program: program.fingerprint, last, counts, badges, level, months })
    }
}

impl Counts {
    fn write(&self, out: &mut Writer) {
        out.length(self.totals.len());
        self.totals.iter().for_each(|total| out.signed(*total));
        out.length(self.tallies.len());
        for (key, count) in &self.tallies {
            out.length(key.tally.index());
            out.option(key.object.as_ref(), |out, object| out.text(object));
            out.signed(i64::from(key.window));
            match count {
                Count::Number(number) => {
                    out.flag(false);
                    out.signed(*number);
                }
                Count::Distinct(seen) => {
                    out.flag(true);
                    out.length(seen.len());
                    seen.iter().for_each(|text| out.text(text));
                }
            }
        }
        out.length(self.limits.len());
        for ((limit, window), used) in &self.limits {
            out.length(limit.index());
            out.signed(i64::from(*window));
            out.signed(*used);
        }
        out.length(self.reached.len());
        for (rule, object) in &self.reached {
            out.length(rule.index());
            out.option(object.as_ref(), |out, object| out.text(object));
        }
        out.length(self.fields.len());
        self.fields.iter().for_each(|state| out.text(state.name()));
        out.flag(self.published);
        out.length(self.boards.len());
        self.boards.iter().for_each(|joined| out.flag(*joined));
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let totals = input.list(Reader::signed)?;
        let tallies = input.list(|input| {
            let tally = id(input, program.tallies.len())?;
            let key = TallyKey { tally, object: input.option(Reader::text)?, window: window(input)? };
            let distinct = input.flag()?;
            let count = if distinct {
                Count::Distinct(input.list(Reader::text)?.into_iter().collect())
            } else {
                Count::Number(input.signed()?)
            };
            Ok((key, count))
        })?;
        let limits = input.list(|input| Ok(((id(input, program.limits.len())?, window(input)?), input.signed()?)))?;
        let reached = input.list(|input| Ok((id(input, program.rules.len())?, input.option(Reader::text)?)))?;
        let fields = input.list(|input| FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged))?;
        let published = input.flag()?;
        let boards = input.list(Reader::flag)?;
        let sizes = [
            (totals.len(), program.currencies.len()),
            (fields.len(), program.fields.len()),
            (boards.len(), program.boards.len()),
        ];
        if sizes.iter().any(|(have, want)| have != want) {
            return Err(SnapshotError::Damaged);
        }
        Ok(Self {
            totals,
            tallies: tallies.into_iter().collect(),
            limits: limits.into_iter().collect(),
            reached: reached.into_iter().collect(),
            fields,
            published,
            boards,
        })
    }
}

/// The number of something in a table of so many.
fn id<T>(input: &mut Reader<'_>, count: usize) -> Read<Id<T>> {
    let number = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
    Id::new(number).filter(|_| number < count).ok_or(SnapshotError::Damaged)
}

/// The number of a window.
fn window(input: &mut Reader<'_>) -> Read<i32> {
    i32::try_from(input.signed()?).map_err(|_| SnapshotError::Damaged)
}
