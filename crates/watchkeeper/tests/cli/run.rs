//! Runs the program.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What a run left behind.
pub struct Run {
    /// Exit status.
    pub status: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// The program with an environment that decides nothing about colour.
pub fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_watchkeeper"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    command.env("TERM", "xterm-256color");
    command
}

/// Gives a command its input and waits for it.
pub fn finish(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // On a thread of its own, since the program may answer before it has read everything.
    let feeder = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the input is written or refused");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

/// Runs the program with arguments and input.
pub fn run<A: AsRef<OsStr>>(arguments: &[A], input: impl AsRef<[u8]>) -> Run {
    let mut command = program();
    command.args(arguments);
    finish(command, input.as_ref())
}

/// The readings of an input, as JSON; where nothing is said otherwise, all of it must be readable.
pub fn readings(input: impl AsRef<[u8]>) -> Vec<Value> {
    let done = run(&["read", "--format", "json"], input);
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""));
    done.out.lines().map(|line| serde_json::from_str(line).expect("a JSON object a line")).collect()
}

/// A new empty folder that is removed in the end.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A folder named after the test that uses it.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("watchkeeper-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for temporary files");
        Self(path)
    }

    /// A file in it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("a temporary file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The folder of data sets and scenarios, or `None` with one line that says what is skipped.
pub fn shared(skipped: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = std::env::var_os("WATCHKEEPER_SHARED").map_or(root.join("../shared"), PathBuf::from);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped, since ../shared is not here: {skipped}");
    None
}
