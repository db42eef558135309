//! Derived: all that is worked out from the record: points, counts, badges, levels, topics and the rest.

use super::{
    SheetPart, SheetRow, SheetSection, gifts,
    phrases::{Phrases, fill},
};
use crate::{
    base::id_table::Id,
    language::problem::Path,
    program::{Badge, Counted, Days, Distinct, Expiry, Level, Rhythm, Tally},
};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

pub(super) fn section(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    let mut parts = Vec::from([
        SheetPart::general(&texts.derived_always),
        SheetPart::table(&texts.currencies_head, currencies(phrases), texts.no_currencies),
    ]);
    let others = [
        levels(phrases),
        topics(phrases),
        challenges(phrases),
        boards(phrases),
        rewards(phrases),
        allowances(phrases),
        gains(phrases),
    ];
    let others: Vec<SheetRow> = others.into_iter().flatten().collect();
    parts.push(SheetPart::table(&texts.others_head, others, texts.no_others));
    SheetSection::new("derived", texts.derived, parts)
}

/// Every rule, count and badge.
pub(super) fn rules(phrases: &Phrases<'_>) -> SheetSection {
    let texts = phrases.texts;
    SheetSection::new(
        "rules",
        texts.rules,
        Vec::from([
            SheetPart::paragraph(texts.rules_how),
            SheetPart::table(&texts.rules_head, gifts::rules(phrases), texts.no_rules),
            SheetPart::table(&texts.tallies_head, tallies(phrases), texts.no_tallies),
            SheetPart::table(&texts.badges_head, badges(phrases), texts.no_badges),
        ]),
    )
}

fn row(section: &str, name: &str, cells: impl IntoIterator<Item = String>) -> SheetRow {
    SheetRow::new(Path::Root.key(section).key(name).to_string(), cells)
}

fn currencies(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |currency: &crate::program::Currency| {
        let texts = phrases.texts;
        let floor = currency.floor.map_or_else(|| texts.none.into(), |floor| floor.to_string());
        let cells = [
            phrases.label(&currency.words, &currency.name),
            if currency.private { texts.only_member } else { texts.as_points }.into(),
            currency.start.to_string(),
            floor,
            phrases.window(currency.per),
        ];
        row("currencies", &currency.name, cells)
    };
    phrases.program.currencies.values().map(row).collect()
}

/// A row for each tally that the program has. Variants, which the check adds for goals, are not told.
fn tallies(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let tallies = phrases.program.tallies.iter().filter(|(_, tally)| !tally.is_variant());
    let row = |(id, tally): (_, &Tally)| {
        let counted = counted(phrases, id, tally) + &phrases.condition(tally.condition.as_deref());
        let of = match tally.counts {
            Counted::Points(_) => phrases.texts.the_member.into(),
            _ => phrases.role(tally.to),
        };
        let cells = [phrases.label(&tally.words, &tally.name), counted, of, phrases.scope(tally.scope)];
        row("tallies", &tally.name, cells)
    };
    tallies.map(row).collect()
}

fn counted(phrases: &Phrases<'_>, id: Id<Tally>, tally: &Tally) -> String {
    let (texts, program) = (&phrases.texts.counted, phrases.program);
    let kinds = phrases.kinds(|kind| kind.tallies.iter().any(|(other, _)| *other == id));
    let of = |text: &str, what: &str| fill(text, &[("kinds", &kinds), ("what", what)]);
    match tally.counts {
        Counted::ByKind => {
            let each = program.kinds.values().flat_map(|kind| {
                let its = kind.tallies.iter().filter(|(other, _)| *other == id);
                its.map(|(_, number)| format!("{} × {number}", kind.words.or(phrases.locale, &kind.name)))
            });
            let weighs =
                |kind: &crate::program::Kind| kind.tallies.iter().any(|(other, number)| *other == id && *number != 1);
            if program.kinds.values().any(weighs) { of(texts.sum, &phrases.listed(each)) } else { of(texts.number, "") }
        }
        Counted::Sum(attribute) => of(texts.sum_of, &program.attributes[attribute].name),
        Counted::Highest(attribute) => of(texts.highest, &program.attributes[attribute].name),
        Counted::Distinct(Distinct::Day) => of(texts.distinct, texts.days),
        Counted::Distinct(Distinct::Key(key)) => of(texts.distinct, &phrases.key(key)),
        Counted::Points(currency) => {
            let currency = &program.currencies[currency];
            of(texts.points, currency.words.or(phrases.locale, &currency.name))
        }
        Counted::Streak(Rhythm { unit, least, grace, grace_per }) => {
            let per = grace_per.map_or_else(String::new, |per| format!(" ({})", phrases.window(per)));
            let values = [
                ("kinds", &*kinds),
                ("what", phrases.calendar_unit(unit)),
                ("least", &least.to_string()),
                ("grace", &format!("{grace}{per}")),
            ];
            fill(texts.streak, &values)
        }
        Counted::Since(unit) => of(texts.since, phrases.calendar_unit(unit)),
    }
}

fn badges(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |badge: &Badge| {
        let cells = [
            phrases.label(&badge.words, &badge.name),
            badge_goals(phrases, badge),
            gifts::given(phrases, badge.given()).into(),
            badge_kept(phrases, badge),
            badge_shown(phrases, badge),
        ];
        row("badges", &badge.name, cells)
    };
    phrases.program.badges.values().map(row).collect()
}

fn badge_goals(phrases: &Phrases<'_>, badge: &Badge) -> String {
    let step = |(grade, goals): &(Option<_>, _)| match badge.grade_name(*grade) {
        Some(grade) => format!("{grade}: {}", phrases.goals(goals)),
        None => phrases.goals(goals),
    };
    badge.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

fn badge_kept(phrases: &Phrases<'_>, badge: &Badge) -> String {
    match badge.expires {
        Some(Expiry::After(seconds)) => phrases.duration(seconds),
        Some(Expiry::WithBadges) => phrases.texts.while_its_badges.into(),
        None if badge.live => phrases.texts.while_true.into(),
        None => phrases.texts.stays.into(),
    }
}

fn badge_shown(phrases: &Phrases<'_>, badge: &Badge) -> String {
    let (texts, kinds) = (phrases.texts, &phrases.program.kinds);
    let mut shown = Vec::from([String::from(texts.as_badges)]);
    if let Some(kind) = badge.accepted_by {
        shown.push(fill(texts.badge_accepted, &[("kind", &kinds[kind].name)]));
    }
    if let Some(kind) = badge.hidden_by {
        shown.push(fill(texts.badge_hidden, &[("kind", &kinds[kind].name)]));
    }
    if badge.secret {
        shown.push(texts.badge_secret.into());
    }
    shown.join("; ")
}

fn levels(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |level: &Level| {
        let texts = phrases.texts;
        let kept = if level.live { texts.while_true } else { texts.stays };
        let what = format!("{}; {kept}", level_begins(phrases, level));
        row("levels", &level.name, [texts.sorts[0].into(), phrases.label(&level.words, &level.name), what])
    };
    phrases.program.levels.values().filter(|level| level.repeats.is_none()).map(row).collect()
}

/// What a level asks for, and the levels that repeat it.
fn level_begins(phrases: &Phrases<'_>, level: &Level) -> String {
    let Some((currency, min)) = level.total else { return phrases.goals(&level.goals) };
    let currency = &phrases.program.currencies[currency];
    let currency = currency.words.or(phrases.locale, &currency.name);
    let begins = fill(phrases.texts.level_from, &[("n", &min.to_string()), ("currency", currency)]);
    let repeated = || phrases.program.levels.values().filter(|other| other.repeats.as_ref() == Some(&level.name));
    let Some((last, (_, top))) = repeated().next_back().and_then(|last| Some((last, last.total?))) else {
        return begins;
    };
    let values = [
        ("count", &*repeated().count().to_string()),
        ("level", last.words.or(phrases.locale, &last.name)),
        ("n", &top.to_string()),
    ];
    begins + &fill(phrases.texts.level_repeated, &values)
}

fn topics(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let Some(topics) = &phrases.program.topics else { return Vec::new() };
    let texts = phrases.texts;
    let evidence = topics.evidence.iter().map(|(id, worth)| {
        let tally = &phrases.program.tallies[*id];
        format!("{} × {worth}", tally.words.or(phrases.locale, &tally.name))
    });
    let what = fill(texts.topic_strength, &[("evidence", &phrases.listed(evidence))]);
    let mut rows = Vec::from([SheetRow::new("/topics/evidence", [texts.sorts[1].into(), texts.strength.into(), what])]);
    let names = topics.names.iter().filter_map(|words| words.in_locale(phrases.locale)).map(String::from);
    let named = phrases.listed(names);
    rows.push(SheetRow::new("/topics/names", [texts.sorts[1].into(), texts.topic_names.into(), named]));
    rows
}

fn challenges(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let texts = phrases.texts;
    let mut rows = Vec::new();
    for challenge in phrases.program.challenges.values() {
        let days = match challenge.days {
            Days::FromJoining(days) => fill(texts.days_from_joining, &[("n", &days.to_string())]),
            Days::Between(from, until) => format!("{from} – {until}"),
        };
        let kinds = &phrases.program.kinds;
        let values = [("days", &*days), ("kind", &kinds[challenge.joined_by].name)];
        let what =
            fill(texts.challenge, &values) + " " + &fill(texts.left, &[("kind", &kinds[challenge.left_by].name)]);
        rows.push(row(
            "challenges",
            &challenge.name,
            [texts.sorts[2].into(), phrases.label(&challenge.words, &challenge.name), what],
        ));
        let path = Path::Root.key("challenges");
        let path = path.key(&challenge.name);
        let steps = path.key("steps");
        for step in &challenge.steps {
            let cells = [texts.sorts[3].into(), phrases.label(&step.words, &step.name), phrases.goal(&step.goal)];
            rows.push(SheetRow::new(steps.key(&step.name).to_string(), cells));
        }
        let shared = path.key("shared");
        for (id, most) in &challenge.shared {
            let tally = &phrases.program.tallies[*id];
            let cells = [texts.sorts[4].into(), tally.words.or(phrases.locale, &tally.name).into(), most.to_string()];
            rows.push(SheetRow::new(shared.key(&tally.name).to_string(), cells));
        }
    }
    rows
}

fn boards(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |board: &crate::program::Board| {
        let (texts, kinds) = (phrases.texts, &phrases.program.kinds);
        let currency = &phrases.program.currencies[board.currency];
        let currency = currency.words.or(phrases.locale, &currency.name);
        let of = fill(if board.per_month { texts.board_month } else { texts.board_ever }, &[("currency", currency)]);
        let joined = match board.joined_by {
            Some(kind) => fill(texts.board_joined, &[("kind", &kinds[kind].name)]),
            None => texts.board_of_all.into(),
        };
        let left = fill(texts.left, &[("kind", &kinds[board.left_by].name)]);
        let cells = [texts.sorts[5].into(), phrases.label(&board.words, &board.name), format!("{of} {joined} {left}")];
        row("boards", &board.name, cells)
    };
    phrases.program.boards.values().map(row).collect()
}

fn rewards(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |reward: &crate::program::Reward| {
        let texts = phrases.texts;
        let currency = &phrases.program.currencies[reward.currency];
        let currency = currency.words.or(phrases.locale, &currency.name);
        let stock = reward.stock.map_or_else(|| texts.stock_open.into(), |stock| stock.to_string());
        let values = [("n", &*reward.cost.to_string()), ("currency", currency), ("stock", &stock)];
        let said = fill(texts.reward, &values);
        let approval = if reward.approval { texts.approved } else { texts.not_approved };
        let cells = [texts.sorts[6].into(), phrases.label(&reward.words, &reward.name), format!("{said} {approval}")];
        row("rewards", &reward.name, cells)
    };
    phrases.program.rewards.values().map(row).collect()
}

fn allowances(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let row = |allowance: &crate::program::Allowance| {
        let texts = phrases.texts;
        let number = |number: Option<i64>| number.map_or_else(|| texts.none.into(), |number| number.to_string());
        let tally = &phrases.program.tallies[allowance.tally];
        let (most, each) = (number(allowance.most), number(allowance.each));
        let values = [("tally", tally.words.or(phrases.locale, &tally.name)), ("most", &most), ("each", &each)];
        let said = fill(texts.allowance, &values);
        row(
            "allowances",
            &allowance.name,
            [texts.sorts[7].into(), phrases.label(&allowance.words, &allowance.name), said],
        )
    };
    phrases.program.allowances.values().map(row).collect()
}

fn gains(phrases: &Phrases<'_>) -> Vec<SheetRow> {
    let gains = Path::Root.key("gains");
    let row = |id: &Id<Tally>| {
        let tally = &phrases.program.tallies[*id];
        let cells =
            [phrases.texts.sorts[8].into(), phrases.label(&tally.words, &tally.name), phrases.texts.only_member.into()];
        SheetRow::new(gains.key(&tally.name).to_string(), cells)
    };
    phrases.program.gains.iter().map(row).collect()
}
