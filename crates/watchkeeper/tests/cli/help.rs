//! `--help` of every command shows an example, and the example works as pasted.

use std::path::Path;
use std::process::Command;

use super::run::{Folder, finish, run};

/// The names of all commands, as `--help` lists them.
fn commands() -> Vec<String> {
    let help = run(&["--help"], "").out;
    let listed = help.split("Commands:\n").nth(1).expect("a list of commands");
    listed
        .lines()
        .take_while(|line| line.starts_with("  "))
        .filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// The lines below "Example:" or "Examples:".
fn examples(help: &str) -> Vec<String> {
    help.split("\nExample").nth(1).map_or(Vec::new(), |rest| {
        rest.lines()
            .skip(1)
            .take_while(|line| line.starts_with("  "))
            .map(|line| line.trim().to_owned())
            .collect()
    })
}

#[test]
fn every_example_works_as_pasted() {
    let program = Path::new(env!("CARGO_BIN_EXE_watchkeeper"));
    let folder = program.parent().expect("a folder").to_str().expect("UTF-8");
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    let helps = std::iter::once(vec!["--help".to_owned()]).chain(
        commands().into_iter().filter(|name| name != "help").map(|name| vec![name, "--help".to_owned()]),
    );
    for call in helps {
        // Each command's examples begin from nothing, as a reader does.
        let empty = Folder::new(&format!("examples-{}", call[0]));
        let help = run(&call, "");
        assert_eq!(help.status, Some(0), "{call:?}");
        let shown = examples(&help.out);
        assert!(!shown.is_empty(), "{call:?} shows no example:\n{}", help.out);
        for example in shown {
            // What serves ends only when it is told to, and then in order.
            let example = if example.contains(" serve") {
                format!("timeout -s TERM --preserve-status 2 {example}")
            } else {
                example
            };
            let mut shell = Command::new("sh");
            shell.args(["-c", &example]).env("PATH", &path).current_dir(&empty.0);
            let done = finish(shell, b"");
            assert_eq!(done.status, Some(0), "{example}: {}", done.err);
            assert!(!done.err.contains("watchkeeper: "), "{example}: {}", done.err);
        }
    }
}

#[test]
fn manual_and_completions_name_every_command() {
    let manual = run(&["man"], "").out;
    assert!(manual.contains(".TH"), "no manual page");
    for shell in ["bash", "zsh", "fish"] {
        let script = run(&["completions", shell], "").out;
        for name in commands() {
            assert!(script.contains(&name), "{shell}: {name}");
            assert!(manual.contains(&name), "manual: {name}");
        }
    }
}
