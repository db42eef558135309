//! Challenges: when a member takes part, which days count, and which steps are done.

use super::{
    consent::Viewer,
    goal::Asked,
    member::{Look, Member, table},
    points::Gift,
};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What the model knows about a member in a challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pilot {
    /// The member joined and did not leave.
    pub joined: bool,
    /// The challenge's first and last day for this member.
    pub dates: (String, String),
    /// The steps that are done.
    pub done: BTreeSet<String>,
    /// The steps that the member declines and has not done.
    pub declined: BTreeSet<String>,
    /// The days on which something counted or a step was done.
    pub active: BTreeSet<String>,
    /// Completeness and the total of each currency on joining.
    pub before: (i64, BTreeMap<String, i64>),
    /// What the member adds to each shared sum.
    pub shared: BTreeMap<String, i64>,
    /// How often the member joined.
    pub joinings: usize,
    /// The cohort counts the member: joined, not gone, and seen by the company.
    pub counted: bool,
    /// What the member adds to each shared sum at the start of the day of their last deed, if counted then.
    pub today: Option<BTreeMap<String, i64>>,
}

/// A challenge that a member joined, after some deeds.
pub(super) struct Run<'p> {
    says: &'p Value,
    /// The deed by which the member joined.
    by: usize,
    first: Date,
    last: Date,
    left: bool,
    /// The deeds on its days.
    deeds: Vec<usize>,
    done: BTreeSet<String>,
    declined: BTreeSet<String>,
    active: BTreeSet<Date>,
    /// The deeds at which it began or a step of it was done.
    changed: BTreeSet<usize>,
    joinings: usize,
    /// The deeds on the days of all joinings.
    shared: Vec<usize>,
}

impl Run<'_> {
    fn is_open(&self, day: Date) -> bool {
        !self.left && day <= self.last
    }

    pub(super) fn is_done(&self) -> bool {
        let all = table(&self.says["steps"]).keys();
        // Nobody has done a challenge by declining all of it.
        !self.done.is_empty() && all.into_iter().all(|step| self.done.contains(step) || self.declined.contains(step))
    }

    pub(super) fn has_changed(&self, deed: Option<usize>) -> bool {
        deed.is_some_and(|deed| self.changed.contains(&deed))
    }
}

impl<'p> Member<'p> {
    /// The state of a challenge after some living deeds, if the member joined it.
    pub(super) fn run(&self, name: &str, living: &[usize]) -> Option<Run<'p>> {
        let says = &self.program["challenges"][name];
        let mut run: Option<Run> = None;
        for (place, &deed) in living.iter().enumerate() {
            let acts = self.is("actor", deed);
            let day = self.day(self.at(deed), if acts { "actor" } else { "owner" });
            let (before, upto) = (run.take(), &living[..=place]);
            let open = before.as_ref().is_some_and(|run| run.is_open(day));
            run = before.map(|run| self.counted(run, deed, day));
            let of = &self.deeds[deed];
            // Of joining and leaving at one moment, leaving counts.
            let leaves = |earlier: usize| {
                let earlier_deed = &self.deeds[earlier];
                self.is("actor", earlier)
                    && earlier_deed.object.as_deref() == Some(name)
                    && earlier_deed.kind == says["left_by"]
                    && earlier_deed.moment() == of.moment()
            };
            let left = upto.iter().any(|earlier| leaves(*earlier));
            if acts && of.object.as_deref() == Some(name) && of.kind == says["joined_by"] && !open && !left {
                run = self.joined(says, deed, day, run);
            } else if acts && of.object.as_deref() == Some(name) && of.kind == says["left_by"] {
                run = run.map(|run| Run { left: true, ..run });
            }
            let states = acts && of.kind == self.program["steps"]["declined_by"];
            run = run.map(|run| match run.is_open(day) && (states || run.by == deed) {
                true => self.declining(name, run, upto, deed),
                false => run,
            });
            run = run.map(|run| self.stepped(run, upto, deed, day));
        }
        run
    }

    /// Starts a challenge, or starts it again, unless its last date is over.
    fn joined(&self, says: &'p Value, deed: usize, day: Date, earlier: Option<Run<'p>>) -> Option<Run<'p>> {
        let date = |key: &str| says[key].as_str().map(|date| date.parse::<Date>().expect("a date"));
        if date("until").is_some_and(|until| until < day) {
            return earlier;
        }
        let first = date("from").map_or(day, |from| from.max(day));
        let days = says["days"].as_i64().map(|days| jiff::Span::new().days(days - 1));
        let last = days.map_or_else(|| date("until").expect("it has days or dates"), |days| first + days);
        let (joinings, shared) = earlier.map_or((0, Vec::new()), |earlier| (earlier.joinings, earlier.shared));
        Some(Run {
            says,
            by: deed,
            first,
            last,
            left: false,
            deeds: Vec::new(),
            done: BTreeSet::new(),
            declined: BTreeSet::new(),
            active: BTreeSet::new(),
            changed: BTreeSet::from([deed]),
            joinings: joinings + 1,
            shared,
        })
    }

    /// Counts a deed on one of the challenge's days. The day becomes active if any of its tallies counts the deed.
    fn counted(&self, mut run: Run<'p>, deed: usize, day: Date) -> Run<'p> {
        if run.is_open(day) && run.first <= day {
            run.deeds.push(deed);
            run.shared.push(deed);
            let goals = table(&run.says["steps"]).values().flat_map(|step| table(&step["when"]).keys());
            let mut tallies = goals.chain(table(&run.says["shared"]).keys());
            if tallies.any(|name| self.program["tallies"][name].is_object() && self.counts_in(name, deed)) {
                run.active.insert(day);
            }
        }
        run
    }

    /// The steps that the member declines from a deed on.
    fn declining(&self, name: &str, mut run: Run<'p>, living: &[usize], deed: usize) -> Run<'p> {
        let said = self.declined_steps(living);
        let steps = table(&run.says["steps"]).keys().filter(|step| said.contains(&format!("challenge/{name}/{step}")));
        let declined: BTreeSet<String> = steps.cloned().collect();
        if &declined - &run.done != &run.declined - &run.done {
            run.changed.insert(deed);
        }
        Run { declined, ..run }
    }

    /// The steps that are done at a deed. All steps are looked at on joining, and later those that the deed may have
    /// completed.
    fn stepped(&self, mut run: Run<'p>, living: &[usize], deed: usize, day: Date) -> Run<'p> {
        if !run.is_open(day) {
            return run;
        }
        for (name, step) in table(&run.says["steps"]).iter().filter(|(_, step)| !step["when"].is_null()) {
            let goal = &step["when"];
            let during = Some(run.deeds.as_slice());
            let look = Look {
                now: self.at(deed),
                living,
                gifts: &[],
                fresh: 0,
                reverse: false,
                level: 0,
                held: &[],
                moved: &[],
                climbed: false,
                during,
            };
            let asked = if run.by == deed { Asked::All } else { self.asks(&[goal], false, &look) };
            if !run.done.contains(name) && !self.reached(goal, &asked, &look).is_empty() {
                run.done.insert(name.clone());
                run.active.insert(day);
                run.changed.insert(deed);
            }
        }
        run
    }

    /// The challenges that the member joined.
    pub(super) fn pilots(&self, living: &[usize], gifts: &[Gift]) -> BTreeMap<String, Pilot> {
        let runs = table(&self.program["challenges"]).keys().filter_map(|name| Some((name, self.run(name, living)?)));
        let last = living.last().map(|deed| self.zone_day(self.deeds[*deed].at));
        let is_before = |deed: &usize| Some(self.zone_day(self.deeds[*deed].at)) < last;
        let before: Vec<usize> = living.iter().copied().filter(is_before).collect();
        let pilot = |name: &String, run: &Run<'p>| {
            let today = self.run(name, &before).filter(|run| !run.left && self.is_seen(&before));
            let today = today.map(|run| self.shared(&run, &before, gifts));
            Pilot { today, ..self.pilot(run, living, gifts) }
        };
        runs.map(|(name, run)| (name.clone(), pilot(name, &run))).collect()
    }

    /// Whether the company sees anything of the member, or the program has nothing by which members publish.
    fn is_seen(&self, living: &[usize]) -> bool {
        let consent = self.consent(living);
        !consent.gone && (consent.shows_any(Viewer::Colleague) || !consent.publishes)
    }

    /// What the member adds to each shared sum of a challenge.
    fn shared(&self, run: &Run, living: &[usize], gifts: &[Gift]) -> BTreeMap<String, i64> {
        let last = living.last().expect("the member joined");
        let look = Look {
            now: self.at(*last),
            living,
            gifts,
            fresh: 0,
            reverse: false,
            level: 0,
            held: &[],
            moved: &[],
            climbed: false,
            during: Some(&run.shared),
        };
        let shared = table(&run.says["shared"]).keys();
        shared.map(|name| (name.clone(), self.tally(name, &look, None, None).unwrap_or(0))).collect()
    }

    fn pilot(&self, run: &Run, living: &[usize], gifts: &[Gift]) -> Pilot {
        let until: Vec<usize> = living.iter().copied().filter(|deed| *deed <= run.by).collect();
        let at = self.deeds[run.by].at;
        // Time alone may have brought something after the last deed.
        let earlier: Vec<Gift> = gifts.iter().filter(|gift| gift.deed < run.by && gift.at <= at).cloned().collect();
        let total = |currency: &String| (currency.clone(), self.total(currency, &earlier, at));
        let dates = match (&run.says["from"], &run.says["until"]) {
            (Value::String(from), Value::String(until)) => (from.clone(), until.clone()),
            _ => (run.first.to_string(), run.last.to_string()),
        };
        Pilot {
            joined: !run.left,
            dates,
            done: run.done.clone(),
            declined: &run.declined - &run.done,
            active: run.active.iter().map(Date::to_string).collect(),
            before: (self.completeness(&until), table(&self.program["currencies"]).keys().map(total).collect()),
            shared: self.shared(run, living, gifts),
            joinings: run.joinings,
            counted: !run.left && self.is_seen(living),
            today: None,
        }
    }
}
