//! Ranking: what each member shares of their topics, and the order of experts within a topic.

use crate::{
    base::text::Text,
    language::audience::{Audience, SharedPart},
    program::Program,
    state::standing::Standing,
    view::topics::KnownTopic,
};
use alloc::vec::Vec;
use core::cmp::Reverse;

/// The topics that a member shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shared {
    /// The widest circle that sees them; never private.
    pub(super) audience: Audience,
    /// Sorted by name.
    pub(super) topics: Vec<KnownTopic>,
}

/// A position among those who are known for a topic: strongest first, and equal strengths sorted by id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The topic in lower case, so that spellings that differ only in case are neighbours.
    pub(super) folded: Text,
    pub(super) topic: Text,
    pub(super) strength: Reverse<i64>,
    pub(super) member: Text,
}

impl Shared {
    /// The topics that a member shares; `None` if there are none.
    pub(super) fn of(program: &Program, standing: &Standing) -> Option<Self> {
        let audience = standing.shared_with(program, SharedPart::Topics);
        if audience == Audience::Private {
            return None;
        }
        let topics = standing.counts.shared_topics(program);
        (!topics.is_empty()).then_some(Self { audience, topics })
    }

    pub(super) fn topic(&self, name: &str) -> Option<&KnownTopic> {
        let index = self.topics.binary_search_by(|topic| topic.topic.as_str().cmp(name)).ok()?;
        self.topics.get(index)
    }

    /// The member's ranks among those who share with the whole company.
    pub(super) fn ranks(&self, member: &Text) -> impl Iterator<Item = Rank> {
        let topics = self.topics.iter().filter(|_| self.audience >= Audience::Company);
        topics.map(|topic| Rank {
            folded: fold(&topic.topic),
            topic: topic.topic.clone(),
            strength: Reverse(topic.strength),
            member: member.clone(),
        })
    }
}

impl Rank {
    /// Before everyone who is known for a topic.
    pub(super) fn first_of(topic: &str) -> Self {
        Self { folded: fold(topic), topic: topic.into(), strength: Reverse(i64::MAX), member: "".into() }
    }

    /// After everyone who is known for the same topic. No strength is below 0.
    pub(super) fn after_topic(&self) -> Self {
        Self { strength: Reverse(-1), member: "".into(), ..self.clone() }
    }
}

/// A text in lower case, as topics are looked up.
pub(super) fn fold(text: &str) -> Text {
    Text::from(text.to_lowercase())
}
