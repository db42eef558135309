//! A line read through any mapping is the same activity as the plain one.

use super::{cases, regressions};
use crate::world::tree;
use knownfor::{Feed, Incoming, Program};
use knownfor_tests::generate::{self, Sent};
use proptest::prelude::*;
use serde_json::Deserializer;

/// A line as both doors of the program read it: from a tree, and from text.
fn read(program: &Program, sent: &Sent, number: usize) -> [Result<Incoming, String>; 2] {
    let feed = Feed::new("wiki").line(u64::try_from(number).expect("few lines"));
    let feed = sent.beside.iter().fold(feed, |feed, (name, value)| feed.with(name, value));
    let text = sent.line.to_string();
    let read = [program.read(&tree(&text), &feed), program.read(&mut Deserializer::from_str(&text), &feed)];
    read.map(|read| read.map_err(|error| error.to_string()))
}

proptest! {
    #![proptest_config(cases(400, regressions!("mapping")))]

    #[test]
    fn a_line_says_the_same_through_any_mapping(program in generate::programs(), mapping in generate::mappings(), record in generate::records(12)) {
        let program = crate::world::program(&mapping.program(&program));
        for (number, activity) in record.iter().enumerate() {
            let sent = mapping.sent(activity, number);
            let plain = program.read_own(mapping.meant(activity, number)).expect("its own format");
            for read in read(&program, &sent, number) {
                prop_assert_eq!(read, Ok(Incoming::Activity(plain.clone())), "{:?}", &sent);
            }
            let id = activity["id"].as_str().expect("an id");
            for read in read(&program, &mapping.void(id), number) {
                prop_assert_eq!(read, Ok(Incoming::Void { source: "wiki".into(), id: id.into() }));
            }
        }
        let (unknown, is_ignored) = mapping.unknown();
        for read in read(&program, &unknown, 0) {
            prop_assert_eq!(matches!(read, Ok(Incoming::Ignored { .. })), is_ignored);
            prop_assert!(is_ignored || read.is_err_and(|error| error.contains("was never heard of")));
        }
    }
}
