//! Badges: when they are awarded, renewed and lost, and which are held.

use super::{
    goal::{Asked, any_of},
    member::{Look, count, table},
    time,
    walk::Walk,
};
use jiff::Timestamp;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// A badge, its grade, and the key that it is given for if it is given for each key.
pub(super) type Held = (String, Option<String>, Option<String>);

/// What happened to a badge at a moment: it was given, renewed or taken.
pub(super) struct Mark {
    held: Held,
    at: Timestamp,
    what: What,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Given,
    Renewed,
    Taken,
}

impl Walk<'_> {
    /// Gives, renews and takes badges. Those that need other badges come last, each after those it needs.
    pub(super) fn badges(&mut self, look: &Look) {
        let all = table(&self.member.program["badges"]);
        let mut order: Vec<&str> =
            all.keys().map(String::as_str).filter(|name| needed(&all[*name]).is_empty()).collect();
        all.keys().for_each(|name| in_order(all, name, &mut order));
        let first = self.marks.len();
        for name in order {
            let badge = &all[name];
            let held: Vec<String> = self.held(look.now.at).into_iter().map(|(name, ..)| name).collect();
            let moved = self.marks[first..].iter().filter(|mark| mark.what != What::Renewed);
            let moved: Vec<String> = moved.map(|mark| mark.held.0.clone()).collect();
            let look = &Look { held: &held, moved: &moved, ..*look };
            let steps = steps(badge);
            let goals: Vec<&Value> = steps.iter().flat_map(|(_, goals)| goals).copied().collect();
            let asked = match self.member.asks(&goals, badge["given"] == "every", look) {
                // Another key may keep a live badge that is given once.
                Asked::Keys(_) if badge["live"] == true && badge["given"] != "each" => Asked::All,
                asked => asked,
            };
            match badge["given"].as_str() {
                _ if matches!(asked, Asked::No) => {}
                Some("every") => self.every(name, goals[0], look),
                Some("again") => self.again(name, &goals, look),
                _ => {
                    for key in self.keys(name, badge, &asked, look) {
                        self.award(name, badge, &key, &asked, look);
                    }
                }
            }
        }
    }

    /// Gives a badge for every multiple of its goal.
    fn every(&mut self, name: &str, goal: &Value, look: &Look) {
        let held = (name.to_owned(), None, None);
        let so_far = self.times_given(&held);
        for times in so_far + 1..=self.member.times(goal, look, None) {
            let backfill = self.member.makes_up(&[goal], None, look);
            self.give(look, &held, None, Some(times), backfill);
        }
    }

    /// Gives a badge whose goal holds now and did not hold when it was last looked at.
    fn again(&mut self, name: &str, goals: &[&Value], look: &Look) {
        let held = (name.to_owned(), None, None);
        let so = goals.iter().any(|goal| self.member.times(goal, look, None) > 0);
        if !so {
            self.so.remove(name);
            return;
        }
        let was = !self.so.insert(name.to_owned());
        let times = self.times_given(&held);
        let lapsed = times > 0 && !self.is_held(&held, look.now.at);
        if (!was || lapsed) && !(lapsed && look.reverse) {
            let backfill = self.member.makes_up(goals, None, look);
            self.give(look, &held, None, Some(times + 1), backfill);
        } else {
            self.renew(look, goals, &held);
        }
    }

    /// The keys for which a badge is looked at separately: those that reach or hold it, or none.
    fn keys(&self, name: &str, badge: &Value, asked: &Asked, look: &Look) -> BTreeSet<Option<String>> {
        if badge["given"] != "each" {
            return BTreeSet::from([None]);
        }
        let mut keys = BTreeSet::new();
        for goal in steps(badge).iter().flat_map(|(_, goals)| goals) {
            keys.extend(self.member.reached(goal, asked, look));
        }
        let held = self.held(look.now.at).into_iter().filter(|(badge, ..)| badge == name).map(|(.., key)| key);
        keys.extend(held.filter(|key| asked.is_for(key.as_deref())));
        keys
    }

    /// Gives the grades up to the highest one reached. Renews the badge if that grade is held already. Takes the
    /// grades of a live badge that no longer hold.
    fn award(&mut self, name: &str, badge: &Value, key: &Option<String>, asked: &Asked, look: &Look) {
        let steps = steps(badge);
        let (mut height, mut with) = (0, None);
        for (step, (_, goals)) in steps.iter().enumerate() {
            let reached: BTreeSet<_> = goals.iter().flat_map(|goal| self.member.reached(goal, asked, look)).collect();
            if let Some(found) = reached.into_iter().find(|found| key.is_none() || found == key) {
                (height, with) = (step + 1, found);
            }
        }
        let of = |grade: Option<&str>| (name.to_owned(), grade.map(str::to_owned), key.clone());
        let before = steps.iter().filter(|(grade, _)| self.is_held(&of(*grade), look.now.at)).count();
        // A reverse never gives, raises or renews a badge that expires.
        if look.reverse && badge["expires"].is_string() && self.times_given(&of(steps[0].0)) > 0 {
            return;
        }
        for (grade, _) in steps[..height].iter().skip(before) {
            let backfill = self.member.makes_up(&steps[height - 1].1, with.as_deref(), look);
            self.give(look, &of(*grade), with.clone(), None, backfill);
        }
        if height > 0 && height == before {
            let goals: Vec<&Value> = steps.iter().flat_map(|(_, goals)| goals).copied().collect();
            self.renew(look, &goals, &of(steps[height - 1].0));
        }
        for (grade, _) in steps[..before].iter().skip(height).rev().filter(|_| badge["live"] == true) {
            let held = of(*grade);
            let mut line = self.line(look.now, "badge", name);
            (line.grade, line.object, line.taken) = (held.1.clone(), key.clone(), true);
            self.push(line, look.now.at);
            self.marks.push(Mark { held, at: look.now.at, what: What::Taken });
        }
    }

    fn give(&mut self, look: &Look, held: &Held, object: Option<String>, times: Option<i64>, backfill: bool) {
        let mut line = self.line(look.now, "badge", &held.0);
        (line.grade, line.object, line.times, line.backfill) = (held.1.clone(), object, times, backfill);
        self.push(line, look.now.at);
        self.anew += usize::from(self.times_given(held) > 0 && times.is_none() && self.expires(held).is_some());
        self.marks.push(Mark { held: held.clone(), at: look.now.at, what: What::Given });
    }

    /// Renews a held badge whose goal holds, if the activity counts in one of its tallies. A reverse does not renew.
    fn renew(&mut self, look: &Look, goals: &[&Value], held: &Held) {
        let counts = match self.member.counts(goals, look) {
            Asked::Keys(_) if held.2.is_none() => true,
            counts => counts.is_for(held.2.as_deref()),
        };
        if counts && look.now.deed.is_some() && !look.reverse && self.expires(held).is_some() {
            self.marks.push(Mark { held: held.clone(), at: look.now.at, what: What::Renewed });
            self.renewed += 1;
        }
    }

    /// The badges held at a moment.
    pub(super) fn held(&self, at: Timestamp) -> BTreeSet<Held> {
        let all: BTreeSet<&Held> = self.marks.iter().map(|mark| &mark.held).collect();
        all.into_iter().filter(|held| self.is_held(held, at)).cloned().collect()
    }

    /// Whether a badge has not expired since it was last given, in any grade, or renewed.
    fn is_held(&self, held: &Held, at: Timestamp) -> bool {
        let badge = &self.member.program["badges"][&held.0];
        if badge["expires"] == "with-badges" {
            // Held while all that it needs are held, once it was given.
            let has = |name: &str| {
                let mut its = self.marks.iter().map(|mark| &mark.held).filter(|other| other.0 == name);
                its.any(|other| self.is_held(other, at))
            };
            return self.times_given(held) > 0 && needed(badge).into_iter().all(has);
        }
        let (mut is_held, mut last) = (false, None);
        let lasts = |last: Option<Timestamp>, at| {
            last.zip(self.expires(held)).is_none_or(|(last, long)| time::is_within(last, at, long))
        };
        for mark in self.marks.iter().filter(|mark| mark.held.0 == held.0 && mark.held.2 == held.2) {
            is_held = is_held && lasts(last, mark.at);
            if mark.held == *held {
                is_held = mark.what != What::Taken;
            }
            last = Some(mark.at);
        }
        is_held && lasts(last, at)
    }

    /// How often a badge has been given.
    fn times_given(&self, held: &Held) -> i64 {
        count(self.marks.iter().filter(|mark| mark.held == *held && mark.what == What::Given).count())
    }

    fn expires(&self, held: &Held) -> Option<&str> {
        self.member.program["badges"][&held.0]["expires"].as_str().filter(|long| *long != "with-badges")
    }
}

/// The badges that a badge needs.
fn needed(badge: &Value) -> Vec<&str> {
    let goals = steps(badge).into_iter().flat_map(|(_, goals)| goals);
    goals.flat_map(|goal| goal["badges"].as_array().into_iter().flatten()).filter_map(Value::as_str).collect()
}

/// Adds a badge to an order, after those that it needs.
fn in_order<'b>(all: &'b Map<String, Value>, name: &'b str, order: &mut Vec<&'b str>) {
    if !order.contains(&name) {
        needed(&all[name]).into_iter().for_each(|needed| in_order(all, needed, order));
        order.push(name);
    }
}

/// The steps of a badge: one without a grade, or one for each grade, each with goals of which any one suffices.
fn steps(badge: &Value) -> Vec<(Option<&str>, Vec<&Value>)> {
    if !badge["when"].is_null() {
        return vec![(None, any_of(&badge["when"]))];
    }
    let grades = table(&badge["grades"]);
    // In the order written, but these three in this order among each other.
    let metals = ["bronze", "silver", "gold"];
    let mut found = metals.into_iter().filter(|metal| grades.contains_key(*metal));
    let mut names: Vec<&str> = grades.keys().map(String::as_str).collect();
    for name in names.iter_mut().filter(|name| metals.contains(name)) {
        *name = found.next().expect("as many as there are");
    }
    names.into_iter().map(|grade| (Some(grade), any_of(&grades[grade]))).collect()
}
