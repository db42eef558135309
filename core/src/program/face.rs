//! Face: the grade, shape and icon of a badge.

use crate::language::grammar::{ICONS, SHAPES};
use serde::{Deserialize, Serialize};

/// The grade of a badge, from the lowest to the highest.
///
/// ```
/// use knownfor::Grade;
///
/// assert!(Grade::Bronze < Grade::Gold);
/// assert_eq!(Grade::Silver.name(), "silver");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Grade {
    Bronze,
    Silver,
    Gold,
}

impl Grade {
    pub(crate) const ALL: [(&str, Self); 3] =
        [("bronze", Self::Bronze), ("silver", Self::Silver), ("gold", Self::Gold)];

    /// The name in programs and ledgers.
    ///
    /// ```
    /// use knownfor::Grade;
    ///
    /// assert_eq!(Grade::Gold.name(), "gold");
    /// ```
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, grade)| *grade == self).map_or("bronze", |(name, _)| name)
    }
}

/// The outline of a badge.
///
/// ```
/// assert_eq!(serde_json::to_string(&knownfor::Shape::Hexagon)?, r#""hexagon""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

/// The picture of a badge, from the built-in set.
///
/// ```
/// assert_eq!(serde_json::to_string(&knownfor::Icon::Megaphone)?, r#""megaphone""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
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

impl Shape {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        use Shape::{Circle, Hexagon, Shield, Square, Star};
        named_as(name, SHAPES, [Circle, Hexagon, Shield, Square, Star])
    }
}

impl Icon {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        use Icon::{
            Award, Book, Bulb, Chat, Check, Compass, Globe, Heart, Link, Megaphone, Pen, People, Profile, Spark, Star,
            Video,
        };
        let icons = [
            Award, Book, Bulb, Chat, Check, Compass, Globe, Heart, Link, Megaphone, Pen, People, Profile, Spark, Star,
            Video,
        ];
        named_as(name, ICONS, icons)
    }
}

fn named_as<T, const N: usize>(name: &str, names: &[&str], things: [T; N]) -> Option<T> {
    names.iter().zip(things).find(|(known, _)| **known == name).map(|(_, thing)| thing)
}
