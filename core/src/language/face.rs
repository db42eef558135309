//! Face: the grade, shape and icon of a badge.

use crate::base::keyword::keywords;

/// A grade of a badge, by its place among the badge's grades. The lowest is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Grade(pub(crate) u8);

/// The grades that are always in this order among each other, because hosts that sort keys would shuffle them.
pub(crate) const METALS: [&str; 3] = ["bronze", "silver", "gold"];

/// The outline of a badge. One that this version does not know is read as a circle.
///
/// ```
/// assert_eq!(serde_json::to_string(&knownfor::Shape::Hexagon)?, r#""hexagon""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Shape {
    #[default]
    Circle,
    Hexagon,
    Shield,
    Square,
    Star,
}

keywords!(Shape {
    Circle = "circle",
    Hexagon = "hexagon",
    Shield = "shield",
    Square = "square",
    Star = "star",
} or Circle);

/// The picture of a badge, from the built-in set. One that this version does not know is read as an award.
///
/// ```
/// assert_eq!(serde_json::to_string(&knownfor::Icon::Megaphone)?, r#""megaphone""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Icon {
    #[default]
    Award,
    Book,
    Bulb,
    Chat,
    Check,
    Compass,
    Globe,
    Heart,
    Link,
    Megaphone,
    Pen,
    People,
    Profile,
    Spark,
    Star,
    Video,
}

keywords!(Icon {
    Award = "award",
    Book = "book",
    Bulb = "bulb",
    Chat = "chat",
    Check = "check",
    Compass = "compass",
    Globe = "globe",
    Heart = "heart",
    Link = "link",
    Megaphone = "megaphone",
    Pen = "pen",
    People = "people",
    Profile = "profile",
    Spark = "spark",
    Star = "star",
    Video = "video",
} or Award);
