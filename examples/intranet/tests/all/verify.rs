//! Verification: what does not follow from the record is found, and named without a name.

use crate::support::{
    northwind::run,
    server::{Intranet, refused},
    store::Database,
};
use tempfile::TempDir;

#[test]
fn what_does_not_follow_from_the_record_is_found() {
    let faults = [
        (
            "UPDATE standings SET bytes = (SELECT bytes FROM standings WHERE member = 'ingrid') WHERE member = 'ada'",
            "1 of",
        ),
        ("UPDATE activities SET id = id || '-x' WHERE number = 7", "activity 7 is not what its row says"),
        ("DELETE FROM names WHERE activity = 9", "activity 9 is not what its row says"),
        ("DELETE FROM standings WHERE member = 'priya'", "1 of"),
    ];
    for (fault, told) in faults {
        let folder = TempDir::new().unwrap();
        Intranet::start_with(folder.path(), &[]).kill();
        let sound = run(folder.path(), &["--verify"]);
        let said = String::from_utf8(sound.stdout).unwrap();
        assert!(said.contains("every standing follows from the record"), "{said}");
        Database::of(folder.path()).run(fault);
        let said = refused(folder.path(), &["--verify"]);
        assert!(said.contains(told), "{fault}: {said}");
        assert!(!said.contains("ada") && !said.contains("priya"), "{said}");
    }
}
