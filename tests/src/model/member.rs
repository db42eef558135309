//! One member's side of the record: everything the model asks of it, worked out anew from the deeds each time.

use super::{condition, condition::Seen, deed::Deed, time};
use jiff::{
    civil::{Date, Weekday},
    tz::TimeZone,
};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The deeds that name one member, in order, none of them voided, and the answers that conditions had when they came.
pub(super) struct Member<'p> {
    pub(super) program: &'p Value,
    pub(super) name: String,
    pub(super) deeds: Vec<Deed>,
    /// For each deed walked so far: the rules and tallies whose `if` held.
    pub(super) held: Vec<Held>,
    zone: TimeZone,
    starts: Weekday,
}

/// The rules and the tallies whose `if` held at one deed.
#[derive(Default)]
pub(super) struct Held {
    pub(super) rules: BTreeSet<String>,
    pub(super) tallies: BTreeSet<String>,
}

impl<'p> Member<'p> {
    pub(super) fn new(program: &'p Value, name: &str, mut deeds: Vec<Deed>) -> Self {
        deeds.retain(|deed| deed.members().contains(name));
        deeds.sort_by(|a, b| a.order().cmp(&b.order()));
        let (zone, starts) = (time::zone(program), time::week_start(program));
        Self { program, name: name.to_owned(), deeds, held: Vec::new(), zone, starts }
    }

    /// Whether the member has a role in a deed.
    pub(super) fn is(&self, role: &str, deed: usize) -> bool {
        self.deeds[deed].in_role(role).contains(self.name.as_str())
    }

    /// The role that a rule is for; with a goal that of the goal's first tally.
    pub(super) fn role_of_rule(&self, name: &str) -> &'p str {
        let rule = &self.program["rules"][name];
        let mut tallies =
            table(&rule["when"]).keys().map(|name| &self.program["tallies"][name]).filter(|tally| tally.is_object());
        tallies.next().map_or_else(|| role(rule), role)
    }

    /// The civil day of a deed for someone in `role`.
    pub(super) fn day(&self, deed: usize, role: &str) -> Date {
        let deed = &self.deeds[deed];
        match deed.offset {
            Some(offset) if role == "actor" => offset.to_datetime(deed.at).date(),
            _ => self.zone.to_datetime(deed.at).date(),
        }
    }

    /// The first day of the window of a deed for someone in `role`.
    pub(super) fn window(&self, deed: usize, role: &str, per: &str) -> Date {
        time::window(self.day(deed, role), per, self.starts)
    }

    /// Whether a deed counts in a tally at all.
    pub(super) fn counts_in(&self, name: &str, deed: usize) -> bool {
        let tally = &self.program["tallies"][name];
        let has_value = match (tally["sum"].as_str(), tally["distinct"].as_str()) {
            (Some(attribute), _) => self.number(deed, attribute).is_some(),
            (_, Some(what)) => !self.values(deed, what, role(tally)).is_empty(),
            _ => true,
        };
        tally_kinds(tally).contains(&self.deeds[deed].kind)
            && self.is(role(tally), deed)
            && self.held[deed].tallies.contains(name)
            && (!self.per_object(name) || self.deeds[deed].object.is_some())
            && has_value
    }

    /// The deeds among `living` that a tally takes, in the window of the deed `now` and for `object`.
    fn taken(&self, name: &str, living: &[usize], now: usize, object: Option<&str>) -> Vec<usize> {
        let tally = &self.program["tallies"][name];
        let windows = one_or_more(&tally["per"]).into_iter().filter(|per| per != "object").collect::<Vec<_>>();
        let same_window = |deed: usize| {
            windows.iter().all(|per| self.window(deed, role(tally), per) == self.window(now, role(tally), per))
        };
        let same_object = |deed: usize| !self.per_object(name) || self.deeds[deed].object.as_deref() == object;
        living
            .iter()
            .copied()
            .filter(|&deed| self.counts_in(name, deed) && same_object(deed) && same_window(deed))
            .collect()
    }

    pub(super) fn per_object(&self, tally: &str) -> bool {
        one_or_more(&self.program["tallies"][tally]["per"]).contains("object")
    }

    /// A tally's value over `living`; nothing where it is per object and there is none.
    pub(super) fn tally(&self, name: &str, living: &[usize], now: usize, object: Option<&str>) -> Option<i64> {
        let tally = &self.program["tallies"][name];
        if self.per_object(name) && object.is_none() {
            return None;
        }
        let taken = self.taken(name, living, now, object);
        Some(match &tally["sum"] {
            Value::Object(amounts) => taken.iter().map(|deed| integer(&amounts[&self.deeds[*deed].kind])).sum(),
            Value::String(attribute) => taken.iter().filter_map(|deed| self.number(*deed, attribute)).sum(),
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

    fn number(&self, deed: usize, attribute: &str) -> Option<i64> {
        match condition::look(attribute, &self.deeds[deed], &|_| None) {
            Seen::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// The values that a distinct tally takes from a deed.
    fn values(&self, deed: usize, what: &str, role: &str) -> BTreeSet<String> {
        if what == "day" {
            return BTreeSet::from([self.day(deed, role).to_string()]);
        }
        match condition::look(what, &self.deeds[deed], &|_| None) {
            Seen::Text(text) => BTreeSet::from([text]),
            Seen::Texts(texts) => texts,
            _ => BTreeSet::new(),
        }
    }

    /// Whether the last that the member said of a field makes it done.
    pub(super) fn is_done(&self, field: &str, living: &[usize]) -> bool {
        let own = living.iter().filter(|deed| self.is("actor", **deed));
        let last = own.filter_map(|&deed| self.deeds[deed].profile.get(field)).next_back();
        last.is_some_and(|state| ["done", "does-not-apply", "prefer-not-to-say"].contains(&state.as_str()))
    }

    /// Whether the last that the member said was `yes`, a kind of activity, and not `no`.
    pub(super) fn said(&self, yes: &Value, no: &Value, living: &[usize]) -> bool {
        let mut own = living.iter().filter(|deed| self.is("actor", **deed)).map(|&deed| &self.deeds[deed].kind);
        own.rfind(|kind| *kind == yes || *kind == no).is_some_and(|kind| kind == yes)
    }

    /// Done weight of all weight in percent, rounded down.
    pub(super) fn completeness(&self, living: &[usize]) -> i64 {
        let weight = |field: &Value| field["weight"].as_i64().unwrap_or(1);
        let fields = table(&self.program["profile"]["fields"]);
        let whole: i64 = fields.values().map(weight).sum();
        let done: i64 =
            fields.iter().filter(|(name, _)| self.is_done(name, living)).map(|(_, field)| weight(field)).sum();
        if whole == 0 { 0 } else { done * 100 / whole }
    }

    /// The names of the levels, by rising total.
    pub(super) fn level_names(&self) -> Vec<String> {
        let least = |level: &Value| table(&level["min"]).values().next().map_or(0, integer);
        let mut levels: Vec<_> = table(&self.program["levels"]).iter().collect();
        levels.sort_by_key(|(_, level)| least(level));
        levels.into_iter().map(|(name, _)| name.clone()).collect()
    }
}

/// The role that a rule or a tally is for.
pub(super) fn role(of: &Value) -> &str {
    of["to"].as_str().unwrap_or("actor")
}

/// The names in a list, or the one name.
pub(super) fn one_or_more(value: &Value) -> BTreeSet<String> {
    super::deed::texts(value)
}

/// The entries of a table; none where there is no table.
pub(super) fn table(value: &Value) -> &Map<String, Value> {
    static NONE: std::sync::OnceLock<Map<String, Value>> = std::sync::OnceLock::new();
    value.as_object().unwrap_or_else(|| NONE.get_or_init(Map::new))
}

/// A whole number of the program.
pub(super) fn integer(value: &Value) -> i64 {
    value.as_i64().expect("a whole number")
}

fn tally_kinds(tally: &Value) -> BTreeSet<String> {
    match &tally["sum"] {
        Value::Object(amounts) => amounts.keys().cloned().collect(),
        _ if tally["count"].is_null() => one_or_more(&tally["of"]),
        _ => one_or_more(&tally["count"]),
    }
}

/// A number of things as an amount.
pub(super) fn count(things: usize) -> i64 {
    i64::try_from(things).expect("few things")
}
