//! Badge face: the picture of a badge, drawn from its shape, icon and grade.

use crate::dom::{Node, html, svg};
use knownfor::{Icon, Shape, view::BadgeFace};

/// The picture of a badge, 64 by 64: filled if it is earned, otherwise an outline.
pub(crate) fn draw(face: &BadgeFace, earned: bool) -> Node {
    let path = |d: &'static str| svg("path").set("d", d).set("stroke-linejoin", "round").set("stroke-linecap", "round");
    let outline = outline(face.shape);
    // The grade is a second outline around the first.
    let around = "translate(32 32) scale(1.2) translate(-32 -32)";
    let grade = face.grade.as_deref();
    let ring =
        grade.map(|_| path(outline).key("ring").set("class", "grade").set("fill", "none").set("transform", around));
    let icon = strokes(face.icon).iter();
    let drawing = svg("svg")
        .set("viewBox", "0 0 64 64")
        .set("aria-hidden", "true")
        .child_some(ring)
        .child(path(outline).key("shape").set("class", "shape"))
        .children(icon.map(|d| path(d).set("class", "icon").set("fill", "none").set("transform", "translate(20 20)")));
    html("span", if earned { "face earned" } else { "face" })
        .part("badge-face")
        .set_some("data-grade", grade)
        .child(drawing)
}

/// The outline of a shape in a field of 64 by 64. Its middle is at 32, 32, and it is some 46 across, so that the ring
/// of a grade fits around it.
fn outline(shape: Shape) -> &'static str {
    match shape {
        Shape::Hexagon => "M32 8L52.8 20V44L32 56L11.2 44V20z",
        Shape::Shield => {
            "M32 8C37.5 11.5 44 13.3 51.5 13.5V31C51.5 43 43.5 51.5 32 56C20.5 51.5 12.5 43 12.5 31V13.5C20 13.3 26.5 11.5 32 8z"
        }
        Shape::Square => {
            "M18 10.5H46A7.5 7.5 0 0 1 53.5 18V46A7.5 7.5 0 0 1 46 53.5H18A7.5 7.5 0 0 1 10.5 46V18A7.5 7.5 0 0 1 18 10.5z"
        }
        Shape::Star => {
            "M32 7L38.6 16.1L49.7 14.3L47.9 25.4L57 32L47.9 38.6L49.7 49.7L38.6 47.9L32 57L25.4 47.9L14.3 49.7L16.1 38.6L7 32L16.1 25.4L14.3 14.3L25.4 16.1z"
        }
        // A circle.
        _ => "M32 9a23 23 0 1 1 0 46a23 23 0 1 1 0-46z",
    }
}

/// The strokes of an icon in a field of 24 by 24.
fn strokes(icon: Icon) -> &'static [&'static str] {
    match icon {
        Icon::Book => &[
            "M12 6.5C10 5 7 4.5 3.5 4.5V18.5C7 18.5 10 19 12 20.5C14 19 17 18.5 20.5 18.5V4.5C17 4.5 14 5 12 6.5z",
            "M12 6.5V20.5",
        ],
        Icon::Bulb => &["M9 17.5C9 15 6 13.5 6 9.5A6 6 0 0 1 18 9.5C18 13.5 15 15 15 17.5z", "M9.5 20.8H14.5"],
        Icon::Chat => &["M4 5H20V16H11L6.5 20V16H4z", "M8 9H16", "M8 12.2H13"],
        Icon::Check => &["M4.5 12.5L10 18L19.5 7"],
        Icon::Compass => &["M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", "M15.8 8.2L13.6 13.6L8.2 15.8L10.4 10.4z"],
        Icon::Globe => &[
            "M12 3a9 9 0 1 1 0 18a9 9 0 1 1 0-18z",
            "M3 12H21",
            "M12 3C15 6 15.8 9 15.8 12C15.8 15 15 18 12 21C9 18 8.2 15 8.2 12C8.2 9 9 6 12 3z",
        ],
        Icon::Heart => &[
            "M12 20.3C6.5 16.4 3.2 13.1 3.2 9.2A4.7 4.7 0 0 1 12 6.9A4.7 4.7 0 0 1 20.8 9.2C20.8 13.1 17.5 16.4 12 20.3z",
        ],
        Icon::Link => &[
            "M10 14A4.2 4.2 0 0 0 16 14L19.2 10.8A4.2 4.2 0 0 0 13.2 4.8L11.8 6.2",
            "M14 10A4.2 4.2 0 0 0 8 10L4.8 13.2A4.2 4.2 0 0 0 10.8 19.2L12.2 17.8",
        ],
        Icon::Megaphone => &["M4 9.5V14.5H8L18 19.5V4.5L8 9.5z", "M8.5 14.8L10 20.3H12.6L11.5 16.3", "M21 10.3V13.7"],
        Icon::Pen => &["M4.5 19.5L5.5 15L16.3 4.2L19.8 7.7L9 18.5z", "M13.8 6.7L17.3 10.2"],
        Icon::People => &[
            "M9 4.5a3.5 3.5 0 1 1 0 7a3.5 3.5 0 1 1 0-7z",
            "M2.5 20C2.5 16 5.4 14.2 9 14.2C12.6 14.2 15.5 16 15.5 20",
            "M15.8 4.9A3.4 3.4 0 0 1 15.8 11.2",
            "M18 14.8C20.3 15.5 21.5 17.3 21.5 20",
        ],
        Icon::Profile => &[
            "M12 3.5a4.2 4.2 0 1 1 0 8.4a4.2 4.2 0 1 1 0-8.4z",
            "M4.5 20.5C4.5 16.5 7.8 14.6 12 14.6C16.2 14.6 19.5 16.5 19.5 20.5",
        ],
        Icon::Spark => &[
            "M12 3C12.6 8.6 15.4 11.4 21 12C15.4 12.6 12.6 15.4 12 21C11.4 15.4 8.6 12.6 3 12C8.6 11.4 11.4 8.6 12 3z",
        ],
        Icon::Star => &["M12 3.2L14.7 8.8L20.8 9.6L16.3 13.8L17.5 19.9L12 16.9L6.5 19.9L7.7 13.8L3.2 9.6L9.3 8.8z"],
        Icon::Video => &["M3.5 6.5H15V17.5H3.5z", "M15 10.8L20.5 7.5V16.5L15 13.2z"],
        // A medal.
        _ => &["M12 3a6 6 0 1 1 0 12a6 6 0 1 1 0-12z", "M8.5 14L7 21.5L12 19L17 21.5L15.5 14"],
    }
}
