//! Tallies: the value of each at a moment, computed from all deeds each time.

use super::{
    condition::{self, Seen},
    member::{Look, Member, count, integer, one_or_more, per, role, table},
    streak, time,
};
use jiff::{Timestamp, civil::Date};
use serde_json::Value;
use std::collections::BTreeSet;

impl Member<'_> {
    /// The currency whose points a tally sums.
    pub(super) fn currency_of(&self, tally: &str) -> Option<&str> {
        let tally = &self.program["tallies"][tally];
        tally["sum"].as_str().filter(|_| tally["of"].is_null())
    }

    /// The key of a tally.
    pub(super) fn key_of(&self, tally: &str) -> Option<&str> {
        per(&self.program["tallies"][tally]).1
    }

    /// Whether a deed counts in a tally at all.
    pub(super) fn counts_in(&self, name: &str, deed: usize) -> bool {
        let tally = &self.program["tallies"][name];
        let number = tally["sum"].as_str().or(tally["highest"].as_str());
        let has_value = match (number, tally["distinct"].as_str()) {
            (Some(attribute), _) => self.deeds[deed].integer(attribute).is_some(),
            (_, Some(what)) => !self.values(deed, what, role(tally)).is_empty(),
            _ => true,
        };
        kinds(tally).contains(&self.deeds[deed].kind)
            && self.is(role(tally), deed)
            && self.held[deed].tallies.contains(name)
            && self.key_of(name).is_none_or(|key| !self.deeds[deed].keys(key).is_empty())
            && has_value
    }

    /// A tally's value, or `None` if it has a key and none is given. Deeds before `from` do not count.
    pub(super) fn tally(&self, name: &str, look: &Look, key: Option<&str>, from: Option<Timestamp>) -> Option<i64> {
        let tally = &self.program["tallies"][name];
        if self.key_of(name).is_some() && key.is_none() {
            return None;
        }
        if let Some(currency) = self.currency_of(name) {
            return Some(self.points(currency, tally, look, from));
        }
        let taken = self.taken(name, look, key, from);
        if !tally["since"].is_null() {
            let unit = tally["unit"].as_str().expect("`since` has a unit");
            return Some(taken.first().map_or(0, |first| self.units_since(*first, unit, look)));
        }
        if let Some(rhythm) = streak::Rhythm::of(tally) {
            let days: BTreeSet<Date> = taken.iter().map(|deed| self.day(self.at(*deed), role(tally))).collect();
            let free = streak::Free::new(self, look.living);
            return Some(streak::streak(&days, self.day(look.now, role(tally)), &rhythm, &free));
        }
        if let Some(attribute) = tally["highest"].as_str() {
            return Some(taken.iter().filter_map(|deed| self.deeds[*deed].integer(attribute)).fold(0, i64::max));
        }
        Some(match &tally["sum"] {
            Value::Object(amounts) => taken.iter().map(|deed| integer(&amounts[&self.deeds[*deed].kind])).sum(),
            Value::String(attribute) => taken.iter().filter_map(|deed| self.deeds[*deed].integer(attribute)).sum(),
            _ => match tally["distinct"].as_str() {
                Some(what) => {
                    let all: BTreeSet<String> =
                        taken.iter().flat_map(|deed| self.values(*deed, what, role(tally))).collect();
                    count(all.len())
                }
                None => count(taken.len()),
            },
        })
    }

    /// The living deeds that a tally counts: in the present window, for the key, and not before `from`.
    fn taken(&self, name: &str, look: &Look, key: Option<&str>, from: Option<Timestamp>) -> Vec<usize> {
        let tally = &self.program["tallies"][name];
        let (per, by) = per(tally);
        let present = self.window(look.now, role(tally), per);
        let takes = |deed: usize| {
            let at = self.at(deed);
            self.counts_in(name, deed)
                && look.takes(deed)
                && from.is_none_or(|from| from <= at.at)
                && by.is_none_or(|by| key.is_some_and(|key| self.deeds[deed].keys(by).contains(key)))
                && self.window(at, role(tally), per) == present
                && tally["within"].as_str().is_none_or(|long| time::is_within(at.at, look.now.at, long))
        };
        look.living.iter().copied().filter(|&deed| takes(deed)).collect()
    }

    /// The points that the rules gave in a currency, net, by the days of the program's zone.
    fn points(&self, currency: &str, tally: &Value, look: &Look, from: Option<Timestamp>) -> i64 {
        let (per, _) = per(tally);
        let window = |at: Timestamp| time::window(self.zone_day(at), per, self.turns);
        let gifts = look.gifts.iter().filter(|gift| {
            gift.currency == currency
                && from.is_none_or(|from| from <= gift.at)
                && window(gift.at) == window(look.now.at)
                && tally["within"].as_str().is_none_or(|long| time::is_within(gift.at, look.now.at, long))
        });
        gifts.map(|gift| gift.amount).sum()
    }

    fn units_since(&self, first: usize, unit: &str, look: &Look) -> i64 {
        let (first, present) = (self.zone_day(self.deeds[first].at), self.zone_day(look.now.at));
        let mut units = 0;
        while time::complete(first, unit, units + 1) <= present {
            units += 1;
        }
        units
    }

    /// The civil day, in the program's zone, of the first activity that a tally `since` counts from.
    pub(super) fn first_day(&self, tally: &str, look: &Look, from: Option<Timestamp>) -> Option<Date> {
        self.taken(tally, look, None, from).first().map(|first| self.zone_day(self.deeds[*first].at))
    }

    /// Whether anything counted in a tally without a key.
    pub(super) fn has_counted(&self, tally: &str, look: &Look, from: Option<Timestamp>) -> bool {
        !self.taken(tally, look, None, from).is_empty()
    }

    /// The values that a distinct tally takes from a deed.
    fn values(&self, deed: usize, what: &str, role: &str) -> BTreeSet<String> {
        if what == "day" {
            return BTreeSet::from([self.day(self.at(deed), role).to_string()]);
        }
        match condition::look(what, &self.deeds[deed], &|_| None) {
            Seen::Text(text) => BTreeSet::from([text]),
            Seen::Texts(texts) => texts,
            _ => BTreeSet::new(),
        }
    }

    /// The value of a tally that a condition sees at a deed: the highest count, if the deed has several keys.
    pub(super) fn seen(&self, tally: &str, look: &Look, deed: usize) -> Option<i64> {
        match self.key_of(tally) {
            None => self.tally(tally, look, None, None),
            Some(by) => {
                let keys = self.deeds[deed].keys(by);
                keys.iter().filter_map(|key| self.tally(tally, look, Some(key), None)).max()
            }
        }
    }
}

/// The kinds that a tally counts; none for the sum of a currency.
fn kinds(tally: &Value) -> BTreeSet<String> {
    let named = ["count", "of", "since"].into_iter().find(|word| !tally[*word].is_null());
    match named {
        Some(word) => one_or_more(&tally[word]),
        None => table(&tally["sum"]).keys().cloned().collect(),
    }
}
