//! Rungs: who will see the result of a deed, as four rising bars and in words. It stands beside every deed.

use crate::{
    node::{Node, html, svg},
    shell::Words,
};
use knownfor::Audience;

/// The circles around a member, from the narrowest, with the texts that name them.
const CIRCLES: [(Audience, &str); 4] = [
    (Audience::Private, "comfort-private"),
    (Audience::Team, "comfort-team"),
    (Audience::Company, "comfort-company"),
    (Audience::Public, "comfort-public"),
];

/// Who will see it. The bars of the circles that it reaches are filled.
pub(crate) fn draw(audience: Audience, words: &dyn Words) -> Node {
    let reached = CIRCLES.iter().position(|(circle, _)| *circle == audience).unwrap_or(CIRCLES.len() - 1);
    let bar = |index: i64| {
        svg("rect")
            .set("class", if index <= reached as i64 { "on" } else { "off" })
            .set_number("x", 8 * index + 1)
            .set_number("y", 16 - 5 * index)
            .set_number("width", 5)
            .set_number("height", 7 + 5 * index)
            .set_number("rx", 1)
    };
    let bars =
        svg("svg").set("viewBox", "0 0 32 24").set("aria-hidden", "true").children((0..CIRCLES.len() as i64).map(bar));
    html("span", "rung")
        .key("seen")
        .part("audience")
        .child(bars)
        .child(html("span", "").text(words.plain(CIRCLES[reached].1)))
}
