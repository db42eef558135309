//! News: what changed between two views of the same member or board.
//!
//! Badges and levels are news only if they rise. A member who loses something learns it from the view, and is not told.

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
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use knownfor::{Engine, Feed, Program, Tree, ViewContext};
    ///
    /// let program: Tree = serde_json::from_str(r#"{
    ///     "version": 1, "id": "p", "kinds": { "blog.published": {} }, "tallies": { "posts": { "count": "blog.published" } },
    ///     "badges": { "storyteller": { "when": { "posts": 2 }, "name": "Storyteller" } }
    /// }"#)?;
    /// let mut engine = Engine::new(Program::check(&program, |_| None)?);
    /// let context = ViewContext::of("ada", "en", "2026-03-03T08:00:00Z".parse()?);
    /// let before = engine.view("ada", &context).unwrap();
    /// for id in ["1", "2"] {
    ///     let post: Tree = serde_json::from_value(serde_json::json!({
    ///         "id": id, "at": "2026-03-02T09:30:00+01:00", "kind": "blog.published", "actor": "ada"
    ///     }))?;
    ///     engine.apply(engine.program().read(&post, &Feed::new("wiki"))?)?;
    /// }
    /// let view = engine.view("ada", &context).unwrap();
    /// assert_eq!(view.news_since(&before).earned.badges[0].name, "Storyteller");
    /// # Ok(())
    /// # }
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
    /// What a view shows: the badges and the level in it.
    pub fn of(view: &MemberView) -> Self {
        let mut seen = Self::default();
        seen.add(view);
        seen
    }

    /// Notes that the member has seen a view. Of each badge and of the level, the highest stays.
    pub fn add(&mut self, view: &MemberView) {
        for EarnedBadgeView { badge, face, times, .. } in &view.badges.earned {
            match self.badges.iter_mut().find(|seen| seen.badge == *badge) {
                Some(seen) => (seen.grade, seen.times) = (seen.grade.max(face.grade), seen.times.max(*times)),
                None => self.badges.push(SeenBadge { badge: badge.clone(), grade: face.grade, times: *times }),
            }
        }
        self.level = self.level.max(view.standing.level.as_ref().map_or(0, |level| level.number));
    }

    /// The badges and the level in a view that are more than the member has seen.
    pub fn news_in<'a>(&self, view: &'a MemberView) -> EarnedNews<'a> {
        let level = view.standing.level.as_ref();
        EarnedNews {
            badges: view.badges.earned.iter().filter(|badge| !self.has(badge)).collect(),
            level: level.filter(|level| level.number > self.level),
        }
    }

    fn has(&self, badge: &EarnedBadgeView) -> bool {
        let seen = self.badges.iter().find(|seen| seen.badge == badge.badge);
        seen.is_some_and(|seen| seen.grade >= badge.face.grade && seen.times >= badge.times)
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
