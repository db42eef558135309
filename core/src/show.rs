//! Show: a standing as one viewer may see it.

use crate::{
    decide::{objects_of, percent},
    order::sort_by,
    program::{Badge, Goal, Program},
    standing::{Held, Standing},
    table::Id,
    text::Text,
    time::Time,
    value::FieldState,
    view::{
        ActivityRef, Ask, BadgeFace, BadgesView, ComingBadgeView, EarnedBadgeView, FieldView, GoalPartView, LevelView,
        MemberView, NextFieldView, NextLevelView, PointsView, ProfileView, StandingView,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::cmp::Reverse;

impl Program {
    /// What a viewer sees of a member. For the member themselves that is everything; for others, once the profile is published,
    /// points, level and earned badges. Nothing else is in the view, and nothing at all is given where there is nothing for
    /// this viewer: hidden and absent look the same. A member without a standing sees an empty one.
    pub fn view(&self, member: &str, standing: Option<&Standing>, ask: &Ask<'_>) -> Option<MemberView> {
        let own = member == ask.viewer;
        let empty;
        let standing = match standing {
            Some(standing) if own || standing.is_published() => standing,
            None if own => {
                empty = Standing::new(self);
                &empty
            }
            _ => return None,
        };
        let show = Show { program: self, standing, ask, own };
        Some(MemberView {
            member: member.to_string(),
            name: member.to_string(),
            own,
            published: standing.is_published(),
            standing: StandingView { points: show.points(), level: show.level() },
            profile: (own && self.profile.is_some()).then(|| show.profile()),
            badges: BadgesView { earned: show.earned(), on_the_way: if own { show.on_the_way() } else { Vec::new() } },
        })
    }
}

struct Show<'a> {
    program: &'a Program,
    standing: &'a Standing,
    ask: &'a Ask<'a>,
    own: bool,
}

impl Show<'_> {
    fn points(&self) -> Vec<PointsView> {
        let currencies = self.program.currencies.iter();
        let month = |id, before| self.own.then(|| self.standing.month(self.program, id, self.ask.now, before));
        currencies
            .map(|(id, currency)| PointsView {
                currency: currency.name.to_string(),
                name: currency.words.or(self.ask.locale, &currency.name).into(),
                total: self.standing.total_of(id).unwrap_or(currency.start),
                this_month: month(id, 0),
                last_month: month(id, 1),
            })
            .collect()
    }

    fn level(&self) -> Option<LevelView> {
        let of = self.program.levels.len();
        if of == 0 {
            return None;
        }
        let reached = self.standing.level;
        let levels = self.program.levels.values();
        let current = usize::from(reached).checked_sub(1).and_then(|top| levels.clone().nth(top));
        let next = self.program.level_after(reached).filter(|_| self.own).map(|(_, next)| {
            let total = self.standing.total_of(next.currency).unwrap_or(0);
            let from = current
                .map_or_else(|| self.program.currencies[next.currency].start.min(next.min - 1), |level| level.min);
            // Below the present level after something was taken back: no way has been gone yet.
            let gone = (total - from).clamp(0, next.min - from - 1);
            NextLevelView {
                name: next.words.or(self.ask.locale, &next.name).into(),
                at: next.min,
                to_go: (next.min - total).max(0),
                percent: u8::try_from(gone * 100 / (next.min - from)).unwrap_or(0),
            }
        });
        Some(LevelView {
            number: u32::from(reached),
            of: u32::try_from(of).unwrap_or(u32::MAX),
            name: current.map(|level| level.words.or(self.ask.locale, &level.name).into()),
            next,
        })
    }

    fn profile(&self) -> ProfileView {
        let locale = self.ask.locale;
        let all: u32 = self.program.fields.values().map(|field| field.weight).sum();
        let states = self.standing.counts.fields.iter();
        let fields = || self.program.fields.values().zip(states.clone());
        let views = fields().map(|(field, state)| FieldView {
            field: field.name.to_string(),
            ask: field.ask.or(locale, &field.name).into(),
            help: field.help.in_locale(locale).map(String::from),
            section: field.section.in_locale(locale).map(String::from),
            state: *state,
            percent: u8::try_from(field.weight * 100 / all.max(1)).unwrap_or(100),
            needs: field.needs,
        });
        // The kindest step asks for least; of those that ask for as little, the one that adds most.
        let missing = fields().filter(|(_, state)| **state == FieldState::Missing);
        let kindest = missing.min_by_key(|(field, _)| {
            let needs = &field.needs;
            (needs.length.unwrap_or(0), needs.items.unwrap_or(0), needs.link, Reverse(field.weight))
        });
        let done: u32 = fields().filter(|(_, state)| state.is_done()).map(|(field, _)| field.weight).sum();
        ProfileView {
            percent: self.standing.completeness(self.program),
            fields: views.collect(),
            next: kindest.map(|(field, _)| NextFieldView {
                field: field.name.to_string(),
                ask: field.ask.or(locale, &field.name).into(),
                percent: u8::try_from((done + field.weight) * 100 / all.max(1)).unwrap_or(100),
            }),
        }
    }

    fn earned(&self) -> Vec<EarnedBadgeView> {
        let held = self.program.badges.iter().filter_map(|(id, badge)| {
            let held: Vec<&Held> = self.standing.held(id).map(|(_, held)| held).collect();
            let latest = held.iter().max_by_key(|held| (held.at, held.source.as_str(), held.id.as_str()))?;
            let best = held.iter().filter_map(|held| held.grade).max();
            let view = EarnedBadgeView {
                badge: badge.name.to_string(),
                name: badge.words.or(self.ask.locale, &badge.name).into(),
                description: badge.description.in_locale(self.ask.locale).map(String::from),
                face: BadgeFace { shape: badge.shape, icon: badge.icon, grade: best },
                times: u32::try_from(held.len()).unwrap_or(u32::MAX),
                at: latest.at.to_string(),
                activity: self
                    .own
                    .then(|| ActivityRef { source: latest.source.to_string(), id: latest.id.to_string() }),
            };
            Some((latest.at, view))
        });
        let mut held: Vec<_> = held.collect();
        sort_by(&mut held, |(a, _), (b, _)| b.cmp(a));
        held.into_iter().map(|(_, view)| view).collect()
    }

    fn on_the_way(&self) -> Vec<ComingBadgeView> {
        let badges = self.program.badges.iter().filter(|(_, badge)| !badge.secret);
        let mut coming: Vec<_> = badges.filter_map(|(id, badge)| self.coming(id, badge)).collect();
        sort_by(&mut coming, |a, b| b.percent.cmp(&a.percent));
        coming
    }

    /// The next goal of a badge: of one that is given for each object, the object nearest to it; where it was given before, only if
    /// another object is on the way.
    fn coming(&self, id: Id<Badge>, badge: &Badge) -> Option<ComingBadgeView> {
        let counts = &self.standing.counts;
        let time = Time { instant: self.ask.now, offset_seconds: None };
        let each = badge.goals.iter().any(|(_, goal)| goal.each);
        let reached =
            |held: &Held| badge.goals.iter().position(|(grade, _)| *grade == held.grade).map_or(0, |index| index + 1);
        let done = self.standing.held(id).next().filter(|_| !each).map_or(0, |(_, held)| reached(held));
        let (grade, goal) = badge.goals.get(done)?;
        let held_for = |object: &Text| self.standing.held(id).any(|(held, _)| held == Some(object));
        let objects = objects_of(self.program, counts, goal);
        let open = objects.iter().filter(|object| !each || !held_for(object));
        let nearest = open.max_by_key(|object| percent(self.program, counts, goal, Some(object), time));
        if nearest.is_none() && each && self.standing.has_badge(id) {
            return None;
        }
        Some(ComingBadgeView {
            badge: badge.name.to_string(),
            name: badge.words.or(self.ask.locale, &badge.name).into(),
            description: badge.description.in_locale(self.ask.locale).map(String::from),
            face: BadgeFace { shape: badge.shape, icon: badge.icon, grade: *grade },
            percent: percent(self.program, counts, goal, nearest, time).min(99),
            parts: self.parts(goal, nearest, time),
        })
    }

    fn parts(&self, goal: &Goal, object: Option<&Text>, time: Time) -> Vec<GoalPartView> {
        let (program, counts, locale) = (self.program, &self.standing.counts, self.ask.locale);
        let tallies = goal.parts.iter().filter_map(|part| {
            let tally = &program.tallies[part.tally];
            let value = counts.tally(program, part.tally, object, time).unwrap_or(0);
            part.min.map(|goal| GoalPartView {
                name: tally.words.or(locale, &tally.name).into(),
                value: value.clamp(0, goal.max(0)),
                goal,
            })
        });
        let fields = goal.fields.iter().map(|id| {
            let done = counts.fields.get(id.index()).is_some_and(|state| state.is_done());
            let field = &program.fields[*id];
            GoalPartView { name: field.ask.or(locale, &field.name).into(), value: i64::from(done), goal: 1 }
        });
        let completeness = goal.completeness.map(|percent| GoalPartView {
            name: "completeness".into(),
            value: i64::from(counts.completeness(program)),
            goal: i64::from(percent),
        });
        let level = goal.level.map(|id| GoalPartView {
            name: program.levels[id].words.or(locale, &program.levels[id].name).into(),
            value: i64::from(self.standing.level),
            goal: i64::try_from(id.index() + 1).unwrap_or(i64::MAX),
        });
        tallies.chain(fields).chain(completeness).chain(level).collect()
    }
}
