//! Topics and gains in the model: PROGRAM.md, "Topics" and "Gains".

use super::member::{Look, Member, integer, list, table};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A topic of a member, and the evidence for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The topic.
    pub topic: String,
    /// Whether the member claims it.
    pub claimed: bool,
    /// The evidence for it, weighted.
    pub strength: i64,
    /// How many colleagues confirm it.
    pub confirmed: i64,
    /// The tallies that are not 0.
    pub evidence: Vec<(String, i64)>,
}

impl Topic {
    /// How strong the topic is in what others see: what one or two colleagues confirm does not count.
    pub fn strength_to_others(&self, program: &Value) -> i64 {
        let says = &program["topics"];
        let counts = |tally: &str| says["confirmed_by"] != tally || self.confirmed > 2;
        let shown = self.evidence.iter().filter(|(tally, _)| counts(tally));
        shown.map(|(tally, value)| value * integer(&says["evidence"][tally.as_str()])).sum::<i64>().max(0)
    }
}

impl Member<'_> {
    /// All topics that the member claims or has evidence for, strongest first.
    pub(super) fn topics(&self, look: &Look) -> Vec<Topic> {
        let claims = self.claims(look.living);
        let tallies = table(&self.program["topics"]["evidence"]).keys();
        let mut names: BTreeSet<String> = tallies.flat_map(|tally| self.keys_counted(tally, look)).collect();
        names.extend(claims.iter().cloned());
        let mut topics: Vec<Topic> =
            names.into_iter().map(|name| self.topic(&name, claims.contains(&name), look)).collect();
        topics.retain(|topic| topic.claimed || topic.strength > 0);
        let declined = self.declined(look.living);
        topics.retain(|topic| !declined.contains(&topic.topic));
        topics.sort_by_key(|topic| -topic.strength);
        topics
    }

    fn topic(&self, name: &str, claimed: bool, look: &Look) -> Topic {
        let says = &self.program["topics"];
        let value = |tally: &str| self.tally(tally, look, Some(name), None).expect("it is counted by topic");
        let tallies = table(&says["evidence"]);
        let strength: i64 = tallies.iter().map(|(tally, weight)| value(tally) * integer(weight)).sum();
        let confirmed = says["confirmed_by"].as_str().map_or(0, value);
        let evidence = tallies.keys().map(|tally| (tally.clone(), value(tally))).filter(|(_, value)| *value != 0);
        Topic { topic: name.to_owned(), claimed, strength: strength.max(0), confirmed, evidence: evidence.collect() }
    }

    /// The keys under which living deeds count in a tally.
    pub(super) fn keys_counted(&self, tally: &str, look: &Look) -> BTreeSet<String> {
        let by = self.key_of(tally).expect("it is counted by a key");
        let counted = look.living.iter().filter(|deed| self.counts_in(tally, **deed));
        counted.flat_map(|&deed| self.deeds[deed].keys(by)).collect()
    }

    /// What the member gains from taking part.
    pub(super) fn gains(&self, look: &Look) -> BTreeMap<String, i64> {
        let gains = list(&self.program["gains"]).into_iter().filter_map(|name| name.as_str());
        let value = |name: &str| self.tally(name, look, None, None).expect("it is one number");
        gains.map(|name| (name.to_owned(), value(name))).collect()
    }
}
