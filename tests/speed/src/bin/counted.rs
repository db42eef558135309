//! Runs that callgrind counts, without anything that a bench does beside them.
//!
//! ```sh
//! cargo build --release -p knownfor-speed --bin counted
//! valgrind --tool=callgrind --toggle-collect='*way_apply*' target/release/counted apply 100
//! ```
//!
//! The first argument is `apply` or `record`, after the ways that they count, the second the number of rules. The count
//! is for 4,000 activities.

use knownfor::{Engine, Incoming};
use knownfor_speed::{COUNTED, MEMBERS, Standings, Stream, program, way_apply, way_record};
use std::env;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [way, rules] = &arguments[..] else { panic!("usage: counted apply|record RULES") };
    let rules = rules.parse().expect("the number of rules is a whole number");
    let lines: Vec<String> = Stream::of(MEMBERS).take(2 * COUNTED).collect();
    let mut standings = Standings::new(program(rules));
    let (mut before, mut activities) = (Vec::new(), Vec::new());
    standings.read(&lines[..COUNTED], &mut before);
    standings.read(&lines[COUNTED..], &mut activities);
    match way.as_str() {
        "apply" => {
            let named = standings.look_up(&before);
            standings.apply(&named);
            let named = standings.look_up(&activities);
            way_apply(&mut standings, &named);
        }
        "record" => {
            let mut engine = Engine::new(before[0].program().clone());
            let (statuses, _) = engine.apply_all(before.into_iter().map(Incoming::Activity));
            assert!(statuses.iter().all(Result::is_ok), "the stream is in order");
            way_record(&mut engine, activities.into_iter().map(Incoming::Activity).collect());
        }
        _ => panic!("`{way}` is no way; expected `apply` or `record`"),
    }
}
