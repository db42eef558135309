//! Member: a standing as one viewer may see it.

use crate::{
    base::{
        id_table::Id,
        number::{capped, percent},
        sort::{sort, sort_by, sort_by_key},
        text::Text,
        time::{Time, Timestamp},
    },
    fold::standing_at,
    language::audience::SharedPart,
    program::{Badge, Given, Program, Reward},
    state::standing::{HeldBadge, Standing},
    view::{
        actions::{Action, Actions},
        data::{
            AllowanceView, AudienceView, BadgeEndView, BadgeFace, BadgesView, ComingBadgeView, EarnedBadgeView,
            FieldView, LevelView, MemberView, NextFieldView, PointsView, ProfileView, RewardView, StandingView,
            TopicView, VIEW_VERSION, ViewContext,
        },
        next_steps::Steps,
        progress::Progress,
        topics::{KnownTopic, strongest_first},
        visibility::Visibility,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::cmp::Reverse;

impl Standing {
    /// What a viewer sees of a member. `None` if the viewer may see nothing; hidden and unknown members look the same.
    ///
    /// Members see everything of their own. Once a profile is published, others see points, level, earned badges and
    /// topics, each as far as the member shares it. The view holds nothing else. For a member without activities, ask
    /// the standing of [`Standing::new`].
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/published.rs"));
    /// // Ada has written a post and published her profile.
    /// let ada = engine.standing("ada").unwrap();
    /// let now = "2026-03-09T12:00:00Z".parse()?;
    /// let own = ada.view("ada", &ViewContext::of("ada", "en", now)).unwrap();
    /// assert_eq!((own.steps[0].name.as_str(), own.profile.is_some()), ("What is your motto?", true));
    ///
    /// let others = ada.view("ada", &ViewContext::of("bob", "en", now)).unwrap();
    /// assert_eq!((others.standing.points[0].total, others.steps.len(), others.profile), (5, 0, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn view(&self, member: &str, ask: &ViewContext<'_>) -> Option<MemberView> {
        self.view_naming(member, ask, |_| false)
    }

    /// As [`view`](Self::view), with the colleagues who confirm a topic and let others see their name: those whose
    /// profile the viewer may see, as `shows_profile` says of a colleague's id. A host that keeps standings one by one
    /// looks theirs up and asks [`Standing::shows`]. [`Engine::view`](crate::Engine::view) does so by itself.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/confirmed.rs"));
    /// // Bob and Cleo have thanked Ada for Rust. Bob lets others see his name.
    /// let dan = ViewContext::of("dan", "en", "2026-03-09T12:00:00Z".parse()?);
    /// let shows = |id: &str| engine.standing(id).is_some_and(|of| of.shows(id, SharedPart::Profile, &dan));
    /// let ada = engine.standing("ada").unwrap().view_naming("ada", &dan, shows).unwrap();
    /// let named: Vec<_> = ada.topics[0].confirmers.iter().map(|colleague| colleague.name.as_str()).collect();
    /// assert_eq!(named, ["bob"]);
    /// // Two colleagues are too few to be counted before others.
    /// assert_eq!((ada.topics[0].confirmed, ada.topics[0].others), (0, 0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn view_naming(
        &self,
        member: &str,
        ask: &ViewContext<'_>,
        shows_profile: impl Fn(&str) -> bool,
    ) -> Option<MemberView> {
        self.view_of(member, ask, &shows_profile)
    }

    fn view_of(&self, member: &str, ask: &ViewContext<'_>, shows_profile: &dyn Fn(&str) -> bool) -> Option<MemberView> {
        let (program, own) = (&self.program, member == ask.viewer);
        if !Visibility::of(program, member, self, ask).shows_any() {
            return None;
        }
        let (standing, time) = standing_at(program, self, ask.now);
        let visibility = Visibility::of(program, member, &standing, ask);
        let show = MemberViewBuilder { program, standing: &standing, ask, own, time };
        let steps = own.then(|| Steps::new(show.progress(), member));
        let earns_nothing = program.sharing.earns_nothing(member);
        let (points, badges) = (visibility.shows(SharedPart::Points), visibility.shows(SharedPart::Badges));
        Some(MemberView {
            version: Some(VIEW_VERSION),
            member: member.to_string(),
            name: member.to_string(),
            own,
            published: standing.is_published(),
            model: standing.counts.personal.consent.model,
            standing: StandingView {
                points: if points { show.points() } else { Vec::new() },
                level: if points { show.level() } else { None },
            },
            profile: steps.as_ref().filter(|_| program.profile.is_some()).map(|steps| show.profile(&steps.actions)),
            badges: BadgesView {
                earned: if badges { show.earned() } else { Vec::new() },
                on_the_way: if own { show.on_the_way() } else { Vec::new() },
            },
            topics: if visibility.shows(SharedPart::Topics) { show.topics(shows_profile) } else { Vec::new() },
            steps: steps.as_ref().filter(|_| !earns_nothing).map_or_else(Vec::new, Steps::own),
            declined: if own { show.declined() } else { Vec::new() },
            challenges: if own { show.challenges() } else { Vec::new() },
            gains: if own { standing.counts.gains(program, time, ask.locale) } else { Vec::new() },
            rewards: if own { show.rewards() } else { Vec::new() },
            allowances: if own && !earns_nothing { show.allowances() } else { Vec::new() },
            boards: if own { show.boards(visibility) } else { Vec::new() },
            audience: (own && program.sharing.on.is_some()).then(|| show.audience(visibility)),
            claim_audience: steps.as_ref().and_then(|steps| {
                let (kind, _) = program.topics.as_ref()?.claimed_by?;
                Some(steps.actions.audience(Action::Kind(kind), None))
            }),
            publish_audience: steps.as_ref().and_then(|steps| {
                let kind = program.profile.as_ref()?.published_by.filter(|_| !standing.is_published())?;
                Some(steps.actions.audience(Action::Kind(kind), None))
            }),
        })
    }
}

/// Collects the parts of a view that a viewer may see.
pub(super) struct MemberViewBuilder<'a> {
    pub(super) program: &'a Program,
    pub(super) standing: &'a Standing,
    pub(super) ask: &'a ViewContext<'a>,
    own: bool,
    pub(super) time: Time,
}

impl MemberViewBuilder<'_> {
    pub(super) fn progress(&self) -> Progress<'_> {
        let Self { program, standing, time, ask, .. } = *self;
        Progress { program, standing, time, locale: ask.locale }
    }

    fn points(&self) -> Vec<PointsView> {
        let currencies = self.program.currencies.iter().filter(|(_, currency)| self.own || !currency.private);
        let month =
            |id, before| self.own.then(|| self.standing.monthly_points.points(self.program, id, self.ask.now, before));
        let now = Time::utc(self.ask.now);
        let is_spent = |id| self.own && self.program.rewards.values().any(|reward| reward.currency == id);
        currencies
            .map(|(id, currency)| PointsView {
                currency: currency.name.to_string(),
                name: currency.words.or(self.ask.locale, &currency.name).into(),
                private: currency.private,
                total: self.standing.counts.total(self.program, id, now),
                // Only the host learns of a debt.
                spendable: is_spent(id).then(|| self.standing.counts.spendable(self.program, id, now).max(0)),
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
        let current = self.program.level(reached).map(|(_, level)| level);
        Some(LevelView {
            number: u32::from(reached),
            of: capped(of),
            name: current.map(|level| level.words.or(self.ask.locale, &level.name).into()),
            next: if self.own { self.progress().next_level() } else { None },
        })
    }

    fn profile(&self, actions: &Actions<'_>) -> ProfileView {
        let locale = self.ask.locale;
        let all: u32 = self.program.fields.values().map(|field| field.weight).sum();
        let fields = || self.program.fields.iter().zip(&self.standing.counts.personal.fields);
        let progress = self.progress();
        let views = fields().map(|((id, field), said)| FieldView {
            field: field.name.to_string(),
            ask: field.ask.or(locale, &field.name).into(),
            help: field.help.in_locale(locale).map(String::from),
            section: field.section.in_locale(locale).map(String::from),
            state: said.state,
            percent: percent(i64::from(field.weight), i64::from(all)),
            audience: actions.audience(Action::Field(id), None),
            review: progress.is_old(field, said),
            needs: field.needs,
        });
        let kindest = progress.missing_fields().first().map(|id| &self.program.fields[*id]);
        let done: u32 = fields().filter(|(_, said)| said.state.is_done()).map(|((_, field), _)| field.weight).sum();
        ProfileView {
            percent: self.standing.completeness(),
            fields: views.collect(),
            next: kindest.map(|field| NextFieldView {
                field: field.name.to_string(),
                ask: field.ask.or(locale, &field.name).into(),
                percent: percent(i64::from(done + field.weight), i64::from(all)),
            }),
        }
    }

    fn earned(&self) -> Vec<EarnedBadgeView> {
        let held = self.program.badges.iter().filter_map(|(id, badge)| {
            let shown = self.standing.shows_badge(self.program, id);
            let held: Vec<&HeldBadge> =
                self.standing.held(self.program, id, self.time.instant).map(|(_, held)| held).collect();
            let latest =
                held.iter().max_by_key(|held| (held.at, held.origin.order_key())).filter(|_| self.own || shown)?;
            let best = held.iter().filter_map(|held| held.grade).max();
            let ends = if self.own { self.ends(id) } else { Vec::new() };
            let view = EarnedBadgeView {
                badge: badge.name.to_string(),
                name: badge.words.or(self.ask.locale, &badge.name).into(),
                description: badge.description.in_locale(self.ask.locale).map(String::from),
                face: BadgeFace::new(badge, best),
                times: held.iter().map(|held| held.times).fold(0, u32::saturating_add),
                at: latest.at.to_string(),
                until: ends.first().map(|end| end.until.clone()),
                ends: if badge.given() == Given::Each { ends } else { Vec::new() },
                hidden: !shown,
                activity: (self.own && !latest.origin.is_sealed()).then(|| latest.origin.reference()),
            };
            Some((latest.at, view))
        });
        let mut held: Vec<_> = held.collect();
        sort_by(&mut held, |(a, _), (b, _)| b.cmp(a));
        held.into_iter().map(|(_, view)| view).collect()
    }

    /// When a badge that expires ends, for each object that it is held for, earliest first.
    fn ends(&self, id: Id<Badge>) -> Vec<BadgeEndView> {
        let held = self.standing.held(self.program, id, self.time.instant);
        let ends = held.filter_map(|(key, held)| Some((self.standing.end(self.program, id, held)?, key)));
        let mut ends: Vec<_> = ends.collect();
        sort(&mut ends);
        let view = |(until, key): (Timestamp, Option<&Text>)| BadgeEndView {
            object: key.map(ToString::to_string).unwrap_or_default(),
            until: until.to_string(),
        };
        ends.into_iter().map(view).collect()
    }

    fn topics(&self, shows_profile: &dyn Fn(&str) -> bool) -> Vec<TopicView> {
        let counts = &self.standing.counts;
        let topics = if self.own { counts.topics(self.program) } else { counts.shared_topics(self.program) };
        let view = |topic: &KnownTopic| {
            let confirmers = counts.confirmers(self.program, &topic.topic, shows_profile);
            topic.view(self.program, self.ask.locale, confirmers)
        };
        strongest_first(topics).iter().map(view).collect()
    }

    fn audience(&self, visibility: Visibility<'_>) -> AudienceView {
        AudienceView {
            points: visibility.audience(SharedPart::Points),
            badges: visibility.audience(SharedPart::Badges),
            topics: visibility.audience(SharedPart::Topics),
            profile: visibility.audience(SharedPart::Profile),
            boards: visibility.audience(SharedPart::Boards),
        }
    }

    fn boards(&self, visibility: Visibility<'_>) -> Vec<String> {
        let boards = self.program.boards.iter().filter(|(id, _)| visibility.is_on(*id));
        boards.map(|(_, board)| board.name.to_string()).collect()
    }

    fn rewards(&self) -> Vec<RewardView> {
        self.program.rewards.iter().map(|(id, reward)| self.reward(id, reward)).collect()
    }

    fn reward(&self, id: Id<Reward>, reward: &Reward) -> RewardView {
        let currency = &self.program.currencies[reward.currency];
        let left = self.standing.counts.spendable(self.program, reward.currency, Time::utc(self.ask.now));
        let (redeemed, pending) = self.standing.counts.redeemed(self.program, id);
        RewardView {
            reward: reward.name.to_string(),
            name: reward.words.or(self.ask.locale, &reward.name).into(),
            description: reward.description.in_locale(self.ask.locale).map(String::from),
            currency: currency.name.to_string(),
            cost: reward.cost,
            to_go: (reward.cost - left.max(0)).max(0),
            redeemed,
            pending,
        }
    }

    fn allowances(&self) -> Vec<AllowanceView> {
        let most = self.program.allowances.values().filter_map(|allowance| Some((allowance, allowance.most?)));
        let view = most.map(|(allowance, most)| AllowanceView {
            allowance: allowance.name.to_string(),
            name: allowance.words.or(self.ask.locale, &allowance.name).into(),
            most,
            left: (most - self.standing.counts.given(self.program, allowance.tally, self.time)).max(0),
        });
        view.collect()
    }

    fn on_the_way(&self) -> Vec<ComingBadgeView> {
        let badges = self
            .program
            .badges
            .iter()
            .filter(|(_, badge)| !badge.secret && !self.standing.counts.declines_badge(badge));
        let mut coming: Vec<_> = badges.filter_map(|(id, badge)| self.coming(id, badge)).collect();
        sort_by_key(&mut coming, |badge| Reverse(badge.percent));
        coming
    }

    /// The next goal of a badge, if there is one.
    fn coming(&self, id: Id<Badge>, badge: &Badge) -> Option<ComingBadgeView> {
        let progress = self.progress();
        let ahead = progress.ahead(id, |_| true)?;
        Some(ComingBadgeView {
            badge: badge.name.to_string(),
            name: badge.words.or(self.ask.locale, &badge.name).into(),
            description: badge.description.in_locale(self.ask.locale).map(String::from),
            face: BadgeFace::new(badge, ahead.grade),
            percent: progress.percent(&ahead),
            object: ahead.key.as_ref().map(ToString::to_string),
            expired: ahead.expired.map(|expired| expired.to_string()),
            parts: progress.parts(&ahead),
        })
    }
}
