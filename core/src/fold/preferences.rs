//! Preferences: what members state about themselves (profile, publishing, audiences, boards, topics, badges), and who
//! has left.

use crate::{
    base::{id_table::Id, packed::Texts, sort::sort, text::Text},
    input::activity::Activity,
    language::audience::Audience,
    program::{Attribute, Counter, Kind, Program, Topics, value::Found},
    state::{
        counters::Slot,
        personal::{FieldStatement, Matter, Weight},
        standing::{Counts, Standing},
    },
};
use alloc::vec::Vec;

/// Records what an activity's actor states about themselves. Members state these things only for themselves.
pub(crate) fn take_in(program: &Program, counts: &mut Counts, activity: &Activity) {
    let (kind, revision) = (activity.origin.kind, revision(program, activity));
    counts.begin_month(program, activity.at());
    for (field, state) in activity.profile() {
        if let Some(said) = counts.personal.fields.get_mut(field.index()) {
            *said = FieldStatement { state, at: Some(activity.at()) };
        }
    }
    let consent = &mut counts.personal.consent;
    consent.begin(&activity.origin);
    if let Some(profile) = &program.profile
        && (profile.published_by == Some(kind) || profile.hidden_by == Some(kind))
    {
        let publishes = profile.published_by == Some(kind);
        if consent.accepts(Matter::PUBLISHED, revision, !publishes) {
            consent.published = publishes;
        }
    }
    for (index, board) in program.boards.values().enumerate() {
        let joins = board.joined_by == Some(kind);
        if (joins || board.left_by == kind)
            && consent.accepts(Matter::board(index), revision, !joins)
            && let Some(has_joined) = consent.boards.get_mut(index)
        {
            *has_joined = Some(joins);
        }
    }
    if program.sharing.on == Some(kind) {
        for (part, attribute) in &program.sharing.attributes {
            let Some(Found::Text(name)) = activity.attribute(*attribute) else { continue };
            // Reading refuses unknown words, but a record may be older than the program. An unknown word then hides
            // the part, so that nothing is shown that a member meant to hide.
            let audience = Audience::of_member(name).unwrap_or(Audience::Private);
            let before = consent.audience.get(part.index()).copied().flatten();
            if consent.accepts(Matter::audience(*part), revision, before.is_some_and(|before| audience < before))
                && let Some(stated) = consent.audience.get_mut(part.index())
            {
                *stated = Some(audience);
            }
        }
    }
    if let Some((agreed, ended)) = program.sharing.model_by
        && (kind == agreed || kind == ended)
        && consent.accepts(Matter::MODEL, revision, kind == ended)
    {
        consent.model = kind == agreed;
    }
    if let Some(topics) = &program.topics {
        take_in_topics(counts, activity, topics, revision);
    }
    if let Some(steps) = stated(activity, program.steps_declined_by) {
        let weight = counts.personal.consent.weigh(Matter::DECLINED_STEPS, revision);
        decline(&mut counts.personal.declined_steps, steps, weight);
    }
    let of_kind = program.links.on_shown.iter().filter(|(on, ..)| *on == kind);
    for (_, id, shown) in of_kind.filter(|(_, id, _)| activity.object() == Some(&program.badges[*id].name)) {
        if counts.personal.consent.accepts(Matter::badge(*id), revision, !shown) {
            counts.set(&Slot { counter: Counter::Shown(*id), key: None, window: 0 }, i64::from(*shown));
        }
    }
}

/// Records the topics that a member claims, and those that they decline. Each statement names all of them.
fn take_in_topics(counts: &mut Counts, activity: &Activity, topics: &Topics, revision: Option<i64>) {
    let personal = &mut *counts.personal;
    if let Some(topics) = stated(activity, topics.claimed_by) {
        match personal.consent.weigh(Matter::CLAIMS, revision) {
            Weight::Replaces => personal.claims = topics.iter().map(Text::from).collect(),
            // A topic that one of the claims leaves out is withdrawn.
            Weight::Narrows => personal.claims.retain(|topic| topics.contains(topic)),
            Weight::Outdated => {}
        }
    }
    if let Some(topics) = stated(activity, topics.declined_by) {
        let weight = personal.consent.weigh(Matter::DECLINED, revision);
        decline(&mut personal.declined, topics, weight);
    }
}

/// What an activity says in the attribute of a statement, if it is one: nothing if the attribute is absent.
fn stated(activity: &Activity, by: Option<(Id<Kind>, Id<Attribute>)>) -> Option<Texts<'_>> {
    let (_, attribute) = by.filter(|(kind, _)| *kind == activity.origin.kind)?;
    match activity.attribute(attribute) {
        Some(Found::Texts(texts)) => Some(texts),
        _ => Some(Texts::NONE),
    }
}

/// Replaces what a member declines, or adds to it if nothing says which statement was made last.
fn decline(declined: &mut Vec<Text>, stated: Texts<'_>, weight: Weight) {
    match weight {
        Weight::Replaces => *declined = stated.iter().map(Text::from).collect(),
        Weight::Narrows => {
            declined.extend(stated.iter().map(Text::from));
            sort(declined);
            declined.dedup();
        }
        Weight::Outdated => {}
    }
}

/// Records that an activity's owner has left, or is back. The actor may be anybody who may send the kind.
pub(crate) fn take_in_departure(program: &Program, counts: &mut Counts, activity: &Activity) {
    let kind = activity.origin.kind;
    let goes = program.sharing.gone_by.contains(&kind);
    if goes || program.sharing.back_by.contains(&kind) {
        counts.begin_month(program, activity.at());
        let consent = &mut counts.personal.consent;
        consent.begin(&activity.origin);
        if consent.accepts(Matter::GONE, revision(program, activity), goes) {
            consent.gone = goes;
        }
    }
}

impl Standing {
    /// Hides an account that earns nothing from everybody, as if it had departed.
    #[inline(always)]
    pub(crate) fn hide_account(&mut self, account: &str) {
        if self.program.sharing.earns_nothing(account) {
            self.counts.personal.consent.gone = true;
        }
    }

    /// The revision of the next statement that the member makes about who sees what: 1 more than that of every
    /// statement recorded so far.
    ///
    /// A door writes it into the statement as its attribute `revision`. The statement then counts after all those that
    /// the door has recorded, even if a clock that was slow or fast says something else.
    ///
    /// ```
    /// use knownfor::{Engine, Program, Standing, ViewContext};
    /// use serde_json::{Value, json};
    ///
    /// let mut engine = Engine::new(Program::check(&serde_json::from_str(r#"{
    ///     "version": 1, "id": "first-steps",
    ///     "kinds": {
    ///         "filled": {}, "published": {"attributes": {"revision": "integer"}},
    ///         "hidden": {"attributes": {"revision": "integer"}}
    ///     },
    ///     "profile": {"on": "filled", "published_by": "published", "hidden_by": "hidden", "fields": {"a": {"ask": "?"}}}
    /// }"#)?, |_| None)?);
    /// // Ada publishes on a server whose clock is an hour fast, and then hides on another one.
    /// for (id, at, kind) in [("1", "2026-03-09T13:00:00Z", "published"), ("2", "2026-03-09T12:01:00Z", "hidden")] {
    ///     let revision = engine.standing("ada").map_or(1, Standing::next_revision);
    ///     engine.apply(engine.program().read_own(&json!({
    ///         "source": "intranet", "id": id, "at": at, "kind": kind, "actor": "ada",
    ///         "attributes": {"revision": revision}
    ///     }))?)?;
    /// }
    /// assert!(!engine.standing("ada").unwrap().is_published());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next_revision(&self) -> i64 {
        let revisions = self.counts.personal.consent.revisions.iter().map(|(_, revision)| *revision);
        revisions.max().unwrap_or(0).saturating_add(1)
    }
}

/// The number that the door gave a statement.
fn revision(program: &Program, activity: &Activity) -> Option<i64> {
    match activity.attribute(program.sharing.revision?) {
        Some(Found::Integer(revision)) => Some(revision),
        _ => None,
    }
}
