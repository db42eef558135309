//! HTTP by hand, for what a client library hides: streams that stay open, and thousands of connections at once.

use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

/// A connection that is used for one request after another.
pub struct Connection(BufStream<TcpStream>);

impl Connection {
    pub async fn to(address: &str) -> Self {
        let stream = TcpStream::connect(address.trim_start_matches("http://")).await.unwrap();
        stream.set_nodelay(true).unwrap();
        // Small, because there are thousands.
        Self(BufStream::with_capacity(512, 512, stream))
    }

    /// Sends a request as the proxy passes it on for a viewer.
    pub async fn send(&mut self, method: &str, path: &str, viewer: &str, body: &str) {
        self.write(&format!("{method} {path} HTTP/1.1\r\nhost: intranet\r\nx-remote-user: {viewer}\r\n"), body).await;
    }

    async fn write(&mut self, head: &str, body: &str) {
        let text = format!("{head}content-length: {}\r\n\r\n{body}", body.len());
        self.0.write_all(text.as_bytes()).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// The status, and the length of the body if it is stated.
    pub async fn head(&mut self) -> (u16, Option<usize>) {
        let status = self.line().await.expect("an answer");
        let status = status.split(' ').nth(1).unwrap().parse().unwrap();
        let mut length = None;
        loop {
            let line = self.line().await.expect("a header");
            if line.is_empty() {
                return (status, length);
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().ok();
            }
        }
    }

    /// The next line; `None` at the end.
    pub async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let read = self.0.read_line(&mut line).await.unwrap_or(0);
        (read > 0).then(|| line.trim_end().to_owned())
    }

    async fn answer(&mut self) -> (u16, String) {
        let (status, length) = self.head().await;
        let mut body = vec![0; length.unwrap_or(0)];
        self.0.read_exact(&mut body).await.unwrap();
        (status, String::from_utf8(body).unwrap())
    }

    pub async fn get(&mut self, path: &str, viewer: &str) -> (u16, String) {
        self.send("GET", path, viewer, "").await;
        self.answer().await
    }

    /// Sends what a source sends.
    pub async fn post(&mut self, path: &str, token: &str, body: &str) -> (u16, String) {
        let head = format!("POST {path} HTTP/1.1\r\nhost: intranet\r\nauthorization: Bearer {token}\r\n");
        self.write(&head, body).await;
        self.answer().await
    }
}
