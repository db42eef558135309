//! Encoding: a standing as bytes and back, for hosts that store members one by one.

use crate::{
    base::{
        codec::{Read, Reader, SnapshotError, Writer},
        day::Day,
        id_table::Id,
        keyword::Keyword,
        number::capped,
    },
    input::origin::{Arrival, Origin, Stamp},
    language::audience::{Audience, SharedPart},
    program::{
        Challenge, Program,
        numbering::{Numbering, Section},
        value::FieldState,
    },
    state::{
        counters::Counters,
        enrolment::{Baseline, DayStart, Enrolment, StepState},
        figures::{ActiveMonths, Figures, MonthStart, month_ends},
        monthly_points::{Month, MonthlyPoints},
        personal::{Consent, DeferredAward, FieldStatement, Matter, Personal},
        standing::{BadgeKey, Counts, HeldBadge, Standing},
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
        self.write(&mut out);
        out.finish()
    }

    /// Writes the standing, with numbers in place of the names of the program's parts.
    pub(crate) fn write(&self, out: &mut Writer) {
        out.option(self.last.as_ref(), |out, last| last.write(out));
        self.counts.write(out);
        out.length(self.badges.len());
        for ((badge, key), held) in self.badges.iter() {
            out.length(badge.index());
            out.option(key.as_ref(), |out, key| out.text(key));
            out.option(held.grade, |out, grade| out.number(u64::from(grade.0)));
            out.number(u64::from(held.times));
            out.instant(held.at);
            held.origin.stamp.write(out);
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
        let standing = Self::read(&Numbering::own(program), &mut input)?;
        input.end()?;
        Ok(standing)
    }

    /// Reads what [`write`](Self::write) wrote. What the program lacks is left out.
    pub(crate) fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        let program = numbering.program;
        let last = input.option(|input| Stamp::read(numbering, input))?;
        let counts = Counts::read(numbering, input)?;
        let badges = input.list(|input| HeldBadge::read(numbering, input))?;
        let level = height(numbering, input)?;
        let highest = height(numbering, input)?;
        let monthly_points = input.list(|input| {
            let (currency, number, points) = (numbering.id(input)?, input.small()?, input.signed()?);
            Ok(currency.map(|currency| Month { currency, number, points }))
        })?;
        Ok(Self {
            program: program.clone(),
            last,
            counts,
            badges: badges.into_iter().flatten().collect(),
            level,
            highest,
            monthly_points: MonthlyPoints::new(monthly_points.into_iter().flatten().collect()),
        })
    }
}

fn height(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<u16> {
    numbering.height(usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?)
}

impl HeldBadge {
    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Option<(BadgeKey, Self)>> {
        let written = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let badge = numbering.number(Section::Badges, written)?.and_then(Id::new);
        let key = input.option(Reader::text)?;
        let grade = input.option(|input| u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged))?;
        let held = Self {
            grade: None,
            times: u32::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?,
            at: input.instant()?,
            origin: Arc::new(Origin::kept(numbering.program, Stamp::read(numbering, input)?)),
            renewed: input.instant()?,
            was_true: input.flag()?,
        };
        let Some(badge) = badge else { return Ok(None) };
        let kept = grade.map(|grade| numbering.grade(written, badge, grade)).transpose()?.flatten();
        // A badge whose grades are all others now is another badge.
        Ok((kept.is_some() == grade.is_some()).then_some(((badge, key), Self { grade: kept, ..held })))
    }
}

impl Stamp {
    fn write(&self, out: &mut Writer) {
        out.text(&self.source);
        out.text(&self.id);
        out.time(self.time);
        out.option(self.sequence, Writer::signed);
        out.length(self.kind.index());
    }

    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        Ok(Self {
            source: input.text()?,
            id: input.text()?,
            time: input.time()?,
            sequence: input.option(Reader::signed)?,
            // Nothing asks what the kind is of an activity that is no longer in the record.
            kind: numbering.id(input)?.or_else(|| Id::new(0)).ok_or(SnapshotError::Damaged)?,
            arrival: Arrival::default(),
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

    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        let mut counts = Self::new(numbering.program);
        let mut totals: Vec<_> = counts.totals.iter().copied().collect();
        numbering.each(Section::Currencies, input, &mut totals, Total::read)?;
        counts.totals = totals.into_iter().collect();
        counts.counters = Counters::read(numbering, input)?;
        let (mut fields, mut boards) = (counts.personal.fields.clone(), counts.personal.consent.boards.clone());
        numbering.each(Section::Fields, input, &mut fields, |input| {
            let state = FieldState::from_name(&input.text()?).ok_or(SnapshotError::Damaged)?;
            Ok(FieldStatement { state, at: input.option(Reader::instant)? })
        })?;
        let consent = Consent::read(numbering, &mut boards, input)?;
        let (claims, declined) = (input.list(Reader::text)?, input.list(Reader::text)?);
        let declined_steps = input.list(Reader::text)?;
        counts.boldest = input.option(read_audience)?;
        counts.active = ActiveMonths::read(numbering.program, input)?;
        let leave = input.list(|input| Ok((Day(input.small()?), Day(input.small()?))))?;
        let weeks = input.list(|input| {
            let (from, bits) = (Day(input.small()?), input.number()?);
            Ok((from, core::array::from_fn(|weekday| bits >> weekday & 1 == 1)))
        })?;
        let enrolments = input.list(|input| Enrolment::read(numbering, input))?;
        let deferred = input.list(|input| {
            let (due, rule) = (input.instant()?, numbering.id_in(Section::Gifts, input)?);
            let (points, stamp) = (input.signed()?, Stamp::read(numbering, input)?);
            let origin = Arc::new(Origin::kept(numbering.program, stamp));
            Ok(rule.map(|rule| DeferredAward { due, rule, points, origin }))
        })?;
        let earlier_totals = input.list(|input| {
            let (currency, total) = (numbering.id(input)?, Total::read(input)?);
            Ok(currency.map(|currency| (currency, total)))
        })?;
        let (enrolments, deferred) =
            (enrolments.into_iter().flatten().collect(), deferred.into_iter().flatten().collect());
        let earlier_totals = earlier_totals.into_iter().flatten().collect();
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
        counts.personal = personal.into();
        Ok(counts)
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

    /// `None` for a challenge that the program lacks or that has other steps now.
    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Option<Self>> {
        let challenge = numbering.id::<Challenge>(input)?;
        let (first, left) = (Day(input.small()?), input.flag()?);
        let steps = input.list(|input| {
            Ok(match input.option(Reader::flag)? {
                Some(true) => StepState::Done,
                Some(false) => StepState::Declined,
                None => StepState::Open,
            })
        })?;
        let active = input.list(|input| Ok(Day(input.small()?)))?;
        let before = Baseline::read(numbering, input)?;
        let after = input.option(|input| Baseline::read(numbering, input))?;
        let today = DayStart { ends: input.instant()?, shared: input.option(|input| input.list(Reader::signed))? };
        let Some(challenge) = challenge else { return Ok(None) };
        let is_sound = steps.len() == numbering.program.challenges[challenge].steps.len();
        let enrolment = Self { challenge, first, left, steps, active, before, after, today };
        if is_sound { Ok(Some(enrolment)) } else { Err(SnapshotError::Damaged) }
    }
}

impl Baseline {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(self.completeness));
        out.length(self.points.len());
        self.points.iter().for_each(|points| out.signed(*points));
    }

    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        let completeness = u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let mut points = alloc::vec![0; numbering.program.currencies.len()];
        numbering.each(Section::Currencies, input, &mut points, |input| input.signed())?;
        if completeness <= 100 { Ok(Self { completeness, points }) } else { Err(SnapshotError::Damaged) }
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

    fn read(numbering: &Numbering<'_>, boards: &mut [Option<bool>], input: &mut Reader<'_>) -> Read<Self> {
        let (published, gone, model) = (input.flag()?, input.flag()?, input.flag()?);
        let mut audience = [None; SharedPart::COUNT];
        for position in &mut audience {
            *position = input.option(read_audience)?;
        }
        numbering.each(Section::Boards, input, boards, |input| input.option(Reader::flag))?;
        let moment = input.option(|input| Ok((input.instant()?, input.option(Reader::signed)?)))?;
        let stated = input.list(|input| Matter::read(numbering, input))?;
        let ends = input.instant()?;
        let figures = Figures { gone: input.flag()?, published: input.flag()?, complete: input.flag()? };
        let month = MonthStart { ends, figures };
        let revisions = input.list(|input| {
            let (matter, revision) = (Matter::read(numbering, input)?, input.signed()?);
            Ok(matter.map(|matter| (matter, revision)))
        })?;
        let stated = stated.into_iter().flatten().collect();
        let revisions = revisions.into_iter().flatten().collect();
        Ok(Self { published, gone, model, audience, boards: boards.to_vec(), moment, stated, month, revisions })
    }
}

impl ActiveMonths {
    fn write(self, out: &mut Writer) {
        out.instant(self.ends);
        [self.latest, self.before].into_iter().for_each(|month| out.option(month.map(i64::from), Writer::signed));
    }

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let _ends = input.instant()?;
        let (latest, before) = (input.option(Reader::small)?, input.option(Reader::small)?);
        // The program may have another zone than the one that wrote it.
        let ends = latest.map_or(Self::NEVER.ends, |month| month_ends(program, month));
        Ok(Self { ends, latest, before })
    }
}

impl Matter {
    fn write(self, out: &mut Writer) {
        out.number(u64::from(self.0));
        out.number(u64::from(self.1));
    }

    /// `None` for a matter of something that the program lacks.
    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Option<Self>> {
        let sort = u8::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let number = u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let Some(section) = Self(sort, number).section() else { return Ok(Some(Self(sort, number))) };
        let now = numbering.number(section, usize::from(number))?;
        Ok(now.map(|now| Self(sort, capped(now))))
    }
}

fn write_audience(out: &mut Writer, audience: Audience) {
    out.text(audience.name());
}

fn read_audience(input: &mut Reader<'_>) -> Read<Audience> {
    Audience::from_name(&input.text()?).ok_or(SnapshotError::Damaged)
}
