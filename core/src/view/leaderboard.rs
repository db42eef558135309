//! Leaderboard: the members who joined a board, sorted by a total. Equal totals share a place.

use crate::{
    base::{
        number::capped,
        sort::sort_by,
        time::{Time, Timestamp},
    },
    fold::standing_at,
    language::audience::{Audience, SharedPart},
    program::{Board, OtherProgram, Program},
    state::standing::Standing,
    view::{
        data::{BoardRow, BoardView, ViewContext},
        visibility::Visibility,
    },
};
use alloc::{string::ToString, vec::Vec};

/// The most rows of a board. A board shows who is near, and a longer list no longer does.
pub const MAX_BOARD_ROWS: usize = 100;

impl Program {
    /// A board as a viewer sees it, with at most `rows` rows: those around the viewer, or none for a viewer who is not
    /// on it. `None` if the program has no such board.
    ///
    /// The host passes the standings of all members. The board shows those who joined it and share that with the
    /// viewer. Equal totals share a place, and their members are sorted by id. A total stands beside a name only if its
    /// member shares points with the viewer. Nobody is shown as last: the lowest place is left out, unless it is the
    /// viewer's own or all share one place.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// // Ada and Bob have joined the board, Cleo has not. Bob and Cleo have written a post each.
    /// let members: Vec<_> = engine.members().filter_map(|member| Some((member, engine.standing(member)?))).collect();
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let board = engine.program().board("all", members, &ada, 10)?.unwrap();
    /// let rows: Vec<_> = board.rows.iter().map(|row| (row.place, row.member.as_str(), row.own)).collect();
    /// assert_eq!(rows, [(1, "bob", false), (2, "ada", true)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if a standing is of another program.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// # let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let other: Tree = serde_json::from_str(r#"{"version": 1, "id": "second-steps", "kinds": {}}"#)?;
    /// let standing = Standing::new(&Program::check(&other, |_| None)?);
    /// assert_eq!(engine.program().board("all", [("ada", &standing)], &ada, 10), Err(OtherProgram));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn board<'a>(
        &self,
        board: &str,
        standings: impl IntoIterator<Item = (&'a str, &'a Standing)>,
        ask: &ViewContext<'_>,
        rows: usize,
    ) -> Result<Option<BoardView>, OtherProgram> {
        let Some(id) = self.boards.find(board) else { return Ok(None) };
        let board = &self.boards[id];
        let mut ranked = Vec::new();
        let mut audience = Audience::Private;
        for (member, standing) in standings {
            standing.is_of(self)?;
            let visibility = Visibility::of(self, member, standing, ask);
            if visibility.own {
                audience = visibility.board_audience();
            }
            if visibility.is_on(id) {
                let (standing, _) = standing_at(self, standing, ask.now);
                let shows_total = visibility.shows(SharedPart::Points);
                ranked.push(Ranked { total: board.total(self, &standing, ask.now), member, shows_total });
            }
        }
        sort_by(&mut ranked, |a, b| b.total.cmp(&a.total).then(a.member.cmp(b.member)));
        let is_own = |row: &Ranked<'_>| row.member == ask.viewer;
        let joined = ranked.iter().any(is_own);
        let totals: Vec<i64> = ranked.iter().map(|row| row.total).collect();
        let lowest = totals.last().copied().filter(|lowest| totals.first() != Some(lowest));
        ranked.retain(|row| joined && (is_own(row) || Some(row.total) != lowest));
        let rows = rows.min(MAX_BOARD_ROWS);
        // As many rows above the viewer as below, except near either end.
        let own = ranked.iter().position(is_own).unwrap_or(0);
        let first = own.saturating_sub(rows / 2).min(ranked.len().saturating_sub(rows));
        let near = ranked.iter().skip(first).take(rows);
        let place = |total: i64| totals.partition_point(|other| *other > total) + 1;
        let rows = near.map(|row| BoardRow {
            place: capped(place(row.total)),
            member: row.member.to_string(),
            name: row.member.to_string(),
            total: row.shows_total.then_some(row.total),
            own: is_own(row),
        });
        Ok(Some(BoardView {
            board: board.name.to_string(),
            name: board.words.or(ask.locale, &board.name).into(),
            currency: self.currencies[board.currency]
                .words
                .or(ask.locale, &self.currencies[board.currency].name)
                .into(),
            joined,
            audience,
            rows: rows.collect(),
        }))
    }
}

/// A member on a board.
struct Ranked<'a> {
    total: i64,
    member: &'a str,
    /// Whether the viewer may see the total.
    shows_total: bool,
}

impl Board {
    /// The total at a moment. For a board by month, that of its month, as in the member's own view.
    pub(super) fn total(&self, program: &Program, standing: &Standing, now: Timestamp) -> i64 {
        if self.per_month {
            standing.monthly_points.points(program, self.currency, now, 0)
        } else {
            standing.counts.total(program, self.currency, Time::utc(now))
        }
    }
}
