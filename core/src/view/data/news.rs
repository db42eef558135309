//! News: what a later view has that an earlier one had not.

use super::{ChallengeStepView, ChallengeView, EarnedBadgeView, GainView, LevelView, PointsView, TopicView};
use crate::{base::from_tree::plain_data, program::Grade};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// What is new in a view of a member, compared with an earlier view. [`MemberView::news_since`] makes it.
///
/// [`MemberView::news_since`]: super::MemberView::news_since
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct News<'a> {
    /// Badges and the level that rose.
    pub earned: EarnedNews<'a>,
    /// The currencies whose total rose or fell, in the program's order.
    pub points: Vec<&'a PointsView>,
    /// The completeness of the profile in percent, if it rose or fell.
    pub completeness: Option<u8>,
    /// Topics that the member now claims, strongest first.
    pub claimed: Vec<&'a TopicView>,
    /// Topics that the member no longer claims, as the earlier view has them.
    pub unclaimed: Vec<&'a TopicView>,
    /// Gains that rose, in the program's order.
    pub gains: Vec<&'a GainView>,
    /// Challenges that the member joined or left, or of which steps were done, in the program's order.
    pub challenges: Vec<ChallengeNews<'a>>,
}

/// The badges and the level that are worth telling a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EarnedNews<'a> {
    /// Badges that were not held, or in a lower grade, or fewer times; latest first. A badge that lost a grade or a
    /// time is no news.
    pub badges: Vec<&'a EarnedBadgeView>,
    /// The level, if its number is higher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a LevelView>,
}

/// What is new in a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChallengeNews<'a> {
    /// The challenge.
    pub challenge: &'a ChallengeView,
    /// Whether the member joined or left it; `None` if neither.
    pub change: Option<Participation>,
    /// The steps that are done now and were not.
    pub steps: Vec<&'a ChallengeStepView>,
}

/// How a member's part in a board or challenge changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Participation {
    /// The member is in it now and was not.
    Joined,
    /// The member was in it and is no longer.
    Left,
}

/// What a member has seen of their badges and level: the most of each, even if some of it is lost since.
///
/// A page or a host keeps it for each member, to tell everything once. It is plain data for serde.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Seen {
    /// The badges, each once.
    pub(crate) badges: Vec<SeenBadge>,
    /// The number of the highest level.
    pub(crate) level: u32,
}

plain_data! { Seen { badges, level } }

/// The most that a member has seen of a badge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SeenBadge {
    /// The badge's id.
    pub(crate) badge: String,
    /// Its highest grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) grade: Option<Grade>,
    /// The most times.
    pub(crate) times: u32,
}

plain_data! { SeenBadge { badge, grade, times } }
