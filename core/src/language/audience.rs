//! Audience: the circles of people before whom something is done or shown.

use serde::{Deserialize, Serialize};

/// Before whom something is done or shown, from the narrowest circle to the widest.
///
/// Of a kind it is its comfort: a private note, a word in the team, a post for the company, a talk in public. Of what a member
/// shares it is who sees it; that ends at the company.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Nobody but the member.
    Private,
    /// The member's team.
    Team,
    /// Everybody in the company.
    #[default]
    Company,
    /// Everybody.
    Public,
}

/// What of a member can be shared by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedPart {
    /// Points and level.
    Points,
    /// Earned badges.
    Badges,
    /// What the member is known for.
    Topics,
    /// What the profile says. The host keeps it, and asks [`Standing::shows`](crate::Standing::shows).
    Profile,
    /// The member's rows on boards.
    Boards,
}

impl Audience {
    pub(crate) const NAMES: &'static [&'static str] = &["private", "team", "company", "public"];
    /// Those to whom a member can show something.
    pub(crate) const OF_MEMBERS: &'static [&'static str] = &["private", "team", "company"];
    const ALL: [Self; 4] = [Self::Private, Self::Team, Self::Company, Self::Public];

    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().zip(Self::ALL).find(|(known, _)| **known == name).map(|(_, audience)| audience)
    }

    /// The next wider circle; the widest stays.
    pub(crate) fn wider(self) -> Self {
        match self {
            Self::Private => Self::Team,
            Self::Team => Self::Company,
            Self::Company | Self::Public => Self::Public,
        }
    }

    /// One of those to whom a member can show something.
    pub(crate) fn of_member(name: &str) -> Option<Self> {
        Self::from_name(name).filter(|audience| *audience != Self::Public)
    }

    /// Its name in programs and activities.
    pub fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("private")
    }
}

impl SharedPart {
    pub(crate) const ALL: [(&'static str, Self); 5] = [
        ("points", Self::Points),
        ("badges", Self::Badges),
        ("topics", Self::Topics),
        ("profile", Self::Profile),
        ("boards", Self::Boards),
    ];

    pub(crate) const COUNT: usize = Self::ALL.len();

    pub(crate) fn index(self) -> usize {
        self as usize
    }
}
