//! Inputs of every kind through the one entry.

use std::io::Write;
use std::sync::LazyLock;

use flate2::Compression;
use flate2::write::GzEncoder;
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_ingest::{Defaults, Part, Reason, Rejection, captures};

static BOOK: LazyLock<Boilerplate> = LazyLock::new(|| {
    let rules = include_str!("../../../knowledge/boilerplate/english.toml");
    Boilerplate::parse([("english.toml", rules)]).expect("the rules load")
});

fn read(bytes: &[u8]) -> Vec<Result<Capture, Rejection>> {
    captures(bytes, &Defaults::default(), &BOOK).collect()
}

fn only(bytes: &[u8]) -> Capture {
    let mut found = read(bytes);
    assert_eq!(found.len(), 1);
    found.remove(0).expect("a capture")
}

fn refused(bytes: &[u8]) -> Reason {
    let mut found = read(bytes);
    assert_eq!(found.len(), 1);
    found.remove(0).expect_err("a rejection").reason
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

const PAGE: &str = "<!DOCTYPE html><html lang=en><head><title>Rain floods Lisbon | Delta Courier</title>\
    <meta property=og:site_name content='Delta Courier'><link rel=canonical href=https://courier.example/rain>\
    <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Rain floods Lisbon\", \
    \"datePublished\": \"2021-02-03T10:00:00+00:00\"}</script></head><body><nav><a href=/>Home</a> <a href=/w>World news</a></nav>\
    <article><h1>Rain floods Lisbon</h1><p class=byline>By Ada Brook</p>\
    <p>Rain fell on Lisbon all day long on Wednesday, and the river rose above its banks, the mayor said.</p>\
    <div class=ad>Advertisement</div><aside class=related><h3>Related</h3><ul><li><a href=/x>How the harbour was built in ten years</a></ul></aside>\
    <p>Nobody was hurt, the fire service said on its website, but <a href=/y>forty families</a> had to leave their homes.</p>\
    <h2>What is next</h2><p>The harbour office expects the water to fall by Friday, when the wind is to turn at last.</p>\
    <p>Read more: <a href=/z>Ten walks by the sea</a></p></article>\
    <footer><p>© 2021 Delta Courier. All rights reserved, here and in every other place.</p></footer></body></html>";

#[test]
fn a_page_gives_its_article_and_what_it_says_of_it() {
    let capture = only(PAGE.as_bytes());
    assert_eq!(
        capture.text,
        "Rain fell on Lisbon all day long on Wednesday, and the river rose above its banks, the mayor said.\n\n\
         Nobody was hurt, the fire service said on its website, but forty families had to leave their homes.\n\n\
         What is next\n\n\
         The harbour office expects the water to fall by Friday, when the wind is to turn at last."
    );
    assert_eq!(capture.title.as_deref(), Some("Rain floods Lisbon"));
    assert_eq!(capture.source.as_deref(), Some("Delta Courier"));
    assert_eq!(capture.url.as_deref(), Some("https://courier.example/rain"));
    assert_eq!(capture.published, PublishedAt::parse("2021-02-03T10:00:00Z"));
    assert_eq!(capture.notes, []);
}

#[test]
fn plain_text_stays_as_it_came() {
    let text = " date 2021-02-03 Rain fell.\r\n\r\nAdvertisment\u{200b}\n";
    assert_eq!(only(text.as_bytes()).text, text);
}

#[test]
fn json_is_read_as_one_as_many_and_by_line() {
    let one = "{\n \"title\": \"Rain\",\n \"text\": \"Rain fell.\"\n}";
    assert_eq!(only(one.as_bytes()).title.as_deref(), Some("Rain"));
    assert_eq!(only(b"{\"text\": \"Rain fell.\"}\n").text, "Rain fell.");
    let many = read(b" [{\"text\": \"a\"}, 7, {\"text\": \"b\"}]");
    assert_eq!(many.len(), 3);
    assert_eq!(
        many[1].as_ref().expect_err("no object").to_string(),
        "element 2: it is JSON, but not a report: an object with text or html is expected, found a number"
    );
    let lines = read(b"\n{\"text\": \"a\"}\n\n{\"text\": \"b\"\n{\"text\": \"c\"}");
    let parts: Vec<_> =
        lines.iter().map(|line| line.as_ref().map(|c| c.text.as_str()).map_err(|r| r.part)).collect();
    assert_eq!(parts, [Ok("a"), Err(Part::Line(4)), Ok("c")]);
    assert_eq!(read(gzip(b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n").as_slice()).len(), 2);
}

#[test]
fn a_broken_first_line_costs_one_report() {
    let lines = read(b"{\"text\": \"a\n{\"text\": \"b\"}\n");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0].as_ref().map_err(|r| r.part), Err(Part::Line(1)));
    assert!(lines[1].is_ok());
}

#[test]
fn a_rejection_still_gives_a_capture_with_a_note() {
    let mut lines = read(b"{\"text\": \"a\"}\n{\"url\": \"https://courier.example/1\"}\n");
    let capture = lines.remove(1).expect_err("no text").into_capture();
    assert_eq!(capture.url.as_deref(), Some("https://courier.example/1"));
    assert_eq!((capture.text.as_str(), capture.notes[0].code), ("", "unreadable"));
}

#[test]
fn what_is_no_report_is_refused_in_one_line() {
    assert_eq!(refused(b""), Reason::Empty);
    assert_eq!(refused(b" \n\t\xef\xbb\xbf"), Reason::Empty);
    assert_eq!(refused(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01"), Reason::NotAReport("a JPEG image"));
    assert_eq!(refused(b"%PDF-1.7\n%\xe2\xe3"), Reason::NotAReport("a PDF"));
    assert_eq!(refused(&[0_u8; 5000]), Reason::Binary);
    assert_eq!(refused(&gzip(&gzip(b"Rain fell."))), Reason::Packed("gzip in another packing"));
    assert_eq!(refused(b"<html><body><nav><a href=/>Home</a></nav></body></html>"), Reason::NoArticle);
    assert!(matches!(refused(b"{\"text\": \"Rain"), Reason::Json(_)));
    assert!(matches!(refused("[".repeat(100_000).as_bytes()), Reason::Json(_)));
}

#[test]
fn what_the_caller_knows_fills_what_is_missing() {
    let defaults = Defaults {
        source: Some("Delta Courier".to_owned()),
        published: PublishedAt::parse("2021-02-03"),
        url: None,
    };
    let bytes = b"{\"text\": \"a\", \"source\": \"Tagus News\"}\n{\"text\": \"b\"}\n";
    let found: Vec<_> = captures(&bytes[..], &defaults, &BOOK).filter_map(Result::ok).collect();
    let sources: Vec<_> = found.iter().map(|capture| capture.source.as_deref()).collect();
    assert_eq!(sources, [Some("Tagus News"), Some("Delta Courier")]);
    assert!(found.iter().all(|capture| capture.published == defaults.published));
}

#[test]
fn encodings_are_undone() {
    let western = b"<meta charset=windows-1252><p>Rain fell on M\xe1laga all day long, and the \x93river\x94 rose above its banks again.";
    assert_eq!(
        only(western).text,
        "Rain fell on Málaga all day long, and the “river” rose above its banks again."
    );
    let text = "Rain fell on Málaga.";
    let utf16: Vec<u8> =
        [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(only(&utf16).text, text);
}

#[test]
fn ugly_inputs_end_quickly() {
    const SIZE: usize = 200_000;
    let repeated = |piece: &str| piece.repeat(SIZE / piece.len());
    let pieces = [
        "<div>",
        "<p><b>",
        "<table><td>",
        "<a href=x>",
        "<ul><li>",
        "<!-- x",
        "<",
        "&",
        "<script>",
        "<br>x",
        "<p><a href=x>How the harbour was built</a></p>",
    ];
    let mut inputs: Vec<Vec<u8>> =
        pieces.iter().map(|piece| format!("<html>{}", repeated(piece)).into_bytes()).collect();
    let attributes: String = (0..SIZE / 8).map(|n| format!(" a{n}=\"\"")).collect();
    inputs.push(format!("<html><p{attributes}>Rain").into_bytes());
    inputs.push(repeated("Rain fell on the city. ").into_bytes());
    inputs.push(repeated("\u{200b}\u{202e}").into_bytes());
    inputs.push(repeated("{\"a\":").into_bytes());
    inputs.push(repeated("{\"text\": \"a\n").into_bytes());
    let begun = std::time::Instant::now();
    for input in inputs {
        assert!(!read(&input).is_empty());
    }
    // Generous: unoptimised on a busy machine. What is quadratic takes hours.
    assert!(begun.elapsed().as_secs() < 120);
}
