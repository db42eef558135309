//! Goals and badges of a program.

use super::{Check, words};
use crate::{
    problem::Path,
    program::{Badge, Goal, Grade, Icon, Part, Program, Shape},
    text::Text,
    time::Window,
    tree::Tree,
};
use alloc::{format, vec::Vec};

/// What a goal is for, as far as it matters for what it may ask.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GoalOf {
    Rule,
    Badge { live: bool },
}

impl Check<'_> {
    /// A goal as it stands under `when` or a grade.
    pub(super) fn goal(
        &mut self,
        program: &Program,
        tree: &Tree<'_>,
        of: GoalOf,
        each: bool,
        path: &Path<'_>,
    ) -> Option<Goal> {
        let Tree::Table(entries) = tree else { return None };
        let mut parts = Vec::new();
        let mut fields = Vec::new();
        let (mut completeness, mut level) = (None, None);
        for (name, value) in entries {
            let place = path.key(name);
            match &**name {
                "completeness" => completeness = value.as_integer().and_then(|percent| u8::try_from(percent).ok()),
                "level" if of == GoalOf::Rule => {
                    self.found
                        .add(&place, "a rule's points decide levels, so its goal cannot ask for one; a badge's can");
                }
                "level" => level = value.as_text().and_then(|level| self.id("levels", "level", level, &place)),
                "fields" => {
                    for (index, field) in value.items().iter().enumerate() {
                        fields.extend(
                            field.as_text().and_then(|field| self.id("fields", "field", field, &place.item(index))),
                        );
                    }
                }
                name => {
                    let Some(tally) = self.id("tallies", "tally", name, &place) else { continue };
                    let min = value.as_integer().or_else(|| value.get("min")?.as_integer());
                    let max = value.get("max").and_then(Tree::as_integer);
                    parts.push(Part { tally, min, max });
                }
            }
        }
        if completeness.is_some() && program.fields.len() == 0 {
            self.found.add(&path.key("completeness"), "the program has no profile");
        }
        // Of the text, not of what was found: a name that is not known was told already.
        let least = |value: &Tree<'_>| value.as_integer().or_else(|| value.get("min")?.as_integer());
        let asks = |name: &str, value: &Tree<'_>| {
            name == "fields" || name == "level" || least(value).is_some_and(|least| least > 0)
        };
        if !entries.iter().any(|(name, value)| asks(name, value)) {
            self.found.add(
                path,
                "holds from the start; expected a tally with a `min` of 1 or more, fields, completeness or a level",
            );
        }
        let goal = Goal { parts: parts.into(), fields: fields.into(), completeness, level, each };
        self.goal_scope(program, &goal, of, path);
        Some(goal)
    }

    fn goal_scope(&mut self, program: &Program, goal: &Goal, of: GoalOf, path: &Path<'_>) {
        let tallies: Vec<_> =
            goal.parts.iter().filter_map(|part| program.tallies.iter().nth(part.tally.index())).collect();
        if goal.each && !tallies.iter().any(|(_, tally)| tally.per_object) {
            self.found.add(path, "given for each object, but none of its tallies is per object");
        }
        if of == (GoalOf::Badge { live: true }) {
            for (_, tally) in tallies.iter().filter(|(_, tally)| tally.per != Window::Ever) {
                let message = format!(
                    "a live badge cannot rest on `{}`, which is counted per {}: it would go when time passes",
                    tally.name,
                    tally.per.name()
                );
                self.found.add(&path.key(&tally.name), message);
            }
        }
    }

    pub(super) fn badges(&mut self, program: &mut Program) {
        let section = Path::Root.key("badges");
        for (name, tree) in self.section("badges") {
            let path = section.key(name);
            let flag = |key: &str| tree.get(key).and_then(Tree::as_flag).unwrap_or(false);
            let (live, each) = (flag("live"), tree.get("given").and_then(Tree::as_text) == Some("each"));
            let of = GoalOf::Badge { live };
            let mut goals = Vec::new();
            match (tree.get("when"), tree.get("grades")) {
                (Some(when), None) => {
                    let goal = self.goal(program, when, of, each, &path.key("when"));
                    goals.extend(goal.map(|goal| (None, goal)));
                }
                (None, Some(grades)) => {
                    let below = path.key("grades");
                    for (name, grade) in Grade::ALL {
                        let goal =
                            grades.get(name).and_then(|tree| self.goal(program, tree, of, each, &below.key(name)));
                        goals.extend(goal.map(|goal| (Some(grade), goal)));
                    }
                }
                (None, None) => self.found.add(&path, "has no goal; expected `when` or `grades`"),
                (Some(_), Some(_)) => {
                    self.found.add(&path.key("grades"), "stands beside `when`; expected one of the two")
                }
            }
            program.badges.push(Badge {
                name: Text::from(&**name),
                words: words(tree.get("name")),
                description: words(tree.get("description")),
                goals,
                live,
                secret: flag("secret"),
                shape: tree.get("shape").and_then(Tree::as_text).and_then(Shape::from_name).unwrap_or_default(),
                icon: tree.get("icon").and_then(Tree::as_text).and_then(Icon::from_name).unwrap_or_default(),
            });
        }
    }
}
