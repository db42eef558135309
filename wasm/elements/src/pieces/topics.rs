//! Topics: what speaks for a topic, in words, and the topics to choose from.

use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::view::{EvidenceView, TopicNameView};

/// What speaks for a topic: each tally with its number; none if nothing does.
pub(crate) fn evidence(evidence: &[EvidenceView], words: &dyn Words) -> Option<Vec<String>> {
    let part = |part: &EvidenceView| words.say("evidence", &[("name", (&part.name).into()), ("n", part.value.into())]);
    (!evidence.is_empty()).then(|| evidence.iter().map(part).collect())
}

/// The topics that a form's input suggests.
pub(crate) fn suggestions(topics: &[TopicNameView]) -> Node {
    let options = topics.iter().map(|topic| html("option", "").set("value", &topic.name));
    html("datalist", "").set("id", "known").children(options)
}
