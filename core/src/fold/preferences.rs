//! Preferences: what members state about themselves (profile, publishing, audiences, boards, topics, badges), and who
//! has left.

use crate::{
    input::activity::Activity,
    language::audience::Audience,
    program::{Counter, Program, value::Value},
    state::{
        counters::Slot,
        personal::{FieldStatement, Matter},
        standing::Counts,
    },
};

/// Records what an activity's actor states about themselves. Members state these things only for themselves. Of
/// opposite statements of one time and sequence, the one that shows less stands.
pub(crate) fn take_in(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    for (field, state) in &activity.profile {
        if let Some(said) = counts.personal.fields.get_mut(field.index()) {
            *said = FieldStatement { state: *state, at: Some(activity.at()) };
        }
    }
    let consent = &mut counts.personal.consent;
    consent.begin(&activity.origin);
    if let Some(profile) = &program.profile
        && (profile.published_by == Some(kind) || profile.hidden_by == Some(kind))
    {
        let publishes = profile.published_by == Some(kind);
        if consent.accepts(Matter::PUBLISHED, !publishes) {
            consent.published = publishes;
        }
    }
    for (index, board) in program.boards.values().enumerate() {
        let joins = board.joined_by == Some(kind);
        if (joins || board.left_by == kind)
            && consent.accepts(Matter::board(index), !joins)
            && let Some(has_joined) = consent.boards.get_mut(index)
        {
            *has_joined = Some(joins);
        }
    }
    if program.sharing.on == Some(kind) {
        for (part, attribute) in &program.sharing.attributes {
            let Some(Value::Text(name)) = activity.attribute(*attribute) else { continue };
            // Reading refuses unknown words, but a record may be older than the program. An unknown word then hides
            // the part, so that nothing is shown that a member meant to hide.
            let audience = Audience::of_member(name).unwrap_or(Audience::Private);
            let before = consent.audience.get(part.index()).copied().flatten();
            if consent.accepts(Matter::audience(*part), before.is_some_and(|before| audience < before))
                && let Some(stated) = consent.audience.get_mut(part.index())
            {
                *stated = Some(audience);
            }
        }
    }
    if let Some((agreed, ended)) = program.sharing.model_by
        && (kind == agreed || kind == ended)
        && consent.accepts(Matter::MODEL, kind == ended)
    {
        consent.model = kind == agreed;
    }
    if let Some((claimed, topics)) = program.topics.as_ref().and_then(|topics| topics.claimed_by)
        && kind == claimed
    {
        let topics = match activity.attribute(topics) {
            Some(Value::Texts(topics)) => &**topics,
            _ => &[],
        };
        if consent.accepts(Matter::CLAIMS, false) {
            counts.personal.claims = topics.to_vec();
        } else {
            // A topic that one of the claims leaves out is withdrawn.
            counts.personal.claims.retain(|topic| topics.contains(topic));
        }
    }
    let of_kind = program.links.on_shown.iter().filter(|(on, ..)| *on == kind);
    for (_, id, shown) in of_kind.filter(|(_, id, _)| activity.object.as_ref() == Some(&program.badges[*id].name)) {
        if counts.personal.consent.accepts(Matter::badge(*id), !shown) {
            counts.set(&Slot { counter: Counter::Shown(*id), key: None, window: 0 }, i64::from(*shown));
        }
    }
}

/// Records that an activity's owner has left, or is back. The actor may be anybody who may send the kind.
pub(crate) fn take_in_departure(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    let goes = program.sharing.gone_by.contains(&kind);
    if goes || program.sharing.back_by.contains(&kind) {
        let consent = &mut counts.personal.consent;
        consent.begin(&activity.origin);
        if consent.accepts(Matter::GONE, goes) {
            consent.gone = goes;
        }
    }
}
