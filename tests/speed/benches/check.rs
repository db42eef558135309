//! How long `check` takes for a large program with a misspelt name in each of its parts.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench check              # 1,000 kinds and 1,000 mistakes
//! cargo bench -p knownfor-speed --bench check -- 4000      # 4,000
//! ```

use cpu_time::ThreadTime;
use knownfor::Program;
use std::{env, hint::black_box};

/// How often each program is checked. The fastest counts, because other work can only slow it down.
const ROUNDS: usize = 5;

const WORDS: [&str; 14] = [
    "blog", "post", "answer", "question", "comment", "review", "talk", "video", "thanks", "like", "page", "wiki",
    "course", "meeting",
];

fn main() {
    // cargo passes `--bench` to every benchmark.
    let asked = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let count: usize = asked.map_or(1_000, |count| count.parse().expect("a whole number"));
    let each = |line: &dyn Fn(usize) -> String| (0..count).map(line).collect::<String>();
    let kinds = each(&|number| format!("[kinds.\"{}\"]\nattributes = {{ words = \"integer\" }}\n", kind(number)));
    let head = format!("version = 1\nid = \"large\"\n[currencies.recognition]\n{kinds}");
    let tallies = each(&|number| format!("[tallies.{}]\ncount = \"{}\"\n", tally(number), kind(number)));
    let give = "give = { recognition = 5 }";
    println!("{:48}{:>10}{:>10}", format!("{count} of each"), "problems", "ms");
    for (name, parts) in [
        ("no mistake", each(&|number| format!("[rules.r{number}]\non = \"{}\"\n{give}\n", kind(number)))),
        ("kinds of rules", each(&|number| format!("[rules.r{number}]\non = \"{}\"\n{give}\n", typo(&kind(number))))),
        (
            "kinds of one rule",
            format!("[rules.r]\n{give}\non = [{}]\n", each(&|number| format!("\"{}\",", typo(&kind(number))))),
        ),
        ("kinds of tallies", each(&|number| format!("[tallies.t{number}]\ncount = \"{}\"\n", typo(&kind(number))))),
        (
            "tallies of badges",
            tallies + &each(&|number| format!("[badges.b{number}]\nwhen = {{ {} = 5 }}\n", typo(&tally(number)))),
        ),
        (
            "attributes, roles and windows",
            each(&|number| {
                let on = kind(number);
                format!(
                    "[rules.r{number}]\non = \"{on}\"\nto = \"ownr\"\nif = {{ wrds = 3 }}\n{give}\nlimit = {{ times = 1, per = \"dya\" }}\n"
                )
            }),
        ),
        (
            "keys",
            each(&|number| format!("[rules.r{number}]\nonn = \"{}\"\ngiv = {{ recogniton = 5 }}\n", kind(number))),
        ),
    ] {
        let text = format!("{head}{parts}");
        let tree: knownfor::Tree = toml::from_str(&text).expect("the program is TOML");
        let check = || {
            let start = ThreadTime::now();
            let problems =
                black_box(Program::check(&tree, |_| None)).err().map_or(0, |problems| problems.iter().count());
            (start.elapsed(), problems)
        };
        let (time, problems) = (0..ROUNDS).map(|_| check()).min().expect("there are rounds");
        println!("{name:48}{problems:>10}{:>10.1}", time.as_secs_f64() * 1_000.0);
    }
}

fn kind(number: usize) -> String {
    let word = |number: usize| WORDS[number % WORDS.len()];
    format!("{}.{}.done{number}", word(number), word(number / WORDS.len()))
}

fn tally(number: usize) -> String {
    kind(number).replace('.', "-")
}

/// A name without the letter in its middle.
fn typo(name: &str) -> String {
    let middle = name.len() / 2;
    format!("{}{}", &name[..middle], &name[middle + 1..])
}
