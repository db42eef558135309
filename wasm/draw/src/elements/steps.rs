//! `<known-for-steps>`: what to do next, nearest first, with what it leads to and before whom it is done.

use crate::{
    dom::{Node, html},
    pieces::{
        badge_face,
        badges::why_not,
        card::{card, title},
        goal_part,
        progress::bar,
        rows::{facts, shortened, text_list},
    },
    shell::{Answers, Links, Words, button},
};
use knownfor::{
    Audience,
    view::{MemberView, StepDeed, StepGroup, StepView, Target},
};

/// What steps are drawn with.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    /// The member's view.
    pub(crate) view: &'a MemberView,
    /// What can be asked, and what was answered.
    pub(crate) answers: &'a Answers,
    /// The page's own addresses.
    pub(crate) links: &'a Links,
    /// The texts.
    pub(crate) words: &'a Words,
}

/// Draws the steps of a member: the first one large, the others in a list.
pub(crate) fn draw(context: Context<'_>) -> Node {
    let words = context.words;
    let card = card("card steps").child(title(&words.plain("steps")));
    let groups = StepGroup::by_deed(&context.view.steps);
    let Some((first, rest)) = groups.split_first() else {
        return card.child(html("p", "quiet").key("none").text(words.plain("steps-none")));
    };
    let rest: Vec<Node> = rest.iter().map(|group| row(group, context)).collect();
    let others =
        (!rest.is_empty()).then(|| html("div", "others").children(shortened(rest, "title", "steps-more", words)));
    card.child(emphasised(first, context)).child_some(others)
}

/// The one step that is emphasised.
fn emphasised(group: &StepGroup<'_>, context: Context<'_>) -> Node {
    html("div", "step")
        .key("first")
        .part("next-step")
        .child(html("p", "label").text(context.words.plain("step")))
        .child(html("p", "ask").text(deed_text(group.first, context.words)))
        .children(about(group, "primary", context))
}

fn row(group: &StepGroup<'_>, context: Context<'_>) -> Node {
    let about = html("div", "about")
        .child(html("p", "name").part("step-name").text(deed_text(group.first, context.words)))
        .children(about(group, "link", context));
    let face = group.steps().find_map(|step| step.face.as_ref()).map(|face| badge_face::draw(face, false).key("face"));
    let key = match group.deed() {
        StepDeed::Field(id) => format!("field {id}"),
        StepDeed::Kind(kind) => format!("kind {kind}"),
        StepDeed::Claim(topic) => format!("claim {topic}"),
        _ => "publish".into(),
    };
    html("li", "offer").key(key).part("step").child_some(face).child(about)
}

/// All that a deed leads to, before whom it is done, and the button or link that begins it.
fn about(group: &StepGroup<'_>, class: &'static str, context: Context<'_>) -> Vec<Node> {
    let goals = group.steps().map(|step| goal(step, context));
    let facts = circle_and_gifts(group.first, context.words);
    let action = group.steps().find_map(|step| action(step, class, context));
    goals.chain([facts]).chain(action.map(|action| html("p", "do").child(action))).collect()
}

/// What a step leads to, how near that is, and on demand what is still missing.
fn goal(step: &StepView, context: Context<'_>) -> Node {
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
    let names = [("name", (&step.name).into()), ("challenge", challenge.unwrap_or_default().into())];
    let id = [key, &step.id, step.step.as_deref().unwrap_or_default()].join(" ");
    html("div", "goal")
        .key(id)
        .child(html("p", "quiet").text(context.words.filled(key, &names)))
        .child_some(progress(step, context.words))
        .child_some(still_missing(step, context))
}

fn challenge_name<'a>(step: &StepView, view: &'a MemberView) -> Option<&'a str> {
    view.challenges.iter().find(|challenge| challenge.challenge == step.id).map(|challenge| challenge.name.as_str())
}

/// What to do: the program's invitation, or for a claim a sentence with its topic.
fn deed_text(step: &StepView, words: &Words) -> String {
    match step.target {
        Target::Claim => words.filled("step-claim", &[("name", (&step.name).into())]),
        _ => step.invite.clone(),
    }
}

/// Before whom it is done, and the points that doing it once gives.
fn circle_and_gifts(step: &StepView, words: &Words) -> Node {
    let circle = words.plain(match step.audience {
        Audience::Private => "comfort-private",
        Audience::Team => "comfort-team",
        Audience::Company => "comfort-company",
        Audience::Public => "comfort-public",
    });
    let gifts = step.gives.iter().map(|gift| {
        let points = words.signed(gift.points);
        words.filled("step-gives", &[("points", (&points).into()), ("currency", (&gift.name).into())])
    });
    facts(std::iter::once(circle).chain(gifts))
}

/// How near it is, once it has begun. A claim is made in one go.
fn progress(step: &StepView, words: &Words) -> Option<Node> {
    (step.percent > 0 && step.target != Target::Claim).then(|| {
        let label = words.filled("step-bar", &[("step", (&deed_text(step, words)).into())]);
        bar(step.percent, &label, words).key("way")
    })
}

/// What begins a step: a link if the page has an address for it, a button if the widget can do it. None if neither.
fn action(step: &StepView, class: &'static str, context: Context<'_>) -> Option<Node> {
    let links = context.links;
    let (opener, key) = match step.deed() {
        StepDeed::Field(field) => (links.opener(links.edit(field), class).set("data-field", field), "step-do"),
        StepDeed::Claim(topic) => (button(class).set("data-claim", topic), "topic-claim"),
        _ if step.target == Target::Publish => (button(class).set("data-publish", ""), "step-publish"),
        StepDeed::Kind(kind) => (links.opener(Some(links.doing(kind)?), class).set("data-kind", kind), "step-go"),
        _ => return None,
    };
    let text = context.words.plain(key);
    let about = deed_text(step, context.words);
    let label = context.words.filled("do-about", &[("do", (&text).into()), ("about", (&about).into())]);
    Some(opener.part("step-button").set("aria-label", label).text(text))
}

/// What is still missing, on demand: for a badge with the activities that counted, otherwise the parts by themselves.
fn still_missing(step: &StepView, context: Context<'_>) -> Option<Node> {
    let Context { view, answers, words, .. } = context;
    if step.target == Target::Badge
        && let Some(drawer) = why_not(&step.id, &step.name, answers, view, words)
    {
        return Some(drawer);
    }
    // Nothing is missing for a field but the field itself.
    if step.target == Target::Field {
        return None;
    }
    let parts = step.missing.iter().map(|part| goal_part::text(part, view.profile.as_ref(), words));
    let label = words.filled("why-not-badge", &[("badge", (&step.name).into())]);
    Some(
        html("details", "why")
            .key("missing")
            .part("why")
            .child(html("summary", "").set("aria-label", label).text(words.plain("why-not")))
            .child(text_list(parts)?),
    )
}
