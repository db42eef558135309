//! Walk: goes over one member's deeds in order, and over what falls due between them, and writes the ledger.

use super::{
    Known, Line, Reason,
    badge::Mark,
    condition::{self, Seen},
    living,
    member::{Held, Look, Member, Now, one_or_more, role, table},
    points::{self, Gift, Given, currency},
    time,
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a member has after some deeds.
pub(super) struct Walk<'p> {
    pub(super) member: Member<'p>,
    /// The ledger so far, each line with its moment.
    lines: Vec<(Line, Timestamp)>,
    /// What each deed reversed.
    pub(super) hits: Vec<Vec<usize>>,
    /// What the rules give for the living deeds.
    given: Given,
    /// The levels held.
    pub(super) levels: BTreeSet<String>,
    /// What happened to badges, in order.
    pub(super) marks: Vec<Mark>,
    /// The badges with `given = "again"` whose goal held when last looked at.
    pub(super) so: BTreeSet<String>,
    skips: BTreeMap<(String, String, String), Reason>,
    kept: BTreeSet<(String, String, String)>,
    held_back: usize,
    /// How many badges were renewed, and how many were given again after they lapsed.
    pub(super) renewed: usize,
    pub(super) anew: usize,
    /// How often a reverse changed a past window of a currency.
    over: usize,
}

impl<'p> Walk<'p> {
    /// Walks all deeds of a member, and the time until `now` if it is given.
    pub(super) fn whole(member: Member<'p>, now: Option<Timestamp>) -> Self {
        let mut walk = Self {
            member,
            lines: Vec::new(),
            hits: Vec::new(),
            given: Given::default(),
            levels: BTreeSet::new(),
            marks: Vec::new(),
            so: BTreeSet::new(),
            skips: BTreeMap::new(),
            kept: BTreeSet::new(),
            held_back: 0,
            renewed: 0,
            anew: 0,
            over: 0,
        };
        for deed in 0..walk.member.deeds.len() {
            walk.time_passes(walk.member.deeds[deed].at);
            walk.step(deed);
        }
        if let Some(now) = now {
            walk.time_passes(now);
        }
        walk
    }

    /// A look at some living deeds when one deed happens.
    pub(super) fn look<'a>(&'a self, deed: usize, living: &'a [usize]) -> Look<'a> {
        let gifts = &self.given.gifts;
        Look {
            now: self.member.at(deed),
            living,
            gifts,
            fresh: gifts.len(),
            reverse: false,
            level: 0,
            held: &[],
            moved: &[],
            climbed: false,
            during: None,
        }
    }

    /// What time alone brings up to an instant.
    fn time_passes(&mut self, until: Timestamp) {
        let (Some(last), living) = (self.hits.len().checked_sub(1), living::living(&self.hits)) else { return };
        let mut moments = self.member.moments(&living, &self.given, until);
        moments.retain(|moment| self.member.deeds[last].at < *moment);
        for moment in moments {
            let (now, fresh) = (Now { at: moment, deed: None }, self.given.gifts.len());
            self.given.time(&self.member, &living, moment);
            let gifts = self.given.gifts[fresh..].to_vec();
            for gift in gifts {
                self.write(&gift);
            }
            self.levels_and_badges(now, &living, fresh, false);
        }
    }

    fn step(&mut self, deed: usize) {
        let (before, now) = (living::living(&self.hits), self.member.at(deed));
        let held = self.answers(&before, deed);
        self.member.held.push(held);
        self.hits.push(living::hits(&self.member, &before, deed));
        let (living, reverse) = (living::living(&self.hits), !self.hits[deed].is_empty());
        self.skip(deed);
        let fresh = self.given.gifts.len();
        if reverse {
            self.given = points::give_all(&self.member, &living);
            self.book(now);
        } else {
            self.given.deed(&self.member, &living);
            self.write_all(deed, fresh);
        }
        let of = &self.member.deeds[deed];
        self.kept.extend(self.given.kept_of(deed).map(|rule| (of.source.clone(), of.id.clone(), rule.to_owned())));
        self.levels_and_badges(now, &living, fresh.min(self.given.gifts.len()), reverse);
    }

    /// Levels follow after all points, and badges after levels.
    fn levels_and_badges(&mut self, now: Now, living: &[usize], fresh: usize, reverse: bool) {
        let gifts = std::mem::take(&mut self.given.gifts);
        let mut look = Look {
            now,
            living,
            gifts: &gifts,
            fresh,
            reverse,
            level: 0,
            held: &[],
            moved: &[],
            climbed: false,
            during: None,
        };
        look.climbed = self.climb(&look);
        look.level = self.level();
        self.badges(&look);
        self.given.gifts = gifts;
    }

    /// The answers of all conditions at a deed, which see the standing before it.
    fn answers(&self, before: &[usize], deed: usize) -> Held {
        let standing = |subject: &str| self.standing(subject, before, deed);
        let holds = |of: &Value| {
            let answer = |table| condition::answer(table, &self.member.deeds[deed], &standing);
            of["if"].as_object().is_none_or(|table| answer(table) == Some(true))
        };
        let held = |section: &str| {
            let all = table(&self.member.program[section]).iter();
            all.filter(|(_, of)| holds(of)).map(|(name, _)| name.clone()).collect()
        };
        Held { rules: held("rules"), tallies: held("tallies") }
    }

    fn standing(&self, subject: &str, before: &[usize], deed: usize) -> Option<Seen> {
        let (member, look) = (&self.member, self.look(deed, before));
        let (now, gifts) = (look.now, look.gifts);
        match subject {
            "hour" => Some(Seen::Integer(member.local(deed).hour().into())),
            "weekday" => Some(Seen::Text(member.local(deed).strftime("%A").to_string().to_lowercase())),
            "level" => {
                let names = member.levels().into_iter().map(|level| level.name).collect();
                Some(Seen::Level(self.level(), names))
            }
            "badge" => Some(Seen::Names(self.held(now.at).into_iter().map(|(badge, ..)| badge).collect())),
            "field" => Some(Seen::Names(member.done(before))),
            "completeness" => Some(Seen::Integer(member.completeness(before))),
            currency if member.program["currencies"][currency].is_object() => {
                Some(Seen::Integer(member.total(currency, gifts, now.at)))
            }
            tally if member.program["tallies"][tally].is_object() => member.seen(tally, &look, deed).map(Seen::Integer),
            _ => None,
        }
    }

    /// Records the rules that gave nothing for a deed because it is not between `from` and `until`, or a condition
    /// failed.
    fn skip(&mut self, deed: usize) {
        let (of, at) = (&self.member.deeds[deed], self.member.deeds[deed].at);
        for (name, rule) in table(&self.member.program["rules"]) {
            let due = one_or_more(&rule["on"]).contains(&of.kind) && self.member.is(role(rule), deed);
            let key = (of.source.clone(), of.id.clone(), name.clone());
            if due && !self.member.is_in_force(rule, at) && !self.member.keeps(rule, at) {
                self.skips.insert(key, Reason::Version);
            } else if due && !self.member.held[deed].rules.contains(name) {
                self.skips.insert(key, Reason::Condition);
            }
        }
    }

    /// Books a deed that reverses nothing: rules of its kind, its redemption, then goals.
    fn write_all(&mut self, deed: usize, fresh: usize) {
        let of = &self.member.deeds[deed];
        for (rule, _) in self.given.nothing.iter().filter(|(_, nothing)| *nothing == deed) {
            self.skips.insert((of.source.clone(), of.id.clone(), rule.clone()), Reason::Nothing);
        }
        let is_goal = |gift: &Gift| !self.member.program["rules"][&gift.rule]["when"].is_null();
        let (goals, rules): (Vec<_>, Vec<_>) = self.given.gifts[fresh..].iter().cloned().partition(is_goal);
        for gift in rules {
            self.write(&gift);
        }
        let now = self.member.at(deed);
        if let Some((reward, currency, cost)) = self.member.redeems(deed) {
            let (reward, currency) = (reward.to_owned(), currency.to_owned());
            let object = self.member.deeds[deed].object.clone();
            self.write_reward(now, &reward, object, &currency, -cost);
        }
        for gift in goals {
            self.write(&gift);
        }
    }

    fn write(&mut self, gift: &Gift) {
        self.held_back += usize::from(gift.held_by.is_some());
        let deed = &self.member.deeds[gift.deed];
        if gift.amount == 0 {
            let key = (deed.source.clone(), deed.id.clone(), gift.rule.clone());
            self.skips.extend(gift.held_by.map(|holder| (key, Reason::Held(holder))));
            return;
        }
        let mut line = self.line_of(gift.deed, "rule", &gift.rule);
        if gift.due {
            line.at = time::written(gift.at);
        }
        line.role = self.member.role_of_rule(&gift.rule).to_owned();
        (line.object, line.times, line.backfill) = (gift.object.clone(), gift.times, gift.backfill);
        (line.currency, line.amount) = (Some(gift.currency.clone()), gift.amount);
        self.push(line, gift.at);
    }

    fn write_reward(&mut self, now: Now, reward: &str, object: Option<String>, currency: &str, amount: i64) {
        let mut line = self.line(now, "reward", reward);
        line.object = object;
        (line.currency, line.amount) = (Some(currency.to_owned()), amount);
        self.push(line, now.at);
    }

    /// Books the difference between what is due now and what was booked before: one entry for each rule, then one for
    /// each reward. A currency with a window has only its present window booked.
    fn book(&mut self, now: Now) {
        let member = &self.member;
        let season = |currency: &str, at: Timestamp| member.season(currency, at) == member.season(currency, now.at);
        let booked = |cause: &str, name: &str, currency: &str| -> i64 {
            let of = |(line, at): &&(Line, Timestamp)| line.is_of(cause, name) && season(currency, *at);
            self.lines.iter().filter(of).map(|(line, _)| line.amount).sum()
        };
        let rules = table(&member.program["rules"]).keys().map(|name| {
            let currency = currency(member, name);
            let of = |gift: &&Gift| gift.rule == *name && season(&currency, gift.at);
            let due: i64 = self.given.gifts.iter().filter(of).map(|gift| gift.amount).sum();
            let difference = due - booked("rule", name, &currency);
            ("rule", name.clone(), currency, difference)
        });
        let rewards = table(&member.program["rewards"]).iter().map(|(name, _)| {
            let redeemed = self.given.redeemed.iter().filter(|(reward, _)| reward == name);
            let of = |deed: usize| member.redeems(deed).expect("it was redeemed");
            let currency = table(&member.program["rewards"][name]["cost"]).keys().next().expect("a reward has a cost");
            let due: i64 = redeemed
                .filter(|(_, deed)| season(currency, member.deeds[*deed].at))
                .map(|(_, deed)| -of(*deed).2)
                .sum();
            ("reward", name.clone(), currency.clone(), due - booked("reward", name, currency))
        });
        let differences: Vec<_> = rules.chain(rewards).collect();
        let sum = |name: &str| {
            let all = self.given.gifts.iter().filter(|gift| gift.rule == name).map(|gift| gift.amount).sum::<i64>();
            let lines = self.lines.iter().filter(|(line, _)| line.is_of("rule", name));
            all - lines.map(|(line, _)| line.amount).sum::<i64>()
        };
        self.over +=
            differences.iter().filter(|(cause, name, _, amount)| *cause == "rule" && sum(name) != *amount).count();
        for (cause, name, currency, amount) in differences.into_iter().filter(|(.., amount)| *amount != 0) {
            if cause == "reward" {
                self.write_reward(now, &name, None, &currency, amount);
                continue;
            }
            let mut line = self.line(now, cause, &name);
            line.role = self.member.role_of_rule(&name).to_owned();
            (line.currency, line.amount) = (Some(currency), amount);
            self.push(line, now.at);
        }
    }

    /// The resulting standing of the member.
    pub(super) fn known(self, now: Option<Timestamp>) -> Known {
        let living = living::living(&self.hits);
        let effective: Vec<usize> = (0..self.hits.len()).filter(|&deed| !self.hits[deed].is_empty()).collect();
        let undone = effective.iter().filter(|deed| !living.contains(deed)).count();
        let last = self.lines.iter().map(|(_, at)| *at).chain(self.member.deeds.last().map(|deed| deed.at)).max();
        let at = now.into_iter().chain(last).max().expect("a member has a deed");
        let asked = now.unwrap_or(at);
        let program = self.member.program;
        let names = self.member.levels();
        let (now, gifts) = (Now { at, deed: None }, &self.given.gifts);
        let look = Look {
            now,
            living: &living,
            gifts,
            fresh: gifts.len(),
            reverse: false,
            level: self.level(),
            held: &[],
            moved: &[],
            climbed: false,
            during: None,
        };
        Known {
            topics: self.member.topics(&look),
            claims_topics: !program["topics"]["claimed_by"].is_null(),
            gains: self.member.gains(&look),
            totals: self.sums(asked, "rule", true),
            spent: self.sums(asked, "reward", false),
            level: self.level().checked_sub(1).map(|level| names[level].name.clone()),
            completeness: self.member.completeness(&living),
            consent: self.member.consent(&living),
            last_day: living
                .last()
                .map_or_else(String::new, |deed| self.member.zone_day(self.member.deeds[*deed].at).to_string()),
            challenges: self.member.pilots(&living, &self.given.gifts),
            badges: self.held(at),
            shown: table(&program["badges"]).keys().filter(|name| self.member.shows(name, &living)).cloned().collect(),
            dead: self.hits.len() - living.len(),
            reverses: (effective.len(), undone),
            skips: self.skips,
            kept: self.kept,
            held_back: self.held_back,
            renewed: (self.renewed, self.anew),
            over: self.over,
            lines: self.lines.into_iter().map(|(line, _)| line).collect(),
        }
    }

    /// What is left of an earlier window of a currency: points and redemptions of the living deeds, if it is one of
    /// the two before the latest window in which any were.
    fn earlier(&self, currency: &str, cause: &str, at: Timestamp) -> i64 {
        let member = &self.member;
        let mut seasons: BTreeMap<Date, (i64, i64)> = BTreeMap::new();
        for gift in self.given.gifts.iter().filter(|gift| gift.currency == currency && gift.amount != 0) {
            seasons.entry(member.season(currency, gift.at)).or_default().0 += gift.amount;
        }
        for (_, deed) in &self.given.redeemed {
            let (_, its, cost) = member.redeems(*deed).expect("it was redeemed");
            if its == currency {
                seasons.entry(member.season(currency, member.deeds[*deed].at)).or_default().1 -= cost;
            }
        }
        let latest = seasons.last_entry().map(|latest| *latest.key());
        seasons.retain(|season, sums| Some(*season) == latest || *sums != (0, 0));
        let kept = seasons.iter().rev().take(3).find(|(season, _)| **season == member.season(currency, at));
        kept.map_or(0, |(_, (points, spent))| if cause == "rule" { *points } else { *spent })
    }

    /// The sum of the ledger's lines with a cause, for each currency in its present window.
    fn sums(&self, at: Timestamp, cause: &str, from_start: bool) -> BTreeMap<String, i64> {
        let currencies = table(&self.member.program["currencies"]).iter().map(|(name, currency)| {
            let season = |at| self.member.season(name, at);
            let of = |(line, of): &&(Line, Timestamp)| {
                line.cause == cause && line.currency.as_ref() == Some(name) && season(*of) == season(at)
            };
            let last = self.lines.iter().map(|(_, at)| season(*at)).max();
            let sum: i64 = match last.is_some_and(|last| season(at) < last) {
                true => self.earlier(name, cause, at),
                false => self.lines.iter().filter(of).map(|(line, _)| line.amount).sum(),
            };
            let start = if from_start { currency["start"].as_i64().unwrap_or(0) } else { 0 };
            (name.clone(), start + sum)
        });
        currencies.collect()
    }

    pub(super) fn push(&mut self, line: Line, at: Timestamp) {
        self.lines.push((line, at));
    }

    /// A line at the present moment. A line brought by time alone belongs to the last deed before.
    pub(super) fn line(&self, now: Now, cause: &'static str, name: &str) -> Line {
        let last = self.hits.len().checked_sub(1).expect("before the first deed nothing is due");
        let mut line = self.line_of(now.deed.unwrap_or(last), cause, name);
        if now.deed.is_none() {
            line.at = time::written(now.at);
        }
        line
    }

    fn line_of(&self, deed: usize, cause: &'static str, name: &str) -> Line {
        let deed = &self.member.deeds[deed];
        Line {
            at: deed.at_text.clone(),
            source: deed.source.clone(),
            activity: deed.id.clone(),
            kind: deed.kind.clone(),
            cause,
            name: name.to_owned(),
            role: String::new(),
            object: None,
            currency: None,
            amount: 0,
            grade: None,
            taken: false,
            times: None,
            backfill: false,
        }
    }
}
