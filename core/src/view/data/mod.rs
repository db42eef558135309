//! Views: plain data ready to draw, for one viewer.
//!
//! A view is what leaves the core for a page. It is built for one viewer and cannot hold what that viewer may not see:
//! for anyone but the member, private parts do not exist in it.

mod badges;
mod board;
mod challenge;
mod entry;
mod group;
pub(crate) mod news;
mod points;
mod profile;
mod step;
mod topics;

pub use self::{
    badges::{BadgeEndView, BadgeFace, BadgesView, ComingBadgeView, EarnedBadgeView, GoalPartView},
    board::{BoardRow, BoardView},
    challenge::{BaselineView, ChallengeStepView, ChallengeView, CohortView, DayView, Phase, SharedGoalView},
    entry::EntryView,
    group::{Band, GroupView, ReportView},
    news::{ChallengeNews, EarnedNews, News, Participation, Seen},
    points::{AllowanceView, LevelView, NextLevelView, PointsView, RewardView, StandingView},
    profile::{FieldView, NextFieldView, ProfileView},
    step::{DeclineView, DeclinedStepView, GiftView, ModelView, StepDeed, StepGroup, StepView, Target},
    topics::{ConfirmerView, EvidenceView, ExpertView, ExpertsView, GainView, TopicNameView, TopicView},
};
pub use crate::input::origin::ActivityRef;
use crate::{
    base::{from_tree::plain_data, time::Timestamp},
    language::audience::Audience,
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// Who asks for a view, in which language, and when.
///
/// A view shows what counts at `now`, with what time alone brought until then. Asking stores nothing.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/team.rs"));
/// // Ada shares her points with her team. Bob is in it, and Cleo is not.
/// let now = "2026-03-09T12:00:00Z".parse()?;
/// let bob = ViewContext { viewer: "bob", team: &["ada", "bob"], locale: "de", now };
/// assert_eq!(engine.view("ada", &bob).unwrap().standing.points[0].total, 5);
/// let cleo = ViewContext { viewer: "cleo", team: &["cleo"], locale: "de", now };
/// assert!(engine.view("ada", &cleo).unwrap().standing.points.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ViewContext<'a> {
    /// The member who asks; empty for someone who is no member.
    pub viewer: &'a str,
    /// The members of the viewer's team, as the host knows it.
    pub team: &'a [&'a str],
    /// The locale of names and descriptions, such as `de` or `en-GB`.
    pub locale: &'a str,
    /// The moment for which the view is asked.
    pub now: Timestamp,
}

impl<'a> ViewContext<'a> {
    /// The context of a viewer without a team, or whose team is not known.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
    /// let context = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert!(context.team.is_empty());
    /// assert_eq!(engine.view("ada", &context).map(|view| view.own), Some(false));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(viewer: &'a str, locale: &'a str, now: Timestamp) -> Self {
        Self { viewer, team: &[], locale, now }
    }
}

/// The version of the views that this crate makes. It rises when a page that draws an older version would draw
/// something wrong. New fields do not raise it, because readers ignore the keys that they do not know.
pub const VIEW_VERSION: u32 = 1;

/// What one viewer sees of one member. [`Engine::view`](crate::Engine::view) and
/// [`Standing::view`](crate::Standing::view) make it.
///
/// Parts that the viewer may not see are absent from it or empty. They are then left out of its JSON:
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
/// use serde_json::json;
///
/// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &bob).unwrap();
/// assert_eq!(serde_json::to_value(&view)?, json!({
///     "version": 1, "member": "ada", "name": "ada", "own": false, "published": true,
///     "standing": {"points": [{"currency": "points", "name": "points", "total": 5}]},
///     "badges": {"earned": []}
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MemberView {
    /// [`VIEW_VERSION`] in the views of this crate; `None` in data that does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The member's id.
    pub member: String,
    /// The name to show. It is the id until a host that knows names replaces it.
    pub name: String,
    /// Whether the viewer is the member.
    pub own: bool,
    /// Whether the profile is published, so that others see what `audience` lets them see.
    pub published: bool,
    /// Whether the member agreed to be a role model.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub model: bool,
    /// Points and level, if the viewer may see them.
    pub standing: StandingView,
    /// The profile's completeness and fields. Only in the member's own view.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileView>,
    /// Badges, if the viewer may see them.
    pub badges: BadgesView,
    /// What the member is known for, strongest first. Others see only claimed topics if the program has claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicView>,
    /// What to do next, kindest first. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepView>,
    /// The steps that the member declines, in the program's order. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<DeclinedStepView>,
    /// The program's challenges, in its order. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub challenges: Vec<ChallengeView>,
    /// What taking part has brought the member, in the program's order. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<GainView>,
    /// What points can be spent on, in the program's order. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rewards: Vec<RewardView>,
    /// What the member may give away, in the program's order. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allowances: Vec<AllowanceView>,
    /// The ids of the boards that the member is on. Only in the member's own view.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boards: Vec<String>,
    /// Who sees each part. Only in the member's own view, and only if members can choose audiences in the program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<AudienceView>,
    /// Who will see a topic that the member claims. Only in the member's own view, and only if the program has claims.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim_audience: Option<Audience>,
    /// Who will see the member once they publish. Only in the own view of a member who has not, if the program has a
    /// kind for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publish_audience: Option<Audience>,
}

plain_data! {
    MemberView {
        version, member, name, own, published, model: optional, standing, profile, badges, topics: optional, steps:
        optional, declined: optional, challenges: optional, gains: optional, rewards: optional, allowances: optional,
        boards: optional, audience,
        claim_audience, publish_audience,
    }
}

/// The audience of each part of a member who has published.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/audience.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada shares her points with her team.
/// assert_eq!(serde_json::to_value(view.audience)?, json!({
///     "points": "team", "badges": "company", "topics": "company", "profile": "company", "boards": "company"
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AudienceView {
    /// Who sees points and level.
    pub points: Audience,
    /// Who sees earned badges.
    pub badges: Audience,
    /// Who sees what the member is known for.
    pub topics: Audience,
    /// Who sees what the profile says.
    pub profile: Audience,
    /// Who sees the member's rows on boards.
    pub boards: Audience,
}

plain_data! { AudienceView { points, badges, topics, profile, boards } }
