//! Known: what members are known for, who is known for something, and what they have from it.

use crate::base::from_tree::plain_data;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A topic that a member is known for, or wants to be known for.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/answers_on_rust.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Ada claims Rust and has answered a question about it.
/// assert_eq!(serde_json::to_value(&view.topics[0])?, json!({
///     "topic": "Rust", "name": "Rust", "claimed": true, "strength": 2, "confirmed": 0,
///     "evidence": [{"tally": "answers-on", "name": "Answers", "value": 1}]
/// }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TopicView {
    /// The topic, as activities call it.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// Whether the member says that they want to be known for it.
    pub claimed: bool,
    /// Whether the member does not claim it, and only what others said speaks for it.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub mentioned: bool,
    /// How strong the evidence is: the value of each tally of evidence times its weight in the program. In the view of
    /// others, confirmations count from [`FEWEST_CONFIRMERS`](crate::FEWEST_CONFIRMERS) colleagues on.
    pub strength: i64,
    /// How many different colleagues confirm it. In the view of others, 0 if fewer than
    /// [`FEWEST_CONFIRMERS`](crate::FEWEST_CONFIRMERS) do.
    pub confirmed: u32,
    /// At most 4 of the colleagues who confirm it, latest first: those who let others see their name, and whose profile
    /// the viewer may see.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confirmers: Vec<ConfirmerView>,
    /// How many of `confirmed` are not among `confirmers`.
    #[serde(skip_serializing_if = "is_nought")]
    pub others: u32,
    /// The tallies of evidence, in the program's order. Those at 0 are left out.
    pub evidence: Vec<EvidenceView>,
}

plain_data! {
    TopicView {
        topic, name, claimed, mentioned: optional, strength, confirmed, confirmers: optional, others: optional,
        evidence,
    }
}

fn is_nought(number: &u32) -> bool {
    *number == 0
}

/// A colleague who confirms a topic of a member, and lets others see that.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/confirmed.rs"));
/// use serde_json::json;
///
/// // Bob and Cleo have thanked Ada for Rust. Bob lets others see his name.
/// let dan = ViewContext::of("dan", "en", "2026-03-09T12:00:00Z".parse()?);
/// let ada = engine.view("ada", &dan).unwrap();
/// assert_eq!(serde_json::to_value(&ada.topics[0].confirmers)?, json!([{"member": "bob", "name": "bob"}]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ConfirmerView {
    /// The colleague's id.
    pub member: String,
    /// The name to show. It is the id until a host that knows names replaces it.
    pub name: String,
    /// The address of a picture of them. Absent until a host that has pictures sets it; initials are shown then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<String>,
}

plain_data! { ConfirmerView { member, name, picture } }

/// A tally of evidence for a topic, and its value.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/answers_on_rust.rs"));
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// let evidence = &view.topics[0].evidence[0];
/// assert_eq!((evidence.name.as_str(), evidence.value), ("Answers", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EvidenceView {
    /// The tally's id.
    pub tally: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// The tally's value.
    pub value: i64,
    /// Whether it counts the colleagues who confirm the topic, and not what the member did.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub confirms: bool,
}

plain_data! { EvidenceView { tally, name, value, confirms: optional } }

/// Who is known for a topic. [`Engine::known_for`](crate::Engine::known_for) and
/// [`Experts::known_for`](crate::Experts::known_for) make it.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// // Ada claims Rust, has answered a question about it, and has published her profile.
/// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
/// let found = engine.known_for("rust", &bob, 10);
/// assert_eq!((found.topic.as_str(), found.experts.len()), ("Rust", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExpertsView {
    /// The topic that was found, as most members spell it: `Rust`, even if `rust` was asked for.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// The members who share it with the viewer, strongest first. Equal strengths are sorted by id.
    pub experts: Vec<ExpertView>,
}

plain_data! { ExpertsView { topic, name, experts } }

/// A member who is known for a topic, and the evidence.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
/// let expert = &engine.known_for("Rust", &bob, 10).experts[0];
/// assert_eq!((expert.member.as_str(), expert.own, expert.strength), ("ada", false, 2));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExpertView {
    /// The member's id.
    pub member: String,
    /// The name to show. It is the id until a host that knows names replaces it.
    pub name: String,
    /// Whether the expert is the viewer.
    pub own: bool,
    /// How strong the evidence is, as in [`TopicView`].
    pub strength: i64,
    /// How many different colleagues confirm it, as in [`TopicView`].
    pub confirmed: u32,
    /// The tallies of evidence, in the program's order. Those at 0 are left out.
    pub evidence: Vec<EvidenceView>,
}

plain_data! { ExpertView { member, name, own, strength, confirmed, evidence } }

/// A topic and its name. A form suggests them while a member types.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/known_for_rust.rs"));
/// use serde_json::json;
///
/// let bob = ViewContext::of("bob", "en", "2026-03-09T12:00:00Z".parse()?);
/// let topics = engine.topics_known(&bob, "ru", 10);
/// assert_eq!(serde_json::to_value(topics)?, json!([{"topic": "Rust", "name": "Rust"}]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct TopicNameView {
    /// The topic, as activities call it.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
}

plain_data! { TopicNameView { topic, name } }

/// Something that taking part has brought a member.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/thanked.rs"));
/// use serde_json::json;
///
/// let ada = ViewContext::of("ada", "en", "2026-03-09T12:00:00Z".parse()?);
/// let view = engine.view("ada", &ada).unwrap();
/// // Bob has thanked Ada.
/// assert_eq!(serde_json::to_value(&view.gains)?, json!([
///     {"gain": "thanked", "name": "Thanks received", "value": 1}
/// ]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct GainView {
    /// The tally's id.
    pub gain: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// The tally's value.
    pub value: i64,
}

plain_data! { GainView { gain, name, value } }
