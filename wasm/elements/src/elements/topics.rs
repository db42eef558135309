//! `<known-for-topics>`: what a member is known for, with what speaks for it. Members can claim topics, and take that
//! back. As the lead of a page it is one sentence, or the question that comes before it.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, status, title},
        rows::shortened,
        rungs,
        topics::{said_by, sentence, shown_by, speaks_for, suggestions, word},
    },
    shell::{Words, button},
};
use knownfor::view::{EvidenceView, MemberView, News, TopicNameView, TopicView};

/// How many colleagues make a member known for a topic who was becoming so before.
const KNOWN_BY: u32 = 3;
/// How many topics are in large type. More would be a list.
const LARGE: usize = 3;

/// Draws a member's topics, and announces what is new.
pub fn draw(view: &MemberView, news: &News<'_>, known: &[TopicNameView], words: &dyn Words) -> Node {
    // Of colleagues all topics stand in one list; of oneself those that are not claimed stand apart.
    let (first, open): (Vec<&TopicView>, Vec<&TopicView>) =
        view.topics.iter().partition(|topic| !view.own || topic.claimed);
    let rows = |topics: &[&TopicView]| topics.iter().map(|topic| row(topic, view, words)).collect::<Vec<Node>>();
    let (large, more) = first.split_at(first.len().min(LARGE));
    let none = view.topics.is_empty().then(|| {
        let key = if view.own { "topics-none" } else { "none-shown" };
        html("p", "quiet").key("none").text(words.plain(key))
    });
    let list = |key, class, rows: Vec<Node>| {
        (!rows.is_empty()).then(|| html("ul", class).key(key).set("aria-labelledby", "title").children(rows))
    };
    card("card topics")
        .child(title(&words.plain(if view.own { "topics-own" } else { "topics" })))
        .child_some(none)
        .child_some(list("said", "large", rows(large)))
        .child_some(list("more-said", "rows", rows(more)))
        .child_some((!open.is_empty()).then(|| unclaimed(rows(&open), words)))
        .child_some(view.own.then(|| form(view, known, "topics-add", "topics-add-do", words)))
        .child(status(&announcement(news, words).unwrap_or_default()))
}

/// Draws the lead of a page: the member's own sentence about the topic that most speaks for, or the question that
/// begins it. Of a colleague it is their topics.
pub fn draw_lead(view: &MemberView, news: &News<'_>, known: &[TopicNameView], words: &dyn Words) -> Node {
    if !view.own {
        return draw(view, news, known, words);
    }
    let sentence = view.topics.iter().find(|topic| topic.claimed).map(|topic| lead(topic, words));
    let question = || {
        let question = title(&words.plain("topics-question"));
        vec![question, form(view, known, "topics-add", "topics-keep", words)]
    };
    card("card topics lead")
        .children(sentence.unwrap_or_else(question))
        .child(status(&announcement(news, words).unwrap_or_default()))
}

/// What speaks for a topic in words alone: who says so, and what shows it.
pub fn in_words(confirmed: u32, evidence: &[EvidenceView], words: &dyn Words) -> String {
    let parts = [said_by(confirmed, words), shown_by(evidence, words)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn lead(topic: &TopicView, words: &dyn Words) -> Vec<Node> {
    let key = match (topic.strength, topic.confirmed) {
        (0, _) => "topics-wanted",
        (_, KNOWN_BY..) => "topics-known",
        _ => "topics-becoming",
    };
    let title = title("").children(sentence(key, topic, words));
    std::iter::once(title).chain(speaks_for(topic, words)).collect()
}

/// Topics that activities speak for and that the member does not claim: the strongest, and the others in a drawer.
fn unclaimed(rows: Vec<Node>, words: &dyn Words) -> Node {
    html("div", "open")
        .key("open")
        .child(html("p", "label").set("id", "open").text(words.plain("topics-open")))
        .children(shortened(rows, "open", "more", words))
}

fn row(topic: &TopicView, view: &MemberView, words: &dyn Words) -> Node {
    let quiet = |text: String| html("p", "quiet").key("none").text(text);
    // Nobody is asked to claim what only others said.
    let evidence = match (topic.mentioned, view.own) {
        (true, _) => quiet(words.plain("topic-mentioned")),
        (_, own) => speaks_for(topic, words).unwrap_or_else(|| match own {
            true => quiet(words.plain("evidence-none")),
            false => quiet(words.say("topic-wanted", &[("name", (&view.name).into())])),
        }),
    };
    let said = html("div", "said-of")
        .child(evidence)
        .child_some((view.own && !topic.mentioned).then(|| claim_button(topic, words)));
    html("li", "topic").key(&topic.topic).part("topic").child(html("p", "").child(word(topic))).child(said)
}

/// The button that claims a topic, or takes the claim back.
fn claim_button(topic: &TopicView, words: &dyn Words) -> Node {
    let (key, data) = match topic.claimed {
        true => ("topic-unclaim", "data-unclaim"),
        false => ("topic-claim", "data-claim"),
    };
    let text = words.plain(key);
    let label = words.say("do-about", &[("do", (&text).into()), ("about", (&topic.name).into())]);
    button("link").part("topic-button").set(data, &topic.topic).set("aria-label", label).text(text)
}

/// The form that claims a topic that nothing speaks for yet, with who will see it.
fn form(view: &MemberView, known: &[TopicNameView], label: &str, submit: &str, words: &dyn Words) -> Node {
    let input = html("input", "input")
        .part("topic-input")
        .set("id", "add")
        .set("name", "topic")
        .set("autocomplete", "off")
        .set("maxlength", "64")
        .set("list", "known");
    let submit = html("button", "primary").set("type", "submit").text(words.plain(submit));
    html("form", "ask-form")
        .key("add")
        .set("data-add", "")
        .child(html("label", "label").set("for", "add").text(words.plain(label)))
        .child(html("div", "field-row").child(input).child(suggestions(known)).child(submit))
        .child_some(view.claim_audience.map(|audience| html("p", "").key("seen").child(rungs::draw(audience, words))))
}

/// A topic that is claimed now, or else one that is no longer claimed.
fn announcement(news: &News<'_>, words: &dyn Words) -> Option<String> {
    let claimed = news.claimed.first().map(|topic| ("news-claimed", topic));
    let (key, topic) = claimed.or_else(|| Some(("news-unclaimed", news.unclaimed.first()?)))?;
    Some(words.say(key, &[("topic", (&topic.name).into())]))
}
