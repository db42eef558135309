//! Living deeds: what each reverse removed, and what returns when a reverse is itself reversed.

use super::member::{Member, one_or_more};
use std::collections::BTreeSet;

/// What the deed `now` reverses, given the deeds that live before it.
pub(super) fn hits(member: &Member, living: &[usize], now: usize) -> Vec<usize> {
    let deed = &member.deeds[now];
    let says = &member.program["kinds"][&deed.kind]["reverses"];
    let (kinds, own, all) = match says.as_str() {
        None if says.is_null() => return Vec::new(),
        None => (one_or_more(&says["kind"]), says["by"] != "anyone", says["all"] == true),
        Some("@object") => (BTreeSet::new(), false, true),
        Some(kind) => (BTreeSet::from([kind.to_owned()]), true, false),
    };
    let may = |earlier: &usize| {
        let earlier = &member.deeds[*earlier];
        let is_of_kind = match kinds.is_empty() {
            true => member.program["kinds"][&earlier.kind]["reverses"].is_null(),
            false => kinds.contains(&earlier.kind),
        };
        is_of_kind && (!own || earlier.actor == deed.actor)
    };
    if let Some(id) = says["id"].as_str() {
        let target = deed.keys(id);
        let is_it = |earlier: &usize| {
            let earlier = &member.deeds[*earlier];
            earlier.source == deed.source && target.contains(&earlier.id)
        };
        return (0..now).filter(may).filter(is_it).collect();
    }
    let about = |earlier: &usize| member.deeds[*earlier].object == deed.object;
    match all {
        true if deed.object.is_none() => Vec::new(),
        // Deeds that are reversed already are included, so that they do not return when the earlier reverse is
        // reversed.
        true => (0..now).filter(may).filter(about).collect(),
        false => living.iter().copied().rfind(|earlier| may(earlier) && about(earlier)).into_iter().collect(),
    }
}

/// The deeds that live after all of `hits`, one list for each deed in order. A deed is dead while a later living deed
/// hits it.
pub(super) fn living(hits: &[Vec<usize>]) -> Vec<usize> {
    let mut dead = vec![false; hits.len()];
    for reverse in (0..hits.len()).rev() {
        if !dead[reverse] {
            for &hit in &hits[reverse] {
                dead[hit] = true;
            }
        }
    }
    (0..hits.len()).filter(|&deed| !dead[deed]).collect()
}
