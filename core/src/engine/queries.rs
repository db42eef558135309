//! Queries: what an engine has of each member.

use crate::{
    base::time::Timestamp,
    engine::{
        Engine,
        history::{Folded, History},
    },
    fold::Fold,
    input::origin::ActivityRef,
    state::{ledger::Entry, standing::Standing},
};
use alloc::{collections::BTreeMap, vec::Vec};

impl Engine {
    /// The members whom any activity names, sorted by id.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// // Ada wrote two posts, Bob one.
    /// assert_eq!(engine.members().collect::<Vec<_>>(), ["ada", "bob"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn members(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(|(member, _)| member)
    }

    /// What a member has after their last activity; `None` if no activity names them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// assert_eq!(engine.standing("ada").and_then(|ada| ada.total("points")), Some(10));
    /// assert!(engine.standing("cleo").is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn standing(&self, member: &str) -> Option<&Standing> {
        self.accounts.get(member).map(|account| &account.fold.standing)
    }

    /// A member's entries, in order of time; empty if no activity names the member.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let ledger = engine.ledger("ada");
    /// assert_eq!((ledger.len(), ledger[0].points()), (2, 5));
    /// assert_eq!(ledger[0].at().to_string(), "2026-03-01T09:30:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ledger(&self, member: &str) -> &[Entry] {
        self.accounts.get(member).map_or(&[], |account| &account.fold.ledger)
    }

    /// A member's record, which can be asked [why](History::why) and [why not](History::why_not).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let history = engine.history("ada").unwrap();
    /// assert_eq!(history.activities().count(), 2);
    /// let explanation = history.why(&engine.ledger("ada")[0], "en").unwrap();
    /// assert_eq!(explanation.text, "`blog.published` as actor: rule `blog` gives 5 points");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn history(&self, member: &str) -> Option<&History> {
        self.accounts.get(member).map(|account| &account.history)
    }

    /// A member's standing and ledger at a moment after their last activity, with everything that time alone brought
    /// until then. `None` if no activity names the member.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/anniversary.rs"));
    /// // Ada joined on 1 March 2026, and a badge is for being here a year.
    /// let badges = |now: &str| Ok::<_, TimeError>(engine.as_of("ada", now.parse()?).unwrap().standing.badges().len());
    /// assert_eq!(badges("2027-02-28T12:00:00Z")?, 0);
    /// assert_eq!(badges("2027-03-01T12:00:00Z")?, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn as_of(&self, member: &str, now: Timestamp) -> Option<Folded> {
        let Fold { standing, ledger, .. } = &self.accounts.get(member)?.fold;
        let mut folded = Folded { standing: standing.clone(), ledger: ledger.clone() };
        folded.pass(now);
        Some(folded)
    }

    /// The reverses that found nothing to reverse, for no member that they name, sorted by source and id. An undo that
    /// comes before what it undoes shows here, and one from another actor.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// assert!(engine.reverses_without_target().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn reverses_without_target(&self) -> Vec<ActivityRef> {
        let mut found: BTreeMap<ActivityRef, bool> = BTreeMap::new();
        for (_, account) in self.accounts.iter() {
            for (index, activity) in account.history.activities.iter().enumerate() {
                if self.program.kinds[activity.origin.kind].reverses.is_some() {
                    let has_target = !account.fold.reversals.targets_of(index).is_empty();
                    *found.entry(activity.reference()).or_default() |= has_target;
                }
            }
        }
        found.into_iter().filter(|(_, has_target)| !has_target).map(|(reference, _)| reference).collect()
    }

    /// A member's standing and ledger, folded from the record again. They equal what the engine has.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_members.rs"));
    /// let replayed = engine.replay("ada").unwrap();
    /// assert_eq!(Some(&replayed.standing), engine.standing("ada"));
    /// assert_eq!(replayed.ledger, engine.ledger("ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay(&self, member: &str) -> Option<Folded> {
        self.history(member).map(History::fold)
    }
}
