//! Collected: each kind of activity, what it carries and where it comes from, and the questions of the profile.

use super::{
    SheetPart, SheetRow, SheetSection,
    phrases::{Phrases, fill},
};
use crate::{
    language::problem::Path,
    program::{Field, Kind, Undone, value::AttributeType},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn section(phrases: &Phrases<'_>, systems: &[(String, Vec<String>)]) -> SheetSection {
    let texts = phrases.texts;
    let kinds = Path::Root.key("kinds");
    let rows = phrases.program.kinds.values().map(|kind| {
        let cells = [
            phrases.label(&kind.words, &kind.name),
            phrases.listed(kind.attributes.iter().map(|id| {
                let attribute = &phrases.program.attributes[*id];
                format!("{}: {}", attribute.name, type_of(phrases, attribute.value_type))
            })),
            phrases.audience(kind.comfort).into(),
            uses(phrases, kind),
            senders(phrases, systems, kind),
        ];
        SheetRow::new(kinds.key(&kind.name).to_string(), cells)
    });
    let rows = rows.collect();
    let unknown =
        if phrases.program.input.ignores_unknown_kinds { texts.unknown_ignored } else { texts.unknown_refused };
    let mut facts = Vec::from([SheetRow::new("/input/unknown_kinds", [unknown.into()])]);
    if let Some(leave) = &phrases.program.leave {
        let kind = &phrases.program.kinds[leave.on];
        let said = fill(texts.leave, &[("kind", &phrases.label(&kind.words, &kind.name))]);
        facts.push(SheetRow::new("/leave/on", [said]));
    }
    if let Some(week) = &phrases.program.own_week {
        let kind = &phrases.program.kinds[week.on];
        let said = fill(texts.own_week, &[("kind", &phrases.label(&kind.words, &kind.name))]);
        facts.push(SheetRow::new("/own_week/on", [said]));
    }
    let mut parts = Vec::from([
        SheetPart::general(&texts.each_activity),
        SheetPart::List(facts),
        SheetPart::table(&texts.kinds_head, rows, texts.none),
    ]);
    if phrases.program.profile.is_some() {
        let fields = Path::Root.key("profile");
        let fields = fields.key("fields");
        let rows = phrases
            .program
            .fields
            .values()
            .map(|field| SheetRow::new(fields.key(&field.name).to_string(), question(phrases, field)));
        let rows = rows.collect();
        parts.push(SheetPart::paragraph(texts.profile));
        parts.push(SheetPart::table(&texts.fields_head, rows, texts.none));
    }
    SheetSection::new("kinds", texts.kinds, parts)
}

fn type_of(phrases: &Phrases<'_>, of: AttributeType) -> &'static str {
    match of {
        AttributeType::Integer => phrases.texts.types[0],
        AttributeType::Text => phrases.texts.types[1],
        AttributeType::Flag => phrases.texts.types[2],
        AttributeType::Time => phrases.texts.types[3],
        AttributeType::Member => phrases.texts.types[4],
        AttributeType::Texts => phrases.texts.types[5],
    }
}

/// What a kind is for.
fn uses(phrases: &Phrases<'_>, kind: &Kind) -> String {
    let [points, counts, steers, undoes] = phrases.texts.uses;
    let mut uses: Vec<String> = Vec::new();
    if !kind.rules.is_empty() {
        uses.push(points.into());
    }
    if !kind.tallies.is_empty() {
        uses.push(counts.into());
    }
    if kind.has_meaning {
        uses.push(steers.into());
    }
    if let Some(reverses) = &kind.reverses {
        let undone = match (&reverses.which, reverses.kinds.is_empty()) {
            (Undone::Named(_), true) => phrases.texts.undone_by_id.into(),
            (_, true) => phrases.texts.object.into(),
            (_, false) => phrases.listed(reverses.kinds.iter().map(|id| phrases.program.kinds[*id].name.to_string())),
        };
        uses.push(format!("{undoes} {undone}{}", if reverses.own { "" } else { phrases.texts.by_anyone }));
    }
    phrases.listed(uses)
}

/// The systems that may send a kind, if the host says so.
fn senders(phrases: &Phrases<'_>, systems: &[(String, Vec<String>)], kind: &Kind) -> String {
    let names = systems.iter().filter(|(_, kinds)| kinds.iter().any(|name| kind.name == name.as_str()));
    let names: Vec<String> = names.map(|(system, _)| system.clone()).collect();
    match (systems.is_empty(), names.is_empty()) {
        (true, _) => phrases.texts.system_open.into(),
        (false, true) => phrases.texts.system_none.into(),
        (false, false) => names.join(", "),
    }
}

/// A question of the profile, what its answer needs, and when it is asked again.
fn question(phrases: &Phrases<'_>, field: &Field) -> [String; 3] {
    let texts = phrases.texts;
    let mut needs: Vec<String> = Vec::new();
    let items = if field.needs.items == Some(1) { texts.needs_item } else { texts.needs_items };
    for (number, text) in [(field.needs.items, items), (field.needs.length, texts.needs_length)] {
        if let Some(number) = number {
            needs.push(fill(text, &[("n", &number.to_string())]));
        }
    }
    if field.needs.link {
        needs.push(texts.needs_link.into());
    }
    let review = field.review.map_or_else(|| texts.never.into(), |seconds| phrases.duration(seconds));
    [phrases.label(&field.ask, &field.name), phrases.listed(needs), review]
}
