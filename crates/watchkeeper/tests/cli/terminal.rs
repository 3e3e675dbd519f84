//! Text that came from outside never reaches a terminal with control characters in it, and colour only adds.

use serde_json::json;

use super::reports::{FERRY, UGLY, hundred, line};
use super::run::{Folder, finish, program, run};

/// Characters that a terminal obeys, or that turn the direction of what follows.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without the sequences by which the program itself sets colours.
pub fn without_styles(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        let after = &rest[at + 2..];
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').expect("a sequence ends");
        assert!(after[end..].starts_with('m'), "no style: {:?}", &after[..=end]);
        out += &rest[..at];
        rest = &after[end + 1..];
    }
    out + rest
}

/// Reports that try to reach the terminal by every field.
fn hostile() -> String {
    let attack = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{8}\u{8}\u{7f}\u{202e}evil\u{2066}\r";
    let report = json!({
        "title": format!("Bomb {attack} kills three"), "source": attack, "url": format!("https://x.example/{attack}"),
        "text": FERRY.replace("Front", &format!("{attack}Front")).replace("ferry", &format!("fer{attack}ry")),
        "published": attack,
    });
    let ugly: String = UGLY.iter().map(|text| line(&json!({ "text": text }))).collect();
    line(&report) + &ugly
}

#[test]
fn nothing_from_outside_is_obeyed_by_a_terminal() {
    for flags in [&["read"][..], &["read", "--marked"], &["read", "--format", "json"]] {
        for forced in [false, true] {
            let mut command = program();
            command.args(flags);
            if forced {
                command.env("CLICOLOR_FORCE", "1");
            }
            let done = finish(command, hostile().as_bytes());
            let printed = without_styles(&done.out);
            let obeyed: Vec<char> = printed.chars().filter(|&c| is_obeyed(c)).collect();
            assert!(obeyed.is_empty(), "{flags:?}: {obeyed:?}");
            assert!(!done.err.chars().any(is_obeyed), "{flags:?}: {:?}", done.err);
        }
    }
}

#[test]
fn a_file_name_is_from_outside_too() {
    let folder = Folder::new("hostile");
    let file = folder.file("\u{1b}[31mred\n.txt", "\u{89}PNG\r\n\u{1a}\n");
    let done = run(&["read".as_ref(), file.as_os_str(), folder.0.join("\u{7}none").as_os_str()], "");
    assert_ne!(done.status, Some(0));
    assert!(!done.err.chars().any(is_obeyed), "{:?}", done.err);
}

#[test]
fn colour_only_adds() {
    let with = |variables: &[(&str, &str)]| {
        let mut command = program();
        command.args(["read", "--published", "2024-03-05"]).envs(variables.iter().copied());
        finish(command, FERRY.as_bytes()).out
    };
    let plain = with(&[]);
    assert!(!plain.contains('\u{1b}'), "a pipe gets no colour");
    let coloured = with(&[("CLICOLOR_FORCE", "1")]);
    assert!(coloured.contains('\u{1b}'));
    assert_eq!(without_styles(&coloured), plain);
    assert_eq!(with(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), plain);
}

#[test]
fn json_says_what_stood_there_all_the_same() {
    let text = "A bomb\u{0}\u{1b}[31m exploded\u{7f}\u{9b}31m in\u{202e} Port\u{2028} Salis.";
    let done = run(&["read", "--format", "json"], line(&json!({ "text": text })));
    let reading: serde_json::Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(reading["document"]["text"], text);
    assert_eq!(done.out.lines().count(), 1);
}

#[test]
fn a_page_fits_a_pipe() {
    let done = run(&["read"], hundred());
    // A word that is wider than the page by itself cannot be broken without harm.
    let wide = done.out.lines().filter(|line| line.chars().count() > 80).collect::<Vec<_>>();
    assert!(wide.is_empty(), "{wide:#?}");
}
