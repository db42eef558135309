//! What made-up programs say of people: who sees what, who is gone, models, topics, gains and the comfort of kinds.

use super::{CIRCLES, DEEDS, PARTS};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};

/// What is said in a program, by the place.
type Said = (String, Value);

/// Something for each place, or nothing; mostly all of it.
pub(super) fn people() -> impl Strategy<Value = Vec<Option<Said>>> {
    let places: [(f64, &str, BoxedStrategy<Value>); 9] = [
        (0.95, "/profile/published_by", Just(json!("published")).boxed()),
        (0.95, "/profile/hidden_by", Just(json!("hidden")).boxed()),
        (0.5, "/boards/all/joined_by", Just(json!("joined")).boxed()),
        (0.5, "/boards/month/joined_by", Just(json!("joined")).boxed()),
        (0.9, "/members", Just(json!({ "gone_by": ["gone"], "back_by": ["back"] })).boxed()),
        (0.9, "/models", Just(json!({ "agreed_by": "agreed", "ended_by": "ended" })).boxed()),
        (0.9, "/audience", audience().boxed()),
        (0.9, "/topics", topics().boxed()),
        (0.9, "/gains", subsequence(vec!["t2", "t3", "t5", "t7", "t8"], 1..=3).prop_map(Value::from).boxed()),
    ];
    let comfort = || select(&["private", "team", "company", "public"][..]).prop_map(Value::from).boxed();
    let comforts =
        DEEDS.into_iter().chain(["published"]).map(|kind| (0.4, format!("/kinds/{kind}/comfort"), comfort()));
    let places = places.into_iter().map(|(often, place, says)| (often, place.to_owned(), says)).chain(comforts);
    let maybe = |(often, place, says): (f64, String, BoxedStrategy<Value>)| {
        option::weighted(often, says.prop_map(move |says| (place.clone(), says)))
    };
    places.map(maybe).collect::<Vec<_>>()
}

fn audience() -> impl Strategy<Value = Value> {
    vec(option::weighted(0.3, select(&CIRCLES[..])), PARTS.len()).prop_map(|unless_said| {
        let mut audience = json!({ "on": "shared" });
        for (part, circle) in PARTS.into_iter().zip(unless_said).filter_map(|(part, circle)| Some((part, circle?))) {
            audience[part] = circle.into();
        }
        audience
    })
}

fn topics() -> impl Strategy<Value = Value> {
    let evidence = (subsequence(vec!["t10", "t11"], 0..=2), vec(1..4_i64, 3));
    (evidence, prop::bool::weighted(0.8), 1..6_i64).prop_map(|((also, weights), claimed, suggest_from)| {
        let mut topics =
            json!({ "evidence": { "t9": weights[2] }, "confirmed_by": "t9", "suggest_from": suggest_from });
        for (tally, weight) in also.into_iter().zip(weights) {
            topics["evidence"][tally] = weight.into();
        }
        if claimed {
            topics["claimed_by"] = "claimed".into();
        }
        topics["names"] = json!({ "go": { "en": "Go", "de": "Los" } });
        topics
    })
}
