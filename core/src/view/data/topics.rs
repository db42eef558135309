//! Known: what members are known for, who is known for something, and what they have from it.

use crate::base::from_tree::plain_data;
use alloc::{string::String, vec::Vec};
use serde::Serialize;

/// A topic a member is known for, or wants to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicView {
    /// The topic, as activities name it.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// The member says that they want to be known for it.
    pub claimed: bool,
    /// How much speaks for it: of each tally of evidence its value, times what the program says one counts.
    pub strength: i64,
    /// How many different colleagues say so.
    pub confirmed: u32,
    /// What speaks for it; tallies at 0 are left out.
    pub evidence: Vec<EvidenceView>,
}

plain_data! { TopicView { topic, name, claimed, strength, confirmed, evidence } }

/// Part of what speaks for a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceView {
    /// The tally's id.
    pub tally: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// How many.
    pub value: i64,
}

plain_data! { EvidenceView { tally, name, value } }

/// Who is known for a topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpertsView {
    /// The topic as most people spell it: `Rust`, also if `rust` was asked for.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// Members who share it with the viewer, strongest first, then by id.
    pub experts: Vec<ExpertView>,
}

plain_data! { ExpertsView { topic, name, experts } }

/// Somebody who is known for a topic, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExpertView {
    /// The member's id.
    pub member: String,
    /// The name to show; the id, until the host puts one in.
    pub name: String,
    /// The viewer.
    pub own: bool,
    /// As in [`TopicView`].
    pub strength: i64,
    /// How many different colleagues say so.
    pub confirmed: u32,
    /// What speaks for it; tallies at 0 are left out.
    pub evidence: Vec<EvidenceView>,
}

plain_data! { ExpertView { member, name, own, strength, confirmed, evidence } }

/// A topic and how it is called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TopicNameView {
    /// The topic, as activities name it.
    pub topic: String,
    /// Its name in the viewer's locale.
    pub name: String,
}

plain_data! { TopicNameView { topic, name } }

/// Something a member has from taking part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GainView {
    /// The tally's id.
    pub gain: String,
    /// Its name in the viewer's locale.
    pub name: String,
    /// How many.
    pub value: i64,
}

plain_data! { GainView { gain, name, value } }
