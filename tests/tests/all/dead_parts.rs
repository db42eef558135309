//! Dead parts: what a program says in vain, each told where it stands, and nothing else told.

use crate::world::program;

/// A program of which each part has an effect.
const PROGRAM: &str = r#"
version = 1
id = "dead-parts"
week = { rest = ["saturday", "sunday"] }
members = { gone_by = ["left"] }

[kinds]
post = { attributes = { words = "integer", language = "text" } }
answer = {}
joined = {}
quit = {}
left = {}
redeemed = { attributes = { reward = "text" } }

[currencies.points]

[rules.post]
on = "post"
give = { points = 10 }
limit = { times = 5, per = "week" }

[rules.answer]
on = "answer"
give = { points = 5 }
limit = { times = 2, per = "day" }

[boards.all]
of = "points"
per = "month"
joined_by = "joined"
left_by = "quit"

[redeem]
on = "redeemed"

[rewards.mug]
cost = { points = 50 }
"#;

/// A part that is added to the program, where a warning stands, and a part of its reason.
const DEAD: &[(&str, &str, &str)] = &[
    // More than anybody can have.
    (
        r#"tallies.month = { sum = "points", per = "month" }
        badges.busy.when = { month = 800 }"#,
        "/badges/busy/when/month",
        "can never hold, because the limits of its rules allow at most 730 `points` in a month",
    ),
    (
        r#"tallies.month = { sum = "points", per = "month" }
        rules.bonus = { on = "post", if = { month = { min = 800 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/bonus/if/month/min",
        "can never hold, because",
    ),
    (
        r#"tallies.posts = { count = "post" }
        currencies.stars = {}
        rules.star = { when = { posts = 1 }, give = { stars = 5 } }
        levels.first = { min = { stars = 5 } }
        levels.second = { min = { stars = 6 } }"#,
        "/levels/second/min",
        "asks for 6 `stars`, which nobody can have, because a total is at most 5",
    ),
    (
        r#"tallies.posts = { count = "post" }
        currencies.stars = {}
        rules.star = { when = { posts = 1 }, give = { stars = 5 } }
        levels.first = { min = { stars = 3 }, repeat = { count = 9, step = 2 } }"#,
        "/levels/first/repeat",
        "asks for 7 `stars`, which nobody can have, because a total is at most 5",
    ),
    (
        r#"tallies.posts = { count = "post" }
        currencies.stars = {}
        rules.star = { when = { posts = 1 }, give = { stars = 5 } }
        levels.first = { when = { posts = 1 } }
        levels.second = { when = { stars = 6 } }"#,
        "/levels/second/when/stars",
        "can never hold, because a total is at most 5",
    ),
    (
        r#"tallies.posts = { count = "post" }
        levels.first = { when = { posts = 3 } }
        levels.second = { when = { posts = 2 } }"#,
        "/levels/second",
        "asks for no more than `first`, so nobody ever holds `first` alone",
    ),
    (
        r#"tallies.posts = { count = "post" }
        currencies.stars = {}
        rules.star = { when = { posts = 1 }, give = { stars = 5 } }
        rewards.hat = { cost = { stars = 20 } }"#,
        "/rewards/hat/cost",
        "asks for 20 `stars`, which nobody can have",
    ),
    (
        r#"tallies.posts = { count = "post" }
        currencies.stars = {}
        rules.star = { when = { posts = 1 }, give = { stars = 5 } }
        badges.star.when = { stars = 6 }"#,
        "/badges/star/when/stars",
        "can never hold, because a total is at most 5",
    ),
    (
        r#"currencies.stars = {}
        rules.star = { on = "post", give = { stars = { nth = [3, 2, 0] } } }
        badges.star.when = { stars = 6 }"#,
        "/badges/star/when/stars",
        "can never hold, because a total is at most 5",
    ),
    (
        r#"currencies.stars = {}
        rules.star = { on = "post", give = { stars = { by = "words", max = 9, best = true } } }
        badges.star.when = { stars = 10 }"#,
        "/badges/star/when/stars",
        "can never hold, because a total is at most 9",
    ),
    (
        r#"currencies.stars = {}
        rules.star = { on = "post", from = "2026-03-01", until = "2026-03-08", give = { stars = 1 }, limit = { times = 1, per = "day" } }
        badges.star.when = { stars = 40 }"#,
        "/badges/star/when/stars",
        "can never hold, because a total is at most",
    ),
    // What nobody gets.
    (
        r#"currencies.stars = {}
        levels.first = { min = { stars = 1 } }"#,
        "/currencies/stars",
        "is given by no rule",
    ),
    (
        r#"currencies.stars = {}
        boards.stars = { of = "stars", per = "month", joined_by = "joined", left_by = "quit" }"#,
        "/currencies/stars",
        "is given by no rule",
    ),
    // Limits that bound nothing, or that another one keeps.
    (
        r#"rules.more = { on = "post", give = { points = 1 }, limit = { times = 1000, per = "day" } }"#,
        "/rules/more/limit",
        "lets the rule give 1000 times a day, so it bounds nothing",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 10 }, limit = { points = 100000, per = "week" } }"#,
        "/rules/more/limit",
        "lets the rule give 1428 times a day",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 1 }, limit = [{ times = 2, per = "day" }, { times = 20, per = "week" }] }"#,
        "/rules/more/limit",
        "allows 20 times a week, which 2 times a day never exceed",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 4 }, limit = [{ times = 3, per = "day" }, { points = 12, per = "day" }] }"#,
        "/rules/more/limit",
        "allows 12 points a day, which 3 times a day never exceed",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 4 }, limit = [{ times = 1, per = "week" }, { times = 1, per = ["object", "week"] }] }"#,
        "/rules/more/limit",
        "allows 1 time a week, which 1 time a week never exceed",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 4 }, limit = [{ times = 2, within = "1 day" }, { times = 14, within = "7 days" }] }"#,
        "/rules/more/limit",
        "allows 14 times in 604800 seconds",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 4 }, limit = [{ times = 2, per = "day" }, { times = 2, per = "day" }] }"#,
        "/rules/more/limit",
        "allows 2 times a day, which 2 times a day never exceed",
    ),
    (
        r#"rules.more = { on = "post", give = { points = 4 }, limit = [{ times = 10 }, { times = 10, per = "month" }] }"#,
        "/rules/more/limit",
        "allows 10 times a month, which 10 times in all never exceed",
    ),
    (
        r#"limits.alone = { points = 50, per = "week" }
        rules.more = { on = "post", give = { points = 4 }, limit = ["alone", { times = 1, per = "day" }] }"#,
        "/limits/alone",
        "allows 50 points a week, which 1 time a day never exceed",
    ),
    // The same twice.
    (
        r#"rules.post-again = { on = "post", give = { points = 10 }, limit = { times = 5, per = "week" } }"#,
        "/rules/post-again",
        "gives the same for the same activities as `post`",
    ),
    (
        r#"rules.long = { on = "post", if = { words = { min = 300 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }
        rules.long-again = { on = "post", if = { words = { min = 300 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/long-again",
        "gives the same for the same activities as `long`",
    ),
    (
        r#"tallies.posts = { count = "post" }
        tallies.written = { count = "post" }
        badges.posts.when = { posts = 5 }
        badges.written.when = { written = 10 }"#,
        "/tallies/written",
        "counts the same for the same activities as `posts`",
    ),
    // Grades that are no step.
    (
        r#"tallies.posts = { count = "post" }
        badges.writer.grades = { bronze = { posts = 5 }, silver = { posts = 5 } }"#,
        "/badges/writer/grades/silver",
        "asks for no more than `bronze`, so nobody ever holds `bronze` alone",
    ),
    (
        r#"tallies.posts = { count = "post" }
        tallies.answers = { count = "answer" }
        badges.writer.grades = { apprentice = { posts = 5, answers = 1 }, master = { posts = 3 } }"#,
        "/badges/writer/grades/master",
        "asks for no more than `apprentice`",
    ),
    // What can never hold, and what always does.
    (
        r#"kinds.begun = {}
        tallies.days = { distinct = "day", of = "post" }
        challenges.week = { days = 8, joined_by = "begun", left_by = "quit", steps = { daily = { when = { days = 9 } } } }"#,
        "/challenges/week/steps/daily/when/days",
        "can never hold, because `days` counts days, and the challenge has 8",
    ),
    (
        r#"kinds.begun = {}
        tallies.row = { streak = "day", of = "post" }
        challenges.march = { from = "2026-03-02", until = "2026-03-09", joined_by = "begun", left_by = "quit", steps = { daily = { when = { row = 9 } } } }"#,
        "/challenges/march/steps/daily/when/row",
        "can never hold, because `row` counts days, and the challenge has 8",
    ),
    (
        r#"tallies.days = { distinct = "day", of = "post", per = "month" }
        badges.daily.when = { days = 32 }"#,
        "/badges/daily/when/days",
        "can never hold, because `days` counts days, and a month has at most 31",
    ),
    (
        r#"rules.late = { on = "post", if = { hour = { min = 24 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/late/if/hour/min",
        "can never hold",
    ),
    (
        r#"rules.late = { on = "post", if = { hour = { min = 0 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/late/if/hour/min",
        "always holds, because an hour is 0 or more",
    ),
    (
        r#"tallies.posts = { count = "post" }
        rules.any = { on = "post", if = { posts = { min = 0 } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/any/if/posts/min",
        "always holds, because `posts` is 0 or more",
    ),
    (
        r#"rules.both = { on = ["post", "answer"], if = { kind = { any = ["post", "answer", "left"] } }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/both/if/kind/any",
        "always holds, because the only kinds here are `answer`, `post`",
    ),
    (
        r#"rules.none = { on = "post", if = { kind = "answer" }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/none/if/kind",
        "can never hold, because the only kinds here are `post`",
    ),
    (
        r#"rules.none = { on = "post", if = { all = [{ words = { min = 9 } }, { words = { max = 8 } }] }, give = { points = 1 }, limit = { times = 1, per = "day" } }"#,
        "/rules/none/if/all/1/words/max",
        "can never hold",
    ),
    // What nothing uses.
    (r#"kinds.opened = {}"#, "/kinds/opened", "is used by no rule"),
    (r#"tallies.posts = { count = "post" }"#, "/tallies/posts", "is asked for by no goal"),
    (r#"limits.unnamed = { times = 1, per = "day" }"#, "/limits/unnamed", "is named by no rule"),
    (
        r#"rules.cut = { on = "post", give = { points = 20 }, limit = { points = 10, per = "day" } }"#,
        "/rules/cut/limit",
        "each amount is cut",
    ),
];

/// The warnings of the program with further parts.
fn warnings(added: &str) -> Vec<String> {
    let mut tree: toml::Table = PROGRAM.parse().expect("the program is TOML");
    // TOML defines a table once, so what is added to a section goes into the program's tree.
    for (section, things) in added.parse::<toml::Table>().expect("the part is TOML") {
        let toml::Value::Table(things) = things else { panic!("{section} is no table") };
        let into = tree.entry(section).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        into.as_table_mut().expect("a section is a table").extend(things);
    }
    let tree = serde_json::to_value(tree).expect("the program is data");
    program(&tree).warnings().iter().map(ToString::to_string).collect()
}

#[test]
fn a_program_of_living_parts_gets_no_warning() {
    assert_eq!(warnings(""), [""; 0]);
}

#[test]
fn each_dead_part_is_told_and_nothing_else() {
    for (added, path, reason) in DEAD {
        let warnings = warnings(added);
        let [warning] = &*warnings else { panic!("{added}: {warnings:#?}") };
        assert!(warning.starts_with(&format!("{path}: ")) && warning.contains(reason), "{added}: {warning}");
    }
}
