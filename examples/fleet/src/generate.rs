//! Generate: a feed of a company, the same for the same seed, with everything that makes a feed hard.
//!
//! Beside what people did in order of time, it has lines that come late, come twice, conflict with an earlier line of
//! the same id, reverse an activity, or void one that came before or has not come yet.

use fastrand::Rng;
use knownfor::Timestamp;
use serde_json::{Value, json};

/// 12 January 2026, when the program begins.
const BEGIN: i64 = 1_768_176_000;
/// Half a year, over which the activities are spread.
const SECONDS: u64 = 180 * 24 * 60 * 60;
/// How many lines late something comes at most.
const LATEST: u64 = 3_000;
const TOPICS: [&str; 12] = [
    "architecture",
    "automation",
    "clients",
    "data",
    "facilitation",
    "learning",
    "negotiation",
    "pricing",
    "proposals",
    "security",
    "testing",
    "tools",
];

/// The shares of what is added to the activities, in thousandths.
const LATE: u64 = 50;
const TWICE: u64 = 50;
const CONFLICTS: u64 = 5;
const VOIDS_AFTER: u64 = 8;
const VOIDS_BEFORE: u64 = 4;
const REVERSES: u64 = 60;

/// Something that can be reversed.
struct Done {
    kind: &'static str,
    actor: String,
    other: String,
    object: String,
}

struct Company {
    rng: Rng,
    members: u64,
    /// The latest works, which others like, comment and open.
    works: Vec<(String, String)>,
    /// The latest of what can be reversed.
    done: Vec<Done>,
}

/// The lines of a company that does `activities` things.
pub fn generate(activities: u64, members: u64, seed: u64) -> Vec<String> {
    let mut company = Company { rng: Rng::with_seed(seed), members, works: Vec::new(), done: Vec::new() };
    let mut lines: Vec<(u64, String)> = Vec::new();
    for number in 0..activities {
        let mut activity = company.activity(number);
        let seconds = BEGIN + (number * SECONDS / activities) as i64;
        let at = Timestamp::from_unix(seconds, 0).map_or_else(String::new, |at| at.to_string());
        activity["source"] = "social".into();
        activity["id"] = format!("s-{number}").into();
        activity["at"] = at.into();

        // A place is where the line would stand if everything came in order.
        let place = number + LATEST;
        let later = |share: u64, rng: &mut Rng| (rng.u64(..1_000) < share).then(|| place + rng.u64(1..LATEST));
        let rng = &mut company.rng;
        let own = later(LATE, rng).unwrap_or(place);
        if let Some(again) = later(TWICE, rng) {
            lines.push((again, activity.to_string()));
        }
        if let Some(conflict) = later(CONFLICTS, rng) {
            let mut other = activity.clone();
            other["object"] = "another".into();
            lines.push((conflict, other.to_string()));
        }
        let void = json!({ "source": "social", "void": format!("s-{number}") }).to_string();
        if let Some(after) = later(VOIDS_AFTER, rng) {
            lines.push((after, void));
        } else if let Some(before) = later(VOIDS_BEFORE, rng) {
            lines.push((2 * place - before, void));
        }
        lines.push((own, activity.to_string()));
    }
    lines.sort_by_key(|(place, _)| *place);
    lines.into_iter().map(|(_, line)| line).collect()
}

impl Company {
    fn activity(&mut self, number: u64) -> Value {
        if number < 3 * self.members {
            return self.first_day(number);
        }
        if self.rng.u64(..1_000) < REVERSES && !self.done.is_empty() {
            return self.reverse();
        }
        let actor = self.member();
        let topic = TOPICS[self.rng.usize(..TOPICS.len())];
        match self.rng.u32(..100) {
            0..24 => self.about_work("post.liked", json!({})),
            24..38 => {
                let words = self.rng.u32(2..60);
                self.about_work("post.commented", json!({ "words": words }))
            }
            38..52 => {
                let (to, object) = (self.member(), format!("kudos/{number}"));
                self.remember("kudos.given", &actor, &to, &object);
                json!({ "kind": "kudos.given", "actor": actor, "recipients": [to], "object": object,
                    "attributes": { "topic": topic } })
            }
            52..60 => self.about_work("knowledge.helped", json!({ "topics": [topic] })),
            60..67 => self.about_work("share.opened", json!({})),
            67..75 => self.work("blog.published", number, json!({ "words": 300, "topics": [topic] })),
            75..83 => self.work("knowledge.shared", number, json!({ "topics": [topic] })),
            83..87 => self.work("video.recorded", number, json!({ "seconds": 50 })),
            87..91 => self.work("community.contributed", number, json!({ "community": "meetup" })),
            91..95 => self.work("content.shared", number, json!({ "channel": "elsewhere" })),
            95..97 => json!({ "kind": "expert.asked", "actor": actor, "owner": self.member(),
                "attributes": { "topic": topic } }),
            97 => json!({ "kind": "topics.claimed", "actor": actor, "attributes": { "topics": [topic, "tools"] } }),
            98 => json!({ "kind": "profile.updated", "actor": actor, "profile": { "about": "done" } }),
            _ => json!({ "kind": "note.kept", "actor": actor }),
        }
    }

    /// What each member does first.
    fn first_day(&self, number: u64) -> Value {
        let actor = name(number / 3);
        match number % 3 {
            0 => json!({ "kind": "profile.updated", "actor": actor, "profile": { "known-for": "done" } }),
            1 => json!({ "kind": "profile.published", "actor": actor }),
            _ => json!({ "kind": "board.joined", "actor": actor }),
        }
    }

    /// A member. Some are far busier than others.
    fn member(&mut self) -> String {
        let (one, other) = (self.rng.u64(..self.members), self.rng.u64(..self.members));
        name(one * other / self.members)
    }

    fn work(&mut self, kind: &'static str, number: u64, attributes: Value) -> Value {
        let (owner, object) = (self.member(), format!("{kind}/{number}"));
        self.works.push((owner.clone(), object.clone()));
        self.remember("work", &owner, &owner, &object);
        json!({ "kind": kind, "actor": owner, "owner": owner, "object": object, "attributes": attributes })
    }

    fn about_work(&mut self, kind: &'static str, attributes: Value) -> Value {
        let actor = self.member();
        let recent = self.works.len().saturating_sub(200);
        let Some((owner, object)) = self.works.get(recent..).and_then(|works| self.rng.choice(works)).cloned() else {
            return json!({ "kind": "note.kept", "actor": actor });
        };
        if kind == "post.liked" {
            self.remember(kind, &actor, &owner, &object);
        }
        json!({ "kind": kind, "actor": actor, "owner": owner, "object": object, "attributes": attributes })
    }

    fn remember(&mut self, kind: &'static str, actor: &str, other: &str, object: &str) {
        if self.done.len() == 500 {
            let gone = self.rng.usize(..500);
            self.done.swap_remove(gone);
        }
        self.done.push(Done { kind, actor: actor.into(), other: other.into(), object: object.into() });
    }

    fn reverse(&mut self) -> Value {
        let index = self.rng.usize(..self.done.len());
        let Done { kind, actor, other, object } = self.done.swap_remove(index);
        match kind {
            "post.liked" => json!({ "kind": "post.unliked", "actor": actor, "owner": other, "object": object }),
            "kudos.given" => {
                json!({ "kind": "kudos.declined", "actor": other, "recipients": [other], "owner": actor,
                    "object": object })
            }
            _ => json!({ "kind": "content.unpublished", "actor": actor, "owner": actor, "object": object }),
        }
    }
}

fn name(number: u64) -> String {
    format!("m{number:06}")
}
