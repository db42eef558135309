//! Steps: what to do next, nearest first, each with why it is offered and before whom it is done.

use crate::{
    ask::Asked,
    badges::why_not,
    card::{bar, card, facts, shortened, title},
    data::Data,
    face::face,
    links::{Links, button},
    node::{Node, html},
    reason::told,
    words::{Value, Words},
};
use alloc::{string::String, vec::Vec};

/// What the steps of a view are drawn with.
#[derive(Clone, Copy)]
pub(crate) struct With<'a> {
    pub(crate) view: Data<'a>,
    pub(crate) asked: Asked<'a>,
    pub(crate) links: &'a Links,
    pub(crate) words: &'a Words,
}

/// Draws the steps of a member view: what leads to several things by the same deed is offered once.
pub(crate) fn draw(with: With<'_>) -> Node {
    let words = with.words;
    let offers = offers(with.view.list("steps"));
    let card = card("card steps").child(title(&words.plain("steps")));
    let Some((first, rest)) = offers.split_first() else {
        return card.child(html("p", "quiet").key("none").text(words.plain("steps-none")));
    };
    let rest: Vec<Node> = rest.iter().map(|offer| offer.row(with)).collect();
    let others =
        (!rest.is_empty()).then(|| html("div", "others").children(shortened(rest, "title", "steps-more", words)));
    card.child(first.kindest(with)).child_some(others)
}

/// Steps that are taken by one and the same deed, the kindest first.
struct Offer<'a> {
    first: Data<'a>,
    others: Vec<Data<'a>>,
}

fn offers<'a>(steps: impl Iterator<Item = Data<'a>>) -> Vec<Offer<'a>> {
    let mut offers: Vec<Offer<'_>> = Vec::new();
    for step in steps {
        match offers.iter_mut().find(|offer| deed(offer.first) == deed(step)) {
            Some(offer) => offer.others.push(step),
            None => offers.push(Offer { first: step, others: Vec::new() }),
        }
    }
    offers
}

/// What a step asks to do: to fill a field, an activity of a kind, or to claim a topic.
fn deed(step: Data<'_>) -> [&str; 3] {
    let claimed = if step.text("target") == "claim" { step.text("id") } else { "" };
    [step.text("field"), step.text("kind"), claimed]
}

impl<'a> Offer<'a> {
    fn steps(&self) -> impl Iterator<Item = Data<'a>> {
        core::iter::once(self.first).chain(self.others.iter().copied())
    }

    /// The one thing emphasised.
    fn kindest(&self, with: With<'_>) -> Node {
        html("div", "step")
            .key("first")
            .part("next-step")
            .child(html("p", "label").text(with.words.plain("step")))
            .child(html("p", "ask").text(what(self.first, with.words)))
            .children(self.about("primary", with))
    }

    fn row(&self, with: With<'_>) -> Node {
        let about = html("div", "about")
            .child(html("p", "name").part("step-name").text(what(self.first, with.words)))
            .children(self.about("link", with));
        let picture = self.steps().find_map(|step| step.part("face")).map(|badge| face(Some(badge), false).key("face"));
        html("li", "offer").key(&deed(self.first).join(" ")).part("step").child_some(picture).child(about)
    }

    /// All that it leads to, before whom it is done, and what takes the step.
    fn about(&self, class: &'static str, with: With<'_>) -> Vec<Node> {
        let goals = self.steps().map(|step| goal(step, with));
        let facts = told_facts(self.first, with.words);
        let action = self.steps().find_map(|step| action(step, class, with));
        goals.chain([facts]).chain(action.map(|action| html("p", "do").child(action))).collect()
    }
}

/// What a step leads to, how near that is, and on demand why it is not there yet.
fn goal(step: Data<'_>, with: With<'_>) -> Node {
    let key = ["target", "id", "step"].map(|name| step.text(name)).join(" ");
    html("div", "goal")
        .key(&key)
        .child(html("p", "quiet").text(why(step, with)))
        .child_some(way(step, with))
        .child_some(still_missing(step, with))
}

/// What to do: how the program invites to it; a claim is about its topic.
fn what(step: Data<'_>, words: &Words) -> String {
    match step.text("target") {
        "claim" => words.filled("step-claim", &[("name", Value::Text(step.text("name")))]),
        _ => step.text("invite").into(),
    }
}

/// Why it is offered.
fn why(step: Data<'_>, with: With<'_>) -> String {
    let key = match step.text("target") {
        "field" => "toward-field",
        "publish" => "toward-publish",
        "challenge" => "toward-challenge",
        "claim" => "toward-claim",
        "topic" => "toward-topic",
        "badge" => "toward-badge",
        "level" => "toward-level",
        _ => "toward-model",
    };
    let challenge = with.view.list("challenges").find(|challenge| challenge.text("challenge") == step.text("id"));
    let challenge = challenge.map_or("", |challenge| challenge.text("name"));
    with.words.filled(key, &[("name", Value::Text(step.text("name"))), ("challenge", Value::Text(challenge))])
}

/// Before whom it is done, and what doing it once gives.
fn told_facts(step: Data<'_>, words: &Words) -> Node {
    let comfort = words.plain(match step.text("comfort") {
        "private" => "comfort-private",
        "team" => "comfort-team",
        "company" => "comfort-company",
        _ => "comfort-public",
    });
    let gives = step.list("gives").map(|gift| {
        let points = words.signed(gift.number("points"));
        words.filled("step-gives", &[("points", Value::Text(&points)), ("currency", Value::Text(gift.text("name")))])
    });
    facts(core::iter::once(comfort).chain(gives))
}

/// How near it is, once there is a way behind; of a claim the way is a word.
fn way(step: Data<'_>, with: With<'_>) -> Option<Node> {
    let percent = step.number("percent");
    let label = with.words.filled("step-bar", &[("step", Value::Text(&what(step, with.words)))]);
    (percent > 0 && step.text("target") != "claim").then(|| bar(percent, &label, with.words).key("way"))
}

/// What takes the step: a link where the page has an address for it, a button where the widget can do it, else nothing but the words.
fn action(step: Data<'_>, class: &'static str, with: With<'_>) -> Option<Node> {
    let links = with.links;
    let (opener, key) = match (step.text("target"), step.some_text("field"), step.some_text("kind")) {
        (_, Some(field), _) => (links.opener(links.edit(field), class).set("data-field", field), "step-do"),
        ("claim", ..) => (button(class).set("data-claim", step.text("id")), "topic-claim"),
        ("publish", ..) => (button(class).set("data-publish", ""), "step-publish"),
        (_, _, Some(kind)) => (links.opener(Some(links.doing(kind)?), class).set("data-kind", kind), "step-go"),
        _ => return None,
    };
    let label = with.words.plain(key);
    let full =
        with.words.filled("do-about", &[("do", Value::Text(&label)), ("about", Value::Text(&what(step, with.words)))]);
    Some(opener.part("step-button").set("aria-label", full).text(label))
}

/// Why it is not there yet, on demand: of a badge with what counted so far, of all else the parts that are missing.
fn still_missing(step: Data<'_>, with: With<'_>) -> Option<Node> {
    let words = with.words;
    let toward = step.text("target");
    if toward == "badge"
        && let Some(drawer) = why_not(step.text("id"), step.text("name"), with.asked, with.view, words)
    {
        return Some(drawer);
    }
    let parts = step.list("missing").map(|part| html("li", "").text(told(part, with.view, words)));
    let label = words.filled("why-not-badge", &[("badge", Value::Text(step.text("name")))]);
    // Of a field nothing is missing but the field itself.
    (parts.len() > 0 && toward != "field").then(|| {
        html("details", "why")
            .key("missing")
            .part("why")
            .child(html("summary", "").set("aria-label", label).text(words.plain("why-not")))
            .child(html("ul", "parts").children(parts))
    })
}
