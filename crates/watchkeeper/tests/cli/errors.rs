//! Errors: one line that names the file, what was wrong and what to do; the status says which kind.

use std::io::Read;
use std::process::Stdio;

use super::reports::hundred;
use super::run::{Folder, finish, program, run};

#[test]
fn an_error_is_one_line_that_names_the_file() {
    let folder = Folder::new("errors");
    let picture = folder.file("picture.txt", "\u{89}PNG\r\n\u{1a}\n".replace('\u{89}', "GIF8"));
    let empty = folder.file("empty.txt", "\n\n");
    for (path, status) in [(folder.0.join("none.txt"), 2), (folder.0.clone(), 2), (picture, 1), (empty, 1)] {
        let done = run(&["read".as_ref(), path.as_os_str()], "");
        assert_eq!(done.status, Some(status), "{}", done.err);
        assert_eq!(done.err.lines().count(), 1, "{}", done.err);
        let named = path.file_name().and_then(std::ffi::OsStr::to_str).expect("a name");
        assert!(done.err.starts_with("watchkeeper: ") && done.err.contains(named), "{}", done.err);
    }
}

#[test]
fn a_wrong_call_is_status_two() {
    let calls: [&[&str]; 8] = [
        &[],
        &["raed"],
        &["read", "--format", "xml"],
        &["read", "--published", "soon"],
        &["read", "--threads", "0"],
        &["read", "--frames", "/no/such/folder"],
        &["schema", "nothing"],
        &["completions", "tape"],
    ];
    for call in calls {
        let done = run(call, "Rain fell.");
        assert_eq!(done.status, Some(2), "{call:?}: {}{}", done.out, done.err);
        assert_eq!(done.out, "", "{call:?}");
        assert!(!done.err.is_empty(), "{call:?}");
    }
}

#[test]
fn who_has_seen_enough_hears_no_complaint() {
    let mut command = program();
    command.args(["read", "--format", "json"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let feeder = std::thread::spawn(move || {
        use std::io::Write;
        drop(stdin.write_all(hundred().as_bytes()));
    });
    let mut first = [0; 100];
    child.stdout.take().expect("piped").read_exact(&mut first).expect("some output");
    let done = child.wait_with_output().expect("the program ends");
    feeder.join().expect("the input is written or refused");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn an_error_has_no_backtrace() {
    let mut command = program();
    command.env("RUST_BACKTRACE", "1").args(["read", "/no/such/file"]);
    let done = finish(command, b"");
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
}
