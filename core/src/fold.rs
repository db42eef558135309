//! Fold: a member's activities in order become a standing and a ledger.

use crate::{
    activity::Activity,
    decide::{Answers, Matched, Touched, gift, matched, reached},
    eval::Scene,
    ledger::{Cause, Entry},
    lives::Lives,
    program::{Badge, Grade, Program, Rule, Trigger, Watcher},
    standing::{Counts, Held, Standing},
    table::Id,
    text::Text,
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    vec::Vec,
};

/// The state of the fold over one member's activities: what the next one changes.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    pub(crate) standing: Standing,
    pub(crate) ledger: Vec<Entry>,
    pub(crate) lives: Lives,
    /// The answers that conditions on the member's own standing gave, by activity, for those that have any.
    answers: BTreeMap<usize, Answers>,
}

/// Who is looked at again after an activity, and for which objects (`None`: all).
type Watchers = BTreeMap<Watcher, Option<BTreeSet<Text>>>;

impl Fold {
    pub(crate) fn new(program: &Program) -> Self {
        Self { standing: Standing::new(program), ledger: Vec::new(), lives: Lives::default(), answers: BTreeMap::new() }
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
            self.answers.insert(index, matched.answers.clone());
        }
        if self.lives.reverse(program, activities, index) {
            self.rework(program, member, activities, index);
        } else {
            advance(program, member, &mut self.standing, activity, matched, &mut self.ledger);
        }
    }

    /// The answers that conditions on the member's own standing gave at an activity.
    pub(crate) fn answers_at(&self, index: usize) -> Option<&Answers> {
        self.answers.get(&index)
    }

    /// Works out points, tallies, limits and profile again over what still lives, and books the difference under the activity
    /// that reversed. Badges and levels are kept, except live ones.
    fn rework(&mut self, program: &Program, member: &str, activities: &[Arc<Activity>], index: usize) {
        let mut counts = Counts::new(program);
        let mut given: BTreeMap<Id<Rule>, i64> = BTreeMap::new();
        for (earlier, activity) in
            activities.iter().enumerate().take(index + 1).filter(|(earlier, _)| self.lives.lives(*earlier))
        {
            let scene = Scene { program, standing: &self.standing, activity };
            let matched = matched(scene, member, self.answers.get(&earlier));
            count(program, member, &mut counts, activity, matched, |rule, _, points| {
                *given.entry(rule).or_insert(0) += points
            });
        }
        for entry in &self.ledger {
            if let Cause::Rule(rule) = entry.cause {
                *given.entry(rule).or_insert(0) -= entry.points;
            }
        }
        self.standing.counts = counts;
        let Some(activity) = activities.get(index) else { return };
        for (rule, points) in given.into_iter().filter(|(_, points)| *points != 0) {
            self.standing.add_to_month(program, program.rules[rule].currency, activity, points);
            self.ledger.push(Entry { activity: activity.clone(), cause: Cause::Rule(rule), object: None, points });
        }
        let all = program.badges.iter().map(|(id, _)| (Watcher::Badge(id), None)).collect();
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

/// Counts an activity and gives what rules give for it. Returns the badges that are to be looked at.
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
    let mut touched =
        Touched { tallies: Vec::with_capacity(matched.tallies.len()), profile: speaks && !activity.profile.is_empty() };
    for (key, change) in matched.tallies {
        if !program.tallies[key.tally].watchers.is_empty() {
            touched.tallies.push((key.tally, key.object.clone()));
        }
        counts.count(key, change);
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
    let mut watchers = touched.watchers(program);
    let badges = watchers.split_off(&Watcher::Badge(Id::FIRST));
    for (watcher, objects) in watchers {
        let Watcher::Rule(id) = watcher else { continue };
        let Trigger::When(goal) = &program.rules[id].trigger else { continue };
        for object in reached(program, counts, 0, goal, objects.as_ref(), activity.time) {
            let object = if goal.each { object } else { None };
            if counts.reached.insert((id, object.clone())) {
                let gift = gift(program, counts, id, activity);
                counts.give(&gift);
                if gift.points != 0 {
                    give(id, object, gift.points);
                }
            }
        }
    }
    badges
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
        watchers.extend(program.on_level.iter().map(|badge| (Watcher::Badge(*badge), None)));
    }
    for (watcher, objects) in watchers {
        if let Watcher::Badge(badge) = watcher {
            award(program, standing, activity, badge, objects.as_ref(), ledger);
        }
    }
}

/// Gives the grades of a badge that were reached, and takes those of a live badge that no longer hold.
fn award(
    program: &Program,
    standing: &mut Standing,
    activity: &Arc<Activity>,
    id: Id<Badge>,
    objects: Option<&BTreeSet<Text>>,
    ledger: &mut Vec<Entry>,
) {
    let badge = &program.badges[id];
    let each = badge.goals.iter().any(|(_, goal)| goal.each);
    // A live badge that is given once may go on resting on another object, so all are looked at.
    let objects = if badge.live && !each { None } else { objects };
    // For each key how many goals, from the lowest, are reached, and with which object.
    let mut steps: BTreeMap<Option<Text>, (usize, Option<Text>)> = BTreeMap::new();
    for (index, (_, goal)) in badge.goals.iter().enumerate() {
        for object in reached(program, &standing.counts, standing.level, goal, objects, activity.time) {
            let key = if each { object.clone() } else { None };
            let step = steps.entry(key).or_default();
            if step.0 < index + 1 {
                *step = (index + 1, object);
            }
        }
    }
    if badge.live {
        let looked_at =
            |object: Option<&Text>| objects.zip(object).is_none_or(|(objects, object)| objects.contains(object));
        for (object, _) in standing.held(id).filter(|(object, _)| looked_at(*object)) {
            steps.entry(object.cloned()).or_default();
        }
    }
    for (key, (reached, object)) in steps {
        let before = standing.badges.get(&(id, key.clone())).map_or(0, |held| height(badge, held.grade));
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

/// How many goals of a badge a grade has reached, from the lowest.
fn height(badge: &Badge, grade: Option<Grade>) -> usize {
    badge.goals.iter().position(|(its, _)| *its == grade).map_or(0, |index| index + 1)
}
