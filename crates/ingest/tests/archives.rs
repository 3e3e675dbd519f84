//! WARC files and tables: many reports in one file.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_ingest::{Defaults, Part, Reason, Rejection, captures};

fn read(bytes: &[u8]) -> Vec<Result<Capture, Rejection>> {
    captures(bytes, &Defaults::default(), &Boilerplate::default()).collect()
}

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

/// A record of a WARC.
fn record(kind: &str, url: &str, headers: &str, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: <{url}>\r\nWARC-Date: 2021-02-05T06:00:00Z\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn response(url: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let content = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", url, "Content-Type: application/http; msgtype=response\r\n", &content)
}

const ARTICLE: &str = "<html><body><article><p>Rain fell on the harbour all day long, and the river rose above its banks, the mayor said.</p></article>";
const FEED: &str = "<rss version='2.0'><channel><title>Delta Courier</title><item><title>Rain</title><link>/rain</link>\
    <description>Rain fell.</description></item><item><title>Wind</title><description>Wind blew.</description></item></channel></rss>";

/// What a crawler writes: pages among requests, pictures, errors and scripts.
fn crawl() -> Vec<Vec<u8>> {
    let western: Vec<u8> = ARTICLE.replace("harbour", "M\u{e1}laga").chars().map(|c| c as u8).collect();
    let half = ARTICLE.len() / 2;
    let chunked = format!(
        "{half:x}\r\n{}\r\n{:x}\r\n{}\r\n0\r\n\r\n",
        &ARTICLE[..half],
        ARTICLE.len() - half,
        &ARTICLE[half..]
    );
    vec![
        record("warcinfo", "", "Content-Type: application/warc-fields\r\n", b"software: a crawler"),
        record("request", "https://courier.example/1", "", b"GET /1 HTTP/1.1\r\n\r\n"),
        response(
            "https://courier.example/1",
            "200 OK\r\nContent-Type: text/html; charset=iso-8859-1",
            &western,
        ),
        response(
            "https://courier.example/2",
            "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked",
            chunked.as_bytes(),
        ),
        response(
            "https://courier.example/3",
            "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip",
            &gzip(ARTICLE.as_bytes()),
        ),
        response("https://courier.example/4", "404 Not Found\r\nContent-Type: text/html", ARTICLE.as_bytes()),
        response("https://courier.example/a.png", "200 OK\r\nContent-Type: image/png", b"\x89PNG\r\n"),
        response(
            "https://courier.example/robots.txt",
            "200 OK\r\nContent-Type: text/plain",
            b"User-agent: *",
        ),
        response(
            "https://courier.example/feed/",
            "200 OK\r\nContent-Type: application/rss+xml",
            FEED.as_bytes(),
        ),
        response("https://courier.example/map.xml", "200 OK\r\nContent-Type: text/xml", b"<urlset></urlset>"),
        response(
            "https://courier.example/list",
            "200 OK\r\nContent-Type: text/html",
            b"<html><body><nav><a href=/>Home</a></nav>",
        ),
        record(
            "conversion",
            "https://courier.example/5",
            "Content-Type: text/plain\r\n",
            "Rain fell.\n".as_bytes(),
        ),
    ]
}

fn check_crawl(found: &[Result<Capture, Rejection>]) {
    let urls: Vec<_> =
        found.iter().map(|outcome| outcome.as_ref().map(|c| c.url.as_deref().unwrap_or("")).ok()).collect();
    let at = |path: &'static str| Some(path);
    assert_eq!(
        urls,
        [
            at("https://courier.example/1"),
            at("https://courier.example/2"),
            at("https://courier.example/3"),
            at("https://courier.example/rain"),
            at("https://courier.example/feed/"),
            None,
            at("https://courier.example/5"),
        ]
    );
    let captures: Vec<&Capture> = found.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    assert!(captures[0].text.starts_with("Rain fell on the Málaga"), "{}", captures[0].text);
    assert_eq!(captures[1].text, captures[2].text);
    assert_eq!(captures[3].source.as_deref(), Some("Delta Courier"));
    assert!(captures.iter().all(|capture| capture.captured == PublishedAt::parse("2021-02-05T06:00:00Z")));
    let page = found[5].as_ref().expect_err("no article");
    assert_eq!((page.part, &page.reason), (Part::Record(11), &Reason::NoArticle));
}

#[test]
fn a_warc_gives_its_pages() {
    check_crawl(&read(&crawl().concat()));
    // As crawlers pack them: every record by itself.
    let packed: Vec<u8> = crawl().iter().flat_map(|record| gzip(record)).collect();
    check_crawl(&read(&packed));
}

#[test]
fn a_damaged_warc_gives_what_can_be_read() {
    let whole = crawl().concat();
    let cut = read(&whole[..whole.len() - 9]);
    assert_eq!(cut.len(), 7);
    assert!(matches!(
        &cut[6],
        Err(Rejection { part: Part::Record(12), reason: Reason::Damaged { format: "WARC", .. }, .. })
    ));
    let shortened = String::from_utf8_lossy(&crawl()[2]).replace("Content-Length: ", "Content-Length: 1");
    let wrong =
        [crawl()[3].clone(), crawl()[2].clone(), b"what is this\r\n\r\n".to_vec(), crawl()[4].clone()]
            .concat();
    let found = read(&wrong);
    assert_eq!(found.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    assert_eq!(found.len(), 4);
    assert!(read(shortened.as_bytes())[0].is_err());
    assert_eq!(
        read(&record("warcinfo", "", "", b"x"))[0].as_ref().map_err(|r| &r.reason),
        Err(&Reason::NoPages)
    );
    let endless =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999\r\n\r\nHTTP/1.1 200 OK\r\n";
    assert!(read(endless)[0].is_err());
    assert!(read(b"WARC/1.0\r\n").iter().all(Result::is_err));
}

#[test]
fn a_table_gives_its_rows() {
    let table = "\u{feff}Title,Publication title,Publication date,Document URL,Full text,Pages\r\n\
        \"Rain, again\",Delta Courier,\"Feb 3, 2021\",https://courier.example/1,\"Rain fell.\r\n\r\nNobody was \"\"hurt\"\".\",7\r\n\
        ,,,,,\r\n\
        Wind,Tagus News,2021-02-04,https://tagus.example/1,\r\n\
        ,Tagus News,3/4/2021,,Wind blew.,\r\n\
        ,Tagus News,2021-02-04,https://tagus.example/2,,9\r\n";
    let found = read(table.as_bytes());
    assert_eq!(found.len(), 4);
    let rain = found[0].as_ref().expect("a report");
    assert_eq!(rain.text, "Rain fell.\r\n\r\nNobody was \"hurt\".");
    assert_eq!(rain.title.as_deref(), Some("Rain, again"));
    assert_eq!(rain.source.as_deref(), Some("Delta Courier"));
    assert_eq!(rain.url.as_deref(), Some("https://courier.example/1"));
    assert_eq!(rain.published, PublishedAt::parse("2021-02-03"));
    assert_eq!(found[1].as_ref().map(|capture| capture.title.as_deref()), Ok(Some("Wind")));
    let blew = found[2].as_ref().expect("a report");
    assert_eq!((blew.published, blew.notes[0].code), (None, "date_unresolved"));
    let empty = found[3].as_ref().expect_err("no text");
    assert_eq!((empty.part, &empty.reason), (Part::Row(5), &Reason::NoText));
    assert_eq!(read(&gzip(table.as_bytes())).len(), 4);
}

#[test]
fn every_delimiter_and_encoding_is_told() {
    for delimiter in [",", ";", "\t", "|"] {
        let lines = [
            ["headline", "body", "source", "date"],
            ["Rain", "Rain fell on Málaga.", "Tagus News", "20210203101500"],
        ];
        let table = lines.map(|line| line.join(delimiter)).join("\n");
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let western: Vec<u8> = table.chars().map(|c| c as u8).collect();
        for bytes in
            [table.clone().into_bytes(), format!("sep={delimiter}\r\n{table}").into_bytes(), utf16, western]
        {
            let found = read(&bytes);
            assert_eq!(found.len(), 1, "{delimiter}");
            let rain = found[0].as_ref().expect("a report");
            assert_eq!(rain.text, "Rain fell on Málaga.");
            assert_eq!(rain.published, PublishedAt::parse("2021-02-03T10:15:00Z"));
        }
    }
    let html = "url,content\nhttps://courier.example/1,\"<p>Rain fell.</p><p>Wind blew.</p>\"\n";
    assert_eq!(
        read(html.as_bytes())[0].as_ref().map(|capture| capture.text.as_str()),
        Ok("Rain fell.\n\nWind blew.")
    );
}

#[test]
fn the_dates_of_a_table_explain_each_other() {
    let table = "text,date\nRain fell.,3/4/2021\nWind blew.,3/14/2021\n";
    let days: Vec<_> =
        read(table.as_bytes()).into_iter().map(|row| row.expect("a report").published).collect();
    assert_eq!(days, [PublishedAt::parse("2021-03-04"), PublishedAt::parse("2021-03-14")]);
}

#[test]
fn prose_is_no_table() {
    for prose in [
        "Text, source and date\nwere lost, the editor said.\n",
        "Rain, wind; date\nand more",
        "text,date",
        "date,source\n1,2\n",
    ] {
        let found = read(prose.as_bytes());
        assert_eq!(found.len(), 1, "{prose}");
        assert_eq!(found[0].as_ref().map(|capture| capture.text.as_str()), Ok(prose));
    }
}
