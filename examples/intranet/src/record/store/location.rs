//! Location: where a database is, as `--database` says it.

use postgres::config::{Host, SslMode};
use std::{
    ffi::OsString,
    fmt::{self, Display, Formatter},
    path::{Path, PathBuf},
};

/// Where a database is. As text it never has the password.
#[derive(Clone)]
pub(crate) enum Location {
    File(PathBuf),
    Server(Address),
}

/// The address of a database on a server.
#[derive(Clone)]
pub(crate) struct Address {
    /// With the password, if it has one.
    secret: String,
    shown: String,
}

impl From<OsString> for Location {
    fn from(text: OsString) -> Self {
        match text.to_str() {
            Some(text) if text.starts_with("postgres://") || text.starts_with("postgresql://") => {
                Self::Server(Address::new(text))
            }
            _ => Self::File(text.into()),
        }
    }
}

impl Location {
    /// The file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Server(_) => None,
        }
    }
}

impl Display for Location {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(f),
            Self::Server(address) => f.write_str(&address.shown),
        }
    }
}

impl Address {
    fn new(text: &str) -> Self {
        let shown = text.parse().ok().and_then(|config| shown(&config));
        let shown = shown.unwrap_or_else(|| "the PostgreSQL server of --database".into());
        Self { secret: text.into(), shown }
    }

    /// How to connect, or why that is not possible. The reason does not quote the address.
    pub(super) fn config(&self) -> Result<postgres::Config, &'static str> {
        const NO_TLS: &str = "this server does not encrypt connections to PostgreSQL, so it cannot do what `sslmode` in --database asks \
             for; use a local socket, a private network or a proxy that encrypts, and leave `sslmode` out";
        if self.secret.contains("sslmode=verify-") {
            return Err(NO_TLS);
        }
        let expected = "--database is not an address of PostgreSQL; expected postgres://user:password@host/name, with \
                        %40 for an @ in the password";
        let mut config: postgres::Config = self.secret.parse().map_err(|_| expected)?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(NO_TLS);
        }
        if config.get_hosts().is_empty() || config.get_user().is_none() || config.get_dbname().is_none() {
            return Err(expected);
        }
        if let (None, Ok(password)) = (config.get_password(), std::env::var("PGPASSWORD")) {
            config.password(password);
        }
        Ok(config)
    }

    /// The host, the user and the name, as PostgreSQL's own programs take them.
    pub(crate) fn options(&self) -> String {
        let Ok(config) = self.config() else { return String::new() };
        let port = config.get_ports().first().map_or(String::new(), |port| format!(" -p {port}"));
        format!(
            "-h {}{port} -U {} -d {}",
            config.get_hosts().first().map_or(String::new(), host),
            config.get_user().unwrap_or_default(),
            config.get_dbname().unwrap_or_default()
        )
    }
}

impl Display for Address {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

fn shown(config: &postgres::Config) -> Option<String> {
    let hosts: Vec<String> = config.get_hosts().iter().map(host).collect();
    Some(format!("postgres://{}@{}/{}", config.get_user()?, hosts.join(","), config.get_dbname()?))
}

fn host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(folder) => folder.display().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Location {
        Location::from(OsString::from(text))
    }

    #[test]
    fn no_text_has_the_password() {
        for address in [
            "postgres://ada:s3cret@db.example:5433/intranet",
            "postgresql://ada:s3cret@db.example/intranet?connect_timeout=3",
            "postgres://ada@db.example/intranet?password=s3cret",
            "postgres://ada:s3cret@%2Frun%2Fpostgresql/intranet",
            "postgres://ada:s3cret@db.example/intranet?sslmode=verify-full",
            "postgres://ada:s3cret@db.example:port/intranet",
            "postgres://ada:s3cret/x@db.example/intranet",
            "postgres://s3cret",
        ] {
            let Location::Server(server) = at(address) else { panic!("{address}: a file") };
            let said = format!("{} {} {}", at(address), server.options(), server.config().err().unwrap_or_default());
            assert!(!said.contains("s3cret"), "{address}: {said}");
        }
        assert_eq!(
            at("postgres://ada:s3cret@db.example:5433/intranet").to_string(),
            "postgres://ada@db.example/intranet"
        );
    }

    #[test]
    fn what_cannot_be_encrypted_is_refused_and_not_sent_in_the_clear() {
        for mode in ["require", "verify-ca", "verify-full"] {
            let Location::Server(server) = at(&format!("postgres://ada@db/intranet?sslmode={mode}")) else {
                panic!("a file")
            };
            assert!(server.config().err().unwrap().contains("does not encrypt"), "{mode}");
        }
        assert!(matches!(at("postgres.sqlite"), Location::File(_)));
    }
}
