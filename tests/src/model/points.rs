//! Points: what the rules give for a list of living deeds and for the time between them.

use super::{
    goal::{Asked, any_of},
    limit::{Holder, Pass, floored, limited},
    member::{Look, Member, Now, integer, one_or_more, per, role, table},
    time,
};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What one rule gave at one moment. The amount is 0 if a limit or the floor left nothing.
#[derive(Clone, Debug)]
pub(super) struct Gift {
    pub(super) rule: String,
    /// The deed that it belongs to.
    pub(super) deed: usize,
    pub(super) at: Timestamp,
    /// Whether time alone brought it.
    pub(super) due: bool,
    /// Whether it is a backfill of its rule or goal.
    pub(super) backfill: bool,
    /// The key for which a goal was reached, if it is given for each key.
    pub(super) object: Option<String>,
    /// How many times the goal has been reached, if it can be reached again.
    pub(super) times: Option<i64>,
    pub(super) currency: String,
    pub(super) amount: i64,
    /// What reduced it below the rule's amount.
    pub(super) held_by: Option<Holder>,
}

/// The points that a rule defers until its `from`: what the limits left at a deed.
struct Kept {
    rule: String,
    deed: usize,
    amount: i64,
}

/// What has been given, what has passed each limit, and which goals were reached, how often and for which keys.
#[derive(Default)]
pub(super) struct Given {
    pub(super) gifts: Vec<Gift>,
    pub(super) passes: Vec<Pass>,
    /// The deeds that a rule was for.
    matched: BTreeMap<String, Vec<usize>>,
    kept: Vec<Kept>,
    /// Each reward redeemed, with the deed.
    pub(super) redeemed: Vec<(String, usize)>,
    reached: BTreeMap<(String, Option<String>), i64>,
    /// The rules whose goal was reached when it was last looked at.
    so: BTreeSet<String>,
    /// Rules of a deed's kind and the member's role whose amount was 0, with the deed.
    pub(super) nothing: Vec<(String, usize)>,
}

/// What all rules give over `living`, deed by deed.
pub(super) fn give_all(member: &Member, living: &[usize]) -> Given {
    let mut given = Given::default();
    for (index, &deed) in living.iter().enumerate() {
        for moment in member.moments(&living[..index], &given, member.deeds[deed].at) {
            given.time(member, &living[..index], moment);
        }
        given.deed(member, &living[..=index]);
    }
    given
}

impl Member<'_> {
    /// The moments after the last of `living` and up to `until` at which time alone brings something.
    pub(super) fn moments(&self, living: &[usize], given: &Given, until: Timestamp) -> BTreeSet<Timestamp> {
        let Some(&last) = living.last() else { return BTreeSet::new() };
        let now = Now { at: until, deed: None };
        let look = Look {
            now,
            living,
            gifts: &given.gifts,
            fresh: 0,
            reverse: false,
            level: 0,
            held: &[],
            moved: &[],
            climbed: false,
            during: None,
        };
        let kept = given.kept.iter().filter_map(|kept| self.program["rules"][&kept.rule]["from"].as_str());
        let mut moments: BTreeSet<Timestamp> = kept.map(|from| time::moment(from, &self.zone)).collect();
        for of in table(&self.program["rules"]).values().chain(table(&self.program["badges"]).values()) {
            let graded = table(&of["grades"]).values().flat_map(any_of);
            for goal in any_of(&of["when"]).into_iter().chain(graded) {
                moments.extend(self.due(goal, of["given"] == "every", &look));
            }
        }
        for goal in self.goals_of_levels() {
            moments.extend(self.due(&goal, false, &look));
        }
        moments.retain(|moment| self.deeds[last].at < *moment && *moment <= until);
        moments
    }
}

impl Given {
    /// What all rules give at the last of `living`: first those for its kind, then those whose goal is reached.
    pub(super) fn deed(&mut self, member: &Member, living: &[usize]) {
        let Some(&deed) = living.last() else { return };
        let (now, fresh) = (member.at(deed), self.gifts.len());
        for (name, rule) in table(&member.program["rules"]).iter().filter(|(_, rule)| rule["when"].is_null()) {
            let for_it = one_or_more(&rule["on"]).contains(&member.deeds[deed].kind)
                && member.is(role(rule), deed)
                && member.held[deed].rules.contains(name);
            if for_it && member.is_in_force(rule, now.at) {
                self.match_one(member, name, deed, false);
            } else if for_it && member.keeps(rule, now.at) {
                self.match_one(member, name, deed, true);
            }
        }
        if let Some((reward, ..)) = member.redeems(deed) {
            self.redeemed.push((reward.to_owned(), deed));
        }
        self.goals(member, living, now, fresh);
    }

    /// What time alone brings at a moment: first deferred points, then goals.
    pub(super) fn time(&mut self, member: &Member, living: &[usize], moment: Timestamp) {
        let (now, fresh) = (Now { at: moment, deed: None }, self.gifts.len());
        let due = |kept: &Kept| {
            let from = member.program["rules"][&kept.rule]["from"].as_str();
            from.is_some_and(|from| time::moment(from, &member.zone) == moment)
        };
        let (mut kept, later): (Vec<Kept>, Vec<Kept>) = self.kept.drain(..).partition(due);
        self.kept = later;
        kept.sort_by(|a, b| (a.deed, &a.rule).cmp(&(b.deed, &b.rule)));
        for Kept { rule, deed, amount: full } in kept {
            let mut gift = Gift::new(member, &rule, deed, now);
            gift.amount = floored(member, &gift.currency, full, now, self);
            gift.held_by = (gift.amount != full).then_some(Holder::Floor);
            gift.backfill = true;
            self.gifts.push(gift);
        }
        self.goals(member, living, now, fresh);
    }

    /// The rules that defer points of a deed.
    pub(super) fn kept_of(&self, deed: usize) -> impl Iterator<Item = &str> {
        let of = self.kept.iter().filter(move |kept| kept.deed == deed);
        of.map(|kept| kept.rule.as_str())
    }

    /// Gives or defers the points of a rule for a deed.
    fn match_one(&mut self, member: &Member, rule: &str, deed: usize, keep: bool) {
        let now = member.at(deed);
        self.matched.entry(rule.to_owned()).or_default().push(deed);
        let full = self.amount(member, rule, deed);
        if full == 0 {
            self.nothing.push((rule.to_owned(), deed));
        } else if keep {
            let amount = limited(member, rule, now, full, self).unwrap_or(0);
            self.kept.extend((amount != 0).then(|| Kept { rule: rule.to_owned(), deed, amount }));
        } else {
            self.give(member, Gift::new(member, rule, deed, now), now, full);
        }
    }

    /// The points of a rule for a deed, before limits and floor.
    fn amount(&self, member: &Member, rule: &str, deed: usize) -> i64 {
        let says = &member.program["rules"][rule];
        let give = &says["give"][currency(member, rule)];
        // What is counted apart: a window and a key.
        let apart = |deed: usize| {
            let (window, key) = per(give);
            (member.window(member.at(deed), role(says), window), key.map(|key| member.deeds[deed].keys(key)))
        };
        if let Some(amounts) = give["nth"].as_array() {
            let nth = self.matched[rule].iter().filter(|earlier| apart(**earlier) == apart(deed)).count();
            return integer(amounts.get(nth - 1).or(amounts.last()).expect("`nth` has amounts"));
        }
        if let Some(by) = give["by"].as_str() {
            let (times, every) = (give["times"].as_i64().unwrap_or(1), give["every"].as_i64().unwrap_or(1));
            let max = give["max"].as_i64().unwrap_or(1_000_000);
            let points = |deed: usize| member.deeds[deed].integer(by).map(|by| (by / every * times).clamp(-max, max));
            let Some(amount) = points(deed) else { return 0 };
            if give["best"] != true {
                return amount;
            }
            let earlier =
                self.matched[rule].iter().filter(|earlier| **earlier != deed && apart(**earlier) == apart(deed));
            return (amount - earlier.filter_map(|deed| points(*deed)).fold(0, i64::max)).max(0);
        }
        integer(give)
    }

    /// Gives for the goals of rules that are reached.
    fn goals(&mut self, member: &Member, living: &[usize], now: Now, fresh: usize) {
        let last = living.last().copied().expect("before the first deed nothing is due");
        for (name, rule) in table(&member.program["rules"]).iter().filter(|(_, rule)| !rule["when"].is_null()) {
            let gifts = self.gifts.clone();
            let look = Look {
                now,
                living,
                gifts: &gifts,
                fresh,
                reverse: false,
                level: 0,
                held: &[],
                moved: &[],
                climbed: false,
                during: None,
            };
            let goals = any_of(&rule["when"]);
            let asked = member.asks(&goals, rule["given"] == "every", &look);
            if matches!(asked, Asked::No) {
                continue;
            }
            for (object, times, backfill) in self.due(member, name, &goals, &asked, &look) {
                let full = integer(&rule["give"][currency(member, name)]);
                let mut gift = Gift::new(member, name, now.deed.unwrap_or(last), now);
                (gift.object, gift.times, gift.backfill) = (object, times, backfill);
                self.give(member, gift, now, full);
            }
        }
    }

    /// The keys and the numbers of times for which the goal of a rule is newly reached, and whether each is a
    /// backfill.
    fn due(
        &mut self,
        member: &Member,
        name: &str,
        goals: &[&Value],
        asked: &Asked,
        look: &Look,
    ) -> Vec<(Option<String>, Option<i64>, bool)> {
        let given = member.program["rules"][name]["given"].as_str().unwrap_or("once");
        let reached: BTreeSet<_> = goals.iter().flat_map(|goal| member.reached(goal, asked, look)).collect();
        let so_far = self.reached.get(&(name.to_owned(), None)).copied().unwrap_or(0);
        let makes_up = |key: Option<&str>| member.makes_up(goals, key, look);
        match given {
            "every" => {
                let times = goals.iter().map(|goal| member.times(goal, look, None)).max().unwrap_or(0).max(so_far);
                self.reached.insert((name.to_owned(), None), times);
                (so_far + 1..=times).map(|times| (None, Some(times), makes_up(None))).collect()
            }
            "again" if reached.is_empty() => {
                self.so.remove(name);
                Vec::new()
            }
            "again" => {
                if !self.so.insert(name.to_owned()) {
                    return Vec::new();
                }
                self.reached.insert((name.to_owned(), None), so_far + 1);
                vec![(None, Some(so_far + 1), makes_up(None))]
            }
            _ => {
                let mut new = Vec::new();
                for key in reached {
                    let object = if given == "each" { key.clone() } else { None };
                    if self.reached.insert((name.to_owned(), object.clone()), 1).is_none() {
                        new.push((object, None, makes_up(key.as_deref())));
                    }
                }
                new
            }
        }
    }

    /// Gives what limits and floor let through of a rule's points.
    fn give(&mut self, member: &Member, mut gift: Gift, now: Now, full: i64) {
        let left = limited(member, &gift.rule, now, full, self).unwrap_or(0);
        gift.amount = floored(member, &gift.currency, left, now, self);
        gift.held_by = match (left == full, gift.amount == left) {
            (_, false) => Some(Holder::Floor),
            (false, true) => Some(Holder::Limit),
            (true, true) => None,
        };
        self.gifts.push(gift);
    }
}

impl Gift {
    /// An empty gift for a deed.
    fn new(member: &Member, rule: &str, deed: usize, now: Now) -> Self {
        Self {
            rule: rule.to_owned(),
            deed,
            at: now.at,
            due: now.deed.is_none(),
            backfill: false,
            object: None,
            times: None,
            currency: currency(member, rule),
            amount: 0,
            held_by: None,
        }
    }
}

/// The currency that a rule gives.
pub(super) fn currency(member: &Member, rule: &str) -> String {
    table(&member.program["rules"][rule]["give"]).keys().next().expect("a rule gives something").clone()
}
