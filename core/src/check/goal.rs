//! Goals and badges of a program.

use super::{Check, integer_at, text_at, words};
use crate::{
    base::{
        id_table::Id,
        text::Text,
        time::{Window, duration_seconds},
        tree::Tree,
    },
    language::problem::{Path, unknown},
    program::{
        Badge, Challenge, Counted, Currency, Definition, Given, Goal, Goals, Grade, Icon, Measure, Part, Scope, Shape,
        Tally, Version,
    },
};
use alloc::vec::Vec;

/// What a goal is for, as far as it matters for what it may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalOf {
    Rule,
    Badge {
        live: bool,
    },
    /// A step of a challenge.
    Step(Id<Challenge>),
}

impl Check<'_> {
    /// One goal or a list of them, as it stands under `when` or a grade; how often they give is said in `given` of `owner`.
    pub(super) fn goals(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        owner: &Tree<'_>,
        of: GoalOf,
        path: &Path<'_>,
    ) -> Option<Goals> {
        let given = match text_at(owner, "given") {
            Some("each") => Given::Each,
            Some("every") => Given::Every,
            Some("again") => Given::Again,
            _ => Given::Once,
        };
        let mut any = Vec::new();
        match tree {
            Tree::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    any.extend(self.goal(program, item, of, given, &path.item(index)));
                }
                if given == Given::Every && items.len() > 1 {
                    self.found.add(path, "given every time takes one goal; expected no list");
                }
            }
            one => any.extend(self.goal(program, one, of, given, path)),
        }
        self.one_key(program, &any, given, path);
        (!any.is_empty()).then_some(Goals { any, listed: matches!(tree, Tree::List(_)), given })
    }

    /// Tells of goals in a list that are given for each key but not of the same sort.
    fn one_key(&mut self, program: &Definition, goals: &[Goal], given: Given, path: &Path<'_>) {
        let key = |goal: &Goal| goal.tallies().find_map(|tally| program.tallies.lookup(tally)?.scope.key);
        let mut keys = goals.iter().filter_map(key);
        if let Some(first) = keys.next().filter(|_| given == Given::Each)
            && keys.any(|other| other != first)
        {
            self.found.add(path, "its goals are counted by different keys; given each, expected one key for all");
        }
    }

    pub(super) fn goal(
        &mut self,
        program: &mut Definition,
        tree: &Tree<'_>,
        of: GoalOf,
        given: Given,
        path: &Path<'_>,
    ) -> Option<Goal> {
        let Tree::Table(entries) = tree else { return None };
        let version = match of {
            GoalOf::Step(_) => Version::default(),
            _ => self.version(program, tree, path),
        };
        let begins = version.from.filter(|_| !version.backfill);
        let mut goal =
            Goal { parts: [].into(), fields: [].into(), completeness: None, level: None, challenge: None, version };
        let (mut parts, mut fields) = (Vec::new(), Vec::new());
        for (name, value) in entries {
            let position = path.key(name);
            match &**name {
                "from" | "until" | "backfill" if matches!(of, GoalOf::Step(_)) => {
                    self.found.add(&position, "does not go with a step: the days of its challenge say when it counts");
                }
                "from" | "until" | "backfill" => {}
                "completeness" => goal.completeness = value.as_integer().and_then(|percent| u8::try_from(percent).ok()),
                "level" if of == GoalOf::Rule => {
                    let message = "a rule's points decide levels, so its goal cannot ask for one; a badge's can";
                    self.found.add(&position, message);
                }
                "level" | "challenge" if matches!(of, GoalOf::Step(_)) => {
                    let message = "is nothing to do by itself; a step asks for tallies, fields or completeness";
                    self.found.add(&position, message);
                }
                "challenge" => {
                    let name = value.as_text();
                    goal.challenge = name.and_then(|name| self.id("challenges", "challenge", name, &position));
                }
                "level" => goal.level = value.as_text().and_then(|level| self.id("levels", "level", level, &position)),
                "fields" => {
                    for (index, field) in value.items().iter().enumerate() {
                        let field = field.as_text();
                        fields.extend(field.and_then(|field| self.id("fields", "field", field, &position.item(index))));
                    }
                }
                name => {
                    let Some(mut measure) = self.measure(program, name, of, &position) else { continue };
                    if let Measure::Tally(tally) = measure {
                        let own = match (of, begins) {
                            (GoalOf::Step(id), _) => self.tally_of_step(program, tally, id, &position),
                            (_, Some(from)) => self.tally_from(program, tally, from, &position),
                            _ => None,
                        };
                        measure = Measure::Tally(own.unwrap_or(tally));
                    }
                    let min = value.as_integer().or_else(|| value.get("min")?.as_integer());
                    let max = integer_at(value, "max");
                    if let (Some(min), Some(max)) = (min, max)
                        && max < min
                    {
                        self.found.add(&position, format_args!("`max` {max} is below `min` {min}, so it never holds"));
                    }
                    parts.push(Part { of: measure, min, max });
                }
            }
        }
        (goal.parts, goal.fields) = (parts.into(), fields.into());
        if goal.completeness.is_some() && program.fields.len() == 0 {
            self.found.add(&path.key("completeness"), "the program has no profile");
        }
        self.asks_something(entries, path);
        self.goal_scope(program, &goal, given, path);
        if of == (GoalOf::Badge { live: true }) {
            self.live_goal(program, &goal, path);
        }
        Some(goal)
    }

    /// A tally or the total of a currency, by its name.
    fn measure(&mut self, program: &Definition, name: &str, of: GoalOf, path: &Path<'_>) -> Option<Measure> {
        if let Some(currency) = self.known::<Currency>("currencies", name) {
            if of == GoalOf::Rule {
                let message = "a rule's points make totals, so its goal cannot ask for one; a badge's can";
                self.found.add(path, message);
            } else if matches!(of, GoalOf::Step(_)) {
                let message = "is a total, which holds what came before too; expected a tally of what is done";
                self.found.add(path, message);
            }
            return Some(Measure::Total(currency));
        }
        let Some(tally) = self.known::<Tally>("tallies", name) else {
            let named = ["tallies", "currencies"].into_iter().filter_map(|section| self.names.get(section));
            let message = unknown("tally or currency", name, named.flat_map(|names| names.keys().copied()));
            self.found.add(path, message);
            return None;
        };
        let counts = program.tallies.lookup(tally)?.counts;
        if of == GoalOf::Rule && matches!(counts, Counted::Points(_)) {
            let message = "a rule's points are what it sums, so its goal cannot ask for it; a badge's can";
            self.found.add(path, message);
        }
        if matches!(of, GoalOf::Step(_)) {
            self.nothing_done(counts, path);
        }
        Some(Measure::Tally(tally))
    }

    /// Tells of a goal that is so from the start. It looks at the text and not at what was found: a name that is not known was
    /// told already.
    fn asks_something(&mut self, entries: &[(alloc::borrow::Cow<'_, str>, Tree<'_>)], path: &Path<'_>) {
        let least = |value: &Tree<'_>| value.as_integer().or_else(|| value.get("min")?.as_integer());
        let start = |name: &str| self.known("currencies", name).map_or(0, |currency| self.start_of(currency));
        let asks = |name: &str, value: &Tree<'_>| {
            ["fields", "level", "challenge"].contains(&name) || least(value).is_some_and(|least| least > start(name))
        };
        if !entries.iter().any(|(name, value)| asks(name, value)) {
            self.found.add(
                path,
                "holds from the start; expected a tally with a `min` of 1 or more, fields, completeness, a currency with a `min` above its start, a level or a challenge",
            );
        }
    }

    fn goal_scope(&mut self, program: &Definition, goal: &Goal, given: Given, path: &Path<'_>) {
        let tallies: Vec<_> = goal.tallies().filter_map(|tally| program.tallies.lookup(tally)).collect();
        let keyed: Vec<_> = tallies.iter().filter_map(|tally| Some((tally.scope.key?, *tally))).collect();
        if let Some((key, first)) = keyed.first()
            && let Some((_, other)) = keyed.iter().find(|(other, _)| other != key)
        {
            let message = format_args!(
                "`{}` and `{}` are counted by different keys, so they are never of the same one",
                first.name, other.name
            );
            self.found.add(path, message);
        }
        match given {
            Given::Once => {}
            Given::Each if keyed.is_empty() => {
                self.found.add(path, "given for each key, but none of its tallies has one, such as `per = \"object\"`");
            }
            Given::Each => {}
            Given::Every | Given::Again => {
                for (_, tally) in &keyed {
                    let message = "has a key, which goes with `given` once or each";
                    self.found.add(&path.key(&tally.name), message);
                }
            }
        }
        if given == Given::Every {
            for tally in tallies.iter().filter(|tally| tally.is_unbounded()) {
                let message = "is the sum of an attribute, which may grow by any amount at once; not with `every`";
                self.found.add(&path.key(&tally.name), message);
            }
            self.due_too_often(program, goal, path);
            if goal.parts.iter().any(|part| part.max.is_some()) {
                self.found.add(path, "has an upper bound, which does not go with `every`");
            }
            if !goal.parts.iter().any(|part| part.min.is_some_and(|min| min > 0)) {
                self.found.add(path, "given every time, but there is no tally or currency in it to count the times by");
            }
        }
    }

    /// Tells of a goal that time would bring about so often that one activity after a long pause would bring entries without end.
    fn due_too_often(&mut self, program: &Definition, goal: &Goal, path: &Path<'_>) {
        for part in &goal.parts {
            let Measure::Tally(tally) = part.of else { continue };
            let Some(tally) = program.tallies.lookup(tally) else { continue };
            let least = match tally.counts {
                Counted::Since(Window::Day) => 28,
                Counted::Since(Window::Week) => 4,
                _ => continue,
            };
            if part.min.is_some_and(|min| min < least) {
                let message =
                    format_args!("comes due too often for `every`; expected {least} or more, or longer units");
                self.found.add(&path.key(&tally.name), message);
            }
        }
    }

    /// What a live badge cannot rest on: it would go when time passes.
    fn live_goal(&mut self, program: &Definition, goal: &Goal, path: &Path<'_>) {
        for part in &goal.parts {
            let (name, passes) = match part.of {
                Measure::Total(currency) => {
                    let currency = &program.currencies[currency];
                    (&currency.name, currency.per != Window::Ever)
                }
                Measure::Tally(tally) => {
                    let Some(tally) = program.tallies.lookup(tally) else { continue };
                    let passes = match tally.counts {
                        Counted::Streak { .. } => true,
                        Counted::Since(_) => part.max.is_some(),
                        _ => tally.scope.span != Scope::EVER.span,
                    };
                    (&tally.name, passes)
                }
            };
            if passes {
                let message = format_args!("a live badge cannot rest on `{name}`: it would go when time passes");
                self.found.add(&path.key(name), message);
            }
        }
    }

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
                live,
                secret: flag("secret"),
                expires: text_at(tree, "expires").and_then(duration_seconds),
                accepted_by: self.kind_at(tree, "accepted_by", &path),
                hidden_by: self.kind_at(tree, "hidden_by", &path),
                shape: text_at(tree, "shape").and_then(Shape::from_name).unwrap_or_default(),
                icon: text_at(tree, "icon").and_then(Icon::from_name).unwrap_or_default(),
            };
            self.badge_choices(&badge, tree, &path);
            program.badges.push(badge);
        }
    }

    /// The goals of a badge: without a grade, or those of each grade.
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
                for (name, grade) in Grade::ALL {
                    let goals = grades.get(name).and_then(|its| self.goals(program, its, tree, of, &below.key(name)));
                    steps.extend(goals.map(|goals| (Some(grade), goals)));
                }
                self.one_key_for_grades(program, &steps, &below);
            }
            (None, None) => self.found.add(path, "has no goal; expected `when` or `grades`"),
            (Some(_), Some(_)) => {
                self.found.add(&path.key("grades"), "stands beside `when`; expected one of the two");
            }
        }
        steps
    }

    /// Tells of grades given for each key that are not of the same sort, so that a higher one cannot include a lower one.
    fn one_key_for_grades(&mut self, program: &Definition, steps: &[(Option<Grade>, Goals)], path: &Path<'_>) {
        let key = |goals: &Goals| {
            let mut tallies = goals.any.iter().flat_map(Goal::tallies);
            tallies.find_map(|tally| program.tallies.lookup(tally)?.scope.key)
        };
        let mut each = steps.iter().filter(|(_, goals)| goals.given == Given::Each).map(|(_, goals)| key(goals));
        if let Some(first) = each.next()
            && each.any(|other| other != first)
        {
            self.found.add(path, "its grades are counted by different keys, so that none can include another");
        }
    }

    /// What does not go together in a badge.
    fn badge_choices(&mut self, badge: &Badge, tree: &Tree<'_>, path: &Path<'_>) {
        let often = matches!(badge.given(), Given::Every | Given::Again);
        if often && (badge.live || tree.get("grades").is_some()) {
            self.found.add(&path.key("given"), "does not go with `live` or `grades`; expected once or each");
        }
        if badge.expires.is_some() && (badge.live || often) {
            self.found.add(&path.key("expires"), "does not go with `live`, nor with `given` every or again");
        }
        if badge.accepted_by.is_some() && badge.accepted_by == badge.hidden_by {
            self.found.add(&path.key("hidden_by"), "is the kind of `accepted_by` too; expected another");
        }
    }
}
