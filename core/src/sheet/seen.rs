//! Seen: who sees what of a member, and what figures of groups say.

use super::{
    SheetPart, SheetRow, SheetSection,
    phrases::{Phrases, fill},
};
use crate::{
    base::{id_table::Id, keyword::Keyword},
    language::audience::{Audience, SharedPart},
    program::Kind,
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// Who sees what.
pub(super) fn people(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let profile = program.profile.as_ref();
    let published_by = profile.and_then(|profile| profile.published_by);
    let rows = SharedPart::ALL.iter().map(|part| {
        // Boards have no published profile to wait for, if the program has none.
        let is_seen = published_by.is_some() || *part == SharedPart::Boards;
        let default = program.sharing.unless_said.get(part.index()).copied().unwrap_or(Audience::Private);
        let chooses = program.sharing.attributes.iter().any(|(other, _)| other == part);
        let cells = [
            texts.parts.get(part.index()).map_or_else(String::new, |part| (*part).into()),
            phrases.audience(if published_by.is_none() && is_seen { default } else { Audience::Private }).into(),
            phrases.audience(if is_seen { default } else { Audience::Private }).into(),
            phrases.yes(chooses && is_seen),
        ];
        SheetRow::new(format!("/audience/{}", part.name()), cells)
    });
    let rows = rows.collect();
    SheetSection::new(
        "who-sees-what",
        texts.people,
        Vec::from([
            SheetPart::table(&texts.parts_head, rows, texts.none),
            SheetPart::List(rules_of_sight(phrases, published_by)),
            SheetPart::general(&texts.sight),
            SheetPart::paragraph(texts.administrators),
            SheetPart::general(&texts.access),
        ]),
    )
}

/// What the program says about who sees whom, beyond the parts of a standing.
fn rules_of_sight(phrases: &Phrases<'_>, published_by: Option<Id<Kind>>) -> Vec<SheetRow> {
    let (texts, program) = (phrases.texts, phrases.program);
    let name = |kind: Id<Kind>| phrases.label(&program.kinds[kind].words, &program.kinds[kind].name);
    let mut rows = Vec::new();
    let mut say = |path: &str, said: String| rows.push(SheetRow::new(path, [said]));
    say(
        "/profile/published_by",
        match published_by {
            Some(kind) => fill(texts.published_by, &[("kind", &name(kind))]),
            None => texts.never_published.into(),
        },
    );
    if let Some(kind) = program.profile.as_ref().and_then(|profile| profile.hidden_by) {
        say("/profile/hidden_by", fill(texts.hidden_by, &[("kind", &name(kind))]));
    }
    if !program.sharing.gone_by.is_empty() {
        let kinds = phrases.listed(program.sharing.gone_by.iter().map(|kind| name(*kind)));
        say("/members/gone_by", fill(texts.gone_by, &[("kinds", &kinds)]));
    }
    if !program.sharing.earn_nothing.is_empty() {
        let accounts = phrases.listed(program.sharing.earn_nothing.iter().map(ToString::to_string));
        say("/members/earn_nothing", fill(texts.earn_nothing, &[("accounts", &accounts)]));
    }
    if let Some((agreed, _)) = program.sharing.model_by {
        say("/models/agreed_by", fill(texts.models, &[("kind", &name(agreed))]));
    }
    if let Some(topics) = &program.topics {
        let claimed = topics.claimed_by.map(|(kind, _)| fill(texts.claimed_by, &[("kind", &name(kind))]));
        say("/topics/claimed_by", claimed.unwrap_or_else(|| texts.never_claimed.into()));
        say("/topics/named_by", if topics.named_by.is_some() { texts.named_by } else { texts.never_named }.into());
    }
    for (path, is_there, said) in [
        ("/boards", program.boards.len() > 0, texts.boards_seen),
        ("/challenges", program.challenges.len() > 0, texts.challenges_seen),
    ] {
        if is_there {
            say(path, said.into());
        }
    }
    rows
}

/// What managers see.
pub(super) fn managers(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, group) = (phrases.texts, phrases.program.group.to_string());
    let mut rows = Vec::from([SheetRow::new("/groups", [fill(texts.groups, &[("n", &group)])])]);
    if phrases.program.challenges.values().any(|challenge| !challenge.shared.is_empty()) {
        rows.push(SheetRow::new("/challenges", [fill(texts.cohort, &[("n", &group)])]));
    }
    SheetSection::new(
        "managers",
        texts.managers,
        Vec::from([
            SheetPart::paragraph(texts.no_managers),
            SheetPart::List(rows),
            SheetPart::general(&texts.method),
            SheetPart::paragraph(texts.residual),
            SheetPart::general(&texts.residual_risks),
        ]),
    )
}
