//! Living deeds: what each reverse removed, and what returns when a reverse is itself reversed.

use super::member::Member;

/// What the deed `now` reverses, given the deeds that live before it.
pub(super) fn hits(member: &Member, living: &[usize], now: usize) -> Vec<usize> {
    let deed = &member.deeds[now];
    match member.program["kinds"][&deed.kind]["reverses"].as_str() {
        None => Vec::new(),
        Some("@object") if deed.object.is_none() => Vec::new(),
        // Deeds that are reversed already are included, so that they do not return when the earlier reverse is
        // reversed.
        Some("@object") => {
            let itself_reverses =
                |earlier: usize| !member.program["kinds"][&member.deeds[earlier].kind]["reverses"].is_null();
            let about = |earlier: &usize| member.deeds[*earlier].object == deed.object;
            (0..now).filter(about).filter(|&earlier| !itself_reverses(earlier)).collect()
        }
        Some(kind) => {
            let same = |earlier: usize| {
                let earlier = &member.deeds[earlier];
                earlier.kind == kind && earlier.actor == deed.actor && earlier.object == deed.object
            };
            living.iter().copied().rfind(|&earlier| same(earlier)).into_iter().collect()
        }
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
