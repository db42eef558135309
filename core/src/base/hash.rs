//! Hash: FNV-1a with 64 bits, for a program's fingerprint and for checksums. It finds damage, not forgery.

use crate::base::{tree::Tree, zone::Zone};
use alloc::borrow::Cow;

/// FNV-1a with 64 bits (Fowler, Noll and Vo).
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3));
    }

    pub(crate) fn finish(self) -> u64 {
        self.0
    }
}

/// Raised by a release in which the same record gives other standings, or which keeps other things in a standing. The
/// standings that hosts have stored are then of another program, and hosts fold them again.
const RESULTS: u8 = 3;

/// The hash of a program: its tree, its zone's data, and [`RESULTS`].
pub(crate) fn fingerprint(tree: &Tree<'_>, zone: &Zone) -> u64 {
    let mut hash = Fnv::new();
    hash.bytes(&[RESULTS]);
    add(tree, &mut hash);
    hash.bytes(&zone.first_offset_seconds().to_le_bytes());
    for transition in zone.transitions() {
        hash.bytes(&transition.at.unix_seconds().to_le_bytes());
        hash.bytes(&transition.offset_seconds.to_le_bytes());
    }
    hash.finish()
}

/// The hash of what a part of a program means: its tree without the names shown to people. The order of its keys does
/// not matter.
pub(crate) fn meaning(tree: &Tree<'_>) -> u64 {
    let own = |(key, value): &(Cow<'_, str>, Tree<'_>)| {
        let mut hash = Fnv::new();
        add_text(key, &mut hash);
        add(value, &mut hash);
        hash.finish()
    };
    let meant = tree.entries().iter().filter(|(key, _)| key != "name");
    meant.fold(0, |sum, entry| sum.wrapping_add(own(entry)))
}

fn add(tree: &Tree<'_>, hash: &mut Fnv) {
    match tree {
        Tree::Null => hash.bytes(b"n"),
        Tree::Fraction(_) => hash.bytes(b"d"),
        Tree::Flag(flag) => hash.bytes(if *flag { b"t" } else { b"f" }),
        Tree::Integer(number) => {
            hash.bytes(b"i");
            hash.bytes(&number.to_le_bytes());
        }
        Tree::Text(text) => add_text(text, hash),
        Tree::List(items) => {
            hash.bytes(b"[");
            items.iter().for_each(|item| add(item, hash));
            hash.bytes(b"]");
        }
        Tree::Table(entries) => {
            // Order matters: it decides which of two rules reaches a shared limit or floor first.
            hash.bytes(b"{");
            for (key, value) in entries {
                add_text(key, hash);
                add(value, hash);
            }
            hash.bytes(b"}");
        }
    }
}

/// Hashes a text's length before its bytes: `ab`, `c` and `a`, `bc` must differ.
fn add_text(text: &str, hash: &mut Fnv) {
    hash.bytes(b"s");
    hash.bytes(&(text.len() as u64).to_le_bytes());
    hash.bytes(text.as_bytes());
}
