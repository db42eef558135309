//! Counter encoding: the counts of a standing as bytes and back.

use crate::{
    base::{
        codec::{Read, Reader, SnapshotError, Writer},
        day::Day,
    },
    program::{
        Counted, Counter, Program,
        numbering::{Numbering, Section},
    },
    state::{
        calendar::{Streak, StreakRest, Used},
        counters::{Count, Counters, Slot},
    },
};
use alloc::boxed::Box;

impl Counters {
    pub(super) fn write(&self, out: &mut Writer) {
        let all = self.all();
        out.length(all.len());
        for (slot, count) in all {
            slot.counter.write(out);
            out.option(slot.key.as_ref(), |out, key| out.text(key));
            out.signed(i64::from(slot.window));
            count.write(out);
        }
    }

    pub(super) fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Self> {
        let program = numbering.program;
        let mut counters = Self::new(program);
        for _ in 0..input.length()? {
            let counter = Counter::read(numbering, input)?;
            let (key, window) = (input.option(Reader::text)?, input.small()?);
            let count = Count::read(input)?;
            if let Some(counter) = counter.filter(|counter| count.is_kept(program, *counter)) {
                counters.put(Slot { counter, key, window }, count);
            }
        }
        Ok(counters)
    }
}

impl Counter {
    fn write(self, out: &mut Writer) {
        let (sort, number) = self.number();
        out.number(u64::from(sort));
        out.number(u64::from(number));
    }

    /// `None` for a counter that the program lacks.
    fn read(numbering: &Numbering<'_>, input: &mut Reader<'_>) -> Read<Option<Self>> {
        let sort = u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let number = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        let now = match Self::section(sort) {
            Some(section) => numbering.number(section, number)?,
            None => Some(number),
        };
        let Some(now) = now else { return Ok(None) };
        let now = u16::try_from(now).map_err(|_| SnapshotError::Damaged)?;
        Self::known(numbering.program, sort, now).map(Some).ok_or(SnapshotError::Damaged)
    }

    /// What the numbers of a sort of counters count.
    fn section(sort: u16) -> Option<Section> {
        Some(match sort {
            0 => Section::Tallies,
            1 => Section::Limits,
            2 => Section::Gifts,
            3 | 4 => Section::Rules,
            5 => Section::Badges,
            6 => Section::Rewards,
            _ => return None,
        })
    }
}

impl Count {
    /// Whether a counter can go on from it. A tally that dropped its values once it had enough of them cannot, if a
    /// later program asks for more.
    fn is_kept(&self, program: &Program, counter: Counter) -> bool {
        match (self, counter) {
            (Self::Number(number), Counter::Tally(id)) => {
                let tally = &program.tallies[id];
                !matches!(tally.counts, Counted::Distinct(_)) || tally.has_enough(*number)
            }
            _ => true,
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Number(number) => {
                out.number(0);
                out.signed(*number);
            }
            Self::Distinct(seen) => {
                out.number(1);
                out.length(seen.len());
                for (text, at) in seen.iter() {
                    out.text(text);
                    out.instant(*at);
                }
            }
            Self::Recent(recent) => {
                out.number(2);
                out.length(recent.came().len());
                for (at, number) in recent.came() {
                    out.instant(at);
                    out.signed(number);
                }
            }
            Self::Streak(streak) => {
                let has_rest = streak.rest != StreakRest::default();
                out.number(if has_rest { 5 } else { 3 });
                out.length(streak.units().count());
                streak.units().for_each(|unit| out.signed(i64::from(unit)));
                out.signed(streak.run);
                if has_rest {
                    out.signed(i64::from(streak.rest.used.window));
                    out.signed(streak.rest.used.times);
                    out.length(streak.rest.days.len());
                    streak.rest.days.iter().for_each(|day| out.signed(i64::from(*day)));
                }
            }
            Self::Since(day) => {
                out.number(4);
                out.signed(i64::from(day.0));
            }
        }
    }

    fn read(input: &mut Reader<'_>) -> Read<Self> {
        Ok(match input.number()? {
            0 => Self::Number(input.signed()?),
            1 => {
                let seen = input.list(|input| Ok((input.text()?, input.instant()?)))?;
                Self::Distinct(Box::new(seen.into_iter().collect()))
            }
            2 => Self::Recent(Box::new(
                input.list(|input| Ok((input.instant()?, input.signed()?)))?.into_iter().collect(),
            )),
            3 => {
                Self::Streak(Box::new(Streak::new(input.list(Reader::small)?, input.signed()?, StreakRest::default())))
            }
            5 => {
                let (units, run) = (input.list(Reader::small)?, input.signed()?);
                let used = Used { window: input.small()?, times: input.signed()? };
                let rest = StreakRest { used, days: input.list(Reader::small)? };
                Self::Streak(Box::new(Streak::new(units, run, rest)))
            }
            4 => Self::Since(Day(input.small()?)),
            _ => return Err(SnapshotError::Damaged),
        })
    }
}
