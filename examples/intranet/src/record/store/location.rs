//! Location: where a database is, as `--database` says it.

use super::encryption::Encryption;
use postgres::config::Host;
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
        let address = Encryption::split(text).map_or_else(|_| text.to_owned(), |(address, _)| address);
        let shown = address.parse().ok().and_then(|config| shown(&config));
        let shown = shown.unwrap_or_else(|| "the PostgreSQL server of --database".into());
        Self { secret: text.into(), shown }
    }

    /// How to connect and to encrypt, or why that is not possible. The reason does not quote the address.
    pub(super) fn config(&self) -> Result<(postgres::Config, Encryption), &'static str> {
        let expected = "--database is not an address of PostgreSQL; expected postgres://user:password@host/name, with \
                        %40 for an @ in the password";
        let (address, encryption) = Encryption::split(&self.secret)?;
        let mut config: postgres::Config = address.parse().map_err(|_| expected)?;
        if config.get_hosts().is_empty() || config.get_user().is_none() || config.get_dbname().is_none() {
            return Err(expected);
        }
        if let (None, Ok(password)) = (config.get_password(), std::env::var("PGPASSWORD")) {
            config.password(password);
        }
        config.ssl_mode(encryption.mode());
        Ok((config, encryption))
    }

    /// The host, the user and the name, as PostgreSQL's own programs take them.
    pub(crate) fn options(&self) -> String {
        let Ok((config, encryption)) = self.config() else { return String::new() };
        let port = config.get_ports().first().map_or(String::new(), |port| format!(" -p {port}"));
        let name = config.get_dbname().unwrap_or_default();
        let name = match encryption.options() {
            options if options.is_empty() => name.to_owned(),
            options => format!("'dbname={name}{options}'"),
        };
        format!(
            "-h {}{port} -U {} -d {name}",
            config.get_hosts().first().map_or(String::new(), host),
            config.get_user().unwrap_or_default(),
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
    fn commands_of_postgresql_encrypt_as_the_server_does() {
        let options = |options: &str| match at(&format!("postgres://ada@db/intranet{options}")) {
            Location::Server(server) => server.options(),
            Location::File(_) => panic!("a file"),
        };
        assert_eq!(options(""), "-h db -p 5432 -U ada -d intranet");
        let checked = "-h db -p 5432 -U ada -d 'dbname=intranet sslmode=verify-full sslrootcert=/etc/root.pem'";
        assert_eq!(options("?sslmode=require&sslrootcert=/etc/root.pem"), checked);
        assert!(matches!(at("postgres.sqlite"), Location::File(_)));
    }
}
