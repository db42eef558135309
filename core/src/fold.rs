//! Fold: a member's activities in order become a standing and a ledger.

use crate::{
    activity::Activity,
    decide::{Answers, Look, Matched, Watchers, each_once, gift, matched, reached, watchers},
    eval::Scene,
    ledger::{Cause, Entry},
    lives::Lives,
    order::sort_by,
    program::{Badge, Program, Rule, Trigger, Watcher},
    standing::{Counts, Held, Standing},
    table::Id,
    text::Text,
};
use alloc::{sync::Arc, vec::Vec};

/// The state of the fold over one member's activities: what the next one changes.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    pub(crate) standing: Standing,
    pub(crate) ledger: Vec<Entry>,
    pub(crate) lives: Lives,
    /// The answers that conditions on the member's own standing gave, by activity, for those that have any.
    /// By rising index.
    answers: Vec<(usize, Answers)>,
}

impl Fold {
    pub(crate) fn new(program: &Program) -> Self {
        Self { standing: Standing::new(program), ledger: Vec::new(), lives: Lives::default(), answers: Vec::new() }
    }

    /// The fold of the first `count` activities.
    pub(crate) fn of(program: &Program, member: &str, activities: &[Arc<Activity>], count: usize) -> Self {
        let mut fold = Self::new(program);
        for index in 0..count.min(activities.len()) {
            fold.step(program, member, activities, index);
        }
        fold
    }

    /// Takes in the activity at an index; all before it have been.
    pub(crate) fn step(&mut self, program: &Program, member: &str, activities: &[Arc<Activity>], index: usize) {
        let Some(activity) = activities.get(index) else { return };
        let scene = Scene { program, standing: &self.standing, activity };
        let matched = matched(scene, member, None);
        if !matched.answers.is_empty() {
            self.answers.push((index, matched.answers.clone()));
        }
        if self.lives.reverse(program, activities, index) {
            self.rework(program, member, activities, index);
        } else {
            advance(program, member, &mut self.standing, activity, matched, &mut self.ledger);
        }
    }

    /// The answers that conditions on the member's own standing gave at an activity.
    pub(crate) fn answers_at(&self, index: usize) -> Option<&Answers> {
        let place = self.answers.partition_point(|(earlier, _)| *earlier < index);
        self.answers.get(place).filter(|(at, _)| *at == index).map(|(_, answers)| answers)
    }

    /// Works out points, tallies, limits and profile again over what still lives, and books the difference under the activity
    /// that reversed. Badges and levels are kept, except live ones.
    fn rework(&mut self, program: &Program, member: &str, activities: &[Arc<Activity>], index: usize) {
        let mut counts = Counts::new(program);
        let mut given = alloc::vec![0_i64; program.rules.len()];
        let mut add = |rule: Id<Rule>, points: i64| {
            if let Some(sum) = given.get_mut(rule.index()) {
                *sum += points;
            }
        };
        for (earlier, activity) in
            activities.iter().enumerate().take(index + 1).filter(|(earlier, _)| self.lives.lives(*earlier))
        {
            let scene = Scene { program, standing: &self.standing, activity };
            let matched = matched(scene, member, self.answers_at(earlier));
            count(program, member, &mut counts, activity, matched, |rule, _, points| add(rule, points));
        }
        for entry in &self.ledger {
            if let Cause::Rule(rule) = entry.cause {
                add(rule, -entry.points);
            }
        }
        self.standing.counts = counts;
        let Some(activity) = activities.get(index) else { return };
        for ((id, rule), points) in program.rules.iter().zip(given).filter(|(_, points)| *points != 0) {
            self.standing.add_to_month(program, rule.currency, activity, points);
            self.ledger.push(Entry { activity: activity.clone(), cause: Cause::Rule(id), object: None, points });
        }
        let all = program.badges.iter().map(|(id, _)| (Watcher::Badge(id), Look::All)).collect();
        climb_and_award(program, &mut self.standing, activity, all, &mut self.ledger);
        self.standing.pass(activity);
    }
}

/// Takes in an activity that reverses nothing and comes after all others.
pub(crate) fn advance(
    program: &Program,
    member: &str,
    standing: &mut Standing,
    activity: &Arc<Activity>,
    matched: Matched,
    ledger: &mut Vec<Entry>,
) {
    let first = ledger.len();
    let watchers = count(program, member, &mut standing.counts, activity, matched, |rule, object, points| {
        ledger.push(Entry { activity: activity.clone(), cause: Cause::Rule(rule), object, points });
    });
    for entry in ledger.get(first..).unwrap_or_default() {
        if let Cause::Rule(rule) = entry.cause {
            standing.add_to_month(program, program.rules[rule].currency, activity, entry.points);
        }
    }
    climb_and_award(program, standing, activity, watchers, ledger);
    standing.pass(activity);
}

/// Counts an activity and gives what rules give for it. Returns who is to be looked at, badges among them.
fn count(
    program: &Program,
    member: &str,
    counts: &mut Counts,
    activity: &Activity,
    matched: Matched,
    mut give: impl FnMut(Id<Rule>, Option<Text>, i64),
) -> Watchers {
    // Of their profile, publishing and boards members speak for themselves alone.
    let speaks = activity.actor.as_deref() == Some(member);
    let watchers = watchers(program, &matched.tallies, speaks && !activity.profile.is_empty());
    for (slot, change) in matched.tallies {
        counts.count(slot, change);
    }
    if speaks {
        say(program, counts, activity);
    }
    for rule in matched.rules {
        let gift = gift(program, counts, rule, activity);
        counts.give(&gift);
        if gift.points != 0 {
            give(rule, None, gift.points);
        }
    }
    for (watcher, look) in &watchers {
        let Watcher::Rule(id) = *watcher else { continue };
        let Trigger::When(goal) = &program.rules[id].trigger else { continue };
        for object in reached(program, counts, 0, goal, *look, activity) {
            let object = if goal.each { object } else { None };
            if counts.reach(id, object.clone()) {
                let gift = gift(program, counts, id, activity);
                counts.give(&gift);
                if gift.points != 0 {
                    give(id, object, gift.points);
                }
            }
        }
    }
    watchers
}

/// Takes in what a member says of themselves: profile fields, publishing, boards.
fn say(program: &Program, counts: &mut Counts, activity: &Activity) {
    for (field, state) in &activity.profile {
        if let Some(place) = counts.fields.get_mut(field.index()) {
            *place = *state;
        }
    }
    if let Some(profile) = &program.profile {
        if profile.published_by == Some(activity.kind) {
            counts.published = true;
        } else if profile.hidden_by == Some(activity.kind) {
            counts.published = false;
        }
    }
    for (board, joined) in program.boards.values().zip(&mut counts.boards) {
        if board.joined_by == activity.kind {
            *joined = true;
        } else if board.left_by == activity.kind {
            *joined = false;
        }
    }
}

/// Levels that the totals have reached, then badges: those see the standing after all else.
fn climb_and_award(
    program: &Program,
    standing: &mut Standing,
    activity: &Arc<Activity>,
    mut watchers: Watchers,
    ledger: &mut Vec<Entry>,
) {
    let height = program.levels_at(&standing.counts.totals);
    while standing.level < height {
        let Some((level, _)) = program.level_after(standing.level) else { break };
        standing.level += 1;
        ledger.push(Entry { activity: activity.clone(), cause: Cause::Level(level), object: None, points: 0 });
        watchers.extend(program.on_level.iter().map(|badge| (Watcher::Badge(*badge), Look::All)));
    }
    each_once(&mut watchers);
    for (watcher, look) in watchers {
        if let Watcher::Badge(badge) = watcher {
            award(program, standing, activity, badge, look, ledger);
        }
    }
}

/// How far a badge is reached: for which object it is held, how many of its goals from the lowest, and with which object.
struct Step {
    key: Option<Text>,
    goals: usize,
    object: Option<Text>,
}

/// The steps of a badge as they stand now, in order of their keys.
fn steps(program: &Program, standing: &Standing, activity: &Activity, id: Id<Badge>, look: Look) -> Vec<Step> {
    let badge = &program.badges[id];
    let each = badge.goals.iter().any(|(_, goal)| goal.each);
    // A live badge that is given once may go on resting on another object, so all are looked at.
    let look = if badge.live && !each { Look::All } else { look };
    let mut steps = Vec::new();
    if badge.live {
        let looked_at = |object: Option<&Text>| look == Look::All || object == activity.object.as_ref();
        let held = standing.held(id).filter(|(object, _)| looked_at(*object));
        steps.extend(held.map(|(object, _)| Step { key: object.cloned(), goals: 0, object: None }));
    }
    for (index, (_, goal)) in badge.goals.iter().enumerate() {
        for object in reached(program, &standing.counts, standing.level, goal, look, activity) {
            let key = if each { object.clone() } else { None };
            steps.push(Step { key, goals: index + 1, object });
        }
    }
    // Of each key the highest; of equal ones the first object.
    sort_by(&mut steps, |a, b| a.key.cmp(&b.key).then(b.goals.cmp(&a.goals)));
    steps.dedup_by(|a, b| a.key == b.key);
    steps
}

/// Gives the grades of a badge that were reached, and takes those of a live badge that no longer hold.
fn award(
    program: &Program,
    standing: &mut Standing,
    activity: &Arc<Activity>,
    id: Id<Badge>,
    look: Look,
    ledger: &mut Vec<Entry>,
) {
    let badge = &program.badges[id];
    for Step { key, goals: reached, object } in steps(program, standing, activity, id, look) {
        let before = standing.badges.get(&(id, key.clone())).map_or(0, |held| badge.height(held.grade));
        let entry = |cause, object| Entry { activity: activity.clone(), cause, object, points: 0 };
        let grade_at = |step: usize| badge.goals.get(step).and_then(|(grade, _)| *grade);
        for step in before..reached {
            ledger.push(entry(Cause::Badge(id, grade_at(step)), object.clone()));
        }
        if badge.live {
            for step in (reached..before).rev() {
                ledger.push(entry(Cause::Taken(id, grade_at(step)), key.clone()));
            }
        }
        if reached > before || (badge.live && 0 < reached && reached < before) {
            let held = Held {
                grade: grade_at(reached - 1),
                at: activity.at(),
                source: activity.source.clone(),
                id: activity.id.clone(),
            };
            standing.badges.insert((id, key), held);
        } else if badge.live && reached == 0 {
            standing.badges.remove(&(id, key));
        }
    }
}
