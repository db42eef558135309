//! Topics: the evidence for each topic of a member, and what taking part has brought them.

use crate::{
    base::{
        id_table::Id,
        number::capped,
        sort::{sort, sort_by, sort_by_key},
        text::Text,
        time::{Time, Timestamp},
    },
    language::audience::SharedPart,
    program::{Counter, Program, Role, Tally},
    state::{
        counters::{Count, Slot},
        standing::{Counts, Standing},
    },
    view::{
        data::{ConfirmerView, EvidenceView, GainView, TopicNameView, TopicView, ViewContext},
        visibility::Visibility,
    },
};
use alloc::{string::ToString, vec::Vec};
use core::cmp::Reverse;

/// From this many colleagues on, others see that and how many confirm a topic. One or two could be guessed.
pub const FEWEST_CONFIRMERS: u32 = 3;

/// The most colleagues who are named beside a topic.
const MAX_CONFIRMERS: usize = 4;

/// A topic that a member claims or shows, by the names of its program. [`Standing::topics`] lists them.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// // Ada has answered a question about Rust, and says that she wants to be known for it.
/// let ada = engine.standing("ada").unwrap();
/// let topic = &ada.topics()[0];
/// assert_eq!((topic.topic.as_str(), topic.claimed, topic.strength), ("Rust", true, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Topic<'a> {
    /// The topic, as activities call it.
    pub topic: Text,
    /// Whether the member says that they want to be known for it.
    pub claimed: bool,
    /// How strong the evidence is, 0 or more: the value of each tally of evidence times its weight in the program.
    pub strength: i64,
    /// How many different colleagues confirm it.
    pub confirmed: u32,
    /// The tallies that speak for it, in the program's order; those at 0 are left out.
    pub evidence: Vec<TallyValue<'a>>,
}

/// A tally and its value.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// let ada = engine.standing("ada").unwrap();
/// let evidence = ada.topics()[0].evidence[0];
/// assert_eq!((evidence.tally, evidence.value), ("answers-on", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TallyValue<'a> {
    /// The tally's name in the program.
    pub tally: &'a str,
    /// Its value.
    pub value: i64,
}

/// A topic that a member claims, or that evidence speaks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KnownTopic {
    /// The topic, as activities call it.
    pub(crate) topic: Text,
    /// Whether the member says that they want to be known for it.
    pub(crate) claimed: bool,
    /// How strong the evidence is, 0 or more: the value of each tally of evidence times its weight in the program.
    pub(crate) strength: i64,
    /// How many different colleagues confirm it.
    pub(crate) confirmed: u32,
    /// The tallies that speak for it, in the program's order; those at 0 are left out.
    pub(crate) evidence: Vec<(Id<Tally>, i64)>,
}

impl Standing {
    /// The topics that the member claims or that evidence speaks for, strongest first. Equal strengths are sorted by
    /// name. Empty if the program has no topics.
    ///
    /// These are for the host itself, whatever the member shares. What others may see is in [views](crate::view).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// // Ada has answered a question about Rust, and says that she wants to be known for it.
    /// let ada = engine.standing("ada").unwrap();
    /// let topics: Vec<_> = ada.topics().into_iter().map(|topic| (topic.topic.to_string(), topic.strength)).collect();
    /// assert_eq!(topics, [("Rust".to_string(), 2)]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn topics(&self) -> Vec<Topic<'_>> {
        let topics = strongest_first(self.counts.topics(&self.program)).into_iter();
        let named = topics.map(|known| Topic {
            evidence: known
                .tallies(&self.program)
                .map(|(tally, value)| TallyValue { tally: &tally.name, value })
                .collect(),
            topic: known.topic,
            claimed: known.claimed,
            strength: known.strength,
            confirmed: known.confirmed,
        });
        named.collect()
    }

    /// The topics that the member declines, sorted. A door that adds one repeats these.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// assert!(engine.standing("ada").unwrap().declined_topics().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn declined_topics(&self) -> &[Text] {
        &self.counts.personal.declined
    }

    /// The topics for which a viewer may thank the member: those that the member claims and shares with the viewer, and
    /// those that the program names, sorted by name. What the member declines is not among them. Empty for the member.
    ///
    /// A door accepts a thank only for one of these, or for none.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
    /// // Ada claims Rust and shares that with Bob.
    /// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let topics = engine.standing("ada").unwrap().topics_to_thank_for("ada", &bob);
    /// assert_eq!(topics.iter().map(|topic| topic.topic.as_str()).collect::<Vec<_>>(), ["Rust"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn topics_to_thank_for(&self, member: &str, ask: &ViewContext<'_>) -> Vec<TopicNameView> {
        let visibility = Visibility::of(&self.program, member, self, ask);
        if visibility.own {
            return Vec::new();
        }
        let claims = self.counts.personal.claims.iter().filter(|_| visibility.shows(SharedPart::Topics));
        let mut topics: Vec<&Text> = claims.chain(self.program.named_topics()).collect();
        topics.retain(|topic| !self.counts.declines(topic));
        sort(&mut topics);
        topics.dedup();
        let name = |topic: &Text| TopicNameView {
            topic: topic.to_string(),
            name: self.program.topic_name(topic, ask.locale).into(),
        };
        let mut topics: Vec<TopicNameView> = topics.into_iter().map(name).collect();
        sort_by(&mut topics, |a, b| a.name.cmp(&b.name));
        topics
    }
}

impl KnownTopic {
    fn tallies<'p>(&self, program: &'p Program) -> impl Iterator<Item = (&'p Tally, i64)> {
        self.evidence.iter().filter_map(|(id, value)| Some((program.tallies.lookup(*id)?, *value)))
    }

    /// Whether anything that the member did speaks for it, and not only what others said.
    pub(crate) fn has_own_evidence(&self, program: &Program) -> bool {
        self.tallies(program).any(|(tally, value)| tally.to == Role::Actor && value > 0)
    }

    pub(crate) fn evidence_view(&self, program: &Program, locale: &str) -> Vec<EvidenceView> {
        let confirmed_by = program.topics.as_ref().and_then(|topics| topics.confirmed_by);
        let evidence = self.evidence.iter().filter_map(|(id, value)| {
            let tally = program.tallies.lookup(*id)?;
            Some(EvidenceView {
                tally: tally.name.to_string(),
                name: tally.words.or(locale, &tally.name).into(),
                value: *value,
                confirms: confirmed_by == Some(*id),
            })
        });
        evidence.collect()
    }

    /// The topic for a viewer, with the colleagues who may be named beside it.
    pub(crate) fn view(&self, program: &Program, locale: &str, confirmers: Vec<ConfirmerView>) -> TopicView {
        TopicView {
            topic: self.topic.to_string(),
            name: program.topic_name(&self.topic, locale).into(),
            claimed: self.claimed,
            mentioned: !self.claimed && !self.has_own_evidence(program),
            strength: self.strength,
            confirmed: self.confirmed,
            others: self.confirmed.saturating_sub(capped(confirmers.len())),
            confirmers,
            evidence: self.evidence_view(program, locale),
        }
    }
}

impl Program {
    /// The name of a topic in a locale, or the topic itself if the program does not name it.
    pub(crate) fn topic_name<'a>(&'a self, topic: &'a str, locale: &str) -> &'a str {
        let words = self.topics.as_ref().and_then(|topics| topics.names.get(topics.named.find(topic)?));
        words.and_then(|words| words.in_locale(locale)).unwrap_or(topic)
    }

    /// The topics that the program names, in order.
    pub(crate) fn named_topics(&self) -> impl Iterator<Item = &Text> {
        self.topics.iter().flat_map(|topics| topics.named.texts())
    }

    /// Whether the program names a topic.
    pub(crate) fn is_named(&self, topic: &str) -> bool {
        self.topics.as_ref().is_some_and(|topics| topics.named.find(topic).is_some())
    }
}

impl Counts {
    /// The topics that the member claims or that evidence speaks for, sorted by name. Their tallies have no window, so
    /// the moment does not matter.
    pub(crate) fn topics(&self, program: &Program) -> Vec<KnownTopic> {
        let Some(topics) = &program.topics else { return Vec::new() };
        let tallies = topics.evidence.iter().map(|(id, _)| Counter::Tally(*id));
        let mut names: Vec<&Text> =
            tallies.flat_map(|tally| self.counters.keys(tally)).chain(&self.personal.claims).collect();
        sort(&mut names);
        names.dedup();
        let topics = names.into_iter().map(|name| self.topic(program, name, 0));
        // Evidence may be gone, such as a vote that was turned.
        topics
            .filter(|topic| topic.claimed || topic.strength > 0)
            .filter(|topic| !self.declines(&topic.topic))
            .collect()
    }

    /// The topics among them that others may see: those the member claims, or all in a program without claims. What
    /// only a few colleagues confirm is as if they had not.
    pub(crate) fn shared_topics(&self, program: &Program) -> Vec<KnownTopic> {
        let Some(topics) = &program.topics else { return Vec::new() };
        let claimed = topics.claimed_by.is_some();
        let topics = self.topics(program).into_iter().filter(|topic| topic.claimed || !claimed);
        let shared = topics.map(|topic| match topic.confirmed {
            1..FEWEST_CONFIRMERS => self.topic(program, &topic.topic, FEWEST_CONFIRMERS),
            _ => topic,
        });
        shared.filter(|topic| topic.claimed || topic.strength > 0).collect()
    }

    /// The colleagues who confirm a topic and let others see their name, if `shows` says so, latest first.
    pub(crate) fn confirmers(
        &self,
        program: &Program,
        topic: &Text,
        shows: &dyn Fn(&str) -> bool,
    ) -> Vec<ConfirmerView> {
        let colleagues = |tally: Option<Id<Tally>>| {
            let slot = Slot { counter: Counter::Tally(tally?), key: Some(topic.clone()), window: 0 };
            match self.counters.get(&slot) {
                Some(Count::Distinct(seen)) => Some(&**seen),
                _ => None,
            }
        };
        let tallies = program.topics.as_ref().map(|topics| (topics.confirmed_by, topics.named_by));
        let found = tallies.and_then(|(confirmed, named)| colleagues(confirmed).zip(colleagues(named)));
        let Some((confirmed, named)) = found else { return Vec::new() };
        let mut named: Vec<_> = named.iter().filter(|(member, _)| confirmed.get(member).is_some()).collect();
        sort_by(&mut named, |(a, at), (b, bt)| bt.cmp(at).then_with(|| a.cmp(b)));
        let view = |(member, _): (&Text, _)| ConfirmerView {
            member: member.to_string(),
            name: member.to_string(),
            picture: None,
        };
        named.into_iter().filter(|(member, _)| shows(member)).take(MAX_CONFIRMERS).map(view).collect()
    }

    fn declines(&self, topic: &Text) -> bool {
        self.personal.declined.binary_search(topic).is_ok()
    }

    /// A topic, in which confirmations count if there are `fewest` or more.
    fn topic(&self, program: &Program, name: &Text, fewest: u32) -> KnownTopic {
        let ever = Time::utc(Timestamp::clamped(i64::MAX));
        let mut topic = KnownTopic {
            topic: name.clone(),
            claimed: self.personal.claims.binary_search(name).is_ok(),
            strength: 0,
            confirmed: 0,
            evidence: Vec::new(),
        };
        let Some(topics) = &program.topics else { return topic };
        for (id, weight) in &topics.evidence {
            let value = self.tally(program, *id, Some(name), ever);
            let confirms = topics.confirmed_by == Some(*id);
            if confirms && value < i64::from(fewest) {
                continue;
            }
            topic.strength = topic.strength.saturating_add(value.saturating_mul(*weight));
            if value != 0 {
                topic.evidence.push((*id, value));
            }
            if confirms {
                topic.confirmed = capped(value.max(0));
            }
        }
        topic.strength = topic.strength.max(0);
        topic
    }

    /// What taking part has brought the member, in the order of the program.
    pub(crate) fn gains(&self, program: &Program, time: Time, locale: &str) -> Vec<GainView> {
        let gains = program.gains.iter().map(|id| {
            let tally = &program.tallies[*id];
            GainView {
                gain: tally.name.to_string(),
                name: tally.words.or(locale, &tally.name).into(),
                value: self.tally(program, *id, None, time),
            }
        });
        gains.collect()
    }
}

/// Sorts by strength. Equal strengths stay sorted by name.
pub(crate) fn strongest_first(mut topics: Vec<KnownTopic>) -> Vec<KnownTopic> {
    sort_by_key(&mut topics, |topic| Reverse(topic.strength));
    topics
}
