//! The walk over one member's deeds, in order, that writes the ledger.

use super::{
    Known, Line, Reason,
    condition::{self, Seen},
    goal::Asked,
    in_order, living,
    member::{Held, Member, count, integer, one_or_more, role, table},
    points::{self, Gift, Given},
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a member has after some deeds.
pub(super) struct Walk<'p> {
    member: Member<'p>,
    lines: Vec<Line>,
    /// What each deed hit.
    hits: Vec<Vec<usize>>,
    /// What the rules give over the deeds that live now.
    given: Given,
    /// Levels reached after each deed.
    levels: Vec<usize>,
    skips: BTreeMap<(String, String, String), Reason>,
    held_back: usize,
}

impl<'p> Walk<'p> {
    /// Walks all deeds of a member.
    pub(super) fn whole(member: Member<'p>) -> Self {
        let (lines, hits, levels, skips) = (Vec::new(), Vec::new(), Vec::new(), BTreeMap::new());
        let mut walk = Self { member, lines, hits, given: Given::default(), levels, skips, held_back: 0 };
        for deed in 0..walk.member.deeds.len() {
            walk.step(deed);
        }
        walk
    }

    fn step(&mut self, now: usize) {
        let before = living::living(&self.hits);
        let held = self.answers(&before, now);
        self.member.held.push(held);
        self.hits.push(living::hits(&self.member, &before, now));
        let living = living::living(&self.hits);
        self.skip(now);
        if self.hits[now].is_empty() {
            let before = self.given.gifts.len();
            points::give(&self.member, &living, &mut self.given);
            self.write(now, before);
        } else {
            self.given = points::give_all(&self.member, &living);
            self.book(now);
        }
        let climbed = self.climb(now);
        self.badges(now, &living, climbed);
    }

    /// The levels reached so far.
    fn level(&self) -> usize {
        self.levels.last().copied().unwrap_or(0)
    }

    /// The answers of all conditions at the deed `now`, which see the standing before it.
    fn answers(&self, before: &[usize], now: usize) -> Held {
        let deed = &self.member.deeds[now];
        let standing = |subject: &str| self.standing(subject, before, now);
        let holds = |of: &Value| {
            of["if"].as_object().is_none_or(|table| condition::answer(table, deed, &standing) == Some(true))
        };
        let held = |section: &str| {
            table(&self.member.program[section])
                .iter()
                .filter(|(_, of)| holds(of))
                .map(|(name, _)| name.clone())
                .collect()
        };
        Held { rules: held("rules"), tallies: held("tallies") }
    }

    fn standing(&self, subject: &str, before: &[usize], now: usize) -> Option<Seen> {
        let object = self.member.deeds[now].object.as_deref();
        match subject {
            "level" => Some(Seen::Level(self.level(), self.member.level_names())),
            "badge" => Some(Seen::Badges(self.badges_held().into_iter().map(|(badge, ..)| badge).collect())),
            "completeness" => Some(Seen::Integer(self.member.completeness(before))),
            tally if self.member.program["tallies"][tally].is_object() => {
                self.member.tally(tally, before, now, object).map(Seen::Integer)
            }
            _ => None,
        }
    }

    /// Notes the rules of the kind and the member's roles whose condition does not hold.
    fn skip(&mut self, now: usize) {
        let deed = &self.member.deeds[now];
        for (name, rule) in table(&self.member.program["rules"]) {
            let due = one_or_more(&rule["on"]).contains(&deed.kind) && self.member.is(role(rule), now);
            if due && !self.member.held[now].rules.contains(name) {
                self.skips.insert((deed.source.clone(), deed.id.clone(), name.clone()), Reason::Condition);
            }
        }
    }

    /// Writes down what the rules gave at a deed that reverses nothing.
    fn write(&mut self, now: usize, before: usize) {
        for gift in &self.given.gifts[before..] {
            self.held_back += usize::from(gift.held_by.is_some());
            if gift.amount == 0 {
                let deed = &self.member.deeds[now];
                let holder = gift.held_by.expect("a rule gives something");
                self.skips.insert((deed.source.clone(), deed.id.clone(), gift.rule.clone()), Reason::Held(holder));
                continue;
            }
            let mut line = self.line(now, "rule", &gift.rule);
            line.role = self.member.role_of_rule(&gift.rule).to_owned();
            line.object = gift.object.clone();
            line.currency = Some(gift.currency.clone());
            line.amount = gift.amount;
            self.lines.push(line);
        }
    }

    /// Books what the rules give now less what was booked before, one entry a rule.
    fn book(&mut self, now: usize) {
        for (name, rule) in table(&self.member.program["rules"]) {
            let of_rule = |gift: &&Gift| gift.rule == *name;
            let due: i64 = self.given.gifts.iter().filter(of_rule).map(|gift| gift.amount).sum();
            let booked: i64 = self.lines.iter().filter(|line| line.is_of("rule", name)).map(|line| line.amount).sum();
            if due != booked {
                let mut line = self.line(now, "rule", name);
                line.role = self.member.role_of_rule(name).to_owned();
                line.currency = table(&rule["give"]).keys().next().cloned();
                line.amount = due - booked;
                self.lines.push(line);
            }
        }
    }

    /// Takes the levels that the total has climbed to, each told. Says whether there are any.
    fn climb(&mut self, now: usize) -> bool {
        let before = self.level();
        let mut level = before;
        for name in self.member.level_names().into_iter().skip(level) {
            let (currency, least) =
                table(&self.member.program["levels"][&name]["min"]).iter().next().expect("a level has a least");
            if self.total(currency) < integer(least) {
                break;
            }
            self.lines.push(self.line(now, "level", &name));
            level += 1;
        }
        self.levels.push(level);
        level > before
    }

    /// Gives and takes badges. A reverse looks at all of them, any other deed at those that it has to do with.
    fn badges(&mut self, now: usize, living: &[usize], climbed: bool) {
        for (name, badge) in table(&self.member.program["badges"]) {
            let goals = goals(badge);
            let all: Vec<&Value> = goals.iter().map(|(_, goal)| *goal).collect();
            let asked = match self.member.asks(&all, now, climbed) {
                _ if !self.hits[now].is_empty() => Asked::All,
                // A live badge that is given once may go on resting on another object.
                Asked::Object(_) if badge["live"] == true && badge["given"] != "each" => Asked::All,
                asked => asked,
            };
            for key in self.keys(name, badge, &asked, living, now) {
                self.award(name, badge, &key, &asked, living, now);
            }
        }
    }

    /// What a badge is given for separately: each object that reaches it or has it, or nothing in particular.
    fn keys(&self, name: &str, badge: &Value, asked: &Asked, living: &[usize], now: usize) -> BTreeSet<Option<String>> {
        if badge["given"] != "each" {
            return if matches!(asked, Asked::No) { BTreeSet::new() } else { BTreeSet::from([None]) };
        }
        let mut keys = BTreeSet::new();
        for (_, goal) in goals(badge) {
            keys.extend(self.member.reached(goal, asked, living, now, self.level()));
        }
        let held = self.badges_held().into_iter().filter(|(badge, ..)| badge == name).map(|(.., object)| object);
        keys.extend(held.filter(|object| match asked {
            Asked::No => false,
            Asked::Object(asked) => object.as_ref() == Some(asked),
            Asked::All => true,
        }));
        keys
    }

    /// Gives the grades that were reached up to the highest, and takes those of a live badge that no longer hold.
    fn award(&mut self, name: &str, badge: &Value, key: &Option<String>, asked: &Asked, living: &[usize], now: usize) {
        let goals = goals(badge);
        let mut height = 0;
        let mut with = None;
        for (step, (_, goal)) in goals.iter().enumerate() {
            let reached = self.member.reached(goal, asked, living, now, self.level());
            if let Some(object) = reached.into_iter().find(|object| key.is_none() || object == key) {
                (height, with) = (step + 1, object);
            }
        }
        let held: BTreeSet<_> = self.badges_held();
        let has = |grade: Option<&str>| held.contains(&(name.to_owned(), grade.map(str::to_owned), key.clone()));
        for (step, (grade, _)) in goals.iter().enumerate() {
            let due = step < height;
            if due == has(*grade) || (!due && badge["live"] != true) {
                continue;
            }
            let mut line = self.line(now, "badge", name);
            line.grade = grade.map(str::to_owned);
            line.object = if due { with.clone() } else { key.clone() };
            line.taken = !due;
            self.lines.push(line);
        }
    }

    /// The badges held, each with its grade, and its object where it is given for each.
    fn badges_held(&self) -> BTreeSet<(String, Option<String>, Option<String>)> {
        let mut held = BTreeSet::new();
        for line in self.lines.iter().filter(|line| line.cause == "badge") {
            let each = self.member.program["badges"][&line.name]["given"] == "each";
            let key = (line.name.clone(), line.grade.clone(), if each { line.object.clone() } else { None });
            if line.taken {
                held.remove(&key);
            } else {
                held.insert(key);
            }
        }
        held
    }

    /// A currency's total.
    fn total(&self, currency: &str) -> i64 {
        let start = self.member.program["currencies"][currency]["start"].as_i64().unwrap_or(0);
        let given: i64 =
            self.lines.iter().filter(|line| line.currency.as_deref() == Some(currency)).map(|line| line.amount).sum();
        start + given
    }

    fn totals(&self) -> BTreeMap<String, i64> {
        table(&self.member.program["currencies"]).keys().map(|name| (name.clone(), self.total(name))).collect()
    }

    /// What there is to know of the member.
    pub(super) fn known(self) -> Known {
        let living = living::living(&self.hits);
        let effective: Vec<usize> = (0..self.hits.len()).filter(|&deed| !self.hits[deed].is_empty()).collect();
        let undone = effective.iter().filter(|deed| !living.contains(deed)).count();
        let mut lines = self.lines.clone();
        in_order(&mut lines);
        let program = self.member.program;
        let boards = table(&program["boards"]).iter();
        Known {
            totals: self.totals(),
            level: count(self.level()),
            completeness: self.member.completeness(&living),
            published: self.member.said(&program["profile"]["published_by"], &program["profile"]["hidden_by"], &living),
            boards: boards
                .filter(|(_, board)| self.member.said(&board["joined_by"], &board["left_by"], &living))
                .map(|(name, _)| name.clone())
                .collect(),
            badges: self.badges_held(),
            dead: self.hits.len() - living.len(),
            reverses: (effective.len(), undone),
            skips: self.skips,
            held_back: self.held_back,
            lines,
        }
    }

    fn line(&self, now: usize, cause: &'static str, name: &str) -> Line {
        let deed = &self.member.deeds[now];
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
        }
    }
}

/// The goals of a badge: one without a grade, or one for each grade.
fn goals(badge: &Value) -> Vec<(Option<&str>, &Value)> {
    if !badge["when"].is_null() {
        return vec![(None, &badge["when"])];
    }
    let graded = |grade: &'static str| badge["grades"].get(grade).map(|goal| (Some(grade), goal));
    ["bronze", "silver", "gold"].into_iter().filter_map(graded).collect()
}
