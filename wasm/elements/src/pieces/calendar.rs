//! Calendar: the days of a challenge, in weeks that begin as the reader's do, with days of rest and active days.

use crate::{
    node::{Node, html},
    shell::Words,
};
use knownfor::view::DayView;

const DAYS_OF_A_WEEK: usize = 7;

/// Draws the days of a challenge.
pub(crate) fn draw(days: &[DayView], words: &dyn Words) -> Node {
    html("table", "days")
        .key("days")
        .part("calendar")
        .child(html("caption", "unseen").text(words.plain("challenge-calendar")))
        .child(html("thead", "").child(html("tr", "").children((0..DAYS_OF_A_WEEK).map(|day| head(day, words)))))
        .child(html("tbody", "").children(weeks(days, words)))
}

fn weeks(days: &[DayView], words: &dyn Words) -> impl Iterator<Item = Node> {
    let mut weeks: Vec<Vec<Node>> = Vec::new();
    for day in days {
        let weekday = words.weekday(&day.date) % DAYS_OF_A_WEEK;
        match weeks.last_mut().filter(|_| weekday > 0) {
            Some(week) => week.push(cell(day, words)),
            None => {
                // The first week may begin late.
                let missing = if weeks.is_empty() { weekday } else { 0 };
                weeks.push((0..missing).map(blank).chain([cell(day, words)]).collect());
            }
        }
    }
    weeks.into_iter().map(|mut week| {
        week.extend((week.len()..DAYS_OF_A_WEEK).map(blank));
        html("tr", "").children(week)
    })
}

fn head(weekday: usize, words: &dyn Words) -> Node {
    let name = words.weekday_name(weekday, false);
    html("th", "")
        .key(weekday.to_string())
        .set("scope", "col")
        .set("abbr", &name)
        .child(html("span", "").set("aria-hidden", "true").text(words.weekday_name(weekday, true)))
        .child(html("span", "unseen").key("whole").text(name))
}

fn blank(number: usize) -> Node {
    html("td", "").key(number.to_string())
}

fn cell(day: &DayView, words: &dyn Words) -> Node {
    let states = [(day.free, "day-free"), (day.active, "day-active"), (day.today, "day-today")];
    let states: Vec<String> = states.iter().filter(|(is_so, _)| *is_so).map(|(_, key)| words.plain(key)).collect();
    let class = match (day.active, day.free) {
        (true, _) => "day active",
        (false, true) => "day free",
        (false, false) => "day",
    };
    let states = (!states.is_empty())
        .then(|| words.say("day-states", &[("states", (&words.list(&states)).into())]))
        .map(|text| html("span", "unseen").key("states").text(text));
    html("td", class)
        .key(&day.date)
        .set_some("aria-current", day.today.then_some("date"))
        .child(html("time", "").set("datetime", &day.date).text(words.day(&day.date)))
        .child_some(states)
}
