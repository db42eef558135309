//! Sealed: the sum that is kept of a member's activities from before a moment, in place of the activities.
//!
//! It is a checkpoint that outlasts its activities: the standing, and the points that `recompute` compares with.

use crate::{
    base::{
        codec::{Reader, SnapshotError, Writer},
        text::Text,
        time::Timestamp,
    },
    fold::{Fold, recompute::GivenPoints},
    program::{Program, numbering::Numbering},
    state::{standing::Standing, sum_lines::SumLine, texts::SumText},
};
use alloc::{sync::Arc, vec::Vec};

const SUM: &[u8; 8] = b"knownfs\n";

/// What is kept of a member's activities from before a moment: their sum.
///
/// [`History::seal`](crate::History::seal) makes it. The standing goes on from it as if the activities were still
/// there, but they can no longer be explained, voided or reversed, and no activity can come before them any more.
///
/// ```
/// # use knownfor::*;
/// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
/// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?, post("2", 9, "ada")?])?;
/// let before = history.fold().standing;
/// assert_eq!(history.seal("2026-03-05T00:00:00Z".parse()?), 1);
///
/// let sum = history.sum().unwrap();
/// assert_eq!(sum.standing().total("points"), Some(5));
/// assert_eq!(history.activities().map(Activity::id).collect::<Vec<_>>(), ["2"]);
/// assert_eq!(history.fold().standing.total("points"), before.total("points"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedSum(Arc<Sum>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    before: Timestamp,
    standing: Standing,
    given: GivenPoints,
}

impl SealedSum {
    /// The sum of a fold over activities that all lie before a moment.
    pub(crate) fn new(program: &Program, before: Timestamp, fold: Fold) -> Self {
        let given = fold.points_given(program);
        Self(Arc::new(Sum { before, standing: fold.standing.without_ids(program), given }))
    }

    /// The fold to go on from.
    pub(crate) fn fold(&self) -> Fold {
        Fold::from_sum(self.0.standing.clone(), self.0.given.clone())
    }

    /// The same sum, of activities before a later moment.
    pub(crate) fn until(&self, before: Timestamp) -> Self {
        Self(Arc::new(Sum { before: self.0.before.max(before), ..(*self.0).clone() }))
    }

    /// The moment before which only the sum is kept.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// assert_eq!(history.sum().unwrap().before().to_string(), "2026-03-05T00:00:00Z");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn before(&self) -> Timestamp {
        self.0.before
    }

    /// The standing after the last activity of the sum.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// assert_eq!(history.sum().unwrap().standing().total("points"), Some(5));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn standing(&self) -> &Standing {
        &self.0.standing
    }

    /// Everything that is kept, in words that the member can read: for an export of all that is kept about them.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// let lines = history.sum().unwrap().lines();
    /// assert_eq!((lines[0].of.as_str(), lines[0].name.as_str(), lines[0].number), ("currency", "points", Some(5)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn lines(&self) -> Vec<SumLine> {
        self.0.standing.lines()
    }

    /// The sum as bytes, for a host that stores it. Another program can read them, because the activities are gone
    /// from which it could fold anew.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// let sum = history.sum().unwrap();
    /// assert_eq!(&SealedSum::from_bytes(&program, &sum.to_bytes())?, sum);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_bytes(&self) -> Vec<u8> {
        let Sum { before, standing, given } = &*self.0;
        let mut out = Writer::new(SUM);
        Numbering::write(&standing.program, &mut out);
        out.instant(*before);
        standing.write(&mut out);
        given.write(&mut out);
        out.finish()
    }

    /// Reads a sum from the bytes of [`to_bytes`](Self::to_bytes). The program may be another one.
    ///
    /// What has the same name in it goes on: totals, badges with their grades, levels, fields, choices of who sees
    /// what, and the counts of rules and rewards. A tally, limit or challenge goes on if it also counts in the same
    /// way, and a currency if it has the same `per`. The rest begins anew after the sum.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// let newer: Tree = toml::from_str(r#"
    ///     version = 1
    ///     id = "second-steps"
    ///     kinds = { "blog.published" = {} }
    ///     currencies = { stars = {}, points = {} }
    /// "#)?;
    /// let newer = Program::check(&newer, |_| None)?;
    /// let sum = SealedSum::from_bytes(&newer, &history.sum().unwrap().to_bytes())?;
    /// assert_eq!((sum.standing().total("points"), sum.standing().total("stars")), (Some(5), Some(0)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - [`SnapshotError::Foreign`] if the bytes are not those of a sum.
    /// - [`SnapshotError::Damaged`] if they were cut or changed.
    /// - [`SnapshotError::Later`] if a later version of this crate wrote them.
    pub fn from_bytes(program: &Program, bytes: &[u8]) -> Result<Self, SnapshotError> {
        let mut input = Reader::new(bytes, SUM)?;
        let numbering = Numbering::read(program, &mut input)?;
        let before = input.instant()?;
        let standing = Standing::read(&numbering, &mut input)?;
        let given = GivenPoints::read(&numbering, &mut input)?;
        input.end()?;
        Ok(Self(Arc::new(Sum { before, standing, given })))
    }

    /// The sum with another name in place of a member's, wherever the program counts by member. Other texts stay as
    /// they are, as in [`Activity::renamed`](crate::Activity::renamed).
    ///
    /// ```
    /// # use knownfor::*;
    /// # let program: Tree = toml::from_str(r#"
    /// #     version = 1
    /// #     id = "p"
    /// #     kinds = { "kudos.given" = {} }
    /// #     tallies = { thanked_by = { distinct = "actor", of = "kudos.given", to = "owner" } }
    /// #     badges = { thanked = { when = { thanked_by = 3 } } }
    /// # "#)?;
    /// # let program = Program::check(&program, |_| None)?;
    /// # let kudos = program.read_own(&serde_json::json!({
    /// #     "source": "chat", "id": "1", "at": "2026-03-02T09:30:00+01:00", "kind": "kudos.given",
    /// #     "actor": "ada", "owner": "bob"}))?;
    /// // Ada thanked Bob, and a tally of his counts who did.
    /// let mut history = History::new(&program, "bob", [kudos])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// let sum = history.sum().unwrap();
    /// assert!(sum.to_bytes().windows(3).any(|bytes| bytes == b"ada"));
    /// let renamed = sum.renamed("ada", "zoe");
    /// assert!(!renamed.to_bytes().windows(3).any(|bytes| bytes == b"ada"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn renamed(&self, member: &str, to: &str) -> Self {
        self.with_texts(|text, names| (names == SumText::Member && text == member).then(|| Text::from(to)))
    }

    /// The sum with other texts in it. `new` gets each text that it holds, such as the objects that a tally counts
    /// apart and the topics that the member claims, and what the text names. It answers the text to put there, or
    /// `None` to leave it.
    ///
    /// ```
    /// # use knownfor::*;
    /// # let (program, post) = include!(concat!(env!("CARGO_MANIFEST_DIR"), "/doctests/writer.rs"));
    /// let mut history = History::new(&program, "ada", [post("1", 2, "ada")?])?;
    /// history.seal("2026-03-05T00:00:00Z".parse()?);
    /// let sum = history.sum().unwrap();
    /// assert_eq!(&sum.with_texts(|_, _| None), sum);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_texts(&self, new: impl Fn(&str, SumText) -> Option<Text>) -> Self {
        let mut sum = (*self.0).clone();
        let program = sum.standing.program.clone();
        let replace = |text: &mut Text, names: SumText| {
            if let Some(new) = new(text, names) {
                *text = new;
            }
        };
        sum.standing.each_text(&program, &replace);
        Self(Arc::new(sum))
    }
}

impl Fold {
    /// The fold to go on with after a sum.
    fn from_sum(standing: Standing, given: GivenPoints) -> Self {
        let mut fold = Self::new(&standing.program);
        fold.checkpoints.begin(&standing, &given);
        Self { standing, booked: given, ..fold }
    }

    /// The points that each rule and reward gave until now.
    fn points_given(&self, program: &Program) -> GivenPoints {
        let mut given = self.booked.clone();
        given.add(program, self.ledger.get(given.length..).unwrap_or_default());
        // The ledger that goes on after the sum begins empty.
        given.length = 0;
        given
    }
}
