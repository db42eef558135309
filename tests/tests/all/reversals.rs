//! Reversals: after a recent activity is reversed, the record is recomputed from a checkpoint, not from the beginning.

use crate::world::{activities, program};
use cpu_time::ThreadTime;
use knownfor::{Engine, History};
use serde_json::{Value, json};
use std::time::Duration;

/// Likes of one member's posts, each taken back at once.
const TAKEN_BACK: usize = 10_000;
/// Without optimisation it takes a twentieth of this. Recounting everything at each reverse takes minutes even with
/// it.
const BOUND: Duration = Duration::from_secs(30);

fn likes() -> Value {
    json!({
        "version": 1, "id": "likes",
        "kinds": { "like": {}, "unlike": { "reverses": "like" } },
        "currencies": { "points": {} },
        "tallies": { "likes": { "count": "like", "to": "owner", "per": "object" } },
        "rules": { "liked": { "on": "like", "to": "owner", "give": { "points": 5 }, "limit": { "points": 50, "per": "day" } } },
        "badges": { "well-read": { "when": { "likes": 3 }, "given": "each" } }
    })
}

#[test]
fn reversing_recent_likes_is_fast() {
    let mut engine = Engine::new(program(&likes()));
    let at = |number: usize| jiff::Timestamp::new(1_800_000_000 + 60 * number as i64, 0).expect("a time").to_string();
    let one = |number: usize| {
        let (kind, like) = if number.is_multiple_of(2) { ("like", number) } else { ("unlike", number - 1) };
        let (actor, object) = (format!("m{}", like % 500), format!("p{}", like % 30));
        json!({ "id": number, "at": at(number), "kind": kind, "actor": actor, "owner": "ada", "object": object })
    };
    // The last one stays.
    let record: Vec<Value> = (0..=2 * TAKEN_BACK).map(one).collect();
    let record = activities(engine.program(), &record);
    let start = ThreadTime::now();
    let (statuses, _) = engine.apply_all(record.clone());
    let folded = History::new(engine.program(), "ada", record).expect("one program").fold();
    let took = start.elapsed();
    assert!(statuses.iter().all(Result::is_ok));
    assert_eq!(folded.standing.total("points"), Some(5));
    assert_eq!(Some(&folded.standing), engine.standing("ada"));
    assert!(took < BOUND, "it took {took:?}; expected at most {BOUND:?}");
}
