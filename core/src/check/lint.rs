//! Warn: what in a program may harm the people it is for, with the reason and the fix.
//!
//! Where research is behind a reason, the reason names it:
//!
//! - Kahneman and Tversky, *Prospect theory*, Econometrica 47 (1979): a loss weighs more than a gain of the same size.
//! - Deci, Koestner and Ryan, *A meta-analytic review of experiments examining the effects of extrinsic rewards on intrinsic
//!   motivation*, Psychological Bulletin 125 (1999): what is done for a reward is done less for its own sake.
//! - Mollick and Rothbard, *Mandatory fun* (2014): games at work lift those who consent to them and hurt those who do not.
//! - Silverman and Barasch, *On or off track*, Journal of Consumer Research 49 (2023): a broken streak makes people stop.
//!
//! The bounds (10 days, 4 weeks, 5 members) are this house's.

use crate::{
    base::{id_table::Id, time::Window},
    check::people::SMALLEST_GROUP,
    language::problem::Path,
    program::{
        Amount, Counted, Definition, Given, Goal, Goals, Measure, Program, Tally, Trigger,
        condition::{Condition, Operand, Predicate, Subject},
        value::Value,
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::fmt;
use serde::Serialize;

/// Days in a row that a goal may ask for without harm: two working weeks.
const LONGEST_DAYS: i64 = 10;
/// Weeks in a row that a goal may ask for without harm: a month.
const LONGEST_WEEKS: i64 = 4;

/// Something in a program that may harm the people it is for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Warning {
    /// Where, as a JSON Pointer (RFC 6901) into the program: `/rules/blog`.
    pub path: String,
    /// What may come of it.
    pub reason: String,
    /// What to write instead.
    pub fix: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}; {}", self.path, self.reason, self.fix)
    }
}

impl Program {
    /// What in the program may harm the people it is for, in order of the paths. A program with warnings can be used; whoever starts
    /// it should read them first.
    ///
    /// ```
    /// use knownfor::{Program, Tree};
    /// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"post.liked": {}},
    ///     "currencies": {"points": {}}, "rules": {"likes": {"on": "post.liked", "give": {"points": 1}}}}"#)?;
    /// let program = Program::check(&tree, |_| None)?;
    /// assert_eq!(program.warnings()[0].path, "/rules/likes");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warn = Linter { program: self, warnings: Vec::new() };
        warn.rules();
        warn.streaks();
        warn.challenges();
        warn.comparing();
        warn.going_back();
        warn.warnings.sort_unstable();
        warn.warnings.dedup();
        warn.warnings
    }
}

struct Linter<'a> {
    program: &'a Definition,
    warnings: Vec<Warning>,
}

impl Linter<'_> {
    fn add(&mut self, path: &Path<'_>, reason: impl Into<String>, fix: &str) {
        self.warnings.push(Warning { path: path.to_string(), reason: reason.into(), fix: fix.to_string() });
    }

    fn rules(&mut self) {
        let section = Path::Root.key("rules");
        for rule in self.program.rules.values() {
            let path = section.key(&rule.name);
            if rule.amount.can_be(|points| points < 0) {
                let reason = "takes points away, and a loss weighs more than a gain of the same size (Kahneman and Tversky 1979), \
                    so that people hold back";
                let fix = "leave it out; what was given for a deed goes by itself when the deed is undone, by a kind with `reverses`";
                self.add(&path.key("give"), reason, fix);
            }
            let each_time = matches!(rule.trigger, Trigger::On(_)) && rule.amount.is_endless();
            if each_time && rule.limits.is_empty() {
                let reason = "gives points each time and without end, so that many cheap actions are done for the points, and fewer for \
                    their own sake (Deci, Koestner and Ryan 1999)";
                self.add(&path, reason, "give it an end, such as `limit = [{ times = 3, per = \"day\" }]`");
            }
        }
    }

    fn streaks(&mut self) {
        let program = self.program;
        let (tallies, badges, rules) = (Path::Root.key("tallies"), Path::Root.key("badges"), Path::Root.key("rules"));
        let by_day =
            program.tallies.values().filter(|tally| matches!(tally.counts, Counted::Streak { unit: Window::Day, .. }));
        for tally in by_day.filter(|_| program.rest == [false; 7]) {
            let reason = "counts days in a row in a week that has no day of rest, so that it breaks over a weekend";
            let fix = "say `week = { rest = [\"saturday\", \"sunday\"] }`, or count weeks: `streak = \"week\"`";
            self.add(&tallies.key(&tally.name), reason, fix);
        }
        let conditions = program.tallies.values().filter_map(|tally| tally.condition.as_deref());
        conditions.for_each(|condition| self.condition(condition));
        for rule in program.rules.values() {
            match &rule.trigger {
                Trigger::On(condition) => condition.iter().for_each(|condition| self.condition(condition)),
                Trigger::When(goals) => {
                    let path = rules.key(&rule.name);
                    self.goals(goals, &path.key("when"));
                }
            }
        }
        for badge in program.badges.values() {
            let path = badges.key(&badge.name);
            for (grade, goals) in &badge.steps {
                let below = path.key("grades");
                let position = grade.map_or(path.key("when"), |grade| below.key(grade.name()));
                self.goals(goals, &position);
            }
        }
    }

    fn challenges(&mut self) {
        let section = Path::Root.key("challenges");
        for challenge in self.program.challenges.values() {
            let path = section.key(&challenge.name);
            let steps = path.key("steps");
            for step in &challenge.steps {
                self.goal(&step.goal, Given::Once, &steps.key(&step.name).key("when"));
            }
        }
    }

    fn goals(&mut self, goals: &Goals, path: &Path<'_>) {
        for (index, goal) in goals.any.iter().enumerate() {
            let position = if goals.listed { path.item(index) } else { *path };
            self.goal(goal, goals.given, &position);
        }
    }

    fn goal(&mut self, goal: &Goal, given: Given, path: &Path<'_>) {
        for part in &goal.parts {
            if let (Measure::Tally(tally), Some(min)) = (part.of, part.min) {
                let path = path.key(&self.program.tallies[tally].name).to_string();
                match given {
                    Given::Every => self.endless_streak(tally, min, path),
                    _ => self.streak(tally, min, path),
                }
            }
        }
    }

    fn condition(&mut self, condition: &Condition) {
        let mut tests = Vec::new();
        condition.test.tests(&mut tests);
        for test in tests {
            let asked = match test.predicate {
                Predicate::Min(least) | Predicate::Is(Operand::Value(Value::Integer(least))) => Some(least),
                _ => None,
            };
            if let (Subject::Tally(tally), Some(least)) = (test.subject, asked) {
                self.streak(tally, least, test.path.clone());
            }
        }
    }

    /// Tells of a goal or condition that asks for too many in a row.
    fn streak(&mut self, tally: Id<Tally>, least: i64, path: String) {
        let (unit, longest) = match self.program.tallies[tally].counts {
            Counted::Streak { unit: Window::Day, .. } => ("days", LONGEST_DAYS),
            Counted::Streak { .. } => ("weeks", LONGEST_WEEKS),
            _ => return,
        };
        if least > longest {
            let reason = format!(
                "asks for {least} {unit} in a row; the longer a streak, the more its end makes people stop (Silverman and Barasch 2023)"
            );
            let fix = format!("ask for {longest} at most, or count without a row: `distinct = \"day\"`");
            self.warnings.push(Warning { path, reason, fix });
        }
    }

    /// Tells of a goal that is given for every so many in a row: each further one asks for a longer streak.
    fn endless_streak(&mut self, tally: Id<Tally>, min: i64, path: String) {
        if !matches!(self.program.tallies[tally].counts, Counted::Streak { .. }) {
            return;
        }
        let reason = format!(
            "asks for {min} in a row, then {}, and so on without end; the longer a streak, the more its end makes people stop (Silverman and Barasch 2023)",
            min.saturating_mul(2)
        );
        let fix = "say `given = \"again\"`: once for each fresh run".into();
        self.warnings.push(Warning { path, reason, fix });
    }

    /// Comparing people who did not ask for it, and numbers that are of one of them.
    fn comparing(&mut self) {
        let program = self.program;
        let section = Path::Root.key("boards");
        for board in program.boards.values().filter(|board| board.joined_by.is_none()) {
            let reason = "puts people in order who did not ask for it; consent decides whether games at work lift or hurt (Mollick and \
                Rothbard 2014)";
            let fix = "let members join: name the kind by which they do in `joined_by`";
            self.add(&section.key(&board.name), reason, fix);
        }
        if program.group < SMALLEST_GROUP {
            let reason =
                format!("tells numbers of groups of {}, in which what one person did can be read", program.group);
            self.add(&Path::Root.key("groups"), reason, "leave it out, which is 5, or ask for more");
        }
    }

    /// What cannot be taken back, and what is taken from those who have it.
    fn going_back(&mut self) {
        let program = self.program;
        let section = Path::Root.key("levels");
        for level in program.levels.values().filter(|level| level.live) {
            let reason =
                "can be lost again, and colleagues see it; fear of losing status keeps people from taking part";
            self.add(&section.key(&level.name).key("live"), reason, "leave it out: a level once reached stays");
        }
        let profile = Path::Root.key("profile");
        if program.profile.as_ref().is_some_and(|profile| profile.published_by.is_some() && profile.hidden_by.is_none())
        {
            let reason = "is missing, so that nobody who published can take it back";
            self.add(&profile.key("hidden_by"), reason, "name a kind by which members hide their profile again");
        }
        let shows_others = program.boards.len() > 0 || program.topics.is_some();
        if shows_others && program.sharing.gone_by.is_empty() {
            let reason = "is missing, so that whoever left, is suspended or is not a person stays on boards and among those who are known for \
                something";
            let fix = "name the kinds by which somebody goes: `members = { gone_by = [\"member.left\"] }`";
            self.add(&Path::Root.key("members"), reason, fix);
        }
    }
}

impl Amount {
    /// Whether what it gives can be so. Of an attribute's amount that depends on what comes.
    fn can_be(&self, so: impl Fn(i64) -> bool) -> bool {
        match self {
            Self::Fixed(points) => so(*points),
            Self::Nth(all, _) => all.iter().any(|points| so(*points)),
            Self::By { times, .. } => so(*times),
        }
    }

    /// Whether it gives points for however many activities there are.
    fn is_endless(&self) -> bool {
        match self {
            Self::Nth(all, _) => all.last().is_some_and(|last| *last > 0),
            any => any.can_be(|points| points > 0),
        }
    }
}
