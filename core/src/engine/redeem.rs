//! Redeem: whether a member can redeem a reward. The host asks before it sends the redemption; the fold books what was
//! decided.

use crate::{
    base::time::{Time, Timestamp},
    engine::Engine,
    fold::standing_at,
    state::standing::Standing,
};
use alloc::string::String;

/// Why a reward cannot be redeemed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotRedeemable {
    /// The program has no such reward.
    #[error("there is no reward `{reward}`")]
    Unknown {
        /// What was asked for.
        reward: String,
    },
    /// All there were have been redeemed.
    #[error("none is left")]
    OutOfStock,
    /// The member has not enough points to spend.
    #[error("{missing} points are missing")]
    TooFew {
        /// How many more it takes.
        missing: i64,
    },
}

impl Standing {
    /// Whether the member can redeem a reward at a moment. `redeemed` is how often all members together have redeemed
    /// it and not taken it back. The host makes sure that nobody else redeems between this question and its
    /// redemption.
    ///
    /// # Errors
    ///
    /// See [`NotRedeemable`].
    pub fn can_redeem(&self, reward: &str, redeemed: u32, now: Timestamp) -> Result<(), NotRedeemable> {
        let program = &self.program;
        let id = program.rewards.find(reward).ok_or_else(|| NotRedeemable::Unknown { reward: reward.into() })?;
        let reward = &program.rewards[id];
        if reward.stock.is_some_and(|stock| redeemed >= stock) {
            return Err(NotRedeemable::OutOfStock);
        }
        let (standing, _) = standing_at(program, self, now);
        let missing = reward.cost - standing.counts.spendable(program, reward.currency, Time::utc(now));
        if missing > 0 { Err(NotRedeemable::TooFew { missing }) } else { Ok(()) }
    }

    /// How often the member has redeemed a reward and not taken it back; `None` if the program has no such reward.
    pub fn redeemed(&self, reward: &str) -> Option<u32> {
        let id = self.program.rewards.find(reward)?;
        Some(self.counts.redeemed(&self.program, id).0)
    }
}

impl Engine {
    /// Whether a member can redeem a reward now; how often others did is known.
    ///
    /// # Errors
    ///
    /// See [`NotRedeemable`].
    pub fn can_redeem(&self, member: &str, reward: &str, now: Timestamp) -> Result<(), NotRedeemable> {
        let empty = Standing::new(self.program());
        let standings = self.members().filter_map(|member| self.standing(member));
        let redeemed = standings.filter_map(|standing| standing.redeemed(reward)).fold(0, u32::saturating_add);
        self.standing(member).unwrap_or(&empty).can_redeem(reward, redeemed, now)
    }
}
