//! Encoding: a standing as bytes and back, for hosts that store members one by one.

use crate::{
    base::{
        codec::{Read, Reader, SnapshotError, Writer},
        day::Day,
        id_table::Id,
        keyword::Keyword,
    },
    input::activity::{Origin, Stamp},
    language::audience::{Audience, SharedPart},
    program::{Grade, Program, value::FieldState},
    state::{
        counters::Counters,
        enrolment::{Baseline, DayStart, Enrolment, StepState},
        figures::{ActiveMonths, Figures, MonthStart},
        monthly_points::{Month, MonthlyPoints},
        personal::{Consent, DeferredAward, FieldStatement, Matter, Personal},
        standing::{Counts, HeldBadge, Standing},
        totals::Total,
    },
};
use alloc::{sync::Arc, vec::Vec};

const STANDING: &[u8; 8] = b"knownft\n";

impl Standing {
    /// The standing as bytes, for a host that stores it. Only the same program can read them. After a change of
    /// program, fold the member's record again.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let ada = engine.standing("ada").unwrap();
    /// let bytes = ada.to_bytes();
    /// assert_eq!(&Standing::from_bytes(engine.program(), &bytes)?, ada);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::new(STANDING);
        out.number(self.program.fingerprint);
        out.option(self.last.as_ref(), |out, last| last.write(out));
        self.counts.write(&mut out);
        out.length(self.badges.len());
        for ((badge, key), held) in &self.badges {
            out.length(badge.index());
            out.option(key.as_ref(), |out, key| out.text(key));
            out.option(held.grade, |out, grade| out.number(u64::from(grade.0)));
            out.number(u64::from(held.times));
            out.instant(held.at);
            held.origin.stamp.write(&mut out);
            out.instant(held.renewed);
            out.flag(held.was_true);
        }
        out.number(u64::from(self.level));
        out.number(u64::from(self.highest));
        out.length(self.monthly_points.iter().count());
        for month in self.monthly_points.iter() {
            out.length(month.currency.index());
            out.signed(i64::from(month.number));
            out.signed(month.points);
        }
        out.finish()
    }

    /// Reads a standing from the bytes of [`to_bytes`](Self::to_bytes).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let bytes = engine.standing("ada").unwrap().to_bytes();
    /// let ada = Standing::from_bytes(engine.program(), &bytes)?;
    /// assert_eq!(ada.total("points"), Some(10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`SnapshotError::Foreign`] if the bytes are not those of a standing.
    /// - [`SnapshotError::Damaged`] if they were cut or changed.
    /// - [`SnapshotError::Later`] if a later version of this crate wrote them.
    /// - [`SnapshotError::Program`] if another program wrote them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let bytes = engine.standing("ada").unwrap().to_bytes();
    /// let other: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "second-steps"
    ///     kinds = {}
    /// "#)?;
    /// let other = Program::check(&other, |_| None)?;
    /// assert_eq!(Standing::from_bytes(&other, &bytes), Err(SnapshotError::Program));
    /// assert_eq!(Standing::from_bytes(engine.program(), &bytes[..40]), Err(SnapshotError::Damaged));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_bytes(program: &Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut input = Reader::new(bytes, STANDING)?;
        if input.number()? != program.fingerprint {
            return Err(SnapshotError::Program);
        }
        let last = input.option(|input| Stamp::read(program, input))?;
        let counts = Counts::read(program, &mut input)?;
        let badges = input.map(|input| {
            let badge = id(input, program.badges.len())?;
            let key = input.option(Reader::text)?;
            let grade = input.option(|input| {
                let grade = u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
                let is_known = usize::from(grade) < program.badges[badge].grades.len();
                if is_known { Ok(Grade(grade)) } else { Err(SnapshotError::Damaged) }
            })?;
            let held = HeldBadge {
                grade,
                times: u32::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?,
                at: input.instant()?,
                origin: Arc::new(Origin::kept(program, Stamp::read(program, input)?)),
                renewed: input.instant()?,
                was_true: input.flag()?,
            };
            Ok(((badge, key), held))
        })?;
        let level = height(program, &mut input)?;
        let highest = height(program, &mut input)?;
        let monthly_points = input.list(|input| {
            let currency = id(input, program.currencies.len())?;
            Ok(Month { currency, number: input.small()?, points: input.signed()? })
        })?;
        input.end()?;
        Ok(Self {
            program: program.clone(),
            last,
            counts,
            badges,
            level,
            highest,
            monthly_points: MonthlyPoints::new(monthly_points),
        })
    }
}

fn height(program: &Program, input: &mut Reader<'_>) -> Read<u16> {
    let height = u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
    if usize::from(height) > program.levels.len() { Err(SnapshotError::Damaged) } else { Ok(height) }
}

impl Stamp {
    fn write(&self, out: &mut Writer) {
        out.text(&self.source);
        out.text(&self.id);
        out.time(self.time);
        out.option(self.sequence, Writer::signed);
        out.length(self.kind.index());
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        Ok(Self {
            source: input.text()?,
            id: input.text()?,
            time: input.time()?,
            sequence: input.option(Reader::signed)?,
            kind: id(input, program.kinds.len())?,
        })
    }
}

impl Counts {
    fn write(&self, out: &mut Writer) {
        let personal = &*self.personal;
        out.length(self.totals.len());
        self.totals.iter().for_each(|total| total.write(out));
        self.counters.write(out);
        out.length(personal.fields.len());
        for said in &personal.fields {
            out.text(said.state.name());
            out.option(said.at, Writer::instant);
        }
        personal.consent.write(out);
        for texts in [&personal.claims, &personal.declined, &personal.declined_steps] {
            out.length(texts.len());
            texts.iter().for_each(|text| out.text(text));
        }
        out.option(self.boldest, write_audience);
        self.active.write(out);
        out.length(personal.leave.len());
        for (from, until) in &personal.leave {
            out.signed(i64::from(from.0));
            out.signed(i64::from(until.0));
        }
        out.length(personal.weeks.len());
        for (from, rest) in &personal.weeks {
            out.signed(i64::from(from.0));
            out.number(rest.iter().rev().fold(0, |bits, rests| bits << 1 | u64::from(*rests)));
        }
        out.length(personal.enrolments.len());
        personal.enrolments.iter().for_each(|enrolment| enrolment.write(out));
        out.length(personal.deferred.len());
        for award in &personal.deferred {
            out.instant(award.due);
            out.length(award.rule.index());
            out.signed(award.points);
            award.origin.stamp.write(out);
        }
        out.length(personal.earlier_totals.len());
        for (currency, total) in &personal.earlier_totals {
            out.length(currency.index());
            total.write(out);
        }
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let totals = input.list(Total::read)?;
        let counters = Counters::read(program, input)?;
        let fields = input.list(|input| {
            let state = FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?;
            Ok(FieldStatement { state, at: input.option(Reader::instant)? })
        })?;
        let consent = Consent::read(input)?;
        let (claims, declined) = (input.list(Reader::text)?, input.list(Reader::text)?);
        let declined_steps = input.list(Reader::text)?;
        let boldest = input.option(read_audience)?;
        let active = ActiveMonths::read(input)?;
        let leave = input.list(|input| Ok((Day(input.small()?), Day(input.small()?))))?;
        let weeks = input.list(|input| {
            let (from, bits) = (Day(input.small()?), input.number()?);
            Ok((from, core::array::from_fn(|weekday| bits >> weekday & 1 == 1)))
        })?;
        let enrolments = input.list(|input| Enrolment::read(program, input))?;
        let deferred = input.list(|input| {
            Ok(DeferredAward {
                due: input.instant()?,
                rule: id(input, program.rules.len())?,
                points: input.signed()?,
                origin: Arc::new(Origin::kept(program, Stamp::read(program, input)?)),
            })
        })?;
        let earlier_totals = input.list(|input| Ok((id(input, program.currencies.len())?, Total::read(input)?)))?;
        let sizes = [
            (totals.len(), program.currencies.len()),
            (fields.len(), program.fields.len()),
            (consent.boards.len(), program.boards.len()),
        ];
        if sizes.iter().any(|(have, want)| have != want) {
            return Err(SnapshotError::Damaged);
        }
        let personal = Personal {
            fields,
            consent,
            claims,
            declined,
            declined_steps,
            leave,
            weeks,
            enrolments,
            deferred,
            earlier_totals,
        };
        Ok(Self { totals: totals.into_iter().collect(), counters, boldest, active, personal: personal.into() })
    }
}

impl Total {
    fn write(&self, out: &mut Writer) {
        out.signed(i64::from(self.window));
        out.signed(self.points);
        out.signed(self.spent);
    }

    fn read(input: &mut Reader<'_>) -> Read<Self> {
        Ok(Self { window: input.small()?, points: input.signed()?, spent: input.signed()? })
    }
}

impl Enrolment {
    fn write(&self, out: &mut Writer) {
        out.length(self.challenge.index());
        out.signed(i64::from(self.first.0));
        out.flag(self.left);
        out.length(self.steps.len());
        for step in &self.steps {
            out.option(Some(()).filter(|()| *step != StepState::Open), |out, ()| out.flag(*step == StepState::Done));
        }
        out.length(self.active.len());
        self.active.iter().for_each(|day| out.signed(i64::from(day.0)));
        self.before.write(out);
        out.option(self.after.as_ref(), |out, after| after.write(out));
        out.instant(self.today.ends);
        out.option(self.today.shared.as_ref(), |out, shared| {
            out.length(shared.len());
            shared.iter().for_each(|sum| out.signed(*sum));
        });
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let enrolment = Self {
            challenge: id(input, program.challenges.len())?,
            first: Day(input.small()?),
            left: input.flag()?,
            steps: input.list(|input| {
                Ok(match input.option(Reader::flag)? {
                    Some(true) => StepState::Done,
                    Some(false) => StepState::Declined,
                    None => StepState::Open,
                })
            })?,
            active: input.list(|input| Ok(Day(input.small()?)))?,
            before: Baseline::read(program, input)?,
            after: input.option(|input| Baseline::read(program, input))?,
            today: DayStart { ends: input.instant()?, shared: input.option(|input| input.list(Reader::signed))? },
        };
        let steps = program.challenges[enrolment.challenge].steps.len();
        if enrolment.steps.len() == steps { Ok(enrolment) } else { Err(SnapshotError::Damaged) }
    }
}

impl Baseline {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(self.completeness));
        out.length(self.points.len());
        self.points.iter().for_each(|points| out.signed(*points));
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let completeness = u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let points = input.list(Reader::signed)?;
        let sound = completeness <= 100 && points.len() == program.currencies.len();
        if sound { Ok(Self { completeness, points }) } else { Err(SnapshotError::Damaged) }
    }
}

impl Consent {
    fn write(&self, out: &mut Writer) {
        [self.published, self.gone, self.model].into_iter().for_each(|flag| out.flag(flag));
        self.audience.iter().for_each(|audience| out.option(*audience, write_audience));
        out.length(self.boards.len());
        self.boards.iter().for_each(|joined| out.option(*joined, Writer::flag));
        out.option(self.moment, |out, (instant, sequence)| {
            out.instant(instant);
            out.option(sequence, Writer::signed);
        });
        out.length(self.stated.len());
        self.stated.iter().for_each(|matter| matter.write(out));
        out.instant(self.month.ends);
        let Figures { gone, published, complete } = self.month.figures;
        [gone, published, complete].into_iter().for_each(|flag| out.flag(flag));
        out.length(self.revisions.len());
        for (matter, revision) in &self.revisions {
            matter.write(out);
            out.signed(*revision);
        }
    }

    fn read(input: &mut Reader<'_>) -> Read<Self> {
        let (published, gone, model) = (input.flag()?, input.flag()?, input.flag()?);
        let mut audience = [None; SharedPart::COUNT];
        for position in &mut audience {
            *position = input.option(read_audience)?;
        }
        let boards = input.list(|input| input.option(Reader::flag))?;
        let moment = input.option(|input| Ok((input.instant()?, input.option(Reader::signed)?)))?;
        let stated = input.list(Matter::read)?;
        let ends = input.instant()?;
        let figures = Figures { gone: input.flag()?, published: input.flag()?, complete: input.flag()? };
        let month = MonthStart { ends, figures };
        let revisions = input.list(|input| Ok((Matter::read(input)?, input.signed()?)))?;
        Ok(Self { published, gone, model, audience, boards, moment, stated, month, revisions })
    }
}

impl ActiveMonths {
    fn write(self, out: &mut Writer) {
        out.instant(self.ends);
        [self.latest, self.before].into_iter().for_each(|month| out.option(month.map(i64::from), Writer::signed));
    }

    fn read(input: &mut Reader<'_>) -> Read<Self> {
        Ok(Self { ends: input.instant()?, latest: input.option(Reader::small)?, before: input.option(Reader::small)? })
    }
}

impl Matter {
    fn write(self, out: &mut Writer) {
        out.number(u64::from(self.0));
        out.number(u64::from(self.1));
    }

    fn read(input: &mut Reader<'_>) -> Read<Self> {
        let sort = u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let number = u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        Ok(Self(sort, number))
    }
}

fn write_audience(out: &mut Writer, audience: Audience) {
    out.text(audience.name());
}

fn read_audience(input: &mut Reader<'_>) -> Read<Audience> {
    Audience::from_name(&input.text()?).ok_or(SnapshotError::Damaged)
}

/// The id of an item in a table of `count` items.
fn id<T>(input: &mut Reader<'_>, count: usize) -> Read<Id<T>> {
    let number = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
    Id::new(number).filter(|_| number < count).ok_or(SnapshotError::Damaged)
}
