//! `<known-for-steps>`: one thing to do next, and before whom it is done. The others come in its place when asked for.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, title},
        decline, rungs,
    },
    shell::{Links, Words, button},
};
use knownfor::{
    Audience,
    view::{MemberView, StepDeed, StepGroup, StepView, Target},
};

/// What steps are drawn with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The member's view.
    pub view: &'a MemberView,
    /// The page's own addresses.
    pub links: &'a dyn Links,
    /// The texts.
    pub words: &'a dyn Words,
}

/// What the member has done just now, to be taken back.
#[derive(Clone, Copy, Debug, Default)]
pub struct Done<'a> {
    /// The keys of the steps that they declined, one per line.
    pub declined: Option<&'a str>,
    /// The topic that they claimed.
    pub claimed: Option<&'a str>,
}

/// Draws one step of a member: the nearest, or another after the member has asked for something else that many times.
/// `None` if there is nothing to offer and nothing was done.
pub fn draw(asked: usize, done: Done<'_>, context: Context<'_>) -> Option<Node> {
    let Context { view, words, .. } = context;
    let groups = StepGroup::by_deed(&view.steps);
    let group = groups.get(asked % groups.len().max(1));
    let said = said(done, context);
    if group.is_none() && said.all_children().is_empty() {
        return None;
    }
    let steps = card("card steps")
        .child(title(&words.plain("steps")))
        .child_some(group.map(|group| step(group, groups.len() > 1, context)))
        .child(said);
    Some(steps)
}

/// A step, the button for something else, and how the member says that it is not for them.
fn step(group: &StepGroup<'_>, has_others: bool, context: Context<'_>) -> Node {
    let words = context.words;
    let ask = deed_text(group.first, words);
    let action = group.steps().find_map(|step| action(step, context));
    let seen = rungs::draw(group.first.audience, words);
    let other = has_others.then(|| {
        button("link").key("other").part("other-button").set("data-other", "").text(words.plain("steps-other"))
    });
    // What is pressed instead stands on a line of its own, with who would see that.
    let instead = decline::line().child_some(other);
    let instead = match declined_with(group) {
        Some((keys, audience)) => decline::draw(instead, &keys, audience, &ask, words),
        None => instead,
    };
    html("div", "step")
        .part("next-step")
        .child(html("p", "ask").part("step-name").set("role", "status").text(ask))
        .child(html("p", "quiet").key("toward").text(toward(group, context)))
        .child(html("p", "do").child_some(action).child(seen))
        .child(instead)
}

/// The keys of all that the deed leads to, one per line, and the widest circle that sees a result of declining it. `None`
/// if a part cannot be declined, because the same would be offered again.
fn declined_with(group: &StepGroup<'_>) -> Option<(String, Audience)> {
    let first = group.first.decline.as_ref()?;
    let (mut keys, mut audience) = (first.key.clone(), first.audience);
    for step in &group.others {
        let decline = step.decline.as_ref()?;
        keys.push('\n');
        keys.push_str(&decline.key);
        audience = audience.max(decline.audience);
    }
    Some((keys, audience))
}

/// That a topic is claimed or a step is not offered any more, and the button that takes it back.
fn said(done: Done<'_>, context: Context<'_>) -> Node {
    let Context { view, words, .. } = context;
    let line = html("p", "do quiet").key("declined").set("role", "status");
    let claimed = view.topics.iter().find(|topic| topic.claimed && done.claimed == Some(&topic.topic));
    let (text, back) = match (claimed, done.declined) {
        (Some(topic), _) => {
            let text = words.say("news-claimed", &[("topic", (&topic.name).into())]);
            let back = decline::change("topic-unclaim", "data-unclaim", &topic.topic, &text, words);
            (text, back)
        }
        (_, Some(keys)) => {
            let text = words.plain("steps-declined");
            let back = decline::take_back(keys, &text, words);
            (text, back)
        }
        _ => return line,
    };
    line.child(html("span", "").text(text)).child(back)
}

/// What a step leads to. Of several things it is the challenge, which the member has chosen, or else the nearest.
fn toward(group: &StepGroup<'_>, context: Context<'_>) -> String {
    let step = group.steps().find(|step| step.target == Target::Challenge).unwrap_or(group.first);
    let (key, challenge) = match step.target {
        Target::Field => ("toward-field", None),
        Target::Publish => ("toward-publish", None),
        Target::Challenge => ("toward-challenge", challenge_name(step, context.view)),
        Target::Claim => ("toward-claim", None),
        Target::Topic => ("toward-topic", None),
        Target::Badge => ("toward-badge", None),
        Target::Level => ("toward-level", None),
        _ => ("toward-model", None),
    };
    context.words.say(key, &[("name", (&step.name).into()), ("challenge", challenge.unwrap_or_default().into())])
}

fn challenge_name<'a>(step: &StepView, view: &'a MemberView) -> Option<&'a str> {
    view.challenges.iter().find(|challenge| challenge.challenge == step.id).map(|challenge| challenge.name.as_str())
}

/// What to do: the program's invitation, or for a claim a sentence with its topic.
fn deed_text(step: &StepView, words: &dyn Words) -> String {
    match step.target {
        Target::Claim => words.say("step-claim", &[("name", (&step.name).into())]),
        _ => step.invite.clone(),
    }
}

/// What begins a step: a link if the page has an address for it, a button if the widget can do it. None if neither.
fn action(step: &StepView, context: Context<'_>) -> Option<Node> {
    const CLASS: &str = "primary";
    let links = context.links;
    let (opener, key) = match step.deed() {
        StepDeed::Field(field) => (links.opener(links.edit(field), CLASS).set("data-field", field), "step-do"),
        StepDeed::Claim(topic) => (button(CLASS).set("data-claim", topic), "topic-claim"),
        _ if step.target == Target::Publish => (button(CLASS).set("data-publish", ""), "step-publish"),
        StepDeed::Kind(kind) => (links.opener(Some(links.doing(kind)?), CLASS).set("data-kind", kind), "step-go"),
        _ => return None,
    };
    let text = context.words.plain(key);
    let about = deed_text(step, context.words);
    let label = context.words.say("do-about", &[("do", (&text).into()), ("about", (&about).into())]);
    Some(opener.key("do").part("step-button").set("aria-label", label).text(text))
}
