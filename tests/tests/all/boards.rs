//! Boards: a question among many members is fast, and finds the same as a scan of all of them.

use crate::world::{activity, program};
use cpu_time::ThreadTime;
use knownfor::{Audience, Boards, Engine, Timestamp, ViewContext, view::BoardRow};
use serde_json::{Value, json};
use std::{cmp::Reverse, time::Duration};

const MEMBERS: usize = 3_000;
/// How often each standing is used where a hundred thousand members are asked for.
const TIMES: usize = 33;
/// The most that an answer may take. An optimised build takes a fiftieth of it, and a scan of all members takes longer
/// even then.
const BOUND: Duration = Duration::from_millis(1);

/// The points of a season begin at 10, can fall below that, and come by time alone, too.
fn rules() -> Value {
    json!({
        "version": 1, "id": "boards",
        "kinds": {
            "wrote": { "attributes": { "points": "integer" } },
            "arrived": {}, "joined": {}, "left": {}, "published": {}, "hidden": {}, "updated": {},
            "said": { "attributes": { "share_boards": "text", "share_points": "text" } }
        },
        "currencies": { "stars": { "per": "month", "start": 10 }, "coins": {} },
        "tallies": { "here": { "since": "arrived", "unit": "day" } },
        "rules": {
            "posts": { "on": "wrote", "give": { "stars": { "by": "points" } } },
            "coins": { "on": "wrote", "give": { "coins": { "by": "points" } } },
            "ten": { "when": { "here": 10 }, "give": { "stars": 7 } },
            "forty": { "when": { "here": 40 }, "give": { "coins": 7 } }
        },
        "profile": {
            "on": "updated", "published_by": "published", "hidden_by": "hidden", "fields": { "about": { "ask": "About you?" } }
        },
        "audience": { "on": "said" },
        "boards": {
            "season": { "of": "stars", "joined_by": "joined", "left_by": "left" },
            "month": { "of": "coins", "per": "month", "joined_by": "joined", "left_by": "left" },
            "ever": { "of": "coins", "joined_by": "joined", "left_by": "left" }
        }
    })
}

/// What a member said about boards.
struct Member {
    name: String,
    joined: bool,
    /// Who sees their row, and who their totals.
    boards: Audience,
    points: Audience,
}

/// A number below `end` that looks random.
fn draw(member: usize, what: usize, end: usize) -> usize {
    let mixed = (member * 31 + what + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    mixed % end
}

/// What a member does from January to March, each with its day.
fn did(number: usize) -> (Member, Vec<(usize, Value)>) {
    const AUDIENCES: [Audience; 3] = [Audience::Private, Audience::Team, Audience::Company];
    let is_published = draw(number, 0, 4) > 0;
    let [boards, points] = [1, 2].map(|what| AUDIENCES[draw(number, what, 6).min(2)]);
    let shared = |audience| if is_published { audience } else { Audience::Private };
    let member = Member {
        name: format!("m{number:05}"),
        joined: draw(number, 3, 3) > 0,
        boards: shared(boards),
        points: shared(points),
    };
    let mut lines = vec![
        (draw(number, 4, 60), json!({ "kind": "arrived" })),
        (draw(number, 5, 60), json!({ "kind": if member.joined { "joined" } else { "left" } })),
        (draw(number, 6, 60), json!({ "kind": if is_published { "published" } else { "hidden" } })),
        (
            draw(number, 7, 60),
            json!({ "kind": "said", "attributes": {
                "share_boards": boards.name(), "share_points": points.name()
            } }),
        ),
    ];
    for post in 0..draw(number, 8, 4) {
        let points = draw(number, 20 + post, 36) as i64 - 15;
        lines.push((draw(number, 10 + post, 80), json!({ "kind": "wrote", "attributes": { "points": points } })));
    }
    (member, lines)
}

fn company() -> (Engine, Vec<Member>) {
    let mut engine = Engine::new(program(&rules()));
    let (mut members, mut lines) = (Vec::new(), Vec::new());
    let begin: Timestamp = "2026-01-01T09:00:00Z".parse().expect("a time");
    for (member, did) in (0..MEMBERS).map(did) {
        for (day, mut line) in did {
            let at = begin.unix_seconds() + 86_400 * day as i64;
            line["at"] = json!(Timestamp::from_unix(at, 0).expect("a time").to_string());
            line["actor"] = member.name.as_str().into();
            lines.push(line);
        }
        members.push(member);
    }
    // Nothing comes in order, so the boards go back and forth between moments.
    let count = lines.len();
    for (id, line) in (0..count).map(|index| index * 7_919 % count).zip(&mut lines) {
        line["id"] = id.into();
    }
    lines.sort_by_key(|line| line["id"].as_u64());
    let activities: Vec<_> = lines.iter().map(|line| activity(engine.program(), line)).collect();
    for batch in activities.chunks(97) {
        assert!(engine.apply_all(batch.iter().cloned()).0.iter().all(Result::is_ok));
    }
    (engine, members)
}

/// The rows of everybody whom the viewer may see, found by asking each.
fn scanned(engine: &Engine, members: &[Member], board: &str, ask: &ViewContext<'_>) -> Vec<(u32, String, Option<i64>)> {
    let is_in = |audience: Audience, member: &str| {
        let circle = if ask.team.contains(&member) { Audience::Team } else { Audience::Company };
        member == ask.viewer || audience >= circle
    };
    let total = |member: &str| {
        let own = engine.view(member, &ViewContext { viewer: member, team: &[], ..*ask }).expect("one's own view");
        let currency = if board == "season" { "stars" } else { "coins" };
        let points = own.standing.points.into_iter().find(|points| points.currency == currency).expect("a currency");
        if board == "month" { points.this_month.expect("one's own month") } else { points.total }
    };
    let seen = members.iter().filter(|member| member.joined && is_in(member.boards, &member.name));
    let mut seen: Vec<_> = seen.map(|member| (Reverse(total(&member.name)), member)).collect();
    seen.sort_by_key(|(total, member)| (*total, &member.name));
    if !seen.iter().any(|(_, member)| member.name == ask.viewer) {
        return Vec::new();
    }
    let totals: Vec<_> = seen.iter().map(|(total, _)| *total).collect();
    let lowest = totals.last().filter(|lowest| totals[0] != **lowest);
    let shown = seen.iter().filter(|(total, member)| member.name == ask.viewer || Some(total) != lowest);
    let row = |(total, member): &(Reverse<i64>, &Member)| {
        let place = totals.partition_point(|other| other < total) + 1;
        let shows = is_in(member.points, &member.name);
        (place as u32, member.name.clone(), shows.then_some(total.0))
    };
    shown.map(row).collect()
}

fn plain(row: BoardRow) -> (u32, String, Option<i64>) {
    (row.place, row.member, row.total)
}

#[test]
fn boards_of_many_show_what_a_scan_finds() {
    let (engine, members) = company();
    let on = |wanted: Audience| {
        let mut of = members.iter().filter(|member| member.joined && member.boards == wanted);
        of.next().expect("there is one").name.as_str()
    };
    let out = members.iter().find(|member| !member.joined).expect("there is one").name.as_str();
    let mates: Vec<&str> = members.iter().step_by(61).map(|member| member.name.as_str()).collect();
    for now in ["2025-12-31T12:00:00Z", "2026-02-14T12:00:00Z", "2026-03-31T23:59:59Z", "2026-07-01T00:00:00Z"] {
        let now: Timestamp = now.parse().expect("a time");
        for (viewer, team) in [
            (on(Audience::Company), &[][..]),
            (on(Audience::Team), &mates[..]),
            (on(Audience::Private), &mates[..5]),
            (out, &mates[..]),
        ] {
            let ask = ViewContext { team, ..ViewContext::of(viewer, "en", now) };
            for board in ["season", "month", "ever"] {
                let whole = scanned(&engine, &members, board, &ask);
                let own = whole.iter().position(|(_, member, _)| member == viewer);
                for rows in [1, 4, 9, 100] {
                    let found: Vec<_> =
                        engine.board(board, &ask, rows).expect("a board").rows.into_iter().map(plain).collect();
                    let first = own.unwrap_or(0).saturating_sub(rows / 2).min(whole.len().saturating_sub(rows));
                    let near: Vec<_> = whole.iter().skip(first).take(rows).cloned().collect();
                    assert_eq!(found, near, "{rows} rows of {board} for {viewer} at {now}");
                }
            }
        }
    }
}

#[test]
fn ten_rows_among_a_hundred_thousand_are_found_fast() {
    let (engine, members) = company();
    let now: Timestamp = "2026-03-31T23:59:59Z".parse().expect("a time");
    let mut boards = Boards::new(engine.program());
    for time in 0..TIMES {
        for member in &members {
            let standing = engine.standing(&member.name).expect("a standing");
            boards.update(&format!("{}-{time}", member.name), standing, now).expect("one program");
        }
    }
    let viewer =
        members.iter().find(|member| member.joined && member.boards == Audience::Company).expect("there is one");
    let mates: Vec<String> = members.iter().step_by(61).map(|member| format!("{}-1", member.name)).collect();
    let mates: Vec<&str> = mates.iter().map(String::as_str).collect();
    // The next month has begun, and everybody is where a month begins.
    for (now, team) in [(now, &[][..]), (now, &mates[..]), ("2026-04-01T12:00:00Z".parse().expect("a time"), &[])] {
        let viewer = format!("{}-7", viewer.name);
        let ask = ViewContext { team, ..ViewContext::of(&viewer, "en", now) };
        for board in ["season", "month", "ever"] {
            let time = |_| {
                let start = ThreadTime::now();
                let found = boards.board(board, &ask, 10).expect("a board");
                let time = start.elapsed();
                assert_eq!(found.rows.len(), 10);
                time
            };
            let least = (0..20).map(time).min().expect("it was asked");
            assert!(least < BOUND, "{board} at {now}: {least:?}");
        }
    }
}
