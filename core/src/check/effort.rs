//! Effort: warnings about programs that ask for too much, too often or too soon, and about points that pay volume.

use super::{
    lint::{INVITES, Linter},
    people::SMALLEST_GROUP,
};
use crate::{
    base::{
        day::{Cadence, DAY_SECONDS},
        id_table::Id,
        number::capped,
    },
    language::problem::Path,
    program::{
        Amount, Counted, Days, Definition, Distinct, Expiry, Given, Goal, Key, Measure, Part, Rhythm, Role, Rule, Span,
        Tally, Trigger, Version,
    },
};
use alloc::{format, string::ToString, vec::Vec};

/// The most deeds a day that a goal may ask for without a warning.
const MANY_A_DAY: i64 = 10;
/// The fewest days that a challenge, a rule or a goal may last without a warning.
const SHORTEST_DAYS: i64 = 7;
/// The most times that the largest amount of a currency may be the next one.
pub(super) const DWARFS: i64 = 10;
/// The fewest days after which a badge may expire without a warning: a quarter.
const SHORTEST_STATUS: i64 = 90;

const LONGER: &str = "give people two weeks or more";
const NO_REST: &str = "which leaves too little rest, and people who do not detach from work recover less (Sonnentag \
    and Bayer 2005)";
const TOO_SOON: &str = "the motivation to act for its own sake weakens under an imposed deadline (Amabile, DeJong and \
    Lepper 1976), and leave or part-time work can take all of it";
const LOST: &str = "can be lost again while colleagues watch, and a loss weighs more than an equal gain (Kahneman and \
    Tversky 1979)";

impl Linter<'_> {
    /// Warns about what asks for too much, and what pays volume.
    pub(super) fn effort(&mut self) {
        let program = self.program;
        program.each_goal(&mut |goal, _, path| {
            for part in &goal.parts {
                self.crammed(part, path);
            }
            self.short(goal.version, path);
        });
        let rules = Path::Root.key("rules");
        for rule in program.rules.values().filter(|rule| rule.amount.most() > 0) {
            let path = rules.key(&rule.name);
            self.short(rule.version, &path);
            if rule.limits.is_empty() && program.gives_every_time(rule) {
                let reason = format!("gives points each further time the goal is met and sets no limit, {INVITES}");
                self.add(&path, reason, "set a limit, such as `limit = [{ times = 3, per = \"month\" }]`");
            }
            if pays_volume(&rule.amount, self.program.cadence) {
                let reason = "gives more for each further one, so people do many, and care less about each (Kerr 1975)";
                self.add(&path.key("give"), reason, "give the same or less for each further one");
            }
        }
        self.steady_weeks();
        self.deadlines();
        self.dwarfs();
        self.expiring();
        let section = Path::Root.key("rewards");
        for reward in program.rewards.values() {
            if let Some(stock) = reward.stock.filter(|stock| (1..SMALLEST_GROUP).contains(&capped(*stock))) {
                let reason = format!(
                    "is enough for {stock}, so what one member gets another goes without, and people achieve less in \
                     competition than together (Johnson and others 1981)"
                );
                let path = section.key(&reward.name).key("stock").to_string();
                self.warn(path, reason, format!("leave it out, or offer {SMALLEST_GROUP} or more"));
            }
        }
    }

    /// Warns about a part of a goal that leaves no day of rest, or asks for a burst.
    fn crammed(&mut self, part: &Part, path: &Path<'_>) {
        let (Measure::Tally(id), Some(min)) = (part.measure, part.min) else { return };
        let tally = &self.program.tallies[id];
        let path = path.key(&tally.name);
        let days = tally.scope.span.days(self.program.cadence);
        if tally.to != Role::Actor || days > 366 {
            return;
        }
        match tally.counts {
            Counted::Distinct(Distinct::Day) if days >= 7 => {
                let most = self.program.working_days(days);
                // More than all days is reported as a goal that nobody can reach.
                if (most + 1..=days).contains(&min) {
                    let reason = format!("asks for {min} days out of {days}, {NO_REST}");
                    self.warn(path.to_string(), reason, format!("ask for at most {most}"));
                }
            }
            Counted::ByKind | Counted::Distinct(Distinct::Key(_)) if days <= 7 => {
                let each = self.program.most_adds(id).max(1);
                if min / each > days * MANY_A_DAY {
                    let span = if days == 1 { "a day".to_string() } else { format!("{days} days") };
                    let reason = format!(
                        "asks for {min} in {span}, and narrow goals for much at once make people neglect the rest \
                         (Ordóñez and others 2009)"
                    );
                    self.add(&path, reason, "ask for fewer, or give people longer");
                }
            }
            _ => {}
        }
    }

    /// Warns about streaks of weeks or months whose units leave no day of rest.
    fn steady_weeks(&mut self) {
        let section = Path::Root.key("tallies");
        for tally in self.program.tallies.values().filter(|tally| !tally.is_variant()) {
            let Counted::Streak(Rhythm { unit, least, .. }) = tally.counts else { continue };
            let days = Span::Per(unit).days(self.program.cadence);
            let most = self.program.working_days(days);
            if days >= 7 && capped::<_, i64>(least) > most {
                let reason = format!("asks for {least} days of each {days}, {NO_REST}");
                let path = section.key(&tally.name).key("least").to_string();
                self.warn(path, reason, format!("ask for at most {most}"));
            }
        }
    }

    /// Warns about a rule or goal that counts for a few days only.
    fn short(&mut self, version: Version, path: &Path<'_>) {
        let (Some(from), Some(until)) = (version.from, version.until) else { return };
        let seconds = until.unix_seconds() - from.unix_seconds();
        if (1..SHORTEST_DAYS * DAY_SECONDS).contains(&seconds) {
            let reason = format!("is less than {SHORTEST_DAYS} days after `from`, and {TOO_SOON}");
            self.add(&path.key("until"), reason, LONGER);
        }
    }

    /// Warns about challenges of a few days.
    fn deadlines(&mut self) {
        let section = Path::Root.key("challenges");
        for challenge in self.program.challenges.values() {
            let (days, key) = match challenge.days {
                Days::FromJoining(days) => (i64::from(days), "days"),
                Days::Between(first, last) => (capped(last.0 - first.0 + 1), "until"),
            };
            if days < SHORTEST_DAYS {
                let reason = format!("gives members {days} days, and {TOO_SOON}");
                self.add(&section.key(&challenge.name).key(key), reason, LONGER);
            }
        }
    }

    /// Warns about an amount beside which all others of its currency are nothing.
    fn dwarfs(&mut self) {
        let program = self.program;
        for (id, currency) in program.currencies.iter() {
            // What an attribute gives cannot be told.
            let known =
                |rule: &&Rule| rule.currency == id && rule.amount.attribute().is_none() && rule.amount.most() > 0;
            let mut rules: Vec<_> = program.rules.values().filter(known).collect();
            let Some(largest) = rules.iter().copied().max_by_key(|rule| rule.amount.most()) else { continue };
            rules.retain(|rule| rule.name != largest.name);
            let (most, next) = (largest.amount.most(), rules.iter().map(|rule| rule.amount.most()).max());
            if let Some(next) = next.filter(|next| rules.len() > 1 && most > next * DWARFS) {
                let reason = format!(
                    "gives {most}, and no other rule gives more than {next} `{}`, so people leave all the rest (Kerr \
                     1975)",
                    currency.name
                );
                let path = Path::Root.key("rules").key(&largest.name).key("give").to_string();
                self.warn(path, reason, format!("give at most {}", next * DWARFS));
            }
        }
    }

    /// Warns about badges that have to be earned again and again.
    fn expiring(&mut self) {
        let section = Path::Root.key("badges");
        for badge in self.program.badges.values() {
            if matches!(badge.expires, Some(Expiry::After(seconds)) if seconds < SHORTEST_STATUS * DAY_SECONDS) {
                let fix = format!("leave it out, or set {SHORTEST_STATUS} days or more");
                self.warn(section.key(&badge.name).key("expires").to_string(), LOST.into(), fix);
            }
        }
    }
}

/// Whether further ones of a month or a shorter time give more than those before.
fn pays_volume(amount: &Amount, cadence: Cadence) -> bool {
    let Amount::Nth(steps, scope) = amount else { return false };
    let rises = |pair: &[i64]| matches!(pair, [before, after] if *after > (*before).max(0));
    scope.span.days(cadence) <= 31 && steps.windows(2).any(rises)
}

impl Definition {
    /// The days of some that people work, rounded up.
    fn working_days(&self, days: i64) -> i64 {
        let rest = self.rest.iter().filter(|rests| **rests).count();
        let of_week = if rest == 0 { 5 } else { 7 - capped::<_, i64>(rest) };
        (days * of_week + 6) / 7
    }

    /// The most that one activity adds to a tally.
    fn most_adds(&self, tally: Id<Tally>) -> i64 {
        let adds = self.kinds.values().flat_map(|kind| &kind.tallies).filter(|(its, _)| *its == tally);
        adds.map(|(_, adds)| *adds).max().unwrap_or(1)
    }

    /// Whether a rule gives for every multiple of what members can do as often as they like.
    fn gives_every_time(&self, rule: &Rule) -> bool {
        let Trigger::When(goals) = &rule.trigger else { return false };
        let is_quick = |part: &Part| match part.measure {
            Measure::Tally(tally) => match self.tallies[tally].counts {
                Counted::ByKind | Counted::Sum(_) => true,
                Counted::Distinct(Distinct::Key(key)) => matches!(key, Key::Object | Key::Attribute(_)),
                _ => false,
            },
            Measure::Total(_) => false,
        };
        let is_endless = |goal: &Goal| !goal.parts.is_empty() && goal.parts.iter().all(is_quick);
        goals.given == Given::Every && goals.any.iter().any(is_endless)
    }
}
