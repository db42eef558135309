//! Report: a program in numbers of groups, for those who run it. It names nobody.

use crate::{
    base::{day::Window, number::capped, sort::sort_by_key, time::Timestamp},
    program::{OtherProgram, Program},
    state::standing::Standing,
    view::data::{GroupView, ReportView},
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
    /// The sum of their completeness in percent.
    complete: usize,
}

impl Program {
    /// A program in numbers of groups. The host says which group each member is in. A member who is given twice counts
    /// twice; departed members do not count.
    ///
    /// No number is about fewer members than the program's `groups`, and none can be computed by subtracting others.
    /// Small groups are reported together. If they are still too few, the smallest of the large groups joins them, so
    /// that everyone is in exactly one group reported. If everyone together is too few, nothing is reported. Numbers
    /// are rounded down to tens, so the difference between two reports does not reveal who came or left. A host that
    /// reports the same members in other groups gives that protection away.
    ///
    /// Standings are those after the last activity of each member. A member whose last activity is later than the
    /// month of `now` is not active in that month. To report on an earlier month, fold the records up to its end.
    ///
    /// ```
    /// use knownfor::{Program, Standing, Tree};
    ///
    /// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// let program = Program::check(&tree, |_| None)?;
    /// let standing = Standing::new(&program);
    /// let teams = ["sales"; 6].into_iter().chain(["legal"; 2]);
    /// let report = program.report(teams.map(|team| (team, &standing)), "2026-12-01T12:00:00Z".parse()?)?;
    /// // Two are too few to report on, and so is one team beside a total.
    /// assert_eq!(report.groups.len(), 1);
    /// assert_eq!((report.groups[0].group.as_deref(), report.groups[0].members), (None, 8));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`OtherProgram`], if a standing is of another program.
    pub fn report<'a>(
        &self,
        members: impl IntoIterator<Item = (&'a str, &'a Standing)>,
        now: Timestamp,
    ) -> Result<ReportView, OtherProgram> {
        let mut members: Vec<_> = members.into_iter().collect();
        members.iter().try_for_each(|(_, standing)| standing.is_of(self))?;
        members.retain(|(_, standing)| !standing.counts.personal.consent.gone);
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
        let month = |at: Timestamp| Window::Month.number(program.zone.day(at), program.week_start);
        let acted = standing.counts.acted.is_some_and(|at| month(at) == month(now));
        self.members += 1;
        self.published += usize::from(standing.is_published());
        self.active += usize::from(acted);
        self.complete += usize::from(standing.completeness());
    }

    fn join(&mut self, other: &Self) {
        self.members += other.members;
        self.published += other.published;
        self.active += other.active;
        self.complete += other.complete;
    }

    fn view(&self) -> GroupView {
        let tens = |tens: usize| u8::try_from(tens * 10).unwrap_or(100);
        let share = |some: usize| tens(some * 10 / self.members.max(1));
        GroupView {
            group: self.name.clone(),
            members: capped(self.members),
            published_percent: share(self.published),
            active_percent: share(self.active),
            completeness: tens(self.complete / self.members.max(1) / 10),
        }
    }
}
