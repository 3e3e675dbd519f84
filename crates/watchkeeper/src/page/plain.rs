//! Text from outside, made fit for a terminal.

use std::ops::Range;

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

/// The text on one line, as [`one_line`] makes it, and where marked stretches of it stand then.
pub fn marked(text: &str, marks: &[Range<usize>]) -> (String, Vec<Range<usize>>) {
    let mut line = String::with_capacity(text.len());
    // Where each byte of the text went.
    let mut went = vec![0; text.len() + 1];
    for (at, character) in text.char_indices() {
        went[at..at + character.len_utf8()].fill(line.len());
        let character = if character.is_whitespace() { ' ' } else { character };
        let is_needless = character == ' ' && (line.is_empty() || line.ends_with(' '));
        if !is_needless && !is_harmful(character) {
            line.push(character);
        }
    }
    went[text.len()] = line.len();
    let marks = marks.iter().map(|mark| went[mark.start]..went[mark.end]).collect();
    (line, marks)
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
    fn marks_stay_on_their_words() {
        let text = " a\u{1b}[2J  bomb\r\n at\u{202e} séa";
        let (bomb, sea) = (text.find("bomb").expect("there"), text.find("séa").expect("there"));
        let (line, marks) = marked(text, &[bomb..bomb + 4, sea..text.len()]);
        assert_eq!(line, "a[2J bomb at séa");
        let words: Vec<&str> = marks.into_iter().map(|mark| &line[mark]).collect();
        assert_eq!(words, ["bomb", "séa"]);
    }

    #[test]
    fn long_words_are_cut_between_words() {
        assert_eq!(quoted("killed three", 20), "“killed three”");
        assert_eq!(quoted("killed three, wounded more", 20), "“killed three …”");
        assert_eq!(quoted("überüberüberüber", 4), "“über …”");
    }
}
