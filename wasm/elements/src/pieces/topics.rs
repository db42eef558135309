//! Topics: a topic as the word that a member is known for, what speaks for it, and the topics to choose from.

use crate::{
    art::thread,
    node::{Node, html, svg},
    shell::Words,
};
use knownfor::view::{EvidenceView, TopicNameView, TopicView};

/// How many colleagues have a strand of their own in a thread. With more, the strands could not be told apart.
const COLLEAGUES: u32 = 5;

/// The name of a topic with its thread: one strand says that the member claims it, a second that something shows it,
/// and each further one is a colleague who confirms it. What a thread shows stands in words beside it.
pub(crate) fn word(topic: &TopicView) -> Node {
    let (class, strands) = match topic.strength {
        0 => ("known claimed", 1),
        _ => ("known", 2 + topic.confirmed.min(COLLEAGUES)),
    };
    let strands = thread(&topic.topic, strands.into());
    let drawing = svg("svg")
        .set("class", "thread")
        .part("thread")
        .set("viewBox", "0 0 1000 64")
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .children(strands.iter().map(|data| svg("path").set("d", data)));
    html("span", class).key("known").child(html("span", "").part("topic-name").text(&topic.name)).child(drawing)
}

/// A sentence about a topic: the text of a key, with the topic's word in place of `{topic}`.
pub(crate) fn sentence(key: &str, topic: &TopicView, words: &dyn Words) -> Vec<Node> {
    // No text has a character that is not one.
    const HERE: &str = "\u{ffff}";
    let text = words.say(key, &[("topic", HERE.into())]);
    let (before, after) = text.split_once(HERE).unwrap_or((&text, ""));
    // The word isolates itself.
    let (before, after) = (before.trim_end_matches('\u{2068}'), after.trim_start_matches('\u{2069}'));
    let part = |key: &str, text: &str| (!text.is_empty()).then(|| html("span", "").key(key).text(text));
    [part("before", before), Some(word(topic)), part("after", after)].into_iter().flatten().collect()
}

/// What speaks for a topic: each tally with its number; none if nothing does.
pub(crate) fn evidence(evidence: &[EvidenceView], words: &dyn Words) -> Option<Vec<String>> {
    let part = |part: &EvidenceView| words.say("evidence", &[("name", (&part.name).into()), ("n", part.value.into())]);
    (!evidence.is_empty()).then(|| evidence.iter().map(part).collect())
}

/// What speaks for a topic, and at the end the colleagues who say so with their name; none if nothing does.
pub(crate) fn speaks_for(topic: &TopicView, words: &dyn Words) -> Option<Vec<String>> {
    let mut facts = evidence(&topic.evidence, words)?;
    let mut names = Vec::new();
    for colleague in &topic.confirmers {
        names.push(colleague.name.clone());
    }
    if !names.is_empty() {
        if topic.others > 0 {
            names.push(words.count("more", topic.others));
        }
        facts.push(words.list(&names));
    }
    Some(facts)
}

/// The topics that a form's input suggests.
pub(crate) fn suggestions(topics: &[TopicNameView]) -> Node {
    let options = topics.iter().map(|topic| html("option", "").set("value", &topic.name));
    html("datalist", "").set("id", "known").children(options)
}
