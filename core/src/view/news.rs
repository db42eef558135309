//! News: what changed between two views of the same member or board.
//!
//! Badges and levels are news only if they rise. A member who loses something learns it from the view, and is not
//! told.

use crate::view::data::{
    BoardView, ChallengeNews, ChallengeView, EarnedBadgeView, EarnedNews, MemberView, News, Participation, Seen,
    TopicView, news::SeenBadge,
};
use alloc::vec::Vec;

impl MemberView {
    /// What is new in this view since an earlier one for the same viewer. There is no news between views of different
    /// members, or between a member's own view and that of a colleague.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
    /// # let (before, after) = (&views[0], &views[1]);
    /// // Ada had one post, and has just written another one.
    /// let news = after.news_since(before);
    /// assert_eq!(news.earned.badges[0].name, "Writer");
    /// assert_eq!(news.points[0].total, 10);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn news_since<'a>(&'a self, before: &'a MemberView) -> News<'a> {
        if self.member != before.member || self.own != before.own {
            return News::default();
        }
        let total = |currency: &str| before.standing.points.iter().find(|points| points.currency == currency);
        let gain = |id: &str| before.gains.iter().find(|gain| gain.gain == id);
        let challenge = |id: &str| before.challenges.iter().find(|challenge| challenge.challenge == id);
        let points = self.standing.points.iter();
        let challenges = self.challenges.iter();
        News {
            earned: Seen::of(before).news_in(self),
            points: points.filter(|now| total(&now.currency).is_some_and(|was| was.total != now.total)).collect(),
            completeness: self.completeness().filter(|now| before.completeness().is_some_and(|was| was != *now)),
            claimed: claimed(self).filter(|topic| !claims(before, topic)).collect(),
            unclaimed: claimed(before).filter(|topic| !claims(self, topic)).collect(),
            gains: self.gains.iter().filter(|now| gain(&now.gain).is_some_and(|was| was.value < now.value)).collect(),
            challenges: challenges.filter_map(|now| now.news_since(challenge(&now.challenge)?)).collect(),
        }
    }

    fn completeness(&self) -> Option<u8> {
        self.profile.as_ref().map(|profile| profile.percent)
    }
}

impl BoardView {
    /// Whether the viewer joined or left the board since an earlier view of it; `None` if neither.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_on_a_board.rs"));
    /// use serde_json::json;
    ///
    /// use knownfor::view::Participation;
    ///
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let before = engine.board("all", &ada, 10).unwrap();
    /// engine.apply(engine.program().read_own(&json!({
    ///     "source": "wiki", "id": "9", "at": "2026-03-09T09:30:00Z", "kind": "board.left", "actor": "ada"
    /// }))?)?;
    /// let board = engine.board("all", &ada, 10).unwrap();
    /// assert_eq!(board.news_since(&before), Some(Participation::Left));
    /// assert_eq!(board.news_since(&board), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn news_since(&self, before: &BoardView) -> Option<Participation> {
        if self.board == before.board { participation(before.joined, self.joined) } else { None }
    }
}

impl ChallengeView {
    fn news_since<'a>(&'a self, before: &'a ChallengeView) -> Option<ChallengeNews<'a>> {
        let change = participation(before.joined, self.joined);
        let was_done = |id: &str| before.steps.iter().any(|step| step.step == id && step.done);
        let steps: Vec<_> = self.steps.iter().filter(|step| step.done && !was_done(&step.step)).collect();
        (change.is_some() || !steps.is_empty()).then_some(ChallengeNews { challenge: self, change, steps })
    }
}

impl Seen {
    /// The badges and the level in a view.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
    /// # let (before, after) = (&views[0], &views[1]);
    /// use knownfor::view::Seen;
    ///
    /// assert!(Seen::of(after).news_in(after).badges.is_empty());
    /// assert_eq!(Seen::default().news_in(after).badges.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(view: &MemberView) -> Self {
        let mut seen = Self::default();
        seen.add(view);
        seen
    }

    /// Adds the badges and the level of a view. Of each, the highest stays.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
    /// # let (before, after) = (&views[0], &views[1]);
    /// use knownfor::view::Seen;
    ///
    /// let mut seen = Seen::of(before);
    /// assert_eq!(seen.news_in(after).badges[0].name, "Writer");
    /// seen.add(after);
    /// assert!(seen.news_in(after).badges.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add(&mut self, view: &MemberView) {
        for EarnedBadgeView { badge, face, times, .. } in &view.badges.earned {
            match self.badges.iter_mut().find(|seen| seen.badge == *badge) {
                Some(seen) => {
                    seen.times = seen.times.max(*times);
                    if seen.rank < face.rank {
                        (seen.grade, seen.rank) = (face.grade.clone(), face.rank);
                    }
                }
                None => self.badges.push(SeenBadge {
                    badge: badge.clone(),
                    grade: face.grade.clone(),
                    rank: face.rank,
                    times: *times,
                }),
            }
        }
        self.level = self.level.max(view.standing.level.as_ref().map_or(0, |level| level.number));
    }

    /// The badges and the level in a view that are more than the member has seen.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let views = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/two_views.rs"));
    /// # let (before, after) = (&views[0], &views[1]);
    /// use knownfor::view::Seen;
    ///
    /// let seen = Seen::of(before);
    /// let news = seen.news_in(after);
    /// assert_eq!((news.badges.len(), news.level), (1, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn news_in<'a>(&self, view: &'a MemberView) -> EarnedNews<'a> {
        let level = view.standing.level.as_ref();
        EarnedNews {
            badges: view.badges.earned.iter().filter(|badge| !self.has(badge)).collect(),
            level: level.filter(|level| level.number > self.level),
        }
    }

    fn has(&self, badge: &EarnedBadgeView) -> bool {
        let seen = self.badges.iter().find(|seen| seen.badge == badge.badge);
        // What was stored without a rank has only the name of the grade.
        let as_high = |seen: &SeenBadge| seen.rank >= badge.face.rank || seen.grade == badge.face.grade;
        seen.is_some_and(|seen| as_high(seen) && seen.times >= badge.times)
    }
}

fn participation(before: bool, now: bool) -> Option<Participation> {
    match (before, now) {
        (false, true) => Some(Participation::Joined),
        (true, false) => Some(Participation::Left),
        _ => None,
    }
}

fn claimed(view: &MemberView) -> impl Iterator<Item = &TopicView> {
    view.topics.iter().filter(|topic| topic.claimed)
}

fn claims(view: &MemberView, topic: &TopicView) -> bool {
    claimed(view).any(|other| other.topic == topic.topic)
}
