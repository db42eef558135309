//! Why not: which rules gave nothing for an activity, and whether a reverse found anything.

#[cfg(feature = "schema")]
use crate::base::schema::{HasSchema, Schemas, table, wrapped};
use crate::{
    base::{
        from_tree::{FromTree, Reader, deserialize_by_tree, plain_data},
        id_table::Id,
        time::Timestamp,
        tree::Tree,
    },
    engine::{Engine, entry_query::EntryQuery, history::History},
    explain::{cuts::take, evidence::PartLine, limit_line, skip_reason::SkipReason},
    fold::{
        conditions::EvalContext,
        matching::{counts_for, match_activity},
        pass_time,
        pricing::{above_floor, price_within_limits},
    },
    input::activity::Activity,
    program::{
        Amount, Program, Rule, Trigger,
        condition::{Expression, Test},
    },
    state::{ledger::Cause, standing::Counts},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use serde::Serialize;

/// A rule that gave nothing for an activity, and why. [`History::why_not`] lists them.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
/// # let history = engine.history("ada").unwrap();
/// // The third post is too short.
/// let skipped = history.why_not("wiki", "3", "en").unwrap();
/// assert_eq!((skipped[0].rule.as_str(), skipped[0].name.as_str()), ("blog", "A blog post"));
/// assert_eq!(skipped[0].text, "`if.words.min` was not met (found `80`)");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SkippedRule {
    /// The rule.
    pub rule: String,
    /// Its name in the reader's locale.
    pub name: String,
    /// The member's role in the activity.
    pub role: String,
    /// What kept the rule from giving.
    pub because: SkipReason,
    /// The same in one sentence in English.
    pub text: String,
}

plain_data! { SkippedRule { rule, name, role, because, text } }

/// A test that did not hold.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
/// # let history = engine.history("ada").unwrap();
/// let skipped = history.why_not("wiki", "3", "en").unwrap();
/// let SkipReason::Condition(tests) = &skipped[0].because else { panic!() };
/// assert_eq!((tests[0].path.as_str(), tests[0].found.as_deref()), ("/rules/blog/if/words/min", Some("80")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FailedTest {
    /// Where it stands in the program, as a JSON Pointer.
    pub path: String,
    /// The value that it found. Absent if there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// The side that was absent, so that the test had no answer: `words`, or `@owner` on the right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub absent: Option<String>,
}

plain_data! { FailedTest { path, found, absent } }

/// Why something was not given. [`Engine::why_not`] answers it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// let query = EntryQuery::of_badge("writer");
/// let Some(WhyNot::Badge(parts)) = engine.why_not("bob", &query, now, "en") else { panic!() };
/// assert_eq!((parts[0].value, parts[0].goal), (1, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum WhyNot {
    /// The parts of the badge's next goal, and what has counted so far.
    #[serde(rename = "parts")]
    Badge(Vec<PartLine>),
    /// The rules of the activity's kind that gave nothing, and why.
    #[serde(rename = "skips")]
    Activity(Vec<SkippedRule>),
}

impl FromTree for WhyNot {
    fn read(tree: &Tree<'_>, reader: &mut Reader) -> Self {
        reader.table(tree);
        match tree.get("skips") {
            Some(_) => Self::Activity(reader.required(tree, "skips")),
            None => Self::Badge(reader.required(tree, "parts")),
        }
    }
}

#[cfg(feature = "schema")]
impl HasSchema for WhyNot {
    fn schema(schemas: &mut Schemas) -> Tree<'static> {
        schemas.reference("WhyNot", |schemas| {
            let badge = wrapped("parts", Vec::<PartLine>::schema(schemas));
            let activity = wrapped("skips", Vec::<SkippedRule>::schema(schemas));
            table([("oneOf", Tree::List(Vec::from([badge, activity])))])
        })
    }
}

deserialize_by_tree!(WhyNot);

impl History {
    /// The rules that gave nothing for an activity, and why: every rule of the activity's kind whose role the member
    /// has. Names are in the reader's locale. `None` if the record has no such activity.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
    /// # let history = engine.history("ada").unwrap();
    /// // Ada wrote a second post on the same day.
    /// let skipped = history.why_not("wiki", "2", "en").unwrap();
    /// assert_eq!(skipped[0].text, "limit `blog` allows 1 time per day and was reached");
    /// assert_eq!(history.why_not("wiki", "4", "en"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_not(&self, source: &str, id: &str, locale: &str) -> Option<Vec<SkippedRule>> {
        let program = &self.program;
        let index = self.index_of(source, id)?;
        let activity = self.activities.get(index)?;
        let mut before = self.fold_to(index);
        let after = self.fold_on(before.clone(), index + 1);
        // A backfill gives its points later, for the activities that are alive then.
        let by_now = self.fold_on(after.clone(), self.activities.len());
        pass_time(program, &mut before.standing, activity.at(), &mut before.ledger);
        let gave = |rule: Id<Rule>| {
            let deferred = &after.standing.counts.personal.deferred;
            by_now.ledger.iter().any(|entry| entry.cause == Cause::Rule(rule) && entry.origin == activity.origin)
                || deferred.iter().any(|award| award.rule == rule && award.origin == activity.origin)
        };
        let context = EvalContext { program, standing: &before.standing, activity };
        let matched = match_activity(context, &self.member, None);
        let mut counts = before.standing.counts.clone();
        let mut skips = Vec::new();
        for id in &program.kinds[activity.origin.kind].rules {
            let rule = &program.rules[*id];
            let Trigger::On(condition) = &rule.trigger else { continue };
            if !activity.names(&self.member, rule.to) {
                continue;
            }
            let because = if program.sharing.earns_nothing(&self.member) {
                SkipReason::Account
            } else if matched.rules(program).flatten().any(|giver| giver.rule == *id) {
                nothing(program, &mut counts, *id, activity)
            } else if !counts_for(&rule.version, activity) {
                SkipReason::Version
            } else {
                SkipReason::Condition(
                    condition.as_ref().map_or_else(Vec::new, |condition| failed(&condition.test, context)),
                )
            };
            if !gave(*id) {
                let text = because.sentence();
                let name = Cause::Rule(*id).name(program, locale).into();
                let role = program.role_name(rule.to).into();
                skips.push(SkippedRule { rule: rule.name.to_string(), name, role, because, text });
            }
        }
        Some(skips)
    }

    /// Whether a reverse of this record found anything to reverse. `None` if the record has no such activity, or if
    /// its kind reverses nothing.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writers.rs"));
    /// // To publish a post reverses nothing.
    /// assert_eq!(engine.history("ada").unwrap().found_target("wiki", "1"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn found_target(&self, source: &str, id: &str) -> Option<bool> {
        let index = self.index_of(source, id)?;
        self.program.kinds[self.activities.get(index)?.origin.kind].reverses.as_ref()?;
        Some(!self.fold_to(index + 1).reversals.targets_of(index).is_empty())
    }
}

impl Engine {
    /// Why a member was not given the badge that a query names, with what time alone brought until `now`. Or, if the
    /// query names a source and an activity, why rules gave nothing for it.
    ///
    /// `None` if the query names neither, or what it names is unknown, or no goal of the badge is ahead.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/daily_limit.rs"));
    /// # let history = engine.history("ada").unwrap();
    /// // Ada wrote a second post on the same day.
    /// let second = EntryQuery { source: Some("wiki".into()), activity: Some("2".into()), ..EntryQuery::default() };
    /// let now = "2026-03-09T12:00:00Z".parse()?;
    /// let Some(WhyNot::Activity(skipped)) = engine.why_not("ada", &second, now, "en") else { panic!() };
    /// assert!(matches!(skipped[0].because, SkipReason::Limit(_)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn why_not(&self, member: &str, query: &EntryQuery, now: Timestamp, locale: &str) -> Option<WhyNot> {
        let history = self.history(member)?;
        match query {
            EntryQuery { badge: Some(badge), .. } => {
                let outlook = history.why_not_badge(badge, now, locale);
                outlook.map(|outlook| WhyNot::Badge(outlook.parts))
            }
            EntryQuery { source: Some(source), activity: Some(activity), .. } => {
                history.why_not(source, activity, locale).map(WhyNot::Activity)
            }
            _ => None,
        }
    }
}

/// Why a rule whose condition holds gives nothing. Uses up its limits, as the fold does.
fn nothing(program: &Program, counts: &mut Counts, id: Id<Rule>, activity: &Activity) -> SkipReason {
    let time = activity.origin.time;
    let Some(priced) = price_within_limits(program, counts, id, time, Some(activity)) else {
        let attribute = program.rules[id].amount.attribute().map(|id| program.attributes[id].name.to_string());
        return attribute.map_or(SkipReason::Amount, |attribute| SkipReason::Absent { attribute });
    };
    let because = match priced.blocking_limit {
        Some(limit) => SkipReason::Limit(limit_line(program, counts, limit, id, activity)),
        None if priced.points == 0 => match program.rules[id].amount {
            Amount::By { best: Some(_), .. } => SkipReason::Best,
            _ => SkipReason::Amount,
        },
        None => match program.currencies[priced.currency].floor {
            Some(floor) if above_floor(program, counts, &priced, time) == 0 => SkipReason::Floor { floor },
            _ => SkipReason::Balanced,
        },
    };
    take(program, counts, id, &priced, activity);
    because
}

pub(crate) fn failed(test: &Expression, context: EvalContext<'_>) -> Vec<FailedTest> {
    let mut tests = Vec::new();
    test.failing(context, &mut tests);
    let failed =
        |test: &Test| FailedTest { path: test.path.clone(), found: test.found(context), absent: test.absent(context) };
    tests.into_iter().map(failed).collect()
}
