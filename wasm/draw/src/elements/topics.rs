//! `<known-for-topics>`: what a member is known for, with what speaks for it. Members can claim topics, and take that
//! back.

use crate::{
    dom::{Node, html},
    pieces::{
        card::{card, status, title},
        rows::{facts, shortened},
        topics::{evidence, suggestions},
    },
    shell::{Words, button},
};
use knownfor::view::{MemberView, News, TopicNameView, TopicView};

/// Draws a member's topics, and announces what is new.
pub(crate) fn draw(view: &MemberView, news: &News<'_>, known: &[TopicNameView], words: &Words) -> Node {
    let strongest = view.topics.iter().map(|topic| topic.strength).max().unwrap_or(0);
    // Of colleagues all topics stand in one list; of oneself those that are not claimed stand apart.
    let (first, second): (Vec<&TopicView>, _) = view.topics.iter().partition(|topic| !view.own || topic.claimed);
    let [first, second] =
        [first, second].map(|topics| topics.into_iter().map(|topic| row(topic, view.own, strongest, words)).collect());
    let (first, second): (Vec<Node>, Vec<Node>) = (first, second);
    let none = view.topics.is_empty().then(|| {
        let key = if view.own { "topics-none" } else { "topics-none-shown" };
        html("p", "quiet").key("none").text(words.plain(key))
    });
    let list = |rows: Vec<Node>| html("ul", "rows").key("said").set("aria-labelledby", "title").children(rows);
    card("card topics")
        .child(title(&words.plain(if view.own { "topics-own" } else { "topics" })))
        .child_some(none)
        .child_some((!first.is_empty()).then(|| list(first)))
        .child_some((!second.is_empty()).then(|| unclaimed(second, words)))
        .child_some(view.own.then(|| form(known, words)))
        .child(status(&announcement(news, words).unwrap_or_default()))
}

/// Topics that activities speak for and that the member does not claim: the strongest, and the others in a drawer.
fn unclaimed(rows: Vec<Node>, words: &Words) -> Node {
    html("div", "open")
        .key("open")
        .child(html("p", "label").set("id", "open").text(words.plain("topics-open")))
        .children(shortened(rows, "open", "topics-more", words))
}

fn row(topic: &TopicView, own: bool, strongest: i64, words: &Words) -> Node {
    // Only the member reads that nothing speaks for a topic yet. Nobody is asked to claim what only others said.
    let evidence = match topic.mentioned {
        true => Some(vec![words.plain("topic-mentioned")]),
        false => evidence(&topic.evidence, words).or(own.then(|| vec![words.plain("evidence-none")])),
    };
    let head = html("p", "head-row")
        .child(html("strong", "name").part("topic-name").text(&topic.name))
        .child_some((own && !topic.mentioned).then(|| claim_button(topic, words)));
    html("li", "topic")
        .key(&topic.topic)
        .part("topic")
        .child(head)
        .child_some((topic.strength > 0).then(|| meter(topic, strongest, words)))
        .child_some(evidence.map(facts))
}

/// The button that claims a topic, or takes the claim back.
fn claim_button(topic: &TopicView, words: &Words) -> Node {
    let (key, data) = match topic.claimed {
        true => ("topic-unclaim", "data-unclaim"),
        false => ("topic-claim", "data-claim"),
    };
    let text = words.plain(key);
    let label = words.filled("do-about", &[("do", (&text).into()), ("about", (&topic.name).into())]);
    button("link").part("topic-button").set(data, &topic.topic).set("aria-label", label).text(text)
}

/// How much speaks for a topic, measured by the member's strongest: a comparison with oneself.
fn meter(topic: &TopicView, strongest: i64, words: &Words) -> Node {
    let label = words.filled("topic-strength", &[("topic", (&topic.name).into())]);
    html("div", "bar")
        .key("strength")
        .part("bar")
        .set("role", "meter")
        .set("aria-label", label)
        .set_number("aria-valuemin", 0)
        .set_number("aria-valuemax", strongest)
        .set_number("aria-valuenow", topic.strength)
        .set_number("--percent", topic.strength.saturating_mul(100) / strongest.max(1))
        .child(html("span", "fill"))
}

/// The form that claims a topic that nothing speaks for yet.
fn form(known: &[TopicNameView], words: &Words) -> Node {
    let input = html("input", "input")
        .set("id", "add")
        .set("name", "topic")
        .set("autocomplete", "off")
        .set("maxlength", "64")
        .set("list", "known");
    let submit = html("button", "secondary").set("type", "submit").text(words.plain("topics-add-do"));
    html("form", "ask-form")
        .key("add")
        .set("data-add", "")
        .child(html("label", "label").set("for", "add").text(words.plain("topics-add")))
        .child(html("div", "field-row").child(input).child(suggestions(known)).child(submit))
}

/// A topic that is claimed now, or else one that is no longer claimed.
fn announcement(news: &News<'_>, words: &Words) -> Option<String> {
    let claimed = news.claimed.first().map(|topic| ("news-claimed", topic));
    let (key, topic) = claimed.or_else(|| Some(("news-unclaimed", news.unclaimed.first()?)))?;
    Some(words.filled(key, &[("topic", (&topic.name).into())]))
}
