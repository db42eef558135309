//! Challenge: a stretch of days with its steps, what all who joined reach together, and where one stood before and after.

use crate::{
    card::{bar, card, status, title},
    data::Data,
    days,
    links::button,
    node::{Node, html},
    reason::{told, told_part},
    words::{Value, Words},
};
use alloc::{format, string::String, vec::Vec};
use knownfor::Tree;

/// Draws a `challenge` of a member view, with the view's `standing` and `profile` for the names of currencies and fields and, where it
/// has come, the `cohort`: what all reach together. `before` is what was drawn last.
pub(crate) fn draw(shown: Data<'_>, before: Option<Data<'_>>, words: &Words) -> Node {
    let Some(challenge) = shown.part("challenge") else { return html("div", "nothing") };
    let description = challenge.some_text("description");
    let steps = challenge.list("steps").map(|step| row(step, shown, challenge, words));
    let (done, of) = (challenge.number("done"), challenge.list("steps").len());
    let of = i64::try_from(of).unwrap_or(i64::MAX);
    let count = words.filled("challenge-steps", &[("n", Value::Number(done)), ("of", Value::Number(of))]);
    card("card challenge")
        .child(title(challenge.text("name")))
        .child_some(description.map(|text| html("p", "quiet").key("what").text(text)))
        .child(html("p", "quiet").key("when").text(when(challenge, words)))
        .child_some((challenge.list("calendar").len() > 0).then(|| days::draw(challenge, words)))
        .child(html("p", "label").key("count").set("id", "steps").text(count))
        .child(html("ul", "rows").key("steps").set("aria-labelledby", "steps").children(steps))
        .child_some(shown.part("cohort").and_then(|cohort| together(cohort, words)))
        .child_some(change(challenge, shown, words))
        .child_some(choice(challenge, words))
        .child(status(&news(challenge, before, words)))
}

/// Its days in words.
fn when(challenge: Data<'_>, words: &Words) -> String {
    let dates = challenge.0.get("dates").map_or(&[][..], Tree::items);
    let [from, until] = [0, 1].map(|index| dates.get(index).and_then(Tree::as_text).map(|date| words.date(date)));
    let (Some(from), Some(until)) = (from, until) else { return words.plain("challenge-from-joining") };
    let key = match challenge.text("phase") {
        "before" => "challenge-before",
        "over" => "challenge-over",
        _ => "challenge-running",
    };
    words.filled(key, &[("from", Value::Text(&from)), ("until", Value::Text(&until))])
}

fn row(step: Data<'_>, shown: Data<'_>, challenge: Data<'_>, words: &Words) -> Node {
    let done = step.flag("done");
    // Dates as texts order as days do.
    let today = challenge.list("calendar").find(|day| day.flag("today")).map(|day| day.text("date"));
    let later = step.some_text("from").filter(|from| today.is_some_and(|today| *from > today));
    let state = match (done, later) {
        (true, _) => Some(words.plain("challenge-done")),
        (false, Some(from)) => Some(words.filled("challenge-later", &[("date", Value::Text(&words.date(from)))])),
        (false, None) => {
            let open = step.list("parts").filter(|part| part.number("value") < part.number("goal"));
            let parts: Vec<String> = open.map(|part| told(part, shown, words)).collect();
            (!parts.is_empty()).then(|| words.list(&parts))
        }
    };
    html("li", if done { "task done" } else { "task" })
        .key(step.text("step"))
        .part("task")
        .child(html("span", "mark").set("aria-hidden", "true"))
        .child(
            html("div", "about")
                .child(html("p", "name").text(step.text("name")))
                .child_some(state.map(|state| html("p", "quiet").key("state").text(state))),
        )
}

/// What all reach together. It is told from so many members on that it says nothing of one.
fn together(cohort: Data<'_>, words: &Words) -> Option<Node> {
    let members = cohort.some_number("members")?;
    let goals = cohort.list("shared").map(|part| {
        let (value, goal) = (part.number("value"), part.number("goal").max(1));
        let label = words.filled("challenge-shared-bar", &[("name", Value::Text(part.text("name")))]);
        html("li", "shared").key(part.text("name")).child(html("p", "").text(told_part(part, words))).child(bar(
            (value * 100 / goal).clamp(0, 100),
            &label,
            words,
        ))
    });
    Some(
        html("div", "together")
            .key("together")
            .part("together")
            .child(html("p", "label").set("id", "together").text(words.count("challenge-together", members)))
            .child(html("ul", "rows").set("aria-labelledby", "together").children(goals)),
    )
}

/// Where one stood before, and where after: a comparison with oneself.
fn change(challenge: Data<'_>, shown: Data<'_>, words: &Words) -> Option<Node> {
    let (before, after) = (challenge.part("before")?, challenge.part("after")?);
    let points = |pilot: Data<'_>, index| {
        let points = pilot.0.get("points").map_or(&[][..], Tree::items);
        points.get(index).and_then(Tree::as_integer).map(|total| words.number(total))
    };
    let completeness = |pilot: Data<'_>| Some(words.percent(pilot.number("completeness")));
    let currencies = shown.part("standing").into_iter().flat_map(|standing| standing.list("points")).enumerate();
    let profile = (words.plain("challenge-profile"), completeness(before), completeness(after));
    let totals =
        currencies.map(|(index, currency)| (currency.text("name").into(), points(before, index), points(after, index)));
    let rows = core::iter::once(profile).chain(totals).filter_map(|(name, then, now)| {
        let (then, now) = (then?, now?);
        let change = words.filled("challenge-change", &[("then", Value::Text(&then)), ("now", Value::Text(&now))]);
        Some(html("li", "").key(&name).text(format!("{name}: {change}")))
    });
    Some(
        html("div", "change")
            .key("change")
            .part("change")
            .child(html("p", "label").set("id", "change").text(words.plain("challenge-before-after")))
            .child(html("ul", "parts").set("aria-labelledby", "change").children(rows)),
    )
}

/// Joining is a choice that can be taken back.
fn choice(challenge: Data<'_>, words: &Words) -> Option<Node> {
    if challenge.text("phase") == "over" {
        return None;
    }
    let (note, label, data, class) = match challenge.flag("joined") {
        true => ("challenge-joined", "challenge-leave", "data-leave", "link"),
        false => ("challenge-not-joined", "challenge-join", "data-join", "primary"),
    };
    let button = button(class).part("join-button").set(data, challenge.text("challenge")).text(words.plain(label));
    Some(html("div", "join").key("join").child(html("p", "quiet").text(words.plain(note))).child(button))
}

fn news(challenge: Data<'_>, before: Option<Data<'_>>, words: &Words) -> String {
    let Some(before) = before.and_then(|before| before.part("challenge")) else { return String::new() };
    if before.text("challenge") != challenge.text("challenge") {
        return String::new();
    }
    match (before.flag("joined"), challenge.flag("joined")) {
        (false, true) => return words.plain("news-challenge-joined"),
        (true, false) => return words.plain("news-challenge-left"),
        _ => {}
    }
    let was_done = |id| before.list("steps").any(|step| step.text("step") == id && step.flag("done"));
    let done = challenge.list("steps").find(|step| step.flag("done") && !was_done(step.text("step")));
    done.map_or_else(String::new, |step| {
        words.filled("news-challenge-step", &[("step", Value::Text(step.text("name")))])
    })
}
