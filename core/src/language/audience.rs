//! Audience: the circles of people who see something, from one person to everyone.

use crate::base::keyword::{Keyword, keywords};

/// A circle of people who see something, ordered from the narrowest to the widest.
///
/// For a kind, it is the audience its actor faces: a private note, a word in the team, a post for the company, a talk
/// in public. For a part that a member shares, it is who may see it, at most the company.
///
/// ```
/// use knownfor::Audience;
///
/// assert!(Audience::Private < Audience::Team && Audience::Company < Audience::Public);
/// let audience: Audience = serde_json::from_str(r#""team""#)?;
/// assert_eq!(audience.name(), "team");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Only the member.
    Private,
    /// The member's team.
    Team,
    /// Everyone in the company.
    #[default]
    Company,
    /// Everyone.
    Public,
}

keywords!(Audience { Private = "private", Team = "team", Company = "company", Public = "public" });

/// A part of a member's standing that the member shares separately.
///
/// ```
/// use knownfor::SharedPart;
///
/// assert_eq!(serde_json::to_string(&SharedPart::Badges)?, r#""badges""#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SharedPart {
    /// Points and level.
    Points,
    /// Earned badges.
    Badges,
    /// What the member is known for.
    Topics,
    /// What the profile says. The host stores it and asks [`Standing::shows`](crate::Standing::shows) before it
    /// shows it.
    Profile,
    /// The member's rows on boards.
    Boards,
}

keywords!(SharedPart {
    Points = "points",
    Badges = "badges",
    Topics = "topics",
    Profile = "profile",
    Boards = "boards",
});

impl Audience {
    /// The audiences that a member can choose for a shared part.
    pub(crate) const OF_MEMBERS: &'static [&'static str] = &["private", "team", "company"];

    /// The next wider circle, or the widest itself.
    pub(crate) fn wider(self) -> Self {
        match self {
            Self::Private => Self::Team,
            Self::Team => Self::Company,
            Self::Company | Self::Public => Self::Public,
        }
    }

    /// An audience that a member can choose for a shared part, by its name.
    pub(crate) fn of_member(name: &str) -> Option<Self> {
        Self::from_name(name).filter(|audience| *audience != Self::Public)
    }

    /// The name in programs and activities.
    ///
    /// ```
    /// assert_eq!(knownfor::Audience::Team.name(), "team");
    /// ```
    pub fn name(self) -> &'static str {
        Keyword::name(self)
    }
}

impl SharedPart {
    pub(crate) const COUNT: usize = Self::ALL.len();

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}
