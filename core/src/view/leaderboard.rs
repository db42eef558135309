//! Boards: who joined, in order of a total, equal totals sharing a place.

use crate::{
    base::{
        number::capped,
        sort::sort_by,
        time::{Time, Timestamp},
    },
    fold::standing_at,
    program::{Board, OtherProgram, Program},
    state::standing::Standing,
    view::{
        data::{BoardRow, BoardView, ViewContext},
        visibility::Visibility,
    },
};
use alloc::{string::ToString, vec::Vec};

/// Rows of a board at most: a longer list is no longer near.
pub const MAX_BOARD_ROWS: usize = 100;

impl Program {
    /// A board as a viewer sees it: at most `rows` rows, those around the viewer who is on it, else the first ones. Of
    /// the standings given only those of members who joined and share that with the viewer are looked at. Nothing
    /// where there is no such board.
    ///
    /// Neighbours of equal totals stand in order of their ids; their place is the same.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if a standing is of another program.
    pub fn board<'a>(
        &self,
        board: &str,
        standings: impl IntoIterator<Item = (&'a str, &'a Standing)>,
        ask: &ViewContext<'_>,
        rows: usize,
    ) -> Result<Option<BoardView>, OtherProgram> {
        let Some(id) = self.boards.find(board) else { return Ok(None) };
        let board = &self.boards[id];
        let mut totals = Vec::new();
        for (member, standing) in standings {
            standing.is_of(self)?;
            if Visibility::of(self, member, standing, ask).is_on(id) {
                let (standing, _) = standing_at(self, standing, ask.now);
                totals.push((board.total(self, &standing, ask.now), member));
            }
        }
        sort_by(&mut totals, |(total, member), (other, other_member)| other.cmp(total).then(member.cmp(other_member)));
        let own = totals.iter().position(|(_, member)| *member == ask.viewer);
        let rows = rows.min(MAX_BOARD_ROWS);
        // As many above as below, without running past either end.
        let first = own.map_or(0, |own| own.saturating_sub(rows / 2).min(totals.len().saturating_sub(rows)));
        let near = totals.iter().skip(first).take(rows);
        let place = |total: i64| totals.partition_point(|(other, _)| *other > total) + 1;
        let rows = near.map(|(total, member)| BoardRow {
            place: capped(place(*total)),
            member: member.to_string(),
            name: member.to_string(),
            total: *total,
            own: *member == ask.viewer,
        });
        Ok(Some(BoardView {
            board: board.name.to_string(),
            name: board.words.or(ask.locale, &board.name).into(),
            currency: self.currencies[board.currency]
                .words
                .or(ask.locale, &self.currencies[board.currency].name)
                .into(),
            joined: own.is_some(),
            rows: rows.collect(),
        }))
    }
}

impl Board {
    /// The total at a moment, or that of its month if the board is for the month, as in the member's own view.
    fn total(&self, program: &Program, standing: &Standing, now: Timestamp) -> i64 {
        if self.per_month {
            standing.monthly_points.points(program, self.currency, now, 0)
        } else {
            standing.counts.total(program, self.currency, Time::utc(now))
        }
    }
}
