//! Experts: who is known for a topic, kept in order so that nobody has to be looked through when somebody asks.

use crate::{
    base::{sort::sort, text::Text},
    language::audience::{Audience, SharedPart},
    program::{OtherProgram, Program},
    state::standing::Standing,
    view::{
        data::{ExpertView, ExpertsView, TopicNameView, ViewContext},
        topics::KnownTopic,
    },
};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    string::ToString,
    vec::Vec,
};
use core::{cmp::Reverse, iter::successors};

/// Experts or topics that one search finds at most: nobody reads on, and it is no way to count colleagues.
pub const MAX_FOUND: usize = 100;

/// Who is known for what, of all members who let others see it.
///
/// It holds nothing of anybody else: who did not publish, is gone, or keeps topics to themselves is not in it, as if
/// they had never been. [`Engine`](crate::Engine) keeps one by itself; a host that keeps members elsewhere tells it of
/// each standing that has changed.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use knownfor::{Experts, Feed, Incoming, Program, Standing, Tree, ViewContext};
/// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p",
///     "kinds": {"claimed": {"attributes": {"topics": "texts"}}, "published": {}, "hidden": {}, "said": {},
///         "helped": {"attributes": {"topics": "texts"}}},
///     "tallies": {"helped-on": {"count": "helped", "per": "topics"}},
///     "profile": {"on": "said", "published_by": "published", "hidden_by": "hidden", "fields": {"motto": {"ask": "Yours?"}}},
///     "topics": {"claimed_by": "claimed", "evidence": {"helped-on": 2}}}"#)?;
/// let program = Program::check(&tree, |_| None)?;
/// let (mut standing, mut experts) = (Standing::new(&program), Experts::new(&program));
/// for (id, kind) in [("1", "claimed"), ("2", "published"), ("3", "helped")] {
///     let line = format!(
///         r#"{{"id": "{id}", "at": "2026-03-02T09:30:0{id}Z", "kind": "{kind}", "actor": "ada", "attributes": {{"topics": ["Rust"]}}}}"#
///     );
///     let line: Tree = serde_json::from_str(&line)?;
///     let Incoming::Activity(activity) = program.read(&line, &Feed::new("wiki"))? else { panic!() };
///     program.apply(&mut standing, "ada", &activity)?;
///     experts.update("ada", &standing)?;
/// }
/// let found = experts.known_for("rust", &ViewContext::of("bob", "en", "2026-03-03T00:00:00Z".parse()?), 10);
/// assert_eq!((found.topic.as_str(), found.experts[0].member.as_str(), found.experts[0].strength), ("Rust", "ada", 2));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experts {
    program: Program,
    members: BTreeMap<Text, Shared>,
    /// What is shared with the whole company. What is shared with a team stands with its members alone, of whom a
    /// viewer has few.
    company: BTreeSet<Rank>,
}

/// What a member lets others see of what they are known for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shared {
    /// The widest circle that sees it; not private.
    audience: Audience,
    /// In order of their names.
    topics: Vec<KnownTopic>,
}

/// A place among those who are known for a topic: the strongest first, of equal strength in order of ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// The topic as it is looked up, so that those that differ in upper and lower case alone stand together.
    folded: Text,
    topic: Text,
    strength: Reverse<i64>,
    member: Text,
}

impl Experts {
    /// Experts among the members of a program, none yet.
    pub fn new(program: &Program) -> Self {
        Self { program: program.clone(), members: BTreeMap::new(), company: BTreeSet::new() }
    }

    /// Takes in what a member has now. A host calls it whenever the member's standing has changed.
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], and nothing has changed: the standing is of another program.
    pub fn update(&mut self, member: &str, standing: &Standing) -> Result<(), OtherProgram> {
        standing.is_of(&self.program)?;
        self.put(member, standing);
        Ok(())
    }

    /// The same for a standing that is known to be of this program.
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

    /// Forgets a member.
    pub fn remove(&mut self, member: &str) {
        let member = Text::from(member);
        let Some(shared) = self.members.remove(&member) else { return };
        for rank in shared.ranks(&member) {
            self.company.remove(&rank);
        }
    }

    /// Who is known for a topic, of those who share that with the viewer: at most `count` and [`MAX_FOUND`] of them,
    /// strongest first.
    ///
    /// A topic is what activities call it, to the letter: `Rust` and `rust` are two. Who asks need not know how it is
    /// written: a text that is no topic itself is looked for among names in the viewer's locale and among topics
    /// without regard to upper and lower case, first of those that the program names, then of those that somebody
    /// shares with the viewer. The answer says which it is of, and is the same for a topic that nobody has and for one
    /// that nobody shares.
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

    /// Topics that some member shares with the viewer and that begin so, or whose name in the viewer's locale does,
    /// whatever the case: at most `count` and [`MAX_FOUND`], in order of their names. Of an empty text all begin.
    pub fn topics(&self, ask: &ViewContext<'_>, beginning: &str, count: usize) -> Vec<TopicNameView> {
        let (program, near) = (&self.program, self.near(ask));
        let count = count.min(MAX_FOUND);
        let beginning = fold(beginning);
        let begins = |text: &str| fold(text).starts_with(beginning.as_str());
        // A named topic may begin by its name alone, so all of these are looked at.
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

    /// Those of the viewer's circle who share with their team only, the viewer among them, each once.
    fn near(&self, ask: &ViewContext<'_>) -> Vec<(&Text, &Shared)> {
        let mut circle: Vec<_> = ask.team.iter().copied().chain([ask.viewer]).collect();
        sort(&mut circle);
        circle.dedup();
        let placed = circle.into_iter().filter_map(|member| self.members.get_key_value(member));
        placed.filter(|(_, shared)| shared.audience < Audience::Company).collect()
    }

    /// The topic that a text means for a viewer: as [`known_for`](Self::known_for) says.
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

    /// How many spell a topic so, of those who share it with the viewer. Beyond [`MAX_FOUND`] of them it is no oddity.
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

    /// The topics shared with the company, from how one is looked up on, each once.
    fn company_topics(&self, folded: Text) -> impl Iterator<Item = &Text> {
        let next = |from| self.company_from(from).next();
        let first = Rank { folded, topic: "".into(), strength: Reverse(i64::MAX), member: "".into() };
        successors(next(first), move |rank| next(rank.after_topic())).map(|rank| &rank.topic)
    }
}

impl Shared {
    /// Nothing where there is nothing for others.
    fn of(program: &Program, standing: &Standing) -> Option<Self> {
        let audience = standing.shared_with(program, SharedPart::Topics);
        if audience == Audience::Private {
            return None;
        }
        let topics = standing.counts.told_topics(program);
        (!topics.is_empty()).then_some(Self { audience, topics })
    }

    fn topic(&self, name: &str) -> Option<&KnownTopic> {
        let index = self.topics.binary_search_by(|topic| topic.topic.as_str().cmp(name)).ok()?;
        self.topics.get(index)
    }

    /// The member's places before the whole company.
    fn ranks(&self, member: &Text) -> impl Iterator<Item = Rank> {
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
    /// Before all who are known for a topic.
    fn first_of(topic: &str) -> Self {
        Self { folded: fold(topic), topic: topic.into(), strength: Reverse(i64::MAX), member: "".into() }
    }

    /// After all who are known for the same topic: no strength is below 0.
    fn after_topic(&self) -> Self {
        Self { strength: Reverse(-1), member: "".into(), ..self.clone() }
    }
}

/// A text as it is looked up: upper and lower case alike.
fn fold(text: &str) -> Text {
    Text::from(text.to_lowercase())
}
