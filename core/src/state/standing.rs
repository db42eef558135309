//! Standing: what a member has now, and all that the next activity needs to know of the earlier ones.

use crate::{
    base::{
        few_map::FewMap,
        id_table::Id,
        number::{capped, percent},
        one_vec::OneVec,
        text::Text,
        time::{Time, Timestamp},
    },
    input::{
        activity::Activity,
        origin::{Origin, Stamp},
    },
    language::audience::Audience,
    program::{
        Badge, Challenge, Counted, Counter, Currency, Expiry, Grade, Kind, Limit, OtherProgram, Program, Reward, Scope,
        Tally,
    },
    state::{
        calendar::Calendar,
        counters::{Change, Count, Counters, Moved, Slot},
        enrolment::Enrolment,
        figures::ActiveMonths,
        monthly_points::MonthlyPoints,
        personal::LazyBox,
        totals::Total,
    },
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// What a member has now: totals, badges, level and profile, with the counts behind them.
///
/// It is the state of the fold over the member's activities, and all that the next activity needs. It holds no
/// activities and no reasons; the ledger has those.
///
/// ```
/// # use knownfor::*;
/// # let program = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/posts.rs"));
/// use knownfor::Standing;
/// use serde_json::json;
///
/// let mut ada = Standing::new(&program);
/// let post = program.read_own(&json!({
///     "source": "wiki", "id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "ada"
/// }))?;
/// program.apply(&mut ada, "ada", &post)?;
/// assert_eq!(ada.total("points"), Some(5));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
// What every activity touches stands first and together: most of its time is waiting for its member's memory.
#[repr(C)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The program whose rules made it.
    pub(crate) program: Program,
    /// How many levels are held, from the lowest.
    pub(crate) level: u16,
    /// The most levels that were ever held.
    pub(crate) highest: u16,
    /// The last activity.
    pub(crate) last: Option<Stamp>,
    pub(crate) monthly_points: MonthlyPoints,
    pub(crate) counts: Counts,
    pub(crate) badges: FewMap<BadgeKey, HeldBadge>,
}

/// What follows from the living activities alone. All of it is worked out again when one is reversed.
// As in a standing, what every activity touches stands first.
#[repr(C)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Counts {
    /// When the company could see that the member did something.
    pub(crate) active: ActiveMonths,
    /// The widest circle before which the member has done anything.
    pub(crate) boldest: Option<Audience>,
    /// One for each currency.
    pub(crate) totals: OneVec<Total>,
    pub(crate) counters: Counters,
    pub(crate) personal: LazyBox,
}

/// A badge, with a key if it is given for each key.
pub(crate) type BadgeKey = (Id<Badge>, Option<Text>);

/// A badge that is or was held, and what brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeldBadge {
    pub(crate) grade: Option<Grade>,
    /// How often it was given.
    pub(crate) times: u32,
    /// When it was last given, and for which activity.
    pub(crate) at: Timestamp,
    pub(crate) origin: Arc<Origin>,
    /// When it was last given or renewed.
    pub(crate) renewed: Timestamp,
    /// Whether its goal held when it was last looked at.
    pub(crate) was_true: bool,
}

/// What a rule gives, after its limits and the floor.
#[derive(Debug)]
pub(crate) struct PricedPoints {
    pub(crate) currency: Id<Currency>,
    pub(crate) points: i64,
    /// How far the counters of its limits and of `nth` move once it is given.
    pub(crate) counter_moves: OneVec<(Slot, i64)>,
    /// The limit that left nothing.
    pub(crate) blocking_limit: Option<Id<Limit>>,
}

impl PricedPoints {
    pub(crate) fn new(currency: Id<Currency>, points: i64) -> Self {
        Self { currency, points, counter_moves: OneVec::new(), blocking_limit: None }
    }
}

impl Standing {
    /// The standing of a member without activities.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/levels.rs"));
    /// let nobody = Standing::new(engine.program());
    /// assert_eq!((nobody.total("points"), nobody.level(), nobody.badges().len()), (Some(0), None, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(program: &Program) -> Self {
        Self {
            program: program.clone(),
            last: None,
            counts: Counts::new(program),
            badges: FewMap::new(),
            level: 0,
            highest: 0,
            monthly_points: MonthlyPoints::default(),
        }
    }

    /// The program whose rules made the standing.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// assert_eq!(engine.standing("ada").unwrap().program(), engine.program());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The time of the last activity, or the first moment of the calendar if there is none.
    pub(crate) fn last_time(&self) -> Time {
        let instant = self.last_at().unwrap_or(Timestamp::clamped(i64::MIN));
        Time::utc(instant)
    }

    /// A badge as it is held at a moment, with each key that it is held for.
    pub(crate) fn held<'a>(
        &'a self,
        program: &'a Program,
        badge: Id<Badge>,
        now: Timestamp,
    ) -> impl Iterator<Item = (Option<&'a Text>, &'a HeldBadge)> {
        let all = self.badges.from(&(badge, None)).take_while(move |((id, _), _)| *id == badge);
        let held = all.filter(move |(_, held)| self.lasts(program, badge, held, now));
        held.map(|((_, key), held)| (key.as_ref(), held))
    }

    /// Whether a badge that was given is held at a moment.
    pub(crate) fn lasts(&self, program: &Program, badge: Id<Badge>, held: &HeldBadge, now: Timestamp) -> bool {
        held.times > 0
            && match program.badges[badge].expires {
                None => true,
                Some(Expiry::After(seconds)) => held.renewed.plus_seconds(seconds) > now,
                Some(Expiry::WithBadges) => {
                    program.badges[badge].needed().all(|needed| self.has_badge(program, needed, now))
                }
            }
    }

    /// When a badge that was given ends; `None` if it has no end.
    pub(crate) fn end(&self, program: &Program, badge: Id<Badge>, held: &HeldBadge) -> Option<Timestamp> {
        match program.badges[badge].expires? {
            Expiry::After(seconds) => Some(held.renewed.plus_seconds(seconds)),
            Expiry::WithBadges => {
                // A needed badge that is given for each key lasts as long as any of them.
                let last = |needed: Id<Badge>| {
                    let all = self.badges.from(&(needed, None)).take_while(|((id, _), _)| *id == needed);
                    all.filter_map(|(_, held)| self.end(program, needed, held)).max()
                };
                program.badges[badge].needed().filter_map(last).min()
            }
        }
    }

    pub(crate) fn has_badge(&self, program: &Program, badge: Id<Badge>, now: Timestamp) -> bool {
        self.held(program, badge, now).next().is_some()
    }

    /// Whether a program is the one whose rules made the standing.
    pub(crate) fn is_of(&self, program: &Program) -> Result<(), OtherProgram> {
        if self.program == *program { Ok(()) } else { Err(OtherProgram) }
    }

    /// Whether an activity comes after all that were folded in.
    #[inline]
    pub(crate) fn precedes(&self, activity: &Activity) -> bool {
        let is_before = |last: &Stamp| {
            last.time.instant < activity.at() || last.order_key(&self.program) < activity.origin.order_key()
        };
        self.last.as_ref().is_none_or(is_before)
    }
}

impl Counts {
    pub(crate) fn new(program: &Program) -> Self {
        let start = |currency: &Currency| Total { window: 0, points: currency.start, spent: 0 };
        Self {
            totals: program.currencies.values().map(start).collect(),
            counters: Counters::new(program),
            boldest: None,
            active: ActiveMonths::NEVER,
            personal: LazyBox::new(program),
        }
    }

    pub(crate) fn completeness(&self, program: &Program) -> u8 {
        let (mut done, mut all) = (0_u32, 0_u32);
        for (field, said) in program.fields.values().zip(&self.personal.fields) {
            all += field.weight;
            done += if said.state.is_done() { field.weight } else { 0 };
        }
        percent(i64::from(done), i64::from(all))
    }

    /// Notes that the member did something of a kind.
    pub(crate) fn act(&mut self, program: &Program, kind: &Kind, at: Timestamp) {
        self.boldest = self.boldest.max(Some(kind.comfort));
        self.active.note(program, kind, at);
    }

    /// The days of the member.
    pub(crate) fn calendar<'a>(&'a self, program: &'a Program) -> Calendar<'a> {
        Calendar::new(program, &self.personal)
    }

    /// The value of a tally at a time, for a key if the tally has one.
    pub(crate) fn tally(&self, program: &Program, id: Id<Tally>, key: Option<&Text>, time: Time) -> i64 {
        let tally = &program.tallies[id];
        let key = tally.scope.key.and(key).cloned();
        let window = tally.scope.window(program, time, tally.to);
        let Some(count) = self.counters.get(&Slot { counter: Counter::Tally(id), key, window }) else { return 0 };
        match (count, tally.counts) {
            (Count::Since(day), Counted::Since(unit)) => day.units_to(unit, program.zone.day(time.instant)),
            (Count::Streak(streak), Counted::Streak(rhythm)) => {
                let today = rhythm.unit.number(program.day(time, tally.to), program.cadence);
                streak.run_at(self.calendar(program), rhythm, today)
            }
            (Count::Recent(recent), Counted::Highest(_)) => recent.first(|at| tally.scope.reaches(time.instant, at)),
            (count, _) => count.value(tally.scope, time.instant),
        }
    }

    /// The member's enrolment in a challenge, also after they left it or it ended.
    pub(crate) fn enrolment(&self, id: Id<Challenge>) -> Option<&Enrolment> {
        self.personal.enrolments.iter().find(|enrolment| enrolment.challenge == id)
    }

    /// How much of a limit is used in a slot.
    pub(crate) fn used(&self, scope: Scope, slot: &Slot, at: Timestamp) -> i64 {
        self.counters.get(slot).map_or(0, |count| count.value(scope, at))
    }

    /// A plain number, or 0 if the slot is not in use.
    pub(crate) fn number(&self, slot: &Slot) -> i64 {
        self.counters.get(slot).map_or(0, |count| count.value(Scope::EVER, Timestamp::clamped(i64::MAX)))
    }

    pub(crate) fn set(&mut self, slot: &Slot, number: i64) {
        if let Some(count) = self.counters.at(slot, || Count::Number(0)) {
            *count = Count::Number(number);
        }
    }

    /// Records what is added to a tally, for a key if it has one.
    // On the way of every activity, and called for in one place there.
    #[inline(always)]
    pub(crate) fn count(
        &mut self,
        program: &Program,
        id: Id<Tally>,
        key: Option<&Text>,
        window: i32,
        change: &Change<'_>,
        at: Timestamp,
    ) -> Moved {
        let (tally, counter) = (&program.tallies[id], Counter::Tally(id));
        let within = tally.scope.within();
        let first = || match change {
            Change::Add(_) | Change::Raise(_) => Count::of_numbers(within),
            Change::Insert(_) | Change::InsertDay(_) => Count::Distinct(Box::default()),
            Change::On(_) => Count::Streak(Box::default()),
            Change::Begin(day) => Count::Since(*day),
        };
        let count = match key {
            None => self.counters.at_dense(counter, window, first),
            Some(key) => self.counters.at(&Slot { counter, key: Some(key.clone()), window }, first),
        };
        let Some(count) = count else { return Moved::default() };
        match (change, count, tally.counts) {
            (Change::Add(number), count, _) => count.add(*number, at, within),
            (Change::Raise(number), count, _) => count.raise(*number, at, within),
            (Change::Insert(_) | Change::InsertDay(_), count, _) => count.insert(tally, change.inserts(), at),
            (Change::On(day), Count::Streak(streak), Counted::Streak(rhythm)) => {
                let from = streak.run;
                streak.add(Calendar::new(program, &self.personal), rhythm, *day);
                Moved { from, to: streak.run }
            }
            _ => Moved::default(),
        }
    }

    /// Counts streaks anew, because leave or another week may have repaired them. Returns their slots.
    pub(crate) fn recount_streaks(&mut self, program: &Program) -> Vec<Slot> {
        let streaks = program.links.streaks.iter().map(|id| Counter::Tally(*id));
        let counters: Vec<_> = streaks.flat_map(|of| self.counters.all_of(of)).collect();
        let calendar = Calendar::new(program, &self.personal);
        for slot in &counters {
            let Counter::Tally(id) = slot.counter else { continue };
            let Counted::Streak(rhythm) = program.tallies[id].counts else { continue };
            if let Some(Count::Streak(streak)) = self.counters.get_mut(slot) {
                streak.recount(calendar, rhythm);
            }
        }
        counters
    }

    /// Records what the points of a rule use up.
    pub(crate) fn use_up(&mut self, program: &Program, priced: &PricedPoints, time: Time) {
        priced.counter_moves.iter().for_each(|(slot, change)| {
            let within = match slot.counter {
                Counter::Limit(limit) => program.limits[limit].scope.within(),
                _ => None,
            };
            if let Some(count) = self.counters.at(slot, || Count::of_numbers(within)) {
                count.add(*change, time.instant, within);
            }
        });
    }

    /// How often a reward was redeemed, and how many of those wait for approval.
    pub(crate) fn redeemed(&self, program: &Program, id: Id<Reward>) -> (u32, u32) {
        let approval = program.rewards[id].approval;
        let (mut redeemed, mut pending) = (0_u32, 0_u32);
        for slot in self.counters.all_of(Counter::Reward(id)) {
            let times = capped(self.number(&slot));
            redeemed = redeemed.saturating_add(times);
            let approved = self.number(&Slot { counter: Counter::Approved, ..slot }) == 1;
            pending = pending.saturating_add(if approval && !approved { times } else { 0 });
        }
        (redeemed, pending)
    }
}
