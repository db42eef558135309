//! `<known-for-experts>`: a search for members who are known for a topic, and what speaks for each.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, title},
        topics::{said_by, sentences, suggestions},
    },
    shell::{Links, Words},
};
use knownfor::{
    from_tree,
    view::{ExpertView, ExpertsView, TopicNameView},
};

/// A search, and what it found.
#[derive(Debug)]
pub struct Search {
    /// The topics that the input suggests.
    topics: Vec<TopicNameView>,
    /// The topic that was asked for; empty before the first question.
    asked: String,
    /// Whether the answer has arrived.
    answered: bool,
    /// Who was found, if the answer has arrived and there is one.
    answer: Option<ExpertsView>,
}

from_tree! { struct Search { topics, asked, answered, answer } }

impl Search {
    fn found(&self) -> &[ExpertView] {
        self.answer.as_ref().map_or(&[], |answer| &answer.experts)
    }
}

/// Draws the search and what it found.
pub fn draw(search: &Search, links: &dyn Links, words: &dyn Words) -> Node {
    let rows: Vec<Node> = search.found().iter().map(|expert| row(expert, links, words)).collect();
    card("card experts")
        .child(title(&words.plain("experts")))
        .child(form(search, words))
        .child(result(search, words))
        .child_some(
            (!rows.is_empty()).then(|| html("ul", "rows").key("found").set("aria-labelledby", "said").children(rows)),
        )
}

fn form(search: &Search, words: &dyn Words) -> Node {
    let input = html("input", "input")
        .part("search")
        .set("id", "topic")
        .set("name", "topic")
        .set("type", "search")
        .set("autocomplete", "off")
        .set("list", "known");
    let submit = html("button", "primary").part("search-button").set("type", "submit").text(words.plain("experts-do"));
    html("form", "ask-form")
        .set("role", "search")
        .set("data-search", "")
        .child(html("label", "label").set("for", "topic").text(words.plain("experts-topic")))
        .child(html("div", "field-row").child(input).child(suggestions(&search.topics)).child(submit))
}

/// The result in a sentence, which screen readers announce, too.
fn result(search: &Search, words: &dyn Words) -> Node {
    let name = search.answer.as_ref().map_or(&search.asked, |answer| &answer.name);
    let topic = ("topic", name.into());
    let text = match (search.answered, search.found().len()) {
        _ if search.asked.is_empty() => words.plain("experts-note"),
        (false, _) => words.plain("one-moment"),
        (true, 0) => words.say("experts-none", &[topic]),
        (true, count) => words.say("experts-found", &[("n", (count as i64).into()), topic]),
    };
    html("p", "quiet").key("said").set("id", "said").set("role", "status").text(text)
}

fn row(expert: &ExpertView, links: &dyn Links, words: &dyn Words) -> Node {
    let you = expert.own.then(|| html("span", "quiet you").key("you").text(words.plain("board-you")));
    html("li", "expert")
        .key(&expert.member)
        .part("expert")
        .child(html("p", "name").child(links.name(&expert.member, &expert.name)).child_some(you))
        .child_some(sentences(said_by(expert.confirmed, words), &expert.evidence, words))
}
