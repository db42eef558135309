//! Encrypted connections to a server of PostgreSQL, with certificates of two invented authorities.

use crate::support::{
    cluster::{Cluster, PASSWORD, as_plain_user},
    server::{Intranet, blog},
};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long a server may take until it listens.
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes the key and the certificate of an authority, and with them those of a server at 127.0.0.1.
fn certify(folder: &Path, authority: &str, server: &str) {
    let openssl = |name: &str, options: &[&str]| {
        let made = as_plain_user("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
            .args(["-subj", &format!("/CN={name}"), "-keyout", &format!("{name}.key"), "-out", &format!("{name}.crt")])
            .args(options)
            .current_dir(folder)
            .output()
            .expect("openssl is installed");
        assert!(made.status.success(), "{made:?}");
    };
    openssl(authority, &[]);
    let (certificate, key) = (format!("{authority}.crt"), format!("{authority}.key"));
    let names = ["-addext", "subjectAltName=IP:127.0.0.1", "-addext", "basicConstraints=critical,CA:FALSE"];
    openssl(server, &[&["-CA", &certificate, "-CAkey", &key][..], &names].concat());
}

impl Cluster {
    /// Takes encrypted connections from now on, and over TCP no others.
    fn encrypt(&self) {
        let data = self.folder.join("data");
        let access = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
        fs::write(data.join("pg_hba.conf"), access).unwrap();
        let mut client = self.client("postgres");
        client.batch_execute("ALTER SYSTEM SET ssl = on").unwrap();
        client.batch_execute("SELECT pg_reload_conf()").unwrap();
        let on = "SELECT 1 FROM pg_settings WHERE name = 'ssl' AND setting = 'on'";
        while self.rows("postgres", on).is_empty() {}
    }

    /// How many connections of intranets over TCP are encrypted, and how many are not.
    fn encrypted(&self) -> (usize, usize) {
        let sql = "SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
                   WHERE application_name = 'intranet' AND client_addr IS NOT NULL";
        let (yes, no): (Vec<_>, Vec<_>) = self.column("postgres", sql).into_iter().partition(|ssl| ssl == "t");
        (yes.len(), no.len())
    }
}

fn on(url: &str, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intranet"));
    command.args(["--database", url]).arg("--pkg").arg(folder);
    command
}

#[test]
fn connections_are_encrypted_for_a_server_that_an_authority_vouches_for_and_else_refused() {
    let folder = TempDir::new().unwrap();
    let cluster = Cluster::start(&["fsync=off"]);
    cluster.create("company");
    certify(&cluster.folder.join("data"), "authority", "server");
    certify(&cluster.folder.join("data"), "stranger", "elsewhere");
    let url = |options: &str| format!("{}{options}", cluster.url_with_password(PASSWORD, "company"));
    let refused = |url: String, says: &str| {
        let said = on(&url, folder.path()).args(["--empty", "--listen", "127.0.0.1:0"]).output().unwrap();
        assert!(!said.status.success(), "{url}: {said:?}");
        let said = String::from_utf8(said.stderr).unwrap();
        assert!(said.contains(says) && !said.contains("horse"), "{url}: {said}");
    };
    let authority = |name: &str| {
        let file = cluster.folder.join(format!("data/{name}.crt"));
        format!("sslrootcert={}", file.to_str().unwrap().replace('/', "%2F"))
    };
    let right = authority("authority");

    for mode in ["require", "verify-full"] {
        fs::write(folder.path().join("none.pem"), "").unwrap();
        refused(url(&format!("?sslmode={mode}&sslrootcert=/nowhere/root.pem")), "cannot use the root certificates");
        let none = folder.path().join("none.pem");
        refused(url(&format!("?sslmode={mode}&sslrootcert={}", none.display())), "it has no certificate");
        refused(url(&format!("?sslmode={mode}&{right}")), "does not encrypt connections, so nothing was sent to it");
    }
    let tables = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace";
    assert_eq!(cluster.column("company", tables), ["0"]);

    cluster.encrypt();
    refused(url("?sslmode=disable"), "no encryption");
    refused(url(&format!("?sslmode=require&{}", authority("stranger"))), "is not to be trusted");
    refused(url(&format!("?sslmode=verify-full&{right}")).replace("127.0.0.1", "localhost"), "is not to be trusted");
    refused(url("?sslmode=verify-ca"), "must be disable, prefer, require or verify-full");
    assert_eq!(cluster.encrypted(), (0, 0));

    for options in [format!("?sslmode=verify-full&{right}"), format!("?{right}&sslmode=require"), String::new()] {
        let server = on(&url(&options), folder.path());
        let intranet = Intranet::start_by(server, folder.path(), &["--empty"], Stdio::inherit());
        assert_eq!(intranet.send(blog(&format!("of{}", options.len()))).status, 200);
        // One works, and one that comes a moment later listens for what other servers change.
        let begun = Instant::now();
        let mut found = cluster.encrypted();
        while found.0 < 2 && begun.elapsed() < PATIENCE {
            found = cluster.encrypted();
        }
        let (yes, no) = found;
        assert!(yes >= 2 && no == 0, "{options}: {yes} encrypted, {no} not");
        intranet.kill();
        while cluster.encrypted() != (0, 0) {}
    }
}
