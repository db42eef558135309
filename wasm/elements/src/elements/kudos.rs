//! `<known-for-kudos>`: thanks to a colleague in two clicks: choose a topic and thank, or thank and then choose a
//! topic.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, title},
        rungs,
    },
    shell::{Words, button},
};
use knownfor::{Audience, from_tree, view::TopicNameView};

/// Whom the viewer thanks, and how far they have come.
#[derive(Debug)]
pub struct Thanks {
    /// The colleague's name.
    name: String,
    /// The topics to choose from.
    topics: Vec<TopicNameView>,
    /// The topic chosen, by its id.
    chosen: Option<String>,
    /// Who sees the viewer's name beside the topic if they let others see it; `None` if they are not asked.
    naming: Option<Audience>,
    stage: Stage,
}

from_tree! { struct Thanks { name, topics, chosen, naming, stage } }

/// How far the viewer has come.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// Nothing was pressed yet.
    Ready,
    /// Thank was pressed, and a topic is still to choose.
    Asking,
    Sending,
    Sent,
    Failed,
}

from_tree! {
    enum Stage { Ready = "ready", Asking = "asking", Sending = "sending", Sent = "sent", Failed = "failed" }
}

/// Draws what it takes to thank a colleague.
pub fn draw(thanks: &Thanks, words: &dyn Words) -> Node {
    let name = [("name", (&thanks.name).into())];
    let (key, class) = match thanks.stage {
        Stage::Ready => ("kudos-note", "quiet"),
        Stage::Asking => ("kudos-asking", "quiet"),
        Stage::Sending => ("one-moment", "quiet"),
        Stage::Sent => ("kudos-sent", "said"),
        Stage::Failed => ("kudos-failed", "said"),
    };
    let naming = thanks.naming.filter(|_| thanks.chosen.is_some());
    card("card kudos")
        .child(title(&words.say("kudos", &name)))
        .child_some((!thanks.topics.is_empty()).then(|| topics(thanks, words)))
        .child_some(naming.map(|audience| naming_box(audience, words)))
        .child(html("p", "do").key("do").child(thank_button(thanks.stage, words)))
        .child(html("p", class).key("status").part("said").set("role", "status").text(words.say(key, &name)))
}

fn topics(thanks: &Thanks, words: &dyn Words) -> Node {
    let chips = thanks.topics.iter().map(|topic| chip(topic, thanks.chosen.as_deref()));
    html("div", "for-what")
        .key("chips")
        .set("role", "group")
        .set("aria-labelledby", "for-what")
        .child(html("p", "label").set("id", "for-what").text(words.plain("kudos-for")))
        .child(html("div", "chips").children(chips))
}

fn chip(topic: &TopicNameView, chosen: Option<&str>) -> Node {
    let is_chosen = chosen == Some(topic.topic.as_str());
    button("chip")
        .key(&topic.topic)
        .part("chip")
        .set("data-topic", &topic.topic)
        .set("aria-pressed", if is_chosen { "true" } else { "false" })
        .text(&topic.name)
}

/// The box by which the viewer lets others see their name beside the topic, and who that is.
fn naming_box(audience: Audience, words: &dyn Words) -> Node {
    let seen = match audience {
        Audience::Private => html("span", "quiet").key("seen").text(words.plain("kudos-nobody")),
        _ => rungs::draw(audience, words),
    };
    html("label", "naming")
        .key("naming")
        .part("naming")
        .child(html("input", "").set("type", "checkbox").set("name", "named"))
        .child(html("span", "").text(words.plain("kudos-named")))
        .child(seen)
}

fn thank_button(stage: Stage, words: &dyn Words) -> Node {
    let key = if stage == Stage::Asking { "kudos-do-again" } else { "kudos-do" };
    button("primary")
        .part("thank-button")
        .set("data-thank", "")
        .set_some("aria-disabled", (stage == Stage::Sending).then_some("true"))
        .text(words.plain(key))
}
