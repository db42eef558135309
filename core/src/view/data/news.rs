//! News: what a later view has that an earlier one had not.

use super::{ChallengeStepView, ChallengeView, EarnedBadgeView, GainView, LevelView, PointsView, TopicView};
use crate::{base::from_tree::plain_data, program::Grade};
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// What is new in a view of a member since an earlier view. [`MemberView::news_since`] makes it.
///
/// [`MemberView::news_since`]: super::MemberView::news_since
///
/// ```
/// # use knownfor::*;
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {} }
/// #     currencies = { points = {} }
/// #     tallies = { posts = { count = "blog.published" } }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// #     badges = { writer = { name = "Writer", when = { posts = 2 } } }
/// # "#)?;
/// # let program = Program::check(&program, |_| None)?;
/// # let mut engine = Engine::new(program);
/// # let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// # let mut views = Vec::new();
/// # for id in 1..=2 {
/// #     let line = serde_json::json!({"source": "wiki", "id": id, "at": format!("2026-03-{id:02}T09:30:00Z"),
/// #         "kind": "blog.published", "actor": "ada"});
/// #     engine.apply(engine.program().read_own(&line)?)?;
/// #     views.push(engine.view("ada", &ada).unwrap());
/// # }
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
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {} }
/// #     currencies = { points = {} }
/// #     tallies = { posts = { count = "blog.published" } }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// #     badges = { writer = { name = "Writer", when = { posts = 2 } } }
/// # "#)?;
/// # let program = Program::check(&program, |_| None)?;
/// # let mut engine = Engine::new(program);
/// # let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// # let mut views = Vec::new();
/// # for id in 1..=2 {
/// #     let line = serde_json::json!({"source": "wiki", "id": id, "at": format!("2026-03-{id:02}T09:30:00Z"),
/// #         "kind": "blog.published", "actor": "ada"});
/// #     engine.apply(engine.program().read_own(&line)?)?;
/// #     views.push(engine.view("ada", &ada).unwrap());
/// # }
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
/// # use serde_json::json;
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {}, "challenge.joined" = {}, "challenge.left" = {} }
/// #     currencies = { points = {} }
/// #     tallies = { posts = { name = "Posts", count = "blog.published" } }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// #     [challenges.start]
/// #     name = "Your first three days"
/// #     days = 3
/// #     joined_by = "challenge.joined"
/// #     left_by = "challenge.left"
/// #     steps = { a-post = { name = "A first post", when = { posts = 1 } } }
/// # "#)?;
/// # let program = Program::check(&program, |_| None)?;
/// # let mut engine = Engine::new(program);
/// # for (id, (actor, kind)) in (1..).zip([("ada", "challenge.joined"), ("ada", "blog.published")]) {
/// #     let at = format!("2026-03-{id:02}T09:30:00Z");
/// #     let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor,
/// #         "object": "start"});
/// #     engine.apply(engine.program().read_own(&line)?)?;
/// # }
/// # let ada = ViewContext::of("ada", "en", "2026-03-03T12:00:00Z".parse()?);
/// # let view = engine.view("ada", &ada).unwrap();
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
/// # use serde_json::json;
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {}, "board.joined" = {}, "board.left" = {} }
/// #     currencies = { points = {} }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// #     boards = { all = { of = "points", joined_by = "board.joined", left_by = "board.left" } }
/// # "#)?;
/// # let program = Program::check(&program, |_| None)?;
/// # let mut engine = Engine::new(program);
/// # for (id, (actor, kind)) in (1..).zip([
/// #     ("ada", "board.joined"),
/// #     ("bob", "board.joined"),
/// #     ("bob", "blog.published"),
/// # ]) {
/// #     let at = format!("2026-03-{id:02}T09:30:00Z");
/// #     let line = json!({"source": "wiki", "id": id, "at": at, "kind": kind, "actor": actor});
/// #     engine.apply(engine.program().read_own(&line)?)?;
/// # }
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
/// # let program: Tree = toml::from_str(r#"
/// #     version = 1
/// #     id = "first-steps"
/// #     kinds = { "blog.published" = {} }
/// #     currencies = { points = {} }
/// #     tallies = { posts = { count = "blog.published" } }
/// #     rules = { blog = { on = "blog.published", give = { points = 5 } } }
/// #     badges = { writer = { name = "Writer", when = { posts = 2 } } }
/// # "#)?;
/// # let program = Program::check(&program, |_| None)?;
/// # let mut engine = Engine::new(program);
/// # let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// # let mut views = Vec::new();
/// # for id in 1..=2 {
/// #     let line = serde_json::json!({"source": "wiki", "id": id, "at": format!("2026-03-{id:02}T09:30:00Z"),
/// #         "kind": "blog.published", "actor": "ada"});
/// #     engine.apply(engine.program().read_own(&line)?)?;
/// #     views.push(engine.view("ada", &ada).unwrap());
/// # }
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
    pub(crate) grade: Option<Grade>,
    /// The most times.
    pub(crate) times: u32,
}

plain_data! { SeenBadge { badge, grade, times } }
