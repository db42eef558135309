//! Always: what holds for every activity and every member, whatever happens.

use crate::{
    base::{day::Window, id_table::Id, keyword::Keyword, number::capped, text::Text},
    language::audience::Audience,
    program::{
        Counted, Days, Definition, Distinct, Kind, Rhythm, Span, Tally,
        condition::{Predicate, Subject},
        value::Value,
    },
};
use alloc::{format, string::String, vec::Vec};

/// A test that always holds, and what says so.
type Certainty = (Predicate, String);

impl Definition {
    /// What always holds for a subject in activities of some kinds, each with the reason.
    pub(super) fn always(&self, subject: Subject, kinds: &[Id<Kind>]) -> Vec<Certainty> {
        let mut always = Vec::new();
        match subject {
            Subject::Tally(id) => always = self.always_of_tally(id),
            Subject::Total(id) => {
                let currency = &self.currencies[id];
                if let Some(floor) = currency.floor {
                    let because = format!("`{}` never falls below its floor of {floor}", currency.name);
                    always.push((Predicate::Min(floor), because));
                }
                always.extend(self.most_total(id).map(|(most, because)| (Predicate::Max(most), because)));
            }
            Subject::Hour => {
                always.push((Predicate::Min(0), "an hour is 0 or more".into()));
                always.push((Predicate::Max(23), "an hour is 23 or less".into()));
            }
            Subject::Kind if !kinds.is_empty() => {
                let names = kinds.iter().map(|kind| self.kinds[*kind].name.clone());
                always.push(one_of("the only kinds here are", names));
            }
            Subject::Attribute(attribute) => {
                let alone = |kind: Option<Id<Kind>>| kind.is_some_and(|kind| kinds == [kind]);
                let is_share = self.sharing.attributes.iter().any(|(_, its)| *its == attribute);
                if is_share && alone(self.sharing.on) {
                    let words = Audience::OF_MEMBERS.iter().map(|word| Text::from(*word));
                    always.push(one_of("the only audiences are", words));
                }
                if self.redeem.as_ref().is_some_and(|redeem| redeem.reward == attribute && alone(Some(redeem.on))) {
                    let rewards = self.rewards.values().map(|reward| reward.name.clone());
                    always.push(one_of("the only rewards are", rewards));
                }
            }
            _ => {}
        }
        always
    }

    /// What always holds for a tally.
    fn always_of_tally(&self, id: Id<Tally>) -> Vec<Certainty> {
        let tally = &self.tallies[id];
        let mut always = Vec::new();
        let adds = self.kinds.values().flat_map(|kind| &kind.tallies).filter(|(tally, _)| *tally == id);
        let never_falls = match tally.counts {
            Counted::ByKind => adds.into_iter().all(|(_, adds)| *adds >= 0),
            Counted::Sum(_) | Counted::Points(_) => false,
            Counted::Highest(_) | Counted::Distinct(_) | Counted::Streak(_) | Counted::Since(_) => true,
        };
        if never_falls {
            always.push((Predicate::Min(0), format!("`{}` is 0 or more", tally.name)));
        }
        let window = match tally.scope.span {
            Span::Per(window) => window,
            Span::Within(_) => Window::Ever,
        };
        if tally.counts == Counted::Distinct(Distinct::Day) && window != Window::Ever {
            let (days, window) = (tally.scope.span.days(self.cadence), window.name());
            let because = format!("`{}` counts days, and a {window} has at most {days}", tally.name);
            always.push((Predicate::Max(days), because));
        }
        let counts_days = matches!(
            tally.counts,
            Counted::Distinct(Distinct::Day) | Counted::Streak(Rhythm { unit: Window::Day, .. })
        );
        if let Some(challenge) = tally.during.and_then(|id| self.challenges.lookup(id)).filter(|_| counts_days) {
            let days = match challenge.days {
                Days::FromJoining(days) => i64::from(days),
                Days::Between(first, last) => capped(last.0 - first.0 + 1),
            };
            let because = format!("`{}` counts days, and the challenge has {days}", tally.name);
            always.push((Predicate::Max(days), because));
        }
        if let Counted::Points(currency) = tally.counts
            && let Some(most) = self.most_of_currency(currency).during(window)
        {
            let name = &self.currencies[currency].name;
            let because = match window {
                Window::Ever => format!("its rules give at most {most} `{name}` in all"),
                _ => format!("the limits of its rules allow at most {most} `{name}` in a {}", window.name()),
            };
            always.push((Predicate::Max(most), because));
        }
        always
    }
}

/// That a text is one of a few, and what says so.
fn one_of(what: &str, texts: impl Iterator<Item = Text>) -> Certainty {
    let texts: Vec<Text> = texts.collect();
    let names: Vec<_> = texts.iter().map(|text| format!("`{text}`")).collect();
    (Predicate::Any(texts.into_iter().map(Value::Text).collect()), format!("{what} {}", names.join(", ")))
}
