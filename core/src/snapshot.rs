//! Snapshots: an engine's record, or one member's standing, as bytes and back.
//!
//! An engine's snapshot is its record, because all else follows from it: restoring it replays. So its bytes depend on the record
//! alone, and a new program can take it up.

use crate::{
    activity::Activity,
    bytes::{Reader, SnapshotError, Writer},
    engine::{Engine, Known, Recorded},
    order::{collect, sort_by},
    program::{Grade, Program},
    standing::{Count, Counter, Counts, Held, LastPlace, Slot, Slots, Standing},
    table::Id,
    text::Text,
    time::Time,
    value::{FieldState, Value},
};
use alloc::vec::Vec;

const RECORD: &[u8; 8] = b"knownfor";
const STANDING: &[u8; 8] = b"knownfs\n";

type Read<T> = Result<T, SnapshotError>;

impl Engine {
    /// The record as bytes: all activities in order of source and id, with their voids.
    pub fn snapshot(&self) -> Vec<u8> {
        let mut out = Writer::new(RECORD);
        out.length(self.record.len());
        let mut record: Vec<_> = self.record.iter().collect();
        sort_by(&mut record, |(a, _), (b, _)| (&a.source, &a.id).cmp(&(&b.source, &b.id)));
        for (Known { source, id, .. }, Recorded { activity, void }) in record {
            out.text(source);
            out.text(id);
            out.flag(*void);
            out.option(activity.as_ref(), |out, activity| activity.write(self.program(), out));
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

    fn read(program: &Program, source: Text, id: Text, input: &mut Reader<'_>) -> Read<Self> {
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
        sort_by(&mut attributes, |(a, _), (b, _)| a.cmp(b));
        let mut profile = input.list(|input| {
            let field = program.fields.find(&input.text()?).ok_or(SnapshotError::Program)?;
            Ok((field, FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?))
        })?;
        sort_by(&mut profile, |(a, _), (b, _)| a.cmp(b));
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
        for ((badge, object), held) in self.badges.iter() {
            out.length(badge.index());
            out.option(object.as_ref(), |out, object| out.text(object));
            out.option(held.grade, |out, grade| out.number(grade as u64));
            out.instant(held.at);
            out.text(&held.source);
            out.text(&held.id);
        }
        out.number(u64::from(self.level));
        write_slots(&self.months, &mut out);
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
        let months = read_slots(program, &mut input)?;
        input.end()?;
        Ok(Self { program: program.fingerprint, last, counts, badges: collect(badges), level, months })
    }
}

impl Counts {
    fn write(&self, out: &mut Writer) {
        out.length(self.totals.len());
        self.totals.iter().for_each(|total| out.signed(*total));
        write_slots(&self.slots, out);
        out.length(self.fields.len());
        self.fields.iter().for_each(|state| out.text(state.name()));
        out.flag(self.published);
        out.length(self.boards.len());
        self.boards.iter().for_each(|joined| out.flag(*joined));
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let totals = input.list(Reader::signed)?;
        let slots = read_slots(program, input)?;
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
        Ok(Self { totals, slots, fields, published, boards })
    }
}

fn write_slots(slots: &Slots, out: &mut Writer) {
    out.length(slots.len());
    for (slot, count) in slots {
        let (mark, index) = match slot.of {
            Counter::Tally(tally) => (0, tally.index()),
            Counter::Limit(limit) => (1, limit.index()),
            Counter::Goal(rule) => (2, rule.index()),
            Counter::Month(currency) => (3, currency.index()),
        };
        out.number(mark);
        out.length(index);
        out.option(slot.object.as_ref(), |out, object| out.text(object));
        out.signed(i64::from(slot.window));
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
}

fn read_slots(program: &Program, input: &mut Reader<'_>) -> Read<Slots> {
    let slots = input.list(|input| {
        let of = match input.number()? {
            0 => Counter::Tally(id(input, program.tallies.len())?),
            1 => Counter::Limit(id(input, program.limits.len())?),
            2 => Counter::Goal(id(input, program.rules.len())?),
            3 => Counter::Month(id(input, program.currencies.len())?),
            _ => return Err(SnapshotError::Damaged),
        };
        let object = input.option(Reader::text)?;
        let window = i32::try_from(input.signed()?).map_err(|_| SnapshotError::Damaged)?;
        let distinct = input.flag()?;
        let count =
            if distinct { Count::Distinct(collect(input.list(Reader::text)?)) } else { Count::Number(input.signed()?) };
        Ok((Slot { of, object, window }, count))
    })?;
    Ok(collect(slots))
}

/// The number of something in a table of so many.
fn id<T>(input: &mut Reader<'_>, count: usize) -> Read<Id<T>> {
    let number = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
    Id::new(number).filter(|_| number < count).ok_or(SnapshotError::Damaged)
}
