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

/// The partition of a member. It is the same on every machine and in every version: FNV-1a, and then the last step of
/// MurmurHash3, because FNV alone leaves ids that differ only at the end beside each other.
///
/// ```
/// let mut members = [0; 8];
/// for number in 0..8_000 {
///     members[fleet::partition_of(&format!("m{number:06}"), 8) as usize] += 1;
/// }
/// assert!(members.iter().all(|members| (900..1_100).contains(members)), "{members:?}");
/// assert_eq!(fleet::partition_of("ada", 8), 1);
/// ```
pub fn partition_of(member: &str, partitions: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    let mut hash = member.bytes().fold(0xCBF2_9CE4_8422_2325, step);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash = (hash ^ (hash >> 33)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    (hash ^ (hash >> 33)) % partitions.max(1)
}
