//! Numbering: which parts of a program the numbers in stored bytes mean, also after the program has changed.
//!
//! The bytes of a standing name each part of a program by its number. A sealed sum lasts longer than the program that
//! made it, so the names go with it, and the meaning of each part that would be misread with another one.

use super::{
    Badge, Challenge, Counted, Currency, Definition, Grade, Key, Kind, Limit, Program, Rule, Scope, Span, Tally,
};
use crate::base::{
    codec::{Read, Reader, SnapshotError, Writer},
    day::{SeasonLength, Window},
    hash::Fnv,
    id_table::{Id, Named, Table},
    keyword::Keyword,
    text::Text,
};
use alloc::vec::Vec;

/// The numbers of a program's parts in bytes that are read.
pub(crate) struct Numbering<'p> {
    pub(crate) program: &'p Program,
    /// `None` if the same program wrote the bytes.
    written: Option<Written>,
}

/// What another program wrote.
struct Written {
    /// The number that each part has now; `None` for one that the program lacks or that means something else now.
    numbers: [Vec<Option<usize>>; Section::ALL.len()],
    /// The names of the grades of each badge.
    grades: Vec<Vec<Text>>,
}

/// The parts of a program that bytes name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Kinds,
    Currencies,
    Limits,
    Tallies,
    Rules,
    /// Rules again, and the same only if they give in the same currency and count in the same scope.
    Gifts,
    Badges,
    Levels,
    Fields,
    Boards,
    Rewards,
    Challenges,
}

/// A part that bytes name by its own name.
pub(crate) trait Numbered {
    const SECTION: Section;
}

macro_rules! numbered {
    ($($part:ident in $section:ident),*) => {
        $(impl Numbered for $part {
            const SECTION: Section = Section::$section;
        })*
    };
}
numbered!(Kind in Kinds, Currency in Currencies, Limit in Limits, Tally in Tallies, Rule in Rules, Badge in Badges,
    Challenge in Challenges);

impl Section {
    const ALL: [Self; 12] = [
        Self::Kinds,
        Self::Currencies,
        Self::Limits,
        Self::Tallies,
        Self::Rules,
        Self::Gifts,
        Self::Badges,
        Self::Levels,
        Self::Fields,
        Self::Boards,
        Self::Rewards,
        Self::Challenges,
    ];

    /// How many parts the program has.
    fn count(self, program: &Definition) -> usize {
        match self {
            Self::Kinds => program.kinds.len(),
            Self::Currencies => program.currencies.len(),
            Self::Limits => program.limits.len(),
            Self::Tallies => program.tallies.len(),
            Self::Rules | Self::Gifts => program.rules.len(),
            Self::Badges => program.badges.len(),
            Self::Levels => program.levels.len(),
            Self::Fields => program.fields.len(),
            Self::Boards => program.boards.len(),
            Self::Rewards => program.rewards.len(),
            Self::Challenges => program.challenges.len(),
        }
    }

    /// The name of each part, and a hash of what its counts mean.
    fn parts(self, program: &Definition) -> Vec<(&Text, u64)> {
        fn named<T: Named>(table: &Table<T>) -> Vec<(&Text, u64)> {
            table.values().map(|part| (part.name(), 0)).collect()
        }
        fn meant<'p, T: Named>(
            program: &Definition,
            table: &'p Table<T>,
            meaning: impl Fn(&T, &mut Meaning<'_>),
        ) -> Vec<(&'p Text, u64)> {
            let hash = |part: &T| {
                let mut hashed = Meaning { program, hash: Fnv::new() };
                meaning(part, &mut hashed);
                hashed.hash.finish()
            };
            table.values().map(|part| (part.name(), hash(part))).collect()
        }
        match self {
            Self::Kinds => named(&program.kinds),
            Self::Currencies => meant(program, &program.currencies, |currency, of| of.window(currency.per)),
            Self::Limits => meant(program, &program.limits, |limit, of| {
                of.number(u64::from(limit.bound.is_points()));
                of.scope(limit.scope);
            }),
            Self::Tallies => meant(program, &program.tallies, |tally, of| of.tally(tally)),
            Self::Rules => named(&program.rules),
            Self::Gifts => meant(program, &program.rules, |rule, of| {
                of.text(&program.currencies[rule.currency].name);
                of.window(program.currencies[rule.currency].per);
                of.scope(rule.amount.scope().unwrap_or(Scope::EVER));
            }),
            Self::Badges => named(&program.badges),
            Self::Levels => named(&program.levels),
            Self::Fields => named(&program.fields),
            Self::Boards => named(&program.boards),
            Self::Rewards => named(&program.rewards),
            Self::Challenges => meant(program, &program.challenges, |challenge, of| {
                challenge.steps.iter().for_each(|step| of.text(&step.name));
                of.number(challenge.shared.len() as u64);
            }),
        }
    }
}

/// Hashes what the counts of a part mean.
struct Meaning<'p> {
    program: &'p Definition,
    hash: Fnv,
}

impl Meaning<'_> {
    fn number(&mut self, number: u64) {
        self.hash.bytes(&number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.hash.bytes(text.as_bytes());
    }

    /// A window, with what numbers it.
    fn window(&mut self, window: Window) {
        self.text(window.name());
        let cadence = self.program.cadence;
        if window == Window::Week {
            self.number(cadence.week_start as u64);
        }
        if let (Window::Season, Some(season)) = (window, cadence.season) {
            let (unit, length) = match season.length {
                SeasonLength::Days(days) => (0, days),
                SeasonLength::Months(months) => (1, months),
            };
            [season.starts.0, unit, length].into_iter().for_each(|number| self.number(number as u64));
        }
    }

    fn scope(&mut self, scope: Scope) {
        match scope.key {
            None => self.text(""),
            Some(Key::Object) => self.text("object"),
            Some(Key::Role(role)) => self.text(self.program.role_name(role)),
            Some(Key::Attribute(attribute)) => self.text(&self.program.attributes[attribute].name),
        }
        match scope.span {
            Span::Per(window) => self.window(window),
            Span::Within(seconds) => self.number(seconds as u64),
        }
    }

    fn tally(&mut self, tally: &Tally) {
        self.number(tally.meaning);
        self.scope(tally.scope);
        if let Counted::Streak(rhythm) = tally.counts {
            self.window(rhythm.unit);
            self.window(rhythm.grace_per.unwrap_or(Window::Ever));
        }
        // The variants that only some goals use have the name of the tally.
        self.number(tally.from.map_or(0, |from| from.unix_seconds() as u64));
        self.text(tally.during.map_or("", |challenge| &self.program.challenges[challenge].name));
    }
}

impl<'p> Numbering<'p> {
    /// The numbers of a program in its own bytes.
    pub(crate) fn own(program: &'p Program) -> Self {
        Self { program, written: None }
    }

    /// Writes the names of a program's parts, for [`read`](Self::read).
    pub(crate) fn write(program: &Definition, out: &mut Writer) {
        for section in Section::ALL {
            let parts = section.parts(program);
            out.length(parts.len());
            for (name, meaning) in parts {
                out.text(name);
                out.number(meaning);
            }
        }
        program.badges.values().for_each(|badge| out.texts(badge.grades.iter().map(Text::as_str)));
    }

    /// Reads what [`write`](Self::write) wrote, and finds each part in the program of now.
    pub(crate) fn read(program: &'p Program, input: &mut Reader<'_>) -> Read<Self> {
        let mut numbers = [const { Vec::new() }; Section::ALL.len()];
        for (section, numbers) in Section::ALL.into_iter().zip(&mut numbers) {
            let mut now: Vec<_> = section.parts(program).into_iter().map(Some).collect();
            *numbers = input.list(|input| {
                let (name, meaning) = (input.text()?, input.number()?);
                let found = now.iter().position(|part| *part == Some((&name, meaning)));
                // Limits of one rule, and variants of one tally, have one name. Each is found once, in order.
                if let Some(part) = found.and_then(|found| now.get_mut(found)) {
                    *part = None;
                }
                Ok(found)
            })?;
        }
        let mut grades = Vec::new();
        for _ in numbers.get(Section::Badges as usize).into_iter().flatten() {
            grades.push(input.list(Reader::text)?);
        }
        Ok(Self { program, written: Some(Written { numbers, grades }) })
    }

    /// How many parts the program had that wrote the bytes.
    pub(crate) fn count(&self, section: Section) -> usize {
        match &self.written {
            None => section.count(self.program),
            Some(written) => written.numbers.get(section as usize).map_or(0, Vec::len),
        }
    }

    /// The number that a part has now.
    pub(crate) fn number(&self, section: Section, number: usize) -> Read<Option<usize>> {
        if number >= self.count(section) {
            return Err(SnapshotError::Damaged);
        }
        Ok(match &self.written {
            None => Some(number),
            Some(written) => {
                *written.numbers.get(section as usize).and_then(|numbers| numbers.get(number)).unwrap_or(&None)
            }
        })
    }

    /// Reads the number of a part. `None` if the program lacks it.
    pub(crate) fn id<T: Numbered>(&self, input: &mut Reader<'_>) -> Read<Option<Id<T>>> {
        self.id_in(T::SECTION, input)
    }

    pub(crate) fn id_in<T>(&self, section: Section, input: &mut Reader<'_>) -> Read<Option<Id<T>>> {
        let number = usize::try_from(input.number()?).map_err(|_| SnapshotError::Damaged)?;
        Ok(self.number(section, number)?.and_then(Id::new))
    }

    /// Reads a value for each part of a section into those of now.
    pub(crate) fn each<T>(
        &self,
        section: Section,
        input: &mut Reader<'_>,
        values: &mut [T],
        mut read: impl FnMut(&mut Reader<'_>) -> Read<T>,
    ) -> Read<()> {
        if input.length()? != self.count(section) {
            return Err(SnapshotError::Damaged);
        }
        for written in 0..self.count(section) {
            let value = read(input)?;
            if let Some(place) = self.number(section, written)?.and_then(|number| values.get_mut(number)) {
                *place = value;
            }
        }
        Ok(())
    }

    /// The grade of a badge, by the badge's number in the bytes. A grade that the program lacks is the next lower one
    /// that it has, and `None` if there is none.
    pub(crate) fn grade(&self, written: usize, now: Id<Badge>, grade: u8) -> Read<Option<Grade>> {
        let grades = &self.program.badges[now].grades;
        let Some(from) = &self.written else {
            let is_known = usize::from(grade) < grades.len();
            return if is_known { Ok(Some(Grade(grade))) } else { Err(SnapshotError::Damaged) };
        };
        let names = from.grades.get(written).and_then(|names| names.get(..=usize::from(grade)));
        let mut names = names.ok_or(SnapshotError::Damaged)?.iter().rev();
        let found = names.find_map(|name| grades.iter().position(|now| now == name));
        Ok(found.and_then(|grade| u8::try_from(grade).ok()).map(Grade))
    }

    /// How many levels are held, of those of now: up to the highest held one that the program still has.
    pub(crate) fn height(&self, height: usize) -> Read<u16> {
        if height > self.count(Section::Levels) {
            return Err(SnapshotError::Damaged);
        }
        for level in (0..height).rev() {
            if let Some(number) = self.number(Section::Levels, level)? {
                return u16::try_from(number + 1).map_err(|_| SnapshotError::Damaged);
            }
        }
        Ok(0)
    }
}
