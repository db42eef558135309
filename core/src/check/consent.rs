//! Consent: warnings about points for what members should decide freely: who sees them, and what they tell of
//! themselves.

use super::lint::Linter;
use crate::{
    base::id_table::Id,
    language::{audience::Audience, grammar::MAX_POINTS, problem::Path},
    program::{Definition, Kind, Role, Rule, Trigger},
};
use alloc::{format, vec::Vec};

/// Beginnings of words in questions about special categories of personal data (Article 9 of the GDPR), in English and
/// German.
const SENSITIVE: [&str; 15] = [
    "religi",
    "ethnic",
    "ethnisch",
    "politic",
    "politisch",
    "sexual",
    "sexuell",
    "disab",
    "behinder",
    "pregnan",
    "schwanger",
    "gesundheit",
    "illness",
    "krankheit",
    "gewerkschaft",
];
const NOT_FREE: &str = "so members do not decide freely (GDPR, Article 7)";

impl Linter<'_> {
    /// Warns about points and badges for what members should decide freely.
    pub(super) fn consent(&mut self) {
        let program = self.program;
        let said = program.consented_by();
        let deeds = |rule: &Rule, is: &dyn Fn(&Kind) -> bool| {
            let paid = program.kinds.iter().filter(|(id, kind)| !said.contains(id) && !kind.setting && is(kind));
            let rules = paid.flat_map(|(_, kind)| &kind.rules).map(|rule| &program.rules[*rule]);
            let same = rules.filter(|other| (other.to, other.currency) == (Role::Actor, rule.currency));
            same.map(|other| other.amount.most()).max().unwrap_or(0)
        };
        let section = Path::Root.key("rules");
        for (id, rule) in program.rules.iter() {
            let most = rule.amount.most();
            if rule.to != Role::Actor || !(1..MAX_POINTS).contains(&most) {
                continue;
            }
            let path = section.key(&rule.name);
            let kinds = match &rule.trigger {
                Trigger::On(_) => program.kinds_of_rule(id),
                Trigger::When(goals) => goals
                    .any
                    .iter()
                    .flat_map(|goal| goal.tallies())
                    .flat_map(|tally| program.kinds_of_tally(tally))
                    .collect(),
            };
            let published_by = program.profile.as_ref().and_then(|profile| profile.published_by);
            let is_paid = |kind: &&Id<Kind>| {
                said.contains(kind) && (published_by != Some(**kind) || most > deeds(rule, &|_| true))
            };
            if let Some(kind) = kinds.iter().find(is_paid) {
                let name = &program.kinds[*kind].name;
                let reason = format!("pays for `{name}`, by which members let others see more of them, {NOT_FREE}");
                let fix = if published_by == Some(*kind) { "give no more than for a deed" } else { "leave it out" };
                self.add(&path, reason, fix);
                continue;
            }
            let is_public = |kind: &Kind| kind.comfort == Audience::Public;
            if matches!(rule.trigger, Trigger::On(_)) && kinds.iter().any(|kind| is_public(&program.kinds[*kind])) {
                let inside = deeds(rule, &|kind| !is_public(kind));
                if most > inside {
                    let reason = format!(
                        "pays {most} for what the public sees, and at most {inside} for what only colleagues see, so \
                         people step outside before they are ready, and an audience hinders those who still learn \
                         (Zajonc 1965)"
                    );
                    self.add(&path, reason, "pay something that colleagues see as much");
                }
            }
        }
        program.each_goal(&mut |goal, _, path| {
            for field in goal.fields.iter().map(|field| &program.fields[*field]) {
                let mut texts = field.ask.0.iter().map(|(_, ask)| ask).chain([&field.name]);
                if texts.any(|text| is_sensitive(text)) {
                    let reason = format!("rewards an answer to `{}`, which sounds sensitive, {NOT_FREE}", field.name);
                    self.add(&path.key("fields"), reason, "reward other answers");
                }
            }
        });
    }
}

/// Whether a question sounds as if it asked for sensitive personal data.
fn is_sensitive(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<_> = text.split(|sign: char| !sign.is_alphanumeric()).collect();
    words.iter().any(|word| SENSITIVE.iter().any(|sensitive| word.starts_with(sensitive)))
        || words.windows(2).any(|pair| matches!(pair, ["your", "health"] | ["trade", "union"]))
        || text == "health"
}

impl Definition {
    /// The kinds by which members let others see more of them.
    fn consented_by(&self) -> Vec<Id<Kind>> {
        let boards = self.boards.values().map(|board| board.joined_by);
        let badges = self.badges.values().map(|badge| badge.accepted_by);
        let profile = self.profile.iter().map(|profile| profile.published_by);
        let models = self.sharing.model_by.map(|(agreed, _)| agreed);
        boards.chain(badges).chain(profile).chain([models, self.sharing.on]).flatten().collect()
    }
}
