//! Side channels: ids, live events, health and the time an answer takes tell nothing about a member who hides.

use crate::support::company::{Company, SAM, deed, sam_shows_all};
use serde_json::json;
use std::{collections::BTreeSet, fs};

#[test]
fn ids_of_deeds_do_not_count_what_others_did() {
    let company = Company::with(&[], &[]);
    let own = |path: &str, body: &str| {
        let answer = company.ask("POST", &format!("/api/members/mate/{path}"), "mate", body);
        assert!((200..300).contains(&answer.status), "{path}: {answer:?}");
    };
    for topics in [r#"["ink"]"#, r#"["wax"]"#, r#"["ink"]"#] {
        own("claim", &format!(r#"{{"topics": {topics}}}"#));
    }
    own("kudos", r#"{"to": "sam"}"#);
    own("hide", "");
    let of_intranet = "SELECT id FROM activities WHERE source = 'intranet'";
    let ids: BTreeSet<String> = company.intranet.database().column(of_intranet).into_iter().collect();
    assert!(ids.len() >= 5, "{ids:?}");
    for id in ids {
        let digits = id.bytes().filter(u8::is_ascii_hexdigit).count();
        assert!(digits >= 32, "{id} is no random id and no hash");
    }
}

#[test]
fn thanking_twice_counts_once() {
    let company = Company::with(&[], &[]);
    let before = company.intranet.stored();
    let thank = |body: &str| company.ask("POST", "/api/members/mate/kudos", "mate", body).status;
    for _ in 0..3 {
        assert_eq!(thank(r#"{"to": "sam", "topic": "Facilitation"}"#), 204);
        assert_eq!(thank(r#"{"to": "sam", "topic": " facilitation "}"#), 204);
    }
    assert_eq!(company.intranet.stored(), before + 1);
    assert_eq!(thank(r#"{"to": "sam"}"#), 204);
    assert_eq!(company.intranet.stored(), before + 2, "thanks in general are another thing");
}

/// Nanoseconds that the server's threads have computed so far.
#[cfg(target_os = "linux")]
fn cpu_time(company: &Company) -> u64 {
    let tasks = fs::read_dir(format!("/proc/{}/task", company.intranet.id())).unwrap();
    let of_task = |task: fs::DirEntry| {
        let stat = fs::read_to_string(task.path().join("schedstat")).unwrap_or_default();
        stat.split(' ').next().and_then(|time| time.parse::<u64>().ok()).unwrap_or(0)
    };
    tasks.flatten().map(of_task).sum()
}

/// Two thousand requests about each, in turns of a hundred, so that whatever slows the machine slows all of them. The
/// median turn decides.
#[test]
#[cfg(target_os = "linux")]
fn hidden_and_absent_take_the_same_time() {
    let mut hidden = sam_shows_all();
    for post in 0..200 {
        let says = json!({"owner": SAM, "object": format!("blog/sam/more-{post}"), "attributes": {"words": 400}});
        let mut post_deed = deed(312, "blog.published", SAM, says);
        post_deed["id"] = json!(format!("more-{post}"));
        hidden.push(post_deed);
    }
    hidden.push(deed(330, "profile.hidden", SAM, json!({})));
    let company = Company::with(&hidden, &[]);
    for path in ["/api/members/{}/view", "/api/models/{}"] {
        // Sam hides, c0000 is nobody, and both ids have as many characters as the directory's.
        let mut turns: [Vec<u64>; 2] = Default::default();
        for turn in 0..42 {
            for (spent, id) in turns.iter_mut().zip([SAM, "sbm"]) {
                let before = cpu_time(&company);
                for _ in 0..100 {
                    let answer = company.ask("GET", &path.replace("{}", id), "other", "");
                    assert_eq!(answer.status, 404);
                }
                // The first turns warm up.
                if turn >= 2 {
                    spent.push(cpu_time(&company) - before);
                }
            }
        }
        let [hidden, absent] = turns.map(|mut spent| {
            spent.sort_unstable();
            spent[spent.len() / 2]
        });
        let ratio = hidden as f64 / absent as f64;
        println!("{path}: hidden {} us, absent {} us a request", hidden / 100_000, absent / 100_000);
        assert!((0.93..1.07).contains(&ratio), "{path}: hidden members cost {ratio:.3} of absent ones");
    }
}
