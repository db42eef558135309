//! Ladder: the members of a board in order of their totals, in any window of its currency.

use crate::base::{sort::sort, sorted::Sorted, text::Text};
use alloc::vec::Vec;
use core::{
    cmp::{Ordering, Reverse},
    ops::Range,
};

/// A member's position on a board: the highest total first, and equal totals sorted by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rung {
    pub(super) total: Reverse<i64>,
    pub(super) member: Text,
}

/// The members whom the whole company sees on a board.
///
/// A member who has earned nothing in a window rests at the total in which it begins. Most members rest in most
/// windows, so each window holds only those who do not, and a new one costs nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Ladder {
    /// All of them.
    members: Sorted<Text>,
    /// By rising number.
    windows: Vec<(i32, Climbers)>,
}

/// The members who do not rest in a window.
#[derive(Clone, Debug, Default)]
struct Climbers {
    rungs: Sorted<Rung>,
    members: Sorted<Text>,
}

/// A ladder in one window, for one viewer.
pub(super) struct LadderView<'a> {
    ladder: &'a Ladder,
    climbers: Option<&'a Climbers>,
    /// The total of those who rest.
    start: i64,
    /// How many climbers are above them.
    above: usize,
    /// Rungs that only this viewer sees, or that are others at this moment. Sorted.
    pub(super) added: Vec<Rung>,
    /// Rungs of the ladder that are others at this moment.
    pub(super) removed: Vec<Rung>,
}

impl Rung {
    pub(super) fn new(total: i64, member: Text) -> Self {
        Self { total: Reverse(total), member }
    }

    /// Before all members with a total.
    fn first_with(total: i64) -> Self {
        Self::new(total, "".into())
    }
}

impl Ladder {
    /// Replaces the totals of a member, each with its window, sorted. `None` stands for a member who is not on it.
    pub(super) fn replace(&mut self, member: &Text, before: Option<&[(i32, i64)]>, now: Option<&[(i32, i64)]>) {
        match (before, now) {
            (None, Some(_)) => self.members.insert(member.clone()),
            (Some(_), None) => drop(self.members.remove(member)),

            _ => {}
        }
        let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
        for (window, total) in before.iter().filter(|total| now.binary_search(total).is_err()) {
            let Ok(found) = self.find(*window) else { continue };
            let Some((_, climbers)) = self.windows.get_mut(found) else { continue };
            climbers.rungs.remove(&Rung::new(*total, member.clone()));
            climbers.members.remove(member);
            if climbers.members.len() == 0 {
                self.windows.remove(found);
            }
        }
        for (window, total) in now.iter().filter(|total| before.binary_search(total).is_err()) {
            let found = self.find(*window).unwrap_or_else(|free| {
                self.windows.insert(free, (*window, Climbers::default()));
                free
            });
            let Some((_, climbers)) = self.windows.get_mut(found) else { continue };
            climbers.rungs.insert(Rung::new(*total, member.clone()));
            climbers.members.insert(member.clone());
        }
    }

    /// Where a window is, or where it belongs.
    fn find(&self, window: i32) -> Result<usize, usize> {
        self.windows.binary_search_by_key(&window, |(number, _)| *number)
    }

    pub(super) fn view(&self, window: i32, start: i64) -> LadderView<'_> {
        let found = self.find(window).ok().and_then(|found| self.windows.get(found));
        let climbers = found.map(|(_, climbers)| climbers);
        let above = climbers.map_or(0, |climbers| climbers.rungs.rank(&Rung::first_with(start)));
        LadderView { ladder: self, climbers, start, above, added: Vec::new(), removed: Vec::new() }
    }
}

impl LadderView<'_> {
    pub(super) fn len(&self) -> usize {
        self.ladder.members.len() + self.added.len() - self.removed.len()
    }

    /// How many members have a higher total.
    pub(super) fn above(&self, total: i64) -> usize {
        self.before(&Rung::first_with(total))
    }

    /// How many rungs are before one.
    pub(super) fn before(&self, rung: &Rung) -> usize {
        let before = |rungs: &[Rung]| rungs.iter().filter(|other| *other < rung).count();
        self.before_on_ladder(rung) + before(&self.added) - before(&self.removed)
    }

    /// The rungs of a range of positions.
    pub(super) fn rungs(&self, range: Range<usize>) -> Vec<Rung> {
        // Each rung that is added or removed before one moves that one by a position.
        let all = self.ladder.members.len();
        let (first, end) = (range.start.saturating_sub(self.added.len()), (range.end + self.removed.len()).min(all));
        let mut rungs = self.of_ladder(first..end);
        let is_near = |rung: &&Rung| {
            (first == 0 || rungs.first().is_none_or(|first| first < *rung))
                && (end == all || rungs.last().is_none_or(|last| *rung < last))
        };
        let added: Vec<Rung> = self.added.iter().filter(is_near).cloned().collect();
        rungs.extend(added);
        rungs.retain(|rung| !self.removed.contains(rung));
        sort(&mut rungs);
        let before = rungs.first().map_or(0, |first| self.before(first));
        rungs.into_iter().skip(range.start.saturating_sub(before)).take(range.len()).collect()
    }

    fn before_on_ladder(&self, rung: &Rung) -> usize {
        let of_climbers = self.climbers.map_or(0, |climbers| climbers.rungs.rank(rung));
        of_climbers
            + match rung.total.0.cmp(&self.start) {
                Ordering::Greater => 0,
                Ordering::Equal => self.resting_before(&rung.member),
                Ordering::Less => self.resting(),
            }
    }

    /// How many members rest.
    fn resting(&self) -> usize {
        self.ladder.members.len() - self.climbers.map_or(0, |climbers| climbers.members.len())
    }

    fn resting_before(&self, member: &Text) -> usize {
        self.ladder.members.rank(member) - self.climbers.map_or(0, |climbers| climbers.members.rank(member))
    }

    /// The rungs of a range of positions on the ladder: the climbers above those who rest, these, and the climbers
    /// below them.
    fn of_ladder(&self, range: Range<usize>) -> Vec<Rung> {
        let climbers = |from| self.climbers.into_iter().flat_map(move |climbers| climbers.rungs.iter_from(from));
        let above = self.above;
        let below = above + self.resting();
        let resting = range.start.max(above)..range.end.min(below);
        let mut rungs: Vec<_> =
            climbers(range.start).take(range.end.min(above).saturating_sub(range.start)).cloned().collect();
        if !resting.is_empty() {
            let members = self.at_rest(resting.start - above).take(resting.len());
            rungs.extend(members.map(|member| Rung::new(self.start, member.clone())));
        }
        let first = range.start.max(below);
        rungs.extend(climbers(first - self.resting()).take(range.end.saturating_sub(first)).cloned());
        rungs
    }

    /// The members who rest, from one of their positions on.
    fn at_rest(&self, position: usize) -> impl Iterator<Item = &Text> {
        let members = &self.ladder.members;
        let first = members.partition_point(|member| self.resting_before(member) < position);
        let mut members = members.iter_from(first).peekable();
        // Climbers stand between those who rest.
        let climbers = members.peek().copied().zip(self.climbers).into_iter();
        let climbing = climbers.flat_map(|(first, climbers)| climbers.members.iter_from(climbers.members.rank(first)));
        let mut climbing = climbing.peekable();
        members.filter(move |member| climbing.next_if(|climbing| climbing == member).is_none())
    }
}
