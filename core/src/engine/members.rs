//! Members change: a member gets another name, two records become one, and one is erased.

use crate::{
    engine::{
        Engine,
        history::MAX_MEMBER_ACTIVITIES,
        outcome::{MemberOutcome, MembersError},
        record::Recorded,
    },
    input::activity::Activity,
};
use alloc::{string::String, vec::Vec};

impl Engine {
    /// Gives a member another name, in everything that happened. If somebody has that name already, the two records
    /// become one: two accounts of the same person.
    ///
    /// The result is that of a record which had the new name from the beginning. So limits may cut what two accounts
    /// had got, and a like between the two is then one of one's own post. Objects, topics and other texts stay as they
    /// are. Activities that come later must have the new name.
    ///
    /// Returns what changed for whom, sorted by member.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/blogs.rs"));
    /// use knownfor::Engine;
    ///
    /// let mut engine = Engine::new(program.clone());
    /// engine.apply(post("1", 2, "ada")?)?;
    /// engine.apply(post("2", 9, "ada.l")?)?;
    /// engine.rename("ada.l", "ada")?;
    /// assert_eq!(engine.members().collect::<Vec<_>>(), ["ada"]);
    /// assert_eq!(engine.standing("ada").unwrap().total("points"), Some(10));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MembersError`], and nothing has changed.
    pub fn rename(&mut self, member: &str, to: &str) -> Result<Vec<MemberOutcome>, MembersError> {
        let sum_of = |member| self.accounts.get(member).and_then(|account| account.history.sum());
        if let Some(sum) = sum_of(member).filter(|_| member != to) {
            let sharing = &self.program.sharing;
            if sum_of(to).is_some() || sharing.earns_nothing(member) != sharing.earns_nothing(to) {
                return Err(MembersError::Sealed { member: member.into(), to: to.into(), before: sum.before() });
            }
        }
        self.replace_member(member, to, true, |_| true)
    }

    /// Erases a member: what only they were named in leaves the record, and a pseudonym takes their place in the rest,
    /// because what others have rests on it.
    ///
    /// Everybody else keeps what they have. Where the member's name was itself counted, such as by a tally of different
    /// colleagues, the pseudonym is counted instead. If several members of one activity are keys of a limit, they pass
    /// it in the order of their names.
    ///
    /// The host chooses the pseudonym at random and keeps no list of pseudonyms. It removes the name from its own data,
    /// among them objects and texts of activities, ids, backups and older snapshots, and makes sure that no source sends
    /// the erased activities again.
    ///
    /// Returns what changed for whom, sorted by member.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
    /// // Ada gave Bob 7 points.
    /// engine.erase("ada", "m-5f0c")?;
    /// assert_eq!(engine.members().collect::<Vec<_>>(), ["bob", "m-5f0c"]);
    /// assert_eq!(engine.standing("bob").unwrap().total("points"), Some(7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`MembersError`], and nothing has changed. A pseudonym cannot be the name of somebody else:
    ///
    /// ```
    /// # use knownfor::*;
    /// # let mut engine = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/allowance.rs"));
    /// let error = engine.erase("ada", "bob").unwrap_err();
    /// assert_eq!(error.to_string(), "`bob` is a member already; expected a pseudonym that nobody has");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn erase(&mut self, member: &str, pseudonym: &str) -> Result<Vec<MemberOutcome>, MembersError> {
        if self.is_named(pseudonym) {
            return Err(MembersError::Taken { name: pseudonym.into() });
        }
        self.replace_member(member, pseudonym, false, |activity| activity.members().any(|other| other != member))
    }

    /// Whether anything in the record names a member, void or not.
    fn is_named(&self, member: &str) -> bool {
        if self.accounts.get(member).is_some() {
            return true;
        }
        let mut activities = self.record.keys().filter_map(Recorded::activity);
        activities.any(|activity| activity.members().any(|other| other == member))
    }

    /// Puts one name in place of another in all activities that name the member. Those that are not to stay leave the
    /// record.
    fn replace_member(
        &mut self,
        member: &str,
        to: &str,
        keeps_sum: bool,
        stays: impl Fn(&Activity) -> bool,
    ) -> Result<Vec<MemberOutcome>, MembersError> {
        let recorded = self.record.iter().filter_map(|(recorded, void)| Some((recorded.activity()?.clone(), *void)));
        let names = |activity: &Activity| activity.members().any(|other| other == member);
        let named: Vec<_> = recorded.filter(|(activity, _)| names(activity)).collect();
        let sum = self.accounts.get(member).and_then(|account| account.history.sum.clone());
        if named.is_empty() && sum.is_none() {
            return Err(MembersError::Unknown { member: member.into() });
        }
        let after = named.iter().map(|(activity, void)| {
            let renamed =
                stays(activity).then(|| activity.renamed(member, to)).transpose().map_err(MembersError::Name)?;
            Ok((activity.clone(), renamed, *void))
        });
        let after: Vec<_> = after.collect::<Result<_, MembersError>>()?;
        let has = self.accounts.get(to).map_or(0, |account| account.history.activities.len());
        let comes = |(before, after, void): &&(Activity, Option<Activity>, bool)| {
            after.is_some() && !void && before.members().all(|other| other != to)
        };
        if member != to && has + after.iter().filter(comes).count() > MAX_MEMBER_ACTIVITIES {
            return Err(MembersError::Full { member: String::from(to) });
        }
        for (before, after, void) in after {
            self.replace(&before, after, void);
        }
        if sum.is_some() {
            self.accounts.put_sum(&self.program, member, None);
        }
        self.accounts.rename_in_sums(member, to);
        if let Some(sum) = sum.filter(|_| keeps_sum) {
            self.accounts.put_sum(&self.program, to, Some(sum.renamed(member, to)));
        }
        Ok(self.settle())
    }

    /// Puts an activity in the place of another with the same source and id.
    fn replace(&mut self, before: &Activity, after: Option<Activity>, void: bool) {
        self.record.remove(&Recorded::of(before.clone()));
        for member in before.members().filter(|_| !void) {
            let index = self.accounts.index_of(member);
            if let Some(account) = index.and_then(|index| self.accounts.touch(index)) {
                account.remove(before);
            }
        }
        let Some(after) = after else { return };
        self.record.insert(Recorded::of(after.clone()), void);
        let members = after.members().filter(|_| !void);
        for member in members {
            let index = self.accounts.index_of(member).unwrap_or_else(|| self.accounts.open(&self.program, member));
            if let Some(account) = self.accounts.touch(index) {
                account.add(&self.program, after.clone());
            }
        }
    }
}
