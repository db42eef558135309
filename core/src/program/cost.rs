//! Cost: an upper bound of the work that one activity causes, known from the program alone.

use crate::{
    base::{id_table::Id, sort::sort},
    program::{
        Counted, Definition, Distinct, Goal, Key, Kind, Program, Role, Trigger, Watcher, condition::Expression,
        value::AttributeType,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The most steps that one activity may take for one member. See [`Cost`].
pub const MAX_STEPS: usize = 1 << 16;
/// The most steps that each recipient or item of an activity may add for one member. See [`Cost`].
pub const MAX_STEPS_PER_ITEM: usize = 1 << 13;
/// The most recipients, or items of a set, in one activity. A longer mailing list should be a member of its own.
pub const MAX_ITEMS: usize = 1_000;
/// The most times that one activity may reach a goal with `given = "every"`: as many as an activity may have items.
pub const MAX_TIMES: i64 = 1_000;

/// An upper bound of the work that one activity causes for one of its members.
///
/// A step is a test of a condition, a tally that counts, a rule with its limits, or a part of a goal. A tally or limit
/// for each recipient or for each item of a list takes a step for each of them, so an activity takes at most `steps`
/// and [`MAX_ITEMS`] times `steps_per_item`. The work beyond grows only with two things:
///
/// - how often it reaches a goal with `given = "every"`, at most [`MAX_TIMES`];
/// - the member's record: a late, reversed or void activity folds it again, and a goal that joins a tally with a key to
///   one without looks at every key.
///
/// ```
/// use knownfor::{MAX_STEPS, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     kinds = { "blog.published" = {} }
///     tallies = { posts = { count = "blog.published" } }
/// "#)?;
/// let cost = Program::check(&program, |_| None)?.cost();
/// assert!(cost.steps == 1 && cost.steps < MAX_STEPS);
/// assert_eq!(cost.steps_per_item, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Cost {
    /// The kind whose activities cost most.
    pub kind: String,
    /// The steps of one such activity, with one recipient and lists of one item.
    pub steps: usize,
    /// The steps that each further recipient or item adds.
    pub steps_per_item: usize,
}

impl Program {
    /// The cost of the most expensive activity. [`Program::check`] refuses a program whose cost exceeds [`MAX_STEPS`] or
    /// [`MAX_STEPS_PER_ITEM`].
    ///
    /// ```
    /// # use knownfor::{Program, Tree};
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     currencies = { recognition = {} }
    ///     [kinds]
    ///     "blog.published" = { attributes = { words = "integer" } }
    ///     "answer.given" = {}
    ///     [rules]
    ///     blog = { on = "blog.published", if = { words = { min = 300 } }, give = { recognition = 50 } }
    ///     answer = { on = "answer.given", give = { recognition = 5 } }
    /// "#)?;
    /// let cost = Program::check(&program, |_| None)?.cost();
    /// assert_eq!((cost.kind.as_str(), cost.steps), ("blog.published", 2)); // a rule and its condition
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cost(&self) -> Cost {
        let costs = self.kinds.iter().map(|(id, kind)| Cost {
            kind: kind.name.to_string(),
            steps: self.steps_of(id),
            steps_per_item: self.steps_per_item(kind),
        });
        let most = costs.max_by_key(|cost| cost.steps + MAX_ITEMS * cost.steps_per_item);
        most.unwrap_or_else(|| Cost { kind: String::new(), steps: 0, steps_per_item: 0 })
    }
}

impl Definition {
    /// The steps of one activity of a kind.
    pub(crate) fn steps_of(&self, id: Id<Kind>) -> usize {
        let kind = &self.kinds[id];
        let mut steps = 0_usize;
        let mut watchers: Vec<Watcher> = Vec::new();
        for (tally, _) in &kind.tallies {
            let tally = &self.tallies[*tally];
            steps += 1 + tally.condition.as_ref().map_or(0, |condition| tests(&condition.test));
            watchers.extend(&tally.watchers);
        }
        for rule in &kind.rules {
            let rule = &self.rules[*rule];
            if let Trigger::On(Some(condition)) = &rule.trigger {
                steps += tests(&condition.test);
            }
            steps += 1 + rule.limits.len();
            let on_total = self.links.on_total.iter().filter(|(currency, _)| *currency == rule.currency);
            watchers.extend(on_total.map(|(_, watcher)| *watcher));
            let of_points = self.links.of_points.iter().filter(|(currency, _)| *currency == rule.currency);
            watchers.extend(of_points.flat_map(|(_, tally)| &self.tallies[*tally].watchers));
        }
        if self.profile.as_ref().is_some_and(|profile| profile.on == id) {
            watchers.extend(&self.links.on_profile);
        }
        watchers.extend(self.links.on_level.iter().map(|badge| Watcher::Badge(*badge)));
        for (challenge, its) in self.challenges.iter().filter(|(_, its)| its.joined_by == id) {
            watchers.extend((0..its.steps.len()).filter_map(|index| Watcher::step(challenge, index)));
        }
        let steps_of = |challenge| move |watcher: &Watcher| matches!(watcher, Watcher::Step(of, _) if *of == challenge);
        let asking = self.links.on_challenge.iter();
        let asking: Vec<_> = asking.filter(|(id, _)| watchers.iter().any(steps_of(*id))).collect();
        watchers.extend(asking.into_iter().map(|(_, watcher)| *watcher));
        for badge in &self.links.on_badges {
            if self.badges[*badge].needed().any(|needed| watchers.contains(&Watcher::Badge(needed))) {
                watchers.push(Watcher::Badge(*badge));
            }
        }
        sort(&mut watchers);
        watchers.dedup();
        steps + watchers.into_iter().map(|watcher| self.steps_of_goals(watcher)).sum::<usize>()
    }

    /// The steps that each further recipient or item of an activity adds.
    pub(crate) fn steps_per_item(&self, kind: &Kind) -> usize {
        let is_list = |key: Key| match key {
            Key::Role(role) => role == Role::Recipient,
            Key::Attribute(attribute) => self.attributes[attribute].value_type == AttributeType::Texts,
            Key::Object => false,
        };
        let mut steps = 0_usize;
        let mut watchers: Vec<Watcher> = Vec::new();
        for (tally, _) in &kind.tallies {
            let tally = &self.tallies[*tally];
            let is_by_item = tally.scope.key.is_some_and(is_list);
            let is_of_items = matches!(tally.counts, Counted::Distinct(Distinct::Key(key)) if is_list(key));
            steps += match (is_by_item, is_of_items) {
                (false, false) => 0,
                // Each item of one list with each of the other.
                (true, true) => MAX_ITEMS,
                _ => 1,
            };
            if is_by_item {
                watchers.extend(&tally.watchers);
            }
        }
        let limits = kind.rules.iter().flat_map(|rule| &self.rules[*rule].limits);
        steps += limits.filter(|limit| self.limits[**limit].scope.key.is_some_and(is_list)).count();
        sort(&mut watchers);
        watchers.dedup();
        steps + watchers.into_iter().map(|watcher| self.steps_of_goals(watcher)).sum::<usize>()
    }

    fn steps_of_goals(&self, watcher: Watcher) -> usize {
        let of_one = |goal: &Goal| 1 + goal.parts.len() + goal.fields.len() + goal.badges.len();
        let limits = match watcher {
            Watcher::Rule(id) if matches!(self.rules[id].trigger, Trigger::When(_)) => self.rules[id].limits.len(),
            _ => 0,
        };
        limits + self.goals_of(watcher).into_iter().map(of_one).sum::<usize>()
    }
}

fn tests(expression: &Expression) -> usize {
    match expression {
        Expression::All(parts) | Expression::Any(parts) => parts.iter().map(tests).sum(),
        Expression::Not(part) => tests(part),
        Expression::Test(_) => 1,
    }
}
