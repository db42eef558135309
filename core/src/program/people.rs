//! People: what members share, what they are known for, and the challenges they join.

use super::{Attribute, Goal, Kind, Tally, Words};
use crate::{
    base::{day::Day, id_table::Id, interner::Interner, text::Text},
    language::audience::{Audience, SharedPart},
};
use alloc::{format, vec::Vec};

/// Who sees what of members, and the kinds by which members change it.
#[derive(Debug)]
pub(crate) struct Sharing {
    /// The kind by which members choose an audience.
    pub(crate) on: Option<Id<Kind>>,
    /// The attributes of `on` that name an audience, and the part each is for.
    pub(crate) attributes: Vec<(SharedPart, Id<Attribute>)>,
    /// The audience of each part before a member with a published profile chooses one.
    pub(crate) unless_said: [Audience; SharedPart::COUNT],
    /// The kinds by which their owner departs.
    pub(crate) gone_by: Vec<Id<Kind>>,
    /// The kinds by which their owner returns.
    pub(crate) back_by: Vec<Id<Kind>>,
    /// The accounts that earn nothing, sorted.
    pub(crate) earn_nothing: Vec<Text>,
    /// The kinds by which a member becomes a role model and stops being one.
    pub(crate) model_by: Option<(Id<Kind>, Id<Kind>)>,
    /// The attribute by which a door numbers the statements of a member.
    pub(crate) revision: Option<Id<Attribute>>,
}

/// What members are known for.
#[derive(Debug)]
pub(crate) struct Topics {
    /// The kind by which members claim topics, and its attribute that holds them.
    pub(crate) claimed_by: Option<(Id<Kind>, Id<Attribute>)>,
    /// The kind by which members decline topics, and its attribute that holds them.
    pub(crate) declined_by: Option<(Id<Kind>, Id<Attribute>)>,
    /// The tallies counted by topic, and their weights.
    pub(crate) evidence: Vec<(Id<Tally>, i64)>,
    /// The tally of different colleagues who confirm a topic.
    pub(crate) confirmed_by: Option<Id<Tally>>,
    /// The tally of those among them who let others see their name.
    pub(crate) named_by: Option<Id<Tally>>,
    /// The strength from which a member is invited to claim a topic.
    pub(crate) suggest_from: i64,
    /// The topics that the program names, in order of their texts, and the words of each.
    pub(crate) named: Interner,
    pub(crate) names: Vec<Words>,
}

/// Steps to do within some days.
#[derive(Debug)]
pub(crate) struct Challenge {
    pub(crate) name: Text,
    pub(crate) words: Words,
    pub(crate) description: Words,
    pub(crate) days: Days,
    pub(crate) joined_by: Id<Kind>,
    pub(crate) left_by: Id<Kind>,
    pub(crate) steps: Vec<ChallengeStep>,
    /// Tallies that count while a member takes part, and the sum that everyone reaches together.
    pub(crate) shared: Vec<(Id<Tally>, i64)>,
}

/// The days of a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Days {
    /// This many days, from the day on which the member joined.
    FromJoining(i32),
    /// From the first date to the last, both included.
    Between(Day, Day),
}

/// One step of a challenge.
#[derive(Debug)]
pub(crate) struct ChallengeStep {
    pub(crate) name: Text,
    pub(crate) words: Words,
    /// Its tallies count only while the member takes part in the challenge.
    pub(crate) goal: Goal,
    /// The working day from which it is offered, the first being 1.
    pub(crate) day: i32,
}

impl Challenge {
    /// What a statement that declines steps calls one of the challenge's.
    pub(crate) fn step_key(&self, step: &ChallengeStep) -> Text {
        format!("challenge/{}/{}", self.name, step.name).into()
    }
}

impl Sharing {
    /// Whether the program lists this account among those that earn nothing.
    // Asked twice for every activity, and most programs list none.
    #[inline(always)]
    pub(crate) fn earns_nothing(&self, account: &str) -> bool {
        !self.earn_nothing.is_empty() && self.earn_nothing.binary_search_by(|name| (**name).cmp(account)).is_ok()
    }
}

impl Default for Sharing {
    fn default() -> Self {
        Self {
            on: None,
            attributes: Vec::new(),
            unless_said: [Audience::Company; SharedPart::COUNT],
            gone_by: Vec::new(),
            back_by: Vec::new(),
            earn_nothing: Vec::new(),
            model_by: None,
            revision: None,
        }
    }
}
