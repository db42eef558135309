//! `<known-for-challenge>`: a stretch of days with its steps, what all who joined reach together, and before and
//! after.

use crate::{
    node::{Node, html},
    pieces::{
        card::{card, status, title},
        days, decline,
        goal_part::{self, open_parts},
        rows::facts,
    },
    shell::{Words, button},
};
use knownfor::view::{
    Band, ChallengeNews, ChallengeStepView, ChallengeView, CohortView, MemberView, News, Participation, Phase,
    SharedGoalView,
};

/// What a challenge is drawn with.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The member's view.
    pub view: &'a MemberView,
    /// What all who joined have reached together, once that has arrived.
    pub cohort: Option<&'a CohortView>,
    /// The texts.
    pub words: &'a dyn Words,
}

/// Draws a challenge of a member by its id, and announces what is new.
pub fn draw(id: &str, news: &News<'_>, context: Context<'_>) -> Node {
    let Context { view, words, .. } = context;
    let challenge = view.challenges.iter().find(|challenge| challenge.challenge == id);
    let Some(challenge) = challenge else { return html("div", "nothing") };
    let news = news.challenges.iter().find(|news| news.challenge.challenge == id);
    let news = news.and_then(|news| announcement(news, words));
    let description = challenge.description.as_ref().filter(|_| !challenge.joined);
    card("card challenge")
        .child(head(challenge, words))
        .child_some(description.map(|text| html("p", "quiet").key("what").text(text)))
        .child_some(stands(challenge, words))
        .child_some((challenge.phase != Phase::Over && !challenge.joined).then(|| join(challenge, words)))
        .child(whole(challenge, context))
        .child(status(&news.unwrap_or_default()))
}

/// The name, the day, and the days as strokes.
fn head(challenge: &ChallengeView, words: &dyn Words) -> Node {
    let days = &challenge.calendar;
    let day = days::today(days)
        .map(|day| words.say("challenge-day", &[("n", day.into()), ("of", (days.len() as i64).into())]));
    html("div", "head-row")
        .key("head")
        .child(title(&challenge.name))
        .child(html("p", "quiet").key("when").text(day.unwrap_or_else(|| dates(challenge, words))))
        .child_some((challenge.joined && !days.is_empty()).then(|| days::draw(days, words)))
}

/// How much is done, and what is next; none before the member has joined.
fn stands(challenge: &ChallengeView, words: &dyn Words) -> Option<Node> {
    let all = challenge.steps.len() as i64;
    let done = [("n", challenge.done.into()), ("of", all.into())];
    let done = (challenge.done > 0).then(|| words.say("challenge-steps", &done));
    let open = || challenge.steps.iter().filter(|step| !is_settled(step));
    let next = open().find(|step| !opens_later(step, challenge)).or_else(|| open().next());
    let next = next.map(|step| match step.from.as_ref().filter(|_| opens_later(step, challenge)) {
        None => words.say("challenge-next", &[("step", (&step.name).into())]),
        Some(from) => {
            let date = words.date(from);
            words.say("challenge-next-later", &[("step", (&step.name).into()), ("date", (&date).into())])
        }
    });
    let texts: Vec<String> = done.into_iter().chain(next.filter(|_| challenge.phase != Phase::Over)).collect();
    (challenge.joined && !texts.is_empty()).then(|| facts(texts))
}

/// All that is behind the line: the days in words, the steps, what all reach together, what has changed, and leaving.
fn whole(challenge: &ChallengeView, context: Context<'_>) -> Node {
    let Context { view, cohort, words } = context;
    let steps = html("ul", "rows").key("steps").set("aria-labelledby", "title").children(steps(challenge, context));
    html("details", "more")
        .key("whole")
        .part("whole")
        .child(html("summary", "").text(words.plain("challenge-whole")))
        .child(html("p", "quiet").key("when").text(dates(challenge, words)))
        .child(steps)
        .child_some(cohort.and_then(|cohort| together(cohort, words)))
        .child_some(before_and_after(challenge, view, words))
        .child_some((challenge.phase != Phase::Over && challenge.joined).then(|| join(challenge, words)))
}

/// Its first and last day in words.
fn dates(challenge: &ChallengeView, words: &dyn Words) -> String {
    let Some(dates) = &challenge.dates else { return words.plain("challenge-from-joining") };
    let [from, until] = dates.each_ref().map(|date| words.date(date));
    let key = match challenge.phase {
        Phase::Before => "challenge-before",
        Phase::Running => "challenge-running",
        Phase::Over => "challenge-over",
    };
    words.say(key, &[("from", (&from).into()), ("until", (&until).into())])
}

/// The next steps, then those that open later and those that are done.
fn steps<'a>(challenge: &'a ChallengeView, context: Context<'a>) -> impl Iterator<Item = Node> {
    let orders = [(false, false), (false, true), (true, false), (true, true)];
    let of = move |order| {
        challenge.steps.iter().filter(move |step| (is_settled(step), opens_later(step, challenge)) == order)
    };
    orders.into_iter().flat_map(of).map(move |step| step_row(step, challenge, context))
}

/// Whether nothing is left to do of a step: it is done, or not for the member.
fn is_settled(step: &ChallengeStepView) -> bool {
    step.done || step.declined
}

/// Whether a step opens on a later day than today.
fn opens_later(step: &ChallengeStepView, challenge: &ChallengeView) -> bool {
    // Dates as text sort like days.
    let today = challenge.calendar.iter().find(|day| day.today).map(|day| &day.date);
    step.from.as_ref().is_some_and(|from| today.is_some_and(|today| from > today))
}

fn step_row(step: &ChallengeStepView, challenge: &ChallengeView, context: Context<'_>) -> Node {
    let about = html("div", "about")
        .child(html("p", "name").text(&step.name))
        .child_some(step_state(step, challenge, context).map(|text| html("p", "quiet").key("state").text(text)))
        .child_some(not_for_me(step, challenge, context));
    let class = if step.done { "task done" } else { "task" };
    html("li", if step.declined { "task declined" } else { class })
        .key(&step.step)
        .part("task")
        .child(html("span", "mark").set("aria-hidden", "true"))
        .child(about)
}

/// The button that declines a step if it is offered, or takes that back while the challenge is not over.
fn not_for_me(step: &ChallengeStepView, challenge: &ChallengeView, context: Context<'_>) -> Option<Node> {
    let Context { view, words, .. } = context;
    let key = ["challenge", &challenge.challenge, &step.step].join("/");
    if step.declined {
        let can_change = challenge.phase != Phase::Over;
        return can_change.then(|| decline::line().child(decline::take_back(&key, &step.name, words)));
    }
    let offered = view.steps.iter().find_map(|offered| offered.decline.as_ref().filter(|its| its.key == key))?;
    Some(decline::draw(decline::line(), &key, offered.audience, &step.name, words))
}

/// Done, not for the member, not open yet, or how far it has come.
fn step_state(step: &ChallengeStepView, challenge: &ChallengeView, context: Context<'_>) -> Option<String> {
    let Context { view, words, .. } = context;
    if step.done {
        return Some(words.plain("challenge-done"));
    }
    if step.declined {
        return Some(words.plain("step-decline"));
    }
    if let Some(from) = step.from.as_ref().filter(|_| opens_later(step, challenge)) {
        return Some(words.say("challenge-later", &[("date", (&words.date(from)).into())]));
    }
    let open = open_parts(&step.parts)
        .filter(|part| part.value > 0)
        .map(|part| goal_part::text(part, view.profile.as_ref(), words));
    let open: Vec<String> = open.collect();
    (!open.is_empty()).then(|| words.list(&open))
}

/// What the participants reach together. The view has it only if there are enough of them to say nothing about one.
fn together(cohort: &CohortView, words: &dyn Words) -> Option<Node> {
    let label = words.count("challenge-together", cohort.members?);
    let goals = cohort.shared.iter().map(|goal| shared_goal(goal, words));
    Some(
        html("div", "together")
            .key("together")
            .part("together")
            .child(html("p", "label").set("id", "together").text(label))
            .child(html("ul", "rows").set("aria-labelledby", "together").children(goals)),
    )
}

fn shared_goal(goal: &SharedGoalView, words: &dyn Words) -> Node {
    let band = words.plain(match goal.reached {
        Band::Few => "band-few",
        Band::Some => "band-some",
        Band::Most => "band-most",
        Band::NearlyAll => "band-nearly-all",
    });
    let values = [("name", (&goal.name).into()), ("band", (&band).into()), ("goal", goal.goal.into())];
    html("li", "shared").key(&goal.name).child(html("p", "").text(words.say("challenge-shared", &values)))
}

/// Where the member stood before and after: a comparison with oneself.
fn before_and_after(challenge: &ChallengeView, view: &MemberView, words: &dyn Words) -> Option<Node> {
    let (before, after) = (challenge.before.as_ref()?, challenge.after.as_ref()?);
    let row = |name: &str, then: String, now: String| {
        let values = [("name", name.into()), ("then", (&then).into()), ("now", (&now).into())];
        html("li", "").key(name).text(words.say("challenge-change", &values))
    };
    let [then, now] = [before, after].map(|moment| words.percent(moment.completeness));
    let profile = row(&words.plain("challenge-profile"), then, now);
    let totals = view.standing.points.iter().zip(before.points.iter().zip(&after.points));
    let totals = totals
        .filter(|(_, moments)| *moments != (&0, &0))
        .map(|(currency, (then, now))| row(&currency.name, words.number(*then), words.number(*now)));
    Some(
        html("div", "change")
            .key("change")
            .part("change")
            .child(html("p", "label").set("id", "change").text(words.plain("challenge-before-after")))
            .child(
                html("ul", "parts").set("aria-labelledby", "change").children(std::iter::once(profile).chain(totals)),
            ),
    )
}

/// Joining can be taken back.
fn join(challenge: &ChallengeView, words: &dyn Words) -> Node {
    let (note, label, data, class) = match challenge.joined {
        true => ("challenge-joined", "leave", "data-leave", "link"),
        false => ("challenge-not-joined", "join", "data-join", "primary"),
    };
    let button = button(class).part("join-button").set(data, &challenge.challenge).text(words.plain(label));
    html("div", "join").key("join").child(html("p", "quiet").text(words.plain(note))).child(button)
}

/// Whether the member joined or left, or else a step that was done.
fn announcement(news: &ChallengeNews<'_>, words: &dyn Words) -> Option<String> {
    Some(match news.change {
        Some(Participation::Joined) => words.plain("news-challenge-joined"),
        Some(Participation::Left) => words.plain("news-challenge-left"),
        None => words.say("news-challenge-step", &[("step", (&news.steps.first()?.name).into())]),
    })
}
