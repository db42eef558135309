//! Encryption: how connections to a server of PostgreSQL are encrypted, as `sslmode` and `sslrootcert` in `--database`
//! say.

use anyhow::{Context, Result, bail};
use percent_encoding::percent_decode_str;
use postgres::config::SslMode;
use rustls::{
    ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How far connections are encrypted.
#[derive(Clone)]
pub(super) enum Encryption {
    Never,
    /// If the server can. Its certificate is not checked: an attacker who could forge one could also refuse to encrypt.
    IfOffered,
    /// Always, with a certificate for the server's name that one of these authorities has signed.
    Checked(Roots),
}

/// Whom to trust.
#[derive(Clone)]
pub(super) enum Roots {
    OfSystem,
    /// The certificates in a file of PEM.
    File(PathBuf),
}

impl Encryption {
    /// Takes `sslmode` and `sslrootcert` out of an address, since the client library does not know all that PostgreSQL's
    /// own programs take. The reason for an error does not quote the address.
    pub(super) fn split(address: &str) -> Result<(String, Self), &'static str> {
        let Some((server, options)) = address.split_once('?') else {
            return Ok((address.to_owned(), Self::IfOffered));
        };
        let (mut mode, mut roots, mut others) = (None, None, Vec::new());
        for option in options.split('&') {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            let value = || percent_decode_str(value).decode_utf8_lossy().into_owned();
            match name {
                "sslmode" => mode = Some(value()),
                "sslrootcert" => roots = Some(value()),
                _ => others.push(option),
            }
        }
        let encryption = Self::of(mode.as_deref(), roots)?;
        let address = match others.is_empty() {
            true => server.to_owned(),
            false => format!("{server}?{}", others.join("&")),
        };
        Ok((address, encryption))
    }

    fn of(mode: Option<&str>, roots: Option<String>) -> Result<Self, &'static str> {
        match (mode, roots) {
            (Some("require" | "verify-full"), roots) => Ok(Self::Checked(match roots {
                Some(file) if file != "system" => Roots::File(file.into()),
                _ => Roots::OfSystem,
            })),
            (None | Some("disable" | "prefer"), Some(_)) => {
                Err("`sslrootcert` in --database is for a certificate that is checked; say sslmode=verify-full with it")
            }
            (Some("disable"), None) => Ok(Self::Never),
            (None | Some("prefer"), None) => Ok(Self::IfOffered),
            (Some(_), _) => Err("`sslmode` in --database must be disable, prefer, require or verify-full"),
        }
    }

    pub(super) fn mode(&self) -> SslMode {
        match self {
            Self::Never => SslMode::Disable,
            Self::IfOffered => SslMode::Prefer,
            Self::Checked(_) => SslMode::Require,
        }
    }

    /// The same for PostgreSQL's own programs; empty if that is what they do anyway.
    pub(super) fn options(&self) -> String {
        match self {
            Self::Never => " sslmode=disable".into(),
            Self::IfOffered => String::new(),
            Self::Checked(Roots::OfSystem) => " sslmode=verify-full sslrootcert=system".into(),
            Self::Checked(Roots::File(file)) => format!(" sslmode=verify-full sslrootcert={}", file.display()),
        }
    }

    /// What encrypts a connection.
    pub(super) fn connector(&self) -> Result<MakeRustlsConnect> {
        let provider = Arc::new(ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions()?;
        let config = match self {
            Self::Never | Self::IfOffered => {
                config.dangerous().with_custom_certificate_verifier(Arc::new(Unchecked(provider)))
            }
            Self::Checked(roots) => config.with_root_certificates(roots.read()?),
        };
        Ok(MakeRustlsConnect::new(config.with_no_client_auth()))
    }
}

impl Roots {
    fn read(&self) -> Result<RootCertStore> {
        let mut roots = RootCertStore::empty();
        match self {
            Self::OfSystem => {
                let found = rustls_native_certs::load_native_certs();
                roots.add_parsable_certificates(found.certs);
                if roots.is_empty() {
                    bail!("this system has no root certificates, so it trusts no server; give some with `sslrootcert`");
                }
            }
            Self::File(file) => add_from(&mut roots, file)
                .with_context(|| format!("cannot use the root certificates of `sslrootcert`, {}", file.display()))?,
        }
        Ok(roots)
    }
}

fn add_from(roots: &mut RootCertStore, file: &Path) -> Result<()> {
    for certificate in CertificateDer::pem_file_iter(file)? {
        roots.add(certificate?)?;
    }
    if roots.is_empty() {
        bail!("it has no certificate; expected PEM");
    }
    Ok(())
}

/// Accepts every certificate, from one that has its key.
#[derive(Debug)]
struct Unchecked(Arc<CryptoProvider>);

impl ServerCertVerifier for Unchecked {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_asks_for_a_checked_certificate_never_gets_less() {
        for mode in ["require", "verify-full"] {
            let (address, encryption) = Encryption::split(&format!("postgres://ada@db/in?sslmode={mode}")).unwrap();
            assert_eq!((address.as_str(), encryption.mode()), ("postgres://ada@db/in", SslMode::Require));
        }
        let split =
            Encryption::split("postgres://a@b/c?sslrootcert=%2Fetc%2Fr.pem&connect_timeout=3&sslmode=verify-full");
        let (address, encryption) = split.unwrap();
        assert_eq!(address, "postgres://a@b/c?connect_timeout=3");
        assert!(matches!(encryption, Encryption::Checked(Roots::File(file)) if file == Path::new("/etc/r.pem")));
        for unclear in ["sslmode=verify-ca", "sslmode=", "sslmode=requir", "sslrootcert=r.pem", "sslmode"] {
            assert!(Encryption::split(&format!("postgres://a@b/c?{unclear}")).is_err(), "{unclear}");
        }
        for mode in ["", "?sslmode=prefer", "?connect_timeout=3"] {
            assert_eq!(Encryption::split(&format!("postgres://a@b/c{mode}")).unwrap().1.mode(), SslMode::Prefer);
        }
    }
}
