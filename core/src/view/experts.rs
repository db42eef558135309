//! Experts: who is known for a topic. The index is kept sorted, so a search does not scan all members.

use crate::{
    base::{sort::sort, text::Text},
    language::audience::Audience,
    program::{OtherProgram, Program},
    state::standing::Standing,
    view::{
        data::{ExpertView, ExpertsView, TopicNameView, ViewContext},
        ranking::{Rank, Shared, fold},
    },
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::ToString,
    vec::Vec,
};
use core::{cmp::Reverse, iter::successors};

/// The most experts or topics that one search finds. Nobody reads further, and a longer list would let people count
/// colleagues.
pub const MAX_FOUND: usize = 100;

/// An index of who is known for what, among all members who share that.
///
/// It holds nothing about other members: those who did not publish, have departed, or keep topics to themselves.
/// [`Engine`](crate::Engine) keeps such an index by itself. A host that keeps members elsewhere passes each changed
/// standing to [`update`](Self::update).
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// // Ada has answered a question about Rust, says that she wants to be known for it, and has published her profile.
/// let mut experts = Experts::new(engine.program());
/// experts.update("ada", engine.standing("ada").unwrap())?;
///
/// let found = experts.known_for("rust", &ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?), 10);
/// assert_eq!(found.topic, "Rust");
/// assert_eq!((found.experts[0].member.as_str(), found.experts[0].strength), ("ada", 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experts {
    program: Program,
    members: BTreeMap<Text, Shared>,
    /// The topics shared with the whole company. Topics shared with a team are only in `members`, because a viewer's
    /// team is small.
    company: BTreeSet<Rank>,
}

impl Experts {
    /// An index without members.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// let experts = Experts::new(engine.program());
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert!(experts.topics(&bob, "", 10).is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(program: &Program) -> Self {
        Self { program: program.clone(), members: BTreeMap::new(), company: BTreeSet::new() }
    }

    /// Replaces what the index has of a member. A host calls it whenever the member's standing has changed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// use serde_json::json;
    ///
    /// let mut experts = Experts::new(engine.program());
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// experts.update("ada", engine.standing("ada").unwrap())?;
    /// assert_eq!(experts.known_for("Rust", &bob, 10).experts.len(), 1);
    ///
    /// // Ada hides her profile.
    /// engine.apply(engine.program().read_own(&json!({
    ///     "source": "wiki", "id": "4", "at": "2026-03-04T09:30:00Z", "kind": "profile.hidden", "actor": "ada"
    /// }))?)?;
    /// experts.update("ada", engine.standing("ada").unwrap())?;
    /// assert_eq!(experts.known_for("Rust", &bob, 10).experts.len(), 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], and nothing has changed, if the standing is of another program. [`OtherProgram`] has an
    /// example.
    pub fn update(&mut self, member: &str, standing: &Standing) -> Result<(), OtherProgram> {
        standing.is_of(&self.program)?;
        self.put(member, standing);
        Ok(())
    }

    /// As `update`, for a standing of the same program.
    pub(crate) fn put(&mut self, member: &str, standing: &Standing) {
        let shared = Shared::of(&self.program, standing);
        if self.members.get(member) == shared.as_ref() {
            return;
        }
        self.remove(member);
        let Some(shared) = shared else { return };
        let member = Text::from(member);
        self.company.extend(shared.ranks(&member));
        self.members.insert(member, shared);
    }

    /// Removes a member. Until the next [`update`](Self::update), no search finds them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// let mut experts = Experts::new(engine.program());
    /// experts.update("ada", engine.standing("ada").unwrap())?;
    /// experts.remove("ada");
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// assert!(experts.known_for("Rust", &bob, 10).experts.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn remove(&mut self, member: &str) {
        let member = Text::from(member);
        let Some(shared) = self.members.remove(&member) else { return };
        for rank in shared.ranks(&member) {
            self.company.remove(&rank);
        }
    }

    /// The members who are known for a topic and share that with the viewer, strongest first. At most `count`, and at
    /// most [`MAX_FOUND`].
    ///
    /// `Rust` and `rust` are two topics if activities write both. The viewer need not know the spelling: a text that
    /// is no topic is looked up among the names of topics in the viewer's locale and among topics in upper or lower
    /// case. Topics that the program names come first, then those that somebody shares with the viewer. The answer
    /// says which topic was found. It is the same for a topic that nobody has and for one that nobody shares.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// let mut experts = Experts::new(engine.program());
    /// experts.update("ada", engine.standing("ada").unwrap())?;
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let found = experts.known_for("RUST", &bob, 10);
    /// assert_eq!((found.topic.as_str(), found.experts[0].member.as_str()), ("Rust", "ada"));
    ///
    /// let found = experts.known_for("Haskell", &bob, 10);
    /// assert_eq!((found.topic.as_str(), found.experts.len()), ("Haskell", 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn known_for(&self, topic: &str, ask: &ViewContext<'_>, count: usize) -> ExpertsView {
        let (program, near) = (&self.program, self.near(ask));
        let topic = self.meant(program, topic, ask, &near);
        let count = count.min(MAX_FOUND);
        let of_company = self.company_from(Rank::first_of(topic)).take_while(|rank| rank.topic == topic);
        let mut ranked: Vec<_> = of_company.take(count).map(|rank| (rank.strength, &rank.member)).collect();
        let of_near =
            near.iter().filter_map(|(member, shared)| Some((Reverse(shared.topic(topic)?.strength), *member)));
        ranked.extend(of_near);
        sort(&mut ranked);
        ranked.dedup();
        let expert = |(_, member): (_, &Text)| {
            let topic = self.members.get(member)?.topic(topic)?;
            Some(ExpertView {
                member: member.to_string(),
                name: member.to_string(),
                own: member == ask.viewer,
                strength: topic.strength,
                confirmed: topic.confirmed,
                evidence: topic.evidence_view(program, ask.locale),
            })
        };
        ExpertsView {
            topic: topic.into(),
            name: program.topic_name(topic, ask.locale).into(),
            experts: ranked.into_iter().take(count).filter_map(expert).collect(),
        }
    }

    /// Topics that some member shares with the viewer and that begin with a text, or whose name in the viewer's locale
    /// does. Upper and lower case are the same. The topics are sorted by name, at most `count` and at most
    /// [`MAX_FOUND`]. The empty text finds all.
    ///
    /// A form suggests them while a member types, so that everyone spells a topic in the same way.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// let mut experts = Experts::new(engine.program());
    /// experts.update("ada", engine.standing("ada").unwrap())?;
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let topics: Vec<_> = experts.topics(&bob, "r", 10).into_iter().map(|topic| topic.topic).collect();
    /// assert_eq!(topics, ["Rust"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn topics(&self, ask: &ViewContext<'_>, beginning: &str, count: usize) -> Vec<TopicNameView> {
        let (program, near) = (&self.program, self.near(ask));
        let count = count.min(MAX_FOUND);
        let beginning = fold(beginning);
        let begins = |text: &str| fold(text).starts_with(beginning.as_str());
        // The name of a named topic may begin with the text even if the topic does not, so all of them are tried.
        let named = program.named_topics().filter(|topic| {
            (begins(topic) || begins(program.topic_name(topic, ask.locale))) && self.is_shared(topic, &near)
        });
        let others = |topic: &&Text| !program.is_named(topic);
        let of_company = self.company_topics(beginning.clone()).take_while(|topic| begins(topic)).filter(others);
        let of_near = near.iter().flat_map(|(_, shared)| &shared.topics).map(|topic| &topic.topic);
        let of_near = of_near.filter(others).filter(|topic| begins(topic));
        let found = named.chain(of_company.take(count)).chain(of_near);
        let mut found: Vec<_> = found.map(|topic| (fold(program.topic_name(topic, ask.locale)), topic)).collect();
        sort(&mut found);
        found.dedup();
        let view = |(_, topic): (_, &Text)| TopicNameView {
            topic: topic.to_string(),
            name: program.topic_name(topic, ask.locale).into(),
        };
        found.into_iter().take(count).map(view).collect()
    }

    /// The viewer and the members of their team who share with their team only, each once.
    fn near(&self, ask: &ViewContext<'_>) -> Vec<(&Text, &Shared)> {
        let mut circle: Vec<_> = ask.team.iter().copied().chain([ask.viewer]).collect();
        sort(&mut circle);
        circle.dedup();
        let placed = circle.into_iter().filter_map(|member| self.members.get_key_value(member));
        placed.filter(|(_, shared)| shared.audience < Audience::Company).collect()
    }

    /// The topic that a text means for a viewer, as [`known_for`](Self::known_for) says.
    fn meant<'a>(
        &'a self,
        program: &'a Program,
        text: &'a str,
        ask: &ViewContext<'_>,
        near: &[(&Text, &'a Shared)],
    ) -> &'a str {
        if program.is_named(text) || self.is_shared(text, near) {
            return text;
        }
        let folded = fold(text);
        let is_meant = |topic: &&Text| fold(topic) == folded;
        let is_called = |topic: &&Text| is_meant(topic) || fold(program.topic_name(topic, ask.locale)) == folded;
        let of_company = || self.company_topics(folded.clone()).take_while(is_meant).take(MAX_FOUND);
        let of_near = || near.iter().flat_map(|(_, shared)| &shared.topics).map(|topic| &topic.topic).filter(is_meant);
        let shared = || of_near().chain(of_company()).min_by_key(|topic| (Reverse(self.spelt(topic, near)), *topic));
        program.named_topics().find(is_called).or_else(shared).map_or(text, Text::as_str)
    }

    /// How many members who share a topic with the viewer spell it this way. Of those who share with the company,
    /// counting stops at [`MAX_FOUND`]: by then it is no odd spelling.
    fn spelt(&self, topic: &str, near: &[(&Text, &Shared)]) -> usize {
        let of_company = self.company_from(Rank::first_of(topic)).take_while(|rank| rank.topic == topic);
        let of_near = near.iter().filter(|(_, shared)| shared.topic(topic).is_some());
        of_company.take(MAX_FOUND).count() + of_near.count()
    }

    fn is_shared(&self, topic: &str, near: &[(&Text, &Shared)]) -> bool {
        let of_company = || self.company_from(Rank::first_of(topic)).next().is_some_and(|rank| rank.topic == topic);
        near.iter().any(|(_, shared)| shared.topic(topic).is_some()) || of_company()
    }

    fn company_from(&self, first: Rank) -> impl Iterator<Item = &Rank> {
        self.company.range(first..)
    }

    /// The topics shared with the company, each once, from the first one that is not before `folded`.
    fn company_topics(&self, folded: Text) -> impl Iterator<Item = &Text> {
        let next = |from| self.company_from(from).next();
        let first = Rank { folded, topic: "".into(), strength: Reverse(i64::MAX), member: "".into() };
        successors(next(first), move |rank| next(rank.after_topic())).map(|rank| &rank.topic)
    }
}
