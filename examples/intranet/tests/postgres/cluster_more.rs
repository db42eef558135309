//! What only tests of PostgreSQL itself do with a server.

use crate::support::cluster::{Cluster, USER, programs, run};
use std::{
    fs,
    process::Command,
    thread,
    time::{Duration, Instant},
};

impl Cluster {
    /// Kills the server by SIGKILL, and starts it again.
    pub fn kill_and_start(&mut self) {
        let pid = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        let killed = Command::new("kill").args(["-9", pid.lines().next().unwrap()]).status();
        assert!(killed.unwrap().success());
        // To wait closes the input, which would end the next server, too.
        std::mem::forget(self.supervisor.stdin.take());
        self.supervisor.wait().unwrap();
        let begun = Instant::now();
        loop {
            self.supervisor = run(&programs(), &self.folder, self.port, &[]);
            thread::sleep(Duration::from_millis(200));
            // It does not start while a process of the one before lives.
            if self.supervisor.try_wait().unwrap().is_none() {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not start again");
        }
        self.wait();
    }

    /// The address over TCP, where a password is asked for.
    pub fn url_with_password(&self, password: &str, name: &str) -> String {
        format!("postgres://{USER}:{password}@127.0.0.1:{}/{name}", self.port)
    }

    /// The first column of what a query answers.
    pub fn column(&self, name: &str, sql: &str) -> Vec<String> {
        self.rows(name, sql).into_iter().map(|row| row[0].clone()).collect()
    }
}
