//! Say: what members say of themselves: profile, publishing, who sees what, boards, topics, badges; and who is gone.

use crate::{
    input::activity::Activity,
    language::audience::Audience,
    program::{Counter, Program, value::Value},
    state::{counters::Slot, personal::Said, standing::Counts},
};
use alloc::vec::Vec;

/// Takes in what an activity's actor says of themselves: for nobody else.
pub(crate) fn say(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    for (field, state) in &activity.profile {
        if let Some(position) = counts.personal.fields.get_mut(field.index()) {
            *position = Said { state: *state, at: Some(activity.at()) };
        }
    }
    if let Some(profile) = &program.profile {
        if profile.published_by == Some(kind) {
            counts.personal.consent.published = true;
        } else if profile.hidden_by == Some(kind) {
            counts.personal.consent.published = false;
        }
    }
    for (board, position) in program.boards.values().zip(&mut counts.personal.consent.boards) {
        if board.joined_by == Some(kind) {
            *position = Some(true);
        } else if board.left_by == kind {
            *position = Some(false);
        }
    }
    let said = program.links.on_shown.iter().filter(|(on, ..)| *on == kind);
    for (_, id, shown) in said.filter(|(_, id, _)| activity.object.as_ref() == Some(&program.badges[*id].name)) {
        counts.set(&Slot { of: Counter::Shown(*id), key: None, window: 0 }, i64::from(*shown));
    }
    if program.sharing.on == Some(kind) {
        for (share, attribute) in &program.sharing.attributes {
            let Some(Value::Text(name)) = activity.attribute(*attribute) else { continue };
            if let Some(position) = counts.personal.consent.audience.get_mut(share.index()) {
                // Reading refuses other words, but a record may be older than the program: who meant to hide something stays hidden.
                *position = Some(Audience::of_member(name).unwrap_or(Audience::Private));
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

/// Takes in that somebody is gone, or back: said of an activity's owner, by whoever may send its kind.
pub(crate) fn go(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    if program.sharing.gone_by.contains(&kind) {
        counts.personal.consent.gone = true;
    } else if program.sharing.back_by.contains(&kind) {
        counts.personal.consent.gone = false;
    }
}
