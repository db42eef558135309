//! Counter encoding: the counts of a standing as bytes and back.

use crate::{
    base::{
        codec::{Read, Reader, SnapshotError, Writer},
        day::Day,
    },
    program::{Counter, Program},
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

    pub(super) fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let mut counters = Self::new(program);
        for _ in 0..input.length()? {
            let counter = Counter::read(program, input)?;
            let slot = Slot { counter, key: input.option(Reader::text)?, window: input.small()? };
            counters.put(slot, Count::read(input)?);
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

    fn read(program: &Program, input: &mut Reader<'_>) -> Read<Self> {
        let mut number = || u16::try_from(input.number()?).map_err(|_| SnapshotError::Damaged);
        let (sort, number) = (number()?, number()?);
        Self::known(program, sort, number).ok_or(SnapshotError::Damaged)
    }
}

impl Count {
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
            1 => Self::Distinct(Box::new(input.map(|input| Ok((input.text()?, input.instant()?)))?)),
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
