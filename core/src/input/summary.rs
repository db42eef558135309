//! Summary: what reading a feed lost without refusing it.

use super::{Incoming, activity::Activity};
use crate::{
    base::{text::Text, time::Timestamp},
    language::nearest::nearest,
    program::Program,
};
use alloc::{collections::BTreeMap, format, string::String, vec::Vec};
use core::fmt;

/// What reading a feed lost without refusing a line. A host that reads a new feed hands in each line that it has read,
/// and shows the [remarks](FeedSummary::remarks) to those who wrote the program.
///
/// ```
/// use knownfor::{Feed, FeedSummary, Program, Tree};
///
/// let program: Tree = toml::from_str(r#"
///     version = 1
///     id = "first-steps"
///     input = { unknown_kinds = "ignore" }
///     kinds = { "blog.published" = { attributes = { words = "integer" } } }
/// "#)?;
/// let program = Program::check(&program, |_| None)?;
/// let mut summary = FeedSummary::new(&program);
/// for line in [
///     r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "blog.published", "actor": "Ada"}"#,
///     r#"{"id": "2", "at": "2026-03-02T09:40:00Z", "kind": "blog.published", "actor": "ada"}"#,
///     r#"{"id": "3", "at": "2026-03-02T09:50:00Z", "kind": "Blog.Published", "actor": "ada"}"#,
/// ] {
///     summary.add(&program.read(&mut serde_json::Deserializer::from_str(line), &Feed::new("wiki"))?);
/// }
/// let remarks: Vec<String> = summary.remarks().iter().map(ToString::to_string).collect();
/// assert_eq!(remarks, [
///     "`words` is absent in all 2 activities of kind `blog.published`",
///     "kind `Blog.Published` ignored in 1 line; did you mean `blog.published`?",
///     "`Ada` and `ada` are different members",
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct FeedSummary {
    program: Program,
    nameless: usize,
    /// For each kind, how many activities it had, and how many of them had each of its attributes.
    kinds: Vec<(usize, Vec<usize>)>,
    ignored: BTreeMap<Text, usize>,
    /// The spellings of each member, by the one in lower case without spaces around it.
    members: BTreeMap<String, Vec<Text>>,
    times: Vec<Timestamp>,
}

/// Something that reading a feed lost, or that is probably a mistake. It displays as a sentence without its full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FeedRemark {
    /// Activities that name no member, so nobody gets anything for them.
    #[non_exhaustive]
    NameNobody {
        /// How many.
        activities: usize,
    },
    /// An attribute that no activity of its kind has.
    #[non_exhaustive]
    AbsentAttribute {
        /// The kind.
        kind: String,
        /// Its attribute.
        attribute: String,
        /// How many activities the kind has.
        activities: usize,
    },
    /// A kind that the program ignores.
    #[non_exhaustive]
    IgnoredKind {
        /// What the feed calls it.
        kind: String,
        /// How many lines name it.
        lines: usize,
        /// The feed's name for a kind of the program, if one is similar.
        nearest: Option<String>,
    },
    /// Members whose names differ only in upper and lower case, or in spaces around them.
    #[non_exhaustive]
    Spellings {
        /// Their names.
        members: Vec<String>,
    },
    /// Activities so far ahead of all others that their time is probably wrong.
    #[non_exhaustive]
    FarAhead {
        /// How many.
        activities: usize,
        /// When the first of them happened.
        at: Timestamp,
        /// When the last of all others happened.
        after: Timestamp,
    },
    /// A rule, badge, step or challenge that had ended when the first activity happened.
    #[non_exhaustive]
    Ended {
        /// Where the program says when: a JSON Pointer, such as `/rules/blog/until`.
        path: String,
        /// When the first activity happened.
        first: Timestamp,
    },
}

/// Fewer activities have no rhythm from which one could be far ahead.
const MIN_OTHERS: usize = 3;
/// A shorter gap is a holiday.
const MIN_GAP_SECONDS: i64 = 30 * 86_400;
/// How many times longer than every earlier gap one must be.
const GAP_TIMES: i64 = 10;

impl FeedSummary {
    /// A summary of no lines yet, of a feed read by this program.
    pub fn new(program: &Program) -> Self {
        let kinds = program.kinds.values().map(|kind| (0, kind.attributes.iter().map(|_| 0).collect())).collect();
        Self {
            program: program.clone(),
            nameless: 0,
            kinds,
            ignored: BTreeMap::new(),
            members: BTreeMap::new(),
            times: Vec::new(),
        }
    }

    /// Takes in what one line turned out to be.
    pub fn add(&mut self, incoming: &Incoming) {
        match incoming {
            Incoming::Activity(activity) => self.add_activity(activity),
            Incoming::Ignored { kind } => *self.ignored.entry(kind.clone()).or_default() += 1,
            Incoming::Void { .. } => {}
        }
    }

    fn add_activity(&mut self, activity: &Activity) {
        self.times.push(activity.at());
        let kind = self.program.kind(activity.kind());
        if let Some((kind, (activities, present))) = kind.zip(kind.and_then(|kind| self.kinds.get_mut(kind.index()))) {
            *activities += 1;
            for (attribute, count) in self.program.kinds[kind].attributes.iter().zip(present) {
                *count += usize::from(activity.attribute(*attribute).is_some());
            }
        }
        let mut is_nameless = true;
        for member in activity.members() {
            is_nameless = false;
            let spellings = self.members.entry(member.trim().to_lowercase()).or_default();
            if !spellings.iter().any(|known| known == member) {
                spellings.push(member.into());
            }
        }
        self.nameless += usize::from(is_nameless);
    }

    /// What to tell about the feed, the most likely mistakes first.
    pub fn remarks(&self) -> Vec<FeedRemark> {
        let mut remarks = Vec::new();
        if self.nameless > 0 {
            remarks.push(FeedRemark::NameNobody { activities: self.nameless });
        }
        for (kind, (activities, present)) in self.program.kinds.values().zip(&self.kinds) {
            let absent = kind.attributes.iter().zip(present).filter(|(_, count)| *activities > 0 && **count == 0);
            remarks.extend(absent.map(|(attribute, _)| FeedRemark::AbsentAttribute {
                kind: kind.name.as_str().into(),
                attribute: self.program.attributes[*attribute].name.as_str().into(),
                activities: *activities,
            }));
        }
        let called: Vec<&str> = self.program.input.called.texts().map(Text::as_str).collect();
        remarks.extend(self.ignored.iter().map(|(kind, lines)| FeedRemark::IgnoredKind {
            kind: kind.as_str().into(),
            lines: *lines,
            nearest: nearest(kind, &called).map(String::from),
        }));
        let several = self.members.values().filter(|spellings| spellings.len() > 1);
        remarks.extend(several.map(|spellings| FeedRemark::Spellings {
            members: spellings.iter().map(|member| member.as_str().into()).collect(),
        }));
        remarks.extend(self.far_ahead());
        if let Some(first) = self.times.iter().min() {
            let ended = self.program.ended_before(*first).into_iter();
            remarks.extend(ended.map(|path| FeedRemark::Ended { path, first: *first }));
        }
        remarks
    }

    /// The few last activities, if a gap before them is much longer than any gap between the others.
    fn far_ahead(&self) -> Option<FeedRemark> {
        let mut times: Vec<Timestamp> = self.times.clone();
        times.sort_unstable();
        let gap = |earlier: Timestamp, later: Timestamp| later.unix_seconds() - earlier.unix_seconds();
        // One in a hundred, and at least one.
        let most = (times.len() / 100).max(1);
        (1..=most).rev().find_map(|activities| {
            let (others, ahead) = times.split_at_checked(times.len().checked_sub(activities)?)?;
            let (after, at) = others.last().zip(ahead.first())?;
            let usual = others.windows(2).filter_map(|pair| Some(gap(*pair.first()?, *pair.last()?))).max();
            let limit = usual.unwrap_or(0).saturating_mul(GAP_TIMES).max(MIN_GAP_SECONDS);
            let is_far = others.len() >= MIN_OTHERS && gap(*after, *at) > limit;
            is_far.then_some(FeedRemark::FarAhead { activities, at: *at, after: *after })
        })
    }
}

impl fmt::Display for FeedRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count: usize| if count == 1 { "y" } else { "ies" };
        match self {
            Self::NameNobody { activities } => {
                let names = if *activities == 1 { "names" } else { "name" };
                write!(f, "{activities} activit{} {names} nobody, so nobody gets anything", plural(*activities))
            }
            Self::AbsentAttribute { kind, attribute, activities } => {
                let all = if *activities == 1 { "the only" } else { "all" };
                let count = if *activities == 1 { String::new() } else { format!(" {activities}") };
                write!(f, "`{attribute}` is absent in {all}{count} activit{} of kind `{kind}`", plural(*activities))
            }
            Self::IgnoredKind { kind, lines, nearest } => {
                write!(f, "kind `{kind}` ignored in {lines} line{}", if *lines == 1 { "" } else { "s" })?;
                nearest.as_ref().map_or(Ok(()), |nearest| write!(f, "; did you mean `{nearest}`?"))
            }
            Self::Spellings { members } => {
                for (index, member) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "" } else { " and " })?;
                    write!(f, "`{member}`")?;
                }
                f.write_str(" are different members")
            }
            Self::Ended { path, first } => {
                write!(
                    f,
                    "`{path}` is not after the first activity, at {first}, so it gives nothing; leave it out, or move it"
                )
            }
            Self::FarAhead { activities, at, after } => {
                let lie = if *activities == 1 { "lies" } else { "lie" };
                let days = (at.unix_seconds() - after.unix_seconds()) / 86_400;
                write!(f, "{activities} activit{} {lie} {days} days after all others, at {at}", plural(*activities))
            }
        }
    }
}
