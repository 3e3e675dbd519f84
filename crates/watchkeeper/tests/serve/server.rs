//! The program, serving a store of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Answer, call};

/// A folder with a store, and the server on it; both go in the end.
pub struct Server {
    /// Where it listens.
    pub port: u16,
    folder: PathBuf,
    child: Child,
}

/// Runs the program in a folder.
pub fn run(folder: &PathBuf, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_watchkeeper"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    stdin.write_all(input.as_bytes()).expect("the input is taken");
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

/// A new empty folder.
pub fn folder() -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("watchkeeper-serve-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}

impl Server {
    /// A server on an empty store.
    pub fn empty() -> Self {
        Self::on(folder(), &[])
    }

    /// A server on a store that holds the example.
    pub fn with_example() -> Self {
        let server = Self::empty();
        let answer = server.post("/api/example", &json!({}));
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["rejected"], json!([]));
        server
    }

    /// A server on the store in a folder.
    pub fn on(folder: PathBuf, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_watchkeeper"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .current_dir(&folder)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(child.stderr.take().expect("piped")).lines();
        let serving = lines.by_ref().map(|line| line.expect("a line")).find_map(|line| {
            line.strip_prefix("serving at http://127.0.0.1:")?.strip_suffix('/')?.parse().ok()
        });
        // What it logs from now on must be read, lest it waits.
        std::thread::spawn(move || lines.for_each(drop));
        let port = serving.unwrap_or_else(|| panic!("it does not serve: {:?}", child.wait()));
        Self { port, folder, child }
    }

    /// Runs another command of the program on the same store.
    pub fn beside(&self, arguments: &[&str], input: &str) -> Output {
        run(&self.folder, arguments, input)
    }

    /// A new token.
    pub fn token(&self, name: &str, role: &str) -> String {
        let done = self.beside(&["token", "add", name, "--role", role], "");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let token = String::from_utf8(done.stdout).expect("UTF-8").trim().to_owned();
        assert!(token.len() > 40);
        token
    }

    /// Asks.
    pub fn get(&self, path: &str) -> Answer {
        call(self.port, "GET", path, &[], b"")
    }

    /// Asks, and makes sure that the answer is JSON that is found.
    pub fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        answer.json()
    }

    /// Sends JSON.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        let body = body.to_string();
        call(self.port, "POST", path, &[("content-type", "application/json")], body.as_bytes())
    }

    /// Ends the server in order; its exit status.
    pub fn end(mut self) -> Option<i32> {
        self.terminate();
        for _ in 0..600 {
            if let Some(status) = self.child.try_wait().expect("the child is ours") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        None
    }

    /// Tells the server to end.
    pub fn terminate(&self) {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(told.expect("kill is there").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

/// Everything that a reader still gives, as text.
pub fn rest(mut reader: impl Read) -> String {
    let mut text = String::new();
    // What was there before the connection broke is what counts.
    let _ = reader.read_to_string(&mut text);
    text
}
