//! Others: warnings about what colleagues do to each other by the rules of a program, and about boards that rank what
//! nobody can catch up with.

use super::{effort::DWARFS, lint::Linter};
use crate::{
    base::{day::Window, id_table::Id},
    language::{grammar::MAX_POINTS, problem::Path},
    program::{
        Amount, Definition, Kind, Role, Rule, Tally, Trigger,
        condition::{Expression, Operand, Predicate, Subject, Test},
        value::Value,
    },
};
use alloc::{format, string::ToString, vec::Vec};

/// How many times what a colleague gives the amount of a single judge may be.
const OUTWEIGHS: i64 = DWARFS / 2;
const RATERS: &str = "and a judgement says more about the judge than about the judged (Scullen, Mount and Goff 2000)";

impl Linter<'_> {
    /// Warns about what colleagues can do to each other.
    pub(super) fn others(&mut self) {
        let (program, section) = (self.program, Path::Root.key("rules"));
        for (id, rule) in program.rules.iter().filter(|(_, rule)| rule.amount.most() > 0) {
            let path = section.key(&rule.name);
            match &rule.trigger {
                Trigger::On(_) if rule.to == Role::Actor => self.reporting(&program.kinds_of_rule(id), &path),
                Trigger::On(condition) => self.by_others(rule, condition.as_ref().map(|its| &its.test), &path),
                Trigger::When(_) => {}
            }
        }
        program.each_goal(&mut |goal, _, path| {
            for tally in goal.tallies().filter(|tally| program.tallies[*tally].to == Role::Actor) {
                self.reporting(&program.kinds_of_tally(tally), &path.key(&program.tallies[tally].name));
            }
        });
        self.rankings();
    }

    /// Warns about a reward for what costs a colleague points.
    fn reporting(&mut self, kinds: &[Id<Kind>], path: &Path<'_>) {
        let Some(kind) = kinds.iter().find(|kind| self.program.costs_others(**kind)) else { return };
        let reason = format!(
            "rewards `{}`, by which a colleague loses points, and people do less where colleagues control them (Falk \
             and Kosfeld 2006)",
            self.program.kinds[*kind].name
        );
        self.add(path, reason, "leave it out; putting something right needs no reward");
    }

    /// Warns about points that others bring: by oneself, by a single judge, or below 0.
    fn by_others(&mut self, rule: &Rule, test: Option<&Expression>, path: &Path<'_>) {
        let program = self.program;
        let holds = |is: &dyn Fn(&Test, bool) -> bool| test.is_some_and(|test| test.asks(true, is));
        if let (Role::Owner | Role::Recipient, false) =
            (rule.to, holds(&|test, holds| sets_apart(test, holds, rule.to)))
        {
            let (role, fix) = match rule.to {
                Role::Recipient => ("recipient", "set `if = { not = { recipients = { contains = \"@actor\" } } }`"),
                _ => ("owner", "set `if = { actor = { not = \"@owner\" } }`"),
            };
            let reason = format!("also gives points to {role}s who did it themselves, so people can reward themselves");
            self.add(path, reason, fix);
        }
        let give = path.key("give");
        if let Amount::By { attribute, times, max, best: None, .. } = rule.amount {
            let name = &program.attributes[attribute].name;
            if times > 0 && !holds(&|test, holds| is_positive(test, holds, Subject::Attribute(attribute))) {
                let reason = format!(
                    "lets others take points away by a `{name}` below 0, and people hold back, because a loss weighs \
                     more than an equal gain (Kahneman and Tversky 1979)"
                );
                self.warn(
                    give.key(&program.currencies[rule.currency].name).key("by").to_string(),
                    reason,
                    format!("set `if = {{ {name} = {{ min = 0 }} }}`"),
                );
            }
            let is_capped = rule.limits.iter().any(|limit| program.limits[*limit].bound.is_points());
            if max == MAX_POINTS && !is_capped {
                let reason =
                    format!("lets one person give any number by `{name}`, which outweighs all others, {RATERS}");
                self.add(&give, reason, "set `max`");
            }
        }
        if holds(&names_actor) {
            let is_peers = |other: &&Rule| {
                let test = match &other.trigger {
                    Trigger::On(condition) => condition.as_ref().map(|its| &its.test),
                    Trigger::When(_) => return false,
                };
                other.to != Role::Actor
                    && other.currency == rule.currency
                    && !test.is_some_and(|test| test.asks(true, &names_actor))
            };
            let peers = program.rules.values().filter(is_peers).map(|other| other.amount.most()).max();
            if let Some(most) = peers.filter(|most| *most > 0 && rule.amount.most() > most * OUTWEIGHS) {
                let reason = format!(
                    "gives {} on the word of one, while colleagues give at most {most}, {RATERS}",
                    rule.amount.most()
                );
                self.warn(give.to_string(), reason, format!("give at most {}", most * OUTWEIGHS));
            }
        }
    }

    /// Warns about boards that rank all that was ever earned, and about those that people join by something else.
    fn rankings(&mut self) {
        let (program, section) = (self.program, Path::Root.key("boards"));
        let profile = program.profile.iter().flat_map(|profile| [Some(profile.on), profile.published_by]);
        let challenges = program.challenges.values().map(|challenge| Some(challenge.joined_by));
        let others: Vec<_> = profile.chain(challenges).chain([program.sharing.on]).flatten().collect();
        for board in program.boards.values() {
            let path = section.key(&board.name);
            if !board.per_month && program.currencies[board.currency].per == Window::Ever {
                let reason = "ranks all that was ever earned, so newcomers never catch up, and the known become better \
                    known (Merton 1968)";
                self.add(&path, reason, "set `per = \"month\"`, or give the currency a window");
            }
            if board.joined_by.is_some_and(|kind| others.contains(&kind)) {
                let reason = "is a kind with another meaning, so it ranks people who did not ask for it, and consent \
                    decides whether games at work help or hurt (Mollick and Rothbard 2014)";
                self.add(&path.key("joined_by"), reason, "set it to a kind of its own");
            }
        }
    }
}

impl Expression {
    /// Whether a test that `is` accepts must have the answer that it accepts for the expression to hold.
    fn asks(&self, holds: bool, is: &dyn Fn(&Test, bool) -> bool) -> bool {
        let any = |parts: &[Self]| parts.iter().any(|part| part.asks(holds, is));
        let all = |parts: &[Self]| parts.iter().all(|part| part.asks(holds, is));
        match self {
            Self::Not(part) => part.asks(!holds, is),
            Self::Test(test) => is(test, holds),
            Self::All(parts) if holds => any(parts),
            Self::Any(parts) if !holds => any(parts),
            Self::All(parts) | Self::Any(parts) => all(parts),
        }
    }
}

/// Whether a test says that a member in this role is somebody else than another one.
fn sets_apart(test: &Test, holds: bool, role: Role) -> bool {
    let is_role = test.subject == Subject::Role(role);
    match (&test.predicate, holds) {
        (Predicate::Not(operand), true) | (Predicate::Is(operand) | Predicate::Contains(operand), false) => {
            match operand {
                Operand::Role(other) => is_role || *other == role,
                Operand::Attribute(_) => is_role,
                _ => false,
            }
        }
        // Nobody is the same as somebody absent.
        (Predicate::Missing(missing), _) => {
            *missing == holds && matches!(test.subject, Subject::Role(_) | Subject::Attribute(_))
        }
        _ => names_actor(test, holds),
    }
}

/// Whether a test asks for an actor by name.
fn names_actor(test: &Test, holds: bool) -> bool {
    let by_name = matches!(test.predicate, Predicate::Is(Operand::Value(_)) | Predicate::Any(_));
    holds && by_name && test.subject == Subject::Role(Role::Actor)
}

/// Whether a test says that a number is not below 0.
fn is_positive(test: &Test, holds: bool, subject: Subject) -> bool {
    let is = |value: &Value| matches!(value, Value::Integer(number) if *number >= 0);
    test.subject == subject
        && match (&test.predicate, holds) {
            (Predicate::Min(min), true) => *min >= 0,
            (Predicate::Max(max), false) => *max >= -1,
            (Predicate::Is(Operand::Value(value)), true) => is(value),
            (Predicate::Any(values), true) => values.iter().all(is),
            _ => false,
        }
}

impl Definition {
    pub(super) fn kinds_of_rule(&self, rule: Id<Rule>) -> Vec<Id<Kind>> {
        self.kinds.iter().filter(|(_, kind)| kind.rules.contains(&rule)).map(|(id, _)| id).collect()
    }

    pub(super) fn kinds_of_tally(&self, tally: Id<Tally>) -> Vec<Id<Kind>> {
        let counts = |kind: &Kind| kind.tallies.iter().any(|(its, adds)| *its == tally && *adds > 0);
        self.kinds.iter().filter(|(_, kind)| counts(kind)).map(|(id, _)| id).collect()
    }

    /// Whether somebody else than its actor loses points by a kind.
    fn costs_others(&self, kind: Id<Kind>) -> bool {
        let kind = &self.kinds[kind];
        let takes = |rule: &Rule| rule.to != Role::Actor && rule.amount.can_be(|points| points < 0);
        kind.reverses.as_ref().is_some_and(|reverses| !reverses.own)
            || kind.rules.iter().any(|rule| takes(&self.rules[*rule]))
    }
}
