//! Lint: warnings about what in a program may harm the people it is for, or has no effect, each with a reason and a
//! fix.
//!
//! What may harm is in this file, and in `effort` (too much, too often, too soon), `others` (what colleagues do to each
//! other), `consent` (what members should decide freely) and `exposed` (what is private and shows). `idle` has what has
//! no effect, `never` has conditions that cannot hold, and `dead` has parts that bound nothing, that nobody can reach,
//! or that repeat another part.
//!
//! Reasons cite the research behind them:
//!
//! - Kahneman and Tversky, *Prospect theory*, Econometrica 47 (1979): a loss weighs more than a gain of the same size.
//! - Deci, Koestner and Ryan, *A meta-analytic review of experiments examining the effects of extrinsic rewards on
//!   intrinsic motivation*, Psychological Bulletin 125 (1999): expected rewards weaken intrinsic motivation.
//! - Mollick and Rothbard, *Mandatory fun* (2014): games at work help people who consent to them and hurt people who
//!   do not.
//! - Silverman and Barasch, *On or off track*, Journal of Consumer Research 49 (2023): a broken streak makes people
//!   stop.
//! - Sonnentag and Bayer, *Switching off mentally*, Journal of Occupational Health Psychology 10 (2005): people who do
//!   not detach from work in the evening recover less.
//! - Amabile, DeJong and Lepper, *Effects of externally imposed deadlines on subsequent intrinsic motivation*, Journal
//!   of Personality and Social Psychology 34 (1976).
//! - Kerr, *On the folly of rewarding A, while hoping for B*, Academy of Management Journal 18 (1975): people do what
//!   is rewarded, and leave the rest.
//! - Ordóñez, Schweitzer, Galinsky and Bazerman, *Goals gone wild*, Academy of Management Perspectives 23 (2009):
//!   narrow goals make people neglect what is not asked for.
//! - Johnson, Maruyama, Johnson, Nelson and Skon, *Effects of cooperative, competitive, and individualistic goal
//!   structures on achievement*, Psychological Bulletin 89 (1981): people achieve more together than in competition.
//! - Falk and Kosfeld, *The hidden costs of control*, American Economic Review 96 (2006): control makes people do less.
//! - Scullen, Mount and Goff, *Understanding the latent structure of job performance ratings*, Journal of Applied
//!   Psychology 85 (2000): most of what sets ratings apart comes from the rater.
//! - Merton, *The Matthew effect in science*, Science 159 (1968): the known get more credit for the same.
//! - Zajonc, *Social facilitation*, Science 149 (1965): an audience helps with what people can do, and hinders what
//!   they still learn.
//! - Regulation (EU) 2016/679 (GDPR), Articles 7 and 9: consent is free, and some data need particular care.
//!
//! The thresholds are ours.

use crate::{
    base::{day::Window, id_table::Id, number::capped, sort::sort},
    check::{never::allows, people::SMALLEST_GROUP},
    language::problem::Path,
    program::{
        Amount, Counted, Definition, Given, Goal, Goals, Measure, Program, Rhythm, Rule, Scope, Tally, Trigger,
        condition::{Condition, Expression, Operand, Predicate, Subject},
        value::Value,
    },
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use core::{fmt, ops::Range};
use serde::Serialize;

/// The most days in a row that a goal may ask for without a warning: two working weeks.
const LONGEST_DAYS: i64 = 10;
/// The hours that most people work in.
const WORKING_HOURS: Range<i64> = 6..20;
/// The most weeks in a row that a goal may ask for without a warning: a month.
const LONGEST_WEEKS: i64 = 4;
/// The most months in a row that a goal may ask for without a warning: a year.
const LONGEST_MONTHS: i64 = 12;
/// What points without an end lead to.
pub(super) const INVITES: &str = "which invites many cheap actions for the points and weakens the motivation to act \
    for its own sake (Deci, Koestner and Ryan 1999)";

/// Something in a program that may harm the people it is for, or that has no effect. See [`Program::warnings`].
///
/// It displays as one line, `path: reason; fix`.
///
/// ```
/// use knownfor::{Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     groups = 2
///     kinds = { "blog.published" = {} }
/// "#)?;
/// let warnings = Program::check(&program, |_| None)?.warnings();
/// assert_eq!(
///     warnings[0].to_string(),
///     "/groups: reports numbers of groups of 2, which can reveal what a single person did; \
///      leave it out for the default of 10, or set a higher number"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[non_exhaustive]
pub struct Warning {
    /// Where it is: a JSON Pointer (RFC 6901) into the program, such as `/rules/blog`.
    pub path: String,
    /// What it may lead to, and why.
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
    /// Warnings about what may harm the people the program is for, and about what has no effect, in order of their
    /// paths.
    ///
    /// A program with warnings works. Read them before you start it. `Positions`, which comes with the features `json`
    /// and `toml`, gives each its line and column.
    ///
    /// ```
    /// use knownfor::{Program, Tree};
    ///
    /// let program: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "first-steps"
    ///     kinds = { "post.liked" = {} }
    ///     currencies = { recognition = {} }
    ///     rules = { likes = { on = "post.liked", give = { recognition = 1 } } }
    /// "#)?;
    /// let program = Program::check(&program, |_| None)?;
    /// let warnings = program.warnings();
    /// assert_eq!(warnings[0].path, "/rules/likes");
    /// assert_eq!(warnings[0].fix, r#"set a limit, such as `limit = [{ times = 3, per = "day" }]`"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn warnings(&self) -> Vec<Warning> {
        let mut linter = Linter { program: self, warnings: Vec::new() };
        linter.rules();
        linter.streaks();
        linter.comparisons();
        linter.losses();
        linter.effort();
        linter.others();
        linter.consent();
        linter.exposed();
        linter.practice();
        linter.secrets();
        linter.idle();
        linter.absences();
        linter.contradictions();
        linter.dead();
        sort(&mut linter.warnings);
        linter.warnings.dedup();
        linter.warnings
    }
}

pub(super) struct Linter<'a> {
    pub(super) program: &'a Definition,
    pub(super) warnings: Vec<Warning>,
}

/// What a condition belongs to.
#[derive(Clone, Copy)]
pub(super) enum Owner<'a> {
    Rule(Id<Rule>, &'a Rule),
    Tally(Id<Tally>, &'a Tally),
}

impl<'a> Linter<'a> {
    pub(super) fn add(&mut self, path: &Path<'_>, reason: impl Into<String>, fix: &str) {
        self.warn(path.to_string(), reason.into(), fix.into());
    }

    pub(super) fn warn(&mut self, path: String, reason: String, fix: String) {
        self.warnings.push(Warning { path, reason, fix });
    }

    /// Each condition, with what it belongs to.
    pub(super) fn conditions(&self) -> Vec<(Owner<'a>, &'a Condition)> {
        let program = self.program;
        let rules = program.rules.iter().filter_map(|(id, rule)| match &rule.trigger {
            Trigger::On(condition) => Some((Owner::Rule(id, rule), condition.as_ref()?)),
            Trigger::When(_) => None,
        });
        // A variant for a goal has the condition of its tally.
        let tallies = program.tallies.iter().filter(|(_, tally)| !tally.is_variant());
        let tallies = tallies.filter_map(|(id, tally)| Some((Owner::Tally(id, tally), tally.condition.as_deref()?)));
        rules.chain(tallies).collect()
    }

    fn rules(&mut self) {
        let section = Path::Root.key("rules");
        for rule in self.program.rules.values() {
            let path = section.key(&rule.name);
            if rule.amount.can_be(|points| points < 0) {
                let reason = "takes points away, and people hold back, because a loss weighs more than an equal gain \
                    (Kahneman and Tversky 1979)";
                let fix = "leave it out; to take back points for something undone, declare a kind with `reverses`";
                self.add(&path.key("give"), reason, fix);
            }
            if rule.gives_each_time() && rule.limits.is_empty() {
                let reason = format!("gives points each time without a limit, {INVITES}");
                self.add(&path, reason, "set a limit, such as `limit = [{ times = 3, per = \"day\" }]`");
            }
        }
    }

    fn streaks(&mut self) {
        let program = self.program;
        let tallies = Path::Root.key("tallies");
        let by_day = program
            .tallies
            .values()
            .filter(|tally| matches!(tally.counts, Counted::Streak(Rhythm { unit: Window::Day, .. })));
        for tally in by_day.filter(|_| program.rest == [false; 7]) {
            let reason = "counts days in a row, and a weekend breaks the streak, because the week has no days of rest";
            let fix = "set `week = { rest = [\"saturday\", \"sunday\"] }`, or count weeks with `streak = \"week\"`";
            self.add(&tallies.key(&tally.name), reason, fix);
        }
        for (owner, condition) in self.conditions() {
            self.condition(condition);
            if !matches!(owner, Owner::Rule(_, rule) if !rule.amount.can_be(|points| points > 0)) {
                self.off_hours(&condition.test, true);
            }
        }
        program.each_goal(&mut |goal, given, path| self.goal(goal, given, path));
    }

    /// Warns about secret badges that others need.
    fn secrets(&mut self) {
        let (program, section) = (self.program, Path::Root.key("badges"));
        for badge in program.badges.values().filter(|badge| !badge.secret) {
            for needed in badge.needed().map(|needed| &program.badges[needed]).filter(|needed| needed.secret) {
                let reason =
                    format!("asks for `{}`, which is secret, and tells of it as long as it is not earned", needed.name);
                self.add(&section.key(&badge.name), reason, "make both secret, or none");
            }
        }
    }

    fn goal(&mut self, goal: &Goal, given: Given, path: &Path<'_>) {
        for part in &goal.parts {
            self.out_of_reach(part, path);
            if let (Measure::Tally(tally), Some(min)) = (part.measure, part.min) {
                let path = path.key(&self.program.tallies[tally].name).to_string();
                match given {
                    Given::Every => self.endless_streak(tally, min, path),
                    _ => self.streak(tally, min, path),
                }
            }
        }
    }

    /// Warns about tests that only what is done outside working hours can meet. `holds` is false below a `not`.
    fn off_hours(&mut self, expression: &Expression, holds: bool) {
        let test = match expression {
            Expression::All(parts) | Expression::Any(parts) => {
                return parts.iter().for_each(|part| self.off_hours(part, holds));
            }
            Expression::Not(part) => return self.off_hours(part, !holds),
            Expression::Test(test) => test,
        };
        let mut rest = self.program.rest;
        if rest == [false; 7] {
            rest = [false, false, false, false, false, true, true];
        }
        let works = |number: i64| match test.subject {
            Subject::Hour => WORKING_HOURS.contains(&number),
            _ => rest.get(capped::<_, usize>(number)) == Some(&false),
        };
        let numbers = match test.subject {
            Subject::Hour => 0..24,
            Subject::Weekday => 0..7,
            _ => return,
        };
        // Every activity has an hour and a weekday, so `not` turns the answer round.
        let asked = |number: &i64| allows(&test.predicate, &Value::Integer(*number)) == holds;
        let mut asked = numbers.filter(asked).peekable();
        if asked.peek().is_some() && asked.all(|number| !works(number)) {
            let reason = "counts only what is done outside working hours, and people who do not detach from work \
                recover less (Sonnentag and Bayer 2005)";
            let fix = "leave it out; if the work itself is at such hours, give the same at all hours";
            self.warn(test.path.clone(), reason.into(), fix.into());
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

    /// Warns about a goal or condition that asks for too many days or weeks in a row.
    fn streak(&mut self, tally: Id<Tally>, least: i64, path: String) {
        let (unit, longest) = match self.program.tallies[tally].counts {
            Counted::Streak(Rhythm { unit: Window::Day, .. }) => ("days", LONGEST_DAYS),
            Counted::Streak(Rhythm { unit: Window::Week, .. }) => ("weeks", LONGEST_WEEKS),
            Counted::Streak(Rhythm { unit: Window::Month, .. }) => ("months", LONGEST_MONTHS),
            _ => return,
        };
        if least > longest {
            let reason = format!(
                "asks for {least} {unit} in a row, and the longer a streak, the more people stop once it breaks \
                (Silverman and Barasch 2023)"
            );
            let fix = format!(
                "ask for at most {longest}, or count days that need not follow each other: `distinct = \"day\"`"
            );
            self.warn(path, reason, fix);
        }
    }

    /// Warns about a streak with `given = "every"`: each further award asks for a longer streak.
    fn endless_streak(&mut self, tally: Id<Tally>, min: i64, path: String) {
        if !matches!(self.program.tallies[tally].counts, Counted::Streak(_)) {
            return;
        }
        let reason = format!(
            "asks for {min} in a row, then {}, and so on, and the longer a streak, the more people stop once it breaks \
            (Silverman and Barasch 2023)",
            min.saturating_mul(2)
        );
        self.warn(path, reason, "set `given = \"again\"`, once for each new streak".into());
    }

    /// Warns about boards without consent, and about groups so small that a single person shows.
    fn comparisons(&mut self) {
        let program = self.program;
        let section = Path::Root.key("boards");
        for board in program.boards.values().filter(|board| board.joined_by.is_none()) {
            let reason = "ranks people who did not ask for it, and consent decides whether games at work help or hurt \
                (Mollick and Rothbard 2014)";
            let fix = "let members join: set `joined_by` to the kind by which they do";
            self.add(&section.key(&board.name), reason, fix);
        }
        if program.group < SMALLEST_GROUP {
            let reason =
                format!("reports numbers of groups of {}, which can reveal what a single person did", program.group);
            self.add(&Path::Root.key("groups"), reason, "leave it out for the default of 10, or set a higher number");
        }
    }

    /// Warns about what members lose, and about what they cannot take back.
    fn losses(&mut self) {
        let program = self.program;
        let section = Path::Root.key("levels");
        for level in program.levels.values().filter(|level| level.live && level.repeats.is_none()) {
            let reason =
                "can be lost again while colleagues watch, and fear of losing status keeps people from taking part";
            self.add(
                &section.key(&level.name).key("live"),
                reason,
                "leave it out, so that a level once reached is kept",
            );
        }
        let profile = Path::Root.key("profile");
        if program.profile.as_ref().is_some_and(|profile| profile.published_by.is_some() && profile.hidden_by.is_none())
        {
            let reason = "is missing, so members cannot hide a profile once they published it";
            self.add(&profile.key("hidden_by"), reason, "set it to a kind by which members hide their profile again");
        }
        let shows_others = program.boards.len() > 0 || program.topics.is_some();
        if shows_others && program.sharing.gone_by.is_empty() {
            let reason = "is missing, so people who left, suspended accounts and bots stay on boards and in searches \
                for experts";
            let fix = "name the kinds by which members depart: `members = { gone_by = [\"member.left\"] }`";
            let members = Path::Root.key("members");
            let path = if program.sharing.earn_nothing.is_empty() { members } else { members.key("gone_by") };
            self.add(&path, reason, fix);
        }
    }
}

impl Definition {
    /// Visits each goal of rules, levels, badges and steps, with how often it gives and where it is.
    pub(super) fn each_goal(&self, visit: &mut dyn FnMut(&Goal, Given, &Path<'_>)) {
        let rules = Path::Root.key("rules");
        for rule in self.rules.values() {
            if let Trigger::When(goals) = &rule.trigger {
                goals.each(&rules.key(&rule.name).key("when"), visit);
            }
        }
        self.each_goal_of_levels(visit);
        self.each_goal_of_badges(visit);
        let section = Path::Root.key("challenges");
        for challenge in self.challenges.values() {
            let path = section.key(&challenge.name);
            let steps = path.key("steps");
            for step in &challenge.steps {
                visit(&step.goal, Given::Once, &steps.key(&step.name).key("when"));
            }
        }
    }

    /// The same for levels with `when` alone.
    pub(super) fn each_goal_of_levels(&self, visit: &mut dyn FnMut(&Goal, Given, &Path<'_>)) {
        let levels = Path::Root.key("levels");
        for level in self.levels.values().filter(|level| level.total.is_none()) {
            level.goals.each(&levels.key(&level.name).key("when"), visit);
        }
    }

    /// The same for badges alone.
    pub(super) fn each_goal_of_badges(&self, visit: &mut dyn FnMut(&Goal, Given, &Path<'_>)) {
        let badges = Path::Root.key("badges");
        for badge in self.badges.values() {
            let path = badges.key(&badge.name);
            for (grade, goals) in &badge.steps {
                let below = path.key("grades");
                goals.each(&badge.grade_name(*grade).map_or(path.key("when"), |grade| below.key(grade)), visit);
            }
        }
    }
}

impl Goals {
    /// Visits each of these goals. `path` is where they are.
    fn each(&self, path: &Path<'_>, visit: &mut dyn FnMut(&Goal, Given, &Path<'_>)) {
        for (index, goal) in self.any.iter().enumerate() {
            let position = if self.listed { path.item(index) } else { *path };
            visit(goal, self.given, &position);
        }
    }
}

impl Rule {
    /// Whether it gives points for each activity, without an end.
    pub(super) fn gives_each_time(&self) -> bool {
        matches!(self.trigger, Trigger::On(_)) && self.amount.is_endless()
    }
}

impl Amount {
    /// Whether it keeps giving points, however many activities there are.
    fn is_endless(&self) -> bool {
        match self {
            Self::Nth(all, _) => all.last().is_some_and(|last| *last > 0),
            // Nothing is better than the best that its `max` allows.
            Self::By { best: Some(Scope::EVER), .. } => false,
            any => any.can_be(|points| points > 0),
        }
    }
}
