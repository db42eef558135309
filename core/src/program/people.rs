//! People: what members share, are known for, and set out to do in a stretch of days.

use super::{Attribute, Goal, Kind, Tally, Words};
use crate::{
    base::{id_table::Id, text::Text, time::Day},
    language::audience::{Audience, SharedPart},
};
use alloc::{collections::BTreeMap, vec::Vec};

/// How members say what of them is seen, and by whom.
#[derive(Debug)]
pub(crate) struct Sharing {
    /// The kind by which they say it.
    pub(crate) on: Option<Id<Kind>>,
    /// The attributes that name an audience, each with the part it is for.
    pub(crate) attributes: Vec<(SharedPart, Id<Attribute>)>,
    /// Who sees each part of who published and said nothing of it, in the order of the parts.
    pub(crate) unless_said: [Audience; SharedPart::COUNT],
    /// The kinds whose owner is seen by nobody from then on.
    pub(crate) gone_by: Vec<Id<Kind>>,
    pub(crate) back_by: Vec<Id<Kind>>,
    /// The kinds by which a member agrees to be a model, and ends that.
    pub(crate) model_by: Option<(Id<Kind>, Id<Kind>)>,
}

/// What members are known for.
#[derive(Debug)]
pub(crate) struct Topics {
    /// The kind by which they claim topics, and its attribute that holds all of them.
    pub(crate) claimed_by: Option<(Id<Kind>, Id<Attribute>)>,
    /// Tallies with a topic for a key, and what one of each counts.
    pub(crate) evidence: Vec<(Id<Tally>, i64)>,
    /// The one of different colleagues who say so.
    pub(crate) confirmed_by: Option<Id<Tally>>,
    /// The strength from which a member is asked to claim a topic.
    pub(crate) suggest_from: i64,
    pub(crate) names: BTreeMap<Text, Words>,
}

/// Steps in a stretch of days.
#[derive(Debug)]
pub(crate) struct Challenge {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    pub(crate) days: Days,
    pub(crate) joined_by: Id<Kind>,
    pub(crate) left_by: Id<Kind>,
    pub(crate) steps: Vec<ChallengeStep>,
    /// Tallies that count while a member is in it, and the sum that all reach together.
    pub(crate) shared: Vec<(Id<Tally>, i64)>,
}

/// The days of a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// So many from the one on which its member joined.
    FromJoining(i32),
    /// From a date until another, both included.
    Between(Day, Day),
}

/// One step of a challenge.
#[derive(Debug)]
pub(crate) struct ChallengeStep {
    pub(crate) name: Text,
    pub(crate) words: Words,
    /// Its tallies count while the member is in the challenge.
    pub(crate) goal: Goal,
    /// The expected day on which it is offered, from 1.
    pub(crate) day: i32,
}

impl Default for Sharing {
    fn default() -> Self {
        Self {
            on: None,
            attributes: Vec::new(),
            unless_said: [Audience::Company; SharedPart::COUNT],
            gone_by: Vec::new(),
            back_by: Vec::new(),
            model_by: None,
        }
    }
}
