//! Days: the days of a challenge as strokes in a row. A day without anything looks like a day off, so that no gap reads
//! as a miss.

use crate::{
    node::{Node, html, svg},
    shell::Words,
};
use knownfor::view::DayView;

/// The width of a day in the drawing.
const DAY: i64 = 10;
/// The height of the drawing.
const HEIGHT: i64 = 28;

/// Draws the days of a challenge: a long stroke for each with something from the member, a mark below today.
pub(crate) fn draw(days: &[DayView], words: &dyn Words) -> Node {
    let active = days.iter().filter(|day| day.active).count() as i64;
    let strokes = days.iter().zip(0..).map(|(day, index)| stroke(day, index));
    let today = days.iter().position(|day| day.today).map(|index| {
        svg("rect")
            .key("today")
            .set("class", "today")
            .set_number("x", DAY * index as i64 + 1)
            .set_number("y", HEIGHT - 3)
            .set_number("width", DAY - 2)
            .set_number("height", 3)
    });
    let drawing = svg("svg")
        .set("viewBox", format!("0 0 {} {HEIGHT}", DAY * days.len() as i64))
        .set("preserveAspectRatio", "none")
        .set("aria-hidden", "true")
        .children(strokes)
        .child_some(today);
    let label = (active > 0).then(|| html("span", "unseen").key("label").text(words.count("challenge-active", active)));
    html("div", "days").key("days").part("days").child(drawing).child_some(label)
}

fn stroke(day: &DayView, index: i64) -> Node {
    let x = DAY * index + DAY / 2;
    let (class, from) = if day.active { ("active", 4) } else { ("day", 15) };
    svg("path").key(&day.date).set("class", class).set("d", format!("M{x} {from}V20"))
}

/// Which day of the challenge today is, from 1; none if it is not on.
pub(crate) fn today(days: &[DayView]) -> Option<i64> {
    days.iter().position(|day| day.today).map(|index| index as i64 + 1)
}
