//! One member's side of the record: their role in each deed, its civil day, and what they stated about themselves.

use super::{consent::latest, deed::Deed, points::Gift, time, time::Turns};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// One member's deeds in order, without voided ones, and the answers that conditions gave when each deed came.
pub(super) struct Member<'p> {
    pub(super) program: &'p Value,
    pub(super) name: String,
    pub(super) deeds: Vec<Deed>,
    /// The rules and tallies whose `if` held, for each deed so far.
    pub(super) held: Vec<Held>,
    pub(super) zone: time::Zone,
    pub(super) turns: Turns,
}

/// The rules and the tallies whose `if` held at one deed.
#[derive(Default)]
pub(super) struct Held {
    pub(super) rules: BTreeSet<String>,
    pub(super) tallies: BTreeSet<String>,
}

/// When a standing is looked at: at a deed, or at a moment at which time alone brings something.
#[derive(Clone, Copy)]
pub(super) struct Now {
    pub(super) at: Timestamp,
    pub(super) deed: Option<usize>,
}

/// A look at a standing: what it consists of, when it is looked at, and why.
#[derive(Clone, Copy)]
pub(super) struct Look<'a> {
    pub(super) now: Now,
    /// The living deeds so far.
    pub(super) living: &'a [usize],
    /// What the rules gave for them so far.
    pub(super) gifts: &'a [Gift],
    /// The index of the first gift of this very moment.
    pub(super) fresh: usize,
    /// Whether the deed reverses something, after which only badges are looked at.
    pub(super) reverse: bool,
    /// The rank of the highest level held, and whether a level came or went at this very moment. Only badges ask for
    /// these.
    pub(super) level: usize,
    pub(super) climbed: bool,
    /// The badges held, and those that came or went at this very moment. Only badges ask for these.
    pub(super) held: &'a [String],
    pub(super) moved: &'a [String],
    /// In a challenge, the deeds on its days. Tallies count no others.
    pub(super) during: Option<&'a [usize]>,
}

impl Look<'_> {
    /// Whether tallies may count a deed.
    pub(super) fn takes(&self, deed: usize) -> bool {
        self.during.is_none_or(|deeds| deeds.contains(&deed))
    }
}

impl<'p> Member<'p> {
    pub(super) fn new(program: &'p Value, name: &str, mut deeds: Vec<Deed>) -> Self {
        deeds.retain(|deed| deed.members().contains(name));
        deeds.sort_by(|a, b| a.order().cmp(&b.order()));
        let (zone, turns) = (time::zone(program), Turns::of(program));
        Self { program, name: name.to_owned(), deeds, held: Vec::new(), zone, turns }
    }

    /// The present at a deed.
    pub(super) fn at(&self, deed: usize) -> Now {
        Now { at: self.deeds[deed].at, deed: Some(deed) }
    }

    /// Whether the member has a role in a deed.
    pub(super) fn is(&self, role: &str, deed: usize) -> bool {
        !self.earns_nothing() && self.deeds[deed].in_role(role).contains(self.name.as_str())
    }

    /// Whether the program says that the account earns nothing.
    pub(super) fn earns_nothing(&self) -> bool {
        list(&self.program["members"]["earn_nothing"]).into_iter().any(|name| *name == *self.name)
    }

    /// The role that a rule is for; for a goal, the role of its first tally.
    pub(super) fn role_of_rule(&self, name: &str) -> &'p str {
        let rule = &self.program["rules"][name];
        let parts = list(&rule["when"]).into_iter().take(1).flat_map(|goal| table(goal).keys());
        let mut tallies = parts.map(|name| &self.program["tallies"][name]).filter(|tally| tally.is_object());
        tallies.next().map_or_else(|| role(rule), role)
    }

    /// The civil day of an instant in the program's zone.
    pub(super) fn zone_day(&self, at: Timestamp) -> Date {
        self.zone.day(at)
    }

    /// The civil day of the present for someone in `role`.
    pub(super) fn day(&self, now: Now, role: &str) -> Date {
        match now.deed.and_then(|deed| self.deeds[deed].offset) {
            Some(offset) if role == "actor" => self.zone.day_of(offset.to_datetime(now.at)),
            _ => self.zone_day(now.at),
        }
    }

    /// The local time of a deed where it was done, as far as that is known, else in the program's zone.
    pub(super) fn local(&self, deed: usize) -> DateTime {
        let Deed { at, offset, .. } = self.deeds[deed];
        offset.map_or_else(|| self.zone.tz.to_datetime(at), |offset| offset.to_datetime(at))
    }

    /// The first day of the present window for someone in `role`.
    pub(super) fn window(&self, now: Now, role: &str, per: &str) -> Date {
        time::window(self.day(now, role), per, self.turns)
    }

    /// The first day of the window in which a currency is counted at an instant.
    pub(super) fn season(&self, currency: &str, at: Timestamp) -> Date {
        let per = self.program["currencies"][currency]["per"].as_str().unwrap_or("ever");
        time::window(self.zone_day(at), per, self.turns)
    }

    /// The total of a currency at the present, from what the rules gave.
    pub(super) fn total(&self, currency: &str, gifts: &[Gift], at: Timestamp) -> i64 {
        let season = self.season(currency, at);
        let of_season = |gift: &&Gift| gift.currency == currency && self.season(currency, gift.at) == season;
        let given: i64 = gifts.iter().filter(of_season).map(|gift| gift.amount).sum();
        self.program["currencies"][currency]["start"].as_i64().unwrap_or(0) + given
    }

    /// Whether an instant lies between the `from` and the `until` of a rule or a goal.
    pub(super) fn is_in_force(&self, of: &Value, at: Timestamp) -> bool {
        let from = of["from"].as_str().is_none_or(|from| time::moment(from, &self.zone) <= at);
        from && of["until"].as_str().is_none_or(|until| at < time::moment(until, &self.zone))
    }

    /// Whether a rule defers its points at an instant until its `from`.
    pub(super) fn keeps(&self, rule: &Value, at: Timestamp) -> bool {
        let is_before = |from: &str| at < time::moment(from, &self.zone);
        rule["backfill"] == true && rule["from"].as_str().is_some_and(is_before)
    }

    /// Whether the member's last state of a field makes it done.
    pub(super) fn is_done(&self, field: &str, living: &[usize]) -> bool {
        let own = living.iter().filter(|deed| self.is("actor", **deed));
        let last = own.filter_map(|&deed| self.deeds[deed].profile.get(field)).next_back();
        last.is_some_and(|state| ["done", "does-not-apply", "prefer-not-to-say"].contains(&state.as_str()))
    }

    /// The fields that are done.
    pub(super) fn done(&self, living: &[usize]) -> BTreeSet<String> {
        let fields = table(&self.program["profile"]["fields"]).keys();
        fields.filter(|field| self.is_done(field, living)).cloned().collect()
    }

    /// Whether others may see a badge. The member's last choice decides; without one, a badge that must be accepted is
    /// hidden.
    pub(super) fn shows(&self, badge: &str, living: &[usize]) -> bool {
        let says = &self.program["badges"][badge];
        let own = living.iter().map(|&deed| (deed, &self.deeds[deed]));
        let about = own.filter(|(deed, of)| self.is("actor", *deed) && of.object.as_deref() == Some(badge));
        let about = about.map(|(_, of)| of).filter(|of| says["accepted_by"] == of.kind || says["hidden_by"] == of.kind);
        let last = latest(about);
        if last.is_empty() {
            says["accepted_by"].is_null()
        } else {
            last.iter().all(|of| says["accepted_by"] == of.kind)
        }
    }

    /// The weight done in percent of all weight, rounded down.
    pub(super) fn completeness(&self, living: &[usize]) -> i64 {
        let weight = |field: &Value| field["weight"].as_i64().unwrap_or(1);
        let fields = table(&self.program["profile"]["fields"]);
        let whole: i64 = fields.values().map(weight).sum();
        let done: i64 =
            fields.iter().filter(|(name, _)| self.is_done(name, living)).map(|(_, field)| weight(field)).sum();
        if whole == 0 { 0 } else { done * 100 / whole }
    }

    /// The member's recorded leaves, the first and last day of each, in the program's zone.
    pub(super) fn leave(&self, living: &[usize]) -> Vec<(Date, Date)> {
        let says = &self.program["leave"];
        let day = |deed: usize, name: &Value| {
            let at = self.deeds[deed].time(name.as_str().expect("leave names its attributes"))?;
            Some(self.zone_day(at))
        };
        let own = living.iter().copied().filter(|deed| self.deeds[*deed].kind == says["on"] && self.is("actor", *deed));
        let days = own.filter_map(|deed| {
            let first = day(deed, &says["from"])?;
            Some((first, day(deed, &says["until"]).filter(|last| *last >= first).unwrap_or(first)))
        });
        days.collect()
    }

    /// The weekdays on which the member says to rest, each from a day on. Of several for one day, the last comes last.
    pub(super) fn weeks(&self, living: &[usize]) -> Vec<(Date, BTreeSet<String>)> {
        let says = &self.program["own_week"];
        let own = living.iter().copied().filter(|deed| self.deeds[*deed].kind == says["on"] && self.is("actor", *deed));
        let weeks = own.filter_map(|deed| {
            let rest = self.deeds[deed].texts(says["rest"].as_str().expect("a week names its attribute"))?;
            let from = says["from"].as_str().and_then(|name| self.deeds[deed].time(name));
            Some((from.map_or_else(|| self.day(self.at(deed), "actor"), |from| self.zone_day(from)), rest))
        });
        weeks.collect()
    }

    /// The reward that the member redeems by a deed, with its currency and cost.
    pub(super) fn redeems(&self, deed: usize) -> Option<(&str, &str, i64)> {
        let redeemed = &self.deeds[deed];
        if redeemed.kind != self.program["redeem"]["on"] || !self.is("actor", deed) {
            return None;
        }
        let reward = redeemed.keys("reward").into_iter().next()?;
        let (name, reward) = table(&self.program["rewards"]).get_key_value(&reward)?;
        let (currency, cost) = table(&reward["cost"]).iter().next()?;
        Some((name, currency, integer(cost)))
    }
}

/// The role that a rule or a tally is for.
pub(super) fn role(of: &Value) -> &str {
    of["to"].as_str().unwrap_or("actor")
}

/// The window of the calendar and the key of a `per`.
pub(super) fn per(of: &Value) -> (&str, Option<&str>) {
    let words: Vec<&str> = list(&of["per"]).into_iter().filter_map(Value::as_str).collect();
    let is_window = |word: &&&str| time::WINDOWS.contains(*word);
    let window = words.iter().find(is_window).copied().unwrap_or("ever");
    (window, words.iter().find(|word| !is_window(word)).copied())
}

/// The items of a list, or a single value as a list of one. Empty for null.
pub(super) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

/// The names in a list, or the one name.
pub(super) fn one_or_more(value: &Value) -> BTreeSet<String> {
    super::deed::texts(value)
}

/// The entries of a table. Empty if the value is no table.
pub(super) fn table(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::OnceLock<Map<String, Value>> = std::sync::OnceLock::new();
    value.as_object().unwrap_or_else(|| NONE.get_or_init(Map::new))
}

/// A whole number of the program.
pub(super) fn integer(value: &Value) -> i64 {
    value.as_i64().expect("a whole number")
}

/// A number of things as an amount.
pub(super) fn count(things: usize) -> i64 {
    i64::try_from(things).expect("few things")
}
