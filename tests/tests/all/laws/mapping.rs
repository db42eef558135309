//! A line read through any mapping is the same activity as the plain one.

use super::{cases, regressions};
use crate::world::tree;
use knownfor::{Feed, Incoming};
use knownfor_tests::generate;
use proptest::prelude::*;
use serde_json::Deserializer;

proptest! {
    #![proptest_config(cases(400, regressions!("mapping")))]

    #[test]
    fn a_line_says_the_same_through_any_mapping(program in generate::programs(), mapping in generate::mappings(), record in generate::records(12)) {
        let program = crate::world::program(&mapping.program(&program));
        for (number, activity) in record.iter().enumerate() {
            let sent = mapping.sent(activity, number);
            let feed = sent.beside.iter().fold(Feed::new("wiki"), |feed, (name, value)| feed.with(name, value));
            let text = sent.line.to_string();
            let plain = program.read_own(mapping.meant(activity)).expect("its own format");
            for read in [program.read(&tree(&text), &feed), program.read(&mut Deserializer::from_str(&text), &feed)] {
                match read {
                    Ok(Incoming::Activity(read)) => prop_assert_eq!(&read, &plain, "{} {:?}", text, sent.beside),
                    other => prop_assert!(false, "{:?} of {} {:?}", other, text, sent.beside),
                }
            }
        }
    }
}
