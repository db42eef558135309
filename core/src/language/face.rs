//! Face: the grade, shape and icon of a badge.

use crate::base::keyword::{Keyword, keywords};

/// The grade of a badge, from the lowest to the highest.
///
/// ```
/// use knownfor::Grade;
///
/// assert!(Grade::Bronze < Grade::Gold);
/// assert_eq!(Grade::Silver.name(), "silver");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
#[non_exhaustive]
pub enum Grade {
    Bronze,
    Silver,
    Gold,
}

keywords!(Grade { Bronze = "bronze", Silver = "silver", Gold = "gold" });

impl Grade {
    /// The name in programs and ledgers.
    ///
    /// ```
    /// use knownfor::Grade;
    ///
    /// assert_eq!(Grade::Gold.name(), "gold");
    /// ```
    pub fn name(self) -> &'static str {
        Keyword::name(self)
    }
}

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
