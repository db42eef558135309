//! Generated programs: overlapping limits, tallies of every type, rules and badges that feed back into conditions.

use super::{
    BY_ID, DEEDS, FIELDS, KINDS, NUMBERED, PARTS, REVERSES,
    challenge::{challenges, rewards},
    condition,
    dress::{dress, dressed},
    goal::{For, badge, when},
    level::{above_the_start, levels},
    moment::{ANCHORS, dated, holidays, season, version, versioned},
    people::people,
    tally::{LONG, spanned, tallies},
};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use serde_json::{Map, Value, json};

pub(super) const ROLES: [&str; 4] = ["actor", "owner", "recipient", "asker"];

/// Zones whose clocks change, by an hour or half of one, at midnight, the day before, or for a month of fasting, and
/// zones whose offset is no full hour.
const ZONES: [&str; 12] = [
    "UTC",
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Africa/Casablanca",
    "America/Havana",
    "America/Nuuk",
    "Pacific/Apia",
    "Pacific/Chatham",
];
/// Every day as a week's first day, and Monday, at which weeks begin by default, more often.
const STARTS: [&str; 9] =
    ["monday", "monday", "sunday", "wednesday", "tuesday", "thursday", "friday", "saturday", "sunday"];
pub(super) const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Programs free of mistakes.
pub fn programs() -> impl Strategy<Value = Value> {
    undated().prop_map(|program| dated(program, ANCHORS[0]))
}

/// Programs whose moments are minutes from an anchor yet to be chosen.
pub(super) fn undated() -> impl Strategy<Value = Value> {
    let week = (select(&STARTS[..]), subsequence(DAYS.to_vec(), 0..=3), season());
    let day_starts = option::weighted(0.4, 0..=12_u8);
    let frame = ((select(&ZONES[..]), day_starts), week, holidays(), currencies(), vec(limit(), 3), tallies());
    let weights = vec(1..40_i64, 3);
    let leave = (option::weighted(0.7, Just(())), option::weighted(0.8, any::<bool>()));
    let gifts = (vec(rule(), 1..7), vec(badge(), 1..5), levels(), weights, leave, (challenges(), rewards()));
    let allowances = (1..6_i64, option::weighted(0.6, 1..4_i64), any::<bool>());
    (frame, gifts, people(), (boards(), dress(), allowances)).prop_map(|(frame, gifts, people, (boards, dress, allowances))| {
        let ((zone, day_starts), (starts, rest, season), holidays, currencies, limits, tallies) = frame;
        let (rules, badges, levels, weights, leave, (challenges, (rule, badge))) = gifts;
        let fields = FIELDS.iter().zip(weights).map(|(name, weight)| ((*name).to_owned(), json!({ "ask": name, "weight": weight })));
        let mut program = json!({
            "version": 1, "id": "made-up", "zone": zone, "week": { "starts": starts }, "season": season,
            "kinds": kinds(), "currencies": currencies, "limits": numbered("m", limits), "tallies": numbered("t", tallies),
            "rules": numbered("r", rules), "badges": numbered("b", badges), "levels": levels,
            "profile": { "on": "profile", "fields": Map::from_iter(fields) },
            "boards": boards,
            "challenges": challenges, "groups": 1,
            "redeem": { "on": "redeem", "approved_by": "approved" },
            "rewards": { "mug": { "cost": { "coin": 4 }, "approval": true }, "pin": { "cost": { "star": 2 } } }
        });
        for (place, days) in [("/week/rest", json!(rest)), ("/holidays", holidays)] {
            let (table, key) = place.rsplit_once('/').expect("a place is a pointer");
            if days != json!([]) {
                program.pointer_mut(table).expect("it is there")[key] = days;
            }
        }
        (program["rules"]["of-challenge"], program["badges"]["of-challenge"]) = (rule, badge);
        if let Some(hour) = day_starts {
            program["day_starts"] = format!("{hour:02}:00").into();
        }
        let (leave, own_week) = leave;
        if leave.is_some() {
            program["leave"] = json!({ "on": "leave", "from": "starts", "until": "ends" });
        }
        if let Some(dated) = own_week {
            program["own_week"] = json!({ "on": "week", "rest": "free" });
            if dated {
                program["own_week"]["from"] = "starts".into();
            }
        }
        people.into_iter().for_each(|(place, says)| {
            let (table, key) = place.rsplit_once('/').expect("a place is a pointer");
            program.pointer_mut(table).expect("it is there")[key] = says;
        });
        program["allowances"] = allowed(&program["tallies"]["t12"], allowances);
        without_seasons_for_lasting(&mut program);
        without_keys_for_goals(&mut program);
        above_the_start(&mut program);
        without_circles(&mut program);
        ending_with_others(&mut program);
        without_shared_heights(&mut program);
        every_so_often(&mut program);
        dressed(program, &dress)
    })
}

/// What members may give: all together, for each key, or both.
fn allowed(tally: &Value, (most, each, only_each): (i64, Option<i64>, bool)) -> Value {
    let has_key = match &tally["per"] {
        Value::Array(_) => true,
        per => per.as_str().is_some_and(|per| !WINDOWS.contains(&per)),
    };
    match each.filter(|_| has_key) {
        None => json!({ "given": { "of": "t12", "most": most } }),
        Some(each) if only_each => json!({ "given": { "of": "t12", "each": each } }),
        Some(each) => json!({ "given": { "of": "t12", "most": most, "each": each } }),
    }
}

fn boards() -> impl Strategy<Value = Value> {
    let all = select(vec![json!({}), json!({ "per": "ever" })]);
    all.prop_map(|all| {
        let all = versioned(json!({ "of": "coin", "left_by": "left" }), all);
        json!({ "all": all, "month": { "of": "star", "per": "month", "left_by": "left" } })
    })
}

/// Raises minimums so that a goal of time is not reached more often than every four weeks.
fn every_so_often(program: &mut Value) {
    let times = match program["tallies"]["t6"]["unit"].as_str() {
        Some("day") => 28,
        Some("week") => 4,
        _ => 1,
    };
    for section in ["rules", "badges"] {
        for (_, of) in program[section].as_object_mut().into_iter().flatten() {
            let least = (of["given"] == "every").then(|| of["when"]["t6"].as_i64()).flatten();
            if let Some(least) = least {
                of["when"]["t6"] = (least * times).into();
            }
        }
    }
}

/// Drops the badges that a badge needs and that would need it in turn, or that it could not do without for ever.
fn without_circles(program: &mut Value) {
    let badges = program["badges"].clone();
    let names: Vec<&String> = badges.as_object().expect("there are badges").keys().collect();
    for (place, name) in names.iter().enumerate() {
        let badge = &mut program["badges"][*name];
        let is_live = badge["live"] == true;
        // Half of the badges need later ones, so that the order of the program is not the one in which they are given.
        let goes = |needed: &Value| {
            let Some(other) = names.iter().position(|name| *needed == ***name) else { return false };
            let later = place < names.len() / 2 && other >= names.len() / 2;
            (later || (other < place && place >= names.len() / 2 && other >= names.len() / 2))
                && !(is_live && badges[needed.as_str().unwrap_or_default()]["expires"].is_string())
        };
        for goal in goals_of(badge) {
            if let Some(needed) = goal["badges"].as_array() {
                let needed: Vec<Value> = needed.iter().filter(|needed| goes(needed)).cloned().collect();
                let goal = goal.as_object_mut().expect("a goal is a table");
                match needed.is_empty() {
                    true => goal.remove("badges"),
                    false => goal.insert("badges".into(), needed.into()),
                };
            }
        }
        if badge["expires"] == "with-badges" && badge["when"]["badges"].is_null() {
            badge.as_object_mut().expect("a badge is a table").remove("expires");
        }
    }
}

/// All goals of a badge.
fn goals_of(badge: &mut Value) -> impl Iterator<Item = &mut Value> {
    let places =
        badge.as_object_mut().expect("a badge is a table").iter_mut().flat_map(|(key, value)| match key.as_str() {
            "when" => vec![value],
            "grades" => value.as_object_mut().expect("grades are a table").values_mut().collect(),
            _ => vec![],
        });
    places.flat_map(|goals| match goals {
        Value::Array(goals) => goals.iter_mut().collect(),
        one => vec![one],
    })
}

/// Shares no highest value in challenges, because those of several members do not add up.
fn without_shared_heights(program: &mut Value) {
    let tallies = program["tallies"].clone();
    for (_, challenge) in program["challenges"].as_object_mut().into_iter().flatten() {
        let shared = challenge["shared"].as_object_mut().expect("a challenge shares a tally");
        if shared.keys().any(|tally| tallies[tally]["highest"].is_string()) {
            *shared = shared.values().map(|least| ("t8".to_owned(), least.clone())).collect();
        }
    }
}

/// Lets badges expire on which a badge rests that ends with them, unless a live badge needs them.
fn ending_with_others(program: &mut Value) {
    let badges = program["badges"].as_object_mut().expect("there are badges");
    let needs = |badge: &Value| -> Vec<String> {
        let needed = badge["when"]["badges"].as_array().into_iter().flatten();
        needed.filter_map(|name| Some(name.as_str()?.to_owned())).collect()
    };
    let of = |which: &dyn Fn(&Value) -> bool| -> Vec<String> {
        badges.values().filter(|badge| which(badge)).flat_map(needs).collect()
    };
    let (ending, lasting) = (of(&|badge| badge["expires"] == "with-badges"), of(&|badge| badge["live"] == true));
    for name in ending.iter().filter(|name| !lasting.contains(name)) {
        let badge = &mut badges[name];
        let is_once = badge["given"].is_null() || badge["given"] == "once" || badge["given"] == "each";
        if is_once && badge["live"] != true && badge["expires"].is_null() {
            badge["expires"] = "2 days".into();
        }
    }
}

/// Makes nothing live that depends on a currency with a window.
fn without_seasons_for_lasting(program: &mut Value) {
    if !program["currencies"]["coin"]["per"].is_string() {
        return;
    }
    let asks = |of: &Value| of.to_string().contains("\"coin\"");
    for (_, badge) in program["badges"].as_object_mut().into_iter().flatten() {
        let asks = asks(badge);
        badge.as_object_mut().filter(|_| asks).and_then(|badge| badge.remove("live"));
    }
    // All levels above a live one are live, so all are or none.
    if asks(&program["levels"]) {
        for (_, level) in program["levels"].as_object_mut().into_iter().flatten() {
            level.as_object_mut().and_then(|level| level.remove("live"));
        }
    }
}

/// Removes limits with a key from rules with `when`, which have no key.
fn without_keys_for_goals(program: &mut Value) {
    let limits = program["limits"].clone();
    for (_, rule) in program["rules"].as_object_mut().into_iter().flatten() {
        let is_goal = rule["when"].is_object() || rule["when"].is_array();
        if let (true, Some(listed)) = (is_goal, rule.get_mut("limit").and_then(Value::as_array_mut)) {
            listed.retain(|limit| {
                let says = limit.as_str().map_or(limit, |shared| &limits[shared]);
                let per = says["per"].as_array().map_or(says["per"].as_str(), |_| Some("object"));
                per.is_none_or(|per| WINDOWS.contains(&per))
            });
            if listed.is_empty() {
                rule.as_object_mut().and_then(|rule| rule.remove("limit"));
            }
        }
    }
}

fn numbered(letter: &str, items: Vec<Value>) -> Value {
    Value::Object(items.into_iter().enumerate().map(|(number, item)| (format!("{letter}{number}"), item)).collect())
}

fn kinds() -> Value {
    let attributes = json!({
        "words": "integer", "topics": "texts", "audience": "text", "draft": "flag", "due": "time", "asker": "member"
    });
    let mut kinds = Map::new();
    for kind in KINDS {
        kinds.insert(kind.to_owned(), json!({ "attributes": attributes }));
    }
    for (kind, reversed) in REVERSES {
        kinds[kind]["reverses"] = match kind {
            "unaccept" => json!({ "kind": reversed[0], "by": "anyone" }),
            "wipe" => json!({ "kind": reversed, "by": "actor", "all": true }),
            "unleave" => json!({ "kind": reversed }),
            "recall" => json!({ "id": "target" }),
            "revoke" => json!({ "id": "target", "by": "anyone" }),
            "remove" | "purge" => "@object".into(),
            _ => reversed[0].into(),
        };
    }
    kinds["redeem"]["attributes"]["reward"] = "text".into();
    for kind in BY_ID {
        kinds[kind]["attributes"]["target"] = "text".into();
    }
    for kind in NUMBERED {
        kinds[kind]["attributes"]["revision"] = "integer".into();
    }
    kinds["skipped"]["attributes"]["steps"] = "texts".into();
    for part in PARTS {
        kinds["shared"]["attributes"][format!("share_{part}")] = "text".into();
    }
    for name in ["starts", "ends"] {
        kinds["leave"]["attributes"][name] = "time".into();
    }
    kinds["week"]["attributes"]["free"] = "texts".into();
    kinds["week"]["attributes"]["starts"] = "time".into();
    Value::Object(kinds)
}

fn currencies() -> impl Strategy<Value = Value> {
    let coin = select(vec![
        json!({}),
        json!({ "floor": 0 }),
        json!({ "start": 1, "floor": 1 }),
        json!({ "start": 3, "floor": -2 }),
        json!({ "start": 1, "floor": 0, "per": "quarter" }),
        json!({ "start": 1, "per": "season" }),
    ]);
    let star = select(vec![
        json!({}),
        json!({ "per": "quarter" }),
        json!({ "per": "month", "floor": 0 }),
        json!({ "per": "year" }),
        json!({ "per": "season" }),
        json!({ "per": "week" }),
        json!({ "per": "day" }),
        json!({ "per": "ever" }),
    ]);
    let shy = select(vec![
        json!({ "private": true }),
        json!({ "private": true, "start": 2, "floor": 1 }),
        json!({ "private": true, "per": "month" }),
    ]);
    (coin, star, shy).prop_map(|(coin, star, shy)| json!({ "coin": coin, "star": star, "shy": shy }))
}

/// Windows of the calendar, and none.
const WINDOWS: [&str; 7] = ["day", "week", "month", "quarter", "year", "season", "ever"];

fn window() -> impl Strategy<Value = &'static str> {
    select(&["day", "day", "week", "month", "quarter", "year", "season", "ever"][..])
}

fn limit() -> BoxedStrategy<Value> {
    let key = option::weighted(0.3, select(&["object", "actor", "recipient", "topics", "audience", "owner"][..]));
    let span = prop_oneof![
        1 => window().prop_map(|per| json!({ "per": per })),
        1 => select(&LONG[..]).prop_map(|long| json!({ "within": long })),
    ];
    let keyed = |limit: Value, key: Option<&'static str>| match key {
        Some(key) => versioned(limit, json!({ "per": key })),
        None => limit,
    };
    let wide = window().prop_map(|per| json!({ "per": per }));
    let with_span = |limit: Value, span: Value| match span["per"].as_str() {
        Some("ever") if limit.get("per").is_some() => limit,
        _ => spanned(limit, &span),
    };
    prop_oneof![
        2 => (1..15_i64, wide, key.clone())
            .prop_map(move |(points, span, key)| with_span(keyed(json!({ "points": points }), key), span)),
        2 => (1..4_i64, span, key)
            .prop_map(move |(times, span, key)| with_span(keyed(json!({ "times": times }), key), span)),
    ]
    .boxed()
}

/// A rule for every deed, once or twice in a window.
pub(super) fn windowed() -> impl Strategy<Value = Value> {
    let span = prop_oneof![
        2 => Just(json!({ "per": "day" })),
        1 => window().prop_map(|per| json!({ "per": per })),
        3 => select(&LONG[..]).prop_map(|long| json!({ "within": long })),
    ];
    (1..3_i64, span).prop_map(|(times, span)| {
        let limit = spanned(json!({ "times": times }), &span);
        json!({ "on": DEEDS, "give": { "coin": 1 }, "limit": [limit] })
    })
}

fn limits_of_rule() -> impl Strategy<Value = Vec<Value>> {
    let shared = subsequence(vec!["m0", "m1", "m2"], 0..=2);
    (shared, vec(limit(), 0..2)).prop_map(|(shared, own)| shared.into_iter().map(Value::from).chain(own).collect())
}

fn rule() -> BoxedStrategy<Value> {
    let kinds = prop_oneof![
        2 => Just(vec!["like"]),
        3 => subsequence(DEEDS.to_vec(), 1..=2),
        1 => subsequence(KINDS.to_vec(), 1..=2),
    ];
    let currency = prop_oneof![6 => Just("coin"), 2 => Just("star"), 2 => Just("shy")];
    let shy = option::weighted(0.4, (select(&["shy", "t13"][..]), 1..9_i64, any::<bool>()));
    let to = prop_oneof![2 => Just("actor"), 2 => Just("owner"), 1 => select(&ROLES[..])];
    let on = (kinds, condition::maybe(), to, version(), amount()).prop_map(|(on, condition, to, version, amount)| {
        let mut rule = json!({ "on": on, "to": to, "give": amount });
        if let Some(condition) = condition {
            rule["if"] = condition;
        }
        versioned(rule, version)
    });
    let when = (when(For::Rule), whole()).prop_map(|(rule, amount)| versioned(rule, json!({ "give": amount })));
    let trigger = prop_oneof![3 => on.boxed(), 2 => when.boxed()];
    (trigger, currency, limits_of_rule(), shy)
        .prop_map(|(mut rule, currency, limits, shy)| {
            rule["give"] = json!({ currency: rule["give"].take() });
            // Only rules that give private points can ask for them.
            if let Some((of, bound, least)) = shy.filter(|_| currency == "shy" && !rule["on"].is_null()) {
                let test = json!({ of: { if least { "min" } else { "max" }: bound } });
                rule["if"] = match rule.get("if") {
                    Some(other) => json!({ "all": [test, other] }),
                    None => test,
                };
            }
            // A limit in points cannot be shared between currencies.
            let limits: Vec<_> = limits.into_iter().filter(|limit| currency == "coin" || limit.is_object()).collect();
            if !limits.is_empty() {
                rule["limit"] = limits.into();
            }
            rule
        })
        .boxed()
}

fn whole() -> impl Strategy<Value = Value> {
    select(&[5, 1, 2, 10, -3, 12, -8][..]).prop_map(Value::from)
}

/// A whole number, a list for `nth`, or an amount by an attribute, for the best at times.
fn amount() -> impl Strategy<Value = Value> {
    let key = || select(&["object", "object", "actor", "owner", "audience", "asker"][..]);
    let per = || {
        let apart = prop_oneof![
            4 => select(&WINDOWS[..]).prop_map(Value::from),
            2 => key().prop_map(Value::from),
            1 => (key(), select(&WINDOWS[..])).prop_map(|(key, window)| json!([key, window])),
        ];
        option::weighted(0.8, apart)
    };
    let nth = (vec(select(&[5, 2, 0, 1, -3][..]), 1..4), per()).prop_map(|(mut nth, per)| {
        if nth.iter().all(|amount| *amount == 0) {
            nth.push(4);
        }
        per.map_or_else(|| json!({ "nth": nth }), |per| json!({ "nth": nth, "per": per }))
    });
    let by = (
        select(&[None, Some(2), Some(3)][..]),
        select(&[None, Some(2), Some(-1)][..]),
        option::weighted(0.5, 1..6_i64),
    );
    let by = by.prop_map(|(every, times, max)| {
        let mut by = json!({ "by": "words" });
        for (key, number) in [("every", every), ("times", times), ("max", max)] {
            if let Some(number) = number {
                by[key] = number.into();
            }
        }
        by
    });
    let by = (by, option::weighted(0.5, (prop::bool::weighted(0.9), per()))).prop_map(|(mut by, best)| {
        if let Some((best, per)) = best.filter(|_| by["times"] != -1) {
            by["best"] = best.into();
            if let Some(per) = per.filter(|_| best) {
                by["per"] = per;
            }
        }
        by
    });
    prop_oneof![4 => whole(), 2 => nth, 3 => by]
}
