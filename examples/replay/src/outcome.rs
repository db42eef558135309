//! Outcome: what everybody has at the end of the feed, with what time alone brought until then.

use knownfor::{Engine, EntryLine, Folded, Instant, Program, Standing};

/// A whole feed, taken in.
pub struct Outcome<'e> {
    pub engine: &'e Engine,
    /// When its last activity happened that names anybody; `None` where none does.
    pub end: Option<Instant>,
}

impl<'e> Outcome<'e> {
    pub fn of(engine: &'e Engine) -> Self {
        Self { engine, end: engine.members().filter_map(|member| engine.standing(member)?.last_at()).max() }
    }

    pub fn program(&self) -> &'e Program {
        self.engine.program()
    }

    /// What a member has; `None` for one whom nothing names.
    pub fn of_member(&self, member: &str) -> Option<Folded> {
        self.engine.at(member, self.end?)
    }

    pub fn total(&self, standing: &Standing, currency: &str) -> Option<i64> {
        standing.total_at(self.program(), currency, self.end?)
    }

    /// All members and what they have, one after the other.
    pub fn members(&self) -> impl Iterator<Item = (&'e str, Folded)> {
        self.engine.members().filter_map(|member| Some((member, self.of_member(member)?)))
    }

    pub fn lines(&self) -> impl Iterator<Item = EntryLine> {
        let program = self.program();
        self.members()
            .flat_map(move |(member, has)| has.ledger.into_iter().map(move |entry| entry.line(program, member)))
    }

    /// The badges that were given. Entries with points, most of a ledger, are not put into words for it.
    pub fn badge_lines(&self) -> impl Iterator<Item = EntryLine> {
        let program = self.program();
        let lines = self.members().flat_map(move |(member, has)| {
            let entries = has.ledger.into_iter().filter(|entry| entry.points() == 0);
            entries.map(move |entry| entry.line(program, member))
        });
        lines.filter(|line| line.badge.is_some() && !line.taken)
    }
}
