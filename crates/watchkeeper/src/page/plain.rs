//! Text from outside, made fit for a terminal.

/// The text on one line, without what could move the cursor, change colours or turn the direction of writing.
pub fn one_line(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_harmful(*c));
    let mut line = String::with_capacity(text.len());
    for character in kept {
        if character != ' ' || !line.ends_with(' ') {
            line.push(character);
        }
    }
    line.trim().to_owned()
}

/// The text with its lines, without what could do harm.
pub fn lines(text: &str) -> String {
    text.chars().filter(|&c| c == '\n' || !is_harmful(c)).collect()
}

/// Words in quotation marks, cut between words where they are too long.
pub fn quoted(words: &str, longest_chars: usize) -> String {
    match words.char_indices().nth(longest_chars) {
        None => format!("“{words}”"),
        Some((end, _)) => {
            let kept = words[..end].rsplit_once(' ').map_or(&words[..end], |(kept, _)| kept);
            format!("“{} …”", kept.trim_end_matches([',', ';', ':', '–', '-']))
        }
    }
}

/// Control characters (escape sequences begin with one), marks and overrides of direction, and invisible fillers.
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_overrides_of_direction_are_taken_out() {
        assert_eq!(one_line("a\u{1b}[31mred\u{7}\u{202e} b\r\n c\u{9b}"), "a[31mred b c");
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(quoted("killed three", 20), "“killed three”");
        assert_eq!(quoted("killed three, wounded more", 20), "“killed three …”");
        assert_eq!(quoted("überüberüberüber", 4), "“über …”");
    }
}
