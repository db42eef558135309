//! Outcome: what everyone has at the end of the feed, including what time alone brought until then.

use knownfor::{Engine, Entry, EntryLine, Folded, Program, Standing, Timestamp};
use std::collections::BTreeMap;

/// A whole feed, taken in.
pub struct Outcome<'e> {
    pub engine: &'e Engine,
    /// The moment asked about, or when the last activity that names a member happened; `None` if no activity does.
    pub end: Option<Timestamp>,
    members: BTreeMap<&'e str, Folded>,
}

/// When the last activity happened that names anybody.
pub fn end(engine: &Engine) -> Option<Timestamp> {
    engine.members().filter_map(|member| engine.standing(member)?.last_at()).max()
}

impl<'e> Outcome<'e> {
    pub fn of(engine: &'e Engine, at: Option<Timestamp>) -> Self {
        let end = at.or_else(|| end(engine));
        let members = engine.members().filter_map(|member| Some((member, engine.as_of(member, end?)?)));
        Self { engine, end, members: members.collect() }
    }

    pub fn program(&self) -> &'e Program {
        self.engine.program()
    }

    /// What a member has; `None` for a member that no activity names.
    pub fn of_member(&self, member: &str) -> Option<&Folded> {
        self.members.get(member)
    }

    pub fn total(&self, standing: &Standing, currency: &str) -> Option<i64> {
        standing.total_at(currency, self.end?)
    }

    /// All members and what they have.
    pub fn members(&self) -> impl Iterator<Item = (&'e str, &Folded)> {
        self.members.iter().map(|(member, has)| (*member, has))
    }

    pub fn lines(&self) -> impl Iterator<Item = EntryLine> {
        self.entries().map(|(member, entry)| entry.line(member))
    }

    /// The badges awarded. It skips entries with points, most of a ledger, before formatting them.
    pub fn badge_lines(&self) -> impl Iterator<Item = EntryLine> {
        let entries = self.entries().filter(|(_, entry)| entry.points() == 0);
        let lines = entries.map(|(member, entry)| entry.line(member));
        lines.filter(|line| line.badge.is_some() && !line.taken)
    }

    fn entries(&self) -> impl Iterator<Item = (&'e str, &Entry)> {
        self.members().flat_map(|(member, has)| has.ledger.iter().map(move |entry| (member, entry)))
    }
}
