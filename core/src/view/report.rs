//! Report: a program in numbers of groups, for those who run it. It names nobody.

use crate::{
    base::{number::capped, sort::sort_by_key, time::Timestamp},
    program::{OtherProgram, Program},
    state::standing::Standing,
    view::{
        data::{Band, GroupView, ReportView},
        outline::Outlined,
    },
};
use alloc::{
    string::{String, ToString},
    vec::Vec,
};

/// The members of a group, added up.
#[derive(Default)]
struct Group {
    /// `None` for small groups that are reported together.
    name: Option<String>,
    members: usize,
    published: usize,
    active: usize,
    complete: usize,
}

impl Program {
    /// A program in figures of groups. The host says which group each member is in, and gives everybody whom it lists:
    /// for a member without activities, [`Standing::new`]. [Outlines](crate::Outline) will do. A member who is given twice counts twice.
    ///
    /// No figure is about fewer members than the program's `groups`, and none can be computed by subtracting others.
    /// Small groups are reported together. If they are still too few, the smallest of the large groups joins them, so
    /// that everyone is in exactly one group reported. If everyone together is too few, nothing is reported. A host that
    /// reports the same members in other groups gives that protection away.
    ///
    /// Figures are bands, which say neither nobody nor everybody. They count only what everyone in the company can see:
    /// what is private or for a team, hiding, and leaving a board or challenge are no activity, and a member who hides
    /// counts like one who never did anything. They are those with which the month of `now` began in the program's
    /// zone, so they change once a month. Departed members no longer count from the next month on.
    ///
    /// ```
    /// use knownfor::{Program, Standing, Tree, view::Band};
    ///
    /// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// let program = Program::check(&tree, |_| None)?;
    /// let standing = Standing::new(&program);
    /// let teams = ["sales"; 12].into_iter().chain(["legal"; 2]);
    /// let report = program.report(teams.map(|team| (team, &standing)), "2026-12-01T12:00:00Z".parse()?)?;
    /// // Two are too few to report on, and so is one team beside a total.
    /// assert_eq!(report.groups.len(), 1);
    /// assert_eq!((report.groups[0].group.as_deref(), report.groups[0].members), (None, 14));
    /// assert_eq!(report.groups[0].published, Band::Few);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if a standing is of another program.
    pub fn report<'a>(
        &self,
        members: impl IntoIterator<Item = (&'a str, impl Into<Outlined<'a>>)>,
        now: Timestamp,
    ) -> Result<ReportView, OtherProgram> {
        let members = members.into_iter().map(|(group, member)| Ok((group, member.into().of(self)?)));
        let mut members: Vec<_> = members.collect::<Result<_, _>>()?;
        members.retain(|(_, standing)| !standing.counts.figures_of_month(self, now).gone);
        sort_by_key(&mut members, |(group, _)| *group);
        let mut groups: Vec<Group> = Vec::new();
        for (name, standing) in members {
            match groups.last_mut().filter(|group| group.name.as_deref() == Some(name)) {
                Some(group) => group.count(self, standing, now),
                None => {
                    let mut group = Group { name: Some(name.to_string()), ..Group::default() };
                    group.count(self, standing, now);
                    groups.push(group);
                }
            }
        }
        Ok(ReportView { groups: self.without_small(groups).iter().map(Group::view).collect() })
    }

    /// The groups to report: the large ones by name, then all others together.
    fn without_small(&self, groups: Vec<Group>) -> Vec<Group> {
        let (mut large, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.members >= self.group);
        let mut rest = Group::default();
        small.iter().for_each(|group| rest.join(group));
        let smallest = large.iter().enumerate().min_by_key(|(_, group)| group.members).map(|(index, _)| index);
        if let Some(index) = smallest.filter(|_| (1..self.group).contains(&rest.members)) {
            rest.join(&large.remove(index));
        }
        if rest.members >= self.group.max(1) {
            large.push(rest);
        }
        large
    }
}

impl Group {
    fn count(&mut self, program: &Program, standing: &Standing, now: Timestamp) {
        let figures = standing.counts.figures_of_month(program, now);
        let active = figures.published && standing.counts.was_active(program, now);
        self.members += 1;
        self.published += usize::from(figures.published);
        self.active += usize::from(active);
        self.complete += usize::from(figures.complete);
    }

    fn join(&mut self, other: &Self) {
        self.members += other.members;
        self.published += other.published;
        self.active += other.active;
        self.complete += other.complete;
    }

    fn view(&self) -> GroupView {
        let band = |some: usize| Band::of(capped(some), capped(self.members));
        GroupView {
            group: self.name.clone(),
            members: capped(self.members),
            published: band(self.published),
            active: band(self.active),
            complete: band(self.complete),
        }
    }
}
