//! Known: every member with evidence in a topic, strongest first, and the evidence.

use anyhow::{Result, bail};
use knownfor::{Engine, Topic};
use std::{cmp::Reverse, io::Write};

/// Lists who is known for a topic. It is for the programme's managers: what members share is not asked.
pub fn write(engine: &Engine, topic: &str, out: &mut impl Write) -> Result<()> {
    // The search ignores how the topic is spelt.
    let name = topic.to_lowercase();
    let topics = engine.members().flat_map(|member| {
        let topics = engine.standing(member).map(|standing| standing.topics()).unwrap_or_default();
        topics.into_iter().map(move |topic| (member, topic))
    });
    let mut known: Vec<(&str, Topic<'_>)> =
        topics.filter(|(_, known)| known.topic.to_lowercase() == name && known.strength > 0).collect();
    if known.is_empty() {
        bail!("the feed has no evidence for anyone in `{topic}`, as the program's `[topics]` defines it");
    }
    known.sort_by_key(|(_, topic)| Reverse(topic.strength));
    for (member, topic) in known {
        let evidence: Vec<_> = topic.evidence.iter().map(|of| format!("{} {}", of.tally, of.value)).collect();
        writeln!(out, "{:>6}  {member}: {}", topic.strength, evidence.join(", "))?;
    }
    Ok(())
}
