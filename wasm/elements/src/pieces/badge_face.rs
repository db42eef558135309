//! Badge face: the picture of a badge. It is printed on cloth once it is earned; until then it is a line on paper.

use super::icon;
use crate::{
    art::{FORMAT, Outline, Pattern, TURN, weave},
    node::{Node, html, svg},
};
use knownfor::view::BadgeFace;

/// How large a face is shown, which decides how fine it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Size {
    /// The one thing on a page.
    Grand,
    /// A badge in a list of badges.
    Large,
    /// A badge beside something else.
    Middle,
}

/// What the member has of a badge.
#[derive(Clone, Copy, Debug)]
pub(crate) enum State {
    /// The badge itself.
    Earned,
    /// A share of the way to it, in percent.
    OnTheWay(u8),
    /// A badge that has ended.
    Expired,
}

impl Size {
    fn name(self) -> &'static str {
        match self {
            Self::Grand => "grand",
            Self::Large => "large",
            Self::Middle => "middle",
        }
    }

    /// The angle between two points of a strand.
    fn step(self) -> usize {
        match self {
            Self::Grand => 6,
            Self::Large => 10,
            Self::Middle => 12,
        }
    }

    /// How many of a grade's strands can be told apart.
    fn strands(self, of_grade: i64) -> i64 {
        match self {
            Self::Grand => 2 * of_grade,
            Self::Large => of_grade,
            Self::Middle => ((of_grade + 1) / 2).min(4),
        }
    }

    /// How much larger an icon is than its field of 24 by 24.
    fn icon(self) -> i64 {
        match self {
            Self::Grand => 12,
            Self::Large => 13,
            Self::Middle => 15,
        }
    }
}

/// How many grades there are.
const GRADES: i64 = 3;
/// The strands of a badge without grades, and of the lowest and the highest grade.
const STRANDS: (i64, i64, i64) = (5, 3, 8);
/// Radius of a hallmark, the gap between two, and how far the plate reaches around them.
const HALLMARK: (i64, i64, i64) = (30, 18, 14);

/// The picture of a badge by its id. Its grade is told four times: by strands, rim, hallmarks and foil.
pub(crate) fn draw(id: &str, face: &BadgeFace, state: State, size: Size) -> Node {
    let outline = Outline::of(face.shape);
    let pattern = Pattern::of(id, &outline);
    let rank = rank(face);
    let (class, until) = match state {
        State::Earned => ("face earned", TURN),
        State::Expired => ("face expired", TURN),
        State::OnTheWay(percent) => ("face begun", TURN * i64::from(percent.min(100)) / 100),
    };
    let strands = weave(&pattern, &outline, size.strands(strands(rank)), until, size.step());
    let strands = strands.iter().map(|data| path("weave", data).set("pathLength", "1"));
    let drawing = svg("svg")
        .set("viewBox", "-480 -480 960 960")
        .set("aria-hidden", "true")
        .child(path("ground", outline.line(468)))
        .children(strands)
        .children(rim(&outline, rank, state, size))
        .child_some(matches!(state, State::Earned).then(|| hallmarks(&outline, rank)).flatten())
        .child(icon(face, &outline, size));
    html("span", class)
        .part("badge-face")
        .set_some("data-grade", metal(rank))
        .set("data-size", size.name())
        .set_number("data-cloth", pattern.cloth)
        .set_number("data-art", FORMAT)
        .child(drawing)
}

/// The rank of a badge's grade among the three that can be drawn, from 1 for the lowest; 0 without a grade. A grade with
/// the name of a metal looks like it. Of others, the lowest and the highest look like bronze and gold.
fn rank(face: &BadgeFace) -> i64 {
    match (face.grade.as_deref(), face.rank) {
        (None, _) => 0,
        (Some("bronze"), _) => 1,
        (Some("silver"), _) => 2,
        (Some("gold"), _) => GRADES,
        (_, rank) if rank == face.grades => GRADES,
        (_, Some(1)) => 1,
        _ => 2,
    }
}

fn metal(rank: i64) -> Option<&'static str> {
    match rank {
        0 => None,
        1 => Some("bronze"),
        2 => Some("silver"),
        _ => Some("gold"),
    }
}

fn strands(rank: i64) -> i64 {
    let (without, lowest, highest) = STRANDS;
    if rank == 0 { without } else { lowest + (highest - lowest) * (rank - 1) / (GRADES - 1) }
}

fn path(class: &'static str, data: impl AsRef<str>) -> Node {
    svg("path").set("class", class).set("d", data)
}

/// One line around the weave; a second from the second grade on, which is a rope for the highest.
fn rim(outline: &Outline, rank: i64, state: State, size: Size) -> Vec<Node> {
    if matches!(state, State::OnTheWay(_)) {
        return vec![path("way", outline.line(440))];
    }
    let mut lines = vec![path("rim", outline.line(436))];
    if !matches!(state, State::Earned) {
        return lines;
    }
    match (rank, size) {
        (GRADES, Size::Middle) => lines.push(path("rim", outline.line(400))),
        (GRADES, _) => lines.extend(outline.rope(416).iter().map(|strand| path("rim fine", strand))),
        (2, _) => lines.push(path("rim fine", outline.line(412))),
        _ => {}
    }
    lines
}

/// A pearl for each rank, on a plate on the lower rim so that no strand runs into them.
fn hallmarks(outline: &Outline, rank: i64) -> Option<Node> {
    let (radius, gap, around) = HALLMARK;
    if rank == 0 {
        return None;
    }
    // The shield has a long point below, where nothing would fit.
    let y = outline.bottom(440) - if outline.lift() > 0 { 70 } else { 10 };
    let width = rank * (2 * radius + gap) - gap;
    let left = -width / 2;
    let plate = svg("rect")
        .set("class", "plate")
        .set_number("x", left - around)
        .set_number("y", y - radius - around)
        .set_number("width", width + 2 * around)
        .set_number("height", 2 * (radius + around))
        .set_number("rx", radius + around);
    let pearls = (0..rank).map(|index| {
        svg("circle")
            .set("class", "mark")
            .set_number("cx", left + radius + index * (2 * radius + gap))
            .set_number("cy", y)
            .set_number("r", radius)
    });
    Some(svg("g").child(plate).children(pearls))
}

fn icon(face: &BadgeFace, outline: &Outline, size: Size) -> Node {
    let scale = size.icon();
    // A shield's middle is above the middle of its field.
    let y = -12 * scale - if outline.lift() > 0 { 20 } else { 0 };
    let strokes = icon::strokes(face.icon).iter().map(|data| svg("path").set("d", data));
    svg("g")
        .set("class", "icon")
        .set("transform", format!("translate({} {y}) scale({scale})", -12 * scale))
        .children(strokes)
}
