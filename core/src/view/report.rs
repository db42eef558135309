//! Report: a program in numbers of groups, for those who run it, and of nobody by name.

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

/// A group while it is counted.
#[derive(Default)]
struct Group {
    /// Nothing for small ones taken together.
    name: Option<String>,
    members: usize,
    published: usize,
    active: usize,
    /// The sum of what their profiles are complete, in percent.
    complete: usize,
}

impl Program {
    /// A program in numbers of groups. The host says which group each member is in; the same member given twice counts
    /// twice. Who is gone does not count.
    ///
    /// No number is of fewer members than the program's `groups`, nor can one be had by taking some from others: small
    /// groups are told together, with the smallest of the others where they are too few still, so that everybody is in
    /// exactly one group of those told; where all together are too few nothing is told. Numbers are rounded down to
    /// tens, so that who comes or goes between two reports cannot be read from them. A host that asks for the same
    /// members in other groups gives that away, and should not.
    ///
    /// Standings are as they are after their last activity, and who did anything later than the month of `now` is not
    /// active in it: for a month that is over, fold the records up to its end.
    ///
    /// ```
    /// use knownfor::{Program, Standing, Tree};
    /// let tree: Tree = serde_json::from_str(r#"{"version": 1, "id": "p", "kinds": {"blog.published": {}}}"#)?;
    /// let program = Program::check(&tree, |_| None)?;
    /// let standing = Standing::new(&program);
    /// let teams = ["sales"; 6].into_iter().chain(["legal"; 2]);
    /// let report = program.report(teams.map(|team| (team, &standing)), "2026-12-01T12:00:00Z".parse()?)?;
    /// // Two are too few to tell of, and so is one team beside a total.
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
        Ok(ReportView { groups: self.told(groups).iter().map(Group::view).collect() })
    }

    /// The groups that can be told: large ones by name, then all others together.
    fn told(&self, groups: Vec<Group>) -> Vec<Group> {
        let (mut told, small): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.members >= self.group);
        let mut rest = Group::default();
        small.iter().for_each(|group| rest.join(group));
        let smallest = told.iter().enumerate().min_by_key(|(_, group)| group.members).map(|(place, _)| place);
        if let Some(place) = smallest.filter(|_| (1..self.group).contains(&rest.members)) {
            rest.join(&told.remove(place));
        }
        if rest.members >= self.group.max(1) {
            told.push(rest);
        }
        told
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
