//! Topics: a topic as the word that a member is known for, what speaks for it, and the topics to choose from.

use crate::{
    art::thread,
    node::{Node, html, svg},
    shell::Words,
};
use knownfor::view::{ConfirmerView, EvidenceView, TopicNameView, TopicView};

/// How many colleagues have a strand of their own in a thread. With more, the strands could not be told apart.
const COLLEAGUES: u32 = 5;
/// How many of them are named beside it, with their faces.
const FACES: usize = 3;
/// How many cloths there are for initials.
const CLOTHS: u32 = 6;

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

/// What speaks for a topic of a member: the colleagues who say so, with at most three faces, and the deeds that show it.
/// None if nothing does.
pub(crate) fn speaks_for(topic: &TopicView, words: &dyn Words) -> Option<Node> {
    // Below the fewest that others may know of, nobody is named either.
    let named = if topic.confirmed == 0 { 0 } else { topic.confirmers.len().min(FACES) };
    let shown = &topic.confirmers[..named];
    let faces =
        (!shown.is_empty()).then(|| html("span", "faces").set("aria-hidden", "true").children(shown.iter().map(face)));
    let mut names: Vec<String> = shown.iter().map(|colleague| colleague.name.clone()).collect();
    let said = match topic.confirmed.saturating_sub(names.len() as u32) {
        _ if names.is_empty() => said_by(topic.confirmed, words),
        more => {
            if more > 0 {
                names.push(words.count("confirmed-others", more));
            }
            let who = words.list(&names);
            Some(words.say("confirmed-by", &[("n", topic.confirmed.into()), ("who", (&who).into())]))
        }
    };
    let sentence = sentences(said, &topic.evidence, words)?;
    Some(html("div", "evidence").key("evidence").part("evidence").child_some(faces).child(sentence))
}

/// How many colleagues say that a member is known for something; none if nobody does.
pub(crate) fn said_by(confirmed: u32, words: &dyn Words) -> Option<String> {
    (confirmed > 0).then(|| words.count("confirmed", confirmed))
}

/// The deeds that show what a member is known for, each with its number in words; none if nothing does.
pub(crate) fn shown_by(evidence: &[EvidenceView], words: &dyn Words) -> Option<String> {
    let deed = |part: &EvidenceView| words.say("evidence", &[("name", (&part.name).into()), ("n", part.value.into())]);
    let deeds: Vec<String> = evidence.iter().filter(|part| !part.confirms).map(deed).collect();
    (!deeds.is_empty()).then(|| words.say("evidence-shown", &[("list", (&words.list(&deeds)).into())]))
}

/// What colleagues say, and the deeds that show it; none if there is neither.
pub(crate) fn sentences(said: Option<String>, evidence: &[EvidenceView], words: &dyn Words) -> Option<Node> {
    let shown = shown_by(evidence, words);
    let part = |class, text: String| html("span", class).key(class).text(text + " ");
    (said.is_some() || shown.is_some()).then(|| {
        html("p", "").child_some(said.map(|text| part("so", text))).child_some(shown.map(|text| part("muted", text)))
    })
}

/// The face of a colleague: the picture that the page gave, or else initials on a cloth.
fn face(colleague: &ConfirmerView) -> Node {
    if let Some(picture) = &colleague.picture {
        return html("img", "portrait").key(&colleague.member).part("portrait").set("src", picture).set("alt", "");
    }
    let cloth = colleague.member.bytes().fold(7, |hash: u32, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let (mut first, mut last, mut before) = (None, None, ' ');
    for letter in colleague.name.chars() {
        if before == ' ' && letter != ' ' {
            (first, last) = (first.or(Some(letter)), first.and(Some(letter)));
        }
        before = letter;
    }
    html("span", "portrait")
        .key(&colleague.member)
        .part("portrait")
        .set_number("data-cloth", cloth % CLOTHS)
        .text(first.into_iter().chain(last).collect::<String>())
}

/// The topics that a form's input suggests.
pub(crate) fn suggestions(topics: &[TopicNameView]) -> Node {
    let options = topics.iter().map(|topic| html("option", "").set("value", &topic.name));
    html("datalist", "").set("id", "known").children(options)
}
