//! Give: whether an activity is within what its actor may give. The host asks before it records the activity; the fold
//! counts what was decided.

use crate::{
    base::{id_table::Id, text::Text, time::Time},
    engine::Engine,
    fold::{
        conditions::EvalContext,
        matching::{match_anyone, tally_change, tally_slots},
    },
    input::activity::Activity,
    program::{Allowance, Counter, OtherProgram, Tally},
    state::standing::{Counts, Standing},
};
use alloc::{string::String, vec::Vec};

/// Why an activity exceeds what its actor may give.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
/// use serde_json::json;
///
/// // Ada may give 10 points a month, and gave 7.
/// let thanks = engine.program().read_own(&json!({
///     "source": "wiki", "id": "2", "at": "2026-03-09T09:30:00Z", "kind": "kudos.given", "actor": "ada",
///     "recipients": ["bob"], "attributes": {"amount": 5}
/// }))?;
/// let error = engine.can_give(&thanks).unwrap_err();
/// assert_eq!(error, NotGivable::TooMuch { allowance: "kudos".into(), needed: 5, left: 3, key: None });
/// assert_eq!(error.to_string(), "5 of `kudos` are needed, and 3 are left");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotGivable {
    /// More than is left of an allowance.
    #[error("{needed} of `{allowance}` are needed, and {left} are left{}", OfKey(.key.as_deref()))]
    TooMuch {
        /// The allowance.
        allowance: String,
        /// How much of it the activity needs.
        needed: i64,
        /// How much of it is left, at least 0.
        left: i64,
        /// The key for which so much is left, such as a recipient. `None` if it is left for all keys together.
        key: Option<String>,
    },
    /// The activity was read by another program.
    #[error(transparent)]
    OtherProgram(#[from] OtherProgram),
}

struct OfKey<'a>(Option<&'a str>);

impl core::fmt::Display for OfKey<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.map_or(Ok(()), |key| write!(f, " for `{key}`"))
    }
}

impl Standing {
    /// Whether an activity is within the allowances of its actor, whose standing this is. The activity is not recorded.
    ///
    /// Between this question and the record, the host takes no other activity of this member. An account that earns
    /// nothing has nothing to give.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
    /// use serde_json::json;
    ///
    /// // Bob may give 10 points a month, and gave none.
    /// let thanks = engine.program().read_own(&json!({
    ///     "source": "wiki", "id": "2", "at": "2026-03-09T09:30:00Z", "kind": "kudos.given", "actor": "bob",
    ///     "recipients": ["ada"], "attributes": {"amount": 5}
    /// }))?;
    /// assert!(engine.standing("bob").unwrap().can_give(&thanks).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotGivable`] says which allowance is in the way.
    pub fn can_give(&self, activity: &Activity) -> Result<(), NotGivable> {
        let program = &self.program;
        if activity.program() != program {
            return Err(NotGivable::OtherProgram(OtherProgram));
        }
        let Some(giver) = activity.actor() else { return Ok(()) };
        let matched = match_anyone(EvalContext { program, standing: self, activity }, giver, None);
        for entry in matched.tallies(program).flatten() {
            let allowances = program.allowances.values().filter(|allowance| allowance.tally == entry.tally);
            for allowance in allowances {
                self.is_within(allowance, activity, entry.adds)?;
            }
        }
        Ok(())
    }

    /// Counts an activity in a copy of the counts, and compares what is then given with an allowance.
    fn is_within(&self, allowance: &Allowance, activity: &Activity, adds: i64) -> Result<(), NotGivable> {
        let (program, id, time) = (&self.program, allowance.tally, activity.origin.time);
        let tally = &program.tallies[id];
        let Some(change) = tally_change(program, tally, activity, adds) else { return Ok(()) };
        let mut after = self.counts.clone();
        let mut keys = Vec::new();
        for slot in tally_slots(program, id, activity) {
            after.count(program, id, slot.key.as_ref(), slot.window, &change, activity.at());
            keys.extend(slot.key);
        }
        let has_none = activity.actor().is_some_and(|giver| program.sharing.earns_nothing(giver));
        let too_much = |most: Option<i64>, before: i64, after: i64, key: Option<&Text>| match most
            .map(|most| if has_none { 0 } else { most })
        {
            Some(most) if after > most && after > before => Err(NotGivable::TooMuch {
                allowance: String::from(allowance.name.as_str()),
                needed: after.saturating_sub(before),
                left: most.saturating_sub(before).max(0),
                key: key.map(|key| String::from(key.as_str())),
            }),
            _ => Ok(()),
        };
        let before = &self.counts;
        for key in &keys {
            let value = |counts: &Counts| counts.tally(program, id, Some(key), time);
            too_much(allowance.each, value(before), value(&after), Some(key))?;
        }
        too_much(allowance.most, before.given(program, id, time), after.given(program, id, time), None)
    }
}

impl Counts {
    /// The value of a tally at a time, for all its keys together.
    pub(crate) fn given(&self, program: &crate::program::Program, id: Id<Tally>, time: Time) -> i64 {
        if program.tallies[id].scope.key.is_none() {
            return self.tally(program, id, None, time);
        }
        let mut keys: Vec<_> = self.counters.keys(Counter::Tally(id)).collect();
        keys.dedup();
        keys.into_iter().fold(0, |sum: i64, key| sum.saturating_add(self.tally(program, id, Some(key), time)))
    }
}

impl Engine {
    /// Whether an activity is within the allowances of its actor, as [`Standing::can_give`].
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
    /// use serde_json::json;
    ///
    /// // Ada may give 10 points a month, and gave 7 in March.
    /// let line = json!({
    ///     "source": "wiki", "id": "2", "at": "2026-04-01T09:30:00Z", "kind": "kudos.given", "actor": "ada",
    ///     "recipients": ["bob"], "attributes": {"amount": 10}
    /// });
    /// assert!(engine.can_give(&engine.program().read_own(&line)?).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotGivable`] says which allowance is in the way.
    pub fn can_give(&self, activity: &Activity) -> Result<(), NotGivable> {
        let empty = Standing::new(self.program());
        let giver = activity.actor().and_then(|giver| self.standing(giver));
        giver.unwrap_or(&empty).can_give(activity)
    }
}
