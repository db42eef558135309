//! Leaderboard: the members who joined a board, in order of a total. Equal totals share a place.

use crate::{
    base::{
        number::capped,
        sort::sort,
        sorted::Sorted,
        text::Text,
        time::{Time, Timestamp},
    },
    fold::{due::next_due, standing_at},
    language::audience::{Audience, SharedPart},
    program::{Board, OtherProgram, Program},
    state::{monthly_points::month_number, standing::Standing},
    view::{
        data::{BoardRow, BoardView, VIEW_VERSION, ViewContext},
        ladder::{Ladder, LadderView, Rung},
    },
};
use alloc::{borrow::Cow, collections::BTreeMap, string::ToString, vec::Vec};

/// The most rows of a board. A board shows who is near, and a longer list no longer does.
pub const MAX_BOARD_ROWS: usize = 100;

/// An index of who is on which board, in order of their totals.
///
/// A question takes the same time for ten members and for a million. [`Engine`](crate::Engine) keeps such an index by
/// itself. A host that keeps members elsewhere passes each changed standing to [`update`](Self::update), and before a
/// question those that [`due`](Self::due) names.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
/// // Ada and Bob have joined the board, Cleo has not. Bob and Cleo have written a post each.
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// let mut boards = Boards::new(engine.program());
/// for member in engine.members() {
///     boards.update(member, engine.standing(member).unwrap(), now)?;
/// }
/// let board = boards.board("all", &ViewContext::of("ada", "en", now), 10).unwrap();
/// let rows: Vec<_> = board.rows.iter().map(|row| (row.place, row.member.as_str(), row.own)).collect();
/// assert_eq!(rows, [(1, "bob", false), (2, "ada", true)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Boards {
    program: Program,
    members: BTreeMap<Text, Climber>,
    /// One for each board, in the order of the program.
    ladders: Vec<Ladder>,
    /// When time alone may next change a member's totals.
    due: Sorted<(Timestamp, Text)>,
    /// From which moment on a member's totals are right, if time alone has changed them.
    passed: Sorted<(Timestamp, Text)>,
}

/// What the boards have of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Climber {
    /// The widest circle that sees the member on a board.
    audience: Audience,
    /// The widest circle that sees the member's totals.
    points: Audience,
    /// For each board that the member joined, its index and the totals in which the member does not rest, by window.
    totals: Vec<(usize, Vec<(i32, i64)>)>,
    /// When time alone may next change the totals.
    due: Option<Timestamp>,
    /// From which moment on they are right, if time alone has changed them.
    passed: Option<Timestamp>,
}

impl Boards {
    /// An index without members.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// let boards = Boards::new(engine.program());
    /// let board = boards.board("all", &ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?), 10).unwrap();
    /// assert!(!board.joined && board.rows.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(program: &Program) -> Self {
        Self {
            program: program.clone(),
            members: BTreeMap::new(),
            ladders: program.boards.iter().map(|_| Ladder::default()).collect(),
            due: Sorted::default(),
            passed: Sorted::default(),
        }
    }

    /// Replaces what the index has of a member, with what time alone brought until `now`. A host calls it whenever the
    /// member's standing has changed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// use serde_json::json;
    ///
    /// let (now, mut boards) = ("2026-03-09T12:00:00Z".parse()?, Boards::new(engine.program()));
    /// boards.update("ada", engine.standing("ada").unwrap(), now)?;
    /// let ada = ViewContext::of("ada", "en", now);
    /// assert!(boards.board("all", &ada, 10).unwrap().joined);
    ///
    /// // Ada leaves the board.
    /// engine.apply(engine.program().read_own(&json!({
    ///     "source": "wiki", "id": "5", "at": "2026-03-08T09:30:00Z", "kind": "board.left", "actor": "ada"
    /// }))?)?;
    /// boards.update("ada", engine.standing("ada").unwrap(), now)?;
    /// assert!(!boards.board("all", &ada, 10).unwrap().joined);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], and nothing has changed, if the standing is of another program. [`OtherProgram`] has an
    /// example.
    pub fn update(&mut self, member: &str, standing: &Standing, now: Timestamp) -> Result<(), OtherProgram> {
        standing.is_of(&self.program)?;
        self.put(member, standing, now);
        Ok(())
    }

    /// The members whose totals time alone may have changed since their last [`update`](Self::update), sorted by id.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/anniversary_board.rs"));
    /// // Ada joined on 1 March 2026, and an anniversary gives points.
    /// let mut boards = Boards::new(engine.program());
    /// boards.update("ada", engine.standing("ada").unwrap(), "2026-03-09T12:00:00Z".parse()?)?;
    /// assert!(boards.due("2027-02-28T12:00:00Z".parse()?).is_empty());
    ///
    /// let now = "2027-03-01T12:00:00Z".parse()?;
    /// assert_eq!(boards.due(now), ["ada"]);
    /// boards.update("ada", engine.standing("ada").unwrap(), now)?;
    /// assert!(boards.due(now).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn due(&self, now: Timestamp) -> Vec<Text> {
        let due = self.due.iter_from(0).take_while(|(at, _)| *at <= now);
        let mut members: Vec<_> = due.map(|(_, member)| member.clone()).collect();
        sort(&mut members);
        members
    }

    /// Removes a member. Until the next [`update`](Self::update), they are on no board.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// let (now, mut boards) = ("2026-03-09T12:00:00Z".parse()?, Boards::new(engine.program()));
    /// boards.update("ada", engine.standing("ada").unwrap(), now)?;
    /// boards.remove("ada");
    /// assert!(!boards.board("all", &ViewContext::of("ada", "en", now), 10).unwrap().joined);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, member: &str) {
        self.replace(member, None);
    }

    /// A board as a viewer sees it, with at most `rows` rows and at most [`MAX_BOARD_ROWS`]: those around the viewer,
    /// or none for a viewer who is not on it. `None` if the program has no such board.
    ///
    /// The board shows those who joined it and share that with the viewer. Equal totals share a place, and their
    /// members are sorted by id. A total stands beside a name only if its member shares points with the viewer. Nobody
    /// is shown as last: the lowest place is left out, unless it is the viewer's own or all share one place.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// # let (now, mut boards) = ("2026-03-09T12:00:00Z".parse()?, Boards::new(engine.program()));
    /// for member in ["ada", "bob", "cleo"] {
    ///     boards.update(member, engine.standing(member).unwrap(), now)?;
    /// }
    /// // Bob sees nobody below himself, and Cleo has not joined.
    /// let rows = |viewer| boards.board("all", &ViewContext::of(viewer, "en", now), 10).unwrap().rows.len();
    /// assert_eq!((rows("ada"), rows("bob"), rows("cleo")), (2, 1, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn board(&self, board: &str, ask: &ViewContext<'_>, rows: usize) -> Option<BoardView> {
        self.board_with(board, ask, rows, &[])
    }

    /// A board, where some members have others totals at that moment than the index has.
    pub(crate) fn board_with(
        &self,
        board: &str,
        ask: &ViewContext<'_>,
        rows: usize,
        passed: &[(Text, Climber)],
    ) -> Option<BoardView> {
        let program = &self.program;
        let id = program.boards.find(board)?;
        let board = &program.boards[id];
        let (window, start) = (board.window(program, ask.now), board.start(program));
        let seen = Seen { boards: self, board: id.index(), window, start, ask, passed };
        let viewer = seen.climber(ask.viewer);
        let own = viewer.and_then(|viewer| viewer.on(id.index())).map(|totals| seen.rung(ask.viewer, totals));
        let ladder = self.ladders.get(id.index()).map(|ladder| seen.ladder(ladder));
        Some(BoardView {
            version: Some(VIEW_VERSION),
            board: board.name.to_string(),
            name: board.words.or(ask.locale, &board.name).into(),
            currency: program.currencies[board.currency]
                .words
                .or(ask.locale, &program.currencies[board.currency].name)
                .into(),
            joined: own.is_some(),
            audience: viewer.map_or(Audience::Private, |viewer| viewer.audience),
            rows: own
                .zip(ladder)
                .map_or_else(Vec::new, |(own, ladder)| seen.rows(&ladder, &own, rows.min(MAX_BOARD_ROWS))),
        })
    }

    /// The members whose totals are others at a moment than the index has.
    pub(crate) fn outdated(&self, now: Timestamp) -> impl Iterator<Item = &Text> {
        let due = self.due.iter_from(0).take_while(move |(at, _)| *at <= now);
        let passed = self.passed.iter_from(self.passed.partition_point(|(at, _)| *at <= now));
        due.chain(passed).map(|(_, member)| member)
    }

    /// As `update`, for a standing of the same program.
    pub(crate) fn put(&mut self, member: &str, standing: &Standing, now: Timestamp) {
        if self.ladders.is_empty() {
            return;
        }
        let climber = Climber::at(&self.program, standing, now);
        let is_listed = climber.audience > Audience::Private || !climber.totals.is_empty();
        self.replace(member, Some(climber).filter(|_| is_listed));
    }

    fn replace(&mut self, member: &str, climber: Option<Climber>) {
        if self.members.get(member) == climber.as_ref() {
            return;
        }
        let member = Text::from(member);
        let before = self.members.remove(&member);
        let (old, new) = (before.as_ref(), climber.as_ref());
        note(&mut self.due, &member, old.and_then(|old| old.due), new.and_then(|new| new.due));
        note(&mut self.passed, &member, old.and_then(|old| old.passed), new.and_then(|new| new.passed));
        for (board, ladder) in self.ladders.iter_mut().enumerate() {
            ladder.replace(
                &member,
                old.and_then(|old| old.to_company(board)),
                new.and_then(|new| new.to_company(board)),
            );
        }
        self.members.extend(climber.map(|climber| (member, climber)));
    }
}

/// Replaces the moment of a member.
fn note(moments: &mut Sorted<(Timestamp, Text)>, member: &Text, before: Option<Timestamp>, now: Option<Timestamp>) {
    if let Some(at) = before {
        moments.remove(&(at, member.clone()));
    }
    if let Some(at) = now {
        moments.insert((at, member.clone()));
    }
}

impl Climber {
    /// What the boards have of a member at a moment. A moment before their last activity stands for that of the last
    /// activity.
    pub(crate) fn at(program: &Program, standing: &Standing, now: Timestamp) -> Self {
        let (later, time) = standing_at(program, standing, now);
        let joined = program.boards.iter().filter(|(id, _)| standing.joins(*id));
        let totals: Vec<_> = joined.map(|(id, board)| (id.index(), board.totals(program, &later))).collect();
        let is_timed = program.is_timed() && !totals.is_empty();
        Self {
            audience: standing.board_audience(),
            points: standing.shared_with(program, SharedPart::Points),
            due: is_timed.then(|| next_due(program, &later.counts, time.instant)).flatten(),
            passed: matches!(later, Cow::Owned(_)).then_some(time.instant).filter(|_| is_timed),
            totals,
        }
    }

    /// The totals on a board; `None` if the member is not on it.
    fn on(&self, board: usize) -> Option<&[(i32, i64)]> {
        self.totals.iter().find(|(its, _)| *its == board).map(|(_, totals)| totals.as_slice())
    }

    /// The totals on a board where the whole company sees the member.
    fn to_company(&self, board: usize) -> Option<&[(i32, i64)]> {
        self.on(board).filter(|_| self.audience >= Audience::Company)
    }
}

/// A board in one window, as one viewer sees it.
struct Seen<'a> {
    boards: &'a Boards,
    board: usize,
    window: i32,
    /// The total of members who rest.
    start: i64,
    ask: &'a ViewContext<'a>,
    /// Sorted by member.
    passed: &'a [(Text, Climber)],
}

impl<'a> Seen<'a> {
    fn climber(&self, member: &str) -> Option<&'a Climber> {
        let passed = self.passed.binary_search_by(|(other, _)| (**other).cmp(member));
        let passed = passed.ok().and_then(|found| self.passed.get(found)).map(|(_, climber)| climber);
        passed.or_else(|| self.boards.members.get(member))
    }

    /// Whether the viewer is in a circle around a member.
    fn is_in(&self, audience: Audience, member: &str) -> bool {
        let circle = if self.ask.team.contains(&member) { Audience::Team } else { Audience::Company };
        member == self.ask.viewer || audience >= circle
    }

    fn rung(&self, member: &str, totals: &[(i32, i64)]) -> Rung {
        let total = totals.iter().find(|(window, _)| *window == self.window).map_or(self.start, |(_, total)| *total);
        Rung::new(total, member.into())
    }

    /// The ladder, with those whom only this viewer sees.
    fn ladder(&self, ladder: &'a Ladder) -> LadderView<'a> {
        let mut view = ladder.view(self.window, self.start);
        let near = self.ask.team.iter().copied().chain([self.ask.viewer]);
        let mut others: Vec<&str> = near.chain(self.passed.iter().map(|(member, _)| member.as_str())).collect();
        sort(&mut others);
        others.dedup();
        for member in others {
            let on_board = |climber: &Climber| Some(self.rung(member, climber.on(self.board)?));
            let to_company = |climber: &&Climber| climber.audience >= Audience::Company;
            let indexed = self.boards.members.get(member).filter(to_company).and_then(on_board);
            let seen = self.climber(member).filter(|climber| self.is_in(climber.audience, member)).and_then(on_board);
            if indexed != seen {
                view.removed.extend(indexed);
                view.added.extend(seen);
            }
        }
        view
    }

    /// The rows around the viewer's own.
    fn rows(&self, ladder: &LadderView<'_>, own: &Rung, rows: usize) -> Vec<BoardRow> {
        let total_at = |position: usize| ladder.rungs(position..position + 1).first().map(|rung| rung.total.0);
        let lowest = total_at(ladder.len() - 1).filter(|lowest| total_at(0) != Some(*lowest));
        // Of those on the lowest place, the viewer sees nobody else.
        let is_lowest = lowest == Some(own.total.0);
        let others = lowest.map_or(ladder.len(), |lowest| ladder.above(lowest));
        let (position, all) = if is_lowest { (others, others + 1) } else { (ladder.before(own), others) };
        // As many rows above the viewer as below, except near either end.
        let first = position.saturating_sub(rows / 2).min(all.saturating_sub(rows));
        let end = (first + rows).min(all);
        let mut near = ladder.rungs(first..end.min(others));
        near.extend((is_lowest && end == all).then(|| own.clone()));
        let mut place = near.first().map_or(0, |first| ladder.above(first.total.0));
        let mut total = near.first().map(|first| first.total);
        let row = |(position, rung): (usize, Rung)| {
            if total != Some(rung.total) {
                (place, total) = (position, Some(rung.total));
            }
            let is_own = rung.member == self.ask.viewer;
            let shares = self.climber(&rung.member).is_some_and(|climber| self.is_in(climber.points, &rung.member));
            BoardRow {
                place: capped(place + 1),
                name: rung.member.to_string(),
                member: rung.member.to_string(),
                total: shares.then_some(rung.total.0),
                own: is_own,
            }
        };
        (first..).zip(near).map(row).collect()
    }
}

impl Board {
    /// The number of the window that the board shows at a moment.
    fn window(&self, program: &Program, now: Timestamp) -> i32 {
        match self.per_month {
            true => month_number(program, now),
            false => program.currencies[self.currency].window(program, Time::utc(now)),
        }
    }

    /// The total with which a window begins.
    fn start(&self, program: &Program) -> i64 {
        if self.per_month { 0 } else { program.currencies[self.currency].start }
    }

    /// The totals of the windows in which they differ from the one with which a window begins, by rising window.
    fn totals(&self, program: &Program, standing: &Standing) -> Vec<(i32, i64)> {
        let mut totals: Vec<_> = match self.per_month {
            true => standing.monthly_points.of(self.currency).collect(),
            false => standing.counts.totals_of(self.currency).collect(),
        };
        totals.retain(|(_, total)| *total != self.start(program));
        sort(&mut totals);
        totals
    }

    /// The total at a moment. For a board by month, that of its month, as in the member's own view.
    pub(super) fn total(&self, program: &Program, standing: &Standing, now: Timestamp) -> i64 {
        if self.per_month {
            standing.monthly_points.points(program, self.currency, now, 0)
        } else {
            standing.counts.total(program, self.currency, Time::utc(now))
        }
    }
}
