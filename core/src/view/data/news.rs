//! News: what a later view has that an earlier one had not.

use super::{ChallengeStepView, ChallengeView, EarnedBadgeView, GainView, LevelView, PointsView, TopicView};
use crate::base::{from_tree::plain_data, tree::Tree};
use alloc::{string::String, vec, vec::Vec};
use serde::Serialize;

/// What is new in a view of a member since an earlier view. [`MemberView::news_since`] makes it.
///
/// [`MemberView::news_since`]: super::MemberView::news_since
///
/// ```
/// # use knownfor::*;
/// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
/// # let (before, after) = (&views[0], &views[1]);
/// // Ada had 5 points, and has just written another post.
/// let news = after.news_since(before);
/// assert_eq!((news.points[0].total, news.earned.badges[0].name.as_str()), (10, "Writer"));
/// assert!(news.claimed.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct News<'a> {
    /// The badges and the level that rose.
    pub earned: EarnedNews<'a>,
    /// The currencies whose totals rose or fell, in the program's order.
    pub points: Vec<&'a PointsView>,
    /// The completeness of the profile in percent, if it rose or fell.
    pub completeness: Option<u8>,
    /// The topics that the member claims now and did not claim before, strongest first.
    pub claimed: Vec<&'a TopicView>,
    /// The topics that the member no longer claims, as in the earlier view.
    pub unclaimed: Vec<&'a TopicView>,
    /// The gains that rose, in the program's order.
    pub gains: Vec<&'a GainView>,
    /// The challenges that the member joined or left, or whose steps were done, in the program's order.
    pub challenges: Vec<ChallengeNews<'a>>,
}

/// The badges and the level that rose.
///
/// ```
/// # use knownfor::*;
/// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
/// # let (before, after) = (&views[0], &views[1]);
/// let earned = after.news_since(before).earned;
/// assert_eq!(earned.badges[0].badge, "writer");
/// assert!(earned.level.is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EarnedNews<'a> {
    /// The badges that were not held before, or in a lower grade, or fewer times; latest first. A badge that lost a
    /// grade or a time is no news.
    pub badges: Vec<&'a EarnedBadgeView>,
    /// The level, if it is higher than before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<&'a LevelView>,
}

/// What is new in a challenge.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/three_days.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Before Ada joined, she was in no challenge.
/// let before = Standing::new(engine.program()).view("ada", &ada).unwrap();
/// let news = &view.news_since(&before).challenges[0];
/// assert_eq!(news.change, Some(knownfor::view::Participation::Joined));
/// assert_eq!(news.steps[0].name, "A first post");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChallengeNews<'a> {
    /// The challenge.
    pub challenge: &'a ChallengeView,
    /// Whether the member joined or left it; `None` if neither.
    pub change: Option<Participation>,
    /// The steps that are done now and were not done before.
    pub steps: Vec<&'a ChallengeStepView>,
}

/// How a member's part in a board or challenge changed.
///
/// ```
/// # use knownfor::*;
/// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_on_a_board.rs"));
/// use knownfor::view::Participation;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let before = engine.board("all", &ada, 10).unwrap();
/// engine.void("wiki", "1"); // by which she had joined
/// let board = engine.board("all", &ada, 10).unwrap();
/// assert_eq!(board.news_since(&before), Some(Participation::Left));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Participation {
    /// The member is in it now and was not before.
    Joined,
    /// The member was in it and no longer is.
    Left,
}

/// What a member has seen of their badges and level: the most of each, even if some of it was lost since.
///
/// A page or a host stores it for each member, so that it announces everything once. It is plain data for serde.
///
/// ```
/// # use knownfor::*;
/// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
/// # let (before, after) = (&views[0], &views[1]);
/// use knownfor::view::Seen;
///
/// let seen = Seen::of(before);
/// assert_eq!(seen.news_in(after).badges[0].name, "Writer");
///
/// let stored = serde_json::to_string(&Seen::of(after))?;
/// let seen: Seen = serde_json::from_str(&stored)?;
/// assert!(seen.news_in(after).badges.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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
    pub(crate) grade: Option<String>,
    /// The rank of that grade.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) rank: Option<u32>,
    /// The most times.
    pub(crate) times: u32,
}

plain_data! { SeenBadge { badge, grade, rank, times } }

/// As plain data, which [`Seen`] is read from. It is the same as what serde writes, for hosts that do without.
///
/// ```
/// # use knownfor::*;
/// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
/// use knownfor::view::Seen;
///
/// let seen = Seen::of(&views[1]);
/// let tree = Tree::from(&seen);
/// assert_eq!(serde_json::to_value(&tree)?, serde_json::to_value(&seen)?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl From<&Seen> for Tree<'static> {
    fn from(seen: &Seen) -> Self {
        let badges = seen.badges.iter().map(|seen| {
            let grade = seen.grade.as_deref().map(|grade| ("grade".into(), Tree::from(grade)));
            let rank = seen.rank.map(|rank| ("rank".into(), Tree::Integer(rank.into())));
            let badge = ("badge".into(), Tree::from(&*seen.badge));
            let times = ("times".into(), Tree::Integer(seen.times.into()));
            Tree::Table([Some(badge), grade, rank, Some(times)].into_iter().flatten().collect())
        });
        let badges = ("badges".into(), Tree::List(badges.collect()));
        Tree::Table(vec![badges, ("level".into(), Tree::Integer(seen.level.into()))])
    }
}
