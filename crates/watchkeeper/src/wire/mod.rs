//! What goes over the wire: serde types at the edge, made from the domain's own.

pub mod decisions;
pub mod dossier;
pub mod reading;
pub mod record;
pub mod search;
pub(crate) mod spans;
pub mod views;
pub(crate) mod words;

use serde::Serialize;

/// A value as one line of JSON, its end included. Control characters, which JSON allows to stand as they are from U+007F
/// on, line separators and marks of direction become escapes: a line is one line to every reader of lines, and no
/// terminal obeys it. What it says stays the same.
///
/// # Errors
/// Where the value cannot be JSON.
pub fn line(value: &impl Serialize) -> anyhow::Result<String> {
    let json = serde_json::to_string(value)?;
    let mut line = String::with_capacity(json.len() + 1);
    let mut kept = 0;
    for (at, character) in json.char_indices().filter(|(_, character)| must_be_escaped(*character)) {
        line.push_str(&json[kept..at]);
        let mut units = [0; 2];
        for unit in character.encode_utf16(&mut units) {
            line.push_str(&format!("\\u{unit:04x}"));
        }
        kept = at + character.len_utf8();
    }
    line.push_str(&json[kept..]);
    line.push('\n');
    Ok(line)
}

const fn must_be_escaped(character: char) -> bool {
    matches!(
        character,
        '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_is_one_line_and_says_the_same() {
        let text = "a\u{2028}b\u{85}c\u{2029}d\u{9b}31m\u{7f}\u{202e}é😀\"\n\u{1b}";
        let json = line(&text).expect("a string is JSON");
        assert_eq!(json, "\"a\\u2028b\\u0085c\\u2029d\\u009b31m\\u007f\\u202eé😀\\\"\\n\\u001b\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).expect("still JSON"), text);
    }
}
