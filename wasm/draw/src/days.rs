//! Days: a challenge's calendar, week by week as the reader's weeks begin, with days of rest and days on which something was done.

use crate::{
    data::Data,
    node::{Node, html},
    words::{Value, Words},
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

const DAYS_OF_A_WEEK: usize = 7;

/// Draws the calendar of a challenge.
pub(crate) fn draw(challenge: Data<'_>, words: &Words) -> Node {
    let mut weeks: Vec<Vec<Node>> = Vec::new();
    for day in challenge.list("calendar") {
        let weekday = words.weekday(day.text("date")) % DAYS_OF_A_WEEK;
        match weeks.last_mut().filter(|_| weekday > 0) {
            Some(week) => week.push(cell(day, words)),
            // The first week may begin late.
            None => {
                let before = if weeks.is_empty() { weekday } else { 0 };
                let blank = (0..before).map(|number| html("td", "").key(&number.to_string()));
                weeks.push(blank.chain([cell(day, words)]).collect());
            }
        }
    }
    let rows = weeks.into_iter().map(|mut week| {
        let blank = (week.len()..DAYS_OF_A_WEEK).map(|number| html("td", "").key(&number.to_string()));
        week.extend(blank);
        html("tr", "").children(week)
    });
    html("table", "days")
        .key("days")
        .part("calendar")
        .child(html("caption", "unseen").text(words.plain("challenge-calendar")))
        .child(html("thead", "").child(html("tr", "").children((0..DAYS_OF_A_WEEK).map(|day| head(day, words)))))
        .child(html("tbody", "").children(rows))
}

fn head(weekday: usize, words: &Words) -> Node {
    html("th", "")
        .key(&weekday.to_string())
        .set("scope", "col")
        .set("abbr", words.weekday_name(weekday, false))
        .child(html("span", "").set("aria-hidden", "true").text(words.weekday_name(weekday, true)))
        .child(html("span", "unseen").key("whole").text(words.weekday_name(weekday, false)))
}

fn cell(day: Data<'_>, words: &Words) -> Node {
    let date = day.text("date");
    let states = [("free", "day-free"), ("active", "day-active"), ("today", "day-today")];
    let told: Vec<String> = states.iter().filter(|(name, _)| day.flag(name)).map(|(_, key)| words.plain(key)).collect();
    let class = match (day.flag("active"), day.flag("free")) {
        (true, _) => "day active",
        (false, true) => "day free",
        (false, false) => "day",
    };
    let number = html("time", "").set("datetime", date).text(words.day(date));
    let states = (!told.is_empty())
        .then(|| words.filled("day-states", &[("states", Value::Text(&words.list(&told)))]))
        .map(|told| html("span", "unseen").key("states").text(told));
    html("td", class)
        .key(date)
        .set_some("aria-current", day.flag("today").then_some("date"))
        .child(number)
        .child_some(states)
}
