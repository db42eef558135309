//! Rights: what it is for, how much there is to gain or lose, what members can do, and what nobody can promise.

use super::{
    SheetPart, SheetRow, SheetSection,
    phrases::{Phrases, fill},
};
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{Kind, bounds::CurrencyBounds},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

/// What the programme is for, and for what not.
pub(super) fn purpose(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let tallies = program.tallies.values().filter(|tally| !tally.is_variant()).count();
    let numbers = [
        ("kinds", program.kinds.len()),
        ("rules", program.rules.len()),
        ("tallies", tallies),
        ("badges", program.badges.len()),
        ("boards", program.boards.len()),
        ("rewards", program.rewards.len()),
    ];
    let numbers = numbers.map(|(name, number)| (name, number.to_string()));
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, number)| (*name, number.as_str())).collect();
    SheetSection::new(
        "purpose",
        texts.purpose,
        Vec::from([
            SheetPart::paragraph(texts.about),
            SheetPart::List(Vec::from([SheetRow::new("/", [fill(texts.contents, &numbers)])])),
            SheetPart::paragraph(texts.excluded),
            SheetPart::general(&texts.excluded_uses),
            SheetPart::paragraph(texts.purpose_open),
        ]),
    )
}

/// The most points.
pub(super) fn most(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let row = |bounds: &CurrencyBounds| {
        let number = |number: Option<i64>| number.map_or_else(|| texts.no_end.into(), |number| number.to_string());
        let currency = program.currencies.find(&bounds.currency).map(|id| &program.currencies[id]);
        let label = currency.map_or_else(String::new, |currency| phrases.label(&currency.words, &currency.name));
        let seen = if currency.is_some_and(|currency| currency.private) { texts.only_member } else { texts.as_points };
        let cells = [label, seen.into(), number(bounds.day), number(bounds.week), number(bounds.month)];
        SheetRow::new(Path::Root.key("currencies").key(&bounds.currency).to_string(), cells)
    };
    let rows = program.currency_bounds().iter().map(row).collect();
    SheetSection::new(
        "most",
        texts.most,
        Vec::from([
            SheetPart::paragraph(texts.most_how),
            SheetPart::table(&texts.most_head, rows, texts.no_currencies),
        ]),
    )
}

/// Open warnings.
pub(super) fn warnings(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    let rows = phrases
        .program
        .warnings()
        .into_iter()
        .map(|warning| SheetRow::new(warning.path.clone(), [warning.path, warning.reason, warning.fix]));
    let table = SheetPart::table(&texts.warnings_head, rows.collect(), texts.no_warnings);
    SheetSection::new("warnings", texts.warnings, Vec::from([SheetPart::paragraph(texts.warnings_how), table]))
}

/// What not taking part costs.
pub(super) fn cost(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let mut rows = Vec::new();
    let mut say = |path: &str, text: &str, names: Vec<String>, none: &str| {
        let said = if names.is_empty() { none.into() } else { fill(text, &[("names", &names.join(", "))]) };
        rows.push(SheetRow::new(path, [said]));
    };
    let losing = program.rules.values().filter(|rule| rule.amount.can_be(|points| points < 0));
    let losing = losing.map(|rule| phrases.label(&rule.words, &rule.name)).collect();
    say("/rules", texts.losses, losing, texts.no_losses);
    let fading = program.badges.values().filter(|badge| badge.live || badge.expires.is_some());
    let fading = fading.map(|badge| phrases.label(&badge.words, &badge.name));
    let falling = program.levels.values().filter(|level| level.live);
    let fading = fading.chain(falling.map(|level| phrases.label(&level.words, &level.name))).collect();
    say("/badges", texts.fading, fading, texts.no_fading);
    let rewards = program.rewards.values().map(|reward| phrases.label(&reward.words, &reward.name)).collect();
    say("/rewards", texts.reward_cost, rewards, texts.no_reward_cost);
    let boards = program.boards.values().filter(|board| board.joined_by.is_none());
    let boards = boards.map(|board| phrases.label(&board.words, &board.name)).collect();
    say("/boards", texts.board_cost, boards, texts.no_board_cost);
    SheetSection::new(
        "not-taking-part",
        texts.cost,
        Vec::from([SheetPart::List(rows), SheetPart::general(&texts.cost_always)]),
    )
}

pub(super) fn retention(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    let currencies = phrases.program.currencies.values();
    let seasons: Vec<String> = currencies
        .filter(|currency| currency.per != crate::Window::Ever)
        .map(|currency| format!("{}: {}", phrases.label(&currency.words, &currency.name), phrases.window(currency.per)))
        .collect();
    let months = fill(texts.retained_months, &[("n", &phrases.program.retention_months.to_string())]);
    let months = SheetPart::List(Vec::from([SheetRow::new("/retention/months", [months])]));
    let mut parts = Vec::from([months, SheetPart::general(&texts.retained)]);
    if !seasons.is_empty() {
        let said = fill(texts.seasons, &[("currencies", &seasons.join("; "))]);
        parts.push(SheetPart::List(Vec::from([SheetRow::new("/currencies", [said])])));
    }
    SheetSection::new("retention", texts.retention, parts)
}

/// Export, erasure and objection.
pub(super) fn rights(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let steers = [
        ("/profile/hidden_by", program.profile.as_ref().and_then(|profile| profile.hidden_by), texts.objections[0]),
        ("/audience/on", program.sharing.on, texts.objections[1]),
        ("/topics/declined_by", topics_declined(phrases), texts.objections[2]),
        ("/steps/declined_by", program.steps_declined_by.map(|(kind, _)| kind), texts.objections[3]),
        ("/models/ended_by", program.sharing.model_by.map(|(_, ended)| ended), texts.objections[4]),
    ];
    let boards = Path::Root.key("boards");
    let challenges = Path::Root.key("challenges");
    let mut rows = Vec::new();
    let row = |path: String, kind: Id<Kind>, what: &str| {
        let kind = &program.kinds[kind];
        SheetRow::new(path, [what.into(), phrases.label(&kind.words, &kind.name)])
    };
    for (path, kind, what) in steers {
        match kind {
            Some(kind) => rows.push(row(path.into(), kind, what)),
            None => rows.push(SheetRow::new(path, [what.into(), texts.no_objection.into()])),
        }
    }
    for board in program.boards.values() {
        let what = fill(texts.leave_board, &[("board", board.words.or(phrases.locale, &board.name))]);
        rows.push(row(boards.key(&board.name).key("left_by").to_string(), board.left_by, &what));
    }
    for challenge in program.challenges.values() {
        let name = challenge.words.or(phrases.locale, &challenge.name);
        let what = fill(texts.leave_challenge, &[("challenge", name)]);
        rows.push(row(challenges.key(&challenge.name).key("left_by").to_string(), challenge.left_by, &what));
    }
    let undoing = program.kinds.values().filter(|kind| kind.reverses.is_some());
    rows.extend(undoing.map(|kind| {
        let path = Path::Root.key("kinds").key(&kind.name).key("reverses").to_string();
        SheetRow::new(path, [texts.taking_back.into(), phrases.label(&kind.words, &kind.name)])
    }));
    SheetSection::new(
        "rights",
        texts.rights,
        Vec::from([
            SheetPart::general(&texts.export_and_erasure),
            SheetPart::paragraph(texts.objection),
            SheetPart::table(&texts.objection_head, rows, texts.none),
        ]),
    )
}

fn topics_declined(phrases: &Phrases<'_>) -> Option<Id<Kind>> {
    Some(phrases.program.topics.as_ref()?.declined_by?.0)
}

pub(super) fn looked(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    SheetSection::new("who-looked", texts.looked, Vec::from([SheetPart::general(&texts.looked_says)]))
}

pub(super) fn inference(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    SheetSection::new("inference", texts.inference, Vec::from([SheetPart::general(&texts.inference_says)]))
}

pub(super) fn promises(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    SheetSection::new("not-promised", texts.promises, Vec::from([SheetPart::general(&texts.promises_says)]))
}

/// The questions that no program answers.
pub(super) fn open(phrases: &Phrases<'_>, systems: &[(String, Vec<String>)]) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let asked = |question: &str| SheetRow::new("", [String::from(question), String::new()]);
    let mut rows: Vec<SheetRow> = texts.questions.iter().map(|question| asked(question)).collect();
    let some = [
        (systems.is_empty(), texts.question_systems),
        (!program.sharing.gone_by.is_empty() || program.leave.is_some(), texts.question_gone),
        (program.rewards.len() > 0, texts.question_rewards),
        (program.profile.is_some(), texts.question_profile),
        (program.kinds.values().any(|kind| kind.comfort == crate::Audience::Public), texts.question_public),
    ];
    rows.extend(some.into_iter().filter(|(is_open, _)| *is_open).map(|(_, question)| asked(question)));
    SheetSection::new(
        "open",
        texts.open,
        Vec::from([SheetPart::paragraph(texts.open_how), SheetPart::table(&texts.open_head, rows, texts.none)]),
    )
}

/// What is signed, and by whom.
pub(super) fn signature(phrases: &Phrases<'_>) -> SheetSection {
    let (texts, program) = (phrases.texts, phrases.program);
    let hash = format!("{:016x}", program.fingerprint());
    let rows = [
        (texts.signed[0], String::from(program.id())),
        (texts.signed[1], hash),
        (texts.signed[2], env!("CARGO_PKG_VERSION").into()),
        (texts.signed[3], String::new()),
        (texts.signed[4], String::new()),
        (texts.signed[5], String::new()),
    ];
    let rows = rows.into_iter().map(|(what, value)| SheetRow::new("", [what.into(), value])).collect();
    SheetSection::new(
        "signature",
        texts.signature,
        Vec::from([SheetPart::paragraph(texts.hash_how), SheetPart::table(&texts.signature_head, rows, texts.none)]),
    )
}
