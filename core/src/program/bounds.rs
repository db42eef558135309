//! Bounds: the most points that a rule can give one member, known from the program alone.

use crate::{
    base::{
        day::{Cadence, DAY_SECONDS, Window},
        id_table::Id,
    },
    program::{
        Amount, Bound, Currency, Definition, Given, Limit, Program, Role, Rule, Scope, Span, Trigger,
        scope::TRAVEL_SECONDS,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// The most points that a rule can give one member, in each stretch of time. See [`Program::bounds`].
///
/// `None` says that nothing in the program bounds it: the points grow with the activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RuleBounds {
    /// The rule's name.
    pub rule: String,
    /// The name of the currency that it gives.
    pub currency: String,
    /// In a civil day.
    pub day: Option<i64>,
    /// In a week that begins on the program's first day of the week.
    pub week: Option<i64>,
    /// In a calendar month.
    pub month: Option<i64>,
    /// In all time.
    pub ever: Option<i64>,
}

impl Program {
    /// The most points that each rule can give one member, in the order of the program.
    ///
    /// The numbers follow from amounts, limits and the times at which rules begin and end. Conditions are not looked
    /// at, so a member may never reach a bound, but nobody exceeds it: in a window by the activities of that window,
    /// and in all time by what the member has. A limit with a key, such as one for each object, bounds nothing here,
    /// because a member may always take another object. A rule with a backfill has only bounds in all time.
    ///
    /// ```
    /// use knownfor::{Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { recognition = {} }
    ///     [rules.blog]
    ///     on = "blog.published"
    ///     give = { recognition = 50 }
    ///     limit = [{ times = 3, per = "day" }, { points = 400, per = "week" }]
    /// "#)?;
    /// let bounds = Program::check(&program, |_| None)?.bounds();
    /// assert_eq!((bounds[0].day, bounds[0].week), (Some(150), Some(400)));
    /// assert_eq!(bounds[0].month, Some(2_400)); // a month touches six weeks
    /// assert_eq!(bounds[0].ever, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn bounds(&self) -> Vec<RuleBounds> {
        let of_rule = |rule: &Rule| {
            let most = self.most_of_rule(rule, 0);
            RuleBounds {
                rule: rule.name.to_string(),
                currency: self.currencies[rule.currency].name.to_string(),
                day: most.during(Window::Day),
                week: most.during(Window::Week),
                month: most.during(Window::Month),
                ever: most.during(Window::Ever),
            }
        };
        self.rules.values().map(of_rule).collect()
    }
}

/// The most points of a currency that all rules together can give one member. See [`Program::currency_bounds`].
///
/// `None` says that nothing in the program bounds it: the points grow with the activities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CurrencyBounds {
    /// The currency's name.
    pub currency: String,
    /// In a civil day.
    pub day: Option<i64>,
    /// In a week that begins on the program's first day of the week.
    pub week: Option<i64>,
    /// In a calendar month.
    pub month: Option<i64>,
}

impl Program {
    /// The most points of each currency that one member can get, in the order of the program.
    ///
    /// These are the [bounds](Self::bounds) of the rules added up, except that rules which share a limit in points get
    /// no more than the limit lets through. A rule counts by its own days: those of the actor's local time for a rule
    /// to the actor, those of the program's zone for others.
    ///
    /// ```
    /// use knownfor::{Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "post.liked" = {}, "post.commented" = {} }
    ///     currencies = { recognition = {} }
    ///     limits = { reactions = { points = 30, per = "day" } }
    ///     rules.liked = { on = "post.liked", to = "owner", give = { recognition = 2 }, limit = "reactions" }
    ///     rules.commented = { on = "post.commented", to = "owner", give = { recognition = 3 }, limit = "reactions" }
    /// "#)?;
    /// let bounds = Program::check(&program, |_| None)?.currency_bounds();
    /// assert_eq!((bounds[0].day, bounds[0].week), (Some(30), Some(210)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn currency_bounds(&self) -> Vec<CurrencyBounds> {
        let of_currency = |(id, currency): (_, &Currency)| {
            let most = self.most_with_shared_limits(id);
            CurrencyBounds {
                currency: currency.name.to_string(),
                day: most.during(Window::Day),
                week: most.during(Window::Week),
                month: most.during(Window::Month),
            }
        };
        self.currencies.iter().map(of_currency).collect()
    }
}

/// The most of something in each window; `None` where it has no bound.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MostPerWindow([Option<i64>; WINDOWS.len()]);

const WINDOWS: [Window; 7] =
    [Window::Day, Window::Week, Window::Month, Window::Quarter, Window::Year, Window::Season, Window::Ever];

impl MostPerWindow {
    const UNBOUNDED: Self = Self([None; WINDOWS.len()]);
    const NOTHING: Self = Self([Some(0); WINDOWS.len()]);

    pub(crate) fn during(&self, window: Window) -> Option<i64> {
        let index = WINDOWS.iter().position(|other| *other == window)?;
        *self.0.get(index)?
    }

    /// At most this in each stretch of time of a span, of which a window touches `more` than the calendar says.
    fn cap(&mut self, cadence: Cadence, span: Span, more: i64, most: i64) {
        for (window, bound) in WINDOWS.iter().zip(&mut self.0) {
            if let Some(stretches) = Span::Per(*window).stretches_of(span, cadence) {
                let most = most.saturating_mul(stretches + more);
                *bound = Some(bound.map_or(most, |bound| bound.min(most)));
            }
        }
    }

    fn add(&mut self, other: Self) {
        for (bound, other) in self.0.iter_mut().zip(other.0) {
            *bound = bound.zip(other).map(|(one, other)| one.saturating_add(other));
        }
    }
}

impl Definition {
    /// The most points of a currency that all rules together can give one member, in windows of the program's zone.
    pub(crate) fn most_of_currency(&self, currency: Id<Currency>) -> MostPerWindow {
        let mut most = MostPerWindow::NOTHING;
        for rule in self.rules.values().filter(|rule| rule.currency == currency) {
            // The windows of an actor may begin a day earlier or later, so one more at each end may have a part in it.
            most.add(self.most_of_rule(rule, if rule.to == Role::Actor { 2 } else { 0 }));
        }
        most
    }

    /// The most points of a currency, where the rules of a shared limit get no more together than it lets through. A
    /// rule belongs to the first such limit that it names.
    fn most_with_shared_limits(&self, currency: Id<Currency>) -> MostPerWindow {
        let mut groups: Vec<(Option<Id<Limit>>, MostPerWindow)> = Vec::new();
        for rule in self.rules.values().filter(|rule| rule.currency == currency) {
            let most = self.most_of_rule(rule, 0);
            let limit = rule.limits.iter().copied().find(|id| self.is_shared_cap(*id));
            match groups.iter_mut().find(|(other, _)| *other == limit && limit.is_some()) {
                Some((_, sum)) => sum.add(most),
                None => groups.push((limit, most)),
            }
        }
        let mut all = MostPerWindow::NOTHING;
        for (limit, mut most) in groups {
            if let Some(Limit { bound: Bound::Points(points), scope, .. }) = limit.map(|id| &self.limits[id]) {
                most.cap(self.cadence, scope.span, 0, *points);
            }
            all.add(most);
        }
        all
    }

    /// Whether a limit bounds the points of its rules together: it has no key, no rule makes room in it, and its rules
    /// count by the same days and at the time of each activity.
    fn is_shared_cap(&self, id: Id<Limit>) -> bool {
        let limit = &self.limits[id];
        let mut rules = self.rules.values().filter(|rule| rule.limits.contains(&id)).peekable();
        let of_actor = rules.peek().map(|rule| rule.to == Role::Actor);
        let counts_alike = |rule: &Rule| Some(rule.to == Role::Actor) == of_actor && !has_backfill(rule);
        limit.bound.is_points() && limit.scope.key.is_none() && !self.is_freed(id) && rules.all(counts_alike)
    }

    /// The most points that a rule can give one member, in windows that touch `more` windows of its limits than those
    /// of the same calendar.
    fn most_of_rule(&self, rule: &Rule, more: i64) -> MostPerWindow {
        let each = rule.amount.most();
        if each == 0 {
            return MostPerWindow::NOTHING;
        }
        let mut most = MostPerWindow::UNBOUNDED;
        let has_backfill = has_backfill(rule);
        let mut cap = |scope: Scope, points: i64| {
            if scope == Scope::EVER || scope.key.is_none() && !has_backfill {
                let is_calendar = scope != Scope::EVER && scope.within().is_none();
                most.cap(self.cadence, scope.span, if is_calendar { more } else { 0 }, points);
            }
        };
        for id in &rule.limits {
            let limit = &self.limits[*id];
            match limit.bound {
                Bound::Times(times) => cap(limit.scope, times.saturating_mul(each)),
                Bound::Points(points) if !self.is_freed(*id) => cap(limit.scope, points),
                Bound::Points(_) => {}
            }
        }
        match &rule.amount {
            // The last amount is given from then on.
            Amount::Nth(steps, scope) if steps.last().is_some_and(|last| *last <= 0) => {
                let gifts = steps.iter().filter(|points| **points > 0);
                cap(*scope, gifts.fold(0, |sum: i64, points| sum.saturating_add(*points)));
            }
            Amount::By { best: Some(scope), .. } => cap(*scope, each),
            _ => {}
        }
        if matches!(&rule.trigger, Trigger::When(goals) if goals.given == Given::Once) {
            cap(Scope::EVER, each);
        }
        if let (Some(from), Some(until), false) = (rule.version.from, rule.version.until, has_backfill)
            && let Some(day) = most.during(Window::Day)
        {
            let days = (until.unix_seconds() - from.unix_seconds() + TRAVEL_SECONDS) / DAY_SECONDS + 1;
            most.cap(self.cadence, Scope::EVER.span, 0, day.saturating_mul(days.max(0)));
        }
        most
    }

    /// Whether a rule that takes points makes room in a limit for further points.
    fn is_freed(&self, limit: Id<Limit>) -> bool {
        let mut sharing = self.rules.values().filter(|rule| rule.limits.contains(&limit));
        sharing.any(|rule| rule.amount.can_be(|points| points < 0))
    }
}

/// Whether a rule makes up for earlier activities: then the points of many windows come at one moment.
fn has_backfill(rule: &Rule) -> bool {
    match &rule.trigger {
        Trigger::On(_) => rule.version.backfill,
        Trigger::When(goals) => goals.any.iter().any(|goal| goal.version.backfill),
    }
}
