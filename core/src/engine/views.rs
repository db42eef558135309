//! Views: what a viewer sees of an engine's members.

use crate::{
    base::{sort::sort_by, text::Text},
    engine::{Engine, accounts::Group},
    language::audience::SharedPart,
    state::standing::Standing,
    view::{
        data::{BoardView, CohortView, ExpertsView, MemberView, ModelView, TopicNameView, ViewContext},
        leaderboard::Climber,
    },
};
use alloc::vec::Vec;

impl Engine {
    /// What a viewer sees of a member, as [`Standing::view`]. `None` if the viewer may see nothing of the member;
    /// hidden and unknown members look the same.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
    /// // Ada and Bob have written a post each. Only Ada has published her profile.
    /// let cleo = ViewContext::of("cleo", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert_eq!(engine.view("ada", &cleo).unwrap().standing.points[0].total, 5);
    /// assert!(engine.view("bob", &cleo).is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn view(&self, member: &str, ask: &ViewContext<'_>) -> Option<MemberView> {
        let shows_profile = |colleague: &str| {
            self.standing(colleague).is_some_and(|standing| standing.shows(colleague, SharedPart::Profile, ask))
        };
        match self.standing(member) {
            Some(standing) => standing.view_naming(member, ask, shows_profile),
            None => Standing::new(&self.program).view(member, ask),
        }
    }

    /// What a role model has and the viewer does not, as the viewer's next steps. See [`Standing::model`].
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
    /// // Ada is a role model and has the badge of writers. Bob does not have it yet.
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let model = engine.model("ada", &bob).unwrap();
    /// assert_eq!((model.steps[0].name.as_str(), model.steps[0].invite.as_str()), ("Writer", "Write a post"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn model(&self, member: &str, ask: &ViewContext<'_>) -> Option<ModelView> {
        self.standing(member)?.model(member, self.standing(ask.viewer), ask).ok().flatten()
    }

    /// The members who are role models for a viewer, sorted by id.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/role_model.rs"));
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert_eq!(engine.models(&bob), ["ada"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn models(&self, ask: &ViewContext<'_>) -> Vec<&str> {
        let standings = self.accounts.of(Group::Models).map(|(member, account)| (member, &account.fold.standing));
        let models = standings.filter(|(member, standing)| standing.is_model(member, ask));
        models.map(|(member, _)| member).collect()
    }

    /// A board as a viewer sees it, with at most `rows` rows. `None` if the program has no such board. See
    /// [`Boards::board`](crate::Boards::board).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/board.rs"));
    /// // Ada and Bob have joined the board, Cleo has not. Bob and Cleo have written a post each.
    /// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let board = engine.board("all", &ada, 10).unwrap();
    /// let rows: Vec<_> = board.rows.iter().map(|row| (row.place, row.member.as_str(), row.total)).collect();
    /// // Bob does not share his points.
    /// assert_eq!(rows, [(1, "bob", None), (2, "ada", Some(0))]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn board(&self, board: &str, ask: &ViewContext<'_>, rows: usize) -> Option<BoardView> {
        let at_now =
            |member: &Text| Some((member.clone(), Climber::at(&self.program, self.standing(member)?, ask.now)));
        let mut passed: Vec<_> = self.boards.outdated(ask.now).filter_map(at_now).collect();
        sort_by(&mut passed, |(a, _), (b, _)| a.cmp(b));
        passed.dedup_by(|(a, _), (b, _)| a == b);
        self.boards.board_with(board, ask, rows, &passed)
    }

    /// What the participants of a challenge have reached together. `None` if the program has no such challenge. See
    /// [`Program::cohort`](crate::Program::cohort).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/cohort.rs"));
    /// // Ada and Bob are in the challenge, and everyone together is to write 10 posts.
    /// let anyone = ViewContext::of("", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let cohort = engine.cohort("march", &anyone).unwrap();
    /// assert_eq!((cohort.members, cohort.shared[0].goal), (Some(2), 10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cohort(&self, challenge: &str, ask: &ViewContext<'_>) -> Option<CohortView> {
        let standings = self.accounts.of(Group::Participants).map(|(_, account)| &account.fold.standing);
        self.program().cohort(challenge, standings, ask).ok().flatten()
    }

    /// The members who are known for a topic, as far as a viewer may see it. See
    /// [`Experts::known_for`](crate::Experts::known_for).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// // Ada has answered a question about Rust, and says that she wants to be known for it.
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let found = engine.known_for("rust", &bob, 10);
    /// assert_eq!((found.topic.as_str(), found.experts[0].member.as_str()), ("Rust", "ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn known_for(&self, topic: &str, ask: &ViewContext<'_>, count: usize) -> ExpertsView {
        self.experts.known_for(topic, ask, count)
    }

    /// Topics with a given beginning that some member shares with a viewer. See
    /// [`Experts::topics`](crate::Experts::topics).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert_eq!(engine.topics_known(&bob, "ru", 10)[0].topic, "Rust");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn topics_known(&self, ask: &ViewContext<'_>, beginning: &str, count: usize) -> Vec<TopicNameView> {
        self.experts.topics(ask, beginning, count)
    }
}
