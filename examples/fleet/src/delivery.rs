//! Delivery: one member's part of an activity or void, on its way to a worker.

use anyhow::{Context, Result};

/// What concerns one member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// The member.
    pub member: String,
    /// The source of the activity.
    pub source: String,
    /// The activity's id in this source.
    pub id: String,
    /// The activity as a record stores it, in JSON. `None` voids it.
    pub content: Option<String>,
}

impl Delivery {
    /// The delivery as a message: a line that says for whom and what, and the activity on a second line.
    ///
    /// ```
    /// use fleet::Delivery;
    ///
    /// let void = Delivery { member: "ada".into(), source: "wiki".into(), id: "1".into(), content: None };
    /// assert_eq!(void.to_text()?, r#"["ada","wiki","1"]"#);
    /// assert_eq!(Delivery::from_text(&void.to_text()?)?, void);
    /// # Ok::<(), anyhow::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// None in practice: texts can always be written as JSON.
    pub fn to_text(&self) -> Result<String> {
        let mut text = serde_json::to_string(&(&self.member, &self.source, &self.id))?;
        if let Some(content) = &self.content {
            text.push('\n');
            text.push_str(content);
        }
        Ok(text)
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    ///
    /// # Errors
    ///
    /// If it is anything else.
    pub fn from_text(text: &str) -> Result<Self> {
        let (head, content) = match text.split_once('\n') {
            Some((head, content)) => (head, Some(content.to_owned())),
            None => (text, None),
        };
        let (member, source, id) = serde_json::from_str(head).context("a message is no delivery")?;
        Ok(Self { member, source, id, content })
    }
}

/// The partition of a member. It is the same on every machine and in every version (FNV-1a).
///
/// ```
/// assert_eq!(fleet::partition_of("ada", 8), fleet::partition_of("ada", 8));
/// assert!((0..100).map(|n| fleet::partition_of(&n.to_string(), 8)).all(|partition| partition < 8));
/// ```
pub fn partition_of(member: &str, partitions: u64) -> u64 {
    let hash = member
        .bytes()
        .fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3));
    // The upper bits are mixed better than the lower ones.
    (hash >> 32) % partitions.max(1)
}
