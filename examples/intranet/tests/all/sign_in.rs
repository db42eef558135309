//! Signing in: the server starts only where nobody can pass for somebody else.

use crate::support::{
    company::sources,
    server::{Answer, Intranet, REAL_SIGN_IN, refused},
};
use std::{fs, os::unix::fs::PermissionsExt};
use tempfile::TempDir;

const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Writes a file that only its owner may read, and returns its path.
fn write(folder: &TempDir, name: &str, text: &str) -> String {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn an_unsafe_set_up_does_not_start_and_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let ours = write(&folder, "sources.toml", &sources());
    let short = write(&folder, "short", "hunter2\n");
    let open = write(&folder, "open", SECRET);
    fs::set_permissions(&open, fs::Permissions::from_mode(0o640)).unwrap();
    let one =
        "[social]\ntoken_sha256 = \"54fa4bef4d13e015b705e240395b4a312c8e52b1c4907c224320946d8973af2f\"\nkinds = []\n";
    let one = write(&folder, "one.toml", one);
    let empty =
        "[blank]\ntoken_sha256 = \"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"\nkinds = []\n";
    let empty = write(&folder, "empty.toml", empty);
    let proxy = "--proxy-address=127.0.0.1";
    for (name, options, says) in [
        (
            "open to others without a sign-in",
            vec!["--listen", "0.0.0.0:0"],
            "anyone who reaches it could sign in as anyone",
        ),
        ("open to others on IPv6", vec!["--listen", "[::]:0"], "anyone who reaches it could sign in as anyone"),
        ("no proof", vec!["--trust-user-header", "--sources", &ours], "--proxy-secret FILE or --proxy-address ADDRESS"),
        ("proof of nothing", vec![proxy, "--sources", &ours], "--trust-user-header"),
        ("the demonstration's tokens", vec!["--trust-user-header", proxy], "everyone knows: hr, outreach, social"),
        ("one of them", vec!["--trust-user-header", proxy, "--sources", &one], "everyone knows: social"),
        ("no token at all", vec!["--sources", &empty], "the token is empty"),
        ("a short secret", vec!["--trust-user-header", "--proxy-secret", &short, "--sources", &ours], "at least 32"),
        ("a secret for all", vec!["--trust-user-header", "--proxy-secret", &open, "--sources", &ours], "chmod 600"),
        ("no secret", vec!["--trust-user-header", "--proxy-secret", "/nowhere", "--sources", &ours], "/nowhere"),
    ] {
        let error = refused(folder.path(), &options);
        assert!(error.contains(says), "{name}: {error}");
    }
}

#[test]
fn no_source_may_speak_for_a_member() {
    let folder = TempDir::new().unwrap();
    for kind in [
        "profile.published",
        "profile.hidden",
        "audience.said",
        "topics.claimed",
        "board.joined",
        "board.left",
        "challenge.joined",
        "challenge.left",
        "model.agreed",
        "model.ended",
        "kudos.given",
    ] {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let text = format!("[chat]\ntoken_sha256 = \"{hash}\"\nkinds = [\"blog.published\", \"{kind}\"]\n");
        let sources = write(&folder, "sources.toml", &text);
        let error = refused(folder.path(), &["--sources", &sources]);
        let says = format!("source `chat`: only members themselves say `{kind}`");
        assert!(error.contains(&says) && error.contains("sources.toml"), "{error}");
    }
}

#[test]
fn only_a_request_through_the_proxy_is_signed_in() {
    let folder = TempDir::new().unwrap();
    let ours = write(&folder, "sources.toml", &sources());
    let secret = write(&folder, "secret", &format!("{SECRET}\n"));
    let with_secret = ["--trust-user-header", "--proxy-secret", &secret, "--sources", &ours];
    let intranet = Intranet::start_with(folder.path(), &with_secret);
    let ask = |headers: &[(&str, &str)]| {
        let request = intranet.agent.get(format!("{}/api/members/ada/view", intranet.address));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::of(request.call().unwrap())
    };
    let ada = ("x-remote-user", "ada");
    let proven = ("x-proxy-secret", SECRET);
    assert_eq!(ask(&[ada, proven]).json["own"], true);
    let near = SECRET.replace('f', "e");
    for (name, headers) in [
        ("no secret", vec![ada]),
        ("another secret", vec![ada, ("x-proxy-secret", &near)]),
        ("an empty secret", vec![ada, ("x-proxy-secret", "")]),
        ("two secrets", vec![ada, ("x-proxy-secret", &near), proven]),
        ("nobody", vec![proven]),
        ("two people", vec![ada, ("x-remote-user", "bo"), proven]),
        ("the demonstration's cookie", vec![("cookie", "signed-in=ada")]),
        ("the demonstration's cookie through the proxy", vec![("cookie", "signed-in=ada"), proven]),
    ] {
        let answer = ask(&headers);
        assert_eq!(answer.status, 401, "{name}: {answer:?}");
    }
    let own = intranet.own("POST", "/api/members/ada/publish", "ada", "");
    assert_eq!(own.status, 401, "{own:?}");
    drop(intranet);

    // An address that is not the proxy's.
    let elsewhere = ["--trust-user-header", "--proxy-address", "192.0.2.7", "--sources", &ours];
    let intranet = Intranet::start_with(folder.path(), &elsewhere);
    let request = intranet.agent.get(format!("{}/", intranet.address)).header(ada.0, ada.1);
    let answer = Answer::of(request.call().unwrap());
    assert_eq!(answer.status, 401, "{answer:?}");
    assert!(answer.text.contains("did not come through the proxy"), "{answer:?}");
}

#[test]
fn real_sign_in_starts_without_the_demonstration() {
    let folder = TempDir::new().unwrap();
    let ours = write(&folder, "sources.toml", &sources());
    let intranet = Intranet::start_with(folder.path(), &[&REAL_SIGN_IN[..], &["--sources", &ours]].concat());
    assert_eq!(intranet.stored(), 0);
    let request = intranet.agent.get(format!("{}/api/members/ada/view", intranet.address));
    assert_eq!(Answer::of(request.header("x-remote-user", "ada").call().unwrap()).json["own"], true);
}
