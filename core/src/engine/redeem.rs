//! Redeem: whether a member can redeem a reward. The host asks before it sends the redemption; the fold books what was
//! decided.

use crate::{base::time::Timestamp, engine::Engine, fold::standing_at, state::standing::Standing};
use alloc::string::String;

/// Why a member cannot redeem a reward.
///
/// ```
/// # use knownfor::*;
/// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug.rs"));
/// // Bob has 5 points, and a mug costs 10.
/// let bob = engine.standing("bob").unwrap();
/// let error = bob.can_redeem("mug", 0, "2026-03-09T12:00:00Z".parse()?).unwrap_err();
/// assert_eq!(error, NotRedeemable::TooFew { missing: 5 });
/// assert_eq!(error.to_string(), "5 points are missing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRedeemable {
    /// The program has no such reward.
    #[error("there is no reward `{reward}`")]
    Unknown {
        /// The reward that was asked for.
        reward: String,
    },
    /// As many as the reward's `stock` have been redeemed.
    #[error("none is left")]
    OutOfStock,
    /// The member has too few points to spend.
    #[error("{missing} points are missing")]
    TooFew {
        /// How many points are missing.
        missing: i64,
    },
}

impl Standing {
    /// Whether the member can redeem a reward at a moment: it is in stock and the points suffice.
    ///
    /// `redeemed` says how often all members together have redeemed it, without those that were taken back. Between
    /// this question and the redemption, the host lets no other member redeem.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug.rs"));
    /// // Ada has 10 points, and a mug costs 10.
    /// let ada = engine.standing("ada").unwrap();
    /// assert!(ada.can_redeem("mug", 0, "2026-03-09T12:00:00Z".parse()?).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotRedeemable`] says what is in the way:
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug.rs"));
    /// # let ada = engine.standing("ada").unwrap();
    /// // There is one mug, and somebody has redeemed it.
    /// let error = ada.can_redeem("mug", 1, "2026-03-09T12:00:00Z".parse()?).unwrap_err();
    /// assert_eq!(error, NotRedeemable::OutOfStock);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn can_redeem(&self, reward: &str, redeemed: u32, now: Timestamp) -> Result<(), NotRedeemable> {
        let program = &self.program;
        let id = program.rewards.find(reward).ok_or_else(|| NotRedeemable::Unknown { reward: reward.into() })?;
        let reward = &program.rewards[id];
        if reward.stock.is_some_and(|stock| redeemed >= stock) {
            return Err(NotRedeemable::OutOfStock);
        }
        let (standing, time) = standing_at(program, self, now);
        let missing = reward.cost - standing.counts.spendable(program, reward.currency, time);
        if missing > 0 { Err(NotRedeemable::TooFew { missing }) } else { Ok(()) }
    }

    /// How often the member has redeemed a reward, without the redemptions that were taken back. `None` if the program
    /// has no such reward.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug_redeemed.rs"));
    /// let ada = engine.standing("ada").unwrap();
    /// assert_eq!((ada.redeemed("mug"), ada.redeemed("car")), (Some(1), None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn redeemed(&self, reward: &str) -> Option<u32> {
        let id = self.program.rewards.find(reward)?;
        Some(self.counts.redeemed(&self.program, id).0)
    }
}

impl Engine {
    /// Whether a member can redeem a reward now, as [`Standing::can_redeem`]. The engine knows how often it was
    /// redeemed.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/mug.rs"));
    /// let now = "2026-03-09T12:00:00Z".parse()?;
    /// assert!(engine.can_redeem("ada", "mug", now).is_ok());
    /// assert_eq!(engine.can_redeem("bob", "mug", now), Err(NotRedeemable::TooFew { missing: 5 }));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`NotRedeemable`] says what is in the way.
    pub fn can_redeem(&self, member: &str, reward: &str, now: Timestamp) -> Result<(), NotRedeemable> {
        let empty = Standing::new(self.program());
        let standings = self.members().filter_map(|member| self.standing(member));
        let redeemed = standings.filter_map(|standing| standing.redeemed(reward)).fold(0, u32::saturating_add);
        self.standing(member).unwrap_or(&empty).can_redeem(reward, redeemed, now)
    }
}
