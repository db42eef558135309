//! Redeem: whether a member can redeem a reward. The host asks before it sends the redemption; the fold books what was decided.

use crate::{base::time::Timestamp, engine::Engine, fold::carried, program::Program, state::standing::Standing};
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

impl Program {
    /// Whether a member with a standing can redeem a reward, where `redeemed` is how often all members together have redeemed it
    /// and not taken it back. The host makes sure that nobody else redeems between this question and its redemption.
    ///
    /// # Errors
    ///
    /// See [`NotRedeemable`].
    pub fn can_redeem(
        &self,
        standing: &Standing,
        reward: &str,
        redeemed: u32,
        now: Timestamp,
    ) -> Result<(), NotRedeemable> {
        let Some(id) = self.rewards.find(reward) else { return Err(NotRedeemable::Unknown { reward: reward.into() }) };
        let reward = &self.rewards[id];
        if reward.stock.is_some_and(|stock| redeemed >= stock) {
            return Err(NotRedeemable::OutOfStock);
        }
        let (standing, time) = carried(self, standing, now);
        let missing = reward.cost - standing.counts.spendable(self, reward.currency, time);
        if missing > 0 { Err(NotRedeemable::TooFew { missing }) } else { Ok(()) }
    }
}

impl Standing {
    /// How often the member has redeemed a reward and not taken it back.
    pub fn redeemed(&self, program: &Program, reward: &str) -> u32 {
        program.rewards.find(reward).map_or(0, |id| self.counts.redeemed(program, id).0)
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
        let redeemed = standings.map(|standing| standing.redeemed(self.program(), reward));
        let redeemed = redeemed.fold(0, u32::saturating_add);
        self.program().can_redeem(self.standing(member).unwrap_or(&empty), reward, redeemed, now)
    }
}
