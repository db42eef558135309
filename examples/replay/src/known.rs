//! Known: all members for whom evidence speaks in a topic, strongest first, and what speaks for them.

use anyhow::{Result, bail};
use knownfor::{Engine, Topic};
use std::{cmp::Reverse, io::Write};

/// This is for whoever runs the programme: it asks nobody what they share.
pub fn write(engine: &Engine, topic: &str, out: &mut impl Write) -> Result<()> {
    // Who looks need not know how a topic is spelt.
    let name = topic.to_lowercase();
    let topics = engine.members().flat_map(|member| {
        let topics = engine.standing(member).map(|standing| standing.topics()).unwrap_or_default();
        topics.into_iter().map(move |topic| (member, topic))
    });
    let mut known: Vec<(&str, Topic<'_>)> =
        topics.filter(|(_, known)| known.topic.to_lowercase() == name && known.strength > 0).collect();
    if known.is_empty() {
        bail!("nothing in the feed speaks for anybody in `{topic}`, by the program's `[topics]`");
    }
    known.sort_by_key(|(_, topic)| Reverse(topic.strength));
    for (member, topic) in known {
        let evidence: Vec<_> = topic.evidence.iter().map(|of| format!("{} {}", of.tally, of.value)).collect();
        writeln!(out, "{:>6}  {member}: {}", topic.strength, evidence.join(", "))?;
    }
    Ok(())
}
