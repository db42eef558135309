//! Texts: the names and ids in a standing, for a sum that is kept without its activities.

use crate::{
    base::{sort::sort, text::Text},
    input::origin::{Origin, Stamp},
    program::{Counted, Counter, Definition, Distinct, Key, Measure, Program, Watcher, value::AttributeType},
    state::{
        counters::{Count, Counters},
        standing::Standing,
    },
};
use alloc::{boxed::Box, sync::Arc, vec::Vec};

/// What a text in a sum names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SumText {
    /// A member.
    Member,
    /// The object of an activity.
    Object,
    /// Something else, such as a topic or the value of an attribute.
    Other,
}

/// Gets a text, and what it names. It may put another one there.
type Replace<'r> = &'r dyn Fn(&mut Text, SumText);

impl Standing {
    /// The standing without the sources and ids of activities. Its moments stay.
    ///
    /// Every later activity has a later moment, so what orders activities of one moment is no longer asked for.
    pub(crate) fn without_ids(mut self, program: &Program) -> Self {
        let strip = |stamp: &Stamp| Stamp { source: "".into(), id: "".into(), sequence: None, ..stamp.clone() };
        let kept = |origin: &Origin| Arc::new(Origin::kept(program, strip(&origin.stamp)));
        self.last = self.last.as_ref().map(strip);
        self.badges.values_mut().for_each(|held| held.origin = kept(&held.origin));
        if !self.counts.personal.deferred.is_empty() {
            self.counts.personal.deferred.iter_mut().for_each(|award| award.origin = kept(&award.origin));
        }
        if self.counts.personal.consent.moment.is_some() {
            let consent = &mut self.counts.personal.consent;
            (consent.moment, consent.stated) = (None, Vec::new());
        }
        self
    }

    /// Hands each text to `replace`.
    pub(crate) fn each_text(&mut self, program: &Program, replace: Replace<'_>) {
        self.counts.counters = self.counts.counters.replaced(program, replace);
        for ((badge, mut key), held) in self.badges.take() {
            if let Some(key) = &mut key {
                replace(key, of_goals(program, Watcher::Badge(badge)));
            }
            self.badges.insert((badge, key), held);
        }
        let personal = &self.counts.personal;
        if personal.claims.is_empty() && personal.declined.is_empty() && personal.declined_steps.is_empty() {
            return;
        }
        let personal = &mut *self.counts.personal;
        let texts = personal.claims.iter_mut().chain(&mut personal.declined).chain(&mut personal.declined_steps);
        texts.for_each(|text| replace(text, SumText::Other));
        sort(&mut personal.declined);
        sort(&mut personal.declined_steps);
    }
}

impl Counters {
    fn replaced(&self, program: &Program, replace: Replace<'_>) -> Self {
        let mut counters = Self::new(program);
        for (mut slot, count) in self.all() {
            if let Some(key) = &mut slot.key {
                replace(key, slot.counter.keys_name(program));
            }
            let count = match (count, slot.counter) {
                (Count::Distinct(seen), Counter::Tally(id)) => {
                    let names = match program.tallies[id].counts {
                        Counted::Distinct(Distinct::Key(key)) => SumText::of(program, Some(key)),
                        _ => SumText::Other,
                    };
                    let with_new = |(text, at): (&Text, &_)| {
                        let mut text = text.clone();
                        replace(&mut text, names);
                        (text, *at)
                    };
                    Count::Distinct(Box::new(seen.iter().map(with_new).collect()))
                }
                _ => count.clone(),
            };
            counters.put(slot, count);
        }
        counters
    }
}

impl SumText {
    fn of(program: &Definition, key: Option<Key>) -> Self {
        match key {
            Some(Key::Role(_)) => Self::Member,
            Some(Key::Attribute(id)) if program.attributes[id].value_type == AttributeType::Member => Self::Member,
            Some(Key::Object) => Self::Object,
            Some(Key::Attribute(_)) | None => Self::Other,
        }
    }
}

impl Counter {
    /// What its keys name.
    pub(crate) fn keys_name(self, program: &Definition) -> SumText {
        match self {
            Self::Tally(id) => SumText::of(program, program.tallies[id].scope.key),
            Self::Limit(id) => SumText::of(program, program.limits[id].scope.key),
            Self::Nth(id) => SumText::of(program, program.rules[id].amount.scope().and_then(|scope| scope.key)),
            Self::Goal(id) => of_goals(program, Watcher::Rule(id)),
            Self::Reward(_) | Self::Approved => SumText::Object,
            Self::WasTrue(_) | Self::Shown(_) => SumText::Other,
        }
    }
}

/// What the keys name for which a goal is given.
fn of_goals(program: &Definition, watcher: Watcher) -> SumText {
    let parts = program.goals_of(watcher).into_iter().flat_map(|goal| &goal.parts);
    let mut keys = parts.filter_map(|part| match part.measure {
        Measure::Tally(tally) => program.tallies[tally].scope.key,
        Measure::Total(_) => None,
    });
    SumText::of(program, keys.next())
}
