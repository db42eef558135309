//! Topics and gains as the model reads them: PROGRAM.md, "Topics" and "Gains".

use super::member::{Look, Member, integer, list, table};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A topic of a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// They say that they want to be known for it.
    pub claimed: bool,
    /// The sum of what speaks for it, never below 0.
    pub strength: i64,
    /// How many different colleagues say so.
    pub confirmed: i64,
    /// What speaks for it, by tally.
    pub evidence: BTreeMap<String, i64>,
}

impl Member<'_> {
    /// What a member claims, and what speaks for them.
    pub(super) fn topics(&self, look: &Look) -> BTreeMap<String, Topic> {
        let says = &self.program["topics"];
        let claims = self.claims(look.living);
        let tallies = || table(&says["evidence"]).keys();
        let mut names: BTreeSet<String> = claims.clone();
        for tally in tallies() {
            let counted = look.living.iter().filter(|&&deed| self.counts_in(tally, deed));
            names.extend(counted.flat_map(|&deed| self.deeds[deed].keys("topics")));
        }
        let topic = |name: String| {
            let value = |tally: &str| self.tally(tally, look, Some(&name), None).unwrap_or(0);
            let evidence: BTreeMap<String, i64> = tallies().map(|tally| (tally.clone(), value(tally))).collect();
            let strength: i64 = evidence.iter().map(|(tally, value)| value * integer(&says["evidence"][tally])).sum();
            let topic = Topic {
                claimed: claims.contains(&name),
                strength: strength.max(0),
                confirmed: says["confirmed_by"].as_str().map_or(0, value),
                evidence: evidence.into_iter().filter(|(_, value)| *value != 0).collect(),
            };
            (name, topic)
        };
        let all = if says.is_null() { BTreeSet::new() } else { names };
        all.into_iter().map(topic).filter(|(_, topic)| topic.claimed || topic.strength > 0).collect()
    }

    /// What they have from taking part, in the program's order.
    pub(super) fn gains(&self, look: &Look) -> Vec<(String, i64)> {
        let gains = list(&self.program["gains"]).into_iter().filter_map(Value::as_str);
        gains.map(|tally| (tally.to_owned(), self.tally(tally, look, None, None).unwrap_or(0))).collect()
    }

    /// What the member last said to want to be known for: all of it.
    fn claims(&self, living: &[usize]) -> BTreeSet<String> {
        let claimed = self.own(living).rfind(|deed| deed.kind == self.program["topics"]["claimed_by"]);
        claimed.map(|deed| deed.keys("topics")).unwrap_or_default()
    }
}
