//! Tallies of generated programs: of every type, with and without keys and windows.

use super::{DEEDS, condition, program::ROLES};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};

const WINDOWS: [&str; 7] = ["day", "week", "month", "quarter", "quarter", "year", "year"];
pub(super) const LONG: [&str; 5] = ["24 hours", "36 hours", "3 days", "30 days", "90 minutes"];
const KEYS: [&str; 9] = ["object", "object", "object", "topics", "topics", "actor", "recipient", "audience", "asker"];

/// `t0` and `t1` with a key, the second in a window; `t2` and `t4` for ever and `t3` in a window; `t5` a streak, `t6`
/// since, `t7` of a currency, `t8` a plain count; `t9` and `t10` by topic, the second of different
/// colleagues, and `t11` of those who let others see their name; `t12` what a member gives; `t13` of the private
/// currency.
pub(super) fn tallies() -> impl Strategy<Value = Vec<Value>> {
    let key = prop_oneof![2 => Just("object"), 1 => select(&KEYS[..])];
    let of = (vec(tally(), 5), vec(span(), 3), key);
    let topics = (on_topics(), gives());
    (of, streak(), since(), select(&["coin", "star"][..]), kinds(), topics).prop_map(
        |((mut all, spans, key), streak, since, currency, plain, (on_topics, gives))| {
            all[0]["per"] = key.into();
            all[1]["per"] = key.into();
            all[1] = spanned(all[1].take(), &spans[0]);
            all[3] = spanned(all[3].take(), &spans[1]);
            let points = spanned(json!({ "sum": currency }), &spans[2]);
            all.extend([streak, since, points, json!({ "count": plain })]);
            all.extend(on_topics);
            all.extend([gives, json!({ "sum": "shy" })]);
            all
        },
    )
}

/// Evidence for topics, colleagues who confirm it, and those among them who let others see their name.
fn on_topics() -> impl Strategy<Value = [Value; 3]> {
    let confirmed = kinds().prop_map(|of| json!({ "distinct": "actor", "of": of }));
    let by_topic = |tally: BoxedStrategy<Value>| {
        tally.prop_map(|mut tally| {
            tally["per"] = "topics".into();
            tally
        })
    };
    // The highest value of several topics does not add up.
    let added = tally().prop_map(|mut tally| {
        if let Some(attribute) = tally.as_object_mut().and_then(|tally| tally.remove("highest")) {
            tally["sum"] = attribute;
        }
        tally
    });
    let speaks = prop_oneof![1 => added, 1 => kinds().prop_map(|count| json!({ "count": count, "to": "actor" }))];
    (by_topic(speaks.boxed()), by_topic(for_some(confirmed.boxed()))).prop_map(|(speaks, confirmed)| {
        let mut named = confirmed.clone();
        named["if"] = json!({ "draft": true });
        [speaks, confirmed, named]
    })
}

/// What a member gives, with and without a key and a window.
fn gives() -> BoxedStrategy<Value> {
    let key = option::weighted(0.6, select(&["recipient", "recipient", "object", "topics", "owner"][..]));
    (tally(), key, option::weighted(0.8, span()))
        .prop_map(|(mut tally, key, span)| {
            tally["to"] = "actor".into();
            if let Some(attribute) = tally.as_object_mut().and_then(|tally| tally.remove("highest")) {
                tally["sum"] = attribute;
            }
            if let Some(key) = key {
                tally["per"] = key.into();
            }
            span.map_or(tally.clone(), |span| spanned(tally, &span))
        })
        .boxed()
}

/// A window of the calendar, or a rolling one.
fn span() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => select(&WINDOWS[..]).prop_map(|per| json!({ "per": per })),
        1 => Just(json!({ "per": "season" })),
        5 => select(&LONG[..]).prop_map(|long| json!({ "within": long })),
    ]
}

/// A tally or limit in a window, beside its key if it has one.
pub(super) fn spanned(mut of: Value, span: &Value) -> Value {
    match (span.get("per"), of.get("per").cloned()) {
        (Some(window), Some(key)) => of["per"] = json!([key, window]),
        (Some(window), None) => of["per"] = window.clone(),
        _ => of["within"] = span["within"].clone(),
    }
    of
}

fn kinds() -> impl Strategy<Value = Vec<&'static str>> {
    prop_oneof![1 => Just(vec!["like"]), 2 => subsequence(DEEDS.to_vec(), 1..=3)]
}

fn tally() -> BoxedStrategy<Value> {
    let what = select(&["actor", "owner", "recipient", "object", "day", "audience", "topics", "asker"][..]);
    let counts = prop_oneof![
        3 => kinds().prop_map(|count| json!({ "count": count })),
        2 => Just(json!({ "sum": { "like": 1, "dislike": -1 } })),
        1 => kinds().prop_map(|of| json!({ "sum": "words", "of": of })),
        1 => kinds().prop_map(|of| json!({ "highest": "words", "of": of })),
        2 => (what, kinds()).prop_map(|(what, of)| json!({ "distinct": what, "of": of })),
    ];
    for_some(counts.boxed())
}

fn streak() -> BoxedStrategy<Value> {
    let unit = prop_oneof![6 => Just("day"), 2 => Just("week"), 1 => Just("month")];
    let kinds = prop_oneof![1 => kinds().boxed(), 2 => Just(DEEDS.to_vec()).boxed()];
    let grace = (prop_oneof![1 => Just(0), 1 => 1..3_i64], option::weighted(0.4, select(&WINDOWS[1..])));
    let least = option::weighted(0.3, prop_oneof![3 => 2..4_i64, 1 => Just(1)]);
    let streak = (unit, kinds, grace, least).prop_map(|(unit, of, (grace, per), least)| {
        let mut streak = json!({ "streak": unit, "of": of });
        // A grace is used up in a window that is longer than what is counted.
        let rank = |window: &str| WINDOWS.iter().position(|known| *known == window);
        match per.filter(|per| rank(per) > rank(unit)) {
            Some(per) => streak["grace"] = json!({ "times": grace.max(1), "per": per }),
            None if grace > 0 => streak["grace"] = grace.into(),
            None => {}
        }
        if let Some(least) = least.filter(|least| unit != "day" || *least == 1) {
            streak["least"] = least.into();
        }
        streak
    });
    let streak = streak.boxed();
    prop_oneof![1 => for_some(streak.clone()), 3 => streak].boxed()
}

fn since() -> BoxedStrategy<Value> {
    let unit =
        prop_oneof![1 => Just("day"), 2 => Just("week"), 3 => Just("month"), 2 => Just("quarter"), 2 => Just("year")];
    let since = (unit, kinds()).prop_map(|(unit, since)| json!({ "since": since, "unit": unit }));
    let since = since.boxed();
    prop_oneof![1 => for_some(since.clone()), 2 => since].boxed()
}

/// A tally with a role and perhaps a condition.
fn for_some(tally: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let to = prop_oneof![3 => Just("actor"), 3 => Just("owner"), 1 => select(&ROLES[..])];
    (tally, prop_oneof![1 => Just(None), 1 => condition::maybe()], to)
        .prop_map(|(mut tally, condition, to)| {
            if let Some(condition) = condition {
                tally["if"] = condition;
            }
            tally["to"] = to.into();
            tally
        })
        .boxed()
}
