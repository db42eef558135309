//! Seen by: who will see the result of what a member may do, worked out by trying it.

use crate::{
    base::{id_table::Id, number::capped, text::Text, time::Timestamp},
    fold::{advance, matching::match_whatever_it_says},
    input::{activity::Activity, content::Draft},
    language::audience::{Audience, SharedPart},
    program::{
        Attribute, Key, Kind, Program, Role,
        cost::MAX_ITEMS,
        value::{AttributeType, FieldState, Value},
    },
    state::standing::Standing,
    view::{
        actions::{Action, Actions},
        data::{MemberView, ViewContext},
        progress::Progress,
        visibility::Visibility,
    },
};
use alloc::{boxed::Box, vec::Vec};

/// A number that reaches every goal, and a text that the member never used before.
const LARGE: i64 = 1_000_000_000;
const NEW: &str = "\u{1}";

/// As many different texts that the member never used before, in order, or as many as an activity can have.
fn new_ones(count: i64) -> impl Iterator<Item = Text> {
    (1..=capped::<_, usize>(count).min(MAX_ITEMS)).map(|length| NEW.repeat(length).as_str().into())
}

impl Actions<'_> {
    /// The widest circle that will see a result of an action: the circle of its kind, or that of anything which others
    /// see of the member and which the action may change. `claim` is the topic, if the action claims one.
    ///
    /// The action is tried in a copy of the standing. Nobody knows yet what the activity will say, so every rule and
    /// tally of its kind counts.
    pub(crate) fn audience(&self, action: Action, claim: Option<&str>) -> Audience {
        let program = self.progress.program;
        let publishes = program.profile.as_ref().and_then(|profile| profile.published_by);
        let publishes = publishes.is_some_and(|kind| action == Action::Kind(kind));
        // By a deed, the member may act towards others, or be the owner and a recipient themselves. An answer is theirs.
        let others: &[&str] = if let Action::Kind(_) = action { &[NEW, &self.member] } else { &[NEW] };
        let trials = others.iter().filter_map(|other| self.trial(action, claim, other, None));
        self.widest(self.circle(action), publishes, trials)
    }

    /// The widest circle that will see a result of declining one more step: a challenge may be done by it. `None` if the
    /// program has no kind for it.
    pub(crate) fn audience_of_declining(&self, key: &str) -> Option<Audience> {
        let Progress { program, standing, .. } = self.progress;
        let (kind, attribute) = program.steps_declined_by?;
        let mut declined = standing.declined_steps().to_vec();
        declined.push(key.into());
        let stated = (attribute, Value::Texts(declined.into_boxed_slice()));
        let trial = self.trial(Action::Kind(kind), None, NEW, Some(stated))?;
        Some(self.widest(self.circle(Action::Kind(kind)), false, [trial].into_iter()))
    }

    /// The widest of a circle and those that see any of these activities change something of the member.
    fn widest(&self, circle: Audience, publishes: bool, trials: impl Iterator<Item = Activity>) -> Audience {
        let Progress { program, standing, time, .. } = self.progress;
        // Nothing is seen before publishing except rows on boards, and no part reaches further than the company.
        let is_published = standing.is_published() || publishes;
        if circle >= Audience::Company || !(is_published || program.boards.len() > 0) {
            return circle;
        }
        let after = trials.map(|activity| {
            let matched = match_whatever_it_says(program, &activity, &self.member);
            let mut after: Standing = standing.clone();
            advance(program, &mut after, &activity, &matched, &mut Vec::new());
            after
        });
        let after: Vec<Standing> = after.collect();
        let sees_change = |audience: &Audience| {
            let seen = |standing| Seen::by(*audience, program, &self.member, standing, time.instant);
            let before = seen(standing);
            after.iter().any(|after| seen(after) != before)
        };
        [Audience::Company, Audience::Team].into_iter().find(sees_change).map_or(circle, |widest| circle.max(widest))
    }

    /// An activity by which the member acts towards somebody, and which says something new wherever it can say
    /// anything, or what is `stated`. Where it can name several, it names as many new ones as any goal asks for.
    fn trial(
        &self,
        action: Action,
        claim: Option<&str>,
        other: &str,
        stated: Option<(Id<Attribute>, Value)>,
    ) -> Option<Activity> {
        let program = self.progress.program;
        let (kind, field) = match action {
            Action::Kind(kind) => (kind, None),
            Action::Field(field) => (program.profile.as_ref()?.on, Some(field)),
        };
        let joined = program.challenges.values().find(|challenge| challenge.joined_by == kind);
        let attributes = program.kinds[kind].attributes.iter();
        let recipients = new_ones(program.most_values_asked(kind, Key::Role(Role::Recipient)));
        let value = |id: &Id<Attribute>| match &stated {
            Some((attribute, value)) if attribute == id => Some((*id, value.clone())),
            _ => Some((*id, self.value(kind, *id, claim)?)),
        };
        let draft = Draft {
            owner: Some(other.into()),
            recipients: recipients.chain([other.into()]).collect(),
            object: Some(joined.map_or(NEW, |challenge| &challenge.name).into()),
            attributes: attributes.filter_map(value).collect(),
            ..self.draft(field)
        };
        Some(self.activity(kind, draft))
    }

    fn value(&self, kind: Id<Kind>, id: Id<Attribute>, claim: Option<&str>) -> Option<Value> {
        let Progress { program, standing, time, .. } = self.progress;
        let claims = &standing.counts.personal.claims;
        let topics =
            |more: &mut dyn Iterator<Item = Text>| -> Box<[Text]> { claims.iter().cloned().chain(more).collect() };
        let claims_by = program.topics.as_ref().and_then(|topics| topics.claimed_by);
        Some(match program.attributes.lookup(id)?.value_type {
            AttributeType::Integer if program.sharing.revision == Some(id) => Value::Integer(standing.next_revision()),
            AttributeType::Integer => Value::Integer(LARGE),
            AttributeType::Flag => Value::Flag(true),
            AttributeType::Time => Value::Time(time.instant),
            AttributeType::Texts if claims_by == Some((kind, id)) => {
                Value::Texts(topics(&mut [claim.unwrap_or(NEW).into()].into_iter()))
            }
            // Others see evidence for claimed topics only.
            AttributeType::Texts => {
                let many = program.most_values_asked(kind, Key::Attribute(id));
                Value::Texts(topics(&mut new_ones(many)))
            }
            AttributeType::Text => Value::Text(claims.first().cloned().unwrap_or_else(|| NEW.into())),
            AttributeType::Member => Value::Text(NEW.into()),
        })
    }
}

/// Everything that a circle sees of a member.
#[derive(PartialEq)]
struct Seen {
    view: Option<MemberView>,
    /// The states of the profile's fields, whose texts the host shows.
    fields: Option<Vec<FieldState>>,
    /// The total on each board where the circle finds the member.
    boards: Vec<Option<i64>>,
}

impl Seen {
    fn by(circle: Audience, program: &Program, member: &Text, standing: &Standing, now: Timestamp) -> Self {
        let team = [member.as_str()];
        let team = if circle == Audience::Team { &team[..] } else { &[] };
        // Anyone but the member.
        let viewer = if member.is_empty() { NEW } else { "" };
        let ask = ViewContext { team, ..ViewContext::of(viewer, "", now) };
        let visibility = Visibility::of(program, member, standing, &ask);
        let fields = || standing.counts.personal.fields.iter().map(|said| said.state).collect();
        let boards = program.boards.iter();
        Self {
            view: standing.view(member, &ask),
            fields: visibility.shows(SharedPart::Profile).then(fields),
            boards: boards
                .map(|(id, board)| visibility.is_on(id).then(|| board.total(program, standing, now)))
                .collect(),
        }
    }
}
