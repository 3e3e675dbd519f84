//! Bytes to text: byte order mark, declared charset, UTF-8, and else a guess from the bytes.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use watchkeeper_core::document::Note;

/// Decoded text.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// What was guessed or lost.
    pub(crate) note: Option<Note>,
}

/// How much of a file is looked at to guess its encoding.
const SAMPLE_BYTES: usize = 256 * 1024;

/// Decodes `bytes`. `declared` is the charset that the document itself names, which valid UTF-8 overrules.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return with(encoding, &bytes[mark..], None);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded { text: Cow::Borrowed(text), note: None };
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return with(encoding, bytes, None);
    }
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    if let Some(encoding) = named.filter(|&encoding| encoding != UTF_8) {
        return with(encoding, bytes, None);
    }
    if is_mostly_utf8(bytes) {
        return with(UTF_8, bytes, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE_BYTES)], true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let message = format!("the text names no encoding and is not UTF-8; it was read as {}", guess.name());
    with(guess, bytes, Some(Note::new("encoding_guessed", message)))
}

fn with<'a>(encoding: &'static Encoding, bytes: &'a [u8], note: Option<Note>) -> Decoded<'a> {
    // ISO 8859-1 has no characters where Windows-1252 has its quotation marks; encoding_rs already treats them as one.
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    let lost = || {
        let message = format!("some bytes are not valid {}; they were read as \u{fffd}", encoding.name());
        Note::new("encoding_damaged", message)
    };
    Decoded { text, note: note.or_else(|| damaged.then(lost)) }
}

/// Whether only a few sequences are not UTF-8, as where pieces of another encoding were pasted in.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes[..bytes.len().min(SAMPLE_BYTES)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 2
}

/// UTF-16 without a mark: every other byte of Western text is zero.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4096) & !1];
    if sample.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let half = sample.len() / 2;
    match (zeros(0), zeros(1)) {
        (first, second) if first * 10 > half * 7 && second * 10 < half => Some(UTF_16BE),
        (first, second) if second * 10 > half * 7 && first * 10 < half => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether decoded text is no text at all: control characters and lost characters everywhere.
pub(crate) fn is_binary(decoded: &Decoded<'_>) -> bool {
    let sample = decoded.text.chars().take(64 * 1024);
    let (mut all, mut odd) = (0_usize, 0_usize);
    for c in sample {
        all += 1;
        odd += usize::from((c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}')) || c == '\u{fffd}');
    }
    odd * 20 > all
}

#[cfg(test)]
mod tests {
    use encoding_rs::WINDOWS_1252;

    use super::*;

    #[test]
    fn encodings_are_told() {
        let text = "Ein Brand im Hafen von Málaga – „zwei Tote“, sagt die Polizei in der Nähe.";
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (western, _, _) = WINDOWS_1252.encode(text);
        assert_eq!(decode(text.as_bytes(), None).text, text);
        assert_eq!(decode(&[&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(), None).text, text);
        assert_eq!(decode(&utf16, None).text, text);
        assert_eq!(decode(&utf16[2..], None).text, text);
        assert_eq!(decode(&western, Some("iso-8859-1")).text, text);
        let guessed = decode(&western, None);
        assert_eq!(guessed.text, text);
        assert!(guessed.note.is_some_and(|note| note.message.contains("windows-1252")));
    }

    #[test]
    fn a_stray_byte_does_not_spoil_utf8() {
        let decoded = decode(b"M\xc3\xa1laga, M\xc3\xa1laga, M\xc3\xa1laga \x93fire", None);
        assert!(decoded.text.starts_with("Málaga"));
        assert_eq!(decoded.note.map(|note| note.code), Some("encoding_damaged"));
    }

    #[test]
    fn noise_is_binary() {
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        assert!(is_binary(&decode(&noise, None)));
        assert!(!is_binary(&decode("Дождь шёл весь день.".as_bytes(), None)));
    }
}
