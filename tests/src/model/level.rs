//! Levels: their order, what each asks for, and which of them a member holds.

use super::{
    goal::{Asked, any_of},
    member::{Look, Member, integer, table},
    walk::Walk,
};
use serde_json::{Value, json};

/// A level of the program, or one that repeats it.
pub(super) struct Level {
    pub(super) name: String,
    /// What it asks for; one of several is enough.
    goals: Vec<Value>,
    /// The total of its `min`.
    min: Option<i64>,
    live: bool,
}

impl Member<'_> {
    /// The levels from the lowest up.
    pub(super) fn levels(&self) -> Vec<Level> {
        let mut levels: Vec<Level> =
            table(&self.program["levels"]).iter().flat_map(|(name, level)| rungs(name, level)).collect();
        if levels.iter().all(|level| level.min.is_some()) {
            levels.sort_by_key(|level| level.min);
        }
        levels
    }

    /// The goals that time alone may reach.
    pub(super) fn goals_of_levels(&self) -> Vec<Value> {
        self.levels().into_iter().filter(|level| level.min.is_none()).flat_map(|level| level.goals).collect()
    }
}

/// A level, and those that repeat it.
fn rungs(name: &str, level: &Value) -> Vec<Level> {
    let live = level["live"] == true;
    let Some((currency, min)) = table(&level["min"]).iter().next() else {
        let goals = any_of(&level["when"]).into_iter().cloned().collect();
        return vec![Level { name: name.to_owned(), goals, min: None, live }];
    };
    let repeat = &level["repeat"];
    let number = |key: &str, default: i64| repeat[key].as_i64().unwrap_or(default);
    // The totals, worked out from the steps between them.
    let steps = std::iter::successors(Some(number("step", 0)), |step| {
        Some(step * number("percent", 100) / 100 + number("plus", 0))
    });
    let steps: Vec<i64> = steps.take(usize::try_from(number("count", 1)).expect("a few") - 1).collect();
    (0..=steps.len())
        .map(|rank| {
            let total = integer(min) + steps[..rank].iter().sum::<i64>();
            let name = if rank == 0 { name.to_owned() } else { format!("{name}-{}", rank + 1) };
            Level { name, goals: vec![json!({ currency: total })], min: Some(total), live }
        })
        .collect()
}

impl Walk<'_> {
    /// Books the levels that are reached, and the live levels that no longer hold. Returns whether there are any.
    ///
    /// A total is compared each time, and goals when they are looked at. A level that is not live stays once it is
    /// reached; above those, each holds only if the ones below it do.
    pub(super) fn climb(&mut self, look: &Look) -> bool {
        let levels = self.member.levels();
        let goals: Vec<&Value> = levels.iter().flat_map(|level| &level.goals).collect();
        let by_total = levels.iter().all(|level| level.min.is_some());
        if !by_total && matches!(self.member.asks(&goals, false, look), Asked::No) {
            return false;
        }
        let before = self.levels.clone();
        let mut below = true;
        for level in &levels {
            if !level.live && before.contains(&level.name) {
                continue;
            }
            below = below && level.goals.iter().any(|goal| self.member.times(goal, look, None) > 0);
            if below && self.levels.insert(level.name.clone()) {
                self.push(self.line(look.now, "level", &level.name), look.now.at);
            }
            if !below {
                self.levels.remove(&level.name);
            }
        }
        for level in levels.iter().rev().filter(|level| before.contains(&level.name)) {
            if !self.levels.contains(&level.name) {
                let mut line = self.line(look.now, "level", &level.name);
                line.taken = true;
                self.push(line, look.now.at);
            }
        }
        before != self.levels
    }

    /// The rank of the highest level held, 0 for none.
    pub(super) fn level(&self) -> usize {
        let levels = self.member.levels();
        levels.iter().rposition(|level| self.levels.contains(&level.name)).map_or(0, |highest| highest + 1)
    }
}
