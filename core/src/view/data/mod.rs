//! Views: plain data ready to draw, for one viewer.
//!
//! A view is what leaves the core for a page. It is built for one viewer and cannot hold what that viewer may not see:
//! for anyone but the member, the parts that are private do not exist in it.

mod challenge;
mod group;
mod step;
mod topics;

pub use self::{
    challenge::{BaselineView, ChallengeStepView, ChallengeView, CohortView, DayView, Phase},
    group::{GroupView, ReportView},
    step::{GiftView, ModelView, StepDeed, StepGroup, StepView, Target},
    topics::{EvidenceView, ExpertView, ExpertsView, GainView, TopicNameView, TopicView},
};
pub use crate::input::activity::ActivityRef;
use crate::{
    base::{from_tree::plain_data, time::Timestamp},
    language::audience::Audience,
    program::{Grade, Icon, Needs, Shape, value::FieldState},
};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// Who asks, in what language, and when. The time carries what is counted on to that moment; nothing is stored by it.
#[derive(Clone, Copy, Debug)]
pub struct ViewContext<'a> {
    /// The member who looks; an empty text for one who is nobody.
    pub viewer: &'a str,
    /// The members of the viewer's team, as the host knows them.
    pub team: &'a [&'a str],
    /// A locale such as `de` or `en-GB`, for names and descriptions.
    pub locale: &'a str,
    /// The time of the question.
    pub now: Timestamp,
}

impl<'a> ViewContext<'a> {
    /// A question of a viewer who has no team, or whose team is not known.
    pub fn of(viewer: &'a str, locale: &'a str, now: Timestamp) -> Self {
        Self { viewer, team: &[], locale, now }
    }
}

/// What one viewer sees of one member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberView {
    /// The member's id.
    pub member: String,
    /// The name to show; the id, until the host that knows names puts one in.
    pub name: String,
    /// The viewer is the member.
    pub own: bool,
    /// Whether the profile is published, so that colleagues see what `audience` lets them.
    pub published: bool,
    /// The member agreed that colleagues take the profile as a model.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub model: bool,
    /// Points and level; empty where the viewer may not see them.
    pub standing: StandingView,
    /// Completeness and fields; only for the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileView>,
    /// Badges, latest first; empty where the viewer may not see them.
    pub badges: BadgesView,
    /// What the member is known for, strongest first. For other viewers: what they claim, where the program has claims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<TopicView>,
    /// What to do next, nearest first, none before its time; only for the member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepView>,
    /// The program's challenges, in its order; only for the member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub challenges: Vec<ChallengeView>,
    /// What the member has from it, in the program's order; only for the member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gains: Vec<GainView>,
    /// What points can be spent on, in the program's order; only for the member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rewards: Vec<RewardView>,
    /// Boards the member is on, by id; only for the member.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boards: Vec<String>,
    /// Who sees what; only for the member, and where the program lets them say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience: Option<AudienceView>,
}

plain_data! {
    MemberView {
        member, name, own, published, model: optional, standing, profile, badges, topics: optional, steps:
        optional, challenges: optional, gains: optional, rewards: optional, boards: optional, audience,
    }
}

/// Who sees what of a member who published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AudienceView {
    /// Points and level.
    pub points: Audience,
    /// Earned badges.
    pub badges: Audience,
    /// What the member is known for.
    pub topics: Audience,
    /// What the profile says.
    pub profile: Audience,
    /// The rows on boards the member joined.
    pub boards: Audience,
}

plain_data! { AudienceView { points, badges, topics, profile, boards } }

/// A reward, and where the member stands with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RewardView {
    /// The reward's id.
    pub reward: String,
    /// Its name.
    pub name: String,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The currency it costs.
    pub currency: String,
    /// So many points.
    pub cost: i64,
    /// Points that are still missing; 0 where it can be afforded.
    pub to_go: i64,
    /// How often the member redeemed it.
    pub redeemed: u32,
    /// How many of those wait for approval.
    #[serde(skip_serializing_if = "is_zero")]
    pub pending: u32,
}

plain_data! { RewardView { reward, name, description, currency, cost, to_go, redeemed, pending: optional } }

/// Points and level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StandingView {
    /// One for each currency of the program, in its order.
    pub points: Vec<PointsView>,
    /// Where the member is on the way up; absent where the program has no levels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<LevelView>,
}

plain_data! { StandingView { points, level } }

/// The member's points in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PointsView {
    /// The currency's id.
    pub currency: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// All points so far, or of the present window where the currency has one; whatever was spent.
    pub total: i64,
    /// What can still be spent, 0 or more; only for the member, and where there is something to spend it on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spendable: Option<i64>,
    /// Net points of the calendar month of `now` in the program's zone; only for the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub this_month: Option<i64>,
    /// Net points of the month before; only for the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_month: Option<i64>,
}

plain_data! { PointsView { currency, name, total, spendable, this_month, last_month } }

/// A level and the way to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LevelView {
    /// 0 before the first level, then 1, 2, …
    pub number: u32,
    /// How many levels there are.
    pub of: u32,
    /// Name of the level reached; absent before the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The next level; absent at the top, and for other viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextLevelView>,
}

plain_data! { LevelView { number, of, name, next } }

/// The next level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextLevelView {
    /// Its name.
    pub name: String,
    /// The total at which it is reached.
    pub at: i64,
    /// Points still to go.
    pub to_go: i64,
    /// How far from the present level to it, 0 to 99, rounded down.
    pub percent: u8,
}

plain_data! { NextLevelView { name, at, to_go, percent } }

/// Completeness and fields of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProfileView {
    /// 0 to 100, rounded down; 100 only when all is done.
    pub percent: u8,
    /// The fields in the program's order.
    pub fields: Vec<FieldView>,
    /// The kindest next step; absent when nothing is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<NextFieldView>,
}

plain_data! { ProfileView { percent, fields, next } }

/// One field of a profile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldView {
    /// The field's id.
    pub field: String,
    /// What it asks.
    pub ask: String,
    /// A line of help, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The section it stands in, or nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Its state: `missing`, `done`, `does-not-apply`, `prefer-not-to-say`.
    pub state: FieldState,
    /// Its share of the whole, in percent, rounded down.
    pub percent: u8,
    /// It was said so long ago that it should be looked at again.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub review: bool,
    /// What a value must meet.
    #[serde(skip_serializing_if = "Needs::is_none")]
    pub needs: Needs,
}

plain_data! { FieldView { field, ask, help, section, state, percent, review: optional, needs: optional } }

/// The field to fill next: of those missing the one that asks for least, and of these the one that adds most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NextFieldView {
    /// The field's id.
    pub field: String,
    /// What it asks.
    pub ask: String,
    /// The completeness that doing it would reach.
    pub percent: u8,
}

plain_data! { NextFieldView { field, ask, percent } }

/// A member's badges.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadgesView {
    /// Earned, latest first.
    pub earned: Vec<EarnedBadgeView>,
    /// Not yet earned and not secret, nearest first; empty for other viewers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on_the_way: Vec<ComingBadgeView>,
}

plain_data! { BadgesView { earned, on_the_way: optional } }

/// A badge that is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EarnedBadgeView {
    /// The badge's id.
    pub badge: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it is drawn.
    pub face: BadgeFace,
    /// How often it was given: for each object, every time or again where the program says so.
    pub times: u32,
    /// When it was last given, RFC 3339.
    pub at: String,
    /// Until when it is held, RFC 3339; absent where it does not expire, and for other viewers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Others do not see it: it waits to be accepted, or its member hid it; only for the member.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub hidden: bool,
    /// The activity that last brought it; only for the member.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityRef>,
}

plain_data! { EarnedBadgeView { badge, name, description, face, times, at, until, hidden: optional, activity } }

/// A badge on the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComingBadgeView {
    /// The badge's id.
    pub badge: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How it is drawn, in the grade that is next.
    pub face: BadgeFace,
    /// How far, 0 to 99, rounded down: the mean over its parts.
    pub percent: u8,
    /// The parts of its goal.
    pub parts: Vec<GoalPartView>,
}

plain_data! { ComingBadgeView { badge, name, description, face, percent, parts } }

/// One part of a goal and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalPartView {
    /// The tally's, field's, level's or challenge's name in the viewer's locale.
    pub name: String,
    /// Where it stands, from 0 to the goal.
    pub value: i64,
    /// Where it must get to.
    pub goal: i64,
}

plain_data! { GoalPartView { name, value, goal } }

/// How a badge looks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BadgeFace {
    /// Its outline.
    pub shape: Shape,
    /// Its picture, from the built-in set.
    pub icon: Icon,
    /// Its grade, drawn as a ring; absent where the badge has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<Grade>,
}

plain_data! { BadgeFace { shape, icon, grade } }

/// A board as one viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoardView {
    /// The board's id.
    pub board: String,
    /// Its name.
    pub name: String,
    /// Name of the currency that is counted.
    pub currency: String,
    /// The viewer is on it.
    pub joined: bool,
    /// The rows near the viewer, or the first ones for a viewer who is not on it.
    pub rows: Vec<BoardRow>,
}

plain_data! { BoardView { board, name, currency, joined, rows } }

/// One row of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BoardRow {
    /// The place, from 1; equal totals share it.
    pub place: u32,
    /// The member's id.
    pub member: String,
    /// The name to show; the id, until the host puts one in.
    pub name: String,
    /// The total that is compared.
    pub total: i64,
    /// The viewer.
    pub own: bool,
}

plain_data! { BoardRow { place, member, name, total, own } }

fn is_zero(number: &u32) -> bool {
    *number == 0
}
