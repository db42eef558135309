//! Badges: their grades, how often they are given, and the order in which they are looked at.

use super::{Check, goal::GoalOf, text_at, words};
use crate::{
    base::{id_table::Id, keyword::Keyword, text::Text, time::duration_seconds, tree::Tree},
    language::{grammar::WITH_BADGES, problem::Path},
    program::{Badge, Definition, Expiry, Given, Goal, Goals, Grade, Icon, METALS, Shape},
};
use alloc::{format, vec, vec::Vec};
use core::mem;

impl Check<'_> {
    pub(super) fn badges(&mut self, program: &mut Definition) {
        let section = Path::Root.key("badges");
        for (name, tree) in self.section("badges") {
            let path = section.key(name);
            let flag = |key: &str| tree.get(key).and_then(Tree::as_flag).unwrap_or(false);
            let live = flag("live");
            let steps = self.steps(program, tree, GoalOf::Badge { live }, &path);
            let badge = Badge {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                description: words(tree.get("description")),
                steps,
                grades: tree
                    .get("grades")
                    .map_or_else(Vec::new, |grades| grade_names(grades).map(Text::from).collect()),
                live,
                secret: flag("secret"),
                expires: text_at(tree, "expires").and_then(expiry),
                accepted_by: self.kind_at(tree, "accepted_by", &path),
                hidden_by: self.kind_at(tree, "hidden_by", &path),
                shape: text_at(tree, "shape").and_then(Shape::from_name).unwrap_or_default(),
                icon: text_at(tree, "icon").and_then(Icon::from_name).unwrap_or_default(),
            };
            self.badge_choices(&badge, tree, &path);
            program.badges.push(badge);
        }
    }

    /// The badges that ask for badges, each after those that it asks for. Reports circles, and live
    /// badges that would be lost as time passes.
    pub(super) fn badge_order(&mut self, program: &Definition) -> Vec<Id<Badge>> {
        let section = Path::Root.key("badges");
        let name = |id: Id<Badge>| program.badges.lookup(id).map_or("", |badge| &badge.name);
        // The badges that each asks for and that were not looked at yet, the last one first.
        let mut open: Vec<Vec<_>> = program.badges.values().map(|badge| badge.needed().collect()).collect();
        open.iter_mut().for_each(|needed| needed.reverse());
        let mut order = Vec::new();
        let mut seen = vec![false; open.len()];
        for (root, badge) in program.badges.iter() {
            let mut needed = badge.needed().filter_map(|needed| program.badges.lookup(needed));
            if let Some(needed) = needed.find(|needed| badge.live && needed.expires.is_some()) {
                let message = format_args!(
                    "a live badge cannot ask for `{}`, which expires: it would be lost as time passes",
                    needed.name
                );
                self.found.add(&section.key(&badge.name), message);
            }
            let mut way = Vec::from([root]);
            while let Some(id) = way.last().copied() {
                let next = open.get_mut(id.index()).and_then(Vec::pop);
                match next {
                    Some(next) if !way.contains(&next) => way.push(next),
                    Some(next) => {
                        let circle = way.iter().skip_while(|id| **id != next).chain([&next]);
                        let circle: Vec<_> = circle.map(|id| format!("`{}`", name(*id))).collect();
                        let circle = circle.join(" needs ");
                        let message = format_args!("can never be earned, because it needs itself: {circle}");
                        self.found.add(&section.key(name(next)), message);
                    }
                    None => {
                        way.pop();
                        let asks = program.badges.lookup(id).is_some_and(|badge| badge.needed().next().is_some());
                        if asks && seen.get_mut(id.index()).is_some_and(|seen| !mem::replace(seen, true)) {
                            order.push(id);
                        }
                    }
                }
            }
        }
        order
    }

    /// The goals of a badge, either without a grade or for each grade.
    fn steps(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        of: GoalOf,
        path: &Path<'_>,
    ) -> Vec<(Option<Grade>, Goals)> {
        let mut steps = Vec::new();
        match (tree.get("when"), tree.get("grades")) {
            (Some(when), None) => {
                steps.extend(self.goals(program, when, tree, of, &path.key("when")).map(|goals| (None, goals)));
            }
            (None, Some(grades)) => {
                let below = path.key("grades");
                for (name, grade) in grade_names(grades).zip(0..) {
                    let goals = grades.get(name).and_then(|its| self.goals(program, its, tree, of, &below.key(name)));
                    steps.extend(goals.map(|goals| (Some(Grade(grade)), goals)));
                }
                if grades.entries().is_empty() {
                    self.found.add(&below, "is empty; expected grades, each with its goal");
                }
                self.one_key_for_grades(program, &steps, &below);
            }
            (None, None) => self.found.add_missing(path, "has no goal; expected `when` or `grades`"),
            (Some(_), Some(_)) => {
                self.found.add(&path.key("grades"), "cannot be combined with `when`; keep one of the two");
            }
        }
        steps
    }

    /// Reports grades given for each key that have different keys: a higher grade could not include a lower one.
    fn one_key_for_grades(&mut self, program: &Definition, steps: &[(Option<Grade>, Goals)], path: &Path<'_>) {
        let key = |goals: &Goals| {
            let mut tallies = goals.any.iter().flat_map(Goal::tallies);
            tallies.find_map(|tally| program.tallies.lookup(tally)?.scope.key)
        };
        let mut each = steps.iter().filter(|(_, goals)| goals.given == Given::Each).map(|(_, goals)| key(goals));
        if let Some(first) = each.next()
            && each.any(|other| other != first)
        {
            self.found.add(path, "its grades have different keys, so none can include another; expected the same key");
        }
    }

    /// Reports keys that cannot be combined in a badge.
    fn badge_choices(&mut self, badge: &Badge, tree: &Tree<'_>, path: &Path<'_>) {
        let often = matches!(badge.given(), Given::Every | Given::Again);
        if often && (badge.live || tree.get("grades").is_some()) {
            self.found.add(&path.key("given"), "cannot be combined with `live` or `grades`; expected once or each");
        }
        if badge.expires.is_some() && (badge.live || often) {
            self.found.add(&path.key("expires"), "cannot be combined with `live`, nor with `given` every or again");
        }
        let goal = badge.steps.first().map(|(grade, goals)| (grade, goals.any.as_slice(), goals.given));
        let needs = |goal: &Goal| !goal.badges.is_empty();
        if badge.expires == Some(Expiry::WithBadges)
            && !matches!(goal, Some((None, [goal], Given::Once)) if needs(goal))
        {
            let message = "needs a single goal that asks for badges and is given once; expected `badges` in `when`, \
                or a duration";
            self.found.add(&path.key("expires"), message);
        }
        if badge.accepted_by.is_some() && badge.accepted_by == badge.hidden_by {
            self.found.add(&path.key("hidden_by"), "is also the kind of `accepted_by`; expected another");
        }
    }
}

fn expiry(text: &str) -> Option<Expiry> {
    if text == WITH_BADGES { Some(Expiry::WithBadges) } else { duration_seconds(text).map(Expiry::After) }
}

/// The names of grades, the lowest first: as written, but bronze, silver and gold in this order.
fn grade_names<'t>(grades: &'t Tree<'_>) -> impl Iterator<Item = &'t str> {
    let mut metals = METALS.into_iter().filter_map(|metal| grades.entries().iter().find(|(name, _)| *name == metal));
    let names = grades
        .entries()
        .iter()
        .map(|grade| if METALS.contains(&&*grade.0) { metals.next().unwrap_or(grade) } else { grade });
    names.map(|(name, _)| &**name).collect::<Vec<_>>().into_iter()
}
