//! Preferences: what members state about themselves (profile, publishing, audiences, boards, topics, badges), and who
//! has left.

use crate::{
    input::activity::Activity,
    language::audience::Audience,
    program::{Counter, Program, value::Value},
    state::{counters::Slot, personal::FieldStatement, standing::Counts},
};
use alloc::vec::Vec;

/// Records what an activity's actor states about themselves. Members state these things only for themselves.
pub(crate) fn take_in(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    for (field, state) in &activity.profile {
        if let Some(said) = counts.personal.fields.get_mut(field.index()) {
            *said = FieldStatement { state: *state, at: Some(activity.at()) };
        }
    }
    if let Some(profile) = &program.profile {
        if profile.published_by == Some(kind) {
            counts.personal.consent.published = true;
        } else if profile.hidden_by == Some(kind) {
            counts.personal.consent.published = false;
        }
    }
    for (board, has_joined) in program.boards.values().zip(&mut counts.personal.consent.boards) {
        if board.joined_by == Some(kind) {
            *has_joined = Some(true);
        } else if board.left_by == kind {
            *has_joined = Some(false);
        }
    }
    let of_kind = program.links.on_shown.iter().filter(|(on, ..)| *on == kind);
    for (_, id, shown) in of_kind.filter(|(_, id, _)| activity.object.as_ref() == Some(&program.badges[*id].name)) {
        counts.set(&Slot { counter: Counter::Shown(*id), key: None, window: 0 }, i64::from(*shown));
    }
    if program.sharing.on == Some(kind) {
        for (share, attribute) in &program.sharing.attributes {
            let Some(Value::Text(name)) = activity.attribute(*attribute) else { continue };
            if let Some(audience) = counts.personal.consent.audience.get_mut(share.index()) {
                // Reading refuses unknown words, but a record may be older than the program. An unknown word then hides
                // the part, so that nothing is shown that a member meant to hide.
                *audience = Some(Audience::of_member(name).unwrap_or(Audience::Private));
            }
        }
    }
    if let Some((agreed, ended)) = program.sharing.model_by
        && (kind == agreed || kind == ended)
    {
        counts.personal.consent.model = kind == agreed;
    }
    if let Some((claimed, topics)) = program.topics.as_ref().and_then(|topics| topics.claimed_by)
        && kind == claimed
    {
        counts.personal.claims = match activity.attribute(topics) {
            Some(Value::Texts(topics)) => topics.to_vec(),
            _ => Vec::new(),
        };
    }
}

/// Records that an activity's owner has left, or is back. The actor may be anybody who may send the kind.
pub(crate) fn take_in_departure(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    if program.sharing.gone_by.contains(&kind) {
        counts.personal.consent.gone = true;
    } else if program.sharing.back_by.contains(&kind) {
        counts.personal.consent.gone = false;
    }
}
